//! What a repository's own configuration says of its format, and nothing else of it.
//!
//! [The language](https://git-scm.com/docs/git-config#_configuration_file) as far as these few keys need it; includes are
//! not followed, as git itself does not for them.

use gix_hash::Kind;

/// Extensions that change nothing about how commits, trees and blobs are read.
const HARMLESS: [&str; 6] = [
    "noop",
    "preciousobjects",
    "worktreeconfig",
    "relativeworktrees",
    "submodulepathconfig",
    "compatobjectformat",
];

/// How a repository's objects are to be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) hash: Kind,
    /// Objects may be missing: a remote has them.
    pub(super) partial: bool,
    /// The work tree that it names as its own.
    pub(super) work_tree: Option<String>,
}

impl Format {
    /// # Errors
    /// What of the format is not known.
    pub(super) fn read(config: &str) -> Result<Self, String> {
        let mut format = Self { hash: Kind::Sha1, partial: false, work_tree: None };
        let mut version = 0;
        let mut unknown = None;
        for (key, value) in entries(config) {
            match key.as_str() {
                "core.repositoryformatversion" => {
                    version =
                        value.parse().map_err(|_| "its format has no version that is known".to_owned())?;
                }
                "core.worktree" => format.work_tree = Some(value),
                "extensions.partialclone" => format.partial = true,
                "extensions.objectformat" => {
                    format.hash = match value.to_lowercase().as_str() {
                        "sha1" => Kind::Sha1,
                        "sha256" => Kind::Sha256,
                        other => {
                            return Err(format!(
                                "its objects are named by `{other}`, which keyless cannot read"
                            ));
                        }
                    };
                }
                "extensions.refstorage" if !value.eq_ignore_ascii_case("files") => {
                    unknown = unknown.or(Some(format!(
                        "it keeps its references as `{value}`, which keyless cannot read (`git refs migrate --ref-format=files`)"
                    )));
                }
                "extensions.refstorage" => {}
                // A remote that promises what is missing, as newer versions of git write it.
                _ if key.starts_with("remote.") && key.ends_with(".promisor") => {
                    format.partial |= value.is_empty() || value.eq_ignore_ascii_case("true");
                }
                _ => {
                    if let Some(name) = key.strip_prefix("extensions.")
                        && !HARMLESS.contains(&name)
                    {
                        unknown = unknown
                            .or(Some(format!("it uses the extension `{name}`, which keyless does not know")));
                    }
                }
            }
        }
        match (version, unknown) {
            (0, None) | (1, None) => Ok(format),
            // Only format 1 has extensions that must be known.
            (0, Some(_)) => Ok(format),
            (1, Some(unknown)) => Err(unknown),
            (other, _) => Err(format!("its format is version {other}, which keyless does not know")),
        }
    }
}

/// Keys as `section.name` or `section.subsection.name`, with their values; names in lower case.
fn entries(config: &str) -> Vec<(String, String)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in config.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let mut line = line;
        if let Some(rest) = line.strip_prefix('[') {
            let Some((head, after)) = rest.split_once(']') else { continue };
            section = match head.split_once('"') {
                Some((name, sub)) => {
                    format!("{}.{}", name.trim().to_lowercase(), sub.trim_end().trim_end_matches('"'))
                }
                None => head.trim().to_lowercase(),
            };
            line = after.trim();
            if line.is_empty() {
                continue;
            }
        }
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        found.push((format!("{section}.{}", name.trim().to_lowercase()), plain(value)));
    }
    found
}

/// A value without quotes and comment.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let mut characters = value.trim().chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' => out.extend(characters.next()),
            '#' | ';' if !quoted => break,
            _ => out.push(character),
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_or_refused() {
        let plain = || Format { hash: Kind::Sha1, partial: false, work_tree: None };
        for (config, expected) in [
            ("", Ok(plain())),
            ("[core]\n\trepositoryformatversion = 0\n[include]\n\tpath = /etc/shadow\n", Ok(plain())),
            ("[core] repositoryFormatVersion = 1 # one\n[extensions]\nworktreeConfig = true", Ok(plain())),
            (
                "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n",
                Ok(Format { hash: Kind::Sha256, ..plain() }),
            ),
            (
                "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n",
                Ok(Format { partial: true, ..plain() }),
            ),
            ("[remote \"a.b\"]\npromisor = true\n", Ok(Format { partial: true, ..plain() })),
            (
                "[core]\n; no\nworktree = \"../a \\\"b\"\n",
                Ok(Format { work_tree: Some("../a \"b".to_owned()), ..plain() }),
            ),
            ("[extensions]\nfuture = 1\n", Ok(plain())),
            (
                "[core]\nrepositoryformatversion = 1\n[extensions]\nfuture = 1\n",
                Err("it uses the extension `future`, which keyless does not know"),
            ),
            (
                "[core]\nrepositoryformatversion = 2\n",
                Err("its format is version 2, which keyless does not know"),
            ),
        ] {
            assert_eq!(Format::read(config), expected.map_err(str::to_owned), "{config}");
        }
        let reftable = "[core]\nrepositoryformatversion = 1\n[extensions]\nrefstorage = reftable\n";
        assert!(Format::read(reftable).is_err_and(|error| error.contains("reftable")));
    }
}
