//! Terraform's JSON syntax, lowered to the tree of the native one
//! (<https://developer.hashicorp.com/terraform/language/syntax/json>).
//!
//! JSON does not say what is a block and what an argument, so the shapes of Terraform's own blocks stand here. What a
//! provider's schema would make nested blocks stays an argument that holds objects.

use super::json_lower::{Lower, Strings};
use super::json_scan::{self, Json, JsonKind, JsonString};
use super::tree::{Attribute, Block, Body, Label};
use super::{Parsed, after_bom};
use crate::source::Span;

/// A `.tf.json` or `.tofu.json` file. A block's `header` is its last label (its keyword if it has none), as keyword
/// and labels stand far apart, and its `span` goes from there to the end of its body.
#[must_use]
pub fn parse_json(text: &str) -> Parsed {
    parse_as(text, |lower, json| {
        let mut body = Members::default();
        lower.bodies(&mut body, json, Shape::File);
        body.into()
    })
}

/// A `terragrunt.hcl.json` file. What Terragrunt takes as a block of any name stays an argument.
#[must_use]
pub fn parse_json_terragrunt(text: &str) -> Parsed {
    parse_as(text, |lower, json| {
        let mut body = Members::default();
        lower.bodies(&mut body, json, Shape::Terragrunt);
        body.into()
    })
}

/// A `.tfvars.json` file: one body of arguments, in which strings are just strings.
#[must_use]
pub fn parse_json_values(text: &str) -> Parsed {
    parse_as(text, |lower, json| {
        let mut body = Members::default();
        lower.bodies(&mut body, json, Shape::Values);
        body.into()
    })
}

fn parse_as(text: &str, lower_file: impl FnOnce(&mut Lower<'_>, &Json) -> Body) -> Parsed {
    let mut lower = Lower::new(text);
    match json_scan::read(text, after_bom(text)) {
        Ok(json) => lower.tree.body = lower_file(&mut lower, &json),
        Err(mut error) => {
            error.hides = Some(Span::new(0, text.len()));
            lower.errors.push(*error);
        }
    }
    Parsed { tree: lower.tree, root: None, errors: lower.errors }
}

/// What a body comes to hold.
#[derive(Debug, Default)]
struct Members {
    attributes: Vec<Attribute>,
    blocks: Vec<Block>,
}

impl From<Members> for Body {
    fn from(members: Members) -> Self {
        Self { attributes: members.attributes.into(), blocks: members.blocks.into() }
    }
}

/// What a body may hold as blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    File,
    /// A file of Terragrunt.
    Terragrunt,
    Terraform,
    /// A resource, data source or ephemeral resource.
    Resource,
    Provisioner,
    Lifecycle,
    Variable,
    Output,
    Module,
    Check,
    Removed,
    Moved,
    Import,
    Dynamic,
    Cloud,
    /// Arguments alone.
    Arguments,
    /// Arguments whose strings are literal.
    Values,
}

impl Shape {
    /// The labels and the shape of the blocks that a name stands for here; none for an argument.
    fn block(self, name: &str) -> Option<(usize, Shape)> {
        match (self, name) {
            (Self::File, "resource" | "data" | "ephemeral") | (Self::Check, "data") => {
                Some((2, Self::Resource))
            }
            (Self::File, "variable") => Some((1, Self::Variable)),
            (Self::File, "output") => Some((1, Self::Output)),
            (Self::File, "module") => Some((1, Self::Module)),
            (Self::File, "provider") => Some((1, Self::Arguments)),
            (Self::File, "check") => Some((1, Self::Check)),
            (Self::Terragrunt, "locals" | "terraform" | "include") => Some((0, Self::Arguments)),
            (Self::File, "locals") => Some((0, Self::Arguments)),
            (Self::File, "moved") => Some((0, Self::Moved)),
            (Self::File, "import") => Some((0, Self::Import)),
            (Self::File, "removed") => Some((0, Self::Removed)),
            (Self::File, "terraform") => Some((0, Self::Terraform)),
            (Self::Terraform, "backend" | "provider_meta") => Some((1, Self::Arguments)),
            (Self::Terraform, "required_providers" | "encryption") => Some((0, Self::Arguments)),
            (Self::Terraform, "cloud") => Some((0, Self::Cloud)),
            (Self::Cloud, "workspaces") => Some((0, Self::Arguments)),
            (Self::Resource | Self::Removed, "lifecycle") => Some((0, Self::Lifecycle)),
            (Self::Resource | Self::Removed, "provisioner") => Some((1, Self::Provisioner)),
            (Self::Resource | Self::Provisioner | Self::Removed, "connection") => Some((0, Self::Arguments)),
            (Self::Resource, "dynamic") => Some((1, Self::Dynamic)),
            (Self::Dynamic, "content") => Some((0, Self::Resource)),
            (Self::Lifecycle | Self::Output, "precondition")
            | (Self::Lifecycle, "postcondition")
            | (Self::Variable, "validation")
            | (Self::Check, "assert") => Some((0, Self::Arguments)),
            _ => None,
        }
    }

