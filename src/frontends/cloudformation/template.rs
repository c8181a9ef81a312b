//! A template's sections, as they stand. Must not evaluate anything.

use super::call::call;
use super::include::{self, Includes};
use super::lookup::Mappings;
use super::parameters::Parameter;
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{Document, NodeKind, NodeRef};
use rustc_hash::FxHashSet;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The root of the first document of a stream that is a template.
///
/// One is a mapping with `Resources` (a mapping) that says so: by its version, by a transform, or by a resource's type;
/// or one whose resources may be those of a file that it includes.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
/// The part of a text that is a template: the first document with resources.
#[must_use]
pub fn root_of<'d>(document: &'d Document, text: &'d str) -> Option<NodeRef<'d>> {
    document.roots(text).find(|root| {
        let Some(resources) = root.get("Resources").filter(|node| node.is_mapping()) else {
            return root.get("AWSTemplateFormatVersion").is_some() && include::includes_at_top(*root);
        };
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
        include::each_at_top(transform)
            .map(|transform| transform.get("Name").unwrap_or(transform))
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

/// Whether macros that are not AWS's work on the template as a whole: they may add resources.
pub(super) fn has_own_macros(root: NodeRef<'_>) -> bool {
    let is_own = |name: &str| !name.is_empty() && !name.starts_with("AWS::");
    let at_top = root.get("Transform").into_iter().flat_map(include::each_at_top);
    let names = at_top.chain(root.get("Fn::Transform")).map(|node| node.get("Name").unwrap_or(node));
    names.filter_map(NodeRef::scalar_text).any(|name| is_own(&name))
}

/// A resource's `Type`.
pub(super) fn type_of(resource: NodeRef<'_>) -> Option<Arc<str>> {
    resource.get("Type")?.scalar_text().map(|name| name.trim().into())
}

/// Bytes of included files, as often as they are.
pub(super) const MAX_INCLUDED: usize = 16 << 20;

/// A clone shares what was read, and starts its own count of what it includes where this one is.
#[derive(Debug, Clone)]
pub(super) struct Template<'d> {
    file: FileId,
    /// The file of the node that is being read.
    current: Cell<FileId>,
    /// The template's root, and those of the files that it includes as a whole.
    roots: Vec<NodeRef<'d>>,
    includes: &'d Includes,
    /// Bytes of included files, as often as they are.
    included: Cell<usize>,
    /// What makes names of this template differ from another's of the same unit; empty for a template of its own.
    pub(super) scope: Arc<str>,
    pub(super) parameters: Arc<BTreeMap<Arc<str>, Parameter>>,
    pub(super) mappings: Arc<Mappings<'d>>,
    /// Logical ids, those that loops make among them: filled in once the loops are run.
    pub(super) resource_ids: Arc<FxHashSet<Arc<str>>>,
    /// Whether code that is not here changes the template before it is deployed, and may bring in what it lacks.
    pub(super) has_macros: bool,
    /// Addresses of resources whose logical id is taken in the unit.
    pub(super) addresses: Arc<BTreeMap<Arc<str>, Arc<str>>>,
}

impl<'d> Template<'d> {
    pub(super) fn new(file: FileId, root: NodeRef<'d>, includes: &'d Includes, scope: &str) -> Self {
        let transforms = root.get("Transform").into_iter().flat_map(include::each_at_top);
        let included = transforms.filter_map(|transform| includes.get(file, transform));
        let mut template = Self {
            file,
            current: Cell::new(file),
            roots: std::iter::once(root).chain(included).collect(),
            includes,
            included: Cell::new(0),
            scope: scope.into(),
            parameters: Arc::new(super::parameters::read(file, root)),
            mappings: Arc::default(),
            resource_ids: Arc::default(),
            has_macros: has_macros(root),
            addresses: Arc::default(),
        };
        template.mappings = Arc::new(Mappings::read(template.section("Mappings")));
        template
    }

    /// A span of the node that is being read.
    pub(super) fn site(&self, span: Span) -> Site {
        Site::new(self.current.get(), span)
    }

    /// From here on `node` is being read; returns what [`Self::leave`] takes.
    pub(super) fn enter(&self, node: NodeRef<'_>) -> FileId {
        self.current.replace(node.file().unwrap_or(self.file))
    }

    pub(super) fn leave(&self, entered_from: FileId) {
        self.current.set(entered_from);
    }

    /// What stands in place of an `AWS::Include` with this argument, where it is here.
    pub(super) fn included(&self, argument: NodeRef<'_>) -> Option<NodeRef<'d>> {
        let root = self.includes.get(argument.file().unwrap_or(self.file), argument)?;
        self.included.set(self.included.get().saturating_add(root.span().len()));
        (!self.includes_too_much()).then_some(root)
    }

    pub(super) fn includes_too_much(&self) -> bool {
        self.included.get() > MAX_INCLUDED
    }

    /// Includes of whole sections or of resources that are not here: as written, and where.
    pub(super) fn absent(&self) -> Vec<(Arc<str>, Site)> {
        let transforms = self.roots.first().and_then(|root| root.get("Transform"));
        let at_top = transforms.into_iter().flat_map(include::each_at_top);
        let inside = self.section("Resources").filter_map(|(name, body)| {
            let is_several = name.scalar_text()? == "Fn::Transform";
            let of_one = || call(body).filter(|call| call.name == "Fn::Transform");
            if is_several { Some(body) } else { of_one().map(|call| call.argument) }
        });
        let mut found = Vec::new();
        for argument in at_top.chain(inside) {
            if let Some(written) = include::written(argument).filter(|_| self.included(argument).is_none()) {
                let from = self.enter(argument);
                found.push((written.into(), self.site(argument.span())));
                self.leave(from);
            }
        }
        found
    }

    /// The node, or what is included in its place.
    pub(super) fn resolved(&self, node: NodeRef<'d>) -> NodeRef<'d> {
        let transform = call(node).filter(|call| call.name == "Fn::Transform");
        transform.and_then(|call| self.included(call.argument)).unwrap_or(node)
    }

    /// A section of the template, and those of the files that it includes.
    pub(super) fn sections(&self, name: &str) -> Vec<NodeRef<'d>> {
        self.roots.iter().filter_map(|root| root.get(name)).collect()
    }

    /// Name and body of everything in a section.
    pub(super) fn section(&self, name: &str) -> std::vec::IntoIter<(NodeRef<'d>, NodeRef<'d>)> {
        let mut found = Vec::new();
        for section in self.sections(name) {
            self.collect_entries(section, include::MAX_DEPTH, &mut found);
        }
        found.into_iter()
    }

    fn collect_entries(
        &self,
        section: NodeRef<'d>,
        depth: usize,
        found: &mut Vec<(NodeRef<'d>, NodeRef<'d>)>,
    ) {
        for (name, body) in self.resolved(section).entries() {
            let transform = name.scalar_text().is_some_and(|name| name == "Fn::Transform");
            match transform.then(|| self.included(body)).flatten() {
                Some(included) if depth > 0 => self.collect_entries(included, depth - 1, found),
                Some(_) | None => found.push((name, self.resolved(body))),
            }
        }
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
