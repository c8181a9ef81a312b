//! Untrusted text is escaped for where it goes: names that would be obeyed somewhere stand in every carrier, every format
//! prints them, a parser of that format reads it back, and what comes out are the texts again.

use crate::harness::{FORMATS, Repo};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What something would obey, somewhere.
const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}]0;owned\u{7}",
    "%0A::error::owned",
    "::add-mask::owned",
    "a ::stop-commands::owned",
    "##[add-matcher]owned",
    "line\n::error::owned",
    "cr\r::error::owned",
    "</script><script>owned()</script>",
    "<img src=x onerror=owned()>",
    "--><b>owned</b><!--",
    "</noscript></td></table><h1>owned",
    "]]>owned<![CDATA[",
    "quote\"onload=\"owned",
    "quote'onload='owned",
    "pipe|owned|",
    "`owned`",
    "``` owned",
    "@org/owned",
    "#1 owned GH-1",
    "[owned](javascript:owned())",
    "![owned](https://evil.example/x.png)",
    "<https://evil.example>",
    "https://evil.example/owned www.evil.example",
    "**owned** __owned__ ~~owned~~ $owned$",
    "\u{202e}owned\u{2066}",
    "&amp;&lt;owned&#58;",
    "back\\slash\\",
    "title,line=1,file=owned::",
    "\u{2028}owned\u{feff}\u{85}",
    "{{owned}} ${{ owned }}",
];

/// A law of a format: what it printed, and the report that it printed.
type Law = fn(&str, &Report);

/// Every format has one; [`every_format_has_a_law`] fails for one that joins without.
const LAWS: &[(&str, Law)] = &[
    ("human", human),
    ("concise", concise),
    ("json", json),
    ("jsonl", json_lines),
    ("sarif", json),
    ("github", github),
    ("gitlab", json),
    ("junit", xml),
    ("markdown", markdown),
    ("html", html),
    ("checkstyle", xml),
    ("rdjson", json),
];

/// The texts of a report that every format has to show, and of whom.
struct Report {
    /// Title, path and line of each finding.
    findings: Vec<(String, String, u64)>,
    /// Path and message of each problem.
    problems: Vec<(String, String)>,
    /// Why something is suppressed, or could not be told.
    reasons: Vec<String>,
}

impl Report {
    fn new(json: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = |key: &str| json[key].as_array().unwrap().clone();
        let reasons = all("suppressed").into_iter().map(|found| text(&found["suppression"]["reason"]));
        let open = all("cannot_tell").into_iter().map(|found| text(&found["reason"]));
        Self {
            reasons: reasons.chain(open).collect(),
            findings: all("findings")
                .iter()
                .map(|found| {
                    (text(&found["title"]), text(&found["path"]), found["start"]["line"].as_u64().unwrap())
                })
                .collect(),
            problems: all("problems")
                .iter()
                .map(|problem| (text(&problem["path"]), text(&problem["message"])))
                .collect(),
        }
    }

    fn titles(&self) -> BTreeSet<&str> {
        self.findings.iter().map(|(title, ..)| title.as_str()).collect()
    }

    /// Every title is one of the texts, or a part of one.
    fn assert_titles(&self, texts: &str) {
        let texts = comparable(texts);
        for title in self.titles() {
            assert!(texts.contains(&comparable(title)), "{title:?} is not in it:\n{texts}");
        }
    }

    fn assert_reasons(&self, texts: &str) {
        let texts = comparable(texts);
        assert!(
            self.reasons.iter().filter(|reason| reason.contains("owned")).count() > 40,
            "{:#?}",
            self.reasons
        );
        for reason in &self.reasons {
            assert!(texts.contains(&comparable(reason)), "{reason:?} is not in it");
        }
    }

    fn assert_paths(&self, texts: &str) {
        let texts = comparable(texts);
        let paths = self.findings.iter().map(|(_, path, _)| path);
        for path in paths.chain(self.problems.iter().map(|(path, _)| path)) {
            assert!(texts.contains(&comparable(path)), "{path:?} is not in it:\n{texts}");
        }
    }
}

