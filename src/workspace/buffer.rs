//! A text that is edited. Where it does not parse, its broken blocks are judged as they last were.

use super::answer::Trouble;
use super::shift::Shift;
use crate::discover::{Kind, kind_of_name};
use crate::findings::ProblemKind;
use crate::frontends::cloudformation;
use crate::source::Span;
use crate::syntax::doc;
use crate::syntax::hcl::{self, ErrorKind, Parsed};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A text as the editor has it, and as it is judged.
#[derive(Debug, Clone)]
pub(super) struct Buffer {
    pub(super) current: Arc<str>,
    /// The same but for blocks that do not parse; then these as they last did.
    pub(super) analysed: Arc<str>,
    /// What is wrong with the text where another one is judged.
    pub(super) errors: Vec<Trouble>,
    /// The last text that could be judged, where there was one.
    good: Option<Arc<str>>,
    language: Language,
}

/// How a text is read.
#[derive(Debug, Clone, Copy)]
enum Language {
    /// Block by block.
    Hcl,
    /// As a whole.
    HclJson(fn(&str) -> Parsed),
    /// As a whole, where it is a template or gives values to one.
    Data,
    /// It is judged as it is.
    Any,
}

impl Language {
    fn of(path: &Path) -> Self {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let json = name.ends_with(".json");
        match kind_of_name(name) {
            Some(Kind::Hcl | Kind::Tfvars | Kind::Tfbackend | Kind::Terragrunt) if !json => Self::Hcl,
            Some(Kind::Kindred) => Self::Hcl,
            Some(Kind::HclJson) => Self::HclJson(hcl::parse_json),
            Some(Kind::Terragrunt) => Self::HclJson(hcl::parse_json_terragrunt),
            Some(Kind::Hcl | Kind::Tfvars | Kind::Tfbackend) => Self::HclJson(hcl::parse_json_values),
            Some(Kind::Data) => Self::Data,
            Some(Kind::State | Kind::Env | Kind::CdkOut) | None => Self::Any,
        }
    }
}

impl Buffer {
    /// `known` is what the file was before in the editor, `disk` what it is on the disk.
    pub(super) fn new(
        path: &Path,
        text: &str,
        known: Option<&Self>,
        disk: impl FnOnce() -> Option<Arc<str>>,
    ) -> Self {
        let current: Arc<str> = text.into();
        let language = Language::of(path);
        let errors = errors(language, text);
        let is_whole = |errors: &Errors| errors.hidden.is_empty() && !errors.all;
        if is_whole(&errors) {
            let (analysed, good) = (Arc::clone(&current), Some(Arc::clone(&current)));
            return Self { current, analysed, errors: Vec::new(), good, language };
        }
        let good = match known {
            Some(known) => known.good.clone(),
            None => disk().filter(|text| is_whole(&self::errors(language, text))),
        };
        let composed = good.as_ref().and_then(|good| match language {
            Language::Hcl => composed(good, text, &errors.hidden),
            // What never was a template, nor is meant to be one now, is none that broke.
            Language::Data if !is_judged(good) && !cloudformation::sniff(text) => None,
            Language::HclJson(_) | Language::Data => Some(good.to_string()),
            Language::Any => None,
        });
        match composed {
            Some(composed) => {
                let analysed: Arc<str> = composed.into();
                Self {
                    current,
                    good: Some(Arc::clone(&analysed)),
                    analysed,
                    errors: errors.troubles,
                    language,
                }
            }
            None => Self { analysed: Arc::clone(&current), current, errors: Vec::new(), good, language },
        }
    }

    /// Where a range of the judged text stands in the one that is edited, if all of its block is there as it is judged.
    pub(super) fn intact(&self, judged: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let shift = Shift::between(judged, &self.current);
        let holds = |block: &Range<usize>| block.start <= range.start && range.end <= block.end;
        let block = blocks(self.language, judged).into_iter().find(holds)?;
        let now = shift.same(&block)?;
        let start = now.start + (range.start - block.start);
        (judged.get(block)? == self.current.get(now)?).then(|| start..start + range.len())
    }

