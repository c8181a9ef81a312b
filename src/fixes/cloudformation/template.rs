//! A template as it is written: its resources and parameters, the branches of its values, and what refers to what.

use crate::findings::{Edit, Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::doc::{Change, New, Page, Reading, Step, child, parts, region};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeKind, NodeRef};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// A file that may be edited.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) page: Arc<Page>,
    file: FileId,
}

/// A resource where it is written.
#[derive(Debug)]
pub(super) struct Resource<'t> {
    /// From the root to the resource.
    pub(super) way: Vec<Step<'t>>,
    pub(super) step: Step<'t>,
    pub(super) type_name: String,
}

/// What a fix says beside its edits.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) title: String,
    pub(super) safety: Safety,
    pub(super) effect: Effect,
    pub(super) because: String,
    pub(super) note: String,
}

/// What values mean in templates.
pub(super) const READING: Reading<'static> =
    Reading { forks: &branches, holes: &is_no_value, opaque: &is_intrinsic };

thread_local! {
    /// What is mentioned in the template that was asked about last: one has many findings.
    static LAST: RefCell<Option<(Arc<Page>, Rc<Mentions>)>> = const { RefCell::new(None) };
}

/// In how many texts each name stands: as all of one, before its first point, or as a variable.
type Mentions = BTreeMap<String, usize>;

fn mentioned(page: &Page) -> Mentions {
    let mut found = Mentions::new();
    let mut count = |node: NodeRef<'_>| {
        let Some(text) = node.scalar_text() else { return };
        let variables = text.split("${").skip(1);
        let variables = variables.filter_map(|rest| rest.get(..rest.find(['}', '.'])?));
        let plain = [&*text, text.split('.').next().unwrap_or_default()];
        let names: BTreeSet<&str> = variables.chain(plain).collect();
        names.into_iter().for_each(|name| *found.entry(name.to_owned()).or_default() += 1);
    };
    page.roots().for_each(|root| each_text(root, &mut count));
    found
}

impl Template {
    /// The file of a place; `None`: nobody is to edit it, or it does not parse.
    pub(super) fn of(ailing: Ailing<'_>, site: Site) -> Option<Self> {
        Some(Self { page: Page::read(ailing.file(site.file)?)?, file: site.file })
    }

    /// The resource whose logical id stands at a place, else the one that holds the place.
    pub(super) fn resource(&self, site: Site) -> Option<Resource<'_>> {
        if site.file != self.file {
            return None;
        }
        let named = |step: &Step<'_>| step.key.is_some_and(|key| key.span() == site.span);
        let holds = |step: &Step<'_>| step.key.is_some() && region(step).contains(site.span);
        let found = self
            .page
            .find_at(site.span, &|step| named(step) && type_of(step.node).is_some())
            .or_else(|| self.page.find_at(site.span, &|step| holds(step) && type_of(step.node).is_some()))?;
        let step = *found.last()?;
        Some(Resource { type_name: type_of(step.node)?, step, way: found })
    }

    /// The part whose value stands at a place of this file.
    pub(super) fn value_at(&self, site: Site) -> Option<Vec<Step<'_>>> {
        if site.file == self.file { self.page.value_at(site.span) } else { None }
    }

    /// The entry whose name stands at a place of this file.
    pub(super) fn entry_named_at(&self, site: Site) -> Option<Vec<Step<'_>>> {
        if site.file == self.file { self.page.entry_named_at(site.span) } else { None }
    }

    /// An entry of a section of the template.
    pub(super) fn entry_of(&self, section: &str, name: &str) -> Option<[Step<'_>; 2]> {
        let section = self.page.roots().find_map(|root| child(root, section))?;
        Some([section, child(section.node, name)?])
    }

    /// A section of the template.
    pub(super) fn section(&self, section: &str) -> Option<Step<'_>> {
        self.page.roots().find_map(|root| child(root, section))
    }

    /// The resources that stand in the section of that name, with their types.
    pub(super) fn resources(&self) -> Vec<(Step<'_>, String)> {
        let section = self.section("Resources");
        let all = section.map(|section| parts(section.node)).unwrap_or_default();
        all.into_iter().filter_map(|step| Some((step, type_of(step.node)?))).collect()
    }

    /// The same with those of loops.
    pub(super) fn all_resources(&self) -> Vec<(Step<'_>, String)> {
        fn collect<'t>(step: Step<'t>, found: &mut Vec<(Step<'t>, String)>) {
            match type_of(step.node) {
                Some(type_name) => found.push((step, type_name)),
                None => parts(step.node).into_iter().for_each(|inner| collect(inner, found)),
            }
        }
        let mut found = Vec::new();
        let section = self.section("Resources");
        let all = section.map(|section| parts(section.node)).unwrap_or_default();
        all.into_iter().for_each(|step| collect(step, &mut found));
        found
    }

    /// How often something refers to a parameter or resource, or names it as one.
    pub(super) fn mentions(&self, name: &str) -> usize {
        let last = LAST.with_borrow(|last| last.clone().filter(|(page, _)| Arc::ptr_eq(page, &self.page)));
        let (_, counts) = last.unwrap_or_else(|| {
            let known = (Arc::clone(&self.page), Rc::new(mentioned(&self.page)));
            LAST.set(Some(known.clone()));
            known
        });
        counts.get(name).copied().unwrap_or_default()
    }

    /// A fix of the first of several ways to make a change.
    pub(super) fn fix(&self, ways: Vec<Change>, said: Said) -> Option<Fix> {
        let settled = self.page.settle(ways)?;
        let Said { title, mut safety, effect, because, mut note } = said;
        if settled.shared {
            safety = safety.max(Safety::Unsafe);
            append(&mut note, "aliases of what is edited here change with it");
        }
        let edit = |(span, text): (Span, String)| Edit { site: Site::new(self.file, span), text };
        let edits = settled.edits.into_iter().map(edit).collect();
        Some(Fix { title, safety, effect, because, note, edits })
    }

    /// Sets a property of a resource.
    pub(super) fn set(&self, at: Step<'_>, path: &[&str], value: &New) -> Option<Vec<Change>> {
        // The same document, as long as this template is.
        self.page.set(at, path, value, READING).filter(|ways| !ways.is_empty())
    }
}

