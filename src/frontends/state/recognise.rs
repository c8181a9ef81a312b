//! Which JSON is a state, by content alone.

use crate::findings::{Problem, ProblemKind};
use crate::frontends::cloudformation;
use crate::source::SourceFile;
use crate::syntax::doc::Raw;
use memchr::memmem;

/// The forms that a state has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Version 4, of Terraform 0.12 and later and of OpenTofu.
    Current,
    /// Versions 1 to 3, of Terraform 0.11 and before: attributes in one flat map of strings.
    Flat,
    /// What `terraform show -json` prints of a state.
    Shown,
    /// Of OpenTofu: nothing to be read, and nothing given away.
    Encrypted,
}

#[derive(Debug)]
pub enum Recognised {
    PassedOver,
    /// A state by its name or markers that cannot be parsed.
    Broken(Problem),
    State(Form),
}

/// Whether a file of this name is a state whatever it holds. Copies of other names are told by content.
#[must_use]
pub fn is_named(name: &str) -> bool {
    [".tfstate", ".tfstate.backup", ".tfstate.bak"].iter().any(|end| name.ends_with(end))
}

/// Whether a text is worth a closer look.
#[must_use]
pub fn sniff(text: &str) -> bool {
    let has = |needle: &str| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    begins_as_object(text) && (is_marked(text) || has("\"format_version\"") && has("\"values\""))
}

/// What a text is. `named`: its file's name says that it is a state.
#[must_use]
pub fn recognise(source: &SourceFile, named: bool) -> Recognised {
    let text = source.text();
    if !named && !sniff(text) || text.trim().is_empty() {
        return Recognised::PassedOver;
    }
    if named && !begins_as_object(text) {
        return without_content(source);
    }
    match Raw::document(text).and_then(form) {
        Ok(Some(form)) => Recognised::State(form),
        Ok(None) => Recognised::PassedOver,
        Err(error) if named || is_marked(text) => Recognised::Broken(cloudformation::problem(source, &error)),
        Err(_) => Recognised::PassedOver,
    }
}

/// What stands in a state's place where it is encrypted, or kept by Git LFS and not fetched.
fn without_content(source: &SourceFile) -> Recognised {
    let text = source.text().trim_start_matches('\u{feff}').trim_start();
    let encrypted = ["$ANSIBLE_VAULT", "-----BEGIN PGP", "-----BEGIN AGE", "age-encryption.org"];
    if encrypted.iter().any(|start| text.starts_with(start)) {
        return Recognised::PassedOver;
    }
    let message = if text.starts_with("version https://git-lfs") {
        "a state in Git LFS that was not fetched, not analysed"
    } else {
        "a state that is no JSON, not analysed"
    };
    let (path, message) = (source.path.clone(), message.to_owned());
    Recognised::Broken(Problem { kind: ProblemKind::Syntax, path, start: None, message })
}

fn begins_as_object(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

fn is_marked(text: &str) -> bool {
    let has = |needle: &str| memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    has("\"serial\"") && (has("\"lineage\"") || has("\"terraform_version\"") || has("\"modules\""))
}

fn form(root: Raw<'_>) -> Result<Option<Form>, crate::syntax::doc::ParseError> {
    let members = root.members()?;
    let get = |key: &str| members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| *value);
    let has = |key: &str| get(key).is_some();
    if has("planned_values") || has("resource_changes") || has("configuration") {
        return Ok(None);
    }
    if has("encrypted_data") && has("serial") {
        return Ok(Some(Form::Encrypted));
    }
    let version = get("version").and_then(|version| version.source().parse::<u32>().ok());
    let of_terraform = has("serial") || has("lineage") || has("terraform_version");
    let form = match version {
        Some(4) if of_terraform && (has("resources") || has("outputs")) => Some(Form::Current),
        Some(1..=3) if of_terraform && (has("modules") || has("backend")) => Some(Form::Flat),
        _ => None,
    };
    if form.is_some() {
        return Ok(form);
    }
    let Some(values) = get("values").filter(|_| has("format_version")) else { return Ok(None) };
    let inner = values.members()?;
    let is_shown = inner.iter().any(|(name, _)| name == "root_module" || name == "outputs");
    Ok(is_shown.then_some(Form::Shown))
}
