//! Which versions of Terraform and of its providers a module may run with, by what it requires
//! (<https://developer.hashicorp.com/terraform/language/expressions/version-constraints>).

use super::modules::{CodeFile, Folder, Modules};
use super::shown_version;
use crate::source::SourceFile;
use crate::syntax::hcl::{self, ExprKind};

pub(in crate::fixes) type Version = (u64, u64, u64);

/// What is required of the versions from a certain one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// It is one of them.
    Sure,
    /// It may be an older one.
    Open,
    /// It is an older one.
    Older,
}

/// What an edit that needs a version asks for.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::fixes) enum Need {
    Nothing,
    /// To be said, since nothing here says which version runs.
    Said(String),
    /// An older one runs: why.
    Unmet(String),
}

/// The version of Terraform that plans of a module are made with.
pub(super) fn terraform_for(modules: &Modules, folder: &Folder, from: Version) -> Need {
    need(("Terraform", "`required_version`"), from, terraform(&together(modules, folder), from))
}

/// The version of one of HashiCorp's providers that plans of a module are made with.
pub(in crate::fixes) fn provider_for(modules: &Modules, folder: &Folder, name: &str, from: Version) -> Need {
    let product = format!("hashicorp/{name}");
    let said = provider(&together(modules, folder), name, from);
    if said == Reach::Older {
        return need((&product, "`required_providers`"), from, said);
    }
    let locked = modules.roots(folder).into_iter().filter_map(|root| locked(root, &product)).min();
    match locked {
        Some(version) if version < from => Need::Unmet(format!(
            "needs {product} {} or later, and `.terraform.lock.hcl` has {}: run `terraform init -upgrade` first",
            shown_version(from),
            shown_version(version)
        )),
        Some(_) => Need::Nothing,
        None => need((&product, "`required_providers`"), from, said),
    }
}

fn need((product, said_by): (&str, &str), from: Version, reach: Reach) -> Need {
    let from = shown_version(from);
    match reach {
        Reach::Sure => Need::Nothing,
        Reach::Open => Need::Said(format!("needs {product} {from} or later")),
        Reach::Older => {
            Need::Unmet(format!("needs {product} {from} or later, and {said_by} asks for an older one"))
        }
    }
}

fn together<'m>(modules: &'m Modules, folder: &'m Folder) -> Vec<&'m Folder> {
    modules.roots(folder).into_iter().chain([folder]).collect()
}

/// The version of a provider that `terraform init` has chosen.
fn locked(folder: &Folder, product: &str) -> Option<Version> {
    let text = folder.lock.as_ref()?;
    let source = SourceFile::new(String::new(), String::new(), text.clone(), false);
    let tree = hcl::parse(source.text()).tree;
    let said = |span| tree.text(source.text(), span);
    let block = tree.body.blocks.iter().find(|block| {
        let name = block.labels.first().map_or("", |label| said(label.text));
        said(block.keyword) == "provider" && name.ends_with(&format!("/{product}"))
    })?;
    let version = block.body.attributes.iter().find(|attribute| said(attribute.name) == "version")?;
    match tree.expr(version.expr).kind {
        ExprKind::Plain(span) => read(said(span)).map(|(version, _)| version),
        _ => None,
    }
}

