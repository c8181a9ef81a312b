//! What a file is, by its name alone.

/// What a found path may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `.tf`, `.tofu`
    Hcl,
    /// `.tf.json`, `.tofu.json`
    HclJson,
    /// `.tfvars`, `.tfvars.json`
    Tfvars,
    /// `.tfbackend`
    Tfbackend,
    /// `terragrunt.hcl` and what may be like it: any `.hcl` that is not another tool's by its name.
    Terragrunt,
    /// HCL of HashiCorp's that is no module's: tests, Stacks, Packer.
    Kindred,
    /// `.tfstate` and its backups.
    State,
    /// `.env` and its like: variables that are read where a program starts. Looked at beside infrastructure code.
    Env,
    /// A folder with a cloud assembly; what is in it is read through its manifest.
    CdkOut,
    /// Perhaps a template: its content tells.
    Data,
}

impl Kind {
    /// Loaded by Terraform together with its neighbours.
    #[must_use]
    pub fn is_terraform(self) -> bool {
        match self {
            Self::Hcl | Self::HclJson | Self::Tfvars | Self::Tfbackend => true,
            Self::Terragrunt | Self::Kindred | Self::State | Self::Env | Self::CdkOut | Self::Data => false,
        }
    }
}

/// Endings of files whose content may be a template. Names are no convention there, so the list is generous.
const DATA: [&str; 12] = [
    "json",
    "yaml",
    "yml",
    "template",
    "templates",
    "cfn",
    "cform",
    "cfm",
    "cloudformation",
    "stack",
    "sam",
    "txt",
];

/// Endings of [`DATA`] that are seldom anything but data: if such a file cannot be opened, something may be missed.
const SURELY_DATA: [&str; 4] = ["json", "yaml", "yml", "template"];

/// What a file of this name may be; `None` if nothing that keyless reads.
#[must_use]
pub fn of_name(name: &str) -> Option<Kind> {
    if name.ends_with(".tfvars") || name.ends_with(".tfvars.json") {
        return Some(Kind::Tfvars);
    }
    if name.ends_with(".tfbackend") {
        return Some(Kind::Tfbackend);
    }
    if name.ends_with(".tfstate") || name.contains(".tfstate.") && !name.ends_with(".lock.info") {
        return Some(Kind::State);
    }
    if is_env(name) {
        return Some(Kind::Env);
    }
    if name.ends_with(".hcl") || name.ends_with(".hcl.json") && name.starts_with("terragrunt.") {
        let kind = if is_kindred(name) { Kind::Kindred } else { Kind::Terragrunt };
        return is_perhaps_terragrunt(name).then_some(kind);
    }
    let code = if name.ends_with(".tf") || name.ends_with(".tofu") {
        Some(Kind::Hcl)
    } else if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
        Some(Kind::HclJson)
    } else {
        None
    };
    if code.is_some() {
        return code.filter(|_| !terraform_passes_over(name));
    }
    match name.rsplit_once('.') {
        Some(("", _)) => None,
        Some((_, ending)) => is_one_of(&DATA, ending).then_some(Kind::Data),
        None => Some(Kind::Data),
    }
}

/// Whether a path of this name that cannot be read leaves something unjudged.
#[must_use]
pub fn is_surely_read(name: &str, kind: Kind) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    // What a password manager puts in the place of a `.env` is a pipe.
    kind != Kind::Env && (kind != Kind::Data || is_one_of(&SURELY_DATA, ending))
}

/// `.env`, `.env.production`, `prod.env`, `.envrc`.
fn is_env(name: &str) -> bool {
    let packed = [".gpg", ".enc", ".age", ".asc", ".sops", ".vault", ".zip", ".gz"];
    let known = name == ".env" || name == ".envrc" || name.starts_with(".env.") || name.ends_with(".env");
    known && !packed.iter().any(|ending| name.ends_with(ending))
}

fn is_kindred(name: &str) -> bool {
    let endings = [
        ".tftest.hcl",
        ".tofutest.hcl",
        ".tfquery.hcl",
        ".tfcomponent.hcl",
        ".tfstack.hcl",
        ".tfdeploy.hcl",
        ".pkr.hcl",
        ".pkrvars.hcl",
    ];
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Not what other tools keep in HCL by convention.
fn is_perhaps_terragrunt(name: &str) -> bool {
    let others = [".nomad.hcl", ".tfmock.hcl", ".lock.hcl"];
    !name.starts_with('.') && !others.iter().any(|other| name.ends_with(other))
}

/// Hidden files and what editors leave behind
/// ([`IsIgnoredFile`](https://github.com/hashicorp/terraform/blob/v1.9.0/internal/configs/parser_config_dir.go)).
fn terraform_passes_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || name.starts_with('#') && name.ends_with('#')
}

fn is_one_of(endings: &[&str], ending: &str) -> bool {
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_may_be() {
        for (name, kind) in [
            ("main.tf", Some(Kind::Hcl)),
            ("main.tofu", Some(Kind::Hcl)),
            (".main.tf", None),
            (".#main.tf", None),
            ("main.tf~", None),
            ("main.tf.json", Some(Kind::HclJson)),
            ("main.tofu.json", Some(Kind::HclJson)),
            ("terraform.tfvars", Some(Kind::Tfvars)),
            (".auto.tfvars", Some(Kind::Tfvars)),
            ("prod.tfvars.json", Some(Kind::Tfvars)),
            ("prod.s3.tfbackend", Some(Kind::Tfbackend)),
            ("terragrunt.hcl", Some(Kind::Terragrunt)),
            ("root.hcl", Some(Kind::Terragrunt)),
            ("terragrunt.stack.hcl", Some(Kind::Terragrunt)),
            ("terragrunt.hcl.json", Some(Kind::Terragrunt)),
            (".terraform.lock.hcl", None),
            (".tflint.hcl", None),
            ("build.pkr.hcl", Some(Kind::Kindred)),
            ("prod.auto.pkrvars.hcl", Some(Kind::Kindred)),
            ("main.tftest.hcl", Some(Kind::Kindred)),
            ("instances.tfquery.hcl", Some(Kind::Kindred)),
            ("providers.tfcomponent.hcl", Some(Kind::Kindred)),
            ("providers.tfstack.hcl", Some(Kind::Kindred)),
            ("deployments.tfdeploy.hcl", Some(Kind::Kindred)),
            (".hidden.pkr.hcl", None),
            ("aws.tfmock.hcl", None),
            ("stack.yaml", Some(Kind::Data)),
            ("stack.YAML", Some(Kind::Data)),
            ("stack.template", Some(Kind::Data)),
            (".template.yml", Some(Kind::Data)),
            ("stack", Some(Kind::Data)),
            (".gitignore", None),
            ("terraform.tfstate", Some(Kind::State)),
            ("errored.tfstate", Some(Kind::State)),
            ("terraform.tfstate.backup", Some(Kind::State)),
            ("terraform.tfstate.1700000000.backup", Some(Kind::State)),
            (".terraform.tfstate.lock.info", None),
            ("my.tfstate.json", Some(Kind::State)),
            (".env", Some(Kind::Env)),
            (".env.production", Some(Kind::Env)),
            ("prod.env", Some(Kind::Env)),
            (".envrc", Some(Kind::Env)),
            (".env.gpg", None),
            ("environment", Some(Kind::Data)),
            ("main.py", None),
            ("user_data.sh.tpl", None),
        ] {
            assert_eq!(of_name(name), kind, "{name}");
        }
    }
}
