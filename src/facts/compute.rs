//! Settles what is effectively so for everything that runs on EC2: own value, else the template's or configuration's,
//! else what the account does. States it for whatever launches, and for templates what their users make of them.

use super::branches::branches;
use super::fact::{
    AccountDefault, Compute, DecidedBy, Endpoint, HopLimit, HopLimitUnsaid, Host, Image, Imds, Presence,
    Profile, Role, TemplateVersion, Tokens, Users, YesNo,
};
use super::link::{Linked, Links};
use super::starts::{ProfileUse, Start, Use, starts, usage};
use super::stated::{Field, Stated};
use super::subject::{Anchor, Spot, Subject};
use super::worlds::{self, World};
use super::{Assumed, cdk, chunks, layers, place, wording};
use crate::catalog::compute::{self as catalog, ComputeType, DEFAULT_TOKENS, METADATA_DEFAULTS};
use crate::model::{BlockKind, Frontend, Kind, Resource, Unit};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Of session tokens of a launch configuration.
const UNSENT: &str = "is not sent: the provider does so only beside `http_endpoint = \"enabled\"`";

type Answers<'u> = Vec<(World<'u>, Vec<Start>)>;

pub(crate) fn lower(unit: &Unit, assumed: Assumed<'_>) -> Vec<(Compute, Subject)> {
    let links = Links::new(unit);
    let defaults: Vec<&Resource> =
        unit.resources.iter().filter(|resource| *resource.type_name == *METADATA_DEFAULTS).collect();
    let answers = chunks::each(&unit.resources, |at, resource, answers| {
        let kind = (resource.kind == BlockKind::Managed).then(|| catalog::find(&resource.type_name));
        let Some(kind) = kind.flatten() else { return };
        let asked = worlds::ask(&unit.domain, resource.condition.as_ref(), |world| {
            starts(world, unit, resource, kind, &links)
        });
        answers.push((at, kind, asked));
    });
    let mut uses: BTreeMap<usize, Vec<Use>> = BTreeMap::new();
    for (at, _, asked) in &answers {
        for start in asked.iter().flatten().flat_map(|(_, starts)| starts) {
            if let Some(template) = start.linked.any_version() {
                uses.entry(template).or_default().push(usage(*at, start));
            }
        }
    }
    let shared = Shared::default();
    let handed = links.handed(unit);
    chunks::each(&answers, |_, (at, kind, asked), facts| {
        let resource = &unit.resources[*at];
        let (said, default) = account_default(unit, &defaults, resource);
        let assumed = if said == AccountDefault::None { assumed(resource.block.file) } else { None };
        let account = assumed.unwrap_or(said);
        let lowering = Lowering {
            unit,
            account,
            default,
            assumed: assumed.is_some(),
            kind,
            resource,
            uses: &uses,
            shared: &shared,
            handed: &handed,
            at: *at,
        };
        lowering.resource(asked.as_ref(), facts);
    })
}

/// What the project sets for the account in the resource's region; only an undisputed default counts.
fn account_default<'u>(
    unit: &Unit,
    defaults: &[&'u Resource],
    resource: &Resource,
) -> (AccountDefault, Option<&'u Resource>) {
    let mut said = (AccountDefault::None, None);
    for default in defaults.iter().filter(|default| share_region(unit, default, resource)) {
        match text(default, DEFAULT_TOKENS).as_deref() {
            Some("required") if said.0 == AccountDefault::None => {
                said = (AccountDefault::Required, Some(*default));
            }
            Some("required" | "no-preference") | None => {}
            Some(_) => said = (AccountDefault::Optional, Some(*default)),
        }
    }
    said
}

fn text(resource: &Resource, path: &str) -> Option<Arc<str>> {
    resource.body.entries_at(path).first().and_then(|entry| entry.value.to_text())
}

