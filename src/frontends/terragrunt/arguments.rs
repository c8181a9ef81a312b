//! `extra_arguments`: values that Terragrunt hands to Terraform on the command line and in the environment.

use crate::model::{Kind, Value};
use crate::source::{Site, Span};
use std::sync::Arc;

/// `env_vars`: the variable of `TF_VAR_name`, else the name of the environment itself.
pub(super) fn of_environment(name: &str) -> &str {
    name.strip_prefix("TF_VAR_").unwrap_or(name)
}

/// The variables in a list of arguments: `-var name=value`, `-var=name=value`.
pub(super) fn variables(arguments: &Value) -> Vec<(Arc<str>, Value)> {
    let mut found = Vec::new();
    let mut expected = false;
    let Kind::List(items) = &arguments.kind else { return found };
    for item in items.iter() {
        let Some(text) = item.as_str() else {
            expected = false;
            continue;
        };
        let given = match text.strip_prefix("-var=").or_else(|| text.strip_prefix("--var=")) {
            Some(rest) => Some(rest),
            None => expected.then_some(text),
        };
        expected = matches!(text, "-var" | "--var");
        let Some((name, value)) = given.and_then(|given| given.trim_matches('\'').split_once('=')) else {
            continue;
        };
        let value = part(item, text, value);
        found.push((Arc::from(name.trim()), value));
    }
    found
}

/// A part of a text as a value of its own.
fn part(whole: &Value, text: &str, part: &str) -> Value {
    let value = Value::string(part);
    match whole.origin.literals().as_slice() {
        [site] if site.span.len() == text.len() => {
            let start = site.span.range().start + (part.as_ptr().addr() - text.as_ptr().addr());
            value.at(Site::new(site.file, Span::new(start, start + part.len())))
        }
        _ => Value { origin: whole.origin.clone(), ..value },
    }
}