    /// How strings of an argument are read.
    fn strings(self, name: &str) -> Strings {
        match (self, name) {
            (Self::Values, _) | (Self::Module, "source" | "version") => Strings::Literal,
            (Self::Variable, "type")
            | (Self::Resource, "provider" | "depends_on")
            | (Self::Module, "providers" | "depends_on")
            | (Self::Output, "depends_on")
            | (Self::Moved, _)
            | (Self::Import, "to" | "provider")
            | (Self::Removed, "from")
            | (Self::Lifecycle, "ignore_changes" | "replace_triggered_by") => Strings::Expression,
            (Self::Variable, _) => Strings::Literal,
            _ => Strings::Template,
        }
    }
}

impl Lower<'_> {
    /// A body, or an array of bodies, read into one.
    fn bodies(&mut self, body: &mut Members, json: &Json, shape: Shape) {
        match &json.kind {
            JsonKind::Array(items) => items.iter().for_each(|item| self.bodies(body, item, shape)),
            JsonKind::Object(members) => {
                for (key, value) in members {
                    self.member(body, *key, value, shape);
                }
            }
            JsonKind::Null => {}
            JsonKind::Bool(_) | JsonKind::Number | JsonKind::String(_) => {
                self.error(json.span, "expected an object that holds arguments and blocks");
            }
        }
    }

    fn member(&mut self, body: &mut Members, key: JsonString, value: &Json, shape: Shape) {
        let name = self.string_span(key);
        match self.text(name) {
            "//" => {}
            text => match shape.block(text) {
                Some((labels, inner)) => self.blocks(body, value, inner, labels, &mut vec![name]),
                None if shape == Shape::File => {
                    self.error(key.span, "this is no block that Terraform knows");
                }
                None => {
                    let strings = shape.strings(text);
                    let expr = self.expression(value, strings);
                    body.attributes.push(Attribute { name, expr });
                }
            },
        }
    }

    /// Blocks of one keyword; `names` holds it and the labels so far.
    fn blocks(
        &mut self,
        body: &mut Members,
        json: &Json,
        shape: Shape,
        labels: usize,
        names: &mut Vec<Span>,
    ) {
        match &json.kind {
            JsonKind::Array(items) => {
                for item in items {
                    self.blocks(body, item, shape, labels, names);
                }
            }
            JsonKind::Object(members) if names.len() <= labels => {
                for (key, value) in members {
                    let name = self.string_span(*key);
                    if self.text(name) != "//" {
                        names.push(name);
                        self.blocks(body, value, shape, labels, names);
                        names.pop();
                    }
                }
            }
            JsonKind::Object(_) => self.block(body, json, shape, names),
            JsonKind::Null => {}
            JsonKind::Bool(_) | JsonKind::Number | JsonKind::String(_) => {
                let wanted = if names.len() <= labels { "a block's labels" } else { "a block's body" };
                self.error(json.span, &format!("expected an object that holds {wanted}"));
            }
        }
    }

    fn block(&mut self, body: &mut Members, json: &Json, shape: Shape, names: &[Span]) {
        let [keyword, labels @ ..] = names else { return };
        let mut inner = Members::default();
        self.bodies(&mut inner, json, shape);
        let header = labels.last().map_or(*keyword, |label| self.tree.file_span(*label));
        body.blocks.push(Block {
            keyword: *keyword,
            labels: labels.iter().map(|text| Label { text: *text }).collect(),
            header,
            span: header.to(json.span),
            body: inner.into(),
        });
    }
}
