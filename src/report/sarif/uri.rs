//! Paths as URI references.

use std::fmt::Write;

/// A path with `/` between the names as a relative reference, an absolute one as a `file` URI.
/// <https://www.rfc-editor.org/rfc/rfc3986#section-4.2>
pub(super) fn of(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.get(1..3) == Some(":/") {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => {
                // Writing to a string does not fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// Whether a reference is a whole URI of the web, so that readers may link to it.
pub(super) fn is_link(url: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !br#"<>"{}|\^`"#.contains(&byte);
    (url.starts_with("https://") || url.starts_with("http://")) && url.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::{is_link, of};

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

    #[test]
    fn links_are_of_the_web_and_whole() {
        for (url, expected) in [
            ("https://example.org/a?b#c", true),
            ("javascript:alert(1)", false),
            ("https://example.org/a b", false),
            ("", false),
        ] {
            assert_eq!(is_link(url), expected, "{url}");
        }
    }
}
