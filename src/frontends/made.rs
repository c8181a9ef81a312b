//! Secrets that resources of Terraform's providers make or fetch: unknown, and known to be there.

use crate::catalog;
use crate::model::{Hop, Marks, Reason, Value, terraform_type};
use crate::source::Site;

/// An attribute that is not written; where it is a secret that the provider makes, with where it is referred to.
pub(super) fn value(reason: Reason, site: Option<Site>) -> Value {
    let name = match &reason {
        Reason::Computed { address, attribute } if is_secret(&reason) => {
            Some(format!("{address}.{attribute}").into())
        }
        Reason::Data { address, attribute }
            if catalog::fetches_secret(terraform_type(address), attribute) =>
        {
            Some(format!("{address}.{attribute}").into())
        }
        _ => None,
    };
    let value = Value::unknown(reason);
    match name {
        Some(name) => value.via(Hop::MadeSecret(name), site).marked(Marks::SENSITIVE),
        None => value,
    }
}

/// Whether a value is not known because a provider makes it, and is a secret.
pub(super) fn is_secret(reason: &Reason) -> bool {
    let Reason::Computed { address, attribute } = reason else { return false };
    let type_name = terraform_type(address);
    catalog::sensitive_output(type_name, attribute)
        || catalog::handover::key(type_name).is_some_and(|key| key.gives(attribute))
}
