//! What an assembly notes down for each construct: its logical id, and where the user made it.

use crate::syntax::doc::NodeRef;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// By construct path, with the leading `/`.
    constructs: BTreeMap<String, Construct>,
    /// Paths by logical id; none where several constructs (of nested stacks) share it.
    by_logical_id: BTreeMap<String, Option<String>>,
}

#[derive(Debug, Default)]
struct Construct {
    frames: Vec<String>,
}

impl Metadata {
    /// Reads `metadata` of a stack in the manifest, or the file that took its place in newer versions.
    pub(super) fn read(&mut self, node: NodeRef<'_>) {
        for (path, notes) in node.entries() {
            let Some(path) = path.scalar_text() else { continue };
            for note in notes.items() {
                self.note(&path, note);
            }
        }
    }

    fn note(&mut self, path: &str, note: NodeRef<'_>) {
        let kind = note.get("type").and_then(NodeRef::scalar_text).unwrap_or_default();
        let data = note.get("data");
        match &*kind {
            "aws:cdk:logicalId" => {
                if let Some(id) = data.and_then(NodeRef::scalar_text) {
                    self.by_logical_id
                        .entry(id.into_owned())
                        .and_modify(|known| *known = known.take().filter(|known| known == path))
                        .or_insert_with(|| Some(path.to_owned()));
                }
                // Before creation stacks there were, logical ids carried the trace.
                let construct = self.constructs.entry(path.to_owned()).or_default();
                if let Some(trace) = note.get("trace").filter(|_| construct.frames.is_empty()) {
                    construct.frames = frames(trace);
                }
            }
            "aws:cdk:creationStack" => {
                let construct = self.constructs.entry(path.to_owned()).or_default();
                construct.frames = data.map(frames).unwrap_or_default();
            }
            _ => {}
        }
    }

    /// The construct path of a logical id, without the leading `/`.
    pub(super) fn path_of(&self, logical_id: &str) -> Option<&str> {
        self.by_logical_id.get(logical_id)?.as_deref().map(|path| path.trim_start_matches('/'))
    }

    /// The frames of a construct, innermost first.
    pub(super) fn frames(&self, path: &str) -> &[String] {
        self.constructs.get(&format!("/{path}")).map_or(&[], |construct| &construct.frames)
    }
}

fn frames(node: NodeRef<'_>) -> Vec<String> {
    let lines = node.scalar_text().map(|text| text.lines().map(str::to_owned).collect());
    lines.unwrap_or_else(|| node.items().filter_map(|frame| frame.scalar_text().map(Into::into)).collect())
}
