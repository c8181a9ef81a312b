//! What other tools are told beside the code, for who wants to say the same to keyless. It is never obeyed.

mod metadata;
mod table;
mod words;

use super::comments::{self, Covers, Page};
use super::{Day, Exception, Exceptions, Named, Said, Written, is_data, is_terraform_json, language};
use crate::source::{FileId, Site, SourceFile, Sources, Span};
use crate::syntax::doc;
use aho_corasick::AhoCorasick;
use table::policies;
use words::{Reach, Words};

/// What somebody told another tool.
#[derive(Debug, Clone)]
pub struct Told {
    pub site: Site,
    pub written: Written,
    /// The rules that are named, each with the policies that ask the same.
    pub rules: Vec<(String, Vec<String>)>,
    pub reason: String,
    pub until: Option<Day>,
    covers: Covers,
    /// Where the exception belongs that says the same.
    pub before: u32,
}

impl Told {
    fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.rules.iter().flat_map(|(_, codes)| codes).cloned().collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// The exception that says the same of these policies.
    #[must_use]
    pub fn as_said(&self, codes: &[String]) -> Said {
        let policies = codes.iter().map(|code| Named { text: code.clone(), range: 0..0 }).collect();
        Said { of_file: false, policies, until: self.until, reason: self.reason.clone() }
    }
}

/// What stands in none of these tells no tool anything.
const MARKS: [&str; 14] = [
    "checkov",
    "bridgecrew:skip",
    "cortex:skip",
    "tfsec:ignore",
    "trivy:ignore",
    "cfsec:ignore",
    "gitleaks:allow",
    "trufflehog:ignore",
    "pragma: ",
    "ggignore",
    "kics-scan",
    "_nag",
    "SuppressedRules",
    "cfn-lint",
];

/// Everything that the files of a run tell other tools, in order. `all` are the codes of every policy.
#[must_use]
pub fn read(sources: &Sources, all: &[&str]) -> Vec<Told> {
    // The search fails to build only for more patterns than these.
    let Ok(search) = AhoCorasick::builder().ascii_case_insensitive(true).build(MARKS) else {
        return Vec::new();
    };
    let files = sources.all();
    let mut named: Vec<(u32, &SourceFile)> = (0..).zip(files.iter().map(|file| &**file)).collect();
    named.sort_by(|a, b| (&a.1.path, a.0).cmp(&(&b.1.path, b.0)));
    named.dedup_by(|a, b| a.1.path == b.1.path);
    let meant = named
        .into_iter()
        .filter(|(_, source)| source.is_whole() && !source.git_ignored && search.is_match(source.text()));
    meant.flat_map(|(at, source)| of_file(FileId(at), source, all)).collect()
}

/// What was told, as exceptions: without effect, but for saying what they would be about.
#[must_use]
pub fn as_exceptions(told: &[Told], sources: &Sources) -> Exceptions {
    let exception = |told: &Told| Exception {
        site: told.site,
        written: told.written,
        said: Ok(Said { reason: String::new(), ..told.as_said(&told.codes()) }),
        covers: told.covers.clone(),
    };
    Exceptions::of(told.iter().map(exception).collect(), sources)
}

fn of_file(file: FileId, source: &SourceFile, all: &[&str]) -> Vec<Told> {
    let name = source.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let text = source.text();
    let mut told = Vec::new();
    if let Some(language) = language(&name, text) {
        let page = Page::read(language, source);
        let is_yaml = is_data(&name);
        for comment in &page.comments {
            for (at, line) in comments::lines(source.slice(*comment)) {
                for words in words::words(line) {
                    let base = comment.start as usize + at;
                    let span = Span::new(base + words.range.start, base + words.range.end);
                    told.push(in_comment(
                        &page,
                        *comment,
                        Site::new(file, span),
                        words,
                        is_yaml,
                        source,
                        all,
                    ));
                }
            }
        }
    }
    if is_data(&name)
        && !is_terraform_json(&name)
        && let Ok(document) = doc::parse(text)
    {
        told.extend(metadata::told(&document, text).into_iter().map(|found| Told {
            site: Site::new(file, found.span),
            written: Written::Metadata,
            rules: found.ids.into_iter().map(|id| (id.clone(), policies(found.rules, &id, all))).collect(),
            reason: found.reason,
            until: None,
            before: found.owner.start,
            covers: Covers::Spans(vec![found.owner]),
        }));
    }
    told.sort_by_key(|told| told.site.span);
    told
}

fn in_comment(
    page: &Page,
    comment: Span,
    site: Site,
    words: Words,
    is_yaml: bool,
    source: &SourceFile,
    all: &[&str],
) -> Told {
    let mut spans = page.covered(comment, source);
    let resource = match words.reach {
        Reach::Line => None,
        Reach::Resource => page.around(comment, usize::from(is_yaml)),
    };
    spans.extend(resource);
    // Behind code it stays where it is; above code too; inside of a resource it goes above that.
    let before = resource.map_or(comment.start, |resource| resource.start);
    let rules = words.ids.into_iter().map(|id| (id.clone(), policies(words.rules, &id, all))).collect();
    let Words { reason, until, .. } = Words { ids: Vec::new(), ..words };
    Told { site, written: Written::Comment, rules, reason, until, covers: Covers::Spans(spans), before }
}
