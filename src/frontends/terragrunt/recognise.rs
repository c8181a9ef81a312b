//! Which HCL is Terragrunt's. Its root files and what they include have any name.

use super::super::terraform::ModuleFile;

/// Blocks that no other tool has.
const TELLING: [&str; 5] = ["remote_state", "include", "dependency", "dependencies", "inputs"];

/// Whether a file of this name is Terragrunt's whatever it holds.
#[must_use]
pub fn is_named(name: &str) -> bool {
    name.starts_with("terragrunt.") || name == "root.hcl"
}

/// Whether a file is Terragrunt's: by its name, by what it declares, or because it holds nothing but locals, as files
/// do that `read_terragrunt_config` reads.
#[must_use]
pub fn is_terragrunt(file: &ModuleFile) -> bool {
    if is_named(file.name()) {
        return true;
    }
    let body = &file.tree.body;
    let attributes = || body.attributes.iter().map(|attribute| file.text(attribute.name));
    let has = |block: &crate::syntax::hcl::Block, name: &str| {
        let body = &block.body;
        body.attributes.iter().any(|attribute| file.text(attribute.name) == name)
            || body.blocks.iter().any(|inner| file.text(inner.keyword) == name)
    };
    let tells = body.blocks.iter().any(|block| match file.text(block.keyword) {
        keyword if TELLING.contains(&keyword) => true,
        "generate" => has(block, "contents"),
        "terraform" => {
            ["source", "extra_arguments", "before_hook", "after_hook"].iter().any(|name| has(block, name))
        }
        _ => false,
    });
    let only_locals = !body.blocks.is_empty()
        && body.attributes.is_empty()
        && body.blocks.iter().all(|block| file.text(block.keyword) == "locals");
    tells || only_locals || attributes().any(|name| TELLING.contains(&name))
}
