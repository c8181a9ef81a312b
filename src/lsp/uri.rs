//! Files as clients name them. A client's own spelling is kept, since its answers are to be in it.

use std::path::{Path, PathBuf};

/// The path of a `file:` address; `None` for every other one.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let bytes = decoded(path);
    let path = if host.is_empty() || host.eq_ignore_ascii_case("localhost") {
        native(bytes)?
    } else {
        native([b"//", host.as_bytes(), &bytes].concat())?
    };
    // No path of a system holds a zero.
    let is_path = path.is_absolute() && !path.as_os_str().as_encoded_bytes().contains(&0);
    is_path.then_some(path)
}

fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                result.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                result.push(*byte);
                at += 1;
            }
        }
    }
    result
}

#[cfg(unix)]
fn native(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

#[cfg(not(unix))]
fn native(bytes: Vec<u8>) -> Option<PathBuf> {
    let text = String::from_utf8(bytes).ok()?;
    let is_drive = text.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { text.trim_start_matches('/') } else { &text }))
}

/// The address of a file.
pub(super) fn of_path(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let bytes = bytes.strip_prefix(br"\\?\").unwrap_or(bytes);
    let slash = if bytes.first().is_some_and(|byte| matches!(byte, b'/' | b'\\')) { "" } else { "/" };
    let mut uri = format!("file://{slash}");
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                uri.push(char::from(*byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths_and_back() {
        for (uri, path) in [
            ("file:///a/b.tf", Some("/a/b.tf")),
            ("file:///a%20b/%C3%A4.tf", Some("/a b/ä.tf")),
            ("file:///a b/[x]{y}.tf", Some("/a b/[x]{y}.tf")),
            ("file://localhost/a", Some("/a")),
            ("FILE:/a", Some("/a")),
            ("file:///a?query#part", Some("/a")),
            ("file:///100%", Some("/100%")),
            ("file:///%zz", Some("/%zz")),
            ("file:///a%00b", None),
            ("file:a", None),
            ("file:", None),
            ("untitled:Untitled-1", None),
            ("git:/a/b.tf", None),
            ("", None),
        ] {
            assert_eq!(to_path(uri), path.map(PathBuf::from), "{uri}");
            if let Some(path) = path {
                assert_eq!(to_path(&of_path(Path::new(path))).as_deref(), Some(Path::new(path)));
            }
        }
        assert_eq!(of_path(Path::new("/a b/ä#?.tf")), "file:///a%20b/%C3%A4%23%3F.tf");
    }
}
