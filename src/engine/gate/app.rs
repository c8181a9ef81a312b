//! Findings of a cloud assembly that git does not have: it was synthesized of the code of today, and nobody knows what it was at the
//! base. What is known is the code of the app: which of its lines the change touches, and in which constructs they are.
//!
//! A construct is made by a call with a scope and an id, `new Bucket(this, 'Files', { … })`, in every language of the CDK. What
//! changes within it is a change of what has this id in its path. What changes beside all of them may change everything that
//! the file makes; and in a file that makes nothing (settings, helpers), everything.

use super::as_of::{AsOf, Layer};
use super::texts::words;
use crate::discover::{Inventory, Kind, PASSED_OVER};
use crate::findings::Finding;
use crate::git::Change;
use crate::source::{FileId, Sources};
use crate::system::{MAX_FILE, System};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// What apps are written in.
const CODE: [&str; 13] =
    [".ts", ".tsx", ".js", ".mjs", ".cjs", ".py", ".java", ".kt", ".scala", ".cs", ".fs", ".vb", ".go"];
/// What an app is told from beside its code.
const SETTINGS: [&str; 2] = ["cdk.json", "cdk.context.json"];
/// What marks a package, which may hold constructs of an app elsewhere.
const PACKAGES: [&str; 6] =
    ["package.json", "pyproject.toml", "setup.py", "pom.xml", "build.gradle", "go.mod"];

/// A call that makes a construct: its class or builder, the scope, and the id.
const CONSTRUCT: &str = r#"(?:\bnew\s+[\w.$]+(?:<[^()]*>)?|\b[A-Z]\w*|\bBuilder\s*\.\s*create)\s*\(\s*[\w.$]+\s*,\s*(?:[\w.]+\(\s*)?["'`]([^"'`]+)["'`]"#;
/// A module beside the one that names it.
const IMPORT: &str = r#"["'](\.{1,2}/[^"'\n]+)["']"#;

pub(super) struct Apps<'a, 's> {
    inventory: &'a Inventory,
    as_of: &'a AsOf<'a, 's>,
    sources: &'a Sources,
    /// By the folder of a package: what the change does to its code.
    packages: BTreeMap<PathBuf, Vec<Touched>>,
}

/// What a change does to a file of an app.
#[derive(Debug)]
struct Touched {
    path: PathBuf,
    /// Ids of the constructs that it changes within.
    within: BTreeSet<String>,
    /// It changes something beside them.
    beside: bool,
    /// Ids of all constructs that the file makes.
    makes: BTreeSet<String>,
    /// The file makes constructs, whether or not their ids are written there.
    is_maker: bool,
}

impl<'a, 's> Apps<'a, 's> {
    pub(super) fn new(inventory: &'a Inventory, as_of: &'a AsOf<'a, 's>, sources: &'a Sources) -> Self {
        Self { inventory, as_of, sources, packages: BTreeMap::new() }
    }

    /// Whether a file was synthesized of the code of today.
    pub(super) fn made(&self, file: FileId) -> bool {
        self.assembly(&self.sources.get(file).path).is_some()
    }

    /// Whether the change may have made a finding of such an assembly. `None`: it is of something else.
    pub(super) fn touches(&mut self, finding: &Finding) -> Option<bool> {
        let construct = finding.construct.as_deref().unwrap_or_default();
        let assembly = super::places(finding)
            .find_map(|place| self.assembly(&self.sources.get(place.site.file).path))?;
        let layer = self.as_of.layers.iter().find(|layer| assembly.starts_with(layer.root.path()))?;
        let mut folders = BTreeSet::from([assembly.parent()?.to_path_buf()]);
        let mut stands = BTreeSet::new();
        for place in super::places(finding) {
            let source = self.sources.get(place.site.file);
            let path = layer.root.path().join(&source.root_path);
            if !self.made(place.site.file) && self.inventory.shown(&path) == source.path {
                folders.insert(package(layer, &path));
                stands.insert(path);
            }
        }
        for folder in &folders {
            if !self.packages.contains_key(folder) {
                let touched = changed(self.as_of, layer, folder).unwrap_or_default();
                self.packages.insert(folder.clone(), touched);
            }
        }
        let ids: BTreeSet<&str> = construct.split('/').collect();
        let concerns = |touched: &Touched| {
            let is_its = |known: &BTreeSet<String>| known.iter().any(|id| ids.contains(id.as_str()));
            is_its(&touched.within)
                || (touched.beside
                    && (!touched.is_maker || stands.contains(&touched.path) || is_its(&touched.makes)))
        };
        Some(folders.iter().filter_map(|folder| self.packages.get(folder)).flatten().any(concerns))
    }

