//! Whether somebody watches over the root user and over long-lived credentials.
//!
//! What is missing is missed by a resource that makes it relevant: an organization, a trail, a recorder. It is looked for in
//! what is deployed with it: a root module with the modules that it calls, a stack with its nested stacks, the stacks of a
//! cloud assembly. Where a part of that is not here, the question stays open.

mod alarm;
mod answer;
mod around;
mod organization;
mod root;
mod rules;
mod switches;
mod trail;

use super::concept::Fact;
use super::fact::{Guarding, Organization, Recorder, Trail};
use super::subject::{Anchor, Subject};
use super::worlds::{self, Fork, World};
use super::{Facts, cdk, place};
use crate::catalog::oversight as catalog;
use crate::model::{BlockKind, Domain, Frontend, Project, Resource, Unit};
use crate::source::{Site, Sources};
use answer::Answer;
use around::Around;

type Ask = fn(&World<'_>, &Around<'_>, &Resource) -> Result<Answer, Fork>;

/// A field of a fact, and how it is found out.
struct Question {
    field: &'static str,
    ask: Ask,
}

static ORGANIZATION: [Question; 4] = [
    Question {
        field: "root_credentials",
        ask: |world, around, anchor| match trusted(anchor) {
            Some(_) => organization::feature(world, around, catalog::ROOT_CREDENTIALS),
            None => Ok(Answer::new(Guarding::NotApplicable)),
        },
    },
    Question {
        field: "root_sessions",
        ask: |world, around, anchor| match trusted(anchor) {
            Some(_) => organization::feature(world, around, catalog::ROOT_SESSIONS),
            None => Ok(Answer::new(Guarding::NotApplicable)),
        },
    },
    Question {
        field: "trusted_access",
        ask: |world, around, anchor| organization::trusts(world, around, anchor, trusted(anchor)),
    },
    Question { field: "root_policy", ask: |world, around, _| organization::policy(world, around) },
];

static TRAIL: [Question; 1] = [Question {
    field: "root_alarm",
    ask: |world, around, anchor| match catalog::anchor(&anchor.type_name) {
        Some(catalog::Anchor::Trail(selectors)) if !trail::keeps_use(world, anchor, &selectors)? => {
            Ok(Answer::new(Guarding::NotApplicable))
        }
        Some(_) | None => alarm::alarm(world, around),
    },
}];

static RECORDER: [Question; 3] = [
    Question {
        field: "root_keys",
        ask: |world, around, _| rules::any(world, around, &catalog::ROOT_KEY_RULES),
    },
    Question {
        field: "root_mfa",
        ask: |world, around, _| {
            // Who has no credentials needs no second factor.
            let removed = organization::feature(world, around, catalog::ROOT_CREDENTIALS)?;
            Ok(removed.or(rules::any(world, around, &catalog::ROOT_MFA_RULES)?))
        },
    },
    Question {
        field: "credentials",
        ask: |world, around, _| rules::any(world, around, &catalog::CREDENTIAL_RULES),
    },
];

fn trusted(anchor: &Resource) -> Option<&'static str> {
    match catalog::anchor(&anchor.type_name) {
        Some(catalog::Anchor::Organization { trusted }) => trusted,
        Some(catalog::Anchor::Trail(_) | catalog::Anchor::Recorder) | None => None,
    }
}

/// The fact that answers make, in the order of the questions.
type Make = fn(&[Guarding]) -> Fact;

/// The questions that a resource raises, and the fact that the answers make.
fn asked(kind: catalog::Anchor) -> (&'static [Question], Make) {
    const fn at(said: &[Guarding], at: usize) -> Guarding {
        if at < said.len() { said[at] } else { Guarding::Unknown }
    }
    match kind {
        catalog::Anchor::Organization { .. } => (&ORGANIZATION, |said| {
            let organization = Organization {
                root_credentials: at(said, 0),
                root_sessions: at(said, 1),
                trusted_access: at(said, 2),
                root_policy: at(said, 3),
            };
            organization.into()
        }),
        catalog::Anchor::Trail(_) => (&TRAIL, |said| Trail { root_alarm: at(said, 0) }.into()),
        catalog::Anchor::Recorder => (&RECORDER, |said| {
            Recorder { root_keys: at(said, 0), root_mfa: at(said, 1), credentials: at(said, 2) }.into()
        }),
    }
}