/// Whether modules that run together have a version of Terraform from this one on.
pub(super) fn terraform(folders: &[&Folder], from: Version) -> Reach {
    let required = |folder: &&Folder| {
        folder
            .blocks("terraform")
            .filter_map(|(file, block)| {
                file.attribute(&block.body, "required_version").and_then(|id| file.plain(id))
            })
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    reach(folders.iter().flat_map(required), from)
}

/// The same of a provider of HashiCorp's.
pub(super) fn provider(folders: &[&Folder], name: &str, from: Version) -> Reach {
    reach(folders.iter().flat_map(|folder| of_provider(folder, name)), from)
}

fn of_provider(folder: &Folder, name: &str) -> Vec<String> {
    let mut said = Vec::new();
    for (file, block) in folder.blocks("terraform") {
        for required in file.blocks(&block.body, "required_providers") {
            said.extend(file.attribute(&required.body, name).and_then(|id| {
                match &file.tree.expr(id).kind {
                    ExprKind::Plain(span) => Some(file.text(*span).to_owned()),
                    ExprKind::Object(items) => file
                        .tree
                        .items(*items)
                        .iter()
                        .find(|item| file.plain(item.key) == Some("version"))
                        .and_then(|item| file.plain(item.value).map(str::to_owned)),
                    _ => None,
                }
            }));
        }
    }
    // As it was said before Terraform 0.13.
    let version = |file: &CodeFile, id| file.plain(id).map(str::to_owned);
    for (file, block) in folder.blocks("provider").filter(|(file, block)| file.label(block, 0) == name) {
        said.extend(file.attribute(&block.body, "version").and_then(|id| version(file, id)));
    }
    said
}

fn reach(constraints: impl Iterator<Item = String>, from: Version) -> Reach {
    let mut range: (Version, Option<Version>) = ((0, 0, 0), None);
    for constraint in constraints.flat_map(|all| all.split(',').map(str::to_owned).collect::<Vec<_>>()) {
        narrow(&mut range, constraint.trim());
    }
    match range {
        (lowest, _) if lowest >= from => Reach::Sure,
        (_, Some(end)) if end <= from => Reach::Older,
        _ => Reach::Open,
    }
}

/// Narrows a half-open range of versions. What is not understood narrows nothing.
fn narrow((lowest, end): &mut (Version, Option<Version>), constraint: &str) {
    let number = constraint.trim_start_matches(['=', '!', '>', '<', '~', ' ']);
    let operator = constraint.get(..constraint.len() - number.len()).unwrap_or_default().trim();
    let Some((version, parts)) = read(number) else { return };
    let after = (version.0, version.1, version.2.saturating_add(1));
    let mut until = |limit: Version| *end = Some(end.map_or(limit, |known| known.min(limit)));
    match operator {
        ">=" => *lowest = version.max(*lowest),
        ">" => *lowest = after.max(*lowest),
        "<" => until(version),
        "<=" => until(after),
        "~>" => {
            *lowest = version.max(*lowest);
            until(if parts == 3 { (version.0, version.1 + 1, 0) } else { (version.0 + 1, 0, 0) });
        }
        "" | "=" => {
            *lowest = version.max(*lowest);
            until(after);
        }
        _ => {}
    }
}

/// A version, and how many of its parts are written.
fn read(number: &str) -> Option<(Version, usize)> {
    let core = number.split(['-', '+']).next().unwrap_or_default();
    let parts: Option<Vec<u64>> = core.split('.').map(|part| part.parse().ok()).collect();
    let parts = parts.filter(|parts| (1..=3).contains(&parts.len()))?;
    let part = |at: usize| parts.get(at).copied().unwrap_or(0);
    Some(((part(0), part(1), part(2)), parts.len()))
}

#[cfg(test)]
mod tests {
    use super::{Reach, reach};

    #[test]
    fn what_is_required_says_which_versions_run() {
        for (constraints, wanted) in [
            (&[][..], Reach::Open),
            (&[">= 1.11"], Reach::Sure),
            (&["~> 1.11.0"], Reach::Sure),
            (&["~> 1.9"], Reach::Open),
            (&["~> 1.9.0"], Reach::Older),
            (&[">= 1.3, < 1.11.0"], Reach::Older),
            (&[">= 1.3", "> 1.11.1"], Reach::Sure),
            (&["1.10.5"], Reach::Older),
            (&["= 1.12.0"], Reach::Sure),
            (&["<= 1.11"], Reach::Open),
            (&["!= 1.11.0"], Reach::Open),
            (&["nonsense"], Reach::Open),
            (&[">= 1.11.0-beta1"], Reach::Sure),
        ] {
            let said = constraints.iter().map(|text| (*text).to_owned());
            assert_eq!(reach(said, (1, 11, 0)), wanted, "{constraints:?}");
        }
    }
}
