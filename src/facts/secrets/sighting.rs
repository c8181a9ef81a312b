//! One way of meeting a secret, and which of several at the same place is the telling one.

use super::locate;
use super::named::Named;
use crate::facts::fact::{Class, Confidence, Secret, SecretPlace, SecretValue, YesNo};
use crate::facts::subject::{Anchor, Subject, WITHIN};
use crate::model::Frontend;
use crate::secrets::{self, Detection};
use crate::source::{Site, Sources, Span};
use litemap::LiteMap;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Shorter pieces of secrets are pieces of anything.
const SHORTEST_PIECE: usize = 6;

#[derive(Debug)]
pub(super) struct Sighting {
    pub(super) fact: Secret,
    pub(super) subject: Subject,
    /// Unit and position of the resource that it was met in.
    pub(super) resource: Option<(usize, usize)>,
    /// Every place that holds the secret or a piece of it.
    pub(super) sites: Vec<Site>,
    /// The secret as it is once put together.
    pub(super) text: Option<Arc<str>>,
    /// Given from outside of the code: not to be shown, and no fact of the code.
    pub(super) given: bool,
    /// No secret, but a text in which there may be more of them than were looked for.
    pub(super) cut: Option<&'static str>,
}

/// What the form of a text says of it.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) detector: &'static str,
    pub(super) label: &'static str,
    pub(super) class: Class,
    pub(super) confidence: Confidence,
    pub(super) example: bool,
    pub(super) placeholder: bool,
    pub(super) account: Option<String>,
    pub(super) masked: String,
}

impl Form {
    /// No format of its own; shown by its length alone.
    pub(super) fn none(text: &str) -> Self {
        Self {
            detector: "none",
            label: "secret",
            class: Class::None,
            confidence: Confidence::High,
            example: false,
            placeholder: secrets::is_placeholder(text) && !text.trim().is_empty(),
            account: None,
            masked: format!("<{} characters>", text.chars().count()),
        }
    }

    pub(super) fn of(text: &str, detection: &Detection) -> Self {
        let class = match detection.detector.class {
            secrets::Class::AwsAccessKeyId | secrets::Class::AwsSecretKey | secrets::Class::AwsServiceKey => {
                Class::AccessKey
            }
            secrets::Class::AwsTemporaryKey => Class::TemporaryKey,
            secrets::Class::PrivateKey => Class::PrivateKey,
            secrets::Class::Token => Class::Token,
            secrets::Class::CredentialUrl => Class::CredentialUrl,
        };
        let confidence = match detection.detector.confidence {
            secrets::Confidence::High => Confidence::High,
            secrets::Confidence::Medium => Confidence::Medium,
        };
        Self {
            detector: detection.detector.id,
            label: detection.detector.label,
            class,
            confidence,
            example: detection.example,
            placeholder: false,
            account: detection.account.clone(),
            masked: secrets::shown(text, detection),
        }
    }

    /// The form of a value that its place already calls a secret: only what weighs more than the place does.
    pub(super) fn in_secret_place(text: &str) -> Self {
        let telling = |form: &Self| match form.class {
            // An example is no key. What stands here is refused all the same, for the place that it stands in.
            Class::AccessKey | Class::TemporaryKey => !form.example,
            Class::PrivateKey | Class::Token | Class::CredentialUrl => {
                form.confidence == Confidence::High && !form.example
            }
            Class::None => false,
        };
        secrets::scan(text)
            .iter()
            .map(|detection| Self::of(text, detection))
            .find(telling)
            .unwrap_or_else(|| Self::none(text))
    }

    /// The form of a value under a name that says secret: some, such as a secret access key, are told by both together.
    pub(super) fn under_name(name: &str, text: &str) -> Self {
        let form = Self::in_secret_place(text);
        if form.class != Class::None || !text.is_ascii() || text.len() > 64 {
            return form;
        }
        let named = format!("{name}={text}");
        let whole = |found: &&Detection| named.get(found.start..found.end) == Some(text);
        let found = secrets::scan(&named).iter().find(whole).map(|found| Self::of(&named, found));
        found.filter(|form| matches!(form.class, Class::AccessKey)).unwrap_or(form)
    }

    /// Of the secret at a place of the code, which may have another form than its own.
    pub(super) fn standing(mut self, site: Site, secret: &str, sources: &Sources) -> Self {
        if locate::is_encoded(site, secret, sources) {
            self.masked.push_str(", encoded");
        }
        self
    }

