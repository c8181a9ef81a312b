//! Where an exception is to be written so that it holds for a place: the nearest line that can have a comment above it, or the
//! resource's metadata where the language has no comments.
//!
//! A place is answered only if what is written there is read as an exception that holds: that is tried.

use super::comments::{Language, Page};
use super::{is_data, is_terraform_json, language, of_file};
use crate::source::{SourceFile, Span};
use crate::syntax::doc::{self, NodeKind, NodeRef};
use crate::syntax::hcl;
use std::ops::Range;

/// An exception that is to be written: these bytes replaced by a text with the reason in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    pub range: Range<usize>,
    pub before: String,
    pub after: String,
    /// Where a text begins that becomes one of a list: what opens the list is written there. It lies before the range.
    pub opens: Option<usize>,
    /// What is written holds for all of the file.
    pub is_of_file: bool,
}

/// What opens a list.
pub const OPEN: &str = "[";

impl Placing {
    /// What takes the place of the bytes, with this reason.
    #[must_use]
    pub fn text(&self, reason: &str) -> String {
        format!("{}{reason}{}", self.before, self.after)
    }
}

/// Lines and blocks that are tried, from the inside out.
const TRIES: usize = 12;

/// Where to write that a policy is excepted for what begins at an offset. `None` where nothing silences it.
#[must_use]
pub fn place(source: &SourceFile, offset: u32, code: &str) -> Option<Placing> {
    let name = source.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let text = source.text();
    // A quote belongs to its text, whose place begins behind it.
    let is_quote = is_data(&name) && text.as_bytes().get(offset as usize) == Some(&b'"');
    let offset = offset + u32::from(is_quote);
    let mut candidates = match language(&name, text) {
        Some(language) => comments(language, source, offset, code),
        None if is_terraform_json(&name) => of_terraform(text, offset, code),
        None if is_data(&name) => of_template(text, offset, code),
        None => Vec::new(),
    };
    candidates.truncate(TRIES);
    candidates.into_iter().find(|placing| holds(placing, source, offset, code))
}

fn holds(placing: &Placing, source: &SourceFile, offset: u32, code: &str) -> bool {
    let new = placing.text("because");
    let mut text = source.text().to_owned();
    if text.get(placing.range.clone()).is_none() {
        return false;
    }
    text.replace_range(placing.range.clone(), &new);
    let by = if placing.range.start <= offset as usize { new.len() - placing.range.len() } else { 0 };
    if let Some(at) = placing.opens {
        text.insert_str(at, OPEN);
    }
    let opened = placing.opens.map_or(0, |_| OPEN.len());
    let by = by + placing.opens.filter(|at| *at <= offset as usize).map_or(0, |_| OPEN.len());
    let moved = Span::new(offset as usize + by, 0).start;
    let edited = SourceFile::new(source.path.clone(), source.root_path.clone(), text, source.git_ignored);
    let start = placing.range.start + opened;
    let written = Span::new(start, start + new.len());
    let is_it = |found: &super::comments::Found| {
        let named =
            found.said.as_ref().is_ok_and(|said| said.policies.iter().any(|policy| policy.text == code));
        named && written.contains(found.span)
    };
    let covers = of_file(&edited).into_iter().any(|(written, found)| {
        let it = is_it(&found);
        let exception = super::Exception {
            site: crate::source::Site::new(crate::source::FileId(0), found.span),
            written,
            said: found.said,
            covers: found.covers,
        };
        it && exception.covers(moved).is_some()
    });
    covers && broken(&edited) <= broken(source)
}

/// How much of a text cannot be read.
fn broken(source: &SourceFile) -> usize {
    let name = source.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    match language(&name, source.text()) {
        Some(Language::Hcl) => hcl::parse(source.text()).errors.len(),
        Some(Language::Toml) => usize::from(doc::parse_toml(source.text()).is_err()),
        Some(Language::Variables) => 0,
        Some(Language::Yaml) | None => usize::from(doc::parse(source.text()).is_err()),
    }
}

