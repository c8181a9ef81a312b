//! Where a value is decided, and who else takes it from there.

use super::super::Ailing;
use super::super::hcl::{Block, Code};
use super::module::Module;
use crate::source::{Site, folder_of};
use std::sync::Arc;

/// Who takes a literal besides the resource that a fix is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takers {
    /// It stands in the resource itself, or the one reference to it does.
    Alone,
    /// Others may.
    Others,
}

/// The file of a place, if it may be edited.
pub(super) fn code(ailing: Ailing<'_>, site: Site) -> Option<Arc<Code>> {
    ailing.codes.read(site.file, &ailing.file(site.file)?)
}

/// Who takes the literal at a place.
pub(super) fn takers(ailing: Ailing<'_>, code: &Code, literal: Site, header: Site) -> Takers {
    let Some(block) = code.block_at(literal) else { return Takers::Others };
    if own(code, header).is_some_and(|own| own == block.site()) {
        return Takers::Alone;
    }
    let root_path = &ailing.sources.get(literal.file).root_path;
    match decided(&block, literal, folder_of(root_path)) {
        Some(start) => follow(ailing, start, header),
        None => Takers::Others,
    }
}

/// Who takes a variable of the module that a file is of.
pub(super) fn takers_of(ailing: Ailing<'_>, variable: &Block<'_>, header: Site) -> Takers {
    let site = variable.site();
    let root_path = &ailing.sources.get(site.file).root_path;
    decided(variable, site, folder_of(root_path))
        .map_or(Takers::Others, |start| follow(ailing, start, header))
}

/// From one reference to the next until the resource is met. Whatever is referred to twice, or is taken by anything else, may be
/// for others.
fn follow(ailing: Ailing<'_>, start: Name, header: Site) -> Takers {
    let mut name = start;
    for _ in 0..64 {
        let Name::Here { folder, name: here } = name else {
            return if name == Name::Metadata { Takers::Alone } else { Takers::Others };
        };
        let module = Module::at(ailing, &folder);
        let [place] = module.places(&here)[..] else { return Takers::Others };
        let Some(code) = module.code(place.file) else { return Takers::Others };
        let Some(block) = code.block_at(place) else { return Takers::Others };
        if own(&code, header).is_some_and(|own| own == block.site()) {
            return Takers::Alone;
        }
        match decided(&block, place, &folder) {
            Some(next) if block.keyword != "variable" => name = next,
            Some(_) | None => return Takers::Others,
        }
    }
    Takers::Others
}

fn own(code: &Code, header: Site) -> Option<Site> {
    code.block_at(header).map(|block| block.site())
}

/// What a value is called by those that take it.
#[derive(Debug, PartialEq, Eq)]
enum Name {
    Here {
        folder: String,
        name: String,
    },
    /// An input of a module whose code is not here, and that is about nothing else.
    Metadata,
    Elsewhere,
}

/// What the value at a place is called; none where it is no one's but the block's.
fn decided(block: &Block<'_>, place: Site, here: &str) -> Option<Name> {
    let label = block.labels.first().map_or("", String::as_str);
    let named = |name: String| Name::Here { folder: here.to_owned(), name };
    match (block.keyword.as_str(), block.attribute_at(place)) {
        ("variable", _) => Some(named(format!("var.{label}"))),
        ("locals", Some(name)) => Some(named(format!("local.{name}"))),
        ("module", Some(name)) => {
            let source = block.value("source").unwrap_or("").trim_matches('"');
            Some(match joined(here, source) {
                Some(folder) => Name::Here { folder, name: format!("var.{name}") },
                None if ["metadata_options", "http_tokens"].iter().any(|part| name.contains(part)) => {
                    Name::Metadata
                }
                None => Name::Elsewhere,
            })
        }
        _ => None,
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
