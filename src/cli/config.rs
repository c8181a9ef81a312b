//! `keyless config`: what is configured for a path, and which file says it.

use super::args::Settings as Arguments;
use super::{CLEAN, Done, NOT_JUDGED};
use crate::config::{Configs, Flags, Settings, State, Wanted};
use crate::discover::root_of;
use crate::facts::AccountDefault;
use crate::findings::Problem;
use crate::policies::{Policy, Set, builtin};
use crate::system::{FileKind, Root, System, explain};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(arguments: &Arguments, system: &dyn System, out: &mut dyn Write) -> Done {
    let policies = match builtin() {
        Ok(policies) => policies,
        Err(error) => return failed(&error.to_string()),
    };
    match of_path(&arguments.path, arguments.configuration.wanted(), &policies, system) {
        Ok((settings, problems)) => {
            let code = if problems.is_empty() { CLEAN } else { NOT_JUDGED };
            let written = tell(&problems).and_then(|()| print(&settings, &policies, out));
            Done { code, written }
        }
        Err(message) => failed(&message),
    }
}

fn failed(message: &str) -> Done {
    Done { code: NOT_JUDGED, written: writeln!(io::stderr(), "keyless: {message}") }
}

/// What holds for a path, and what is wrong with the files that say it.
pub(super) fn of_path(
    path: &Path,
    wanted: Wanted,
    policies: &[Policy],
    system: &dyn System,
) -> Result<(Arc<Settings>, Vec<Problem>), String> {
    let absolute = system.working_folder().and_then(|folder| system.canonical(&folder.join(path)));
    let found = absolute.and_then(|real| Ok((system.kind(&real)?, real)));
    let (kind, real) = found.map_err(|error| format!("{}: {}", path.display(), explain(&error)))?;
    // What holds in a folder is what holds for a file in it.
    let file = if kind == FileKind::Folder { real.join("*") } else { real };
    let root = Root::new(root_of(file.parent().unwrap_or(&file), system));
    let configs = Configs::new(wanted, Flags::default(), system);
    let (_, settings) = configs.settings(Some(&root), &file);
    // Codes of one's own policies are known where these are run.
    let problems = if configs.own().is_empty() {
        configs.problems(&policies.iter().collect::<Vec<_>>())
    } else {
        configs.problems_of_form()
    };
    Ok((settings, problems))
}

/// Says what is wrong with configuration files.
pub(super) fn tell(problems: &[Problem]) -> io::Result<()> {
    problems.iter().try_for_each(|problem| {
        let (path, message) = (problem.path.escape_debug(), problem.message.escape_debug());
        let place = problem.start.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        writeln!(io::stderr(), "keyless: {path}{place}: {message}")
    })
}

fn print(settings: &Settings, policies: &[Policy], out: &mut dyn Write) -> io::Result<()> {
    let files: Vec<&str> = settings.files().collect();
    if files.is_empty() {
        writeln!(out, "no configuration file")?;
    } else {
        writeln!(out, "configuration: {}", files.join(", then ").escape_debug())?;
    }
    writeln!(out, "strict = {}", settings.strict())?;
    writeln!(out, "fail-on = \"{}\"", settings.fail_on().as_str())?;
    match settings.account_default() {
        Some(AccountDefault::Required) => writeln!(out, "imds.account-default = \"required\"")?,
        Some(AccountDefault::Optional) => writeln!(out, "imds.account-default = \"optional\"")?,
        Some(AccountDefault::None | AccountDefault::Beaten) | None => {}
    }
    for pattern in settings.patterns() {
        writeln!(out, "secrets.patterns: {}", pattern.detector.id)?;
    }
    for own in settings.own() {
        let which = if own.only_mandatory { " (what is mandatory)" } else { "" };
        writeln!(out, "policies: {}{which}", own.path.display().to_string().escape_debug())?;
    }
    writeln!(out)?;
    let width = policies.iter().map(|policy| policy.name.len()).max().unwrap_or(0);
    policies.iter().try_for_each(|policy| {
        let state = settings.state(policy);
        let said = if state.said_by.is_empty() {
            String::new()
        } else {
            format!("  ({})", state.said_by.join(", "))
        };
        let line =
            format!("{:<7} {:<width$}  {}{}", policy.id, policy.name, words(&state), said.escape_debug());
        writeln!(out, "{}", line.trim_end())
    })
}

/// What holds of a policy, in words.
fn words(state: &State) -> String {
    let mut words = vec![if state.on { "on" } else { "off" }.to_owned()];
    words.push(set(state.set).to_owned());
    words.extend(state.severity.map(|severity| severity.as_str().to_owned()));
    words.extend(state.mandatory.then(|| "mandatory".to_owned()));
    words.extend(state.options.iter().map(|(name, value, _)| format!("{name} = {value}")));
    words.join(", ")
}

pub(super) fn set(set: Set) -> &'static str {
    match set {
        Set::Default => "default",
        Set::Strict => "strict",
    }
}
