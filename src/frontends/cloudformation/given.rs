//! What holds in place of a parameter's default, and what a reference to it then yields.

use super::operand::Case;
use super::parameters::{Kind, Parameter};
use crate::model::Kind as ValueKind;
use crate::model::{Choice, Condition, Hop, Marks, Origin, Reason, Value};
use crate::source::Site;
use std::sync::Arc;

/// What holds in place of the default.
#[derive(Debug, Clone, Default)]
pub(in crate::frontends) enum Given {
    #[default]
    Nothing,
    /// A parent stack says nothing, so that nobody can: the default holds.
    Unsaid,
    /// What a parent stack passes in, with what it is to conditions.
    Argument(Value, Vec<Case>),
    /// What a file says that is deployed with the template.
    Value(Value),
    /// As [`Self::Value`], each under a condition; where none of these holds, the default does.
    Either(Vec<(Arc<Condition>, Value)>),
}

impl Parameter {
    pub(super) fn give(&mut self, given: Given) {
        let marks = self.marks();
        let marked = |value: Value| value.marked(marks);
        self.given = match given {
            Given::Nothing => Given::Nothing,
            Given::Unsaid => Given::Unsaid,
            Given::Argument(value, cases) => Given::Argument(marked(self.typed(value)), cases),
            Given::Value(value) => Given::Value(marked(self.typed(value))),
            Given::Either(values) => {
                let each = values.into_iter().map(|(when, value)| (when, marked(self.typed(value))));
                Given::Either(each.collect())
            }
        };
    }

    /// A text as the parameter's type has it.
    fn typed(&self, value: Value) -> Value {
        match (self.kind, value.as_str()) {
            (Kind::List, Some(text)) => {
                let item = |item: &str| Value { origin: value.origin.clone(), ..Value::string(item.trim()) };
                let items: Vec<Value> = text.split(',').map(item).collect();
                Value { origin: value.origin.clone(), ..Value::list(items) }
            }
            (Kind::List | Kind::Text | Kind::Ssm, _) => value,
        }
    }

    /// Whether it may be any of the allowed values.
    pub(super) fn is_free(&self) -> bool {
        match self.given {
            Given::Nothing | Given::Either(_) => true,
            Given::Unsaid | Given::Argument(..) | Given::Value(_) => false,
        }
    }

    pub(super) fn marks(&self) -> Marks {
        if self.no_echo { Marks::NO_ECHO } else { Marks::NONE }
    }

    /// What conditions compare; `name` is the parameter's own for them.
    pub(super) fn cases(&self, name: Arc<str>) -> Vec<Case> {
        let known = |value: &Value| value.to_text().map(Case::known);
        match &self.given {
            // What is compared is what SSM has.
            _ if self.kind == Kind::Ssm => vec![Case::named(name)],
            Given::Nothing => vec![Case::named(name)],
            Given::Unsaid => {
                let default = self.default.as_ref().filter(|_| self.kind == Kind::Text);
                vec![default.and_then(known).unwrap_or_else(|| Case::named(name))]
            }
            Given::Argument(_, cases) => cases.clone(),
            Given::Value(value) => vec![known(value).unwrap_or_else(|| Case::named(name))],
            Given::Either(values) => {
                let each = values.iter().map(|(when, value)| {
                    let case = known(value).unwrap_or_else(|| Case::named(Arc::clone(&name)));
                    case.under(Arc::clone(when))
                });
                let mut cases: Vec<Case> = each.collect();
                let any = Condition::Or(values.iter().map(|(when, _)| Arc::clone(when)).collect());
                cases.push(Case::named(name).under(Arc::new(Condition::Not(Arc::new(any)))));
                cases
            }
        }
    }

    /// The one name under which conditions compare the parameter, if there is one. `name` is its own.
    pub(super) fn atom(&self, name: Arc<str>) -> Option<Arc<str>> {
        Case::only_name(&self.cases(name)).cloned()
    }

    /// The text that holds unless somebody gives another one.
    pub(super) fn default_text(&self) -> Option<Arc<str>> {
        match (&self.given, self.kind) {
            (Given::Nothing, Kind::Text | Kind::List) => self.raw.clone(),
            // The default of a parent's parameter.
            (Given::Argument(value, cases), _) if Case::only_name(cases).is_some() => value.to_text(),
            (Given::Unsaid | Given::Argument(..) | Given::Value(_) | Given::Either(_), _)
            | (Given::Nothing, Kind::Ssm) => None,
        }
    }