    /// The assembly that a file is in, where git does not have it.
    fn assembly(&self, shown: &str) -> Option<PathBuf> {
        let mut assemblies = self.inventory.files.iter().filter(|found| found.kind == Kind::CdkOut);
        let holds = |folder: &str| shown.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let assembly = assemblies.find(|found| holds(&found.shown))?;
        let is_base = self.as_of.layers.iter().any(|layer| {
            assembly.path.starts_with(layer.root.path())
                && layer.base.stands(&format!("{}/manifest.json", assembly.root_path)).is_some()
        });
        (!is_base).then(|| assembly.path.clone())
    }
}

/// The nearest folder above a file that is a package; else its own.
fn package(layer: &Layer<'_>, path: &Path) -> PathBuf {
    let own = path.parent().unwrap_or(path);
    let above = own.ancestors().take_while(|folder| folder.starts_with(layer.root.path()));
    let is_package = |folder: &&Path| {
        let below = crate::discover::relative(layer.root.path(), folder);
        let below = if below == "." { String::new() } else { format!("{below}/") };
        PACKAGES.iter().any(|name| layer.base.stands(&format!("{below}{name}")).is_some())
    };
    above.into_iter().find(is_package).unwrap_or(own).to_path_buf()
}

/// What a change does to the code of a package: to the files that make constructs, to those beside them, and to what they
/// name. `None` only where a pattern of our own is wrong.
fn changed(as_of: &AsOf<'_, '_>, layer: &Layer<'_>, folder: &Path) -> Option<Vec<Touched>> {
    let (construct, import) = (Regex::new(CONSTRUCT).ok()?, Regex::new(IMPORT).ok()?);
    let mut texts: BTreeMap<PathBuf, (String, String)> = BTreeMap::new();
    let mut makers = BTreeSet::new();
    let mut named = BTreeSet::new();
    let root = layer.root.path();
    for path in layer.base.files("").into_iter().map(|path| root.join(path)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let own = path.parent().unwrap_or(&path).to_path_buf();
        let is_settings = SETTINGS.contains(&&*name) && path.parent() == Some(folder);
        let is_foreign = path.iter().any(|name| PASSED_OVER.iter().any(|passed| name == *passed));
        let is_code = CODE.iter().any(|ending| name.ends_with(ending));
        if !path.starts_with(folder) || is_foreign || !(is_code || is_settings) {
            continue;
        }
        let before = words(as_of.read(&path, MAX_FILE)).unwrap_or_default();
        let after = words(as_of.disk.read(&path, MAX_FILE)).unwrap_or_default();
        if is_code && (construct.is_match(&before) || construct.is_match(&after)) {
            named.extend(
                import.captures_iter(&before).filter_map(|found| stem(&own.join(found.get(1)?.as_str()))),
            );
            named.extend(
                import.captures_iter(&after).filter_map(|found| stem(&own.join(found.get(1)?.as_str()))),
            );
            makers.insert(own);
        } else if is_settings {
            makers.insert(own);
        }
        texts.insert(path, (before, after));
    }
    let matters = |path: &Path| {
        let folder = path.parent().is_some_and(|own| makers.contains(own));
        folder || stem(path).is_some_and(|stem| named.contains(&stem))
    };
    let all = texts.iter().filter(|(path, (before, after))| before != after && matters(path));
    Some(all.map(|(path, (before, after))| touched(path, before, after, &construct)).collect())
}

/// A path without what it ends in, `.` and `..` resolved.
fn stem(path: &Path) -> Option<PathBuf> {
    let path = crate::system::lexical(path);
    let name = path.file_name()?.to_string_lossy();
    let stem = CODE.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name).to_owned();
    Some(path.with_file_name(stem))
}

fn touched(path: &Path, before: &str, after: &str, construct: &Regex) -> Touched {
    let hash = path.extension().is_some_and(|extension| extension == "py");
    let mut found = Touched {
        path: path.to_path_buf(),
        within: BTreeSet::new(),
        beside: false,
        makes: BTreeSet::new(),
        is_maker: false,
    };
    // What was taken out is looked for where it stood.
    for (text, change) in [(before, Change::between(after, before)), (after, Change::between(before, after))]
    {
        let calls = calls(text, construct, hash);
        found.is_maker |= construct.is_match(text);
        found.makes.extend(calls.iter().map(|(id, _)| id.clone()));
        let is_new = std::ptr::eq(text, after);
        for (line, text) in (1..).zip(text.lines()).filter(|(line, _)| change.touches(*line, *line)) {
            let mut ids =
                calls.iter().filter(|(_, lines)| lines.contains(&line)).map(|(id, _)| id.clone()).peekable();
            if ids.peek().is_some() {
                found.within.extend(ids);
            } else {
                found.beside |= !says_nothing(text, hash, is_new);
            }
        }
    }
    found
}

/// Whether a line has no effect on what an app makes: an empty one, a comment, and what only a new line would bring in.
fn says_nothing(line: &str, hash: bool, is_new: bool) -> bool {
    let line = line.trim();
    let comments: &[&str] = if hash { &["#"] } else { &["//", "/*", "*", "*/"] };
    line.is_empty()
        || comments.iter().any(|comment| line.starts_with(comment))
        || line.chars().all(|c| "(){}[];,".contains(c))
        || (is_new && ["import ", "from ", "using "].iter().any(|word| line.starts_with(word)))
}

