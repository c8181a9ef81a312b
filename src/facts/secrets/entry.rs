//! An entry of a container whose name says secret: where in the code its characters stand, and what is said of it.

use super::attribute::{Found, used};
use super::container::Item;
use super::leaf;
use super::named::last_of;
use super::sighting::{Form, Sighting};
use crate::catalog;
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::facts::provenance;
use crate::facts::subject::Subject;
use crate::model::{Hop, Origin};
use crate::secrets;
use crate::source::Site;
use std::sync::Arc;

/// What is said alike of each secret in one value.
pub(super) struct Told<'i> {
    item: &'i Item<'i>,
    subject: Subject,
    /// No literal was carried there from elsewhere.
    in_place: bool,
}

/// What is right for whatever runs.
pub(super) const FETCHED: &str =
    "fetch it from Secrets Manager when this runs, with the role of what runs it";

impl Found<'_> {
    pub(super) fn told<'i>(&self, item: &'i Item<'i>) -> Told<'i> {
        let subject = self.subject(item.inside.path, item.value, item.entry, &Form::none(""));
        Told { item, subject, in_place: provenance::is_in_place(item.value, item.entry) }
    }

    pub(super) fn entry_named(
        &self,
        told: &Told<'_>,
        name: &str,
        text: &str,
        site: Option<Site>,
        script: bool,
        seen: &mut Vec<Sighting>,
    ) {
        let item = told.item;
        // What stands in place is told with its surroundings, where the file is searched.
        let form = match item.value.origin {
            Origin::Literal(_) => self.in_secret_place(name, text),
            Origin::None | Origin::Derived(_) => Form::under_name(name, text),
        };
        let form = match site {
            Some(site) => form.standing(site, text, self.sources),
            None => form,
        };
        let mut subject = told.subject.clone();
        let of = subject.words.get("subject").cloned().unwrap_or_default();
        subject.words.extend(form.words(of));
        if let Some(site) = site {
            subject.header.site = self.own(site, &[]);
            subject.header.chain = match told.in_place {
                true => Vec::new(),
                false => {
                    let used = used(item.inside.path, self.resource);
                    provenance::chain(item.value, Some(item.entry), &used, Some(site))
                }
            };
        }
        let path = item.inside.path;
        let is_own = path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        subject.header.attribute = if is_own { path.to_owned() } else { format!("{path}.{name}") };
        subject.words.insert("entry", name.into());
        let place = if is_own { ARGUMENTS.to_owned() } else { place_of(path, script) };
        let instead = match catalog::instead_of_a_literal(&self.resource.type_name).filter(|_| !script) {
            Some(instead) => instead,
            None if script || place == ENVIRONMENT => FETCHED,
            None => "hand it over by reference, from Secrets Manager or an ephemeral value",
        };
        subject.words.insert("where", place.into());
        subject.words.insert("instead", instead.into());
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
                | Hop::Piece(_)
                | Hop::Marked(_)
                | Hop::Handed(_)
                | Hop::UnmarkedVariable(_)
                | Hop::OrVariable(..) => None,
            };
            let described = name.is_some_and(|name| {
                let name = last_of(name.rsplit('.').next().unwrap_or(name));
                secrets::only_describes(name) && !secrets::holds_several(name)
            });
            match step.from.as_slice() {
                [one] => described || says_so(one),
                _ => described,
            }
        }
        says_so(&item.value.origin)
    }
}

const ARGUMENTS: &str = "the arguments";
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
