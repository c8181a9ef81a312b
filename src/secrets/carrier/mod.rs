//! Texts that carry others: base 64, compressed or not, strings with escapes, quoted-printable parts of a message.
//!
//! Owns decoding and the way back: each character of an inner text leads to the characters of the outer one that it was
//! made of. Pure functions over text; must not know files, resources, or what a secret is. What is carried as it is (the
//! body of a heredoc, a block of YAML, a part of a message) needs no layer: it is read where it stands.

mod base64;
mod escaped;
mod map;
mod packed;
mod printable;

pub(super) use base64::run_around;
use map::Map;
use std::borrow::Cow;
use std::ops::Range;

/// Texts within texts within a text.
const MAX_DEPTH: usize = 8;
/// Larger texts than this, decoded, are no scripts of a person's.
pub const MAX_DECODED: usize = 256 * 1024;
const MAX_LAYERS: usize = 4096;

/// Why a text was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cut {
    Depth,
    Decoded,
    Layers,
}

impl Cut {
    /// What is so of the text: `is encoded more than 8 times over`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Depth => "is encoded more than 8 times over",
            Self::Decoded => "decodes to more than 256 KiB",
            Self::Layers => "carries more than 4096 others",
        }
    }
}

/// A text, or one that it carries.
#[derive(Debug)]
struct Layer<'t> {
    text: Cow<'t, str>,
    /// The layer that carries it, and how its characters lead there.
    outer: Option<(usize, Map)>,
    depth: usize,
}

/// A text with all that it carries; the text itself is the first of its layers.
#[derive(Debug)]
pub struct Carried<'t> {
    layers: Vec<Layer<'t>>,
    /// Decoded bytes that may still come.
    left: usize,
    cut: Option<Cut>,
}

/// An inner text that was found in an outer one.
struct Inner {
    text: String,
    map: Map,
    /// Whether it counts against the limit of what is decoded.
    is_decoded: bool,
}

impl<'t> Carried<'t> {
    /// All of them, texts within texts as well.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let mut carried = Self::only(text);
        let mut at = 0;
        while at < carried.layers.len() {
            carried.open(at);
            at += 1;
        }
        carried
    }

    /// What stands in the text itself.
    pub(super) fn once(text: &'t str) -> Self {
        let mut carried = Self::only(text);
        carried.open(0);
        carried
    }

    /// What a word in base 64 says, however short it is.
    pub(super) fn decode(word: &str) -> Option<String> {
        base64::decode(word)
    }

    fn only(text: &'t str) -> Self {
        let whole = Layer { text: Cow::Borrowed(text), outer: None, depth: 0 };
        Self { layers: vec![whole], left: MAX_DECODED, cut: None }
    }

    fn open(&mut self, at: usize) {
        let Some(layer) = self.layers.get(at) else { return };
        let depth = layer.depth + 1;
        let (found, cut) = inner(&layer.text, self.left);
        self.cut = self.cut.or(cut);
        found.into_iter().for_each(|inner| self.add(at, depth, inner));
    }

    fn add(&mut self, outer: usize, depth: usize, inner: Inner) {
        let bytes = if inner.is_decoded { inner.text.len() } else { 0 };
        let cut = if depth > MAX_DEPTH {
            Some(Cut::Depth)
        } else if self.layers.len() >= MAX_LAYERS {
            Some(Cut::Layers)
        } else if bytes > self.left {
            Some(Cut::Decoded)
        } else {
            None
        };
        self.cut = self.cut.or(cut);
        if cut.is_none() {
            self.left -= bytes;
            let text = Cow::Owned(inner.text);
            self.layers.push(Layer { text, outer: Some((outer, inner.map)), depth });
        }
    }

    /// Every text, the outermost first.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.layers.iter().map(|layer| &*layer.text).enumerate()
    }

    /// What the whole text is the encoding of.
    #[must_use]
    pub fn decoded(&self) -> Option<&str> {
        let text = self.text(0);
        let begin = text.len() - text.trim_start().len();
        let layer = self.layers.get(1).filter(|layer| matches!(layer.outer, Some((0, _))))?;
        let (_, map) = layer.outer.as_ref()?;
        let first = map.outer(&(0..1));
        let is_whole = first.start <= begin && !text.trim().contains(|c: char| !is_base64(c));
        is_whole.then_some(&*layer.text)
    }

    #[must_use]
    pub fn text(&self, layer: usize) -> &str {
        self.layers.get(layer).map_or("", |layer| &layer.text)
    }

    /// The limit that was reached, if one was: then there is more in the text than its layers.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.cut
    }

    /// Where a part of a layer stands in each layer on the way out, the outermost first and the layer itself last.
    #[must_use]
    pub fn places(&self, layer: usize, part: Range<usize>) -> Vec<(usize, Range<usize>)> {
        let mut places = vec![(layer, part)];
        while let Some((at, part)) = places.last()
            && let Some((outer, map)) = self.layers.get(*at).and_then(|layer| layer.outer.as_ref())
        {
            let part = map.outer(part);
            places.push((*outer, part));
        }
        places.reverse();
        places
    }
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=') || c.is_ascii_whitespace()
}

/// The texts that stand in a text, one level deep. `left`: how much may be decoded.
fn inner(text: &str, left: usize) -> (Vec<Inner>, Option<Cut>) {
    let mut found = Vec::new();
    let mut cut = None;
    for run in base64::runs(text) {
        match packed::decode(text, &run, left) {
            packed::Decoded::Text { inner, whole } => {
                cut = cut.or((!whole).then_some(Cut::Decoded));
                found.push(inner);
            }
            packed::Decoded::TooDeep => cut = cut.or(Some(Cut::Depth)),
            packed::Decoded::Other => {}
        }
    }
    found.extend(printable::parts(text));
    found.extend(escaped::strings(text));
    (found, cut)
}

#[cfg(test)]
mod tests;
