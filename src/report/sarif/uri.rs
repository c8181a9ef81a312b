//! Paths as URI references.

use super::super::web::percent;

/// A path with `/` between the names as a relative reference, an absolute one as a `file` URI.
/// <https://www.rfc-editor.org/rfc/rfc3986#section-4.2>
pub(super) fn of(path: &str) -> String {
    let scheme = match path.get(1..3) {
        _ if path.starts_with('/') => "file://",
        Some(":/") => "file:///",
        Some(_) | None => "",
    };
    format!("{scheme}{}", percent(path, b"/-._~"))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn paths_become_references() {
        for (path, uri) in [
            ("infra/main.tf", "infra/main.tf"),
            ("a b/ü#1%.tf", "a%20b/%C3%BC%231%25.tf"),
            ("c:d/x?.tf", "c%3Ad/x%3F.tf"),
            ("../x\n.tf", "../x%0A.tf"),
            ("/tmp/a b.tf", "file:///tmp/a%20b.tf"),
            ("C:/a.tf", "file:///C%3A/a.tf"),
        ] {
            assert_eq!(of(path), uri);
        }
    }
}
