//! Shorter sessions.

use super::blast;
use super::template::{Said, Template};
use crate::findings::{Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::doc::New;

/// The longest that the policies allow by themselves, and what AWS takes where nothing is said.
const SECONDS: [&str; 2] = ["14400", "3600"];
const DURATIONS: [&str; 2] = ["PT8H", "PT1H"];

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let header = ailing.subject.header.site;
    let Some(template) = Template::of(ailing, header) else { return Vec::new() };
    let Some(resource) = template.resource(header) else { return Vec::new() };
    let path = ailing.anchor().attribute.clone();
    if path.is_empty() {
        return Vec::new();
    }
    let Some(blast) = blast::of_property(&resource.type_name, &path) else { return Vec::new() };
    let is_duration = ailing.case == "permission-set" || resource.type_name == "AWS::SSO::PermissionSet";
    let values = if is_duration { DURATIONS } else { SECONDS };
    let steps: Vec<&str> = ["Properties"].into_iter().chain(path.split('.')).collect();
    let fix = |value: &'static str| {
        let new = if is_duration { New::text(value) } else { New::Word(value) };
        let ways = template.set(resource.step, &steps, &new)?;
        let said = Said {
            title: format!("set `{path}` to `{value}`"),
            safety: Safety::Unsafe,
            effect: blast.effect,
            because: blast.because.clone(),
            note: "whoever asks for longer sessions is refused: they have to ask for shorter ones first"
                .to_owned(),
        };
        template.fix(ways, said)
    };
    values.into_iter().filter_map(fix).collect()
}
