//! What becomes of the exceptions of a run: which of them were needed, and what the policies about exceptions say.

use super::placed::Placed;
use super::{CheckRequest, Read};
use crate::discover::Inventory;
use crate::exceptions::{Day, Exception, Exceptions, MAX_EXCEPTIONS, Said, Written, span_of};
use crate::facts::{self, Anchor, Concept, Effect, ExceptionForm, Facts, Names, Presence, Subject, Until};
use crate::findings::selection::{closest, family};
use crate::findings::{Listed, ListedPolicy, ListedState, Met, Place, Problem, ProblemKind, SuppressionKind};
use crate::model::Frontend;
use crate::policies::Policy;
use crate::source::{FileId, Site, SourceFile, Sources};
use litemap::LiteMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that decides what an exception comes to.
pub(super) struct Weighing<'a> {
    pub(super) request: &'a CheckRequest,
    pub(super) inventory: &'a Inventory,
    pub(super) placed: &'a Placed<'a>,
    pub(super) read: &'a Read,
    pub(super) sources: &'a Sources,
    pub(super) policies: &'a [&'a Policy],
    pub(super) exceptions: &'a Exceptions,
    pub(super) today: Day,
    /// Something could not be judged, so that what is found is not all that there is.
    pub(super) incomplete: bool,
    /// Policies that this run leaves out.
    pub(super) is_left_out: &'a dyn Fn(&Policy) -> bool,
}

/// What a name in an exception means.
enum Meant<'p> {
    Policy(&'p Policy),
    Family(Vec<&'p str>),
    Exceptions,
    Nothing(Option<&'p str>),
}

/// A file has more exceptions than count.
pub(super) fn crowded(source: &SourceFile) -> Problem {
    Problem {
        kind: ProblemKind::Limit,
        path: source.path.clone(),
        start: None,
        message: format!("more than {MAX_EXCEPTIONS} exceptions: those after them except nothing"),
    }
}

impl Weighing<'_> {
    /// The exceptions with what they come to, and facts about them. `met` are those that are about something.
    pub(super) fn weigh(&self, met: &[Met]) -> (Vec<Listed>, Facts) {
        let mut by_exception: BTreeMap<usize, Vec<&Met>> = BTreeMap::new();
        for met in met {
            by_exception.entry(met.exception).or_default().push(met);
        }
        let (mut listed, mut facts) = (Vec::new(), Facts::default());
        for (at, exception) in self.exceptions.all().iter().enumerate() {
            let met = by_exception.get(&at).map_or(&[][..], Vec::as_slice);
            listed.push(match &exception.said {
                Ok(said) => self.said(exception, said, met, &mut facts),
                Err(wrong) => {
                    let words = LiteMap::from_iter([("wrong", wrong.as_str().into())]);
                    facts.push(unclear(), subject(exception, Anchor::new(exception.site), words));
                    not_understood(exception, wrong.as_str())
                }
            });
        }
        (listed, facts)
    }

    fn said(&self, exception: &Exception, said: &Said, met: &[&Met], facts: &mut Facts) -> Listed {
        let days_left = said.until.map(|until| self.today.until(until));
        let mut policies = Vec::new();
        for named in &said.policies {
            let meant = self.meant(&named.text);
            let about = |met: &&&Met| match &meant {
                Meant::Policy(policy) => met.code == policy.id,
                Meant::Family(_) | Meant::Exceptions | Meant::Nothing(_) => false,
            };
            let found: Vec<&Met> = met.iter().filter(about).copied().collect();
            let effect = self.effect(exception, &meant, &found);
            let fact = facts::Exception {
                form: ExceptionForm::Sound,
                names: match &meant {
                    Meant::Policy(_) => Names::Policy,
                    Meant::Family(_) => Names::Family,
                    Meant::Exceptions => Names::Exceptions,
                    Meant::Nothing(_) => Names::Unknown,
                },
                reason: if said.reason.is_empty() { Presence::Absent } else { Presence::Present },
                until: match days_left {
                    None => Until::None,
                    Some(left) if left < 0 => Until::Past,
                    Some(_) => Until::Coming,
                },
                effect,
            };
            // What is written may be anything, and a fingerprint is made of no secret.
            let id = match &meant {
                Meant::Policy(policy) => policy.id.as_str(),
                Meant::Family(_) | Meant::Exceptions | Meant::Nothing(_) => "",
            };
            let words = words(&named.text, &meant, said);
            let name = Site::new(exception.site.file, span_of(named));
            let mut subject = subject(exception, Anchor::new(exception.site).attribute(id), words);
            subject.anchors.insert("names", Anchor::new(name).attribute(id));
            policies.push(ListedPolicy {
                named: named.text.clone(),
                findings: found.iter().filter(|met| !met.asleep).count(),
                state: state(&fact),
            });
            facts.push(fact, subject);
        }
        Listed {
            place: Place { site: exception.site, label: "excepted here".to_owned() },
            kind: kind(exception),
            of_file: said.of_file,
            policies,
            reason: said.reason.clone(),
            until: said.until,
            days_left,
            commit: None,
            age_days: None,
        }
    }

    fn meant(&self, name: &str) -> Meant<'_> {
        let means = |text: &str| name.eq_ignore_ascii_case(text);
        let is_about_code = |policy: &&&Policy| policy.concept != Some(Concept::Exceptions);
        if let Some(policy) = self.policies.iter().find(|policy| means(&policy.id) || means(&policy.name)) {
            return if is_about_code(&policy) { Meant::Policy(policy) } else { Meant::Exceptions };
        }
        let all = || self.policies.iter().filter(is_about_code);
        let stem = name.trim_end_matches('*');
        let members: Vec<&str> = all()
            .filter(|policy| name == "*" || stem.eq_ignore_ascii_case(family(&policy.id)))
            .map(|policy| policy.id.as_str())
            .collect();
        if members.is_empty() {
            Meant::Nothing(closest(name, all().flat_map(|policy| [policy.id.as_str(), &policy.name])))
        } else {
            Meant::Family(members)
        }
    }

    fn effect(&self, exception: &Exception, meant: &Meant<'_>, found: &[&Met]) -> Effect {
        let Meant::Policy(policy) = meant else { return Effect::Void };
        if !exception.holds(self.today) {
            return Effect::Void;
        }
        let told = || found.iter().filter(|met| !met.asleep);
        if told().any(|met| !met.mandatory) {
            Effect::Silences
        } else if told().next().is_some() {
            Effect::Overruled
        } else if found.is_empty() && self.sees_all(exception, policy) {
            Effect::Nothing
        } else {
            Effect::NotJudged
        }
    }

    /// Whether what an exception may be about would have been found by this run, if it were there.
    fn sees_all(&self, exception: &Exception, policy: &Policy) -> bool {
        let source = self.sources.get(exception.site.file);
        let (_, settings) = self.placed.of(exception.site.file);
        let is_judged = settings.configure(policy).is_some() && !(self.is_left_out)(policy);
        // Values of one environment say nothing of the others; so do the values of a plan, and a file without its callers.
        let given = &self.request.given;
        let is_whole =
            given.assignments.is_empty() && given.environment.is_empty() && given.parameters.is_empty();
        let is_brought = self.read.brought.contains(&source.path);
        let is_alone = self.inventory.names(&source.path) && is_terraform(&source.path);
        let leads_out = self.read.absent.iter().any(|absent| {
            let calls = absent.calls.iter().map(|(_, site)| *site).chain([absent.site]);
            calls.into_iter().any(|site| self.is_at(exception, site))
        });
        is_judged && is_whole && !is_brought && !is_alone && !leads_out && !self.incomplete
    }

    fn is_at(&self, exception: &Exception, site: Site) -> bool {
        self.exceptions
            .at(site)
            .any(|(at, _)| self.exceptions.all().get(at).is_some_and(|known| known.site == exception.site))
    }
}

