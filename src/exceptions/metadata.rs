//! Exceptions in data: under `keyless` in the `Metadata` of a template or a resource, and in Terraform's `"//"`.
//!
//! Metadata holds the words that a comment has after `keyless:`, or a list of such texts.

use super::comments::{Covers, Found};
use super::grammar::{self, Marker, Said, Wrong};
use crate::source::Span;
use crate::syntax::doc::{Document, MAX_DEPTH, NodeKind, NodeRef};

const KEY: &str = "keyless";

/// What a mapping stands for as a whole, with its key.
#[derive(Debug, Clone, Copy)]
enum Owner {
    File,
    Span(Span),
}

impl Owner {
    fn covers(self) -> Covers {
        match self {
            Self::File => Covers::File,
            Self::Span(span) => Covers::Spans(vec![span]),
        }
    }
}

/// The exceptions of a template.
pub(super) fn of_template(document: &Document, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for root in document.roots(text) {
        in_metadata(root, Owner::File, &mut found);
        // What templates include may hold resources alone.
        of_resources(root.get("Resources").unwrap_or(root), 0, &mut found);
    }
    found
}

fn in_metadata(node: NodeRef<'_>, owner: Owner, found: &mut Vec<Found>) {
    if let Some(said) = node.get("Metadata").and_then(|metadata| metadata.get(KEY)) {
        values(said, owner, found);
    }
}

/// Those of resources, and of what `Fn::ForEach` makes. What an alias stands for is asked where it stands.
fn of_resources(node: NodeRef<'_>, depth: usize, found: &mut Vec<Found>) {
    if depth > MAX_DEPTH {
        return;
    }
    for (key, value) in node.entries().filter(|(key, value)| key.span().start <= value.span().start) {
        let is_loop = || key.scalar_text().is_some_and(|key| key.starts_with("Fn::ForEach::"));
        if value.get("Type").is_some() {
            in_metadata(value, Owner::Span(key.span().to(value.full_span())), found);
        } else if is_loop() {
            let made = value.items().filter(|made| value.full_span().contains(made.full_span()));
            made.for_each(|made| of_resources(made, depth + 1, found));
        }
    }
}

/// The exceptions of a file in Terraform's JSON: in `"//"`, which holds a comment, or data such as CDKTF's with `keyless` in
/// it.
pub(super) fn of_terraform(document: &Document, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for root in document.roots(text) {
        let mut visit = |owner: Owner, node: NodeRef<'_>| {
            for (_, value) in
                node.entries().filter(|(key, _)| key.scalar_text().is_some_and(|key| key == "//"))
            {
                match value.get(KEY) {
                    Some(said) => values(said, owner, &mut found),
                    None => comments(value, owner, &mut found),
                }
            }
        };
        walk(root, Owner::File, 0, &mut visit);
    }
    found
}

/// Visits every mapping once, by the way of its key. What aliases stand for is visited where it stands.
fn walk<'d>(node: NodeRef<'d>, owner: Owner, depth: usize, visit: &mut dyn FnMut(Owner, NodeRef<'d>)) {
    if depth > MAX_DEPTH {
        return;
    }
    visit(owner, node);
    for (key, value) in node.entries() {
        let entry = key.span().to(value.full_span());
        if value.span().start < key.span().start {
            continue;
        }
        let mut items = value.items();
        match (items.next(), items.next()) {
            // A list of one is written for what it holds.
            (Some(only), None) => walk(only, Owner::Span(entry), depth + 1, visit),
            (Some(_), Some(_)) => list(value, depth + 1, visit),
            (None, _) => walk(value, Owner::Span(entry), depth + 1, visit),
        }
    }
    if matches!(node.kind(), NodeKind::Sequence(_)) {
        list(node, depth + 1, visit);
    }
}

fn list<'d>(node: NodeRef<'d>, depth: usize, visit: &mut dyn FnMut(Owner, NodeRef<'d>)) {
    let span = node.full_span();
    for item in node.items().filter(|item| span.contains(item.full_span())) {
        walk(item, Owner::Span(item.full_span()), depth + 1, visit);
    }
}

/// What stands under `keyless`: a text, or a list of texts.
fn values(node: NodeRef<'_>, owner: Owner, found: &mut Vec<Found>) {
    match node.kind() {
        NodeKind::Sequence(_) => node.items().for_each(|item| found.push(value(item, owner))),
        NodeKind::Scalar(..) | NodeKind::Mapping(_) | NodeKind::Null => found.push(value(node, owner)),
    }
}

fn value(node: NodeRef<'_>, owner: Owner) -> Found {
    let text = node.scalar_text().filter(|_| node.tag().is_none());
    let said = match text.as_deref().map(str::trim) {
        Some(text) => grammar::parse(text).and_then(|said| placed(said, owner)),
        None => Err(Wrong::Value),
    };
    let start = node.span().range().start;
    let lead = text.as_deref().map_or(0, |text| text.len() - text.trim_start().len());
    let said = said.map(|said| located(said, node, start + lead));
    Found { span: node.span(), said, covers: owner.covers() }
}

/// Only a file can be meant as a whole by `ignore-file`.
fn placed(said: Said, owner: Owner) -> Result<Said, Wrong> {
    match owner {
        Owner::Span(_) if said.of_file => Err(Wrong::Place),
        Owner::Span(_) => Ok(said),
        Owner::File => Ok(Said { of_file: true, ..said }),
    }
}

/// Where the text is not as it stands in the file, all of it is the place.
fn located(mut said: Said, node: NodeRef<'_>, base: usize) -> Said {
    for policy in &mut said.policies {
        policy.range = if node.is_verbatim() {
            base + policy.range.start..base + policy.range.end
        } else {
            node.span().range()
        };
    }
    said
}

/// A comment in data: a text, or a list of texts.
fn comments(node: NodeRef<'_>, owner: Owner, found: &mut Vec<Found>) {
    let items = node.items().chain(Some(node));
    for item in items {
        let Some(text) = item.scalar_text() else { continue };
        for Marker { range, said } in grammar::markers(&text) {
            let base = item.span().range().start;
            let verbatim = item.is_verbatim() || text.as_ref() == item.source();
            let span = if verbatim { Span::new(base + range.start, base + range.end) } else { item.span() };
            let said = said.and_then(|said| placed(said, owner)).map(|said| located(said, item, base));
            found.push(Found { span, said, covers: owner.covers() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::doc;

    #[test]
    fn only_templates_and_their_resources_are_asked() {
        let said = |text: &str| -> Vec<bool> {
            let document = doc::parse(text).unwrap();
            of_template(&document, text).iter().map(|found| matches!(found.covers, Covers::File)).collect()
        };
        let noted = "Type: X, Metadata: {keyless: \"ignore[IMDS01] why\"}";
        for (text, expected) in [
            (format!("Resources: {{A: {{{noted}}}}}"), vec![false]),
            ("Resources: {}\nMetadata: {keyless: \"ignore[IMDS01] why\"}".to_owned(), vec![true]),
            (format!("Resources: {{\"Fn::ForEach::L\": [I, [a], {{A: {{{noted}}}}}]}}"), vec![false]),
            (format!("A: {{{noted}}}"), vec![false]),
            (format!("Resources: {{A: {{Type: X, Properties: {{B: {{{noted}}}}}}}}}"), vec![]),
            (format!("Resources: {{}}\nParameters: {{A: {{{noted}}}}}"), vec![]),
            (format!("Resources: {{}}\nOutputs: {{A: {{Value: {{{noted}}}}}}}"), vec![]),
        ] {
            assert_eq!(said(&text), expected, "{text}");
        }
    }
}
