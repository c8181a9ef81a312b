//! Which findings somebody took the responsibility for, with a reason.

use super::{Place, Suppression, SuppressionKind};
use crate::exceptions::{Day, Exception, Exceptions, Written};
use crate::facts::{Anchor, Concept, Subject};
use crate::model::Acknowledgement;
use crate::policies::Policy;
use crate::source::Site;
use std::collections::BTreeMap;

/// Everything that was said about findings.
#[derive(Debug, Clone, Copy)]
pub struct Silence<'a> {
    /// In apps of the CDK.
    pub acknowledged: &'a [Acknowledgement],
    /// In comments and metadata.
    pub exceptions: &'a Exceptions,
    pub today: Day,
}

/// An exception that names a finding's policy and holds for one of its places, whether or not it is in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// Position among the exceptions.
    pub exception: usize,
    /// The policy's code.
    pub code: String,
    /// Where the finding stands.
    pub at: Site,
    /// Its policy is mandatory: nothing silences it.
    pub mandatory: bool,
    /// Only a set that is off says it.
    pub asleep: bool,
}

impl Silence<'_> {
    /// The exceptions for a policy at these places, or for what made it, the narrowest first.
    pub(super) fn met(
        &self,
        policy: &Policy,
        places: impl IntoIterator<Item = Site>,
        subject: Option<&Subject>,
    ) -> Vec<usize> {
        if self.exceptions.is_empty() || policy.concept == Some(Concept::Exceptions) {
            return Vec::new();
        }
        let mut narrowest: BTreeMap<usize, usize> = BTreeMap::new();
        let made = subject.and_then(|subject| Some((subject.construct.as_deref()?, subject.template?)));
        let made =
            made.into_iter().flat_map(|(construct, file)| self.exceptions.of_construct(construct, file));
        for (exception, width) in places.into_iter().flat_map(|site| self.exceptions.at(site)).chain(made) {
            let known = narrowest.entry(exception).or_insert(width);
            *known = width.min(*known);
        }
        let names = |exception: &&(usize, usize)| {
            self.exceptions.all().get(exception.1).is_some_and(|exception| names(exception, policy))
        };
        let mut met: Vec<(usize, usize)> = narrowest.into_iter().map(|(at, width)| (width, at)).collect();
        met.sort_unstable();
        met.iter().filter(names).map(|(_, at)| *at).collect()
    }

    /// The first of these that is in force.
    pub(super) fn suppression(&self, policy: &Policy, met: &[usize]) -> Option<Suppression> {
        let all = met.iter().filter_map(|at| self.exceptions.all().get(*at));
        let mut holding = all.filter(|exception| !policy.mandatory && exception.holds(self.today));
        let exception = holding.next()?;
        let said = exception.said.as_ref().ok()?;
        Some(Suppression {
            kind: match exception.written {
                Written::Comment => SuppressionKind::Comment,
                Written::Metadata => SuppressionKind::Metadata,
            },
            reason: said.reason.clone(),
            until: said.until.map(|day| day.to_string()),
            place: Place { site: exception.site, label: "excepted here".to_owned() },
        })
    }
}

fn names(exception: &Exception, policy: &Policy) -> bool {
    let means = |text: &str| text.eq_ignore_ascii_case(&policy.id) || text.eq_ignore_ascii_case(&policy.name);
    exception.said.as_ref().is_ok_and(|said| said.policies.iter().any(|named| means(&named.text)))
}

/// The places at which an exception for a finding may stand: where it is told, the resource, the way of the value from its
/// literal on, the module calls that lead there, and of what a construct made, the template.
pub(super) fn places<'a>(
    primary: Site,
    subject: &'a Subject,
    anchor: &'a Anchor,
) -> impl Iterator<Item = Site> + use<'a> {
    let synthesized = move |site: &Site| Some(site.file) == subject.template;
    let made = anchor.related.iter().chain(&subject.header.related).map(|spot| spot.site).filter(synthesized);
    let way = anchor.chain.iter().chain(&subject.calls).map(|spot| spot.site);
    let own = subject.construct.is_some();
    [primary, anchor.site, subject.header.site].into_iter().chain(way).chain(made.filter(move |_| own))
}

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