    pub(super) fn fact(&self, place: SecretPlace, value: SecretValue) -> Secret {
        Secret {
            detector: self.detector,
            class: self.class,
            place,
            confidence: self.confidence,
            value,
            example: YesNo::from(self.example),
            placeholder: YesNo::from(self.placeholder),
            mock: YesNo::No,
        }
    }

    pub(super) fn words(&self, subject: impl Into<Arc<str>>) -> LiteMap<&'static str, Arc<str>> {
        let account = self.account.as_ref().map_or_else(String::new, |id| format!(" (account {id})"));
        LiteMap::from_iter([
            ("detector", self.label.into()),
            ("masked", format!("({})", self.masked).into()),
            ("account", account.into()),
            ("subject", subject.into()),
        ])
    }
}

/// A subject that stands on a literal rather than on a resource.
pub(in crate::facts) fn standing_on(site: Site, frontend: Frontend) -> Subject {
    Subject {
        frontend,
        block: None,
        addresses: Vec::new(),
        construct: None,
        template: None,
        calls: Vec::new(),
        when: String::new(),
        header: Anchor::new(site),
        anchors: LiteMap::new_vec(),
        words: LiteMap::new_vec(),
    }
}

impl Sighting {
    /// A secret that the code does not hold, met at a place.
    pub(super) fn given(text: Arc<str>, subject: Subject) -> Self {
        let fact = Form::none(&text).fact(SecretPlace::Text, SecretValue::Known);
        Self { fact, subject, resource: None, sites: Vec::new(), text: Some(text), given: true, cut: None }
    }

    /// A text that was not read to its end.
    pub(super) fn cut(why: &'static str, subject: Subject) -> Self {
        let fact = Form::none("").fact(SecretPlace::Text, SecretValue::Known);
        Self { fact, subject, resource: None, sites: Vec::new(), text: None, given: true, cut: Some(why) }
    }

    /// What a text gives to a name: `place` of `of`, and what is right `instead`.
    pub(super) fn of_name(
        one: Named,
        site: Site,
        (of, place, instead): (String, &str, &str),
        mut subject: Subject,
        sources: &Sources,
    ) -> Self {
        let form = Form::under_name(&one.name, &one.text).standing(site, &one.text, sources);
        subject.words.extend(form.words(of));
        subject.words.insert("entry", one.name.into());
        subject.words.insert("where", place.into());
        subject.words.insert("instead", instead.into());
        Self {
            fact: form.fact(SecretPlace::Container, SecretValue::Known),
            subject,
            resource: None,
            sites: vec![site],
            text: Some(Arc::from(one.text)),
            given: false,
            cut: None,
        }
    }

    /// Met in this one of all units.
    pub(super) fn of_unit(mut self, unit: usize) -> Self {
        self.resource = self.resource.map(|(_, at)| (unit, at));
        self
    }

    fn site(&self) -> Site {
        self.subject.header.site
    }

    /// Stands on the secret itself where one of the texts that it was put together of holds it as it is: a script that
    /// several instances run is one place. In the place of a secret also on the literal that is most of it.
    pub(super) fn narrow(&mut self, sources: &Sources) {
        let Some(secret) = self.text.as_deref() else { return };
        match self.fact.place {
            SecretPlace::Container => {}
            SecretPlace::SensitiveAttribute
            | SecretPlace::ProviderArgument
            | SecretPlace::BackendArgument => {
                let site = self.most_of(secret, sources).or_else(|| self.in_document(secret, sources));
                self.subject.header.site = site.unwrap_or(self.subject.header.site);
                return;
            }
            SecretPlace::Declaration => {
                let site = self.in_document(secret, sources);
                self.subject.header.site = site.unwrap_or(self.subject.header.site);
                return;
            }
            SecretPlace::State | SecretPlace::Text | SecretPlace::History => return,
        }
        let within = |site: &Site| {
            let start = site.span.range().start + sources.get(site.file).slice(site.span).find(secret)?;
            Some(Site::new(site.file, Span::new(start, start + secret.len())))
        };
        if let Some(site) = self.sites.iter().find_map(within) {
            self.subject.header.site = site;
            self.sites.push(site);
        }
    }

    /// Where the secret stands in the file that it was read from, as one entry of many: `yamldecode(file("…")).password`.
    fn in_document(&self, secret: &str, sources: &Sources) -> Option<Site> {
        let [site] = self.sites.as_slice() else { return None };
        let (file, place) = (sources.get(site.file), self.subject.header.site);
        let text = file.slice(site.span);
        if file.git_ignored || place.file == site.file || secret.len() < 6 || text.len() == secret.len() {
            return None;
        }
        let mut found = text.match_indices(secret);
        let (at, _) = found.next().filter(|_| found.next().is_none())?;
        let start = site.span.range().start + at;
        Some(Site::new(site.file, Span::new(start, start + secret.len())))
    }

