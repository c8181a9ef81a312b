//! Which key of the code's a value holds, and the way that it took.

use crate::catalog::handover::{Key, key};
use crate::facts::fact::Handed;
use crate::facts::provenance;
use crate::facts::subject::Spot;
use crate::model::{
    Declaration, Frontend, Hop, Kind, Marks, Object, Part, Reason, Unit, Unknown, Value, terraform_type,
};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The keys that a unit makes.
pub(super) struct Keys<'u> {
    frontend: Frontend,
    by_address: FxHashMap<&'u str, &'static Key>,
}

/// A key in a value.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) handed: Handed,
    /// For people.
    pub(super) named: String,
    /// The resource that makes it.
    pub(super) key: Option<Arc<str>>,
    pub(super) way: Vec<Spot>,
}

impl<'u> Keys<'u> {
    pub(super) fn of(unit: &'u Unit) -> Self {
        let keys = unit
            .resources
            .iter()
            .filter_map(|resource| key(&resource.type_name).map(|found| (&*resource.address, found)));
        Self { frontend: unit.frontend, by_address: keys.collect() }
    }

    /// Of several keys the first; else a variable that is named like one.
    pub(super) fn inside(&self, value: &Value) -> Option<Found> {
        let unknown = match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => return None,
            Kind::List(items) => return items.iter().find_map(|item| self.inside(item)),
            Kind::Object(object) => {
                let inside = object.entries.iter().find_map(|entry| self.inside(&entry.value));
                let open = || object.rest.iter().find_map(|rest| self.among(rest));
                return inside.or_else(|| self.whole(object)).or_else(open);
            }
            Kind::Choice(choice) => {
                return self.inside(&choice.then).or_else(|| self.inside(&choice.otherwise));
            }
            Kind::Unknown(unknown) => unknown,
        };
        if let Some(found) = self.among(unknown) {
            return Some(found);
        }
        // A comparison or a count holds nothing of what it looks at.
        if [Marks::NUMBER, Marks::BOOL].contains(&value.marks.scalar()) {
            return None;
        }
        let made = reasons(unknown).find_map(|reason| match reason {
            Reason::Computed { address, attribute } => self.made(address, attribute),
            _ => None,
        });
        made.or_else(|| self.carried(value)).map_or_else(
            || named(value, unknown),
            |(address, attribute, handed)| {
                let name = match attribute {
                    "" => address.to_owned(),
                    _ => format!("{address}.{attribute}"),
                };
                let is_it = |hop: &Hop| matches!(hop, Hop::MadeSecret(made) if **made == *name);
                let way = provenance::way(&value.origin, &is_it);
                Some(Found { handed, named: format!("`{name}`"), key: Some(address.into()), way })
            },
        )
    }

    /// A key in what is known of the elements of a collection.
    fn among(&self, unknown: &Unknown) -> Option<Found> {
        unknown.elements.iter().find_map(|element| self.inside(element))
    }

    /// The key of a resource that is handed on as it is, with all that its provider makes for it.
    pub(super) fn whole(&self, object: &Object) -> Option<Found> {
        let Reason::Computed { address, attribute } = &object.rest.as_ref()?.reason else { return None };
        let (address, ..) = self.made(address, attribute).filter(|_| attribute.is_empty())?;
        Some(whole(address))
    }

    /// A plan says `aws_iam_access_key.k` for `aws_iam_access_key.k[*].id` too. With the secret half in it Terraform
    /// refuses an output that is not marked.
    pub(super) fn shown(&self, declaration: &Declaration) -> Option<Found> {
        let reason = &declaration.value.as_unknown()?.reason;
        let Reason::Computed { address, attribute } = reason else { return None };
        let is_whole = self.frontend == Frontend::Plan && attribute.is_empty() && declaration.marked_secret;
        key(terraform_type(address)).filter(|_| is_whole).map(|_| whole(address))
    }

    /// Without an attribute it is the whole resource.
    fn made<'r>(&self, address: &'r str, attribute: &'r str) -> Option<(&'r str, &'r str, Handed)> {
        let found = match self.frontend {
            Frontend::Terraform | Frontend::Plan => key(terraform_type(address)),
            Frontend::CloudFormation | Frontend::Cdk => self.by_address.get(address).copied(),
        }?;
        let is_whole = attribute.is_empty() && self.frontend != Frontend::Plan;
        if is_whole || found.secret.contains(&attribute) {
            Some((address, attribute, Handed::Key))
        } else if found.encrypted.contains(&attribute) {
            Some((address, attribute, Handed::EncryptedKey))
        } else {
            None
        }
    }

    /// What a function made of it says another reason, or none of its own.
    fn carried<'v>(&self, value: &'v Value) -> Option<(&'v str, &'v str, Handed)> {
        let is_key = |hop: &Hop| self.hop(hop).is_some();
        let way = value.origin.way_from(&is_key)?;
        way.first().and_then(|step| self.hop(&step.hop))
    }

    fn hop<'h>(&self, hop: &'h Hop) -> Option<(&'h str, &'h str, Handed)> {
        let Hop::MadeSecret(name) = hop else { return None };
        let (address, attribute) = name.rsplit_once('.')?;
        self.made(address, attribute)
    }
}

fn whole(address: &str) -> Found {
    Found { handed: Handed::Key, named: format!("`{address}`"), key: Some(address.into()), way: Vec::new() }
}

fn reasons(unknown: &Unknown) -> impl Iterator<Item = &Reason> {
    let parts = unknown.parts.iter().filter_map(|part| match part {
        Part::Unknown(reason) => Some(reason),
        Part::Text { .. } => None,
    });
    std::iter::once(&unknown.reason).chain(parts)
}

/// A variable or parameter whose name is that of a static key's secret half.
fn named(value: &Value, unknown: &Unknown) -> Option<Found> {
    let name = reasons(unknown).find_map(|reason| match reason {
        Reason::Variable { name } | Reason::Parameter { name, .. } if is_key_name(name) => Some(name),
        _ => None,
    })?;
    let is_it = |hop: &Hop| match hop {
        Hop::UnmarkedVariable(known) | Hop::VariableDefault(known) => known == name,
        _ => false,
    };
    let way = provenance::way(&value.origin, &is_it);
    Some(Found { handed: Handed::Variable, named: format!("`{name}`"), key: None, way })
}

fn is_key_name(name: &str) -> bool {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    folded.ends_with("awssecretaccesskey") || folded == "secretaccesskey" || folded.ends_with("awssecretkey")
}

#[cfg(test)]
mod tests {
    use super::is_key_name;

    #[test]
    fn the_secret_half_is_told_by_its_name() {
        for name in
            ["aws_secret_access_key", "AwsSecretAccessKey", "ci_aws_secret_access_key", "SecretAccessKey"]
        {
            assert!(is_key_name(name), "{name}");
        }
        for name in ["aws_access_key_id", "secret_key", "aws_secret_access_key_arn", "aws_secret_name"] {
            assert!(!is_key_name(name), "{name}");
        }
    }
}
