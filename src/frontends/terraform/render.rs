//! `templatefile` and `templatestring`, and what a provider makes of a template.

use super::eval::{Evaluator, Frame, Scope, invalid};
use super::functions::marks_of;
use super::instance::Instance;
use super::lazy::resolve;
use super::module::ModuleFile;
use crate::model::{Hop, Kind, Marks, Origin, Reason, Value};
use crate::source::{FileId, Site};
use crate::syntax::hcl::{self, ExprId, ExprKind};
use std::rc::Rc;
use std::sync::Arc;

/// A parsed template file.
#[derive(Debug)]
pub(crate) struct TemplateFile {
    file: ModuleFile,
    root: Option<ExprId>,
}

/// Templates that render one another.
const MAX_TEMPLATE_DEPTH: usize = 16;

impl<'p> Evaluator<'p> {
    pub(crate) fn render(&self, name: &str, args: &[ExprId], site: Site, scope: Scope<'_, 'p>) -> Value {
        let [first, vars] = args else { return invalid("a template and its variables are required") };
        if name == "templatestring" && !is_reference(*first, scope) {
            return invalid("the template must be a reference to a value");
        }
        let first = self.eval(*first, scope);
        let vars = self.eval(*vars, scope);
        let template = match (name, first.as_str()) {
            (_, None) => return unread_of(name, &first, &vars, site),
            ("templatefile", Some(path)) => self.template_file(path, scope.instance),
            (_, Some(text)) => Ok(Rc::new(self.template_of(&first, text, site, scope))),
        };
        let template = match template {
            Ok(template) => template,
            Err(reason) => return unread(name, reason, &vars, site),
        };
        let value = match self.fill(&template, &vars, site, scope.instance) {
            Ok(value) => value,
            Err(value) => return value,
        };
        let hop = match name {
            "templatefile" => Hop::File(Arc::from(template.file.source.path.as_str())),
            _ => Hop::Function(Arc::from(name)),
        };
        value.via(hop, Some(site)).marked(vars.marks.with(first.marks))
    }

    /// What a provider makes of a template and its variables, told at `site` where it has no other place.
    pub(super) fn render_value(
        &self,
        first: &Value,
        vars: &Value,
        site: Site,
        scope: Scope<'_, 'p>,
    ) -> Value {
        let Some(text) = first.as_str() else { return unread_of("templatestring", first, vars, site) };
        let file = self.read_as_it_is(first, text, scope.instance);
        let hop = match &file {
            Some(template) => Hop::File(Arc::from(template.file.source.path.as_str())),
            None => Hop::Template,
        };
        let template = file.unwrap_or_else(|| Rc::new(self.template_of(first, text, site, scope)));
        match self.fill(&template, vars, site, scope.instance) {
            Ok(value) => value.via(hop, None).marked(vars.marks.with(first.marks)),
            Err(value) => value,
        }
    }

    /// `Err`: why there is no text.
    fn fill(
        &self,
        template: &TemplateFile,
        vars: &Value,
        site: Site,
        instance: &Rc<Instance<'p>>,
    ) -> Result<Value, Value> {
        let Some(root) = template.root else { return Err(invalid("the template has a syntax error")) };
        let names = match &vars.kind {
            Kind::Object(object) => {
                object.entries.iter().map(|entry| (Arc::clone(&entry.key), entry.value.clone())).collect()
            }
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => Vec::new(),
        };
        let depth = self.rendering.get();
        if depth >= MAX_TEMPLATE_DEPTH {
            return Err(self.limit(Some(site), "a template that renders itself"));
        }
        self.rendering.set(depth + 1);
        let frame = Frame { names, parent: None };
        let value = self.eval(root, Scope { instance, file: &template.file, frame: Some(&frame) });
        self.rendering.set(depth);
        if value.is_null() { Err(invalid("a template cannot be null")) } else { Ok(value) }
    }

    /// The template that a text is which was read from a file and is still all of it.
    fn read_as_it_is(
        &self,
        value: &Value,
        text: &str,
        instance: &Rc<Instance<'p>>,
    ) -> Option<Rc<TemplateFile>> {
        let mut origin = &value.origin;
        let path = loop {
            let Origin::Derived(step) = origin else { return None };
            match (&step.hop, step.from.as_slice()) {
                (Hop::File(path), _) => break path,
                (_, [one]) => origin = one,
                (_, _) => return None,
            }
        };
        let template = self.template_file(path, instance).ok()?;
        (template.file.source.text() == text).then_some(template)
    }