fn is_terraform(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    crate::discover::kind_of_name(name).is_some_and(crate::discover::Kind::is_terraform)
}

fn kind(exception: &Exception) -> SuppressionKind {
    match exception.written {
        Written::Comment => SuppressionKind::Comment,
        Written::Metadata => SuppressionKind::Metadata,
    }
}

fn not_understood(exception: &Exception, wrong: &str) -> Listed {
    let policy = ListedPolicy { named: String::new(), findings: 0, state: ListedState::NotUnderstood };
    Listed {
        place: Place { site: exception.site, label: wrong.to_owned() },
        kind: kind(exception),
        of_file: false,
        policies: vec![policy],
        reason: String::new(),
        until: None,
        days_left: None,
        commit: None,
        age_days: None,
    }
}

fn unclear() -> facts::Exception {
    facts::Exception {
        form: ExceptionForm::Unclear,
        names: Names::NotApplicable,
        reason: Presence::NotApplicable,
        until: Until::None,
        effect: Effect::Void,
    }
}

fn state(fact: &facts::Exception) -> ListedState {
    match (fact.form, fact.names, fact.reason, fact.until) {
        (ExceptionForm::Unclear, ..) => ListedState::NotUnderstood,
        (_, Names::Family | Names::Exceptions | Names::Unknown | Names::NotApplicable, ..) => {
            ListedState::NoPolicy
        }
        (_, Names::Policy, Presence::Absent, _) => ListedState::WithoutReason,
        (_, Names::Policy, _, Until::Past) => ListedState::Expired,
        (_, Names::Policy, _, Until::None | Until::Coming) => match fact.effect {
            Effect::Silences => ListedState::Used,
            Effect::Nothing => ListedState::Unused,
            Effect::Overruled => ListedState::Mandatory,
            Effect::NotJudged | Effect::Void => ListedState::NotJudged,
        },
    }
}

fn subject(exception: &Exception, header: Anchor, words: LiteMap<&'static str, Arc<str>>) -> Subject {
    Subject {
        // Exceptions stand where they are written, whatever the language.
        frontend: Frontend::CloudFormation,
        block: None,
        addresses: Vec::new(),
        construct: None,
        template: None::<FileId>,
        calls: Vec::new(),
        when: String::new(),
        header: header.at(exception.site),
        anchors: LiteMap::new_vec(),
        words,
    }
}

fn words(named: &str, meant: &Meant<'_>, said: &Said) -> LiteMap<&'static str, Arc<str>> {
    let hint = match meant {
        Meant::Policy(_) | Meant::Exceptions => String::new(),
        Meant::Family(members) => members.join(", "),
        Meant::Nothing(Some(close)) => format!("did you mean `{close}`? "),
        Meant::Nothing(None) => String::new(),
    };
    LiteMap::from_iter([
        ("named", named.into()),
        ("hint", hint.into()),
        ("until", said.until.map_or_else(String::new, |until| until.to_string()).into()),
    ])
}
