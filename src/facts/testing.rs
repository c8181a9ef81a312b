//! Builds projects for tests from JSON. `{"$ref": "a.b.id"}` is a computed attribute, `{"$var": "x"}` a variable
//! without default, `{"$if": ["Stage", "prod", then, otherwise]}` a choice, `{"$parts": ["text", null]}` a string known
//! in part, `{"$from": ["variable", value]}` a variable's default that stands elsewhere.

use super::{Facts, lower};
use crate::model::{
    BlockKind, Choice, Condition, Declaration, DeclarationKind, Entry, Frontend, Hop, Kind, Object, Origin,
    Part, Project, Reason, Resource, Unit, Unknown, Value,
};
use crate::source::{FileId, Site, SourceFile, Sources, Span};
use serde_json::Value as Json;
use std::sync::Arc;

pub(crate) struct Case {
    pub(crate) sources: Sources,
    pub(crate) project: Project,
    file: FileId,
    next: usize,
}

impl Case {
    pub(crate) fn new(frontend: Frontend) -> Self {
        let sources = Sources::default();
        let text = "x".repeat(4000);
        let (file, _) = sources.add(SourceFile::new("main.tf".into(), "main.tf".into(), text, false));
        let unit = Unit { files: vec![file], ..Unit::new(frontend, ".".into()) };
        Self { sources, project: Project { units: vec![unit], ..Project::default() }, file, next: 0 }
    }

    pub(crate) fn terraform() -> Self {
        Self::new(Frontend::Terraform)
    }

    pub(crate) fn cloudformation() -> Self {
        Self::new(Frontend::CloudFormation)
    }

    pub(crate) fn site(&mut self) -> Site {
        self.next += 2;
        Site::new(self.file, Span::new(self.next, self.next + 1))
    }

    pub(crate) fn with(mut self, type_name: &str, address: &str, body: Json) -> Self {
        let kind = match type_name {
            name if name.starts_with("provider.") => BlockKind::Provider,
            name if name.starts_with("backend.") => BlockKind::Backend,
            "terraform_remote_state" => BlockKind::Data,
            _ => BlockKind::Managed,
        };
        let header = self.site();
        let body = self.value(body);
        let end = self.site();
        let block = Site::new(header.file, header.span.to(end.span));
        let resource = Resource::new(kind, (type_name.into(), address.into()), (header, block), body);
        self.project.units[0].resources.push(resource);
        self
    }

    pub(crate) fn edit(mut self, edit: impl FnOnce(&mut Unit)) -> Self {
        edit(&mut self.project.units[0]);
        self
    }

    pub(crate) fn declaring(mut self, kind: DeclarationKind, name: &str, value: Json) -> Self {
        let name_site = self.site();
        let value = self.value(value);
        let end = self.site();
        self.project.units[0].declarations.push(Declaration {
            kind,
            name: name.into(),
            module: "".into(),
            name_site,
            block: Site::new(name_site.file, name_site.span.to(end.span)),
            value,
            marked_secret: false,
        });
        self
    }

    pub(crate) fn facts(&self) -> Facts {
        lower(&self.project, &self.sources, &[])
    }

    fn value(&mut self, json: Json) -> Value {
        match json {
            Json::Null => Value::null(),
            Json::Bool(value) => Value::bool(value).at(self.site()),
            Json::Number(number) => Value::int(number.as_i64().unwrap_or(0).into()).at(self.site()),
            Json::String(text) => Value::string(text.as_str()).at(self.site()),
            Json::Array(items) => {
                Value::list(items.into_iter().map(|item| self.value(item)).collect::<Vec<_>>())
            }
            Json::Object(fields) => self.object(fields),
        }
    }

    fn object(&mut self, fields: serde_json::Map<String, Json>) -> Value {
        if let Some((key, value)) = fields.iter().next().filter(|(key, _)| key.starts_with('$')) {
            return self.special(&key.clone(), &value.clone());
        }
        let entries = fields
            .into_iter()
            .map(|(key, json)| {
                let key_site = self.site();
                let value = self.value(json);
                let end = self.site();
                Entry { key: key.into(), key_site: Some(key_site), site: Some(end), value }
            })
            .collect();
        Value::object(Object::new(entries))
    }

    fn special(&mut self, key: &str, json: &Json) -> Value {
        let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
        match key {
            "$ref" => {
                let whole = text(json);
                let (address, attribute) = whole.rsplit_once('.').unwrap_or((&whole, "Ref"));
                Value::unknown(Reason::Computed { address: address.into(), attribute: attribute.into() })
            }
            "$var" => Value::unknown(Reason::Variable { name: text(json).into() }),
            "$if" => {
                let condition =
                    Condition::Equals { name: text(&json[0]).into(), value: text(&json[1]).into() };
                let then = self.value(json[2].clone());
                let otherwise = self.value(json[3].clone());
                Value::new(Kind::Choice(Arc::new(Choice { condition: Arc::new(condition), then, otherwise })))
            }
            "$parts" => {
                let parts: Vec<Part> = json
                    .as_array()
                    .unwrap_or(&Vec::new())
                    .iter()
                    .map(|part| match part.as_str() {
                        Some(text) => Part::Text { text: text.into(), origin: Origin::Literal(self.site()) },
                        None => Part::Unknown(Reason::Variable { name: "x".into() }),
                    })
                    .collect();
                let mut unknown = Unknown::new(Reason::Variable { name: "x".into() });
                unknown.parts = parts.into();
                Value::new(Kind::Unknown(Arc::new(unknown)))
            }
            "$from" => {
                let value = self.value(json[1].clone());
                let site = self.site();
                value.via(Hop::VariableDefault(text(&json[0]).into()), Some(site))
            }
            "$same" => {
                // A variable's default at a fixed place, so that a declaration and its uses share it.
                let site = Site::new(self.file, Span::new(3000, 3010));
                let reference = self.site();
                Value::string(text(json)).at(site).via(Hop::VariableDefault("shared".into()), Some(reference))
            }
            "$at" => Value::string(text(json)).at(Site::new(self.file, Span::new(3000, 3010))),
            other => panic!("{other} is not known"),
        }
    }
}
