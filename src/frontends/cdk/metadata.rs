//! What an assembly notes down for each construct: its logical id, where the user made it, and what was acknowledged
//! there.

use crate::source::Span;
use crate::syntax::doc::{NodeKind, NodeRef};
use std::collections::{BTreeMap, BTreeSet};

/// What the construct ends in that makes a nested stack: `App/N.NestedStack/N.NestedStackResource` makes `App/N`.
const NESTED_STACK: &str = ".NestedStack";

#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Frames by construct path, innermost first.
    frames: BTreeMap<String, Vec<String>>,
    /// Paths by logical id: constructs of a stack and of what it nests may share one.
    by_logical_id: BTreeMap<String, BTreeSet<String>>,
    /// Paths of nested stacks.
    nested: BTreeSet<String>,
    pub(super) said: Vec<Said>,
    pub(super) excepted: Vec<Excepted>,
}

/// `Node.of(construct).addMetadata('keyless', 'ignore[KEY01] reason')`.
#[derive(Debug, Clone)]
pub(super) struct Excepted {
    pub(super) construct: String,
    /// None where it is no text.
    pub(super) words: Option<String>,
    pub(super) frames: Vec<String>,
    /// The file of the assembly that says it, and where.
    pub(super) file: String,
    pub(super) span: Span,
}

/// `Validations.of(construct).acknowledge({ id, reason })`.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) construct: String,
    /// With the plugin's namespace before it: `keyless::KEY01`.
    pub(super) rule: String,
    pub(super) reason: String,
    pub(super) frames: Vec<String>,
    /// The file of the assembly that says it, and where.
    pub(super) file: String,
    pub(super) span: Span,
}

impl Metadata {
    /// Reads `metadata` of a stack in the manifest, or the file that took its place in newer versions; `file` is its path.
    pub(super) fn read(&mut self, node: NodeRef<'_>, file: &str) {
        for (path, notes) in node.entries() {
            let Some(path) = path.scalar_text() else { continue };
            for note in notes.items() {
                self.note(path.trim_matches('/'), note, file);
            }
        }
    }

    fn note(&mut self, path: &str, note: NodeRef<'_>, file: &str) {
        let kind = note.get("type").and_then(NodeRef::scalar_text).unwrap_or_default();
        let data = note.get("data");
        match &*kind {
            "aws:cdk:logicalId" => {
                if let Some(id) = data.and_then(NodeRef::scalar_text) {
                    self.by_logical_id.entry(id.into_owned()).or_default().insert(path.to_owned());
                }
                self.nested.extend(nested_stack_of(path));
                // Before creation stacks there were, logical ids carried the trace.
                let known = self.frames.entry(path.to_owned()).or_default();
                if let Some(trace) = note.get("trace").filter(|_| known.is_empty()) {
                    *known = frames(trace);
                }
            }
            "aws:cdk:creationStack" => {
                self.frames.insert(path.to_owned(), data.map(frames).unwrap_or_default());
            }
            "keyless" => {
                let Some(data) = data else { return };
                let list: Vec<NodeRef<'_>> = match data.kind() {
                    NodeKind::Sequence(_) => data.items().collect(),
                    NodeKind::Mapping(_) | NodeKind::Scalar(..) | NodeKind::Null => vec![data],
                };
                for item in list {
                    self.excepted.push(Excepted {
                        construct: path.to_owned(),
                        words: item.scalar_text().map(Into::into),
                        frames: note.get("trace").map(frames).unwrap_or_default(),
                        file: file.to_owned(),
                        span: item.full_span(),
                    });
                }
            }
            "aws:cdk:acknowledged-rules" => {
                for (rule, reason) in data.into_iter().flat_map(NodeRef::entries) {
                    let Some(name) = rule.scalar_text() else { continue };
                    self.said.push(Said {
                        construct: path.to_owned(),
                        rule: name.into_owned(),
                        reason: reason.scalar_text().unwrap_or_default().into_owned(),
                        frames: note.get("trace").map(frames).unwrap_or_default(),
                        file: file.to_owned(),
                        span: rule.span().to(reason.full_span()),
                    });
                }
            }
            _ => {}
        }
    }

    /// The construct path of a logical id in the template of a nested stack, or (`home` is empty) of the stack itself.
    pub(super) fn path_of(&self, logical_id: &str, home: &str) -> Option<&str> {
        let paths = self.by_logical_id.get(logical_id)?;
        let mut here = paths.iter().filter(|path| self.home(path) == home);
        let found = here.next().filter(|_| here.next().is_none());
        // Where the nesting cannot be told, a name that is there once will do.
        let only = || paths.first().filter(|_| paths.len() == 1);
        found.or_else(only).map(String::as_str)
    }

    /// The innermost nested stack that a construct is in.
    fn home(&self, path: &str) -> &str {
        let mut outer = path;
        while let Some((parent, _)) = outer.rsplit_once('/') {
            if let Some(stack) = self.nested.get(parent) {
                return stack;
            }
            outer = parent;
        }
        ""
    }

    /// The frames of a construct, innermost first.
    pub(super) fn frames(&self, path: &str) -> &[String] {
        self.frames.get(path.trim_matches('/')).map_or(&[], Vec::as_slice)
    }
}

/// The path of the nested stack that the resource at a path makes.
pub(super) fn nested_stack_of(path: &str) -> Option<String> {
    let (parent, resource) = path.rsplit_once('/')?;
    let stack = parent.strip_suffix(NESTED_STACK)?;
    resource.ends_with(".NestedStackResource").then(|| stack.to_owned())
}

fn frames(node: NodeRef<'_>) -> Vec<String> {
    let lines = node.scalar_text().map(|text| text.lines().map(str::to_owned).collect());
    lines.unwrap_or_else(|| node.items().filter_map(|frame| frame.scalar_text().map(Into::into)).collect())
}