/// Whether two resources are made by one provider configuration in one region: their own, else the provider's.
fn share_region(unit: &Unit, one: &Resource, other: &Resource) -> bool {
    let provider = text(one, "provider");
    if provider != text(other, "provider") {
        return false;
    }
    let own = |resource: &Resource| {
        let entry = resource.body.entries_at("region").first().map(|entry| entry.value.kind.clone());
        entry.filter(|kind| *kind != Kind::Null)
    };
    let (one, other) = (own(one), own(other));
    one == other || {
        let is_provider = |resource: &&Resource| {
            resource.kind == BlockKind::Provider && Some(&resource.address) == provider.as_ref()
        };
        let inherited = unit.resources.iter().find(is_provider).and_then(own);
        inherited.is_some() && one.or_else(|| inherited.clone()) == other.or_else(|| inherited.clone())
    }
}

struct Lowering<'u> {
    unit: &'u Unit,
    account: AccountDefault,
    /// What says so in the code.
    default: Option<&'u Resource>,
    /// The code does not say it: the configuration does.
    assumed: bool,
    kind: &'static ComputeType,
    resource: &'u Resource,
    uses: &'u BTreeMap<usize, Vec<Use>>,
    shared: &'u Shared,
    /// Modules from elsewhere that may launch from a template.
    handed: &'u FxHashMap<usize, &'u str>,
    at: usize,
}

/// Words that subjects have in common: instances are many, and say the same.
#[derive(Default)]
struct Shared(Mutex<FxHashSet<Arc<str>>>);

impl Shared {
    fn word(&self, text: impl AsRef<str>) -> Arc<str> {
        let text = text.as_ref();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = known.get(text) {
            return Arc::clone(word);
        }
        let word: Arc<str> = text.into();
        known.insert(Arc::clone(&word));
        word
    }
}

