//! An entry of a container whose name says secret: where in the code its characters stand, and what is said of it.

use super::attribute::{Found, used};
use super::container::{Item, last_of};
use super::leaf;
use super::sighting::{Form, Sighting};
use crate::catalog;
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::facts::provenance;
use crate::model::{Hop, Origin};
use crate::secrets::{self, Assigned};
use crate::source::{Site, Span};
use std::sync::Arc;

impl Found<'_> {
    pub(super) fn script(&self, item: &Item<'_>, text: &str, literals: &[Site], seen: &mut Vec<Sighting>) {
        let all = secrets::assigned(text);
        for (at, one) in all.iter().enumerate() {
            let same = |other: &&Assigned<'_>| text.get(other.whole.clone()) == text.get(one.whole.clone());
            let nth = all.iter().take(at).filter(same).count();
            let site = self.locate(text, one, nth, literals);
            if let Some(value) = text.get(one.value.clone()) {
                self.entry_named(item, one.name, value, site, true, seen);
            }
        }
    }

    /// The characters of a value among the literals of which its text was made.
    fn locate(&self, text: &str, one: &Assigned<'_>, nth: usize, literals: &[Site]) -> Option<Site> {
        let (whole, value) = (text.get(one.whole.clone())?, text.get(one.value.clone())?);
        let found = |wanted: &str, value: usize, nth: usize| {
            let mut seen = 0;
            for site in literals {
                let file = self.sources.get(site.file);
                let slice = file.slice(site.span);
                for (at, _) in slice.match_indices(wanted) {
                    if seen == nth {
                        let end = site.span.range().start + at + wanted.len();
                        return Some(Site::new(site.file, Span::new(end - value, end)));
                    }
                    seen += 1;
                }
            }
            None
        };
        let escaped = whole.replace('\\', "\\\\").replace('"', "\\\"");
        let holds = |site: &&Site| self.sources.get(site.file).slice(site.span) == value;
        found(whole, value.len(), nth)
            .or_else(|| found(&escaped, value.len(), nth))
            .or_else(|| literals.iter().find(holds).copied())
            .or_else(|| found(value, value.len(), 0))
    }

    pub(super) fn entry_named(
        &self,
        item: &Item<'_>,
        name: &str,
        text: &str,
        site: Option<Site>,
        script: bool,
        seen: &mut Vec<Sighting>,
    ) {
        // What stands in place is told with its surroundings, where the file is searched.
        let form = match item.value.origin {
            Origin::Literal(_) => self.in_secret_place(name, text),
            Origin::None | Origin::Derived(_) => Form::under_name(name, text),
        };
        let mut subject = self.subject(item.inside.path, item.value, item.entry, &form);
        let used = used(item.inside.path, self.resource);
        if let Some(site) = site {
            subject.header.site = self.own(site, &[]);
            subject.header.chain = provenance::chain(item.value, Some(item.entry), &used, Some(site));
        }
        subject.header.attribute = format!("{}.{name}", item.inside.path);
        subject.words.insert("entry", name.to_owned());
        let place = place_of(item.inside.path, script);
        let instead = match catalog::instead_of_a_literal(&self.resource.type_name).filter(|_| !script) {
            Some(instead) => instead,
            None if script || place == ENVIRONMENT => {
                "fetch it from Secrets Manager when this runs, with the role of what runs it"
            }
            None => "hand it over by reference, from Secrets Manager or an ephemeral value",
        };
        subject.words.insert("where", place);
        subject.words.insert("instead", instead.to_owned());
        let sites = site.map_or_else(|| leaf::sites(item.value, Some(item.entry)), |site| vec![site]);
        let fact = form.fact(SecretPlace::Container, SecretValue::Known);
        seen.push(self.sighting(fact, subject, sites, Some(Arc::from(text))));
    }

    /// Whether the value is what another thing is called: the attribute or name that carried it says so.
    pub(super) fn refers(&self, item: &Item<'_>) -> bool {
        fn says_so(origin: &Origin) -> bool {
            let Origin::Derived(step) = origin else { return false };
            let name = match &step.hop {
                Hop::VariableDefault(name)
                | Hop::VariableValue(name)
                | Hop::ModuleInput(name)
                | Hop::Local(name)
                | Hop::ModuleOutput(name)
                | Hop::Attribute(name)
                | Hop::ParameterDefault(name)
                | Hop::ParameterValue(name) => Some(name),
                Hop::Given(_)
                | Hop::Planned(_)
                | Hop::Mapping(_)
                | Hop::Function(_)
                | Hop::Template
                | Hop::File(_)
                | Hop::Iterator(_)
                | Hop::Branch
                | Hop::Inherited(_)
                | Hop::MadeSecret(_)
                | Hop::UnmarkedVariable(_) => None,
            };
            let described = name.is_some_and(|name| {
                secrets::only_describes(last_of(name.rsplit('.').next().unwrap_or(name)))
            });
            match step.from.as_slice() {
                [one] => described || says_so(one),
                _ => described,
            }
        }
        says_so(&item.value.origin)
    }
}

const ENVIRONMENT: &str = "the environment";

fn place_of(path: &str, script: bool) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let lower = path.to_lowercase();
    match script {
        true if ["user_data", "userdata", "provisioner", "on_create", "on_start", "code"]
            .iter()
            .any(|word| lower.contains(word)) =>
        {
            "a script".to_owned()
        }
        false if ["env", "variables", "container_definitions"].iter().any(|word| lower.contains(word)) => {
            ENVIRONMENT.to_owned()
        }
        _ => format!("`{last}`"),
    }
}
