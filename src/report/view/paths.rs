//! Paths as the repository has them: what GitHub and GitLab know files by, wherever keyless was run.

use super::{Report, RepositoryView};

impl Report {
    /// A path of this report, relative to the root of the repository as far as that is known; still with `..` where it
    /// leads out of it.
    #[must_use]
    pub fn repository_path(&self, path: &str) -> String {
        self.repository.as_ref().map_or_else(|| path.to_owned(), |place| place.path(path))
    }
}

impl RepositoryView {
    pub(in crate::report) fn path(&self, path: &str) -> String {
        if is_absolute(path) {
            return path.to_owned();
        }
        let below = path.strip_prefix(&self.root).and_then(|rest| rest.strip_prefix('/'));
        match below {
            Some(below) => below.to_owned(),
            None if path == self.root => ".".to_owned(),
            None => without_dots(&format!("{}/{path}", self.folder)),
        }
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.get(1..3) == Some(":/")
}

/// The path without `.`, and without `..` but at its start.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            name => kept.push(name),
        }
    }
    if kept.is_empty() { ".".to_owned() } else { kept.join("/") }
}

#[cfg(test)]
mod tests {
    use super::RepositoryView;

    #[test]
    fn paths_become_those_of_the_repository() {
        for (root, folder, path, expected) in [
            ("..", "infra", "main.tf", "infra/main.tf"),
            ("..", "infra", "../main.tf", "main.tf"),
            ("..", "infra", "..", "."),
            ("../..", "infra/live", "../modules/web/main.tf", "infra/modules/web/main.tf"),
            ("../..", "infra/live", "../../main.tf", "main.tf"),
            ("../..", "infra/live", ".", "infra/live"),
            ("checkout", "..", "checkout/infra/main.tf", "infra/main.tf"),
            ("checkout", "..", "checkouts/main.tf", "../checkouts/main.tf"),
            ("../other", "../here", "../other/main.tf", "main.tf"),
            ("..", "infra", "../../elsewhere/main.tf", "../elsewhere/main.tf"),
            ("..", "infra", "/tmp/p/x.json", "/tmp/p/x.json"),
            ("..", "infra", "C:/x.json", "C:/x.json"),
        ] {
            let place = RepositoryView { root: root.to_owned(), folder: folder.to_owned() };
            assert_eq!(place.path(path), expected, "{path} from {folder}");
        }
    }
}