impl Lowering<'_> {
    fn resource(&self, asked: Option<&Answers<'_>>, facts: &mut Vec<(Compute, Subject)>) {
        let Some(answers) = asked else {
            facts.push(self.not_analysed());
            return;
        };
        let launches = answers.iter().map(|(_, starts)| starts.len()).max().unwrap_or(0);
        for at in 0..launches {
            let worlds: Vec<(&World<'_>, (Compute, Subject))> = answers
                .iter()
                .filter_map(|(world, starts)| Some((world, starts.get(at)?)))
                .filter(|(_, start)| !self.is_idle(start))
                .map(|(world, start)| (world, self.fact(start)))
                .collect();
            match self.unit.frontend {
                Frontend::Terraform | Frontend::Plan => facts.extend(self.merged(worlds)),
                Frontend::CloudFormation | Frontend::Cdk => {
                    branches(&self.unit.domain, self.resource.condition.as_ref(), worlds, facts);
                }
            }
        }
    }

    /// A security configuration is mostly about other things: what it leaves unsaid is missed by its clusters alone.
    fn is_idle(&self, start: &Start) -> bool {
        self.kind.role == catalog::Role::SecurityConfiguration
            && start.own.tokens.0 == Tokens::Absent
            && !self.uses.contains_key(&self.at)
    }

    /// A condition that nobody here decides leaves open what it decides.
    fn merged(&self, worlds: Vec<(&World<'_>, (Compute, Subject))>) -> Option<(Compute, Subject)> {
        let mut worlds = worlds.into_iter();
        let (first, (mut fact, mut subject)) = worlds.next()?;
        for (_, (other, _)) in worlds {
            let when = worlds::when(&self.unit.domain, None, &[first]);
            let reason = if when.is_empty() {
                "it depends on a condition".into()
            } else {
                format!("it depends on {when}")
            };
            if fact.profile != other.profile {
                fact.profile =
                    Profile { state: Presence::Unknown, decided_by: DecidedBy::Own, ..fact.profile };
                set_reason(&mut subject, "profile", &reason);
            }
            if fact.imds.tokens != other.imds.tokens {
                fact.imds.tokens = Tokens::Unknown;
                fact.imds.decided_by = DecidedBy::Own;
                set_reason(&mut subject, "tokens", &reason);
            }
            if fact.imds.endpoint != other.imds.endpoint {
                fact.imds.endpoint = Endpoint::Unknown;
                set_reason(&mut subject, "tokens", &reason);
            }
            if fact.imds.hop_limit != other.imds.hop_limit {
                fact.imds.hop_limit = HopLimit::Other(HopLimitUnsaid::Unknown);
            }
        }
        Some((fact, subject))
    }

    fn fact(&self, start: &Start) -> (Compute, Subject) {
        if self.kind.role == catalog::Role::Launches { self.launch(start) } else { self.template(start) }
    }

    /// A template or configuration, as a layer.
    fn layer(&self, at: usize) -> DecidedBy {
        let kind = self.unit.resources.get(at).and_then(|resource| catalog::find(&resource.type_name));
        match kind.map(|kind| kind.role) {
            Some(catalog::Role::LaunchConfiguration | catalog::Role::SecurityConfiguration) => {
                DecidedBy::Configuration
            }
            Some(catalog::Role::LaunchTemplate | catalog::Role::Launches) | None => DecidedBy::Template,
        }
    }

    /// Who decides on tokens where no code of a launch does.
    fn fallback(&self, start: &Start) -> DecidedBy {
        match (self.account, self.image(start)) {
            (AccountDefault::Required | AccountDefault::Optional, _) => DecidedBy::Account,
            (AccountDefault::None, Image::Required) => DecidedBy::Image,
            (AccountDefault::None, Image::None | Image::Beaten) => DecidedBy::Service,
        }
    }

    /// Who decides, in words, and the places of those that do or are beaten.
    fn say_layers(&self, start: &Start, by: DecidedBy, subject: &mut Subject) {
        let template = match start.linked {
            Linked::To(at) => self.unit.resources.get(at),
            Linked::Nothing | Linked::Elsewhere { .. } => None,
        };
        let is_template = self.kind.role != catalog::Role::Launches;
        let said = layers::Said {
            by,
            kind: self.kind.kind,
            host: self.host(),
            is_template,
            template: template.map(|template| &*template.address),
            version: start.version.said.as_deref(),
            account: self.account,
        };
        subject.words.insert("layer", self.shared.word(layers::tokens(&said)));
        subject.words.insert("roleless", self.shared.word(layers::no_profile(self.kind.kind, said.template)));
        let mut beside: Vec<Spot> = Vec::new();
        if let (Some(template), Some(inherited), DecidedBy::Own | DecidedBy::Override) =
            (template, &start.inherited, by)
            && let (Tokens::Required | Tokens::Optional, Some(at)) = &inherited.tokens
            && start.own.tokens.0 != Tokens::Absent
        {
            let what = format!("`{}` says it here, and is beaten", template.address);
            beside.push(Spot::new(at.site, what));
        }
        if let (DecidedBy::Account, Some(default)) = (by, self.default) {
            let what = format!("`{}` is what decides", default.address);
            beside.push(Spot::new(default.header, what));
        }
        if !beside.is_empty() {
            let header = subject.header.clone();
            subject.anchors.entry("tokens").or_insert(header).related.extend(beside);
        }
    }

    fn host(&self) -> Host {
        if self.kind.managed { Host::Service } else { Host::Account }
    }

    /// The profile that a launch gets, and what decides it.
    fn profile_of(&self, start: &Start) -> (Field<Presence>, DecidedBy) {
        let (own, place) = start.own.profile.clone();
        if own != Presence::Absent {
            return ((own, place), said_by(start));
        }
        match (&start.linked, &start.inherited) {
            (Linked::To(at), Some(said)) => {
                let shared = said.profile.0 != Presence::Absent || self.profile_users(*at) != Users::Mixed;
                let by = if shared { self.layer(*at) } else { DecidedBy::Nobody };
                ((said.profile.0, place), by)
            }
            (Linked::Elsewhere { reason, .. }, _) => {
                let place = place.unwrap_or_else(|| self.header(start)).because(reason);
                ((Presence::Unknown, Some(place)), DecidedBy::Elsewhere)
            }
            (Linked::To(_) | Linked::Nothing, _) => ((Presence::Absent, place), DecidedBy::Nobody),
        }
    }

    /// Whether session tokens are required of a launch, and what decides it.
    fn tokens_of(&self, start: &Start) -> (Field<Tokens>, DecidedBy) {
        if start.own.tokens.0 != Tokens::Absent {
            return (start.own.tokens.clone(), said_by(start));
        }
        match (&start.linked, &start.inherited) {
            // A template that switches the service off is fine as it stands: who switches it on again decides.
            (Linked::To(_), Some(said)) if switches_on(start, said) => match said.tokens.0 {
                Tokens::Absent => ((Tokens::Absent, start.own.block.clone()), self.fallback(start)),
                Tokens::Required | Tokens::Optional | Tokens::Unknown | Tokens::NotApplicable => {
                    (said.tokens.clone(), DecidedBy::Own)
                }
            },
            (Linked::To(at), Some(said)) => (said.tokens.clone(), self.layer(*at)),
            (Linked::Elsewhere { reason, .. }, _) => {
                ((Tokens::Unknown, Some(self.header(start).because(reason))), DecidedBy::Elsewhere)
            }
            (Linked::To(_) | Linked::Nothing, _) => {
                ((Tokens::Absent, start.own.block.clone()), self.fallback(start))
            }
        }
    }

    fn launch(&self, start: &Start) -> (Compute, Subject) {
        let (profile, profile_by) = self.profile_of(start);
        let (tokens, tokens_by) = self.tokens_of(start);
        let inherited = start.inherited.as_ref();
        let endpoint = match (&start.own.endpoint, inherited) {
            ((Endpoint::Absent, _), Some(said)) => said.endpoint.clone(),
            (own, _) => own.clone(),
        };
        // A template's own is the template's to mend.
        let (hop_limit, hops_at) = start.own.hop_limit.clone();
        let imds = Imds {
            endpoint: endpoint.0,
            tokens: tokens.0,
            decided_by: tokens_by,
            choosable: YesNo::from(self.choice(start, tokens.0).is_some()),
            settable: YesNo::from(start.settable),
            hop_limit,
            account_default: self.account,
            image: self.image(start),
            users: Users::NotApplicable,
        };
        let profile_fact = Profile { state: profile.0, decided_by: profile_by, users: Users::NotApplicable };
        let fields = [
            ("profile", profile.1),
            ("tokens", tokens.1),
            ("endpoint", endpoint.1),
            ("hop_limit", hops_at),
            ("version", start.version.anchor.clone()),
        ];
        let subject = self.subject(start, tokens_by, fields);
        (self.compute(Role::Launch, start.version.state, profile_fact, imds), subject)
    }

    fn template(&self, start: &Start) -> (Compute, Subject) {
        let Stated { profile, endpoint, tokens, hop_limit, unsent, block, choice: _ } = start.own.clone();
        let copied = match &start.linked {
            Linked::Elsewhere { reason, .. } => Some(reason.clone()),
            Linked::Nothing | Linked::To(_) => None,
        };
        let mut state = profile.0;
        let mut token_state = tokens.0;
        let mut by = [
            if profile.1.is_some() { DecidedBy::Own } else { DecidedBy::Nobody },
            if tokens.1.is_some() { DecidedBy::Own } else { self.fallback(start) },
        ];
        let mut profile_at = profile.1.unwrap_or_else(|| self.header(start));
        let mut tokens_at = tokens.1.or_else(|| block.clone()).unwrap_or_else(|| self.header(start));
        if let Some(reason) = copied {
            if state == Presence::Absent {
                (state, by[0], profile_at) =
                    (Presence::Unknown, DecidedBy::Elsewhere, profile_at.because(reason.clone()));
            }
            if token_state == Tokens::Absent {
                (token_state, by[1], tokens_at) =
                    (Tokens::Unknown, DecidedBy::Elsewhere, tokens_at.because(reason));
            }
        }
        let users = self.profile_users(self.at);
        if let Some(module) = self.handed.get(&self.at).filter(|_| users == Users::None)
            && state == Presence::Absent
        {
            let reason = format!("it is handed to `{module}`, whose source is not in this repository");
            (state, by[0], profile_at) =
                (Presence::Unknown, DecidedBy::Elsewhere, profile_at.because(reason));
        }
        let all = self.uses.get(&self.at).map_or(&[][..], Vec::as_slice);
        let uses = || all.iter().filter(|user| user.is_of_code);
        let taking = uses().filter(|user| user.takes_imds);
        tokens_at.related = self.users_at(taking, |user| match &user.version {
            Some(version) => format!("gets its metadata options from here, by {version}"),
            None => "gets its metadata options from here".to_owned(),
        });
        tokens_at.related.extend(unsent.map(|anchor| Spot::new(anchor.site, UNSENT)));
        profile_at.related = self
            .users_at(uses().filter(|user| matches!(user.profile, ProfileUse::Lacks { .. })), |_| {
                "is launched from here, without a profile of its own".to_owned()
            });
        let imds_users = match (uses().next().is_none(), uses().any(|user| user.takes_imds)) {
            (true, _) => Users::None,
            (false, true) => Users::Taking,
            (false, false) => Users::Overriding,
        };
        let imds = Imds {
            endpoint: endpoint.0,
            tokens: token_state,
            decided_by: if imds_users == Users::Overriding { DecidedBy::Users } else { by[1] },
            choosable: YesNo::from(self.choice(start, token_state).is_some()),
            settable: YesNo::Yes,
            hop_limit: hop_limit.0,
            account_default: self.account,
            image: self.image(start),
            users: imds_users,
        };
        let profile = Profile { state, decided_by: by[0], users };
        let fields = [
            ("profile", Some(profile_at)),
            ("tokens", Some(tokens_at)),
            ("endpoint", endpoint.1),
            ("hop_limit", hop_limit.1),
        ];
        let subject = self.subject(start, by[1], fields);
        (self.compute(Role::Template, TemplateVersion::NotApplicable, profile, imds), subject)
    }

    /// The parameter that may do away with session tokens where what is said so far does not. Parameters of nested
    /// stacks go by names of their own.
    fn choice<'s>(&self, start: &'s Start, tokens: Tokens) -> Option<&'s (std::sync::Arc<str>, Anchor)> {
        let open = matches!(tokens, Tokens::Required | Tokens::Unknown);
        // What a nested stack's parameter is, only its parent says.
        let top = |choice: &&(std::sync::Arc<str>, Anchor)| open && !choice.0.contains('/');
        start.own.choice.as_ref().filter(top)
    }

    /// The account's default counts before the image's.
    fn image(&self, start: &Start) -> Image {
        match (start.image, self.account) {
            (false, _) => Image::None,
            (true, AccountDefault::None) => Image::Required,
            (true, _) => Image::Beaten,
        }
    }

    fn compute(&self, role: Role, version: TemplateVersion, profile: Profile, imds: Imds) -> Compute {
        let kind = self.kind.kind;
        Compute { kind, role, host: self.host(), template_version: version, profile, imds }
    }

    fn profile_users(&self, template: usize) -> Users {
        let uses = self.uses.get(&template).map_or(&[][..], Vec::as_slice);
        // What is launched from another version may have the profile that the code does not show.
        let is_open = |user: &Use| !user.is_of_code && matches!(user.profile, ProfileUse::Lacks { .. });
        let any = |wanted: ProfileUse| uses.iter().any(|user| user.profile == wanted && !is_open(user));
        let lacking = any(ProfileUse::Lacks { could_give: true });
        match (any(ProfileUse::Lacks { could_give: false }), lacking, any(ProfileUse::Gives)) {
            (true, _, _) | (false, true, false) => Users::Taking,
            (false, true, true) => Users::Mixed,
            (false, false, true) => Users::Overriding,
            (false, false, false) if uses.is_empty() || uses.iter().any(is_open) => Users::None,
            (false, false, false) => Users::Exempt,
        }
    }

    fn users_at<'s>(&self, users: impl Iterator<Item = &'s Use>, what: impl Fn(&Use) -> String) -> Vec<Spot> {
        let spot = |user: &Use| {
            let resource = self.unit.resources.get(user.user)?;
            let site = resource.user_site.unwrap_or(resource.header);
            Some(Spot::new(site, format!("`{}` {}", resource.address, what(user))))
        };
        let mut spots: Vec<Spot> = users.filter_map(spot).collect();
        spots.sort();
        spots.dedup();
        spots
    }

    fn header(&self, start: &Start) -> Anchor {
        start.item.clone().unwrap_or_else(|| Anchor::new(self.resource.header))
    }

    fn subject<const N: usize>(
        &self,
        start: &Start,
        tokens_by: DecidedBy,
        fields: [(&'static str, Option<Anchor>); N],
    ) -> Subject {
        let mut subject = self.plain_subject();
        if let Some(item) = start.item.clone() {
            subject.header.site = item.site;
        }
        for (field, anchor) in fields {
            if let Some(anchor) = anchor {
                subject.anchors.insert(field, anchor);
            }
        }
        if let Some((parameter, anchor)) = &start.own.choice {
            subject.anchors.insert("choice", anchor.clone());
            subject.words.insert("parameter", Arc::clone(parameter));
        }
        self.say_layers(start, tokens_by, &mut subject);
        cdk::stand_on_user_code(&mut subject, self.resource);
        subject
    }

    fn plain_subject(&self) -> Subject {
        let mut subject = place::subject(self.unit, self.resource);
        let words = [
            ("kind", self.shared.word(self.kind.kind)),
            ("say_account", self.shared.word(wording::account(self.assumed))),
            ("say_tokens", self.shared.word(wording::tokens(self.kind, self.unit.frontend))),
            ("say_profile", self.shared.word(wording::profile(self.kind, self.unit.frontend))),
        ];
        subject.words.extend(words);
        subject
    }

    /// Every field unknown: more combinations of branches than are looked at.
    fn not_analysed(&self) -> (Compute, Subject) {
        let reason = "it depends on too many conditions";
        let mut subject = self.plain_subject();
        set_reason(&mut subject, "profile", reason);
        set_reason(&mut subject, "tokens", reason);
        cdk::stand_on_user_code(&mut subject, self.resource);
        let is_template = self.kind.role != catalog::Role::Launches;
        let users = if is_template { Users::None } else { Users::NotApplicable };
        let imds = Imds {
            endpoint: Endpoint::Unknown,
            tokens: Tokens::Unknown,
            decided_by: DecidedBy::Own,
            choosable: YesNo::No,
            settable: YesNo::Yes,
            hop_limit: HopLimit::Other(HopLimitUnsaid::Unknown),
            account_default: self.account,
            image: Image::None,
            users,
        };
        let profile = Profile { state: Presence::Unknown, decided_by: DecidedBy::Own, users };
        let role = if is_template { Role::Template } else { Role::Launch };
        (self.compute(role, TemplateVersion::NotApplicable, profile, imds), subject)
    }
}

/// The layer of what a launch says itself.
fn said_by(start: &Start) -> DecidedBy {
    if start.variant { DecidedBy::Override } else { DecidedBy::Own }
}

fn switches_on(start: &Start, template: &Stated) -> bool {
    template.endpoint.0 == Endpoint::Disabled && start.own.endpoint.0 != Endpoint::Absent
}

fn set_reason(subject: &mut Subject, field: &'static str, reason: &str) {
    let header = subject.header.clone();
    subject.anchors.entry(field).or_insert(header).reason = Some(reason.to_owned());
}
