//! What rules are judged over: each template and root module as a document, and the facts of each repository.

use super::Own;
use crate::discover::Inventory;
use crate::facts::{self, Concept, Facts, Subject};
use crate::frontends::cloudformation;
use crate::frontends::document::{self, Document, Forms};
use crate::model::{Frontend, Unit};
use crate::policies::own::{Input, OwnFile};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax::doc::{self, NodeRef};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// One document, ready to be judged.
pub(super) struct Judged<'u> {
    pub(super) input: Input,
    pub(super) text: String,
    /// The same for rules that look for intrinsics by their tags, where that is another.
    pub(super) tagged: Option<String>,
    pub(super) about: About<'u>,
}

pub(super) enum About<'u> {
    Unit(Box<Document<'u>>, Option<Text>),
    Facts(&'u Facts),
}

/// A template's own text, for what is no resource.
pub(super) struct Text {
    pub(super) file: FileId,
    source: Arc<SourceFile>,
    tree: doc::Document,
}

impl Text {
    fn read(file: FileId, sources: &Sources) -> Option<Self> {
        let source = sources.get(file);
        let tree = doc::parse(source.text()).ok()?;
        Some(Self { file, source, tree })
    }

    fn root(&self) -> Option<NodeRef<'_>> {
        cloudformation::root_of(&self.tree, self.source.text())
    }

    /// Where a path ends, as far as it is there.
    pub(super) fn place(&self, path: &[&str]) -> Option<Span> {
        let mut node = self.root()?;
        let mut place = None;
        for segment in path {
            let named = node.entries().find(|(key, _)| key.scalar_text().is_some_and(|key| key == *segment));
            node = match named {
                Some((key, value)) => {
                    place = Some(key.span());
                    value
                }
                None => {
                    let item = segment.parse().ok().and_then(|at| node.items().nth(at));
                    let Some(item) = item else { break };
                    place = Some(item.full_span());
                    item
                }
            };
        }
        place
    }
}

/// Every document that a file of the run asks for.
pub(super) fn all<'u>(
    units: &'u [Unit],
    facts: &'u Facts,
    inventory: &Inventory,
    sources: &Sources,
    own: &Own,
) -> Vec<Judged<'u>> {
    let mut found = Vec::new();
    let tagged = own.files.iter().any(OwnFile::wants_tags);
    for unit in units {
        match unit.frontend {
            Frontend::Terraform | Frontend::Plan if own.wants(Input::Terraform) => {
                let document = document::plan(unit);
                let text = document.json.to_string();
                let about = About::Unit(Box::new(document), None);
                found.push(Judged { input: Input::Terraform, text, tagged: None, about });
            }
            Frontend::CloudFormation | Frontend::Cdk if own.wants(Input::CloudFormation) => {
                templates(unit, sources, tagged, &mut found);
            }
            Frontend::Terraform | Frontend::Plan | Frontend::CloudFormation | Frontend::Cdk => {}
        }
    }
    if own.wants(Input::Facts) {
        let roots = inventory.roots.len().max(1);
        found.extend((0..roots).filter_map(|root| {
            let text = of_root(facts, root, inventory, sources)?.to_string();
            Some(Judged { input: Input::Facts, text, tagged: None, about: About::Facts(facts) })
        }));
    }
    found
}

fn templates<'u>(unit: &'u Unit, sources: &Sources, tagged: bool, found: &mut Vec<Judged<'u>>) {
    let mut files = unit.files.clone();
    files.sort_unstable();
    files.dedup();
    for file in files {
        for caller in document::callers(unit, file) {
            let Some(text) = Text::read(file, sources) else { break };
            let Some(judged) = called(unit, caller, text, tagged) else { break };
            found.push(judged);
        }
    }
}

/// A template as one stack of a unit.
fn called<'u>(unit: &'u Unit, caller: &str, text: Text, tagged: bool) -> Option<Judged<'u>> {
    let root = text.root()?;
    let document = document::template(unit, (text.file, caller), root, Forms::Long);
    let long = document.json.to_string();
    let tags = || document::template(unit, (text.file, caller), root, Forms::LongAndShort).json.to_string();
    let tagged = tagged.then(tags).filter(|tagged| *tagged != long);
    let about = About::Unit(Box::new(document), Some(text));
    Some(Judged { input: Input::CloudFormation, text: long, tagged, about })
}

/// All facts that stand in one repository; `None` where there are none.
fn of_root(facts: &Facts, root: usize, inventory: &Inventory, sources: &Sources) -> Option<Json> {
    let is_here = |subject: &Subject| {
        let source = sources.get(subject.header.site.file);
        let lies_in =
            |path: &crate::system::Root| inventory.shown(&path.path().join(&source.root_path)) == source.path;
        inventory.roots.iter().position(lies_in).unwrap_or(0) == root
    };
    let mut document = Map::new();
    document.insert("version".to_owned(), facts::VERSION.into());
    let mut any = false;
    for concept in Concept::ALL {
        let all = facts.of(concept).iter().enumerate();
        let here: Vec<usize> = all.filter(|(_, (_, subject))| is_here(subject)).map(|(at, _)| at).collect();
        any |= !here.is_empty();
        document.insert(concept.key().to_owned(), facts.group(concept, &here).ok()?);
    }
    any.then_some(Json::Object(document))
}
