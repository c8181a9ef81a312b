//! Where a run stands in its repository, for formats whose readers name files from the repository's root, and where the
//! files can be looked at on the web.

use std::path::{Component, Path, PathBuf};

/// The working directory and the repository around it.
#[derive(Debug, Clone, Default)]
pub struct Base {
    folder: PathBuf,
    root: PathBuf,
    web: Option<Web>,
}

/// A forge that shows files of the commit that is checked out.
#[derive(Debug, Clone)]
struct Web {
    /// `https://github.com/acme/infra/blob/`.
    blobs: String,
    commit: String,
}

impl Base {
    /// Both are absolute and without links.
    #[must_use]
    pub fn new(folder: PathBuf, root: PathBuf) -> Self {
        Self { folder, root, web: None }
    }

    /// With links to files, where the environment of a CI job says what is checked out, and says it in due form.
    #[must_use]
    pub fn with_web(mut self, variable: impl Fn(&str) -> Option<String>) -> Self {
        let github = || {
            let (server, repository) = (variable("GITHUB_SERVER_URL")?, variable("GITHUB_REPOSITORY")?);
            Some((format!("{server}/{repository}/blob/"), variable("GITHUB_SHA")?))
        };
        let gitlab =
            || Some((format!("{}/-/blob/", variable("CI_PROJECT_URL")?), variable("CI_COMMIT_SHA")?));
        self.web = github().or_else(gitlab).and_then(|(blobs, commit)| {
            let is_commit = commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_plain =
                blobs.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-_~".contains(&byte));
            (is_commit && is_plain && is_http(&blobs)).then_some(Web { blobs, commit })
        });
        self
    }

    /// A path as reports show it, from the repository's root; as it is where it lies outside.
    pub(super) fn rooted(&self, path: &str) -> String {
        let mut whole = PathBuf::new();
        for part in self.folder.join(path).components() {
            match part {
                Component::ParentDir => drop(whole.pop()),
                Component::CurDir => {}
                Component::Prefix(_) | Component::RootDir | Component::Normal(_) => whole.push(part),
            }
        }
        let inside = whole.strip_prefix(&self.root).ok().filter(|inside| *inside != Path::new(""));
        let names = inside.map(|inside| {
            inside.iter().map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
        });
        names.unwrap_or_else(|| path.to_owned())
    }

    /// Where the lines of a file can be looked at: as of `commit`, or of what is checked out.
    pub(super) fn link(&self, path: &str, lines: (u32, u32), commit: Option<&str>) -> Option<String> {
        let web = self.web.as_ref()?;
        let inside = self.rooted(path);
        if inside.starts_with("../") || Path::new(&inside).is_absolute() {
            return None;
        }
        let anchor = match lines {
            (first, last) if last > first => format!("#L{first}-L{last}"),
            (first, _) => format!("#L{first}"),
        };
        let commit = commit.unwrap_or(&web.commit);
        Some(format!("{}{commit}/{}{anchor}", web.blobs, percent(&inside, b"/-._~")))
    }
}

/// A page that may be linked to: no other scheme is, and what would end an attribute or a destination is encoded.
pub(super) fn safe_url(url: &str) -> Option<String> {
    is_http(url).then(|| percent(url, b"/-._~:?#@!$&*+,;=%"))
}

fn is_http(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len())
}

fn percent(text: &str, kept: &[u8]) -> String {
    let mut result = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Base, safe_url};

    fn base() -> Base {
        Base::new("/work/infra/prod".into(), "/work/infra".into())
    }

    #[test]
    fn paths_are_told_from_the_root() {
        for (shown, expected) in [
            ("main.tf", "prod/main.tf"),
            ("./a/main.tf", "prod/a/main.tf"),
            ("../shared/main.tf", "shared/main.tf"),
            ("../../other/main.tf", "../../other/main.tf"),
            ("/work/infra/x.tf", "x.tf"),
            ("/etc/x.tf", "/etc/x.tf"),
        ] {
            assert_eq!(base().rooted(shown), expected);
        }
    }

    #[test]
    fn a_link_is_made_where_the_job_says_what_is_checked_out() {
        let sha = "0123456789abcdef0123456789abcdef01234567";
        let job = |repository: &'static str| {
            move |name: &str| match name {
                "GITHUB_SERVER_URL" => Some("https://github.com".to_owned()),
                "GITHUB_REPOSITORY" => Some(repository.to_owned()),
                "GITHUB_SHA" => Some(sha.to_owned()),
                _ => None,
            }
        };
        let with = base().with_web(job("acme/infra"));
        assert_eq!(
            with.link("a b)#.tf", (3, 5), None).unwrap(),
            format!("https://github.com/acme/infra/blob/{sha}/prod/a%20b%29%23.tf#L3-L5")
        );
        assert_eq!(with.link("../../x.tf", (1, 1), None), None);
        assert_eq!(base().link("x.tf", (1, 1), None), None);
        assert_eq!(base().with_web(job("acme/in fra")).link("x.tf", (1, 1), None), None);
    }

    #[test]
    fn only_pages_of_the_web_are_linked_to() {
        assert_eq!(safe_url("javascript:alert(1)"), None);
        assert_eq!(safe_url("data:text/html,x"), None);
        assert_eq!(safe_url("https://a/\"><b>)"), Some("https://a/%22%3E%3Cb%3E%29".to_owned()));
    }
}
