//! `--format` and `--output-dir`: one run, any number of outputs, at most one of them on standard output.

use crate::findings::selection::closest;
use crate::report::{self, Context, Format, Report, Style};
use crate::system::{System, explain};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, Error, ValueEnum};
use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Outputs {
    /// How to print, and where to: standard output, or a FILE (repeatable)
    ///
    /// What has no FILE goes to standard output, which gets `human` where every other format has one.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Parser)]
    format: Vec<Output>,

    /// Write each --format into this folder, under its FILE or a name of its own such as keyless.json
    #[arg(long, value_name = "DIR", requires = "format")]
    output_dir: Option<PathBuf>,

    /// Leave suppressed findings out of SARIF and JUnit
    ///
    /// GitHub's code scanning does not know that they are suppressed, and would open an alert for each.
    #[arg(long)]
    pub(super) hide_suppressed: bool,
}

/// A format, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Output {
    name: FormatName,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// Nothing was said: standard output, or its own name in `--output-dir`.
    Unsaid,
    /// `-`.
    Standard,
    File(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    Human,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Markdown,
    Html,
    Checkstyle,
    Rdjson,
}

impl FormatName {
    /// What its file is called in a folder of outputs.
    fn file_name(self) -> &'static str {
        match self {
            Self::Human => "keyless.txt",
            Self::Concise => "keyless-concise.txt",
            Self::Json => "keyless.json",
            Self::Jsonl => "keyless.jsonl",
            Self::Sarif => "keyless.sarif",
            Self::Github => "keyless-github.txt",
            Self::Gitlab => "gl-code-quality-report.json",
            Self::Junit => "keyless-junit.xml",
            Self::Markdown => "keyless.md",
            Self::Html => "keyless.html",
            Self::Checkstyle => "keyless-checkstyle.xml",
            Self::Rdjson => "keyless-rdjson.json",
        }
    }

    /// Whether it carries fixes that can be applied. Those for people do without: to try fixes takes a second run and more.
    fn has_fixes(self) -> bool {
        match self {
            Self::Json | Self::Jsonl | Self::Sarif | Self::Rdjson => true,
            Self::Human
            | Self::Concise
            | Self::Markdown
            | Self::Html
            | Self::Github
            | Self::Gitlab
            | Self::Junit
            | Self::Checkstyle => false,
        }
    }

    fn format(self, on_terminal: bool) -> Format {
        match self {
            Self::Human if on_terminal => {
                let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
                let is_terminal = io::stdout().is_terminal();
                Format::Human(Box::new(Style::detect(is_terminal, width, |name| std::env::var_os(name))))
            }
            Self::Human => Format::Human(Box::new(Style::plain())),
            Self::Concise => Format::Concise,
            Self::Json => Format::Json,
            Self::Jsonl => Format::Jsonl,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
            Self::Gitlab => Format::Gitlab,
            Self::Junit => Format::Junit,
            Self::Markdown => Format::Markdown,
            Self::Html => Format::Html,
            Self::Checkstyle => Format::Checkstyle,
            Self::Rdjson => Format::Rdjson,
        }
    }
}

impl Outputs {
    /// Writes every output, files first: who closes the pipe must not lose them.
    pub(super) fn write(
        &self,
        report: &Report,
        context: Context<'_>,
        system: &dyn System,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let planned = self.planned()?;
        let mut first_error = None;
        for (name, path) in &planned {
            let Some(path) = path else { continue };
            let mut bytes = Vec::new();
            report::write(&name.format(false), report, context, &mut bytes)?;
            if let Err(error) = system.replace(path, &bytes) {
                let error = io::Error::other(format!("{}: {}", path.display(), explain(&error)));
                first_error = first_error.or(Some(error));
            }
        }
        let standard = planned.iter().find(|(_, path)| path.is_none());
        let name = standard.map_or(FormatName::Human, |(name, _)| *name);
        report::write(&name.format(true), report, context, out)?;
        first_error.map_or(Ok(()), Err)
    }

    /// Whether any of them carries fixes that can be applied.
    pub(super) fn has_fixes(&self) -> bool {
        self.format.iter().any(|output| output.name.has_fixes())
    }

    /// Whether nothing else than SARIF on standard output is asked for.
    pub(super) fn is_sarif_at_most(&self) -> bool {
        let is_standard = |output: &Output| output.name == FormatName::Sarif && self.path(output).is_none();
        self.format.iter().all(is_standard)
    }

    /// What is wrong with the outputs as they are asked for, before any work is done.
    pub(super) fn validate(&self) -> Result<(), Error> {
        self.planned()
            .map(drop)
            .map_err(|error| Error::raw(ErrorKind::ArgumentConflict, format!("{error}\n")))
    }

    /// Each output with its file; without one it goes to standard output.
    fn planned(&self) -> io::Result<Vec<(FormatName, Option<PathBuf>)>> {
        let mut planned: Vec<(FormatName, Option<PathBuf>)> = Vec::new();
        for output in &self.format {
            let path = self.path(output);
            let same = |other: &Option<PathBuf>| other.as_deref().map(plain) == path.as_deref().map(plain);
            if let Some((known, _)) = planned.iter().find(|(_, other)| same(other)) {
                let (known, name) = (word(*known), word(output.name));
                let place = path.map_or("standard output".to_owned(), |path| format!("`{}`", path.display()));
                let message = format!(
                    "`--format {known}` and `--format {name}` both go to {place}; give one a file: `--format {name}=FILE`"
                );
                return Err(io::Error::other(message));
            }
            planned.push((output.name, path));
        }
        Ok(planned)
    }

    fn path(&self, output: &Output) -> Option<PathBuf> {
        let folder = self.output_dir.as_deref();
        match (&output.target, folder) {
            (Target::Standard, _) | (Target::Unsaid, None) => None,
            (Target::Unsaid, Some(folder)) => Some(folder.join(output.name.file_name())),
            (Target::File(file), folder) => Some(folder.unwrap_or(Path::new("")).join(file)),
        }
    }
}

/// `./a` is the file `a`, which two outputs would overwrite.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

fn word(name: FormatName) -> String {
    name.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Reads `FORMAT[=FILE]`; completions know the formats.
#[derive(Debug, Clone)]
struct Parser;

impl TypedValueParser for Parser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, Error> {
        let said = value.to_string_lossy();
        let (name, target) = match said.split_once('=') {
            None => (&*said, Target::Unsaid),
            Some((name, "-")) => (name, Target::Standard),
            Some((name, file)) => (name, Target::File(file.into())),
        };
        let is_empty = matches!(&target, Target::File(file) if file.as_os_str().is_empty());
        let invalid = |why: String| {
            let flag = arg.map_or_else(|| "--format".to_owned(), ToString::to_string);
            Error::raw(ErrorKind::InvalidValue, format!("invalid value '{said}' for '{flag}': {why}\n"))
                .with_cmd(command)
        };
        if is_empty {
            return Err(invalid("no file after `=`".to_owned()));
        }
        let name = FormatName::from_str(name, true).map_err(|_| {
            let known: Vec<String> = FormatName::value_variants().iter().map(|name| word(*name)).collect();
            let hint = closest(name, known.iter().map(String::as_str));
            let hint = hint.map_or(String::new(), |hint| format!("; did you mean `{hint}`?"));
            invalid(format!("no such format{hint} [possible values: {}]", known.join(", ")))
        })?;
        Ok(Output { name, target })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FormatName::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}
