// Which documents are sent to the server: those that keyless may read. What a file is it says itself, by name and content.

/** Of whatever extension tells VS Code what they are. */
export const LANGUAGES = [
  'terraform',
  'terraform-vars',
  'terraform-stack',
  'opentofu',
  'opentofu-vars',
  'hcl',
  'cloudformation',
  'yaml',
  'json',
  'jsonc',
  'dotenv',
] as const;

/** By their names, where no extension knows the language: the same names as `src/discover/kind.rs` has. */
export const PATTERNS = [
  '**/*.{tf,tofu,tfvars,tfbackend,tfstate,hcl}',
  '**/*.{tf,tofu,tfvars,hcl}.json',
  '**/*.{json,yaml,yml,template,templates,cfn,cform,cfm,cloudformation,stack,sam}',
  '**/{.env,.envrc}',
  '**/.env.*',
  '**/*.env',
  '**/{keyless,samconfig}.toml',
] as const;

export interface Filter {
  readonly scheme: 'file';
  readonly language?: string;
  readonly pattern?: string;
}

export const SELECTOR: readonly Filter[] = [
  ...LANGUAGES.map((language): Filter => ({ scheme: 'file', language })),
  ...PATTERNS.map((pattern): Filter => ({ scheme: 'file', pattern })),
];
