//! `keyless merge`: the reports of many runs in one.

use super::args::{FailOn, Merge};
use super::errors::errors;
use super::{CLEAN, Done, FINDINGS, NOT_JUDGED, check};
use crate::findings::{Masked, Redactor, Rule};
use crate::policies;
use crate::report::{Context, Level, Report, SarifMerge, sarif_verdict};
use crate::source::Sources;
use crate::system::{MAX_FILE, System, text};
use serde_json::Value as Json;
use std::io::{self, Read, Write};
use std::path::Path;

/// A file, and the name that its paths are below.
struct Input {
    name: Option<String>,
    path: String,
}

pub(super) fn run(arguments: &Merge, system: &dyn System, out: &mut dyn Write) -> Done {
    if let Err(error) = arguments.outputs.validate() {
        let _ = super::errors::refused(&error);
        return Done { code: NOT_JUDGED, written: Ok(()) };
    }
    match merged(arguments, system) {
        Ok(Merged::Reports(report)) => print(arguments, *report, system, out),
        Ok(Merged::Sarif(file)) => print_sarif(arguments, &file, out),
        Err(message) => {
            let written = writeln!(errors(), "keyless: {}", crate::report::visible(&message));
            Done { code: NOT_JUDGED, written }
        }
    }
}

enum Merged {
    Reports(Box<Report>),
    Sarif(Json),
}

/// Of a part of the reports nothing is said: it would look like the whole.
fn merged(arguments: &Merge, system: &dyn System) -> Result<Merged, String> {
    let inputs = inputs(arguments, system)?;
    let mut reports: Vec<Report> = Vec::new();
    let mut sarif: Option<SarifMerge> = None;
    for Input { name, path } in &inputs {
        // As it was given: a name may say what the rest is.
        let given = name.as_ref().map_or_else(|| path.clone(), |name| format!("{name}={path}"));
        let failed = |why: String| format!("{given}: {why}");
        let read = system.read(Path::new(path), MAX_FILE).and_then(text);
        let text = read.map_err(|error| failed(error.to_string()))?;
        let text = text.trim_start_matches('\u{feff}');
        if is_sarif(text) {
            let file: Json =
                serde_json::from_str(text).map_err(|_| failed("no SARIF that can be read".to_owned()))?;
            sarif.get_or_insert_default().add(file, name.as_deref()).map_err(failed)?;
        } else {
            let report = Report::read(text).map_err(failed)?;
            reports.push(match name {
                Some(name) => report.below(name),
                None => report,
            });
        }
    }
    match sarif {
        None => Ok(Merged::Reports(Box::new(Report::merged(reports)))),
        Some(sarif) if reports.is_empty() => Ok(Merged::Sarif(sarif.finish())),
        Some(_) => Err("some of these files are SARIF, and some are of `--format json`".to_owned()),
    }
}

/// Whether a file of JSON is SARIF: keyless's own reports have no runs.
fn is_sarif(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Log {
        #[serde(rename = "runs")]
        _runs: Vec<serde::de::IgnoredAny>,
    }
    serde_json::from_str::<Log>(text).is_ok()
}

fn inputs(arguments: &Merge, system: &dyn System) -> Result<Vec<Input>, String> {
    let mut named: Vec<String> = arguments.files.clone();
    if let Some(list) = &arguments.files_from {
        let listed = if list == Path::new("-") {
            let mut listed = String::new();
            io::stdin().read_to_string(&mut listed).map(|_| listed).map_err(|error| error.to_string())
        } else {
            system.read(list, MAX_FILE).and_then(text).map_err(|error| error.to_string())
        };
        let listed = listed.map_err(|why| format!("{}: {why}", list.display()))?;
        named.extend(listed.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
    }
    Ok(named.iter().map(|said| input(said)).collect())
}

/// `NAME=FILE`, or a file.
fn input(said: &str) -> Input {
    match said.split_once('=') {
        Some(("", path)) => Input { name: None, path: path.to_owned() },
        Some((name, path)) => {
            Input { name: Some(name.trim_end_matches('/').to_owned()), path: path.to_owned() }
        }
        None => Input { name: None, path: said.to_owned() },
    }
}

fn print(arguments: &Merge, mut report: Report, system: &dyn System, out: &mut dyn Write) -> Done {
    if let Some(level) = arguments.fail_on {
        report.fail_from(|severity, is_open| match level {
            FailOn::Error => !is_open && severity == Level::Error,
            FailOn::Warning => !is_open && severity != Level::Note,
            FailOn::Note => !is_open,
            FailOn::CannotTell => true,
            FailOn::Never => false,
        });
    }
    let mut rules: Vec<Rule> = policies::builtin().iter().flatten().map(Rule::of).collect();
    let all = report.findings.iter().chain(&report.cannot_tell).chain(&report.suppressed);
    for found in all {
        // Of policies of the users' own nothing more is known.
        if !rules.iter().any(|rule| rule.code == found.code) {
            rules.push(Rule::named(&found.code, &found.name, &found.title, &found.url));
        }
    }
    let (sources, redactor) = (Sources::default(), Redactor::default());
    let web = check::web(&report);
    let context = Context {
        paths: &arguments.files,
        strict: arguments.strict,
        hide_suppressed: arguments.outputs.hide_suppressed,
        rules: &rules,
        web: web.as_ref(),
        ..Context::of(Masked::new(&sources, &redactor))
    };
    let written = arguments.outputs.write(&report, context, system, out);
    let code = match (report.problems.is_empty(), report.fails) {
        (false, _) => NOT_JUDGED,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    };
    Done { code, written }
}

/// What is SARIF stays SARIF.
fn print_sarif(arguments: &Merge, file: &Json, out: &mut dyn Write) -> Done {
    if !arguments.outputs.is_sarif_at_most() {
        let message =
            "SARIF is merged into SARIF on standard output; other formats take reports of `--format json`";
        return Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {message}") };
    }
    let (failed, errors) = sarif_verdict(file);
    let code = match (failed, errors) {
        (true, _) => NOT_JUDGED,
        (false, true) if arguments.fail_on != Some(FailOn::Never) => FINDINGS,
        (false, _) => CLEAN,
    };
    let written = serde_json::to_writer_pretty(&mut *out, file).map_err(io::Error::from);
    Done { code, written: written.and_then(|()| writeln!(out)) }
}
