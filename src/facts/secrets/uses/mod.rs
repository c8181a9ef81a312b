//! Whether everything that the code makes of a named value is to say what a secret is called, or where it is kept. Such a
//! value is no secret, whatever its own name says.
//!
//! Looked for in the code as it is written, for the few values that would be told otherwise: every use counts, also that in
//! an attribute which nobody evaluates, in a branch that is not taken, and inside of a dynamic reference.

mod code;
mod template;

use crate::catalog;
use crate::catalog::pairs::{KINDS, NAMES, VALUES};
use crate::facts::holes::HOLE;
use crate::model::{Declaration, DeclarationKind, Unit};
use crate::secrets;
use crate::source::{Sources, folder_of};
use std::cell::OnceCell;

/// What was met of a value's uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Met {
    /// As what a secret is called.
    calls: bool,
    /// As anything else.
    other: bool,
}

impl Met {
    fn add(&mut self, other: Self) {
        self.calls |= other.calls;
        self.other |= other.other;
    }

    fn of(calls: bool) -> Self {
        Self { calls, other: !calls }
    }
}

/// The code that a unit's declarations are used in, read when somebody asks.
pub(super) struct Uses<'s> {
    sources: &'s Sources,
    code: OnceCell<code::Folders>,
}

impl<'s> Uses<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { sources, code: OnceCell::new() }
    }

    /// Whether a declared value, or the one at a key of it, only says what a secret is called. False where nothing uses it.
    pub(super) fn only_call(&self, unit: &Unit, declaration: &Declaration, inner: Option<&str>) -> bool {
        let name = &*declaration.name;
        let met = match declaration.kind {
            DeclarationKind::Variable => self.code().of_variable(&self.folder(declaration), name, inner),
            DeclarationKind::VariableValue => self.code().of_value(&self.folder(declaration), name, inner),
            DeclarationKind::Local => self.code().of_local(&self.folder(declaration), name, inner),
            DeclarationKind::ModuleInput => {
                let site = declaration.name_site;
                let path = self.sources.get(site.file).path.clone();
                self.code().of_input(&self.folder(declaration), (&path, site.span), inner)
            }
            DeclarationKind::Parameter => self.template(declaration, template::Wanted::Parameter(name)),
            DeclarationKind::Mapping => {
                self.template(declaration, template::Wanted::Mapped(name, inner.unwrap_or_default()))
            }
            // A file of values is a unit by itself.
            DeclarationKind::ParameterValue if unit.files.is_empty() && !unit.name.is_empty() => {
                self.beside(declaration, name)
            }
            DeclarationKind::ParameterValue
            | DeclarationKind::Output
            | DeclarationKind::RootOutput
            | DeclarationKind::ModuleOutput => Met::default(),
        };
        met.calls && !met.other
    }

    fn code(&self) -> &code::Folders {
        self.code.get_or_init(|| code::Folders::of(self.sources))
    }

    fn folder(&self, declaration: &Declaration) -> String {
        folder_of(&self.sources.get(declaration.name_site.file).path).to_owned()
    }

    /// Of a value for a parameter: the uses in templates in the folder of its file and the one above.
    fn beside(&self, declaration: &Declaration, name: &str) -> Met {
        let folder = self.folder(declaration);
        let folders = [&*folder, folder_of(&folder)];
        let mut met = Met::default();
        for source in self.sources.all() {
            let is_beside = folders.contains(&folder_of(&source.path));
            if is_beside && source.text().contains("Resources") && source.text().contains(name) {
                met.add(template::uses(source.text(), template::Wanted::Parameter(name)));
            }
        }
        met
    }

    fn template(&self, declaration: &Declaration, wanted: template::Wanted<'_>) -> Met {
        template::uses(self.sources.get(declaration.name_site.file).text(), wanted)
    }
}

/// Whether what stands at a key is what a secret is called. `beside` finds the text at a key of the same object.
fn calls_at<'t>(key: &str, beside: impl Fn(&str) -> Option<std::borrow::Cow<'t, str>>) -> bool {
    if !VALUES.contains(&key) {
        return secrets::says_where(key);
    }
    let stored = KINDS.iter().find_map(|kind| beside(kind)).is_some_and(|kind| catalog::names_a_store(&kind));
    stored || NAMES.iter().find_map(|name| beside(name)).is_some_and(|name| secrets::says_where(&name))
}

/// Whether what follows a text is what a secret is called: within an ARN or a dynamic reference, behind `--secret-id`,
/// `"valueFrom": "`, `SECRET_NAME=`. `None`: the text says nothing.
fn text_calls(lead: &str) -> Option<bool> {
    let line = lead.rsplit('\n').next().unwrap_or(lead);
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '=');
    let start = line.rfind(ends).map_or(0, |at| at + 1);
    let (before, token) = (line.get(..start)?, line.get(start..)?);
    let open = token.rfind("{{resolve:").and_then(|at| token.get(at..)).filter(|open| !open.contains("}}"));
    if let Some(open) = open {
        let service = open.trim_start_matches("{{resolve:");
        return Some(["secretsmanager:", "ssm:", "ssm-secure:"].iter().any(|kept| service.starts_with(kept)));
    }
    if token.contains("arn:") {
        return Some(true);
    }
    let head = before.trim_end_matches([' ', '\t', '"', '\'', '=', ':', '\\']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let word = head.rsplit(|c| !is_part(c)).next().unwrap_or_default();
    match (head.len() < before.len() && !word.is_empty(), lead.contains('\n')) {
        (true, _) => Some(secrets::says_where(word)),
        (false, true) => Some(false),
        (false, false) if before.chars().all(|c| ends(c) || c == HOLE) => None,
        (false, false) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::text_calls;

    #[test]
    fn what_stands_before_says_what_follows() {
        for (lead, expected) in [
            ("", None),
            ("prod/", None),
            ("{{resolve:secretsmanager:", Some(true)),
            ("{{resolve:ssm-secure:/app/", Some(true)),
            ("pg://app:{{resolve:secretsmanager:a}}@", None),
            ("{{resolve:other:", Some(false)),
            ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:", Some(true)),
            ("#!/bin/sh\naws secretsmanager get-secret-value --secret-id ", Some(true)),
            ("[{\"name\": \"PW\", \"valueFrom\": \"", Some(true)),
            ("export SECRET_NAME=", Some(true)),
            ("export DB_PASSWORD=", Some(false)),
            ("#!/bin/sh\nmysql -p", Some(false)),
            ("#!/bin/sh\n", Some(false)),
        ] {
            assert_eq!(text_calls(lead), expected, "{lead}");
        }
    }
}