/// The calls that make constructs, by the id that is written there, with their lines.
fn calls(text: &str, construct: &Regex, hash: bool) -> Vec<(String, RangeInclusive<u32>)> {
    let line = |at: usize| {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX).saturating_add(1)
    };
    let found = construct.captures_iter(text).filter_map(|found| {
        let (whole, id) = (found.get(0)?, found.get(1)?);
        let open = whole.start() + whole.as_str().find('(')?;
        // An id that is put together is known to nobody.
        let is_known = !id.as_str().contains(['$', '{', '%']);
        let end = end_of_call(text, open, hash)?;
        is_known.then(|| (id.as_str().to_owned(), line(whole.start())..=line(end)))
    });
    found.collect()
}

/// Where the call ends whose bracket opens here, with the calls that are chained to it. `None`: it does not.
fn end_of_call(text: &str, open: usize, hash: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = balanced(bytes, open, hash)?;
    loop {
        let mut at = end + 1;
        let skip = |at: &mut usize, of: fn(u8) -> bool| {
            while bytes.get(*at).is_some_and(|byte| of(*byte)) {
                *at += 1;
            }
        };
        skip(&mut at, |byte| byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'.') {
            return Some(end);
        }
        at += 1;
        skip(&mut at, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if bytes.get(at) != Some(&b'(') {
            return Some(end);
        }
        end = balanced(bytes, at, hash)?;
    }
}

/// The bracket that closes the one here; brackets in strings and comments do not count.
fn balanced(bytes: &[u8], open: usize, hash: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = open;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..)?;
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'"' | b'\'' | b'`' => {
                let mut end = at + 1;
                while bytes.get(end).is_some_and(|next| next != byte) {
                    end += if bytes.get(end) == Some(&b'\\') { 2 } else { 1 };
                }
                at = end;
            }
            b'#' if hash => at += memchr::memchr(b'\n', rest)?,
            b'/' if !hash && rest.starts_with(b"//") => at += memchr::memchr(b'\n', rest)?,
            b'/' if !hash && rest.starts_with(b"/*") => at += memchr::memmem::find(rest, b"*/")?,
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, before: &str, after: &str) -> (Vec<String>, bool) {
        let found = touched(Path::new(name), before, after, &Regex::new(CONSTRUCT).unwrap());
        (found.within.into_iter().collect(), found.beside)
    }

    #[test]
    fn a_change_is_within_a_construct_or_beside_all() {
        let app = "const app = new App();\nconst size = 'a';\nnew Web(app, 'Web', {\n  a: f(')'), // (\n  b: 2,\n});\nnew ec2.Vpc(this, 'Net');\n";
        for (from, to, within, beside) in [
            ("b: 2", "b: 3", &["Web"][..], false),
            ("  b: 2,\n", "", &["Web"], false),
            ("'Net')", "'Net', { a: 1 })", &["Net"], false),
            ("'a'", "'b'", &[], true),
            ("const app", "// Ours.\n\nconst app", &[], false),
            ("const app", "import * as x from 'x';\nconst app", &[], false),
            ("const size = 'a';\n", "", &[], true),
            ("new ec2.Vpc(this, 'Net');\n", "", &["Net"], false),
            ("new ec2", "new Db(this, 'Db', {});\nnew ec2", &["Db"], false),
            ("new ec2", "new Db(this, `Db${size}`, {});\nnew ec2", &[], true),
        ] {
            assert!(app.contains(from), "{from}");
            let expected = (within.iter().map(ToString::to_string).collect(), beside);
            assert_eq!(of("app.ts", app, &app.replace(from, to)), expected, "{from} -> {to}");
        }
    }

    #[test]
    fn constructs_are_known_in_every_language() {
        for (name, text) in [
            ("a.py", "x = 1\nec2.Instance(\n    self,\n    \"Web\",  # (\n    tokens=1,\n)\n"),
            (
                "A.java",
                "x();\nInstance.Builder.create(this, \"Web\")\n    .vpc(vpc)\n    .tokens(1)\n    .build();\n",
            ),
            ("a.cs", "x();\nnew Instance_(this, \"Web\", new InstanceProps {\n  tokens = 1,\n});\n"),
            (
                "a.go",
                "x()\nawsec2.NewInstance(stack, jsii.String(\"Web\"), &awsec2.InstanceProps{\n  tokens: 1,\n})\n",
            ),
        ] {
            let changed = text.replace('1', "2");
            let (within, _) = of(name, text, &changed);
            assert_eq!(within, ["Web"], "{name}");
            assert!(of(name, text, &text.replacen('x', "y", 1)).1, "{name}");
        }
    }
}