    /// Whether another text is judged than the one that is edited.
    pub(super) fn is_broken(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// Whether a text that parses is a template, or gives values to one.
fn is_judged(good: &str) -> bool {
    cloudformation::sniff(good) || cloudformation::recognise_values(good).is_some()
}

/// What is wrong with a text.
#[derive(Default)]
struct Errors {
    troubles: Vec<Trouble>,
    /// What the tree lacks, in order.
    hidden: Vec<Range<usize>>,
    /// There is no tree at all.
    all: bool,
}

fn errors(language: Language, text: &str) -> Errors {
    let of_hcl = |parsed: &Parsed| Errors {
        troubles: (parsed.errors.iter())
            .map(|error| Trouble {
                kind: match error.kind {
                    ErrorKind::Syntax => ProblemKind::Syntax,
                    ErrorKind::Limit => ProblemKind::Limit,
                },
                range: error.span.range(),
                message: error.message.clone(),
            })
            .collect(),
        hidden: merged(parsed.errors.iter().filter_map(|error| error.hides).collect()),
        all: false,
    };
    match language {
        Language::Hcl => of_hcl(&hcl::parse(text)),
        Language::HclJson(parse) => {
            let parsed = of_hcl(&parse(text));
            Errors { all: !parsed.hidden.is_empty(), ..parsed }
        }
        Language::Data => match doc::parse(text) {
            Ok(_) => Errors::default(),
            Err(error) => Errors {
                troubles: vec![Trouble {
                    kind: match error.kind {
                        doc::ParseErrorKind::Syntax => ProblemKind::Syntax,
                        doc::ParseErrorKind::Limit => ProblemKind::Limit,
                    },
                    range: error.span.range(),
                    message: error.message,
                }],
                hidden: Vec::new(),
                all: true,
            },
        },
        Language::Any => Errors::default(),
    }
}

fn merged(mut spans: Vec<Span>) -> Vec<Range<usize>> {
    spans.sort();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match ranges.last_mut() {
            Some(last) if span.range().start <= last.end => last.end = last.end.max(span.range().end),
            Some(_) | None => ranges.push(span.range()),
        }
    }
    ranges
}

/// The text with what does not parse replaced by the blocks that last stood there, as far as something of them still does.
fn composed(good: &str, text: &str, hidden: &[Range<usize>]) -> Option<String> {
    let shift = Shift::between(good, text);
    let items = items(good);
    let mut composed = String::with_capacity(text.len());
    let mut at = 0;
    for region in hidden {
        composed.push_str(text.get(at..region.start)?);
        at = region.end;
        let inside = text.get(region.clone())?;
        for item in items.iter().filter(|item| item.is_left(good, inside, region, &shift)) {
            if !composed.is_empty() && !composed.ends_with('\n') {
                composed.push('\n');
            }
            composed.push_str(good.get(item.all.clone())?);
            composed.push('\n');
        }
    }
    composed.push_str(text.get(at..)?);
    Some(composed)
}

/// A block or an attribute at the top of a file.
struct Item {
    all: Range<usize>,
    /// From the keyword to the last label, or the name.
    head: Range<usize>,
}

impl Item {
    /// Whether something of it stands in a region: its head, or most of what it says.
    fn is_left(&self, good: &str, inside: &str, region: &Range<usize>, shift: &Shift) -> bool {
        let words = |text: &str| text.bytes().filter(u8::is_ascii_alphanumeric).count();
        let head = good.get(self.head.clone()).unwrap_or("");
        let is_line = |at: usize| {
            inside.get(..at).is_none_or(|before| {
                before.trim_end_matches([' ', '\t']).is_empty()
                    || before.trim_end_matches([' ', '\t']).ends_with('\n')
            })
        };
        let ends = |at: usize| {
            !inside
                .get(at..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'))
        };
        if memchr::memmem::find_iter(inside.as_bytes(), head).any(|at| is_line(at) && ends(at + head.len())) {
            return true;
        }
        let body = self.head.end.min(self.all.end)..self.all.end;
        let kept = shift.kept(&body).into_iter().filter(|kept| {
            shift.range(kept).is_some_and(|now| region.start <= now.start && now.end <= region.end)
        });
        let left: usize = kept.map(|kept| words(good.get(kept).unwrap_or(""))).sum();
        left * 2 > words(good.get(body).unwrap_or(""))
    }
}

/// What stands for itself in a text: blocks, or the resources of a template. Of other texts nothing is known.
fn blocks(language: Language, text: &str) -> Vec<Range<usize>> {
    match language {
        Language::Hcl => items(text).into_iter().map(|item| item.all).collect(),
        Language::Data => doc::parse(text).map_or_else(
            |_| Vec::new(),
            |document| {
                let resources = document.root(text).and_then(|root| root.get("Resources"));
                let all = resources.into_iter().flat_map(doc::NodeRef::entries);
                all.map(|(key, value)| key.span().to(value.full_span()).range()).collect()
            },
        ),
        Language::HclJson(_) | Language::Any => Vec::new(),
    }
}

fn items(text: &str) -> Vec<Item> {
    let parsed = hcl::parse(text);
    let blocks = parsed.tree.body.blocks.iter();
    let mut items: Vec<Item> =
        blocks.map(|block| Item { all: block.span.range(), head: block.header.range() }).collect();
    items.extend(parsed.tree.body.attributes.iter().map(|attribute| {
        let end = parsed.tree.expr(attribute.expr).span.end;
        Item { all: Span { start: attribute.name.start, end }.range(), head: attribute.name.range() }
    }));
    items.sort_by_key(|item| item.all.start);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "variable \"a\" {\n  default = 1\n}\n\nresource \"x\" \"y\" {\n  b = 2\n  c = 3\n}\n\nlocals {\n  d = 4\n}\n";

    fn analysed(texts: &[&str]) -> String {
        let path = Path::new("main.tf");
        let mut buffer = Buffer::new(path, GOOD, None, || None);
        for text in texts {
            buffer = Buffer::new(path, text, Some(&buffer), || None);
        }
        buffer.analysed.to_string()
    }

    fn blocks(text: &str) -> Vec<String> {
        let parsed = hcl::parse(text);
        assert_eq!(parsed.errors, [], "{text}");
        let blocks = parsed.tree.body.blocks.iter();
        blocks
            .map(|block| text[block.span.range()].split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_broken_block_is_judged_as_it_last_was() {
        for (broken, expected) in [
            (
                GOOD.replace("b = 2", "b = "),
                vec![
                    "variable \"a\" { default = 1 }",
                    "resource \"x\" \"y\" { b = 2 c = 3 }",
                    "locals { d = 4 }",
                ],
            ),
            (
                GOOD.replace("b = 2", "b = \"${").replace("d = 4", "d = 5"),
                vec![
                    "variable \"a\" { default = 1 }",
                    "resource \"x\" \"y\" { b = 2 c = 3 }",
                    "locals { d = 5 }",
                ],
            ),
            (
                GOOD.replace("  c = 3\n}\n", "  c = 3\n"),
                vec![
                    "variable \"a\" { default = 1 }",
                    "resource \"x\" \"y\" { b = 2 c = 3 }",
                    "locals { d = 4 }",
                ],
            ),
            // Its head alone is left.
            (
                GOOD.replace("  b = 2\n  c = 3\n}", ""),
                vec![
                    "variable \"a\" { default = 1 }",
                    "resource \"x\" \"y\" { b = 2 c = 3 }",
                    "locals { d = 4 }",
                ],
            ),
            // It is gone, and what is broken stands elsewhere.
            (
                GOOD.replace("resource \"x\" \"y\" {\n  b = 2\n  c = 3\n}\n", "").replace("d = 4", "d = "),
                vec!["variable \"a\" { default = 1 }", "locals { d = 4 }"],
            ),
            // It is gone, and something else is typed where it stood.
            (
                GOOD.replace("resource \"x\" \"y\" {\n  b = 2\n  c = 3\n}\n", "resource \"z\" {\n"),
                vec!["variable \"a\" { default = 1 }", "locals { d = 4 }"],
            ),
        ] {
            assert_eq!(blocks(&analysed(&[&broken])), expected, "{broken}");
        }
    }

    #[test]
    fn what_is_deleted_while_something_is_broken_does_not_come_back() {
        let broken = GOOD.replace("b = 2", "b = ");
        let gone = broken.replace("locals {\n  d = 4\n}\n", "");
        assert_eq!(
            blocks(&analysed(&[&broken, &gone])),
            ["variable \"a\" { default = 1 }", "resource \"x\" \"y\" { b = 2 c = 3 }"]
        );
        let both = "variable \"a\" {\n  default = 1\n}\n\n";
        assert_eq!(blocks(&analysed(&[&broken, &gone, both])), ["variable \"a\" { default = 1 }"]);
    }

    #[test]
    fn documents_are_judged_as_they_last_parsed() {
        let good = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n";
        let path = Path::new("template.yaml");
        let buffer = Buffer::new(path, good, None, || None);
        let broken = Buffer::new(path, "Resources:\n  A:\n    Type: \"AWS::S3\n", Some(&buffer), || None);
        assert_eq!(&*broken.analysed, good);
        assert_eq!(broken.errors.len(), 1);
        let other = Buffer::new(Path::new("x.yaml"), "a: [1\n", None, || Some("a: [1]\n".into()));
        assert_eq!(&*other.analysed, "a: [1\n");
        let opened = Buffer::new(path, "Resources: [\n", None, || Some(good.into()));
        assert_eq!(&*opened.analysed, good);
    }
}