impl<'t> Resource<'t> {
    pub(super) fn holds(&self, site: Site, template: &Template) -> bool {
        site.file == template.file && region(&self.step).contains(site.span)
    }

    /// The logical id, if the resource is one of the template's own section and no loop's.
    pub(super) fn plain_id(&self) -> Option<String> {
        let [section, _] = self.way.as_slice() else { return None };
        let is_section = section.key.and_then(NodeRef::scalar_text).is_some_and(|name| name == "Resources");
        let id = self.step.key?.scalar_text()?.into_owned();
        (is_section && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
    }

    /// The items at a dotted path below the properties, through lists and branches; the resource itself for an empty one.
    pub(super) fn items(&self, path: &str) -> Vec<Step<'t>> {
        let mut found = vec![self.step];
        let keys = ["Properties"].into_iter().chain(path.split('.')).filter(|key| !key.is_empty());
        if path.is_empty() {
            return found;
        }
        for key in keys {
            found = found
                .into_iter()
                .flat_map(|step| spread(step))
                .filter_map(|step| child(step.node, key))
                .collect();
        }
        found.into_iter().flat_map(spread).collect()
    }

    pub(super) fn property(&self, path: &str) -> Option<Step<'t>> {
        let mut step = child(self.step.node, "Properties")?;
        for key in path.split('.') {
            step = child(step.node, key)?;
        }
        Some(step)
    }
}

