//! What is found in a state, object by object.

use super::super::terraform::quoted;
use crate::catalog::{self, Condition};
use crate::model::{State, Stored, ToldBy};
use crate::secrets;
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeKind, NodeRef, Raw, Resolved};
use rustc_hash::FxHashSet;
use std::sync::Arc;

pub(super) struct Gather<'p> {
    file: FileId,
    /// Offsets whose objects are wanted, sorted.
    places: &'p [usize],
    state: State,
    resources: usize,
}

impl<'p> Gather<'p> {
    pub(super) fn new(file: FileId, places: &'p [usize]) -> Self {
        let state = State { file, stored: Vec::new(), inside: Vec::new(), objects: Vec::new() };
        Self { file, places, state, resources: 0 }
    }

    pub(super) fn finish(self) -> (State, usize) {
        (self.state, self.resources)
    }

    /// Counts an object, and keeps its place if it is one of those wanted.
    pub(super) fn object(&mut self, span: Span, address: &Arc<str>) {
        self.resources += 1;
        let range = span.range();
        let first = self.places.partition_point(|place| *place < range.start);
        if self.places.get(first).is_some_and(|place| *place < range.end) {
            self.state.objects.push((span, Arc::clone(address)));
        }
    }

    pub(super) fn push(
        &mut self,
        address: &Arc<str>,
        attribute: &str,
        span: Span,
        text: &str,
        told_by: ToldBy,
    ) {
        self.state.stored.push(Stored {
            address: Arc::clone(address),
            attribute: attribute.into(),
            site: Site::new(self.file, span),
            text: text.into(),
            told_by,
        });
    }

    /// The outputs of a state: `{"name": {"value": …, "sensitive": true}}`.
    pub(super) fn outputs(&mut self, outputs: Raw<'_>) -> Result<(), crate::syntax::doc::ParseError> {
        let address: Arc<str> = Arc::from("");
        for (name, output) in outputs.members()? {
            let Some(value) = output.get("value")? else { continue };
            let sensitive =
                output.get("sensitive")?.is_some_and(|flag| flag.source().trim_matches('"') == "true");
            let document = value.parse()?;
            let Some(node) = document.root(value.source()) else { continue };
            let mut object = Attributes::new(self, &address, value);
            if sensitive {
                object.marked(node, &name, secrets::says_secret(&name));
            } else {
                object.named(node, &name, &name);
            }
        }
        Ok(())
    }
}

/// The address of an instance: `module.a.data.aws_ami.x["k"]`.
pub(super) fn address(
    module: &str,
    mode: &str,
    type_name: &str,
    name: &str,
    key: Option<Raw<'_>>,
) -> Arc<str> {
    let mut address = String::new();
    if !module.is_empty() {
        address.push_str(module);
        address.push('.');
    }
    if mode == "data" {
        address.push_str("data.");
    }
    address.push_str(type_name);
    address.push('.');
    address.push_str(name);
    if let Some(key) = key.filter(|key| key.source() != "null") {
        let key = key.as_text().map_or_else(|| key.source().to_owned(), |key| quoted(&key));
        address.push_str(&format!("[{key}]"));
    }
    address.into()
}

/// The attributes of one instance.
pub(super) struct Attributes<'g, 'p> {
    gather: &'g mut Gather<'p>,
    address: &'g Arc<str>,
    /// Where the parsed text starts in the file.
    start: usize,
    /// Starts of what is settled: met already, or known not to be secret.
    settled: FxHashSet<u32>,
}

impl<'g, 'p> Attributes<'g, 'p> {
    pub(super) fn new(gather: &'g mut Gather<'p>, address: &'g Arc<str>, value: Raw<'_>) -> Self {
        Self { gather, address, start: value.span().range().start, settled: FxHashSet::default() }
    }

    /// What the catalogue knows of a type.
    pub(super) fn catalogued(&mut self, type_name: &str, attributes: NodeRef<'_>) {
        for path in catalog::sensitive(type_name) {
            let (parent, name) = path.path.rsplit_once('.').unwrap_or(("", path.path));
            let mut objects = Vec::new();
            objects_at(attributes, parent, &mut objects);
            for object in objects {
                let Some(node) = object.get(name) else { continue };
                if holds(path.condition, object) {
                    self.strings(node, path.path, ToldBy::Input(path));
                } else {
                    self.settle(node);
                }
            }
        }
        for (key, node) in attributes.entries() {
            let Some(key) = key.scalar_text() else { continue };
            if catalog::sensitive_output(type_name, &key) {
                self.strings(node, &key, ToldBy::Output);
            }
        }
        for path in catalog::containers(type_name) {
            let mut objects = Vec::new();
            objects_at(attributes, path, &mut objects);
            for object in objects {
                self.named(object, path, "");
            }
        }
    }

    /// What may hold secrets without being one. After all that says more of a value.
    pub(super) fn carrying(&mut self, type_name: &str, attributes: NodeRef<'_>) {
        for path in catalog::containers(type_name).iter().filter(|path| !catalog::describes_api(path)) {
            self.carriers(attributes, path, path);
        }
    }

    /// Scripts and documents in a container.
    fn carriers(&mut self, node: NodeRef<'_>, rest: &str, path: &str) {
        match node.kind() {
            NodeKind::Sequence(_) => node.items().for_each(|item| self.carriers(item, rest, path)),
            NodeKind::Mapping(_) if rest.is_empty() => {
                node.entries().for_each(|(_, value)| self.carriers(value, rest, path));
            }
            NodeKind::Mapping(_) => {
                let (head, tail) = rest.split_once('.').unwrap_or((rest, ""));
                if let Some(inner) = node.get(head) {
                    self.carriers(inner, tail, path);
                }
            }
            NodeKind::Scalar(..) | NodeKind::Null => {
                let Some(Resolved::Text(text)) = node.resolve() else { return };
                if rest.is_empty() && holds_secret(&text) {
                    self.string(node, path, ToldBy::Text);
                }
            }
        }
    }