/// `others` are those that are deployed with the unit.
pub(crate) fn lower(unit: &Unit, others: &[&Unit], sources: &Sources) -> Facts {
    let mut facts = Facts::default();
    let around = Around::of(unit, sources);
    facts.extend(switches::lower(unit, &around));
    let managed = unit.resources.iter().filter(|resource| resource.kind == BlockKind::Managed);
    let anchors: Vec<(&Resource, catalog::Anchor)> =
        managed.filter_map(|resource| Some((resource, catalog::anchor(&resource.type_name)?))).collect();
    if anchors.is_empty() {
        return facts;
    }
    let others = others.iter().map(|unit| Around::of(unit, sources)).collect();
    let deployed = Deployed { unit, around, others };
    let mut missed = Vec::new();
    for (anchor, kind) in &anchors {
        let (questions, fact) = asked(*kind);
        for (said, mut subject) in deployed.answers(anchor, questions) {
            if let Frontend::Terraform | Frontend::Plan | Frontend::CloudFormation = unit.frontend {
                stand_with_first(&mut missed, &mut subject, questions, &said);
            }
            facts.push(fact(&said), subject);
        }
    }
    facts
}

/// What is missing is one thing to mend, whatever the number of those that miss it: it stands where it is missed first.
fn stand_with_first(
    missed: &mut Vec<(&'static str, Guarding, Anchor)>,
    subject: &mut Subject,
    questions: &[Question],
    said: &[Guarding],
) {
    for (question, state) in questions.iter().zip(said) {
        let Some(own) = subject.anchors.get_mut(question.field) else { continue };
        let known = missed.iter().find(|(field, known, first)| {
            *field == question.field && known == state && first.clone().at(own.site) == *own
        });
        match known {
            Some((_, _, first)) => own.site = first.site,
            None => missed.push((question.field, *state, own.clone())),
        }
    }
}

/// The other stacks of a unit's assembly.
pub(crate) fn others(project: &Project, at: usize) -> Vec<&Unit> {
    let Some(assembly) = project.units.get(at).and_then(|unit| unit.assembly.as_ref()) else {
        return Vec::new();
    };
    let units = project.units.iter().enumerate();
    let others = units.filter(|(other, unit)| *other != at && unit.assembly.as_ref() == Some(assembly));
    others.map(|(_, unit)| unit).collect()
}

/// A unit with what is deployed along with it.
struct Deployed<'u> {
    unit: &'u Unit,
    around: Around<'u>,
    others: Vec<Around<'u>>,
}

/// What is said in some branches of a template, in the order of the questions.
type Branch<'w> = (Vec<Answer>, Vec<&'w World<'w>>);

impl Deployed<'_> {
    /// The answers for one anchor, in each branch of a template in which it is there.
    fn answers(&self, anchor: &Resource, questions: &[Question]) -> Vec<(Vec<Guarding>, Subject)> {
        let own = anchor.condition.as_ref();
        let elsewhere: Vec<Answer> =
            questions.iter().map(|question| self.elsewhere(question, anchor)).collect();
        let incomplete = self.around.incomplete();
        let asked = worlds::ask(&self.unit.domain, own, |world| {
            let answers = questions.iter().zip(&elsewhere).map(|(question, elsewhere)| {
                let answer = (question.ask)(world, &self.around, anchor)?.or(elsewhere.clone());
                Ok(answer.unless(incomplete))
            });
            answers.collect::<Result<Vec<Answer>, Fork>>()
        });
        let Some(asked) = asked else {
            let open =
                questions.iter().map(|_| Answer::unknown("it depends on too many conditions")).collect();
            return vec![self.stated(anchor, questions, &[(open, Vec::new())], 0)];
        };
        let mut branches: Vec<Branch<'_>> = Vec::new();
        for (world, answers) in &asked {
            match branches.iter_mut().find(|(known, _)| known == answers) {
                Some((_, worlds)) => worlds.push(world),
                None => branches.push((answers.clone(), vec![world])),
            }
        }
        if let Frontend::Terraform | Frontend::Plan = self.unit.frontend {
            branches = merged(&self.unit.domain, branches);
        }
        (0..branches.len()).map(|at| self.stated(anchor, questions, &branches, at)).collect()
    }

    /// What the other stacks of the assembly bring, in any of their branches.
    fn elsewhere(&self, question: &Question, anchor: &Resource) -> Answer {
        let answers = self.others.iter().map(|around| {
            let asked = worlds::ask(around.domain(), None, |world| (question.ask)(world, around, anchor));
            let answers = asked.into_iter().flatten().map(|(_, answer)| answer);
            answers.fold(Answer::absent(), Answer::or).unless(around.incomplete())
        });
        answers.fold(Answer::absent(), Answer::or)
    }

    fn stated(
        &self,
        anchor: &Resource,
        questions: &[Question],
        branches: &[Branch<'_>],
        at: usize,
    ) -> (Vec<Guarding>, Subject) {
        let mut subject = place::subject(self.unit, anchor);
        let own = anchor.condition.as_ref();
        let domain = &self.unit.domain;
        let Some((answers, _)) = branches.get(at) else { return (Vec::new(), subject) };
        for (index, (question, answer)) in questions.iter().zip(answers).enumerate() {
            // Branches that differ in another answer alone are no branches of this one.
            let alike: Vec<_> =
                branches.iter().filter(|(other, _)| other.get(index) == Some(answer)).collect();
            let worlds: Vec<&World<'_>> = match alike.len() < branches.len() {
                true => alike.iter().flat_map(|(_, worlds)| worlds.iter().copied()).collect(),
                false => Vec::new(),
            };
            let mut place = Anchor::new(place_of(anchor, question));
            place.related.clone_from(&answer.related);
            place.reason.clone_from(&answer.reason);
            place.when = Some(worlds::when(domain, own, &worlds));
            subject.anchors.insert(question.field, place);
        }
        cdk::stand_on_user_code(&mut subject, anchor);
        (answers.iter().map(|answer| answer.state).collect(), subject)
    }
}

