//! What launches instances, in the names of the provider `awscc`.

use super::{ComputeType, Launch, Metadata, Profile, Reference};
use crate::catalog::registry::{Renamed, Row};

impl Row for ComputeType {
    fn type_name(&self) -> &'static str {
        self.type_name
    }
}

impl Renamed for ComputeType {
    fn renamed(&self) -> Self {
        Self {
            type_name: self.type_name.renamed(),
            launches: self.launches.renamed(),
            except: self.except.map(|(path, values)| (path.renamed(), values)),
            name: self.name.renamed(),
            ..*self
        }
    }
}

impl Renamed for Launch {
    fn renamed(&self) -> Self {
        Self {
            at: self.at.renamed(),
            profile: self.profile.renamed(),
            metadata: self.metadata.renamed(),
            template: self.template.renamed(),
            configuration: self.configuration.map(|(path, role)| (path.renamed(), role)),
            image: self.image.renamed(),
            copied_from: self.copied_from.renamed(),
            overrides: self.overrides.map(|variant| &*Box::leak(Box::new(variant.renamed()))),
        }
    }
}

impl Renamed for Profile {
    fn renamed(&self) -> Self {
        match *self {
            Self::Paths(paths) => Self::Paths(paths.renamed()),
            same @ (Self::Setting(_) | Self::Nowhere | Self::Required) => same,
        }
    }
}

impl Renamed for Metadata {
    fn renamed(&self) -> Self {
        match *self {
            Self::Options { endpoint, tokens, hop_limit, block, needs_endpoint } => Self::Options {
                endpoint: endpoint.renamed(),
                tokens: tokens.renamed(),
                hop_limit: hop_limit.renamed(),
                block: block.renamed(),
                needs_endpoint,
            },
            Self::MinimumVersion(path) => Self::MinimumVersion(path.renamed()),
            Self::Disabled(path) => Self::Disabled(path.renamed()),
            // What is inside of a document has the names of the document.
            Self::InDocument { document, path } => Self::InDocument { document: document.renamed(), path },
            same @ (Self::DisabledSetting(_) | Self::Nowhere | Self::OfService) => same,
        }
    }
}

impl Renamed for Reference {
    fn renamed(&self) -> Self {
        Self {
            at: self.at.renamed(),
            id: self.id.renamed(),
            name: self.name.renamed(),
            version: self.version.renamed(),
        }
    }
}
