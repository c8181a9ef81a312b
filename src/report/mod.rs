//! Prints an outcome: one file a format. Knows findings and masked sources, and nothing of how they came about: no secret
//! gets here.

mod checkstyle;
mod concise;
mod digest;
mod escape;
mod exceptions;
mod fixes;
mod github;
mod gitlab;
mod html;
mod human;
mod imported;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod merge;
mod rdjson;
mod sarif;
mod snippet;
mod style;
mod told;
mod view;
mod web;
mod xml;

pub use escape::visible;
pub use exceptions::{ExceptionReport, exceptions_schema, write_exceptions, write_list};
pub use fixes::{FixReport, fixes_schema, write_fix_json, write_fixes, write_left, write_patches};
pub use imported::{ImportReport, import_schema, write_import};
pub use sarif::{SarifMerge, verdict as sarif_verdict};
pub use style::Style;
pub use view::{Level, Report};
pub use web::Web;

use crate::findings::{Masked, Rule};
use std::io::{self, Write};

/// How an outcome is printed.
#[derive(Debug, Clone)]
pub enum Format {
    Human(Box<Style>),
    Concise,
    Json,
    Github,
    Markdown,
    Jsonl,
    Sarif,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
    Html,
}

/// What every reporter gets beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The files, for excerpts.
    pub sources: Masked<'a>,
    /// What the user named, for the line that says that nothing was there.
    pub paths: &'a [String],
    /// Show each thing that could not be told.
    pub strict: bool,
    /// Leave out what is suppressed, where a format would list it among the rest.
    pub hide_suppressed: bool,
    /// The policies of the run, for formats that describe them.
    pub rules: &'a [Rule],
    /// Where files can be looked at on the web.
    pub web: Option<&'a Web>,
}

impl<'a> Context<'a> {
    /// Nothing but the files.
    #[must_use]
    pub fn of(sources: Masked<'a>) -> Self {
        Self { sources, paths: &[], strict: false, hide_suppressed: false, rules: &[], web: None }
    }
}

/// Prints a report.
pub fn write(format: &Format, report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json | Format::Jsonl | Format::Sarif | Format::Gitlab | Format::Rdjson => {
            let mut inert = escape::Inert::new(out);
            raw(format, report, context, &mut inert)?;
            inert.finish()
        }
        Format::Human(_)
        | Format::Concise
        | Format::Github
        | Format::Markdown
        | Format::Junit
        | Format::Checkstyle
        | Format::Html => raw(format, report, context, out),
    }
}

fn raw(format: &Format, report: &Report, context: Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human(style) => human::write(report, context, style, out),
        Format::Concise => concise::write(report, context, out),
        Format::Json => json::write(report, out),
        Format::Github => github::write(report, context, out),
        Format::Markdown => markdown::write(report, context, out),
        Format::Jsonl => jsonl::write(report, out),
        Format::Sarif => sarif::write(report, context, out),
        Format::Gitlab => gitlab::write(report, context, out),
        Format::Junit => junit::write(report, context, out),
        Format::Checkstyle => checkstyle::write(report, context, out),
        Format::Rdjson => rdjson::write(report, context, out),
        Format::Html => html::write(report, context, out),
    }
}

/// The JSON schema of `--format json`, as it stands in `schema/report.schema.json`.
#[must_use]
pub fn schema() -> String {
    json::schema()
}

/// The JSON schema of a line of `--format jsonl`, as it stands in `schema/line.schema.json`.
#[must_use]
pub fn line_schema() -> String {
    jsonl::schema()
}

#[cfg(test)]
mod tests;
