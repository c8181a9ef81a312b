//! Uses of variables and locals in Terraform's code, through modules whose code is here.

use super::{Met, calls_at, text_calls};
use crate::facts::holes::HOLE;
use crate::source::{SourceFile, Sources, Span, folder_of};
use crate::syntax::hcl::{self, BinaryOp, Block, Body, ExprId, ExprKind, ObjectItem, Part, Tree};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Folders above a file of values in which the variable may be declared.
const ABOVE: usize = 4;

/// A file of code, parsed when somebody asks.
struct Held {
    source: Arc<SourceFile>,
    tree: OnceCell<Tree>,
}

impl Held {
    fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| {
            let text = self.source.text();
            if self.source.path.ends_with(".json") {
                hcl::parse_json(text).tree
            } else {
                hcl::parse(text).tree
            }
        })
    }

    fn text(&self, span: Span) -> &str {
        self.tree().text(self.source.text(), span)
    }

    fn label(&self, block: &Block, at: usize) -> &str {
        block.labels.get(at).map_or("", |label| self.text(label.text))
    }

    /// A string without interpolation.
    fn plain(&self, id: ExprId) -> Option<&str> {
        match self.tree().expr(id).kind {
            ExprKind::Plain(span) => Some(self.text(span)),
            _ => None,
        }
    }

    fn at<'f>(&'f self, body: &Body, name: &str) -> Option<&'f str> {
        let named = body.attributes.iter().find(|attribute| self.text(attribute.name) == name)?;
        self.plain(named.expr)
    }
}

/// What is looked for, and where it is already.
struct Search<'n> {
    /// `var`, `local`.
    root: &'static str,
    name: &'n str,
    /// Of an object the key of the value.
    inner: Option<&'n str>,
}

