//! Reads a configuration file and what it extends. Everything that is wrong comes back as problems with a place.

use super::shape;
use super::written::{OneOrMore, Written, WrittenPattern, schema};
use crate::discover::{Globs, relative};
use crate::findings::{Problem, ProblemKind};
use crate::secrets::Pattern;
use crate::source::{SourceFile, Span};
use crate::syntax::doc::{Document, NodeRef, parse_toml, toml_errors};
use crate::system::{FileKind, ReadError, Root, System, text};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Largest configuration file, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// Files that one may be made of.
const MAX_EXTENDED: usize = 64;

/// Places of a file that break TOML's grammar and are told of.
const MAX_ERRORS: usize = 20;

/// Forms of tokens in one file.
const MAX_PATTERNS: usize = 100;

static SCHEMA: LazyLock<Json> = LazyLock::new(schema);

/// What one file says.
#[derive(Debug)]
pub(crate) struct Layer {
    /// As reports show it.
    pub(crate) shown: String,
    pub(crate) written: Written,
    /// The same, by keys.
    pub(crate) json: Json,
    pub(crate) excludes: Arc<Globs>,
    /// One for each of the overrides.
    pub(crate) overrides: Vec<Globs>,
    pub(crate) patterns: Vec<Arc<Pattern>>,
    /// Policies of one's own, relative to the working directory.
    pub(crate) own: Vec<PathBuf>,
    source: SourceFile,
    document: Option<Document>,
}

impl Layer {
    /// What stands at keys (and positions) of the file.
    fn at(&self, keys: &[&str]) -> Option<Span> {
        let root = self.document.as_ref()?.root(self.source.text())?;
        let mut node = root;
        let mut span = None;
        for key in keys {
            match key.parse::<usize>().ok().and_then(|at| node.items().nth(at)) {
                Some(item) => {
                    node = item;
                    span = Some(item.span());
                }
                None => {
                    let found =
                        node.entries().find(|(name, _)| name.scalar_text().is_some_and(|name| name == *key));
                    let (name, value) = found?;
                    span = Some(if value.is_mapping() { name.span() } else { value.span() });
                    node = value;
                }
            }
        }
        span
    }

    /// A problem at keys of the file.
    pub(crate) fn problem(&self, keys: &[&str], message: String) -> Problem {
        problem(&self.source, self.at(keys), message)
    }
}

fn problem(source: &SourceFile, span: Option<Span>, message: String) -> Problem {
    let start = span.map(|span| source.position(span.start)).map(|at| (at.line, at.column));
    Problem { kind: ProblemKind::Config, path: source.path.clone(), start, message }
}