/// A text as it may be shown: hidden characters by their number. What reports break lines at, code marks, and what only
/// matters at the start of a line do not count, nor do the capital letter of a sentence
/// and backslashes, by which SARIF keeps brackets from being links.
fn comparable(text: &str) -> String {
    let shown = shown(text).replace("\\u{3a}", ":").replace("\\u{5b}", "[");
    shown.replace(['`', ' ', '\n', '\u{200b}'], "").replace("\\n", "").replace('\\', "").to_lowercase()
}

fn shown(text: &str) -> String {
    let mut result = String::new();
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let is_first = before.is_none_or(char::is_whitespace);
        match character {
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            ':' if is_first && text[at..].starts_with("::") => result.push_str("\\u{3a}"),
            '[' if text[..at].ends_with("##") => result.push_str("\\u{5b}"),
            '\u{200b}' => result.push(character),
            _ if is_hidden(character) => write!(result, "\\u{{{:x}}}", u32::from(character)).unwrap(),
            _ => result.push(character),
        }
        before = Some(result.chars().next_back().unwrap());
    }
    result
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The names in file names, logical ids, construct paths, labels, keys of `for_each`, module sources and reasons.
fn hostile_repo() -> Repo {
    let repo = Repo::new();
    let mut resources = serde_json::Map::new();
    let mut keys = Vec::new();
    for (at, text) in HOSTILE.iter().enumerate() {
        resources.insert(
            format!("{text}{at}"),
            serde_json::json!({
                "Type": "AWS::RDS::DBInstance",
                "Properties": {"MasterUserPassword": format!("hunter{at}Trouble77"), "Tags": [{"Key": text, "Value": text}]},
                "Metadata": {"aws:cdk:path": format!("App/{text}/Db"), "note": text},
            }),
        );
        let quoted = serde_json::to_string(text).unwrap().replace("${", "$${").replace("%{", "%%{");
        keys.push(quoted.clone());
        let one_line: String = text.chars().filter(|character| !character.is_control()).collect();
        repo.write(
            &format!("module{at}/main.tf"),
            format!(
                "# keyless: ignore[IMDS01] because {one_line}\nresource \"aws_instance\" \"told\" {{\n  metadata_options {{\n    http_tokens = \"optional\"\n  }}\n}}\n\
                module \"gone\" {{\n  source = {quoted}\n}}\nresource \"aws_instance\" \"open\" {{\n  iam_instance_profile = module.gone.profile\n  metadata_options {{\n    http_tokens = module.gone.tokens\n  }}\n}}\n"
            ),
        );
        // Windows takes none of these, and no file system a slash.
        if cfg!(unix) {
            let name = text.replace('/', "_");
            repo.write(&format!("{name}/main.tf"), crate::harness::VIOLATION);
            repo.write(&format!("{name}/bad.tf"), "resource {");
        }
    }
    let template = serde_json::json!({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources});
    repo.write("template.json", serde_json::to_string_pretty(&template).unwrap());
    repo.write(
        "keys/main.tf",
        format!(
            "resource \"aws_db_instance\" \"each\" {{\n  for_each = toset([{}])\n  password = \"hunter9Trouble${{each.key}}\"\n  tags = {{ note = each.key }}\n}}\n",
            keys.join(", ")
        ),
    );
    repo
}

#[test]
fn every_format_has_a_law() {
    let laws: BTreeSet<_> = LAWS.iter().map(|(format, _)| format).collect();
    assert_eq!(
        laws,
        FORMATS.iter().collect(),
        "a format and no law of what it escapes, or the other way round"
    );
}

