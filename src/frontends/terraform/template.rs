//! Interpolated strings, heredocs and template files.

use super::eval::{Evaluator, Frame, Scope, elements, marks_of};
use super::functions::{self, MAX_PARTS, MAX_TEXT};
use super::loops::known_elements;
use super::{normal, scalar};
use crate::model::{Encoded, Hop, Kind, Marks, Origin, Part, Reason, Unknown, Value};
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
    /// Of unknown pieces, those whose source matters all the same.
    sources: Vec<Origin>,
    encoded: Encoded,
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
                        (None, Some(reason)) if self.reads_both.get() => {
                            pieces.push(Value::unknown(reason));
                            self.pieces(then, scope, pieces);
                            self.pieces(otherwise, scope, pieces);
                        }
                        (None, Some(_)) => {
                            let [then, otherwise] = [then, otherwise].map(|part| {
                                let mut pieces = Vec::new();
                                self.pieces(part, scope, &mut pieces);
                                assemble(&pieces, scope.file.site(scope.file.tree.expr(*condition).span))
                            });
                            let open = super::eval::open_condition(*condition, scope);
                            pieces.push(super::eval::choose(open, then, otherwise).marked(decided.marks));
                        }
                        (None, None) => pieces.push(super::eval::invalid("a condition that is no bool")),
                    }
                }
                TemplatePart::For(part) => {
                    let ForPart { key_name, value_name, collection, body } = &**part;
                    let collection = self.eval(*collection, scope);
                    match elements(&collection) {
                        Ok(items) => {
                            for (at, (key, value)) in items.into_iter().enumerate() {
                                if self.spent() {
                                    return;
                                }
                                let mut names = Vec::with_capacity(2);
                                if let Some(name) = key_name {
                                    names.push((Arc::from(scope.file.text(*name)), key));
                                }
                                names.push((Arc::from(scope.file.text(*value_name)), value));
                                names.push(Frame::place(at));
                                let frame = Frame { names, parent: scope.frame };
                                self.pieces(body, scope.with(&frame), pieces);
                            }
                        }
                        Err(reason) if matches!(reason, Reason::Invalid { .. }) => {
                            pieces.push(Value::unknown(reason));
                        }
                        Err(reason) => {
                            // One of the elements stands for all: its text is in the code.
                            let element = Value::unknown(reason);
                            let mut known = known_elements(&collection, &element);
                            if known.is_empty() {
                                known.push((element.clone(), element.clone()));
                            }
                            pieces.push(element.clone());
                            for (key, value) in known {
                                let key = key_name.map(|name| (Arc::from(scope.file.text(name)), key));
                                let value = (Arc::from(scope.file.text(*value_name)), value.as_one());
                                let names = [value].into_iter().chain(key).collect();
                                let frame = Frame { names, parent: scope.frame };
                                self.apart(|| self.pieces(body, scope.with(&frame), pieces));
                            }
                            pieces.push(element);
                        }
                    }
                }
            }
        }
    }
}

/// Joins pieces to one string; open conditions in them give one string an outcome.
pub(crate) fn assemble(pieces: &[Value], site: Site) -> Value {
    let joined = functions::distribute(pieces, false, &mut |pieces| {
        let mut built =
            Built { parts: Vec::with_capacity(pieces.len()), marks: marks_of(pieces), ..Built::default() };
        pieces.iter().for_each(|piece| built.push(piece));
        Ok(built.finish(site))
    });
    joined.unwrap_or_else(|error| super::eval::invalid(&error.message))
}

impl Built {
    fn push(&mut self, piece: &Value) {
        if self.parts.len() > MAX_PARTS {
            return;
        }
        if piece.as_unknown().is_some() && leads_to_a_secret(&piece.origin) {
            self.sources.push(piece.origin.clone());
        }
        if let Some(unknown) = piece.as_unknown() {
            self.encoded.join(&unknown.encoded);
        }
        match &piece.kind {
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts.extend(unknown.parts.iter().cloned());
            }
            Kind::Unknown(unknown) => self.parts.push(Part::Unknown(unknown.reason.clone())),
            Kind::Choice(choice) => self.parts.push(Part::Unknown(super::choice::open_reason(choice))),
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
        let mut from = self.sources;
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
                Part::Unknown(reason) => {
                    unknown = unknown.or_else(|| Some(reason.clone()));
                    // Where it stands between the others.
                    from.push(Origin::None);
                }
            }
        }
        let mut value = match unknown {
            None => normal::value(Value::string(text)),
            Some(reason) => {
                let parts = self.parts.into();
                Value::new(Kind::Unknown(Arc::new(Unknown {
                    parts,
                    encoded: self.encoded,
                    ..Unknown::new(reason)
                })))
            }
        };
        value.origin = Origin::made_of(Hop::Template, Some(site), from);
        value.marked(self.marks)
    }
}

/// What is unknown brings no literal, but a secret that is made elsewhere or handed over shows where it came from, and so
/// does what a template was handed.
fn leads_to_a_secret(origin: &Origin) -> bool {
    let leads = |hop: &Hop| matches!(hop, Hop::MadeSecret(_) | Hop::UnmarkedVariable(_) | Hop::Handed(_));
    origin.way_from(&leads).is_some()
}
