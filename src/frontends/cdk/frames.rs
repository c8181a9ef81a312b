//! Stack frames as CDK apps leave them, and the source lines that they speak of.

use super::source_map::{self, Reference, SourceMap};
use super::{Files, paths};
use crate::source::{FileId, Site, SourceFile, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

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
const JVM: [&str; 5] = [".java", ".kt", ".kts", ".scala", ".groovy"];

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

/// Where a project keeps packages, by convention.
const PACKAGE_ROOTS: [&str; 8] = [
    "",
    "src/main/java",
    "src/main/kotlin",
    "src/main/scala",
    "src/main/groovy",
    "src",
    "app/src/main/java",
    "app/src/main/kotlin",
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
fn is_code(name: &str) -> bool {
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

/// Files that the frames of an assembly speak of, and names in the path of one; what goes beyond is not looked for.
const MAX_FILES: usize = 20_000;
const MAX_PARTS: usize = 40;

/// A longer line was written by a program.
const MAX_LINE: usize = 4096;

type Found = (FileId, Arc<SourceFile>);

/// Finds frames' lines among the files of the root.
pub(super) struct Locator<'a> {
    files: &'a dyn Files,
    /// Folders that the frames' paths may be relative to, nearest first.
    folders: Vec<String>,
    /// By the frames' paths.
    found: BTreeMap<String, Option<Found>>,
    /// By their paths here; `None` where nothing is.
    taken: BTreeMap<String, Option<Found>>,
    /// By the path of what was compiled.
    maps: BTreeMap<String, Option<(String, SourceMap)>>,
}

impl<'a> Locator<'a> {
    /// `folder` is the assembly.
    pub(super) fn new(files: &'a dyn Files, folder: &str) -> Self {
        Self {
            files,
            folders: paths::ancestors(folder),
            found: BTreeMap::new(),
            taken: BTreeMap::new(),
            maps: BTreeMap::new(),
        }
    }

    /// The place of the first of these frames that is the user's and whose file is here: built code seldom is.
    pub(super) fn locate(&mut self, frames: &[String]) -> Option<Site> {
        for frame in frames.iter().filter_map(|frame| parse(frame)) {
            let Some((file, source)) = self.file(&frame.path) else { continue };
            if let Some(site) = self.original(&frame, &source) {
                return Some(site);
            }
            let line = source.line_span(frame.line)?;
            if line.len() <= MAX_LINE {
                return place(file, &source, frame.line, frame.column);
            }
        }
        None
    }

    /// Where a person wrote what a compiler made this of.
    fn original(&mut self, frame: &Frame, compiled: &SourceFile) -> Option<Site> {
        let column = frame.column?;
        if ![".js", ".mjs", ".cjs"].iter().any(|ending| frame.path.ends_with(ending)) {
            return None;
        }
        let (folder, original) = self
            .map(compiled)
            .and_then(|(folder, map)| Some((folder.clone(), map.original(frame.line, column)?)))?;
        let path = original.path.strip_prefix("file://").unwrap_or(&original.path);
        let path = path.rsplit_once("://").map_or(path, |(_, path)| path);
        if !is_code(path.rsplit('/').next().unwrap_or_default()) {
            return None;
        }
        let (file, source) = match paths::join(&folder, path) {
            Some(path) => self.take(&path)?,
            None => self.file(path)?,
        };
        place(file, &source, original.line, Some(original.column))
    }

    /// The map of a compiled file, and the folder that it is relative to.
    fn map(&mut self, compiled: &SourceFile) -> Option<&(String, SourceMap)> {
        if !self.maps.contains_key(&compiled.root_path) {
            let map = self.read_map(compiled);
            self.maps.insert(compiled.root_path.clone(), map);
        }
        self.maps.get(&compiled.root_path)?.as_ref()
    }

    fn read_map(&self, compiled: &SourceFile) -> Option<(String, SourceMap)> {
        let folder_of = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let folder = folder_of(&compiled.root_path);
        match source_map::reference(compiled.text())? {
            Reference::Text(text) => Some((folder, SourceMap::parse(&text)?)),
            Reference::Path(path) => {
                let path = paths::join(&folder, &path)?;
                Some((folder_of(&path), SourceMap::parse(&self.files.read(&path).ok()?)?))
            }
        }
    }

    fn file(&mut self, path: &str) -> Option<Found> {
        if !self.found.contains_key(path) {
            let found = self.search(path);
            self.found.insert(path.to_owned(), found);
        }
        self.found.get(path).cloned().flatten()
    }

    /// The path is another machine's: each end of it may be one here, the longest first, then the nearest.
    fn search(&mut self, path: &str) -> Option<Found> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        if parts.contains(&"..") || parts.len() > MAX_PARTS || self.found.len() > MAX_FILES {
            return None;
        }
        let is_jvm = JVM.iter().any(|ending| path.ends_with(ending));
        let roots = if is_jvm && !path.starts_with('/') { &PACKAGE_ROOTS[..] } else { &[""] };
        for start in 0..parts.len() {
            let tail = parts.get(start..).unwrap_or(&[]).join("/");
            let folders = self.folders.iter().flat_map(|folder| roots.iter().map(move |root| (folder, root)));
            let candidates: Vec<String> = folders
                .filter_map(|(folder, root)| paths::join(&paths::join(folder, root)?, &tail))
                .collect();
            if let Some(found) = candidates.iter().find_map(|candidate| self.take(candidate)) {
                return Some(found);
            }
        }
        None
    }

    /// The file at a path of the root, once a source of the run however many frames lead to it.
    fn take(&mut self, path: &str) -> Option<Found> {
        if !self.taken.contains_key(path) {
            let text = self.files.read(path).ok();
            self.taken.insert(path.to_owned(), text.map(|text| self.files.add(path, text)));
        }
        self.taken.get(path).cloned().flatten()
    }
}

/// From the column, or the first letter, to the end of a line that there is.
fn place(file: FileId, source: &SourceFile, line: u32, column: Option<u32>) -> Option<Site> {
    let line = source.line_span(line)?;
    let text = source.slice(line);
    let from = column.map_or(0, |column| offset_of(text, column));
    let rest = text.get(from..).map(str::trim).filter(|rest| !rest.is_empty());
    let shown = rest.or_else(|| Some(text.trim()).filter(|text| !text.is_empty()))?;
    let start = line.start as usize + (shown.as_ptr().addr() - text.as_ptr().addr());
    Some(Site::new(file, Span::new(start, start + shown.len())))
}

/// The byte offset of a column.
fn offset_of(text: &str, column: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units + 1 >= column as usize {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}