/// Above the line of the place, else above the lines that what is around it begins on.
fn comments(language: Language, source: &SourceFile, offset: u32, code: &str) -> Vec<Placing> {
    let page = Page::read(language, source);
    let mut around: Vec<Span> =
        page.parts.into_iter().filter(|part| part.start <= offset && offset <= part.end).collect();
    around.sort_by_key(|part| part.len());
    let starts = [offset].into_iter().chain(around.into_iter().map(|part| part.start));
    let mut lines: Vec<u32> = starts.map(|start| source.line_at(start)).collect();
    lines.dedup();
    lines.truncate(TRIES);
    lines.into_iter().filter_map(|line| above(source, line, code)).collect()
}

fn above(source: &SourceFile, line: u32, code: &str) -> Option<Placing> {
    let span = source.line_span(line)?;
    let content = source.slice(span);
    let mark = if line == 1 && content.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let content = content.get(mark..)?;
    let indent = content.get(..content.len() - content.trim_start().len())?;
    let start = span.start as usize + mark;
    let is_crlf = source.text().split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
    Some(Placing {
        range: start..start,
        before: format!("{indent}# keyless: ignore[{code}] "),
        after: if is_crlf { "\r\n" } else { "\n" }.to_owned(),
        opens: None,
        is_of_file: false,
    })
}

/// In the metadata of the resource, behind its type; of what is in no resource, in that of the template.
fn of_template(text: &str, offset: u32, code: &str) -> Vec<Placing> {
    let Ok(document) = doc::parse_json(text) else { return Vec::new() };
    let mut placings = Vec::new();
    for root in document.roots(text) {
        let is_resources = |key: NodeRef<'_>| key.scalar_text().as_deref() == Some("Resources");
        let Some((key, resources)) = root.entries().find(|(key, _)| is_resources(*key)) else { continue };
        if is_entry_at(key, resources, offset) {
            let Some(resource) = resource(resources, offset) else { continue };
            placings.extend(in_metadata(text, resource, resource.get("Type"), code));
        } else {
            let head = root.get("Description").or_else(|| root.get("AWSTemplateFormatVersion"));
            let placing = in_metadata(text, root, head, code);
            placings.extend(placing.map(|placing| Placing { is_of_file: true, ..placing }));
        }
    }
    placings
}

