//! What the data sources of templates make of their arguments: providers without a state or a service behind them.

use super::convert;
use super::eval::{Evaluator, Frame};
use super::functions::{Pieces, distribute};
use super::instance::Instance;
use super::module::{Mode, ResourceDecl};
use crate::model::{Entry, Hop, Kind, Object, Origin, Reason, Value};
use std::rc::Rc;
use std::sync::Arc;

/// <https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file>
const TEMPLATE: &str = "template_file";
/// <https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config>
const MULTIPART: [&str; 2] = ["cloudinit_config", "template_cloudinit_config"];

/// Whether a type of data source is one of these.
pub(super) fn renders(type_name: &str) -> bool {
    type_name == TEMPLATE || MULTIPART.contains(&type_name)
}

impl<'p> Evaluator<'p> {
    /// The attribute `rendered` of a data source of templates.
    pub(super) fn rendered(
        &self,
        (instance, decl): (&Rc<Instance<'p>>, &ResourceDecl),
        (address, name): (&Arc<str>, &str),
        frame: &Frame<'_>,
    ) -> Option<Value> {
        if decl.mode != Mode::Data || name != "rendered" || !renders(&decl.type_name) {
            return None;
        }
        let is_template = &*decl.type_name == TEMPLATE;
        let wanted: &[&str] = if is_template { &["template", "filename", "vars"] } else { &["part"] };
        let body = self.declared_body(instance, &decl.blocks, &|name| !wanted.contains(&name), Some(frame));
        if is_template { self.filled((instance, decl), &body) } else { multipart(&body, address) }
    }

    fn filled(&self, (instance, decl): (&Rc<Instance<'p>>, &ResourceDecl), body: &Object) -> Option<Value> {
        let (file, block) = instance.module.block(*decl.blocks.first()?);
        let scope = super::eval::Scope { instance, file, frame: None };
        let given = |name: &str| {
            body.get(name).filter(|entry| !entry.value.is_null() && entry.value.as_str() != Some(""))
        };
        let (entry, template) = match (given("template"), given("filename")) {
            (Some(entry), _) => (entry, entry.value.clone()),
            // Removed long ago; what is in old code still is a path.
            (None, Some(entry)) => {
                let path = std::slice::from_ref(&entry.value);
                (entry, self.called_with("file", path, instance).ok()?)
            }
            (None, None) => return None,
        };
        let site = entry.site.unwrap_or_else(|| file.site(block.header));
        let vars = body.get("vars").map_or_else(Value::null, |entry| texts(&entry.value));
        distribute(&[template], false, &mut |template| {
            Ok(self.render_value(template.first().unwrap_or(&vars), &vars, site, scope))
        })
        .ok()
    }
}

/// Variables as the provider has them: all are strings. In old code they stand in a block.
fn texts(vars: &Value) -> Value {
    let inner = vars.as_list().and_then(|blocks| blocks.first()).unwrap_or(vars);
    let Some(object) = inner.as_object() else { return inner.clone() };
    let text = |entry: &Entry| {
        let value = convert::to_string(&entry.value).unwrap_or_else(|_| entry.value.clone());
        Entry { value, ..entry.clone() }
    };
    let entries = object.entries.iter().map(text).collect();
    Value { kind: Kind::Object(Arc::new(Object { entries, ..(**object).clone() })), ..inner.clone() }
}

/// A message of several parts, compressed and encoded as a rule: not known as a text, but for what is in it.
fn multipart(body: &Object, address: &Arc<str>) -> Option<Value> {
    let parts = body.get("part")?.value.as_list()?.iter();
    let contents: Vec<&Value> =
        parts.filter_map(|part| Some(&part.as_object()?.get("content")?.value)).collect();
    let mut pieces = Pieces::default();
    contents.iter().for_each(|content| each_outcome(content, &mut |text| pieces.encodes(text)));
    pieces.unknown(&Reason::Data { address: Arc::clone(address), attribute: Arc::from("rendered") });
    let from: Vec<Origin> = contents.iter().map(|content| content.origin.clone()).collect();
    let value = pieces.finish("rendered");
    let marks = contents.iter().fold(value.marks, |marks, content| marks.with(content.marks));
    Some(Value { origin: Origin::made_of(Hop::Template, None, from), ..value }.marked(marks))
}

fn each_outcome(value: &Value, seen: &mut dyn FnMut(&Value)) {
    match &value.kind {
        Kind::Choice(choice) => {
            each_outcome(&choice.then, seen);
            each_outcome(&choice.otherwise, seen);
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => seen(value),
    }
}