    /// Of several literals the one that alone is at least half of the secret.
    fn most_of(&self, secret: &str, sources: &Sources) -> Option<Site> {
        // Of an address or a path no piece is a secret by itself.
        if secrets::looks_like_reference(secret) {
            return None;
        }
        if self.sites.len() < 2 {
            return None;
        }
        let is_most = |site: &Site| {
            let source = sources.get(site.file);
            let piece = source.slice(site.span);
            !source.git_ignored && piece.len() * 2 >= secret.len() && secret.contains(piece)
        };
        let mut found = self.sites.iter().copied().filter(is_most);
        found.next().filter(|_| found.next().is_none())
    }

    /// The literals that the secret was put together of, where they hold enough of it to give it away.
    pub(super) fn pieces(&self, sources: &Sources) -> Vec<Arc<str>> {
        let Some(secret) = self.text.as_deref() else { return Vec::new() };
        let is_mixed = |piece: &str| {
            let any = |kind: fn(&u8) -> bool| piece.bytes().any(|byte| kind(&byte));
            any(u8::is_ascii_alphabetic) && any(u8::is_ascii_digit)
        };
        // The scheme and host of an address, a word before a number: what stands in any text.
        let telling = |piece: &str| {
            piece.len() < secret.len()
                && secret.contains(piece)
                && !piece.contains("://")
                && !piece.bytes().all(|byte| !byte.is_ascii_alphanumeric() || byte.is_ascii_lowercase())
                && (piece.len() >= SHORTEST_PIECE && piece.len() * 2 >= secret.len()
                    || piece.len() >= 2 * SHORTEST_PIECE && is_mixed(piece))
        };
        let held = |site: &Site| Arc::from(sources.get(site.file).slice(site.span));
        self.sites.iter().map(held).filter(|piece: &Arc<str>| telling(piece)).collect()
    }

    /// The most telling first. What no policy reports by itself hides nothing.
    fn rank(&self) -> u8 {
        match self.fact.value {
            // Whatever else is met at the place says more.
            SecretValue::Generated | SecretValue::Handed | SecretValue::ClearParameter => return u8::MAX,
            SecretValue::Known
            | SecretValue::Partial
            | SecretValue::Variable
            | SecretValue::PlainParameter => {}
        }
        let known = self.fact.example == YesNo::No;
        let sure = self.fact.confidence == Confidence::High;
        match (self.fact.place, self.fact.class) {
            (SecretPlace::ProviderArgument | SecretPlace::BackendArgument, _) => 0,
            (_, Class::AccessKey) if known => 1,
            (_, Class::TemporaryKey) if known => 2,
            (_, Class::PrivateKey) if known => 3,
            (_, Class::Token) if known && sure => 4,
            (_, Class::CredentialUrl) if known && sure => 5,
            (SecretPlace::SensitiveAttribute | SecretPlace::State, _) => 6,
            (_, Class::AccessKey | Class::TemporaryKey) => 7,
            (SecretPlace::Container, Class::None) => 8,
            (SecretPlace::Declaration, _) => 9,
            (_, Class::Token) if known => 10,
            (_, Class::CredentialUrl) if known => 11,
            (SecretPlace::Container | SecretPlace::Text | SecretPlace::History, _) => 12,
        }
    }

    /// Compressed, so that its own place is not known: that of the whole text is the place of all.
    fn is_packed(&self, sources: &Sources) -> bool {
        let site = self.site();
        let Some(text) = self.text.as_deref() else { return false };
        let source = sources.get(site.file);
        source.slice(site.span).starts_with("H4sI") && locate::is_encoded(site, text, sources)
    }

    /// Another secret in the same place; of two packed ones.
    fn is_beside(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (self.text.as_deref(), other.text.as_deref()) else { return false };
        let apart = match mine.len() == theirs.len() {
            true => mine != theirs,
            false => !mine.contains(theirs) && !theirs.contains(mine),
        };
        apart && self.site() == other.site()
    }

    /// Whether it is the same secret at the same place, of another resource.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.subject.header, &other.subject.header);
        mine.site == theirs.site
            && self.fact == other.fact
            && self.text == other.text
            && self.sites == other.sites
            && self.given == other.given
            && self.cut == other.cut
    }

    pub(super) fn absorb(&mut self, mut other: Self) {
        self.subject.addresses.append(&mut other.subject.addresses);
        self.resource = self.resource.or(other.resource);
        self.subject.construct = self.subject.construct.take().or(other.subject.construct);
        for spot in other.subject.calls {
            if !self.subject.calls.contains(&spot) {
                self.subject.calls.push(spot);
            }
        }
        let header = &mut self.subject.header;
        if header.chain.is_empty() {
            header.chain = std::mem::take(&mut other.subject.header.chain);
        } else if let Some(end) = other.subject.header.chain.last() {
            header.also_used(end);
        }
        other.subject.header.related.iter().for_each(|use_of| header.also_used(use_of));
    }
}