/// Reads files into layers, the ones that are extended first.
pub(crate) struct Reader<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) working_folder: &'a Path,
    pub(crate) root: &'a Root,
    /// What patterns of paths are relative to, where that is not each file's folder.
    pub(crate) base: Option<&'a Path>,
    pub(crate) layers: Vec<Arc<Layer>>,
    pub(crate) problems: Vec<Problem>,
    /// Files that are being read, and those that have been.
    open: Vec<PathBuf>,
    done: Vec<PathBuf>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        system: &'a dyn System,
        working_folder: &'a Path,
        root: &'a Root,
        base: Option<&'a Path>,
    ) -> Self {
        let (layers, problems) = (Vec::new(), Vec::new());
        Self { system, working_folder, root, base, layers, problems, open: Vec::new(), done: Vec::new() }
    }

    /// Reads a file, absolute and without links.
    pub(crate) fn read(&mut self, path: &Path) {
        let shown = relative(self.working_folder, path);
        let read = self.system.read(path, MAX_FILE).and_then(text);
        let text = match read {
            Ok(text) => text,
            Err(error) => {
                let problem = error.problem(&shown);
                self.problems.push(Problem { kind: ProblemKind::Config, ..problem });
                return;
            }
        };
        self.open.push(path.to_path_buf());
        let source = SourceFile::new(shown, relative(self.root.path(), path), text, false);
        let layer = self.layer(path, source);
        for (at, base) in layer.written.extends.list().iter().enumerate() {
            self.extend(path, &layer, (at, base));
        }
        self.layers.push(Arc::new(layer));
        self.open.pop();
        self.done.push(path.to_path_buf());
    }

    fn extend(&mut self, path: &Path, layer: &Layer, (at, base): (usize, &str)) {
        let is_list = matches!(layer.written.extends, OneOrMore::More(_));
        let at = at.to_string();
        let keys: &[&str] = if is_list { &["extends", &at] } else { &["extends"] };
        let folder = path.parent().unwrap_or(path);
        let wrong = match self.inside(&folder.join(base)) {
            Err(message) => Some(message),
            Ok((FileKind::File, base)) if self.open.contains(&base) => {
                Some("extends itself, by what it extends".to_owned())
            }
            Ok((FileKind::File, base)) if self.done.contains(&base) => None,
            Ok((FileKind::File, _)) if self.done.len() + self.open.len() >= MAX_EXTENDED => {
                Some(format!("extends more than {MAX_EXTENDED} files"))
            }
            Ok((FileKind::File, base)) => {
                self.read(&base);
                None
            }
            Ok((FileKind::Folder | FileKind::Link | FileKind::Special, _)) => {
                Some("not a regular file".to_owned())
            }
        };
        self.problems.extend(wrong.map(|message| layer.problem(keys, format!("`{base}`: {message}"))));
    }

    /// What stands at a path inside the root, without links.
    fn inside(&self, path: &Path) -> Result<(FileKind, PathBuf), String> {
        let found = self.root.resolve(self.system, path).and_then(|real| {
            let kind = self.system.kind(&real).map_err(ReadError::from)?;
            Ok((kind, real))
        });
        found.map_err(|error| error.to_string())
    }

    fn layer(&mut self, path: &Path, source: SourceFile) -> Layer {
        let folder = path.parent().unwrap_or(path).to_path_buf();
        let document = match parse_toml(source.text()) {
            Ok(document) => Some(document),
            Err(first) => {
                let mut all = toml_errors(source.text());
                if all.is_empty() {
                    all.push(first);
                }
                let told = all.into_iter().take(MAX_ERRORS);
                self.problems.extend(told.map(|error| problem(&source, Some(error.span), error.message)));
                None
            }
        };
        let root = document.as_ref().and_then(|document| document.root(source.text()));
        let (written, json) = root.map(|root| self.checked(&source, root)).unwrap_or_default();
        let base = self.base.unwrap_or(&folder);
        let (excludes, bad_excludes) = Globs::new(base, &written.exclude);
        let (overrides, bad_overrides): (Vec<_>, Vec<_>) =
            written.overrides.iter().map(|one| Globs::new(base, &one.paths)).unzip();
        let mut layer = Layer {
            shown: source.path.clone(),
            excludes: Arc::new(excludes),
            overrides,
            patterns: Vec::new(),
            own: Vec::new(),
            source,
            document,
            written,
            json,
        };
        let glob = |keys: &[&str], message: &str| layer.problem(keys, format!("no pattern: {message}"));
        for (at, message) in bad_excludes {
            self.problems.push(glob(&["exclude", &at.to_string()], &message));
        }
        for (one, bad) in bad_overrides.into_iter().enumerate() {
            for (at, message) in bad {
                let keys = ["overrides", &one.to_string(), "paths", &at.to_string()];
                self.problems.push(glob(&keys, &message));
            }
        }
        for (at, named) in layer.written.policies.iter().enumerate() {
            let keys = ["policies", &at.to_string()];
            match self.inside(&folder.join(named)) {
                Ok((FileKind::File | FileKind::Folder, real)) => {
                    layer.own.push(relative(self.working_folder, &real).into());
                }
                Ok((FileKind::Link | FileKind::Special, _)) => {
                    self.problems
                        .push(layer.problem(&keys, format!("`{named}`: neither a file nor a folder")));
                }
                Err(message) => self.problems.push(layer.problem(&keys, format!("`{named}`: {message}"))),
            }
        }
        layer.patterns = self.patterns(&layer);
        layer
    }

    /// What a document says, and nothing of one that is wrong.
    fn checked(&mut self, source: &SourceFile, root: NodeRef<'_>) -> (Written, Json) {
        let mut wrong = Vec::new();
        shape::check(root, &SCHEMA, "", &mut wrong);
        let json = shape::json(root);
        if wrong.is_empty() {
            match serde_json::from_value(json.clone()) {
                Ok(written) => return (written, json),
                Err(error) => wrong.push((root.span(), error.to_string())),
            }
        }
        self.problems.extend(wrong.into_iter().map(|(span, message)| problem(source, Some(span), message)));
        Default::default()
    }

    fn patterns(&mut self, layer: &Layer) -> Vec<Arc<Pattern>> {
        let written = &layer.written.secrets.patterns;
        let mut made: Vec<Arc<Pattern>> = Vec::new();
        if written.len() > MAX_PATTERNS {
            let message = format!("more than {MAX_PATTERNS} patterns in a file");
            self.problems.push(layer.problem(&["secrets", "patterns"], message));
        }
        for (at, one) in written.iter().enumerate().take(MAX_PATTERNS) {
            let at = at.to_string();
            let mut wrong = |key: &str, message: String| {
                self.problems.push(layer.problem(&["secrets", "patterns", &at, key], message));
            };
            let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if one.id.is_empty() || !one.id.chars().all(is_id) {
                wrong("id", format!("`{}` is more than small letters, digits and `-`", one.id));
            }
            if made.iter().any(|known| known.detector.id == one.id) {
                wrong("id", format!("there is a pattern `{}` already", one.id));
            }
            match pattern(one) {
                Ok(pattern) => {
                    let missed: Vec<usize> = pattern.missed().collect();
                    for at in missed {
                        wrong("example", format!("`{}` is not found in example {}", one.id, at + 1));
                    }
                    let mistaken: Vec<usize> = pattern.mistaken().collect();
                    for at in mistaken {
                        let message = format!("`{}` is found in counterexample {}", one.id, at + 1);
                        wrong("counterexample", message);
                    }
                    made.push(Arc::new(pattern));
                }
                Err((key, message)) => wrong(key, message),
            }
        }
        made
    }
}

fn pattern(written: &WrittenPattern) -> Result<Pattern, (&'static str, String)> {
    let mut pattern = Pattern::new(&written.id, &written.description, &written.regex)
        .map_err(|message| ("regex", message))?
        .with_keywords(written.keyword.list())
        .with_examples(written.example.list())
        .with_counterexamples(written.counterexample.list());
    for allowed in written.allow.list() {
        pattern = pattern.allowing(allowed).map_err(|message| ("allow", message))?;
    }
    Ok(pattern)
}