/// The resource that an offset is in. Only these have a type and metadata beside it; a loop stands around some.
fn resource(resources: NodeRef<'_>, offset: u32) -> Option<NodeRef<'_>> {
    let (key, value) = resources.entries().find(|(key, value)| is_entry_at(*key, *value, offset))?;
    if key.scalar_text().is_some_and(|key| key.starts_with("Fn::ForEach")) {
        let made = value.items().find(|item| holds_offset(*item, offset))?;
        return resource(made, offset);
    }
    value.get("Type").is_some().then_some(value)
}

fn in_metadata(text: &str, owner: NodeRef<'_>, head: Option<NodeRef<'_>>, code: &str) -> Option<Placing> {
    let whole = format!("\"Metadata\": {{ \"keyless\": \"ignore[{code}] ");
    let Some(metadata) = owner.get("Metadata") else {
        return match head {
            Some(head) => Some(behind(text, head, &whole, "\" }")),
            None => within(text, owner, &whole, "\" }"),
        };
    };
    match metadata.get("keyless") {
        Some(said) => beside(said, &format!("ignore[{code}] ")),
        None => within(text, metadata, &format!("\"keyless\": \"ignore[{code}] "), "\""),
    }
}

/// As the first thing in the body of the block.
fn of_terraform(text: &str, offset: u32, code: &str) -> Vec<Placing> {
    let Ok(document) = doc::parse_json(text) else { return Vec::new() };
    let mut placings = Vec::new();
    for root in document.roots(text) {
        for (key, value) in root.entries() {
            let labels = match key.scalar_text().as_deref() {
                Some("resource" | "data") => 2,
                Some("module" | "variable" | "provider" | "output") => 1,
                Some(_) | None => continue,
            };
            let Some(body) = body(value, labels, offset) else { continue };
            placings.extend(match body.get("//") {
                Some(said) => beside(said, &format!("keyless: ignore[{code}] ")),
                None => within(text, body, &format!("\"//\": \"keyless: ignore[{code}] "), "\""),
            });
        }
    }
    placings
}

/// The body that an offset is in, below as many labels.
fn body(node: NodeRef<'_>, labels: usize, offset: u32) -> Option<NodeRef<'_>> {
    if let Some(item) = node.items().find(|item| holds_offset(*item, offset)) {
        return body(item, labels, offset);
    }
    if labels == 0 {
        return (node.is_mapping() && holds_offset(node, offset)).then_some(node);
    }
    let (_, value) = node.entries().find(|(key, value)| is_entry_at(*key, *value, offset))?;
    match labels {
        1 if value.is_mapping() => Some(value),
        _ => body(value, labels - 1, offset),
    }
}

/// Whether an offset is in an entry, its key with the quote before it included.
fn is_entry_at(key: NodeRef<'_>, value: NodeRef<'_>, offset: u32) -> bool {
    key.span().start <= offset.saturating_add(1) && offset <= value.full_span().end
}

fn holds_offset(node: NodeRef<'_>, offset: u32) -> bool {
    node.full_span().start <= offset && offset <= node.full_span().end
}

/// A member behind the value of another one, set as that one is.
fn behind(text: &str, value: NodeRef<'_>, before: &str, after: &str) -> Placing {
    let at = outer(value).end;
    let start = text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..at).unwrap_or("");
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or("");
    let gap = if line.trim_start().starts_with('"') && start > 0 {
        format!("{}{indent}", line_break(text))
    } else {
        " ".to_owned()
    };
    Placing {
        range: at..at,
        before: format!(",{gap}{before}"),
        after: after.to_owned(),
        opens: None,
        is_of_file: false,
    }
}

/// A member before all others of a mapping, set as the first of these is.
fn within(text: &str, mapping: NodeRef<'_>, before: &str, after: &str) -> Option<Placing> {
    let NodeKind::Mapping(_) = mapping.kind() else { return None };
    let open = mapping.span().start as usize + 1;
    let Some((first, _)) = mapping.entries().next() else {
        return Some(Placing {
            range: open..open,
            before: before.to_owned(),
            after: after.to_owned(),
            opens: None,
            is_of_file: false,
        });
    };
    let at = outer(first).start;
    let gap = text.get(open..at)?;
    let gap = if gap.is_empty() { " " } else { gap };
    Some(Placing {
        range: at..at,
        before: before.to_owned(),
        after: format!("{after},{gap}"),
        opens: None,
        is_of_file: false,
    })
}

/// One more text beside one or several.
fn beside(said: NodeRef<'_>, before: &str) -> Option<Placing> {
    match said.kind() {
        NodeKind::Scalar(..) => {
            let Range { start, end } = outer(said);
            let (before, after) = (format!(", \"{before}"), "\"]".to_owned());
            Some(Placing { range: end..end, before, after, opens: Some(start), is_of_file: false })
        }
        NodeKind::Sequence(_) => {
            let at = said.items().last().map(outer)?.end;
            Some(Placing {
                range: at..at,
                before: format!(", \"{before}"),
                after: "\"".to_owned(),
                opens: None,
                is_of_file: false,
            })
        }
        NodeKind::Mapping(_) | NodeKind::Null => None,
    }
}

/// A node of JSON with its quotes.
fn outer(node: NodeRef<'_>) -> Range<usize> {
    let span = node.span().range();
    match node.kind() {
        NodeKind::Scalar(doc::ScalarStyle::Quoted, _) => span.start.saturating_sub(1)..span.end + 1,
        NodeKind::Scalar(..) | NodeKind::Sequence(_) | NodeKind::Mapping(_) | NodeKind::Null => span,
    }
}

fn line_break(text: &str) -> &'static str {
    if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::source::SourceFile;

    /// The text with an exception for where `‸` stands; `None` where there is no place for one.
    fn placed(name: &str, text: &str) -> Option<String> {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let source = SourceFile::new(name.to_owned(), name.to_owned(), text.clone(), false);
        let placing = place(&source, u32::try_from(offset).unwrap(), "IMDS01")?;
        let mut text = text;
        text.replace_range(placing.range.clone(), &placing.text("…"));
        if let Some(at) = placing.opens {
            text.insert_str(at, super::OPEN);
        }
        Some(text)
    }

    #[test]
    fn a_comment_stands_above_the_line_or_what_is_around_it() {
        for (name, text, expected) in [
            ("a.tf", "a {\n  b = ‸1\n}\n", "a {\n  # keyless: ignore[IMDS01] …\n  b = 1\n}\n"),
            ("a.tf", "a {\r\n\tb = ‸1\r\n}", "a {\r\n\t# keyless: ignore[IMDS01] …\r\n\tb = 1\r\n}"),
            ("a.tf", "\u{feff}‸a {}", "\u{feff}# keyless: ignore[IMDS01] …\na {}"),
            (
                "a.tf",
                "a {\n  b = <<EOT\nx\ny ‸z\nEOT\n}\n",
                "a {\n  # keyless: ignore[IMDS01] …\n  b = <<EOT\nx\ny z\nEOT\n}\n",
            ),
            (
                "a.tf",
                "a {\n  b = [\n    c({\n      d = ‸1\n    })\n  ]\n}\n",
                "a {\n  b = [\n    c({\n      # keyless: ignore[IMDS01] …\n      d = 1\n    })\n  ]\n}\n",
            ),
            (
                "t.yaml",
                "Resources:\n  A:\n    Type: ‸X\n",
                "Resources:\n  A:\n    # keyless: ignore[IMDS01] …\n    Type: X\n",
            ),
            (
                "t.yaml",
                "A:\n  B: |\n    x\n    ‸y\n",
                "A:\n  # keyless: ignore[IMDS01] …\n  B: |\n    x\n    y\n",
            ),
            (
                "t.yaml",
                "A:\n  B: x\n    ‸y\n  C: z\n",
                "A:\n  # keyless: ignore[IMDS01] …\n  B: x\n    y\n  C: z\n",
            ),
            ("t.yaml", "- {a: 1,\n   b: ‸2}\n", "- {a: 1,\n   # keyless: ignore[IMDS01] …\n   b: 2}\n"),
            (".env", "A=1\nB=‸2\n", "A=1\n# keyless: ignore[IMDS01] …\nB=2\n"),
            ("samconfig.toml", "[a]\nb = ‸1\n", "[a]\n# keyless: ignore[IMDS01] …\nb = 1\n"),
        ] {
            assert_eq!(placed(name, text).as_deref(), Some(expected), "{name} {text}");
        }
    }

    #[test]
    fn data_has_it_in_the_metadata_of_the_resource() {
        for (name, text, expected) in [
            (
                "t.json",
                "{\"Resources\": {\n  \"A\": {\n    \"Type\": \"X\",\n    \"P\": {\"T\": ‸1}\n  }\n}}",
                "{\"Resources\": {\n  \"A\": {\n    \"Type\": \"X\",\n    \"Metadata\": { \"keyless\": \"ignore[IMDS01] …\" },\n    \"P\": {\"T\": 1}\n  }\n}}",
            ),
            (
                "t.json",
                "{\"Resources\":{\"A\":{\"P\":{\"T\":‸1},\"Type\":\"X\"}}}",
                "{\"Resources\":{\"A\":{\"P\":{\"T\":1},\"Type\":\"X\", \"Metadata\": { \"keyless\": \"ignore[IMDS01] …\" }}}}",
            ),
            (
                "t.json",
                "{\"Resources\": {‸\"A\": {\"Type\": \"X\", \"Metadata\": {\"x\": 1}}}}",
                "{\"Resources\": {\"A\": {\"Type\": \"X\", \"Metadata\": {\"keyless\": \"ignore[IMDS01] …\", \"x\": 1}}}}",
            ),
            (
                "t.json",
                "{\"Resources\": {\"A\": {\"Metadata\": {\"keyless\": \"ignore[B01] x\"}, \"Type\": ‸\"X\"}}}",
                "{\"Resources\": {\"A\": {\"Metadata\": {\"keyless\": [\"ignore[B01] x\", \"ignore[IMDS01] …\"]}, \"Type\": \"X\"}}}",
            ),
            (
                "t.json",
                "{\"Resources\": {\"A\": {\"Metadata\": {\"keyless\": [\"ignore[B01] x\"]}, \"Type\": ‸\"X\"}}}",
                "{\"Resources\": {\"A\": {\"Metadata\": {\"keyless\": [\"ignore[B01] x\", \"ignore[IMDS01] …\"]}, \"Type\": \"X\"}}}",
            ),
            (
                "a.tf.json",
                "{\"resource\": {\"aws_instance\": {\"web\": {\n  \"tags\": {\"a\": ‸1}\n}}}}",
                "{\"resource\": {\"aws_instance\": {\"web\": {\n  \"//\": \"keyless: ignore[IMDS01] …\",\n  \"tags\": {\"a\": 1}\n}}}}",
            ),
            (
                "a.tf.json",
                "{\"variable\": {\"v\": {\"default\": ‸1}}}",
                "{\"variable\": {\"v\": {\"//\": \"keyless: ignore[IMDS01] …\", \"default\": 1}}}",
            ),
        ] {
            assert_eq!(placed(name, text).as_deref(), Some(expected), "{name} {text}");
        }
    }

    #[test]
    fn what_is_in_no_resource_has_it_in_the_metadata_of_the_template() {
        for (text, expected) in [
            (
                r#"{"Parameters": {"P": {"Type": "String", "Default": ‸"x"}}, "Resources": {}}"#,
                r#"{"Metadata": { "keyless": "ignore[IMDS01] …" }, "Parameters": {"P": {"Type": "String", "Default": "x"}}, "Resources": {}}"#,
            ),
            (
                "{\n  \"Description\": \"d\",\n  \"Parameters\": {\"P\": {\"Type\": ‸\"String\"}},\n  \"Resources\": {}\n}",
                "{\n  \"Description\": \"d\",\n  \"Metadata\": { \"keyless\": \"ignore[IMDS01] …\" },\n  \"Parameters\": {\"P\": {\"Type\": \"String\"}},\n  \"Resources\": {}\n}",
            ),
            (
                r#"{"Metadata": {"x": 1}, "Outputs": {"O": {"Value": ‸"x"}}, "Resources": {}}"#,
                r#"{"Metadata": {"keyless": "ignore[IMDS01] …", "x": 1}, "Outputs": {"O": {"Value": "x"}}, "Resources": {}}"#,
            ),
            // A property that is called so is no resource's type.
            (
                r#"{"Resources": {"A": {"Type": "X", "Properties": {"P": {"Type": ‸"y"}}}}}"#,
                r#"{"Resources": {"A": {"Type": "X", "Metadata": { "keyless": "ignore[IMDS01] …" }, "Properties": {"P": {"Type": "y"}}}}}"#,
            ),
            (
                r#"{"Resources": {"Fn::ForEach::L": ["I", ["a"], {"A${I}": {"Type": "X", "P": ‸1}}]}}"#,
                r#"{"Resources": {"Fn::ForEach::L": ["I", ["a"], {"A${I}": {"Type": "X", "Metadata": { "keyless": "ignore[IMDS01] …" }, "P": 1}}]}}"#,
            ),
        ] {
            assert_eq!(placed("t.json", text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn where_nothing_silences_there_is_no_place() {
        for (name, text) in [
            ("app.ts", "new ‸Instance()"),
            ("plan.json", "{\"planned_values\": ‸{}}"),
            ("x.tfvars.json", "{\"a\": ‸1}"),
            ("t.json", "[‸"),
            ("t.json", r#"{"Parameters": {"P": {"Type": ‸"String"}}}"#),
            ("t.json", r#"{"Resources": {"A": {"P": ‸1}}}"#),
        ] {
            assert_eq!(placed(name, text), None, "{name} {text}");
        }
    }
}