/// Those of a file by where they begin. None overlaps another but for the secrets of one compressed text.
type Places = BTreeMap<u32, Vec<usize>>;

/// An empty place is one of a character.
fn end_of(site: Site) -> u32 {
    site.span.end.max(site.span.start + 1)
}

/// Which of those that are kept stand where this one does.
fn overlapping(file: &Places, kept: &[Sighting], sighting: &Sighting) -> Vec<usize> {
    let site = sighting.site();
    let before = file.range(..end_of(site)).rev();
    let is_near = |at: &usize| kept.get(*at).is_some_and(|kept| end_of(kept.site()) > site.span.start);
    let mut found: Vec<usize> = before
        .take_while(|(_, all)| all.iter().any(is_near))
        .flat_map(|(_, all)| all.iter().copied())
        .collect();
    found.sort_unstable();
    found
}

/// Where the secrets stand that are no mere examples, in whatever other way these are met.
pub(super) fn beside_examples(seen: &[Sighting]) -> Vec<Site> {
    let (examples, others): (Vec<&Sighting>, Vec<&Sighting>) =
        seen.iter().partition(|sighting| sighting.fact.is_an_example());
    let tells_less = |other: &Sighting| {
        examples.iter().any(|example| {
            let (all, site) = (example.site(), other.site());
            all.file == site.file && all.span.contains(site.span) && example.rank() < other.rank()
        })
    };
    others
        .into_iter()
        .filter(|other| !tells_less(other))
        .flat_map(|other| other.sites.iter().copied())
        .collect()
}

/// One sighting for each value and place, in the order of places.
pub(super) fn settle(mut seen: Vec<Sighting>, sources: &Sources) -> Vec<Sighting> {
    // What belongs to a temporary id is temporary, also where its own line is read by itself.
    let mut temporary: FxHashMap<Arc<str>, Vec<Site>> = FxHashMap::default();
    for sighting in seen.iter().filter(|sighting| sighting.fact.class == Class::TemporaryKey) {
        if let Some(text) = &sighting.text {
            temporary.entry(Arc::clone(text)).or_default().push(sighting.site());
        }
    }
    let rank = |sighting: &Sighting| {
        let at = sighting.site();
        let here = |site: &Site| {
            site.file == at.file && (site.span.contains(at.span) || at.span.contains(site.span))
        };
        let known = sighting.text.as_ref().and_then(|text| temporary.get(text));
        let is_part = || known.is_some_and(|sites| sites.iter().any(here));
        match sighting.fact.class {
            Class::AccessKey if is_part() => u8::MAX - 1,
            _ => sighting.rank(),
        }
    };
    seen.sort_by_cached_key(|sighting| {
        let (path, span) = sources.order(sighting.site());
        (rank(sighting), span.len(), path, span, sighting.subject.addresses.clone())
    });
    let mut kept: Vec<Sighting> = Vec::new();
    let mut packed: Vec<bool> = Vec::new();
    let mut by_file: FxHashMap<_, Places> = FxHashMap::default();
    for mut sighting in seen {
        let file = by_file.entry(sighting.site().file).or_default();
        let is_packed = sighting.is_packed(sources);
        let (beside, inside): (Vec<usize>, Vec<usize>) = overlapping(file, &kept, &sighting)
            .into_iter()
            .partition(|at| is_packed && packed[*at] && kept[*at].is_beside(&sighting));
        // A wide place may hold several narrow ones; each of them is then known to be met there.
        match inside.as_slice() {
            [] => {
                if !beside.is_empty() {
                    sighting.subject.words.insert(WITHIN, beside.len().to_string().into());
                }
                packed.push(is_packed);
                file.entry(sighting.site().span.start).or_default().push(kept.len());
                kept.push(sighting);
            }
            [others @ .., first] => {
                for at in others {
                    kept[*at].subject.addresses.extend(sighting.subject.addresses.iter().cloned());
                }
                kept[*first].absorb(sighting);
            }
        }
    }
    kept.iter_mut().for_each(|sighting| sighting.subject.sort_addresses());
    kept.sort_by_cached_key(|sighting| sources.order(sighting.site()));
    kept
}
