//! Stack frames as CDK apps leave them, in every language that has them.

use std::borrow::Cow;

/// A line in a file of the machine that synthesized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// For Java and its like, whose frames name files by themselves, with the folders of the package.
    pub(super) path: String,
    pub(super) line: u32,
    /// From 1, in UTF-16 units, as JavaScript counts.
    pub(super) column: Option<u32>,
}

/// Reads a frame: `new S (/app/app.js:13:5)`, `__init__ (/app/app.py:12)`, `com.acme.App.main (App.java:12)`,
/// `File "/app/app.py", line 12, in f`, `at F() in /app/Program.cs:line 7`. What names no file of the user's is `None`.
pub(super) fn parse(frame: &str) -> Option<Frame> {
    let frame = frame.trim();
    if frame.starts_with("...") {
        return None;
    }
    let frame = frame.strip_prefix("at ").unwrap_or(frame);
    let (path, line, column) = python(frame).or_else(|| dotnet(frame)).or_else(|| javascript(frame))?;
    let path = local(path)?.replace('\\', "/");
    let name = path.rsplit('/').next()?;
    if line == 0 || !is_code(name) || is_foreign(&path) {
        return None;
    }
    let path = packaged(frame, &path)?.unwrap_or(path);
    Some(Frame { path, line, column })
}

/// The path of a URL as ES modules have it; other schemes are no files.
fn local(path: &str) -> Option<Cow<'_, str>> {
    let Some(url) = path.strip_prefix("file://") else {
        return (!path.contains("://")).then_some(Cow::Borrowed(path));
    };
    let mut pieces = url.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let hex = piece.get(..2)?;
        bytes.push(u8::from_str_radix(hex, 16).ok()?);
        bytes.extend_from_slice(piece.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// The path that a package says of a file that stands without folders: `com.acme.App.main (App.java:12)`; inside, `None`
/// where it stands with them. `None` for libraries.
#[expect(clippy::option_option, reason = "a path of its own is no library's")]
fn packaged(frame: &str, path: &str) -> Option<Option<String>> {
    if path.contains('/') || !JVM.iter().any(|ending| path.ends_with(ending)) {
        return Some(None);
    }
    let method = frame.split('(').next().unwrap_or_default().trim();
    // `java.base/java.lang.Thread.run`
    let method = method.rsplit('/').next().unwrap_or_default();
    if JVM_LIBRARIES.iter().any(|library| method.starts_with(library)) {
        return None;
    }
    let class = method.rsplit_once('.').map_or("", |(class, _)| class);
    let package = class.rsplit_once('.').map(|(package, _)| package.replace('.', "/"));
    Some(Some(package.map_or_else(|| path.to_owned(), |package| format!("{package}/{path}"))))
}

/// Files of languages that compile to classes.
pub(super) const JVM: [&str; 5] = [".java", ".kt", ".kts", ".scala", ".groovy"];

const JVM_LIBRARIES: [&str; 9] = [
    "software.amazon.",
    "software.constructs.",
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "kotlin.",
    "scala.",
    "org.codehaus.",
];

fn python(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let (path, rest) = frame.split_once(", line ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).map_or(rest, |end| &rest[..end]);
    let path = path.strip_prefix("File ").unwrap_or(path).trim_matches('"');
    Some((path, digits.parse().ok()?, None))
}

fn dotnet(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let (path, line) = frame.rsplit_once(":line ")?;
    let path = path.rsplit_once(" in ").map_or(path, |(_, path)| path);
    Some((path, line.trim().parse().ok()?, None))
}

fn javascript(frame: &str) -> Option<(&str, u32, Option<u32>)> {
    let location = match frame.strip_suffix(')') {
        Some(call) => call.rsplit_once('(')?.1,
        None => frame.split_once(" in ").map_or(frame, |(location, _)| location),
    };
    let location = location.strip_prefix("async ").unwrap_or(location);
    let (rest, last) = location.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    match rest.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some((path, line)) => Some((path, line, Some(last))),
        None => Some((rest, last, None)),
    }
}

/// By its ending, in a language that apps are written in. An assembly must not lead to other files, which may hold what is
/// not to be shown.
pub(super) fn is_code(name: &str) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    ["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx", "py", "cs", "fs", "vb", "go"].contains(&ending)
        || JVM.iter().any(|jvm| jvm.strip_prefix('.') == Some(ending))
}

/// Libraries, what comes with a language, and the kernel that runs apps of other languages.
fn is_foreign(path: &str) -> bool {
    let standard = |path: &str| {
        let after = path.split_once("/lib/python").map(|(_, after)| after);
        after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    };
    [
        "node_modules/",
        "/.yarn/",
        "/.pnp.",
        "site-packages/",
        "dist-packages/",
        "/pkg/mod/",
        "jsii-kernel",
        "jsii-runtime",
    ]
    .iter()
    .any(|part| path.contains(part))
        || ["node:", "internal/", "<"].iter().any(|start| path.starts_with(start))
        || path.ends_with("/lib/program.js")
        || standard(path)
}