type Done = BTreeSet<(String, &'static str, String)>;

/// All code by the folder that it stands in.
pub(super) struct Folders(BTreeMap<String, Vec<Held>>);

impl Folders {
    pub(super) fn of(sources: &Sources) -> Self {
        let mut folders: BTreeMap<String, Vec<Held>> = BTreeMap::new();
        let endings = [".tf", ".tofu", ".tf.json", ".tofu.json"];
        for source in sources.all() {
            if source.commit.is_none() && endings.iter().any(|ending| source.path.ends_with(ending)) {
                let held = folders.entry(folder_of(&source.path).to_owned()).or_default();
                // A file may have been read more than once.
                if held.iter().all(|held| held.source.path != source.path) {
                    held.push(Held { source, tree: OnceCell::new() });
                }
            }
        }
        Self(folders)
    }

    pub(super) fn of_variable(&self, folder: &str, name: &str, inner: Option<&str>) -> Met {
        self.met(folder, &Search { root: "var", name, inner }, &mut Done::new())
    }

    pub(super) fn of_local(&self, folder: &str, name: &str, inner: Option<&str>) -> Met {
        self.met(folder, &Search { root: "local", name, inner }, &mut Done::new())
    }

    /// Of a file of values, which may stand below the module that it is for.
    pub(super) fn of_value(&self, folder: &str, name: &str, inner: Option<&str>) -> Met {
        let declares = |folder: &&str| {
            self.0.get(*folder).into_iter().flatten().any(|file| {
                let mut blocks = file.tree().body.blocks.iter();
                blocks.any(|block| file.text(block.keyword) == "variable" && file.label(block, 0) == name)
            })
        };
        let above = std::iter::successors(Some(folder), |at| (!at.is_empty()).then_some(folder_of(at)));
        let module = above.take(ABOVE).find(declares);
        module.map_or_else(Met::default, |module| self.of_variable(module, name, inner))
    }

    /// Of the argument of a module's call that stands at a place.
    pub(super) fn of_input(&self, folder: &str, (path, name): (&str, Span), inner: Option<&str>) -> Met {
        let files = self.0.get(folder).map_or(&[][..], Vec::as_slice);
        let Some(file) = files.iter().find(|file| file.source.path == path) else { return Met::default() };
        for block in &file.tree().body.blocks {
            let is_it = |attribute: &&hcl::Attribute| file.tree().file_span(attribute.name) == name;
            if let Some(attribute) = block.body.attributes.iter().find(is_it) {
                return self.input((folder, file), block, file.text(attribute.name), inner, &mut Done::new());
            }
        }
        Met::default()
    }

    fn input(
        &self,
        (folder, file): (&str, &Held),
        call: &Block,
        name: &str,
        inner: Option<&str>,
        done: &mut Done,
    ) -> Met {
        let source = file.at(&call.body, "source").filter(|source| source.starts_with('.'));
        let module = source.map(|source| joined(folder, source)).filter(|module| self.0.contains_key(module));
        match module {
            Some(module) => self.met(&module, &Search { root: "var", name, inner }, done),
            None => Met::of(calls_at(name, |_| None)),
        }
    }

    fn met(&self, folder: &str, search: &Search<'_>, done: &mut Done) -> Met {
        let mut met = Met::default();
        if !done.insert((folder.to_owned(), search.root, search.name.to_owned())) {
            return met;
        }
        for file in self.0.get(folder).into_iter().flatten() {
            // Most files have nothing to do with it, and need not be parsed.
            if file.source.text().contains(search.name) {
                let mut reader = Reader { folders: self, folder, file, search, done, met };
                reader.file();
                met = reader.met;
            }
        }
        met
    }
}

/// `modules/app` and `../db`: `modules/db`.
fn joined(folder: &str, source: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in source.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if folder.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// What a value goes into.
#[derive(Clone, Copy)]
enum Becomes<'f> {
    Any,
    /// What logs in: Vault's `secret_id` is a secret.
    Login,
    Local,
    Input(&'f Block),
}

impl Becomes<'_> {
    /// Of what stands further in.
    fn inside(self) -> Self {
        match self {
            Self::Login => Self::Login,
            Self::Any | Self::Local | Self::Input(_) => Self::Any,
        }
    }
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Place<'f, 'l> {
    /// The nearest name above.
    key: &'f str,
    into: Becomes<'f>,
    beside: Beside<'f>,
    /// What comes before it in a text.
    lead: Option<&'l str>,
}

#[derive(Clone, Copy)]
enum Beside<'f> {
    Body(&'f Body),
    Items(&'f [ObjectItem]),
}

struct Reader<'r, 'f> {
    folders: &'f Folders,
    folder: &'r str,
    file: &'f Held,
    search: &'r Search<'r>,
    done: &'r mut Done,
    met: Met,
}

/// Arguments that decide whether and when, or tell people.
const NEUTRAL: &[&str] = &["count", "condition", "depends_on", "description", "error_message", "comment"];

impl<'f> Reader<'_, 'f> {
    fn file(&mut self) {
        let file = self.file;
        for block in &file.tree().body.blocks {
            match file.text(block.keyword) {
                // Its own validation.
                "variable" => {}
                "output" => self.body(&block.body, Becomes::Any, Some(file.label(block, 0))),
                "locals" => self.body(&block.body, Becomes::Local, None),
                "module" => self.body(&block.body, Becomes::Input(block), None),
                "provider" => self.body(&block.body, Becomes::Login, None),
                _ if file.label(block, 0).contains("approle") => self.body(&block.body, Becomes::Login, None),
                _ => self.body(&block.body, Becomes::Any, None),
            }
        }
    }

    /// `value`: what the argument of that name is called.
    fn body(&mut self, body: &'f Body, into: Becomes<'f>, value: Option<&'f str>) {
        for attribute in &body.attributes {
            let name = self.file.text(attribute.name);
            if !NEUTRAL.contains(&name) {
                let key = value.filter(|_| name == "value").unwrap_or(name);
                self.walk(attribute.expr, Place { key, into, beside: Beside::Body(body), lead: None });
            }
        }
        for block in &body.blocks {
            self.body(&block.body, into.inside(), None);
        }
    }

    fn walk(&mut self, id: ExprId, place: Place<'f, '_>) {
        let tree = self.file.tree();
        match &tree.expr(id).kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number
            | ExprKind::Plain(_)
            | ExprKind::Name(_)
            | ExprKind::SplatItem => {}
            ExprKind::Attr { .. } | ExprKind::Index { .. } => self.reference(id, place),
            ExprKind::Splat { base, .. } => self.walk(*base, place),
            ExprKind::Parens(inner) => self.walk(*inner, place),
            ExprKind::Template(parts) => {
                let mut lead = place.lead.unwrap_or_default().to_owned();
                self.parts(tree.parts(*parts), &mut lead, place);
            }
            ExprKind::Call { args, .. } => {
                let args = tree.ids(*args);
                // `format("arn:…:secret:%s", …)`
                let lead = args.first().and_then(|first| self.file.plain(*first));
                let lead = lead.filter(|lead| lead.starts_with("arn:")).or(place.lead);
                args.iter().for_each(|argument| self.walk(*argument, Place { lead, ..place }));
            }
            ExprKind::Tuple(items) => tree.ids(*items).iter().for_each(|item| self.walk(*item, place)),
            ExprKind::Object(items) => {
                let items = tree.items(*items);
                for item in items {
                    let key = self.file.plain(item.key).unwrap_or_default();
                    let beside = Beside::Items(items);
                    self.walk(item.value, Place { key, into: place.into.inside(), beside, lead: None });
                }
            }
            ExprKind::For(of) => {
                let of = tree.for_expr(*of);
                self.walk(of.collection, Place { key: "", into: place.into.inside(), ..place });
                self.walk(of.value, place);
            }
            ExprKind::Conditional { then, otherwise, .. } => {
                self.walk(*then, place);
                self.walk(*otherwise, place);
            }
            ExprKind::Binary { op, left, right } => {
                let adds = match op {
                    BinaryOp::Add
                    | BinaryOp::Subtract
                    | BinaryOp::Multiply
                    | BinaryOp::Divide
                    | BinaryOp::Modulo => true,
                    BinaryOp::Or
                    | BinaryOp::And
                    | BinaryOp::Equal
                    | BinaryOp::NotEqual
                    | BinaryOp::Less
                    | BinaryOp::LessEqual
                    | BinaryOp::Greater
                    | BinaryOp::GreaterEqual => false,
                };
                if adds {
                    self.walk(*left, place);
                    self.walk(*right, place);
                }
            }
            ExprKind::Unary { operand, .. } => self.walk(*operand, place),
        }
    }

    fn parts(&mut self, parts: &'f [Part], lead: &mut String, place: Place<'f, '_>) {
        for part in parts {
            match part {
                Part::Raw(span) => lead.push_str(self.file.text(*span)),
                Part::Text { text, .. } => lead.push_str(text),
                Part::Interpolation(id) => {
                    self.walk(*id, Place { lead: Some(lead.as_str()), ..place });
                    lead.push(HOLE);
                }
                Part::If(choice) => {
                    self.parts(&choice.then, lead, place);
                    self.parts(&choice.otherwise, lead, place);
                }
                Part::For(each) => self.parts(&each.body, lead, place),
            }
        }
    }

    /// `var.name`, `var.name.key`, `local.name["key"]`.
    fn reference(&mut self, id: ExprId, place: Place<'f, '_>) {
        let tree = self.file.tree();
        let mut steps: Vec<Option<&str>> = Vec::new();
        let mut at = id;
        let root = loop {
            match &tree.expr(at).kind {
                ExprKind::Attr { base, name } => {
                    steps.push(Some(self.file.text(*name)));
                    at = *base;
                }
                ExprKind::Index { base, key } => {
                    steps.push(self.file.plain(*key));
                    at = *base;
                }
                ExprKind::Name(name) => break self.file.text(*name),
                _ => return self.walk(at, place),
            }
        };
        if root != self.search.root || steps.pop() != Some(Some(self.search.name)) {
            return;
        }
        let mut keys = steps.iter().flatten();
        let is_another =
            keys.next().is_some_and(|last| self.search.inner.is_some_and(|inner| inner != *last));
        if !is_another {
            let whole = self.search.inner.filter(|_| steps.is_empty());
            self.meet(place, whole);
        }
    }

    /// `inner`: the key of the value, where the object that it is in is handed on.
    fn meet(&mut self, place: Place<'f, '_>, inner: Option<&str>) {
        let file = self.file;
        let beside = |key: &str| match place.beside {
            Beside::Body(body) => file.at(body, key).map(Cow::Borrowed),
            Beside::Items(items) => {
                let item = items.iter().find(|item| file.plain(item.key) == Some(key))?;
                file.plain(item.value).map(Cow::Borrowed)
            }
        };
        let calls = place.lead.and_then(text_calls).unwrap_or_else(|| calls_at(place.key, beside));
        let met = match place.into {
            Becomes::Login => Met::of(false),
            Becomes::Local if !calls => {
                let search = Search { root: "local", name: place.key, inner };
                self.folders.met(self.folder, &search, self.done)
            }
            Becomes::Input(call) if !calls => {
                self.folders.input((self.folder, file), call, place.key, inner, self.done)
            }
            Becomes::Any | Becomes::Local | Becomes::Input(_) => Met::of(calls),
        };
        self.met.add(met);
    }
}

#[cfg(test)]
mod tests {
    use super::{Folders, joined};
    use crate::facts::secrets::uses::Met;
    use crate::source::{SourceFile, Sources};

    fn folders(files: &[(&str, &str)]) -> Folders {
        let sources = Sources::default();
        for (path, text) in files {
            assert!(crate::syntax::hcl::parse(text).errors.is_empty() || path.ends_with(".json"), "{text}");
            sources.add(SourceFile::new((*path).into(), (*path).into(), (*text).into(), false));
        }
        Folders::of(&sources)
    }

    fn only_calls(met: Met) -> bool {
        met.calls && !met.other
    }

    #[test]
    fn a_variable_that_only_says_what_a_secret_is_called() {
        for code in [
            r#"data "aws_secretsmanager_secret_version" "s" { secret_id = var.a }"#,
            r#"resource "aws_secretsmanager_secret" "s" { name = "${var.env}/${var.a}" }"#,
            r#"data "aws_ssm_parameter" "p" { name = lower(var.a) }"#,
            r#"locals { secret = var.a }
               data "aws_secretsmanager_secret" "s" { name = local.secret }"#,
            r#"locals { secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:${var.a}-*" }"#,
            r#"locals { x = format("arn:aws:secretsmanager:eu-west-1:111122223333:secret:%s", var.a) }"#,
            r#"resource "r" "x" {
               environment_variable {
                 name  = "TOKEN"
                 type  = "SECRETS_MANAGER"
                 value = var.a
               }
               }"#,
            r#"resource "r" "x" { c = jsonencode([{ secrets = [{ name = "PW", valueFrom = var.a }] }]) }"#,
            r#"resource "r" "x" { env = [{ name = "SECRET_NAME", value = var.a }] }"#,
            "resource \"r\" \"x\" {\n  user_data = <<-E\n  #!/bin/sh\n  aws secretsmanager get-secret-value --secret-id ${var.a}\n  E\n}",
            r#"output "secret_name" { value = var.a }
               resource "r" "x" { count = var.a == "" ? 0 : 1 }"#,
            r#"module "m" {
                 source   = "./m"
                 password = var.a
               }"#,
        ] {
            let module = r#"variable "password" {}
                data "aws_secretsmanager_secret" "s" { name = var.password }"#;
            let found = folders(&[("main.tf", code), ("m/main.tf", module)]);
            assert!(only_calls(found.of_variable("", "a", None)), "{code}");
        }
    }

    #[test]
    fn a_variable_that_may_be_a_secret() {
        for code in [
            "",
            r#"variable "a" { default = "x" }"#,
            r#"resource "r" "x" { secret_name = var.other }"#,
            r#"resource "aws_db_instance" "d" { password = var.a }"#,
            // One use is enough.
            r#"data "aws_secretsmanager_secret" "s" { name = var.a }
               resource "r" "x" { password = var.a }"#,
            r#"resource "r" "x" { env = [{ name = "DB_PASSWORD", value = var.a }] }"#,
            r#"resource "r" "x" {
               environment_variable {
                 name  = "TOKEN"
                 type  = "PLAINTEXT"
                 value = var.a
               }
               }"#,
            "resource \"r\" \"x\" {\n  user_data = <<-E\n  #!/bin/sh\n  export SECRET_NAME=x\n  mysql -p${var.a}\n  E\n}",
            r#"provider "vault" {
                 auth_login_aws { secret_id = var.a }
               }"#,
            r#"resource "vault_approle_auth_backend_login" "l" { secret_id = var.a }"#,
            r#"output "secret" { value = var.a }"#,
            r#"module "m" {
                 source   = "./m"
                 password = var.a
               }"#,
            r#"module "m" {
                 source   = "terraform-aws-modules/rds/aws"
                 password = var.a
               }"#,
            r#"locals { secret = var.a }"#,
        ] {
            let module = r#"variable "password" {}
                resource "aws_db_instance" "d" { password = var.password }"#;
            let found = folders(&[("main.tf", code), ("m/main.tf", module)]);
            assert!(!only_calls(found.of_variable("", "a", None)), "{code}");
        }
    }

    #[test]
    fn of_an_object_the_key_counts() {
        let code = r#"
            data "aws_secretsmanager_secret" "s" { name = local.db.called }
            resource "r" "x" { password = local.db["kept"] }
            "#;
        let found = folders(&[("app/main.tf", code)]);
        assert!(only_calls(found.of_local("app", "db", Some("called"))));
        assert!(!only_calls(found.of_local("app", "db", Some("kept"))));
        assert!(!only_calls(found.of_local("app", "db", None)));
    }

    #[test]
    fn files_of_values_stand_below_their_module() {
        let code = r#"
            variable "a" {}
            data "aws_secretsmanager_secret" "s" { name = var.a }"#;
        let found = folders(&[("app/main.tf", code), ("app/.tf.json", "{}")]);
        assert!(only_calls(found.of_value("app/envs/prod", "a", None)));
        assert!(!only_calls(found.of_value("other/envs", "a", None)));
    }

    #[test]
    fn modules_that_call_each_other_end() {
        let code =
            |to: &str| format!("variable \"a\" {{}}\nmodule \"m\" {{\n  source = \"{to}\"\n  a = var.a\n}}");
        let found = folders(&[("x/main.tf", &code("../y")), ("y/main.tf", &code("../x"))]);
        assert_eq!(found.of_variable("x", "a", None), Met::default());
    }

    #[test]
    fn folders_are_joined() {
        for (folder, source, expected) in
            [("", "./m", "m"), ("a/b", "../c", "a/c"), ("..", "../m/", "../../m"), ("/r/a", "./b", "/r/a/b")]
        {
            assert_eq!(joined(folder, source), expected);
        }
    }
}
