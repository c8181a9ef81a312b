//! What a plan says of the code that it was made of.

use super::alone::literal;
use super::configuration::Configuration;
use super::read::{Parsed, Plan};
use crate::model::Value;
use crate::source::{FileId, Site};
use crate::syntax::doc::NodeRef;

impl Plan {
    /// What the root module declares, without keys: by this the source is recognised.
    #[must_use]
    pub fn outline(&self) -> Vec<String> {
        let parsed = self.configuration.as_ref().and_then(Parsed::of_piece);
        parsed.as_ref().and_then(Parsed::root).map(Configuration::outline).unwrap_or_default()
    }

    /// The values of the root's variables that the plan was made with, those that are null left out.
    #[must_use]
    pub fn given(&self) -> Vec<(String, Value)> {
        let parsed = self.variables.as_ref().and_then(Parsed::of_piece);
        let site = |span| Site::new(FileId(0), span);
        let variables = parsed.as_ref().and_then(Parsed::root).into_iter().flat_map(NodeRef::entries);
        let given = variables.filter_map(|(name, variable)| {
            let value = literal(variable.get("value")?, &site);
            Some((name.scalar_text()?.into_owned(), value)).filter(|(_, value)| !value.is_null())
        });
        given.collect()
    }
}