    /// Values whose names say that they are secret. `name` is the nearest key above.
    pub(super) fn named(&mut self, node: NodeRef<'_>, path: &str, name: &str) {
        match node.kind() {
            NodeKind::Mapping(_) => {
                for (key, value) in node.entries() {
                    let key = key.scalar_text().unwrap_or_default();
                    self.named(value, &join(path, &key), &key);
                }
            }
            NodeKind::Sequence(_) => node.items().for_each(|item| self.named(item, path, name)),
            NodeKind::Scalar(..) | NodeKind::Null => {
                if secrets::says_secret(name) && !name.to_lowercase().starts_with("encrypted") {
                    self.string(node, path, ToldBy::Name);
                }
            }
        }
    }

    /// What is marked as sensitive. Of a list or object the strings count whose names say so; where none does, it counts
    /// as a whole.
    pub(super) fn marked(&mut self, node: NodeRef<'_>, path: &str, named: bool) {
        match node.kind() {
            NodeKind::Scalar(..) | NodeKind::Null => self.string(node, path, ToldBy::Mark),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) if named => self.strings(node, path, ToldBy::Mark),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                let before = self.gather.state.stored.len();
                self.telling(node, path);
                let none = self.gather.state.stored.len() == before;
                if none && holds_text(node) && !self.settled.contains(&node.span().start) {
                    let text = node.source();
                    self.settled.insert(node.span().start);
                    self.gather.push(self.address, path, self.span(node), text, ToldBy::Mark);
                    texts(node, &mut self.gather.state.inside);
                }
            }
        }
    }

    fn telling(&mut self, node: NodeRef<'_>, path: &str) {
        for item in node.items() {
            self.telling(item, path);
        }
        for (key, value) in node.entries() {
            let key = key.scalar_text().unwrap_or_default();
            let path = join(path, &key);
            if secrets::says_secret(&key) {
                self.strings(value, &path, ToldBy::Mark);
            } else {
                self.telling(value, &path);
            }
        }
    }

    fn strings(&mut self, node: NodeRef<'_>, path: &str, told_by: ToldBy) {
        match node.kind() {
            NodeKind::Scalar(..) | NodeKind::Null => self.string(node, path, told_by),
            NodeKind::Sequence(_) => node.items().for_each(|item| self.strings(item, path, told_by)),
            NodeKind::Mapping(_) => {
                for (key, value) in node.entries() {
                    let key = key.scalar_text().unwrap_or_default();
                    self.strings(value, &join(path, &key), told_by);
                }
            }
        }
    }

    fn string(&mut self, node: NodeRef<'_>, path: &str, told_by: ToldBy) {
        let Some(Resolved::Text(text)) = node.resolve() else { return };
        if !text.is_empty() && self.settled.insert(node.span().start) {
            self.gather.push(self.address, path, self.span(node), &text, told_by);
        }
    }

    fn settle(&mut self, node: NodeRef<'_>) {
        self.settled.insert(node.span().start);
        node.items().for_each(|item| self.settle(item));
        node.entries().for_each(|(_, value)| self.settle(value));
    }

    fn span(&self, node: NodeRef<'_>) -> Span {
        let range = node.span().range();
        Span::new(range.start + self.start, range.end + self.start)
    }
}

/// Whether a script or document, encoded or not, gives something to a name, or holds what its form tells.
pub(super) fn holds_secret(text: &str) -> bool {
    let carried = secrets::Carried::of(text);
    carried.cut().is_some()
        || carried.texts().any(|(layer, text)| {
            !secrets::assigned(text).is_empty() || layer > 0 && !secrets::scan(text).is_empty()
        })
}

pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Every object at a dotted path, lists stepped through; an empty path is the value itself.
fn objects_at<'d>(node: NodeRef<'d>, path: &str, found: &mut Vec<NodeRef<'d>>) {
    match node.kind() {
        NodeKind::Sequence(_) => node.items().for_each(|item| objects_at(item, path, found)),
        NodeKind::Mapping(_) if path.is_empty() => found.push(node),
        NodeKind::Mapping(_) => {
            let (head, tail) = path.split_once('.').unwrap_or((path, ""));
            if let Some(inner) = node.get(head) {
                objects_at(inner, tail, found);
            }
        }
        NodeKind::Scalar(..) | NodeKind::Null => {}
    }
}

/// Whether the attributes beside it make the input one that holds a secret.
fn holds(condition: Condition, object: NodeRef<'_>) -> bool {
    condition.holds_beside(|attribute, equals| {
        object.get(attribute).and_then(NodeRef::scalar_text).is_some_and(|text| text == equals)
    })
}

fn texts(node: NodeRef<'_>, found: &mut Vec<Arc<str>>) {
    match node.kind() {
        NodeKind::Scalar(..) | NodeKind::Null => {
            if let Some(Resolved::Text(text)) = node.resolve() {
                found.push(Arc::from(&*text));
            }
        }
        NodeKind::Sequence(_) => node.items().for_each(|item| texts(item, found)),
        NodeKind::Mapping(_) => node.entries().for_each(|(_, value)| texts(value, found)),
    }
}

fn holds_text(node: NodeRef<'_>) -> bool {
    match node.kind() {
        NodeKind::Scalar(..) | NodeKind::Null => {
            matches!(node.resolve(), Some(Resolved::Text(text)) if !text.is_empty())
        }
        NodeKind::Sequence(_) => node.items().any(holds_text),
        NodeKind::Mapping(_) => node.entries().any(|(_, value)| holds_text(value)),
    }
}