    /// A template that is a value. Where it is put together of literals of one file as they stand, its places are theirs;
    /// else the call stands for all of it.
    fn template_of(&self, value: &Value, text: &str, site: Site, scope: Scope<'_, 'p>) -> TemplateFile {
        let mut parsed = hcl::parse_template(text);
        parsed.tree.decoded = text.to_owned();
        parsed.tree.decoded_from = 0;
        let literals = value.origin.literals();
        let held = literals.first().and_then(|first| file_of(scope, first.file));
        if let Some(file) = held
            && let Some(pieces) = super::standing::pieces(text, &literals, file)
        {
            parsed.tree.set_pieces(pieces);
            let file = ModuleFile { id: file.id, source: Arc::clone(&file.source), tree: parsed.tree.into() };
            return TemplateFile { file, root: parsed.root };
        }
        parsed.tree.decoded_map = vec![(0, site.span)];
        let file =
            ModuleFile { id: site.file, source: Arc::clone(&scope.file.source), tree: parsed.tree.into() };
        TemplateFile { file, root: parsed.root }
    }

    fn template_file(&self, path: &str, instance: &Rc<Instance<'p>>) -> Result<Rc<TemplateFile>, Reason> {
        let path: Arc<str> = resolve(&instance.root_module().folder, path)?.into();
        let known = self.templates.borrow().get(&path).cloned();
        if let Some(template) = known {
            return Ok(template);
        }
        let (id, source) = self.files.read(&path)?;
        let parsed = hcl::parse_template(source.text());
        let template = Rc::new(TemplateFile {
            file: ModuleFile { id, source, tree: parsed.tree.into() },
            root: parsed.root,
        });
        self.templates.borrow_mut().insert(path, Rc::clone(&template));
        Ok(template)
    }
}

/// The same of a template that is no known text.
fn unread_of(name: &str, template: &Value, vars: &Value, site: Site) -> Value {
    match template.as_unknown() {
        Some(unknown) => unread(name, unknown.reason.clone(), vars, site).marked(template.marks),
        None => invalid("the template is no string"),
    }
}

/// What a template that is not here makes: unknown, and made of what it is handed.
fn unread(name: &str, reason: Reason, vars: &Value, site: Site) -> Value {
    let mut from = Vec::new();
    handed("", vars, None, &mut from);
    let value = Value::unknown(reason).marked(marks_of(vars, true).without(Marks::SEVERAL));
    match from.is_empty() {
        true => value,
        false => Value { origin: Origin::made_of(Hop::Function(Arc::from(name)), Some(site), from), ..value },
    }
}

/// Each text below a value, by the name that is nearest to it.
fn handed(name: &str, value: &Value, site: Option<Site>, found: &mut Vec<Origin>) {
    match &value.kind {
        Kind::Null => {}
        Kind::List(items) => items.iter().for_each(|item| handed(name, item, site, found)),
        Kind::Object(object) => {
            object.entries.iter().for_each(|entry| handed(&entry.key, &entry.value, entry.site, found));
        }
        Kind::Choice(choice) => {
            handed(name, &choice.then, site, found);
            handed(name, &choice.otherwise, site, found);
        }
        Kind::String(text) if text.is_empty() && matches!(value.origin, Origin::Literal(_)) => {}
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {
            found.push(value.clone().via(Hop::Handed(Arc::from(name)), site).origin);
        }
    }
}

/// A template is rendered from a value that stands elsewhere, never from one written in place.
fn is_reference(expr: ExprId, scope: Scope<'_, '_>) -> bool {
    match &scope.file.tree.expr(expr).kind {
        ExprKind::Name(_) | ExprKind::Attr { .. } | ExprKind::Index { .. } => true,
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number
        | ExprKind::Plain(_)
        | ExprKind::Template(_)
        | ExprKind::SplatItem
        | ExprKind::Splat { .. }
        | ExprKind::Call { .. }
        | ExprKind::Tuple(_)
        | ExprKind::Object(_)
        | ExprKind::For(_)
        | ExprKind::Conditional { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Unary { .. }
        | ExprKind::Parens(_) => false,
    }
}

/// A file of the modules that lead here.
fn file_of<'a>(scope: Scope<'a, '_>, id: FileId) -> Option<&'a ModuleFile> {
    let mut instance = Some(scope.instance);
    while let Some(at) = instance {
        if let Some(file) = at.module.files.iter().find(|file| file.id == id) {
            return Some(file);
        }
        instance = at.parent.as_ref();
    }
    None
}
