//! Sessions that last too long: the limit in the place of the number.

use super::Draft;
use crate::catalog::iam::{self, Sessions};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;

/// The shortest that IAM takes as the longest session of a role.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
const SHORTEST_OF_A_ROLE: u32 = 3600;

pub(super) fn propose(ailing: Ailing<'_>) -> Option<Fix> {
    let anchor = ailing.anchor();
    let literal = ailing.origin();
    let source = ailing.file(literal.file)?;
    // The literal is all of the value, and not a piece of it.
    let written = source.slice(literal.span).trim_matches('"');
    if ailing.subject.words.get("duration").is_none_or(|duration| **duration != *written) {
        return None;
    }
    let is_set = ailing.case == "permission-set";
    let name = if is_set { "max_permission_set_seconds" } else { "max_role_seconds" };
    let limit: u32 = ailing.finding.basis.values.get(name)?.parse().ok()?;
    let attribute = anchor.attribute.rsplit('.').next().unwrap_or_default();
    let is_of = |kind| {
        let of = |address: &str| {
            let parts: Vec<&str> = address.rsplit('.').collect();
            parts
                .get(1)
                .and_then(|type_name| iam::sessions(type_name))
                .is_some_and(|(sessions, _)| sessions == kind)
        };
        ailing.subject.addresses.first().is_some_and(|address| of(address))
    };
    if limit < SHORTEST_OF_A_ROLE && is_of(Sessions::Role) {
        return None;
    }
    let text = if is_set { iso_8601(limit) } else { limit.to_string() };
    let because = format!(
        "`{attribute}` is updated in place, and sessions that have begun last as long as they were to"
    );
    let mut draft = Draft::new(format!("set `{attribute}` to {text}"), Effect::InPlace, because);
    draft.lower(Safety::Unsafe, "whoever asks for longer sessions is refused then");
    if !anchor.chain.is_empty() {
        draft.say("what else takes this value gets the lower one as well");
    }
    let quote = if source.slice(literal.span).starts_with('"') { "\"" } else { "" };
    draft.replace(&ailing, literal, format!("{quote}{text}{quote}"))?;
    draft.done(&ailing)
}

/// `PT8H`, `PT1H30M`.
fn iso_8601(seconds: u32) -> String {
    let parts = [(seconds / 3600, 'H'), (seconds % 3600 / 60, 'M'), (seconds % 60, 'S')];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    parts.fold("PT".to_owned(), |text, (number, unit)| format!("{text}{number}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::iso_8601;

    #[test]
    fn durations_are_written_in_the_largest_units() {
        for (seconds, text) in [(28800, "PT8H"), (5400, "PT1H30M"), (3601, "PT1H1S"), (3600, "PT1H")] {
            assert_eq!(iso_8601(seconds), text);
        }
    }
}
