//! Runs of keyless, and what has to hold of every one of them.

use crate::memory::{Memory, ROOT};
use crate::tree::Tree;
use keyless::engine::{CheckRequest, check, mend as mending};
use keyless::findings::{Outcome, Severity};
use keyless::report::{Context, Format, Report, Style, write};
use keyless::secrets;
use keyless::source::Sources;
use keyless::syntax::{doc, hcl};
use keyless::system::{Overlay, Texts};
use std::sync::LazyLock;

/// One thread with the stack that the binary gives to its own.
static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(128 << 20).build().expect("a thread")
});

/// Runs work as the binary does.
pub fn pooled<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    POOL.install(work)
}

fn request() -> CheckRequest {
    CheckRequest { paths: vec![ROOT.into()], strict: true, ..CheckRequest::default() }
}

/// Judges a tree. Twice it has to be the same, all formats can be written, and none holds a secret.
pub fn judge(tree: &Tree) {
    pooled(|| {
        let system = Overlay::new(&Memory, &tree.texts);
        let sources = Sources::default();
        let outcome = check(&request(), &system, &sources);
        let printed = printed(&outcome, &sources);
        let again = Sources::default();
        let other = check(&request(), &system, &again);
        assert_eq!(json(&outcome, &sources), json(&other, &again), "two runs, two answers");
        no_secret(&sources, &printed);
    });
}

fn json(outcome: &Outcome, sources: &Sources) -> String {
    format(outcome, sources, &Format::Json)
}

fn format(outcome: &Outcome, sources: &Sources, format: &Format) -> String {
    let masked = outcome.masked(sources);
    let report = Report::new(outcome, masked);
    let mut out = Vec::new();
    write(format, &report, Context { rules: &outcome.rules, ..Context::of(masked) }, &mut out)
        .expect("memory takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn printed(outcome: &Outcome, sources: &Sources) -> Vec<String> {
    let json = json(outcome, sources);
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    let sarif = format(outcome, sources, &Format::Sarif);
    serde_json::from_str::<serde_json::Value>(&sarif).expect("JSON");
    let human = format(outcome, sources, &Format::Human(Box::new(Style::plain())));
    let html = format(outcome, sources, &Format::Html);
    vec![json, sarif, human, html, format(outcome, sources, &Format::Markdown)]
}

/// Forms of secrets in the files of the run are in none of its reports. What AWS's own documentation shows is no secret.
fn no_secret(sources: &Sources, printed: &[String]) {
    for source in sources.all() {
        for detection in secrets::scan(source.text()) {
            let secret = detection.secret(source.text());
            if detection.example || secret.len() < 16 {
                continue;
            }
            for text in printed {
                assert!(!text.contains(secret), "{} is shown", detection.detector.id);
            }
        }
    }
}

/// Mends a tree: what is mended parses as well as before, nothing new is told, and nothing is left to mend.
pub fn mend(tree: &Tree) {
    pooled(|| {
        let wanted = mending::Wanted { unsafe_fixes: true, to_write: false };
        let mended = mending::mend(&request(), wanted, &Overlay::new(&Memory, &tree.texts));
        if mended.writes.is_empty() {
            return;
        }
        let mut texts: Texts = tree.texts.clone();
        for write in &mended.writes {
            let (before, after) = (errors(&write.shown, &write.before), errors(&write.shown, &write.after));
            assert!(after <= before, "{}: {after} syntax errors, {before} before", write.shown);
            texts.insert(write.path.clone(), write.after.as_slice().into());
        }
        let mended_tree = Overlay::new(&Memory, &texts);
        let again = mending::mend(&request(), wanted, &mended_tree);
        assert!(again.writes.is_empty(), "mending twice: {:?}", again.told.applied);
        // Of what was mended a note may be left: that older versions of a template still are what they were.
        let graver = |texts: &Texts| {
            let told = check(&request(), &Overlay::new(&Memory, texts), &Sources::default()).findings;
            told.iter().filter(|finding| finding.severity > Severity::Note).count()
        };
        assert!(graver(&texts) <= graver(&tree.texts), "more is told than before");
    });
}

/// How much of a file cannot be read.
fn errors(path: &str, bytes: &[u8]) -> usize {
    let Ok(text) = keyless::system::text(bytes.to_vec()) else { return usize::MAX };
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("tf") => hcl::parse(&text).errors.len(),
        _ => usize::from(doc::parse(&text).is_err()),
    }
}