    /// Whether somebody must give a text.
    pub(super) fn is_open(&self) -> bool {
        match &self.given {
            Given::Nothing | Given::Unsaid => self.kind != Kind::Ssm && self.default.is_none(),
            Given::Argument(value, _) => value
                .as_unknown()
                .is_some_and(|why| matches!(why.reason, Reason::Parameter { .. }) && why.parts.is_empty()),
            Given::Value(_) | Given::Either(_) => false,
        }
    }

    /// What somebody gives in place of the default; `only` where nothing else can be given.
    pub(super) fn given(&self, name: &Arc<str>, only: Option<&str>) -> Value {
        let marks = self.marks();
        match (only, self.kind) {
            (Some(only), Kind::List) => {
                let items = only.split(',').map(|item| Value::string(item.trim()).marked(marks));
                return Value::list(items).marked(marks);
            }
            (Some(only), Kind::Text | Kind::Ssm) => return Value::string(only).marked(marks),
            (None, _) => {}
        }
        let reason = Reason::Parameter { name: Arc::clone(name), no_echo: self.no_echo };
        self.unmarked(name, Value::unknown(reason).marked(self.marks()))
    }

    /// What the template leaves to others, with the parameter's declaration where that does not hide it.
    fn unmarked(&self, name: &Arc<str>, value: Value) -> Value {
        if self.no_echo || self.kind == Kind::Ssm {
            return value;
        }
        value.via(Hop::UnmarkedVariable(Arc::clone(name)), Some(self.name_site))
    }

    /// What a reference to the parameter yields. `scoped` is its own name for conditions, `site` the reference.
    pub(super) fn value(&self, name: &Arc<str>, scoped: &Arc<str>, site: Site) -> Value {
        let handed = |value: &Value, hop: fn(Arc<str>) -> Hop| {
            let via = |value: Value| value.via(hop(Arc::clone(name)), Some(site));
            // `Fn::Select` takes an item out of a list, which then has to know where it came from.
            via(match value.as_list() {
                Some(items) => {
                    let items: Vec<Value> = items.iter().cloned().map(via).collect();
                    Value { origin: value.origin.clone(), ..Value::list(items) }.marked(value.marks)
                }
                None => value.clone(),
            })
        };
        match &self.given {
            Given::Argument(value, _) if self.kind != Kind::Ssm => {
                let value = handed(value, Hop::ModuleInput);
                // `NoEcho` is the parent's: the nested stack shows what it is handed.
                let is_shown = !self.no_echo && value.marks.has(Marks::NO_ECHO);
                let shown = Hop::OrVariable(Arc::clone(name), self.name_site);
                return if is_shown { value.via(shown, None) } else { value };
            }
            Given::Value(value) if self.kind != Kind::Ssm => return handed(value, Hop::ParameterValue),
            Given::Either(values) if self.kind != Kind::Ssm => {
                return values.iter().rev().fold(
                    self.by_default(scoped, site),
                    |otherwise, (when, value)| {
                        let condition = Arc::clone(when);
                        let then = handed(value, Hop::ParameterValue);
                        Value::new(ValueKind::Choice(Arc::new(Choice { condition, then, otherwise })))
                    },
                );
            }
            // Of an SSM type what is given names an SSM parameter.
            Given::Nothing | Given::Unsaid | Given::Argument(..) | Given::Value(_) | Given::Either(_) => {}
        }
        self.by_default(scoped, site)
    }

    fn by_default(&self, name: &Arc<str>, site: Site) -> Value {
        let marks = self.marks();
        if self.kind == Kind::Ssm {
            return Value::unknown(Reason::DynamicReference { service: "ssm".into() }).marked(marks);
        }
        let Some(default) = &self.default else { return self.given(name, None) };
        let hop = || Hop::ParameterDefault(Arc::clone(name));
        match default.as_list() {
            Some(items) => {
                let items = items.iter().map(|item| item.clone().via(hop(), Some(site)));
                Value { origin: default.origin.clone(), ..Value::list(items) }
                    .marked(marks)
                    .via(hop(), Some(site))
            }
            None if default.as_str() == Some("") => {
                self.unmarked(name, default.clone()).via(hop(), Some(site))
            }
            None => default.clone().via(hop(), Some(site)),
        }
    }
}

/// Whether somebody who gives a value to a parameter may make another text of what has this origin.
pub(super) fn may_differ(origin: &Origin) -> bool {
    match origin {
        Origin::None | Origin::Literal(_) => false,
        Origin::Derived(step) => {
            matches!(step.hop, Hop::ParameterDefault(_)) || step.from.iter().any(may_differ)
        }
    }
}
