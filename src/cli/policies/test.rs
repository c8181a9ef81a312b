//! `keyless policies test`: tries policies, and says where they do otherwise than expected.

use crate::cli::check::on_pool;
use crate::cli::{CLEAN, Done, FINDINGS, NOT_JUDGED};
use crate::engine::own::{Exam, examine};
use crate::findings::{Problem, Redactor};
use crate::system::System;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) fn run(paths: &[PathBuf], system: &dyn System, out: &mut dyn Write) -> Done {
    let exam = on_pool(None, || examine(paths, system))
        .unwrap_or_else(|problem| Exam { problems: vec![problem], ..Exam::default() });
    let wrong = exam.cases.iter().filter(|case| !case.wrong.is_empty()).count();
    let code = match (exam.problems.is_empty(), wrong) {
        (false, _) => NOT_JUDGED,
        (true, 0) => CLEAN,
        (true, _) => FINDINGS,
    };
    Done { code, written: write(&exam, wrong, out) }
}

fn write(exam: &Exam, wrong: usize, out: &mut dyn Write) -> io::Result<()> {
    for case in exam.cases.iter().filter(|case| !case.wrong.is_empty()) {
        writeln!(out, "FAILED {}: {}", plain(&case.path), plain(&case.name))?;
        for line in &case.wrong {
            writeln!(out, "    {}", plain(line))?;
        }
    }
    for Problem { path, start, message, .. } in &exam.problems {
        let start = start.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        writeln!(out, "problem: {}{start}: {}", plain(path), plain(message))?;
    }
    let passed = exam.cases.len() - wrong;
    let rules = if exam.files == 1 { "1 file" } else { &format!("{} files", exam.files) };
    writeln!(out, "{rules} of rules: {passed} cases passed, {wrong} failed")
}

/// Texts of files, and arguments, may hold anything.
fn plain(text: &str) -> String {
    Redactor::default().redact(text).chars().filter(|c| !c.is_control()).collect()
}