#[test]
fn hostile_names_are_text_in_every_format() {
    let repo = hostile_repo();
    let (code, json) = repo.json(&["--strict"]);
    assert_eq!(code, if cfg!(unix) { 2 } else { 1 });
    let report = Report::new(&json);
    for text in HOSTILE {
        let said = comparable(text);
        assert!(report.titles().iter().any(|title| comparable(title).contains(&said)), "{text:?}: no title");
        let in_path = comparable(&text.replace('/', "_"));
        let is_named = report.problems.iter().any(|(path, _)| comparable(path).contains(&in_path));
        assert!(is_named || !cfg!(unix), "{text:?}: no path: {:#?}", report.problems);
    }
    for (format, law) in LAWS {
        let ran = repo.run(&["check", "--strict", "--format", format]);
        eprintln!("law of {format}");
        // Whatever a step prints, GitHub's runner looks for commands in it.
        assert!(!ran.stdout.contains("##["), "{format}: a command");
        let mut lines = ran.stdout.split(['\n', '\r']);
        assert!(
            *format == "github" || !lines.any(|line| line.trim_start().starts_with("::")),
            "{format}: a command"
        );
        law(&ran.stdout, &report);
    }
}

/// What a terminal or a log gets: nothing in it moves the cursor, and no line is a command of GitHub's runner.
fn assert_harmless(printed: &str) {
    for line in printed.split('\n') {
        assert!(!line.chars().any(is_hidden), "hidden characters: {line:?}");
        assert!(!line.trim_start().starts_with("::"), "a command: {line:?}");
        assert!(!line.contains("##["), "a command: {line:?}");
    }
}

fn human(printed: &str, report: &Report) {
    assert_harmless(printed);
    report.assert_titles(printed);
    report.assert_paths(printed);
}

fn concise(printed: &str, report: &Report) {
    assert_harmless(printed);
    let lines: Vec<_> = printed.lines().collect();
    for (line, (title, path, at)) in lines.iter().zip(&report.findings) {
        assert!(
            line.starts_with(&format!("{}:{at}:", shown(path))) && line.contains(&shown(title)),
            "{line:?}"
        );
    }
    report.assert_paths(printed);
}

fn texts_of(value: &Value, all: &mut String) {
    match value {
        Value::String(text) => {
            all.push_str(text);
            all.push('\n');
            // Addresses of files are percent-encoded.
            all.push_str(&percent_decoded(text));
            all.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| texts_of(item, all)),
        Value::Object(fields) => fields.values().for_each(|value| texts_of(value, all)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *byte == b'%') {
            Some(meant) => {
                decoded.push(meant);
                at += 3;
            }
            None => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn json(printed: &str, report: &Report) {
    let mut texts = String::new();
    texts_of(&serde_json::from_str(printed).unwrap(), &mut texts);
    report.assert_titles(&texts);
    report.assert_paths(&texts);
    assert!(!printed.contains(|character| character < ' ' && character != '\n'), "raw control characters");
}

fn json_lines(printed: &str, report: &Report) {
    let mut texts = String::new();
    for line in printed.split_terminator('\n') {
        texts_of(&serde_json::from_str(line).unwrap(), &mut texts);
    }
    report.assert_titles(&texts);
    report.assert_paths(&texts);
}

fn xml(printed: &str, report: &Report) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(printed);
    let mut texts = String::new();
    let mut open = 0;
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(element) | Event::Empty(element) = &event {
            for attribute in element.attributes() {
                let value = attribute.unwrap().value;
                texts.push_str(&quick_xml::escape::unescape(std::str::from_utf8(&value).unwrap()).unwrap());
                texts.push('\n');
            }
        }
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Text(text) => texts.push_str(std::str::from_utf8(&text).unwrap()),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", std::str::from_utf8(&name).unwrap());
                texts.push_str(&quick_xml::escape::unescape(&reference).unwrap());
            }
            Event::Empty(_) | Event::Decl(_) => {}
            Event::Eof => break,
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                panic!("nothing of these is ours: {event:?}")
            }
        }
    }
    assert_eq!(open, 0);
    assert_harmless(printed);
    report.assert_titles(&texts);
    report.assert_paths(&texts);
}

