//! Where a value is decided, and who else takes it from there.

use super::super::Ailing;
use super::super::hcl::{Block, Code};
use super::module::{Module, folder};
use crate::source::Site;
use std::rc::Rc;

/// Who takes a literal besides the resource that a fix is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takers {
    /// It stands in the resource itself, or the one reference to it does.
    Alone,
    /// Others may.
    Others,
}

/// The file of a place, if it may be edited.
pub(super) fn code(ailing: Ailing<'_>, site: Site) -> Option<Rc<Code>> {
    Code::shared(site.file, &ailing.file(site.file)?)
}

/// Who takes the literal at a place.
pub(super) fn takers(ailing: Ailing<'_>, code: &Code, literal: Site, header: Site) -> Takers {
    let Some(block) = code.block_at(literal) else { return Takers::Others };
    if code.block_at(header).is_some_and(|own| own.site() == block.site()) {
        return Takers::Alone;
    }
    let label = block.labels.first().map_or("", String::as_str);
    let one = |module: &Module, name: &str| {
        if module.references(name) == 1 { Takers::Alone } else { Takers::Others }
    };
    match (block.keyword.as_str(), block.attribute_at(literal)) {
        ("variable", _) => one(&Module::of(ailing, literal.file), &format!("var.{label}")),
        ("locals", Some(name)) => one(&Module::of(ailing, literal.file), &format!("local.{name}")),
        ("module", Some(name)) => {
            let source = block.value("source").unwrap_or("").trim_matches('"');
            let from = ailing.sources.get(literal.file);
            let Some(called) = joined(folder(&from.root_path), source) else {
                // Of a module of others, an input of this name is about nothing else.
                let named = ["metadata_options", "http_tokens"].iter().any(|part| name.contains(part));
                return if named { Takers::Alone } else { Takers::Others };
            };
            let module = Module::at(ailing, &called);
            if module.is_empty() { Takers::Others } else { one(&module, &format!("var.{name}")) }
        }
        _ => Takers::Others,
    }
}

/// What people call the place of a literal that is no resource's own.
pub(super) fn name(block: &Block<'_>, literal: Site) -> Option<String> {
    let label = block.labels.first().map_or("", String::as_str);
    match (block.keyword.as_str(), block.attribute_at(literal)) {
        ("variable", _) => Some(format!("the default of `var.{label}`")),
        ("locals", Some(name)) => Some(format!("the value in `local.{name}`")),
        ("module", Some(name)) => Some(format!("the value in `{name}` of `module.{label}`")),
        _ => None,
    }
}

/// The folder that a path leads to from another; none for what is no path.
fn joined(folder: &str, path: &str) -> Option<String> {
    if !path.starts_with("./") && !path.starts_with("../") {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn sources_of_modules_are_joined_with_folders() {
        for (folder, path, expected) in [
            ("", "./web", Some("web")),
            ("env/prod", "../../modules/web/", Some("modules/web")),
            ("", "../web", None),
            ("", "terraform-aws-modules/vpc/aws", None),
        ] {
            assert_eq!(joined(folder, path).as_deref(), expected, "{folder} {path}");
        }
    }
}
