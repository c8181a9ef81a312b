//! What a client asks of a place: what is there to say, where a value comes from, what can be done.

use super::actions;
use super::analysis::Analysis;
use super::client::Client;
use super::documents::Names;
use super::item::{Item, Spot, Step, joined};
use super::render::location;
use super::text::Lines;
use super::{hover, render};
use crate::source::Span;
use lsp_server::{ErrorCode, RequestId, ResponseError};
use lsp_types::{Position, Range};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A document as the client has it.
#[derive(Debug, Clone)]
pub(super) struct Here {
    pub(super) path: PathBuf,
    pub(super) text: Arc<str>,
}

/// What is asked.
#[derive(Debug)]
pub(super) enum Ask {
    Hover(Here, Position),
    Definition(Here, Position),
    /// Of these kinds only, where some are named.
    Actions(Here, Range, Option<Vec<String>>),
    /// An action without its edit.
    Resolve(Here, Value),
}

#[derive(Debug)]
pub(super) struct Question {
    pub(super) id: RequestId,
    pub(super) ask: Ask,
    pub(super) names: Names,
    pub(super) unsafe_fixes: bool,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Question {
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Ask {
    pub(super) fn failed() -> ResponseError {
        error(ErrorCode::InternalError, "a bug in keyless kept it from answering")
    }

    /// Whether texts may be edited by the answer.
    pub(super) fn wants_edits(&self) -> bool {
        matches!(self, Self::Actions(..) | Self::Resolve(..))
    }

    pub(super) fn here(&self) -> &Here {
        match self {
            Self::Hover(here, _)
            | Self::Definition(here, _)
            | Self::Actions(here, ..)
            | Self::Resolve(here, _) => here,
        }
    }
}

pub(super) fn error(code: ErrorCode, message: &str) -> ResponseError {
    ResponseError { code: code as i32, message: message.to_owned(), data: None }
}

/// What is known when it is asked.
pub(super) struct Known<'a, 's> {
    pub(super) client: &'a Client,
    pub(super) analyses: Vec<&'a Analysis<'s>>,
    pub(super) buffers: &'a BTreeMap<PathBuf, Arc<str>>,
    pub(super) question: &'a Question,
}

impl<'a, 's> Known<'a, 's> {
    pub(super) fn answer(&self) -> Result<Value, ResponseError> {
        let here = self.question.ask.here();
        // What is known is about another text: of this one, nothing is.
        let is_fresh = self.buffers.get(&here.path).is_some_and(|known| *known == here.text);
        match &self.question.ask {
            Ask::Hover(_, position) if is_fresh => Ok(hover::hover(self, here, *position)),
            Ask::Definition(_, position) if is_fresh => Ok(self.definition(here, *position)),
            Ask::Actions(_, range, only) if is_fresh => Ok(actions::all(self, here, *range, only.as_deref())),
            Ask::Resolve(_, action) if is_fresh => Ok(actions::resolved(self, here, action)),
            Ask::Hover(..) | Ask::Definition(..) => Ok(Value::Null),
            Ask::Actions(..) => Ok(json!([])),
            Ask::Resolve(..) => Err(error(ErrorCode::ContentModified, "the text has changed since")),
        }
    }

    pub(super) fn names(&self) -> &Names {
        &self.question.names
    }

    /// What there is to say of a file, by the analysis that says it.
    pub(super) fn items_of(&self, path: &Path) -> Vec<Arc<[Item]>> {
        self.analyses.iter().map(|analysis| analysis.items(path)).collect()
    }

    pub(super) fn offset(&self, here: &Here, position: Position) -> u32 {
        let offset = Lines::new(&here.text).offset(&here.text, position, self.client.encoding);
        Span::new(offset, offset).start
    }

    /// Where the value stands that comes to this place; nothing where it stands here.
    fn definition(&self, here: &Here, position: Position) -> Value {
        let offset = self.offset(here, position);
        let values = self.analyses.iter().flat_map(|analysis| analysis.values_at(&here.path, offset));
        let mut spots: Vec<Spot> = values.filter_map(|value| first(value.chain)).collect();
        if spots.is_empty() {
            let all = self.items_of(&here.path);
            let found = at(&joined(&all), position);
            let narrowest =
                found.iter().filter(|item| found.first().is_some_and(|first| first.range == item.range));
            spots.extend(narrowest.filter_map(|item| first(item.chain.clone())));
        }
        let mut places: Vec<&Spot> = Vec::new();
        for spot in &spots {
            let is_here = spot.path == here.path && contains(spot.range, position);
            if !is_here && !places.contains(&spot) {
                places.push(spot);
            }
        }
        if places.is_empty() {
            return Value::Null;
        }
        let place = |spot: &&Spot| {
            if !self.client.links {
                return location(spot, self.names());
            }
            let uri = self.names().uri(&spot.path);
            json!({"targetUri": uri, "targetRange": spot.range, "targetSelectionRange": spot.range})
        };
        places.iter().map(place).collect()
    }

    pub(super) fn diagnostic(&self, item: &Item) -> Value {
        render::diagnostic(&self.question.ask.here().path, item, self.client, self.names())
    }
}

fn first(chain: Vec<Step>) -> Option<Spot> {
    chain.into_iter().next().map(|step| step.spot)
}

/// The items at a position, the narrowest first.
pub(super) fn at<'i>(items: &[&'i Item], position: Position) -> Vec<&'i Item> {
    let mut found: Vec<&Item> = items.iter().copied().filter(|item| contains(item.range, position)).collect();
    found.sort_by_key(|item| {
        let Range { start, end } = item.range;
        (end.line - start.line, end.character.saturating_sub(start.character))
    });
    found
}

/// Whether a position is in a range, or right behind it.
pub(super) fn contains(range: Range, position: Position) -> bool {
    range.start <= position && position <= range.end
}