/// Reads commands as GitHub's runner does (`ActionCommand.TryParseV2`, then `TryParse`), and nothing that it would not.
fn github(printed: &str, report: &Report) {
    let undo = |text: &str, codes: &[(&str, &str)]| {
        let undone = codes.iter().fold(text.to_owned(), |text, (code, meant)| text.replace(code, meant));
        undone.replace("%25", "%")
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut titles = Vec::new();
    for line in printed.split('\n') {
        assert!(!line.chars().any(is_hidden), "hidden characters: {line:?}");
        let Some(rest) = line.trim_start().strip_prefix("::") else {
            assert!(!line.contains("##["), "a command of the first kind: {line:?}");
            continue;
        };
        let (command, data) = rest.split_once("::").unwrap();
        let (word, properties) = command.split_once(' ').unwrap_or((command, ""));
        assert!(["error", "warning", "notice", "group", "endgroup"].contains(&word), "{line:?}");
        *counts.entry(word.to_owned()).or_default() += 1;
        let data = undo(data, &[("%0D", "\r"), ("%0A", "\n")]);
        let codes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
        let mut keys = Vec::new();
        for property in properties.split(',').filter(|property| !property.is_empty()) {
            let (key, value) = property.split_once('=').unwrap();
            keys.push(key);
            let value = undo(value, &codes);
            if key == "title" && word != "notice" {
                titles.push(value);
            } else if key == "file" {
                let files = report.findings.iter().map(|(_, path, _)| path);
                let mut files = files.chain(report.problems.iter().map(|(path, _)| path));
                assert!(files.any(|path| shown(path) == value), "{value:?} is no file of ours");
            } else if key != "title" {
                value.parse::<u32>().unwrap_or_else(|error| panic!("{key}: {error}: {line:?}"));
            }
        }
        let known: &[&str] = match word {
            "group" | "endgroup" => &[],
            _ => &["file", "line", "endLine", "col", "endColumn", "title"],
        };
        assert!(keys.iter().all(|key| known.contains(key)), "{line:?}");
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{line:?}");
        if word == "error" {
            let is_problem = report.problems.iter().any(|(_, message)| shown(message) == data);
            assert!(is_problem || data.contains("\nhelp: "), "{data:?}");
        }
    }
    assert!(counts["error"] <= 10 && counts["notice"] <= 10, "{counts:?}");
    assert_eq!(counts["group"], counts["endgroup"]);
    for title in titles {
        let is_finding = report.findings.iter().any(|(own, ..)| title.ends_with(&shown(own)));
        assert!(is_finding || title.starts_with("keyless could not judge this"), "{title:?}");
    }
    report.assert_titles(printed);
}

/// Tags that the report itself writes into Markdown.
const MARKDOWN_TAGS: [&str; 7] =
    ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>"];

fn markdown(printed: &str, report: &Report) {
    assert!(printed.len() < 65_536, "{} bytes are more than a comment takes", printed.len());
    let (mut texts, mut bare) = (String::new(), String::new());
    let (mut cells, mut columns, mut rows, mut in_code) = (0, 0, 0, false);
    for event in Parser::new_ext(printed, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => {
                texts.push_str(&text);
                if !in_code {
                    bare.push_str(&text);
                }
            }
            Event::InlineHtml(tag) | Event::Html(tag) => {
                for tag in tag.trim().split_inclusive('>') {
                    let is_known = MARKDOWN_TAGS.contains(&tag) || !tag.starts_with('<');
                    assert!(is_known, "a tag that is not ours: {tag}");
                    // Blocks of HTML hold what is ours alone.
                    let text = tag.split('<').next().unwrap();
                    assert!(!text.contains("owned"), "{tag}");
                    in_code = tag == "<code>" || (in_code && tag != "</code>");
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_ours =
                    dest_url.starts_with("https://github.com/keyless-dev/keyless/blob/main/policies/");
                assert!(is_ours, "a link that is not ours: {dest_url}");
            }
            Event::Start(Tag::TableHead) => (cells, rows) = (0, rows + 1),
            Event::Start(Tag::TableRow) => (cells, rows) = (0, rows + 1),
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableHead) => columns = cells,
            Event::End(TagEnd::TableRow) => assert_eq!(cells, columns),
            Event::Start(
                Tag::Table(_)
                | Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(_)
                | Tag::Item
                | Tag::Strong
                | Tag::HtmlBlock,
            )
            | Event::SoftBreak
            | Event::End(_) => texts.push(' '),
            Event::Code(text) => assert_eq!(&*text, "keyless check --strict"),
            other => panic!("this is none of ours: {other:?}"),
        }
    }
    // Renderers link and mention in text that is done: nothing in it is whole.
    for sign in ["@org", "#1", "https://", "www.evil"] {
        assert!(!bare.contains(sign), "{sign} is not broken");
    }
    assert!(rows > 30, "{rows}");
    let shown_titles =
        report.titles().iter().filter(|title| comparable(&texts).contains(&comparable(title))).count();
    assert!(shown_titles >= 30, "{shown_titles}: {texts}");
}

