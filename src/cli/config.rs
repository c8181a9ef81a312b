//! `keyless config`: what is configured for a path, and which file says it.

use super::args::Settings as Arguments;
use super::errors::errors;
use super::{CLEAN, Done, NOT_JUDGED};
use crate::config::{Configs, Flags, Settings, State, Wanted};
use crate::discover::root_of;
use crate::engine::own::{self, Own};
use crate::facts::AccountDefault;
use crate::findings::Problem;
use crate::policies::{Policy, Set, builtin};
use crate::system::{FileKind, Root, System, explain};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn run(arguments: &Arguments, system: &dyn System, out: &mut dyn Write) -> Done {
    match Here::new(&arguments.path, arguments.configuration.wanted(), &arguments.policy, system) {
        Ok(here) => {
            let written = tell(&here.problems).and_then(|()| print(&here, out));
            Done { code: here.code(), written }
        }
        Err(message) => Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {message}") },
    }
}

/// What holds for a path.
pub(super) struct Here {
    pub(super) settings: Arc<Settings>,
    /// Those of keyless, and the user's own.
    pub(super) policies: Vec<Policy>,
    pub(super) problems: Vec<Problem>,
}

impl Here {
    /// `own` are policies that the command line names.
    pub(super) fn new(
        path: &Path,
        wanted: Wanted,
        own: &[PathBuf],
        system: &dyn System,
    ) -> Result<Self, String> {
        let mut policies = builtin().map_err(|error| error.to_string())?;
        let absolute = system.working_folder().and_then(|folder| system.canonical(&folder.join(path)));
        let found = absolute.and_then(|real| Ok((system.kind(&real)?, real)));
        let (kind, real) = found.map_err(|error| format!("{}: {}", path.display(), explain(&error)))?;
        // What holds in a folder is what holds for a file in it.
        let file = if kind == FileKind::Folder { real.join("*") } else { real };
        let root = Root::new(root_of(file.parent().unwrap_or(&file), system));
        let configs = Configs::new(wanted, Flags::default(), system);
        let (_, settings) = configs.settings(Some(&root), &file);
        let own = Own::read(&own::paths(own, &configs), system);
        policies.extend(own.policies().cloned());
        let mut problems = configs.problems(&policies.iter().collect::<Vec<_>>());
        problems.extend(own.problems);
        Ok(Self { settings, policies, problems })
    }

    pub(super) fn code(&self) -> u8 {
        if self.problems.is_empty() { CLEAN } else { NOT_JUDGED }
    }
}

/// Says what is wrong with configuration files.
pub(super) fn tell(problems: &[Problem]) -> io::Result<()> {
    problems.iter().try_for_each(|problem| {
        let (path, message) = (problem.path.escape_debug(), problem.message.escape_debug());
        let place = problem.start.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        writeln!(errors(), "keyless: {path}{place}: {message}")
    })
}

fn print(here: &Here, out: &mut dyn Write) -> io::Result<()> {
    let Here { settings, policies, problems: _ } = here;
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
        Some(AccountDefault::None) | None => {}
    }
    for pattern in settings.patterns() {
        writeln!(out, "secrets.patterns: {}", pattern.detector.id)?;
    }
    for own in settings.own() {
        let which = if own.only_mandatory { " (what is mandatory)" } else { "" };
        writeln!(out, "policies: {}{which}", own.path.display().to_string().escape_debug())?;
    }
    writeln!(out)?;
    let wide = |of: fn(&Policy) -> &str| policies.iter().map(|policy| of(policy).len()).max().unwrap_or(0);
    let (codes, names) = (wide(|policy| &policy.id), wide(|policy| &policy.name));
    policies.iter().try_for_each(|policy| {
        let state = settings.state(policy);
        let said = if state.said_by.is_empty() {
            String::new()
        } else {
            format!("  ({})", state.said_by.join(", "))
        };
        let line = format!(
            "{:<codes$} {:<names$}  {}{}",
            policy.id,
            policy.name,
            words(&state),
            said.escape_debug()
        );
        writeln!(out, "{}", line.trim_end())
    })
}

/// What holds of a policy, in words.
pub(super) fn words(state: &State) -> String {
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