/// A value's branches and items, or itself.
fn spread(step: Step<'_>) -> Vec<Step<'_>> {
    let inner = match (branches(step.node), step.node.kind()) {
        (Some(branches), _) => branches,
        (None, NodeKind::Sequence(_)) => parts(step.node),
        (None, NodeKind::Mapping(_) | NodeKind::Null | NodeKind::Scalar(..)) => return vec![step],
    };
    inner.into_iter().flat_map(spread).collect()
}

/// The type of what may be a resource.
fn type_of(node: NodeRef<'_>) -> Option<String> {
    let name = child(node, "Type")?.node.scalar_text()?.into_owned();
    (name.contains("::") && !name.starts_with("AWS::SSM::Parameter::") && !name.starts_with("List<"))
        .then_some(name)
}

fn branches(node: NodeRef<'_>) -> Option<Vec<Step<'_>>> {
    let list = match node.tag() {
        Some("If") => node,
        Some(_) => return None,
        None => child(node, "Fn::If").filter(|_| node.entries().len() == 1)?.node,
    };
    let parts = parts(list);
    (parts.len() == 3).then(|| parts.into_iter().skip(1).collect())
}

fn is_no_value(node: NodeRef<'_>) -> bool {
    reference(node).is_some_and(|name| name == "AWS::NoValue")
}

/// Whether a function that is used anywhere in a value, by tag or by its long form, passes a test by its name, without `Fn::`,
/// and its argument: a text, that of `GetAtt` with its point, that of `Sub` without its variables.
pub(super) fn uses(node: NodeRef<'_>, test: &dyn Fn(&str, &str) -> bool) -> bool {
    let function = match node.tag() {
        Some(tag) => Some((tag.to_owned(), node)),
        None => {
            let mut entries = node.entries();
            match (entries.next(), entries.next()) {
                (Some((key, value)), None) => key.scalar_text().map(|key| (key.into_owned(), value)),
                (_, _) => None,
            }
        }
    };
    let passes = function.is_some_and(|(name, argument)| {
        let name = name.strip_prefix("Fn::").unwrap_or(&name);
        let texts: Vec<_> = match argument.kind() {
            NodeKind::Sequence(_) => argument.items().map_while(NodeRef::scalar_text).collect(),
            NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Mapping(_) => {
                argument.scalar_text().into_iter().collect()
            }
        };
        match texts.as_slice() {
            [] => false,
            all if name == "GetAtt" => test(name, &all.join(".")),
            [first, ..] => test(name, first),
        }
    });
    passes || parts(node).into_iter().any(|step| uses(step.node, test))
}

/// Whether a value refers to a resource anywhere, or to an attribute of it.
pub(super) fn refers(node: NodeRef<'_>, id: &str) -> bool {
    let (plain, dotted) = (format!("${{{id}}}"), format!("${{{id}."));
    uses(node, &|function, text| match function {
        "Ref" => text == id,
        "GetAtt" => text.split('.').next() == Some(id),
        "Sub" => text.contains(&plain) || text.contains(&dotted),
        _ => false,
    })
}

/// What a value refers to as a whole.
pub(super) fn reference(node: NodeRef<'_>) -> Option<String> {
    match node.tag() {
        Some("Ref") => node.scalar_text().map(std::borrow::Cow::into_owned),
        Some(_) => None,
        None => {
            let inner = child(node, "Ref").filter(|_| node.entries().len() == 1)?;
            inner.node.scalar_text().map(std::borrow::Cow::into_owned)
        }
    }
}

/// A mapping that is computed: `Ref` or a function, but for what only adds to the mapping that it stands in.
fn is_intrinsic(node: NodeRef<'_>) -> bool {
    let mut entries = node.entries();
    let (Some((key, _)), None) = (entries.next(), entries.next()) else { return false };
    let name = key.scalar_text().unwrap_or_default();
    name == "Ref" || name.starts_with("Fn::") && name != "Fn::Transform" && !name.starts_with("Fn::ForEach::")
}

pub(super) fn each_text(node: NodeRef<'_>, meet: &mut impl FnMut(NodeRef<'_>)) {
    match node.kind() {
        NodeKind::Null => {}
        NodeKind::Scalar(..) => meet(node),
        NodeKind::Sequence(_) => node.items().for_each(|item| each_text(item, meet)),
        NodeKind::Mapping(_) => node.entries().for_each(|(_, value)| each_text(value, meet)),
    }
}

/// A reference to a parameter or resource.
pub(super) fn to(name: &str) -> New {
    New::Short { tagged: format!("!Ref {name}"), long: Box::new(New::map([("Ref", New::text(name))])) }
}

/// An attribute of a resource.
pub(super) fn attribute(name: &str, attribute: &str) -> New {
    let long = New::map([("Fn::GetAtt", New::List(vec![New::text(name), New::text(attribute)]))]);
    New::Short { tagged: format!("!GetAtt {name}.{attribute}"), long: Box::new(long) }
}

/// Another sentence after a note.
pub(super) fn append(note: &mut String, more: &str) {
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}

/// Nothing to edit, and what to do instead.
pub(super) fn shown(title: &str, note: &str) -> Fix {
    Fix {
        title: title.to_owned(),
        safety: Safety::Display,
        effect: Effect::None,
        because: String::new(),
        note: note.to_owned(),
        edits: Vec::new(),
    }
}