/// Where an answer is missed: at the attribute that would give it, else at the resource.
fn place_of(anchor: &Resource, question: &Question) -> Site {
    let own = trusted(anchor).filter(|_| question.field == "trusted_access");
    let written = own.and_then(|path| anchor.body.entries_at(path).first().and_then(|entry| entry.key_site));
    written.unwrap_or(anchor.header)
}

/// A condition that nobody here decides leaves open what it decides.
fn merged<'w>(domain: &Domain, branches: Vec<Branch<'w>>) -> Vec<Branch<'w>> {
    let mut rest = branches.into_iter();
    let Some((mut answers, worlds)) = rest.next() else { return Vec::new() };
    let when = worlds::when(domain, None, &worlds);
    let when = if when.is_empty() { "a condition".to_owned() } else { when };
    for (others, _) in rest {
        for (answer, other) in answers.iter_mut().zip(&others) {
            if answer.state != other.state {
                *answer = Answer::unknown(format!("it depends on {when}"));
            }
        }
    }
    vec![(answers, worlds)]
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::Case;
    use crate::facts::{Concept, Fact, Guarding};
    use crate::model::Frontend;
    use serde_json::json;

    fn alarm(trail: Case, other: Case) -> Guarding {
        let mut case = trail;
        case.project.units.extend(other.project.units);
        let facts = case.facts();
        let trails: Vec<&Fact> = facts.of(Concept::Trails).iter().map(|(fact, _)| &**fact).collect();
        match trails[..] {
            [Fact::Trail(trail)] => trail.root_alarm,
            _ => panic!("{} trails", trails.len()),
        }
    }

    fn of(assembly: &'static str, case: Case) -> Case {
        case.edit(|unit| unit.assembly = Some(assembly.into()))
    }

    #[test]
    fn stacks_of_one_assembly_are_deployed_together_and_others_are_not() {
        let trail = || Case::new(Frontend::Cdk).with("AWS::CloudTrail::Trail", "Trail", json!({}));
        let rule = || {
            let pattern = json!({"detail": {"userIdentity": {"type": ["Root"]}}});
            let rule = json!({"EventPattern": pattern, "Targets": [{"Id": "a", "Arn": "b"}]});
            Case::new(Frontend::Cdk).with("AWS::Events::Rule", "Rule", rule)
        };
        assert_eq!(alarm(of("cdk.out", trail()), of("cdk.out", rule())), Guarding::Present);
        assert_eq!(alarm(of("cdk.out", trail()), of("other", rule())), Guarding::Absent);
        assert_eq!(alarm(trail(), rule()), Guarding::Absent);
        let open = of("cdk.out", Case::new(Frontend::Cdk)).edit(|unit| unit.incomplete = Some("x".into()));
        assert_eq!(alarm(of("cdk.out", trail()), open), Guarding::Unknown);
    }

    #[test]
    fn a_module_that_is_not_here_leaves_open_what_it_may_bring() {
        let trail = Case::terraform().with("aws_cloudtrail", "t.a", json!({}));
        let incomplete =
            trail.edit(|unit| unit.incomplete = Some("the source of `module.x` is elsewhere".into()));
        assert_eq!(alarm(incomplete, Case::terraform()), Guarding::Unknown);
    }
}
