//! Which versions of Terraform and of its providers a module may run with, by what it requires
//! (<https://developer.hashicorp.com/terraform/language/expressions/version-constraints>).

use super::modules::{CodeFile, Folder};
use crate::syntax::hcl::ExprKind;

pub(super) type Version = (u64, u64, u64);

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
    let parts: Option<Vec<u64>> = number
        .split(['-', '+'])
        .next()
        .unwrap_or_default()
        .split('.')
        .map(|part| part.parse().ok())
        .collect();
    let Some(parts) = parts.filter(|parts| (1..=3).contains(&parts.len())) else { return };
    let part = |at: usize| parts.get(at).copied().unwrap_or(0);
    let version = (part(0), part(1), part(2));
    let after = (version.0, version.1, version.2.saturating_add(1));
    let mut until = |limit: Version| *end = Some(end.map_or(limit, |known| known.min(limit)));
    match operator {
        ">=" => *lowest = version.max(*lowest),
        ">" => *lowest = after.max(*lowest),
        "<" => until(version),
        "<=" => until(after),
        "~>" => {
            *lowest = version.max(*lowest);
            until(if parts.len() == 3 { (version.0, version.1 + 1, 0) } else { (version.0 + 1, 0, 0) });
        }
        "" | "=" => {
            *lowest = version.max(*lowest);
            until(after);
        }
        _ => {}
    }
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
