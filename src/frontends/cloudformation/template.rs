//! A template's sections, as they stand. Must not evaluate anything.

use super::lookup::Mappings;
use super::parameters::Parameter;
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{Document, NodeKind, NodeRef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The root of the first document of a stream that is a template.
///
/// One is a mapping with `Resources` (a mapping) that says so: by its version, by a transform, or by a resource's type.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
pub(super) fn root_of<'d>(document: &'d Document, text: &'d str) -> Option<NodeRef<'d>> {
    document.roots(text).find(|root| {
        let Some(resources) = root.get("Resources").filter(|node| node.is_mapping()) else { return false };
        root.get("AWSTemplateFormatVersion").is_some()
            || is_transformed(*root)
            || resources
                .entries()
                .any(|(_, resource)| type_of(resource).is_some_and(|name| name.contains("::")))
    })
}

/// By SAM, by the language extensions, by an include.
fn is_transformed(root: NodeRef<'_>) -> bool {
    root.get("Transform").is_some_and(|transform| {
        std::iter::once(transform)
            .chain(transform.items())
            .any(|name| name.scalar_text().is_some_and(|name| name.starts_with("AWS::")))
    })
}

/// Transforms of AWS that bring in no names of their own.
const OWN_TRANSFORMS: [&str; 4] =
    ["AWS::LanguageExtensions", "AWS::Serverless-", "AWS::CodeDeployBlueGreen", "AWS::SecretsManager-"];

fn has_macros(root: NodeRef<'_>) -> bool {
    let is_macro = |node: NodeRef<'_>| {
        let own = |name: &str| OWN_TRANSFORMS.iter().any(|own| name.starts_with(own));
        !matches!(node.kind(), NodeKind::Null) && !node.scalar_text().is_some_and(|name| own(&name))
    };
    let transform = root.get("Transform");
    transform.is_some_and(|transform| match transform.kind() {
        NodeKind::Sequence(_) => transform.items().any(is_macro),
        NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Mapping(_) => is_macro(transform),
    }) || root.get("Fn::Transform").is_some()
        || root.get("Conditions").is_some_and(|conditions| conditions.get("Fn::Transform").is_some())
}

/// A resource's `Type`.
pub(super) fn type_of(resource: NodeRef<'_>) -> Option<Arc<str>> {
    resource.get("Type")?.scalar_text().map(|name| name.trim().into())
}

#[derive(Debug)]
pub(super) struct Template<'d> {
    pub(super) file: FileId,
    pub(super) root: NodeRef<'d>,
    /// What makes names of this template differ from another's of the same unit; empty for a template of its own.
    pub(super) scope: Arc<str>,
    pub(super) parameters: BTreeMap<Arc<str>, Parameter>,
    pub(super) mappings: Mappings<'d>,
    pub(super) resource_ids: BTreeSet<Arc<str>>,
    /// Whether code that is not here changes the template before it is deployed, and may bring in what it lacks.
    pub(super) has_macros: bool,
    /// Addresses of resources whose logical id is taken in the unit.
    pub(super) addresses: BTreeMap<Arc<str>, Arc<str>>,
}

impl<'d> Template<'d> {
    pub(super) fn new(file: FileId, root: NodeRef<'d>, scope: &str) -> Self {
        let parameters = super::parameters::read(file, root);
        let mappings = Mappings::read(root);
        let resources = root.get("Resources");
        let ids = resources.iter().flat_map(|resources| resources.entries());
        let resource_ids = ids.filter_map(|(id, _)| id.scalar_text().map(Arc::from)).collect();
        Self {
            file,
            root,
            scope: scope.into(),
            parameters,
            mappings,
            resource_ids,
            has_macros: has_macros(root),
            addresses: BTreeMap::new(),
        }
    }

    pub(super) fn site(&self, span: Span) -> Site {
        Site::new(self.file, span)
    }

    /// Name and body of everything in a section.
    pub(super) fn section(&self, name: &str) -> impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)> + use<'d> {
        let section = self.root.get(name);
        section.into_iter().flat_map(NodeRef::entries)
    }

    /// The name under which conditions know a parameter.
    pub(super) fn scoped(&self, parameter: &str) -> Arc<str> {
        if self.scope.is_empty() { parameter.into() } else { format!("{}/{parameter}", self.scope).into() }
    }

    /// Whether a parameter, under its name in conditions, can be this text.
    pub(super) fn may_be(&self, scoped: &str, text: &str) -> bool {
        let inside = scoped.strip_prefix(&*self.scope).map_or(scoped, |name| name.trim_start_matches('/'));
        let parameter = self.parameters.get(if self.scope.is_empty() { scoped } else { inside });
        parameter.is_none_or(|parameter| parameter.may_be(text))
    }

    pub(super) fn address(&self, logical_id: &str) -> Arc<str> {
        self.addresses.get(logical_id).cloned().unwrap_or_else(|| logical_id.into())
    }
}
