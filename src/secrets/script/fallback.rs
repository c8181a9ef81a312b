//! What scripts and programs take where a variable is not set: `${DB_PASSWORD:-…}`, `os.environ.get('DB_PASSWORD', '…')`,
//! `process.env.DB_PASSWORD || '…'`. Where nothing sets it, that is the secret.

use super::words::is_expanded;
use super::{Assigned, Line};
use crate::secrets::value::is_named_secret;
use std::ops::Range;

/// Calls that read a variable of the environment, or what is taken instead.
#[rustfmt::skip]
const READERS: &[&str] = &[
    "environ.get(", "getenv(", "ENV.fetch(", "env(", "Getenv(", "getEnv(", "EnvOrDefault(", "get_env(",
];

impl<'t> Line<'t> {
    /// The literal that is taken instead of what a name would be given.
    pub(super) fn fallback(&self, word: &Range<usize>) -> Option<Assigned<'t>> {
        let raw = self.text.get(word.clone())?;
        let name = raw.rsplit('.').next()?;
        let value = match raw.rsplit_once("env.") {
            Some((object, _)) if object.ends_with("process.") => self.otherwise(word.end)?,
            _ => self.of_shell(word).or_else(|| self.of_call(word))?,
        };
        let text = self.text.get(value.clone())?;
        let good = !is_expanded(text) && is_named_secret(name, text);
        good.then(|| Assigned { name, whole: word.end - name.len()..value.end, value })
    }

    /// `${NAME:-value}`, `${NAME:=value}`.
    fn of_shell(&self, word: &Range<usize>) -> Option<Range<usize>> {
        let inside = self.before(word.start).ends_with("${").then(|| self.from(word.end))?;
        let value = inside.strip_prefix(":-").or_else(|| inside.strip_prefix(":="))?;
        let value = value.get(..value.find('}')?)?;
        let bare = value.trim_matches(['"', '\'', '\\']);
        let start = word.end + 2 + (value.len() - value.trim_start_matches(['"', '\'', '\\']).len());
        (!bare.is_empty()).then_some(start..start + bare.len())
    }

    /// The second argument of what reads a variable, or what stands behind an "or".
    fn of_call(&self, word: &Range<usize>) -> Option<Range<usize>> {
        let quotes = ['"', '\'', '\\'];
        let before = self.before(word.start);
        let call = before.trim_end_matches(quotes);
        let is_read = READERS.iter().any(|reader| call.ends_with(reader))
            || call.ends_with("ENV[")
            || call.ends_with("environ[");
        if call.len() == before.len() || !is_read {
            return None;
        }
        let rest = self.from(word.end).trim_start_matches(quotes);
        match rest.strip_prefix(',') {
            Some(second) => self.quoted(self.end - second.len()),
            None => self.otherwise(self.end - rest.len()),
        }
    }

    /// `|| 'value'`, `?? 'value'`, `or 'value'`.
    fn otherwise(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.from(at).trim_start_matches([')', ']', ' ']);
        let value = ["||", "??", "or ", "?:"].iter().find_map(|sign| rest.strip_prefix(sign))?;
        self.quoted(self.end - value.len())
    }

    /// A text in quotes that begins behind spaces.
    pub(super) fn quoted(&self, at: usize) -> Option<Range<usize>> {
        self.from(at).trim_start().starts_with(['"', '\'', '\\']).then(|| self.value_at(at, false))?
    }
}
