//! Interpolated strings, heredocs and template files.

use super::eval::{Evaluator, Frame, MAX_OUTCOMES, Scope, elements, marks_of};
use super::functions::{MAX_PARTS, MAX_TEXT};
use super::{normal, scalar};
use crate::model::{Hop, Kind, Marks, Origin, Part, Reason, Unknown, Value};
use crate::source::Site;
use crate::syntax::hcl::{ForPart, IfPart, Part as TemplatePart};
use std::sync::Arc;

const TOO_LONG: &str = "a string of more than 16 MiB";
const TOO_MANY: &str = "a string of more than 50,000 parts";

/// What has been put together so far: one run of parts, and whether anything in it is unknown.
#[derive(Debug, Default, Clone)]
struct Built {
    parts: Vec<Part>,
    marks: Marks,
}

impl<'p> Evaluator<'p> {
    /// The value of a template. A single interpolation is the value itself, not a string.
    /// <https://developer.hashicorp.com/terraform/language/expressions/strings>
    pub(crate) fn template(&self, parts: &[TemplatePart], site: Site, scope: Scope<'_, 'p>) -> Value {
        if let [TemplatePart::Interpolation(only)] = parts {
            return self.eval(*only, scope);
        }
        if let [TemplatePart::Text { text, span }] = parts {
            return Value::string(normal::text(text)).at(scope.file.site(*span));
        }
        let mut pieces = Vec::new();
        self.pieces(parts, scope, &mut pieces);
        let value = assemble(&pieces, site);
        self.note_limit(&value, site);
        value
    }

    fn pieces(&self, parts: &[TemplatePart], scope: Scope<'_, 'p>, pieces: &mut Vec<Value>) {
        for part in parts {
            match part {
                TemplatePart::Raw(span) => {
                    pieces.push(Value::string(scope.file.text(*span)).at(scope.file.site(*span)));
                }
                TemplatePart::Text { text, span } => {
                    pieces.push(Value::string(&**text).at(scope.file.site(*span)));
                }
                TemplatePart::Interpolation(expr) => pieces.push(self.eval(*expr, scope)),
                TemplatePart::If(part) => {
                    let IfPart { condition, then, otherwise } = &**part;
                    let decided = self.eval(*condition, scope);
                    match (scalar::truth(&decided), scalar::unknown_reason(&decided)) {
                        (Some(true), _) => self.pieces(then, scope, pieces),
                        (Some(false), _) => self.pieces(otherwise, scope, pieces),
                        (None, Some(reason)) => {
                            // Either branch may be there: text of both is judged, the whole is not known.
                            pieces.push(Value::unknown(reason));
                            self.pieces(then, scope, pieces);
                            self.pieces(otherwise, scope, pieces);
                        }
                        (None, None) => pieces.push(super::eval::invalid("a condition that is no bool")),
                    }
                }
                TemplatePart::For(part) => {
                    let ForPart { key_name, value_name, collection, body } = &**part;
                    match elements(&self.eval(*collection, scope)) {
                        Ok(items) => {
                            for (key, value) in items {
                                if self.spent() {
                                    return;
                                }
                                let mut names = vec![(Arc::from(scope.file.text(*value_name)), value)];
                                if let Some(name) = key_name {
                                    names.push((Arc::from(scope.file.text(*name)), key));
                                }
                                let frame = Frame { names, parent: scope.frame };
                                self.pieces(body, scope.with(&frame), pieces);
                            }
                        }
                        Err(reason) => pieces.push(Value::unknown(reason)),
                    }
                }
            }
        }
    }
}

/// Joins pieces to one string; open conditions in them give one string an outcome.
pub(crate) fn assemble(pieces: &[Value], site: Site) -> Value {
    let choices: usize = pieces.iter().filter(|piece| matches!(piece.kind, Kind::Choice(_))).count();
    if choices > 0 && (1 << choices.min(8)) <= MAX_OUTCOMES {
        let at = pieces.iter().position(|piece| matches!(piece.kind, Kind::Choice(_))).unwrap_or(0);
        if let Some(Value { kind: Kind::Choice(choice), .. }) = pieces.get(at) {
            let with = |side: &Value| {
                let mut pieces = pieces.to_vec();
                if let Some(piece) = pieces.get_mut(at) {
                    *piece = side.clone();
                }
                assemble(&pieces, site)
            };
            let condition = Arc::clone(&choice.condition);
            return super::eval::choose(condition, with(&choice.then), with(&choice.otherwise));
        }
    }
    let mut built = Built { parts: Vec::with_capacity(pieces.len()), marks: marks_of(pieces) };
    pieces.iter().for_each(|piece| built.push(piece));
    built.finish(site)
}

impl Built {
    fn push(&mut self, piece: &Value) {
        if self.parts.len() > MAX_PARTS {
            return;
        }
        match &piece.kind {
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts.extend(unknown.parts.iter().cloned());
            }
            Kind::Unknown(unknown) => self.parts.push(Part::Unknown(unknown.reason.clone())),
            Kind::Choice(choice) => self.parts.push(Part::Unknown(super::eval::open_reason(choice))),
            Kind::Null | Kind::List(_) | Kind::Object(_) => {
                let message = Arc::from("a template can hold only strings, numbers and bools");
                self.parts.push(Part::Unknown(Reason::Invalid { message }));
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
                if let Some(text) = scalar::as_string(piece).to_text() {
                    self.parts.push(Part::Text { text, origin: piece.origin.clone() });
                }
            }
        }
    }

    fn finish(self, site: Site) -> Value {
        if self.parts.len() > MAX_PARTS {
            return Value::unknown(Reason::Limit { what: Arc::from(TOO_MANY) }).marked(self.marks);
        }
        let mut from = Vec::new();
        let mut text = String::new();
        let mut unknown = None;
        for part in &self.parts {
            match part {
                Part::Text { text: piece, origin } => {
                    if text.len() + piece.len() > MAX_TEXT {
                        return Value::unknown(Reason::Limit { what: Arc::from(TOO_LONG) });
                    }
                    text.push_str(piece);
                    from.push(origin.clone());
                }
                Part::Unknown(reason) => unknown = unknown.or_else(|| Some(reason.clone())),
            }
        }
        let mut value = match unknown {
            None => normal::value(Value::string(text)),
            Some(reason) => {
                let parts = self.parts.into();
                Value::new(Kind::Unknown(Arc::new(Unknown { reason, parts })))
            }
        };
        value.origin = Origin::made_of(Hop::Template, Some(site), from);
        value.marked(self.marks)
    }
}
