//! Where files can be looked at on the web, and which pages may be linked to.

use super::view::RepositoryView;
use std::path::Path;

/// A forge that shows files of the commit that is checked out.
#[derive(Debug, Clone)]
pub struct Web {
    /// `https://github.com/acme/infra/blob/`.
    blobs: String,
    commit: String,
    repository: Option<RepositoryView>,
}

impl Web {
    /// Where the environment of a CI job says what is checked out, and says it in due form.
    #[must_use]
    pub fn of_job(
        variable: impl Fn(&str) -> Option<String>,
        repository: Option<RepositoryView>,
    ) -> Option<Self> {
        let github = || {
            let (server, repository) = (variable("GITHUB_SERVER_URL")?, variable("GITHUB_REPOSITORY")?);
            Some((format!("{server}/{repository}/blob/"), variable("GITHUB_SHA")?))
        };
        let gitlab =
            || Some((format!("{}/-/blob/", variable("CI_PROJECT_URL")?), variable("CI_COMMIT_SHA")?));
        let (blobs, commit) = github().or_else(gitlab)?;
        let is_commit = commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_plain = blobs.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-_~".contains(&byte));
        (is_commit && is_plain && is_http(&blobs)).then_some(Self { blobs, commit, repository })
    }

    /// Where the lines of a file can be looked at: as of `commit`, or of what is checked out.
    pub(super) fn link(&self, path: &str, lines: (u32, u32), commit: Option<&str>) -> Option<String> {
        let inside = self.repository.as_ref().map_or_else(|| path.to_owned(), |place| place.path(path));
        if inside.starts_with("../") || Path::new(&inside).is_absolute() {
            return None;
        }
        let anchor = match lines {
            (first, last) if last > first => format!("#L{first}-L{last}"),
            (first, _) => format!("#L{first}"),
        };
        let commit = commit.unwrap_or(&self.commit);
        Some(format!("{}{commit}/{}{anchor}", self.blobs, percent(&inside, b"/-._~")))
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
    use super::{RepositoryView, Web, safe_url};

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    fn web(repository: &'static str) -> Option<Web> {
        let job = |name: &str| match name {
            "GITHUB_SERVER_URL" => Some("https://github.com".to_owned()),
            "GITHUB_REPOSITORY" => Some(repository.to_owned()),
            "GITHUB_SHA" => Some(SHA.to_owned()),
            _ => None,
        };
        Web::of_job(job, Some(RepositoryView { root: "..".to_owned(), folder: "prod".to_owned() }))
    }

    #[test]
    fn a_link_is_made_where_the_job_says_what_is_checked_out() {
        let web = web("acme/infra").unwrap();
        assert_eq!(
            web.link("a b)#.tf", (3, 5), None).unwrap(),
            format!("https://github.com/acme/infra/blob/{SHA}/prod/a%20b%29%23.tf#L3-L5")
        );
        assert_eq!(web.link("../../x.tf", (1, 1), None), None);
        assert!(Web::of_job(|_| None, None).is_none());
        assert!(self::web("acme/in fra").is_none());
    }

    #[test]
    fn only_pages_of_the_web_are_linked_to() {
        assert_eq!(safe_url("javascript:alert(1)"), None);
        assert_eq!(safe_url("data:text/html,x"), None);
        assert_eq!(safe_url("https://a/\"><b>)"), Some("https://a/%22%3E%3Cb%3E%29".to_owned()));
    }
}
