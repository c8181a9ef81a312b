//! What files say of policies, held against the policies that there are.

use super::file::Layer;
use super::settings::is_called;
use crate::findings::Problem;
use crate::findings::selection::{matches, suggestion};
use crate::policies::Policy;

/// What a file says of policies that are none, and of options that they have not.
pub(super) fn unknown(layer: &Layer, policies: &[&Policy]) -> Vec<Problem> {
    let names: Vec<_> = policies.iter().map(|known| (known.id.as_str(), known.name.as_str())).collect();
    let hint = |term: &str| {
        suggestion(term, &names).map_or_else(String::new, |best| format!("; did you mean `{best}`?"))
    };
    let mut problems = Vec::new();
    let mut terms = |keys: &[&str], terms: &[String]| {
        for (at, term) in terms.iter().enumerate() {
            if !names.iter().any(|(id, name)| matches(term, id, name)) {
                let message = format!("no policy, name or family is called `{term}`{}", hint(term));
                problems.push(layer.problem(&[keys, &[at.to_string().as_str()]].concat(), message));
            }
        }
    };
    let written = &layer.written;
    terms(&["select"], written.select.as_deref().unwrap_or_default());
    terms(&["ignore"], &written.ignore);
    for (at, one) in written.overrides.iter().enumerate() {
        let at = at.to_string();
        terms(&["overrides", &at, "select"], one.select.as_deref().unwrap_or_default());
        terms(&["overrides", &at, "ignore"], &one.ignore);
    }
    let mut table = |keys: &[&str], key: &str| {
        let policy = policies.iter().find(|policy| is_called(key, &policy.id, &policy.name));
        if policy.is_none() {
            let message = format!("no policy is called `{key}`{}", hint(key));
            problems.push(layer.problem(&[keys, &[key]].concat(), message));
        }
        policy
    };
    for (at, one) in written.overrides.iter().enumerate() {
        let at = at.to_string();
        for key in one.policy.keys() {
            table(&["overrides", &at, "policy"], key);
        }
    }
    let known: Vec<_> =
        written.policy.iter().filter_map(|(key, said)| Some((key, table(&["policy"], key)?, said))).collect();
    for (key, policy, said) in known {
        for (name, value) in &said.options {
            let option = policy.options.iter().find(|option| option.name == *name);
            let wrong = match option {
                Some(option) => option.check(value).err(),
                None => match policy.options.iter().find(|option| option.key() == name) {
                    Some(option) => {
                        let (table, key) = option.name.split_once('.').unwrap_or_default();
                        Some(format!("this is set in the table `[{table}]`: `{key}`"))
                    }
                    None => Some(format!("`{}` has no option `{name}`", policy.id)),
                },
            };
            let keys = ["policy", key, "options", name];
            problems.extend(wrong.map(|message| layer.problem(&keys, message)));
        }
    }
    problems
}
