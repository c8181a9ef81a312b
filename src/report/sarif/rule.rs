//! Policies as SARIF rules.

use super::super::told::{Grade, sentence};
use super::super::view::{Diagnostic, Level, Report};
use super::{level, multiformat, properties, uri};
use crate::findings::Rule;
use crate::policies::Set;
use serde_json::json;
use serde_sarif::sarif as s;
use std::collections::BTreeMap;

/// Characters that GitHub shows of a description.
const DESCRIPTION: usize = 1_024;
/// Characters that GitHub shows of a name.
const NAME: usize = 255;

/// Every policy of the run, and what findings name besides: a merged report may have findings of policies that are not here.
pub(super) struct Rules<'a> {
    described: &'a [Rule],
    others: Vec<&'a Diagnostic>,
    indices: BTreeMap<&'a str, i64>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(report: &'a Report, described: &'a [Rule]) -> Self {
        let mut indices: BTreeMap<&str, i64> =
            described.iter().zip(0..).map(|(rule, index)| (rule.code.as_str(), index)).collect();
        let mut others = Vec::new();
        let all = report.findings.iter().chain(&report.cannot_tell).chain(&report.suppressed);
        for diagnostic in all {
            let next = i64::try_from(described.len() + others.len()).unwrap_or(i64::MAX);
            indices.entry(&diagnostic.code).or_insert_with(|| {
                others.push(diagnostic);
                next
            });
        }
        Self { described, others, indices }
    }

    pub(super) fn index(&self, code: &str) -> Option<i64> {
        self.indices.get(code).copied()
    }

    pub(super) fn descriptors(&self) -> Vec<s::ReportingDescriptor> {
        let described = self.described.iter().map(|rule| {
            let severity = rule.severity.into();
            descriptor(&rule.code, &rule.name, &rule.title, severity, (&rule.url, &rule.page), &tags(rule))
        });
        let others = self.others.iter().map(|named| {
            let Diagnostic { code, name, title, severity, url, .. } = named;
            descriptor(code, name, title, *severity, (url, ""), &["security".to_owned()])
        });
        described.chain(others).collect()
    }
}

/// What GitHub filters by.
fn tags(rule: &Rule) -> Vec<String> {
    let family = rule.code.trim_end_matches(|last: char| last.is_ascii_digit()).to_ascii_lowercase();
    let set = match rule.set {
        Set::Default => "default",
        Set::Strict => "strict",
    };
    let mut tags = vec!["security".to_owned(), "aws".to_owned(), family, set.to_owned()];
    tags.extend(rule.mandatory.then(|| "mandatory".to_owned()));
    tags.retain(|tag| !tag.is_empty());
    tags
}

fn descriptor(
    code: &str,
    name: &str,
    title: &str,
    severity: Level,
    (url, page): (&str, &str),
    tags: &[String],
) -> s::ReportingDescriptor {
    let title = sentence([title, name, code].into_iter().find(|text| !text.is_empty()).unwrap_or_default());
    let intro = intro(page);
    let full = intro.first().map_or(title.as_str(), String::as_str);
    let mut paragraphs = if intro.is_empty() { vec![title.clone()] } else { intro.clone() };
    paragraphs.extend((!url.is_empty()).then(|| url.to_owned()));
    let mut help = multiformat(&paragraphs.join("\n\n"));
    help.markdown = (!page.is_empty()).then(|| page.to_owned());
    let mut descriptor = s::ReportingDescriptor::builder()
        .id(code)
        .short_description(multiformat(&cut(&title, DESCRIPTION)))
        .full_description(multiformat(&cut(full, DESCRIPTION)))
        .help(help)
        .default_configuration(s::ReportingConfiguration::builder().level(level(severity)).build())
        .properties(weight(code, severity, tags))
        .build();
    descriptor.name = (!name.is_empty()).then(|| cut(name, NAME));
    descriptor.help_uri = uri::is_link(url).then(|| url.to_owned());
    descriptor
}

/// GitHub calls a score above 9.0 critical, from 7.0 high, from 4.0 medium, below low.
fn weight(code: &str, severity: Level, tags: &[String]) -> s::PropertyBag {
    let score = match Grade::of(code, severity) {
        Grade::Critical => "9.5",
        Grade::High => "8.0",
        Grade::Medium => "5.5",
        Grade::Low => "2.0",
    };
    let word = match severity {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "recommendation",
    };
    let mut bag = properties([
        ("precision", json!("high")),
        ("problem.severity", json!(word)),
        ("security-severity", json!(score)),
    ]);
    bag.tags = Some(tags.to_vec());
    bag
}

/// The paragraphs of a page between its title and its first section, each in one line.
fn intro(page: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in page.lines().skip_while(|line| line.starts_with("# ") || line.trim().is_empty()) {
        if line.starts_with('#') || line.starts_with("```") {
            break;
        }
        let line = line.trim();
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            Some(_) | None => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// At most so many characters; what is longer ends in an ellipsis.
fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => text.chars().take(limit - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, intro};

    #[test]
    fn the_intro_of_a_page_is_what_stands_before_its_sections() {
        let page = "# A01 a\n\nOne\ntwo.\n\nThree.\n\n## Why\n\nFour.\n";
        assert_eq!(intro(page), ["One two.", "Three."]);
        assert!(intro("").is_empty());
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
