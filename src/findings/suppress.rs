//! Which findings somebody took the responsibility for, with a reason.

use super::{Place, Suppression, SuppressionKind};
use crate::facts::Subject;
use crate::model::Acknowledgement;
use crate::policies::Policy;

/// The acknowledgement that covers what a policy says of a subject: of several, the one that stands nearest above it.
///
/// <https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Validations.html>: it holds for the construct and all below
/// it, and for the rules that it names. Nothing covers what a mandatory policy says.
pub(super) fn acknowledged(
    policy: &Policy,
    subject: &Subject,
    acknowledged: &[Acknowledgement],
) -> Option<Suppression> {
    if policy.mandatory {
        return None;
    }
    let (construct, template) = (subject.construct.as_deref()?, subject.template?);
    let names = |said: &&Acknowledgement| *said.rule == *policy.id || *said.rule == *policy.name;
    let covering = acknowledged.iter().filter(names).filter(|said| said.covers(construct, template));
    let said = covering.max_by_key(|said| said.construct.len())?;
    let label = format!("acknowledged here for `{}`", said.construct);
    Some(Suppression {
        kind: SuppressionKind::Acknowledged,
        reason: said.reason.to_string(),
        until: None,
        place: Place { site: said.said_at, label },
    })
}