/// Tags and attributes that the report itself writes.
const HTML_TAGS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "a",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "b",
    "strong",
    "span",
    "main",
    "section",
    "div",
    "svg",
    "text",
    "rect",
    "form",
    "label",
    "input",
    "select",
    "option",
    "datalist",
    "fieldset",
    "legend",
    "button",
    "output",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "figure",
    "figcaption",
    "pre",
    "code",
    "mark",
    "dl",
    "dt",
    "dd",
    "wbr",
    "noscript",
    "footer",
];

/// A reader that takes no more than what the report writes: lowercase tags, quoted attributes, references in texts.
fn html(printed: &str, report: &Report) {
    assert!(!printed.chars().any(|character| is_hidden(character) && character != '\n'), "hidden characters");
    let mut rest = printed.strip_prefix("<!doctype html>").unwrap();
    let mut texts = String::new();
    while let Some((text, after)) = rest.split_once('<') {
        texts.push_str(&referred(text));
        let name: String =
            after.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(HTML_TAGS.contains(&name.as_str()), "<{}", &after[..after.len().min(80)]);
        let tag = end_of_tag(after);
        for (key, value) in attributes(&after[..tag]) {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
            if key == "href" {
                assert!(
                    value.starts_with('#') || value.starts_with("https://github.com/keyless-dev/"),
                    "{value}"
                );
            }
        }
        rest = &after[tag + 1..];
        if ["script", "style"].contains(&name.as_str()) && !after.starts_with('/') {
            let close = format!("</{name}>");
            let (content, after) = rest.split_once(&close).unwrap();
            assert!(!content.contains("owned"), "{name}");
            rest = after;
        }
    }
    report.assert_reasons(&texts);
    report.assert_titles(&texts);
    report.assert_paths(&texts);
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    text.char_indices()
        .find(|(_, character)| {
            quoted ^= *character == '"';
            *character == '>' && !quoted
        })
        .unwrap()
        .0
}

/// Of `a href="x" hidden`, `href` with its value; every value is quoted.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let key = before.rsplit(' ').next().unwrap();
        let (value, after) = after.split_once('"').unwrap();
        assert!(!value.contains('<') && !before.contains(['"', '\'', '<']), "{tag}");
        all.push((key.to_owned(), referred(value)));
        rest = after;
    }
    assert!(!rest.contains(['=', '"', '\'']), "{tag}");
    all
}

fn referred(text: &str) -> String {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('&') {
        let name = after.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name};");
        rest = after;
    }
    let all = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    all.iter().fold(text.to_owned(), |text, (code, meant)| text.replace(code, meant))
}
