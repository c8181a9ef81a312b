//! `--format junit`: test results as CI systems read them.
//!
//! A policy is a suite: one test that passes where it has nothing to say, else one test a finding. What fails the run is
//! a failure; what it shows without failing, and what is suppressed, is skipped, with the reason. What could not be judged
//! is an error of the suite that every run has. Names hold no lines, so that a test is the same while code above it moves.
//!
//! The attributes are those that Jenkins' schema knows (`junit-10.xsd` of its xUnit plugin, which refuses others: that
//! is why no library writes this, `quick-junit` among them).

use super::concise::place;
use super::told::{Distinct, headline, sentences};
use super::view::{Diagnostic, PlaceView, ProblemView};
use super::xml::Xml;
use super::{Context, Report};
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) fn write(report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report, context);
    let count = |outcome: fn(&Outcome) -> bool| {
        let tests = suites.iter().flat_map(|suite| &suite.tests);
        tests.filter(|test| outcome(&test.outcome)).count().to_string()
    };
    let (tests, failures, errors) = (count(|_| true), count(Outcome::is_failure), count(Outcome::is_error));
    let mut xml = Xml::new(out)?;
    let totals = [
        ("name", "keyless"),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
        ("errors", errors.as_str()),
    ];
    xml.open("testsuites", &totals)?;
    suites.iter().try_for_each(|suite| suite.print(&mut xml))?;
    xml.close("testsuites")?;
    xml.end()
}

struct Suite {
    name: String,
    /// What CI systems group by: up to the last dot a package, then a class.
    class: String,
    tests: Vec<Test>,
}

struct Test {
    name: String,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Failed { message: String, kind: String, lines: Vec<String> },
    Error { message: String, kind: String, lines: Vec<String> },
    Skipped { message: String },
}

impl Outcome {
    fn is_failure(&self) -> bool {
        matches!(self, Self::Failed { .. })
    }

    fn is_error(&self) -> bool {
        matches!(self, Self::Error { .. })
    }

    fn is_skipped(&self) -> bool {
        matches!(self, Self::Skipped { .. })
    }
}

/// The input first, then each policy that is on in the catalogue's order, then what no policy of the run says.
fn suites(report: &Report, context: Context<'_>) -> Vec<Suite> {
    let mut found: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    let open = report.cannot_tell.iter().filter(|open| context.strict || open.fails);
    let suppressed = report.suppressed.iter().filter(|_| !context.hide_suppressed);
    for diagnostic in report.findings.iter().chain(open).chain(suppressed) {
        found.entry(&diagnostic.code).or_default().push(diagnostic);
    }
    let mut suites = vec![input(&report.problems)];
    for rule in context.rules {
        let diagnostics = found.remove(rule.code.as_str()).unwrap_or_default();
        if rule.is_on || !diagnostics.is_empty() {
            suites.push(suite(&rule.code, &rule.name, &rule.title, &diagnostics));
        }
    }
    for (code, diagnostics) in found {
        let name = diagnostics.first().map_or("", |first| first.name.as_str());
        suites.push(suite(code, name, "", &diagnostics));
    }
    suites
}

fn input(problems: &[ProblemView]) -> Suite {
    let mut names = Distinct::default();
    let mut tests: Vec<_> = problems.iter().map(|problem| of_problem(problem, &mut names)).collect();
    if tests.is_empty() {
        tests.push(Test { name: "everything could be judged".to_owned(), outcome: Outcome::Passed });
    }
    Suite { name: "input".to_owned(), class: "keyless.input".to_owned(), tests }
}

fn of_problem(found: &ProblemView, names: &mut Distinct) -> Test {
    let (message, kind) = (found.message.clone(), found.kind.as_str().to_owned());
    let lines = vec![format!("{}: {message}", place(found))];
    let name = names.name(&format!("{}: {message}", found.path), " ");
    Test { name, outcome: Outcome::Error { message, kind, lines } }
}

fn suite(code: &str, name: &str, title: &str, diagnostics: &[&Diagnostic]) -> Suite {
    let mut names = Distinct::default();
    let mut tests: Vec<_> = diagnostics.iter().map(|diagnostic| test(diagnostic, &mut names)).collect();
    if tests.is_empty() {
        let name = if title.is_empty() { name } else { title };
        tests.push(Test { name: format!("nothing found: {name}"), outcome: Outcome::Passed });
    }
    Suite { name: format!("{code} {name}"), class: format!("keyless.{code}"), tests }
}

fn test(diagnostic: &Diagnostic, names: &mut Distinct) -> Test {
    let Diagnostic { path, title, addresses, severity, suppression, reason, existing, .. } = diagnostic;
    let address = addresses.first().map_or(String::new(), |address| format!(" ({address})"));
    let name = names.name(&format!("{path}: {title}{address}"), " ");
    let message = headline(diagnostic);
    let skipped = |why: &str| Outcome::Skipped { message: format!("{why}: {message}") };
    let outcome = match suppression {
        Some(said) => Outcome::Skipped { message: format!("suppressed: {message}; reason: {}", said.reason) },
        None if diagnostic.fails => {
            let kind = severity.as_str().to_owned();
            Outcome::Failed { message, kind, lines: lines(diagnostic) }
        }
        None if *existing => skipped("not in this change"),
        None if reason.is_some() => Outcome::Skipped { message },
        None => skipped(severity.as_str()),
    };
    Test { name, outcome }
}

/// The text of a failure: the place, what to do, the way of the value, and where to read on.
fn lines(diagnostic: &Diagnostic) -> Vec<String> {
    let Diagnostic { path, start, chain, related, url, .. } = diagnostic;
    let mut lines = vec![format!("{path}:{}:{}", start.line, start.column)];
    lines.extend(sentences(diagnostic));
    let place = |place: &PlaceView| {
        format!("{}:{}:{}: {}", place.path, place.start.line, place.start.column, place.label)
    };
    lines.extend(chain.iter().chain(related).map(place));
    lines.extend((!url.is_empty()).then(|| url.clone()));
    lines
}

impl Suite {
    fn print(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        let count = |outcome: fn(&Outcome) -> bool| {
            self.tests.iter().filter(|test| outcome(&test.outcome)).count().to_string()
        };
        xml.open(
            "testsuite",
            &[
                ("name", &self.name),
                ("tests", &count(|_| true)),
                ("failures", &count(Outcome::is_failure)),
                ("errors", &count(Outcome::is_error)),
                ("skipped", &count(Outcome::is_skipped)),
            ],
        )?;
        self.tests.iter().try_for_each(|test| test.print(&self.class, xml))?;
        xml.close("testsuite")
    }
}

impl Test {
    fn print(&self, class: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let attributes = [("name", self.name.as_str()), ("classname", class)];
        if matches!(self.outcome, Outcome::Passed) {
            return xml.empty("testcase", &attributes);
        }
        xml.open("testcase", &attributes)?;
        match &self.outcome {
            Outcome::Passed => {}
            Outcome::Failed { message, kind, lines } => {
                xml.text("failure", &[("message", message), ("type", kind)], lines)?;
            }
            Outcome::Error { message, kind, lines } => {
                xml.text("error", &[("message", message), ("type", kind)], lines)?;
            }
            Outcome::Skipped { message } => xml.empty("skipped", &[("message", message)])?,
        }
        xml.close("testcase")
    }
}
