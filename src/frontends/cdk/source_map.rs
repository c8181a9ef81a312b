//! Source maps: from a place in compiled JavaScript to the one in the code that a person wrote.
//!
//! <https://tc39.es/ecma426/>, version 3 without sections.

use base64::Engine;
use serde::Deserialize;

/// What a compiler leaves at the end of what it writes.
const REFERENCE: &str = "//# sourceMappingURL=";

/// Bytes of one map with the texts that it may hold, and of its mappings.
const MAX_MAP: usize = 64 << 20;
const MAX_MAPPINGS: usize = 8 << 20;

/// Where the map of a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A path, relative to the file.
    Path(String),
    /// In the file itself.
    Text(String),
}

/// The file as it stands.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(default)]
    source_root: Option<String>,
    sources: Vec<Option<String>>,
    mappings: String,
}

#[derive(Debug)]
pub(super) struct SourceMap {
    source_root: String,
    sources: Vec<Option<String>>,
    /// In the order of the compiled file.
    mappings: Vec<Mapping>,
}

/// From a place of the compiled file; lines and columns from 0.
#[derive(Debug, Clone, Copy)]
struct Mapping {
    line: u32,
    column: u32,
    /// Index of the source, and the place in it; `None` for what a compiler made up.
    from: Option<(u32, u32, u32)>,
}

/// A place in a source of a map; line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Original {
    /// Relative to the map.
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The reference to a map at the end of a text.
pub(super) fn reference(text: &str) -> Option<Reference> {
    let line = text.lines().rev().find(|line| !line.trim().is_empty())?;
    let url = line.trim().strip_prefix(REFERENCE)?.trim();
    let Some(data) = url.strip_prefix("data:") else {
        let is_path = !url.contains(':') && !url.is_empty();
        return is_path.then(|| Reference::Path(url.split(['?', '#']).next().unwrap_or(url).to_owned()));
    };
    let (kind, body) = data.split_once(',')?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(body).ok()?;
    kind.ends_with(";base64").then(|| String::from_utf8(bytes).ok().map(Reference::Text))?
}

impl SourceMap {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_MAP {
            return None;
        }
        let written: Written = serde_json::from_str(text.trim_start_matches(")]}'")).ok()?;
        if written.mappings.len() > MAX_MAPPINGS {
            return None;
        }
        Some(Self {
            source_root: written.source_root.unwrap_or_default().trim_end_matches('/').to_owned(),
            sources: written.sources,
            mappings: decode(&written.mappings)?,
        })
    }

    /// What stands at a line and column (both from 1) of the compiled file: the last mapping of the line that does not begin
    /// behind it.
    pub(super) fn original(&self, line: u32, column: u32) -> Option<Original> {
        let (line, column) = (line.checked_sub(1)?, column.checked_sub(1)?);
        let until = self.mappings.partition_point(|at| (at.line, at.column) <= (line, column));
        let mapping = self.mappings.get(until.checked_sub(1)?).filter(|at| at.line == line)?;
        let (source, line, column) = mapping.from?;
        let source = self.sources.get(usize::try_from(source).ok()?)?.as_deref()?;
        let root = &self.source_root;
        let path = if root.is_empty() { source.to_owned() } else { format!("{root}/{source}") };
        Some(Original { path, line: line.checked_add(1)?, column: column.checked_add(1)? })
    }
}

/// `None` where it is no list of mappings.
fn decode(mappings: &str) -> Option<Vec<Mapping>> {
    let mut state = State::default();
    let mut found = Vec::new();
    for (line, segments) in (0_u32..).zip(mappings.split(';')) {
        state.generated = 0;
        for segment in segments.split(',').filter(|segment| !segment.is_empty()) {
            let has_source = state.step(segment)?;
            let number = |number: i64| u32::try_from(number).ok();
            let from = match has_source {
                true => Some((number(state.source)?, number(state.line)?, number(state.column)?)),
                false => None,
            };
            found.push(Mapping { line, column: number(state.generated)?, from });
        }
    }
    // Compilers write them in order.
    found.sort_by_key(|at| (at.line, at.column));
    Some(found)
}

/// The fields of a segment, each relative to the one before.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    generated: i64,
    source: i64,
    line: i64,
    column: i64,
}

impl State {
    /// Whether the segment says where it comes from.
    fn step(&mut self, segment: &str) -> Option<bool> {
        let mut bytes = segment.bytes();
        self.generated = self.generated.checked_add(number(&mut bytes)??)?;
        let Some(source) = number(&mut bytes)? else { return Some(false) };
        self.source = self.source.checked_add(source)?;
        self.line = self.line.checked_add(number(&mut bytes)??)?;
        self.column = self.column.checked_add(number(&mut bytes)??)?;
        Some(true)
    }
}

/// A number in base 64 of variable length; inside, `None` where there are no more. `None` where it is none.
#[expect(clippy::option_option, reason = "an end is no error")]
fn number(bytes: &mut std::str::Bytes<'_>) -> Option<Option<i64>> {
    let (mut value, mut shift) = (0_i64, 0_u32);
    loop {
        let Some(byte) = bytes.next() else { return (shift == 0).then_some(None) };
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        value |= i64::from(digit & 31).checked_shl(shift)?;
        if digit & 32 == 0 {
            let magnitude = value >> 1;
            return Some(Some(if value & 1 == 1 { -magnitude } else { magnitude }));
        }
        shift += 5;
        if shift > 30 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a.js` is `x;\n  y(z);`, of `src/a.ts`, `let q;\n\nx\n;y(\nz)`.
    const MAP: &str = r#"{"version": 3, "sources": ["src/a.ts"], "names": [], "mappings": "AAEA;EACC,EACD"}"#;

    #[test]
    fn a_place_leads_to_the_nearest_mapping_before_it() {
        let map = SourceMap::parse(MAP).unwrap();
        let at = |line, column| map.original(line, column).map(|found| (found.line, found.column));
        assert_eq!(at(1, 1), Some((3, 1)));
        assert_eq!(at(1, 9), Some((3, 1)));
        assert_eq!(at(2, 1), None);
        assert_eq!(at(2, 3), Some((4, 2)));
        assert_eq!(at(2, 4), Some((4, 2)));
        assert_eq!(at(2, 5), Some((5, 1)));
        assert_eq!((at(3, 1), at(0, 1)), (None, None));
        assert_eq!(map.original(1, 1).unwrap().path, "src/a.ts");
    }

    #[test]
    fn maps_stand_in_the_file_or_beside_it() {
        let inline = format!(
            "{REFERENCE}data:application/json;base64,{}",
            base64_of(b"{\"sources\":[],\"mappings\":\"\"}")
        );
        assert!(
            matches!(reference(&inline), Some(Reference::Text(text)) if SourceMap::parse(&text).is_some())
        );
        let beside = format!("x;\n{REFERENCE}app.js.map\n\n");
        assert_eq!(reference(&beside), Some(Reference::Path("app.js.map".to_owned())));
        for other in ["", "x;", "//# sourceMappingURL=https://x/y.map", "//# sourceMappingURL="] {
            assert_eq!(reference(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_map_leads_nowhere() {
        for mappings in ["!!!!", "g", "gggggggggggggggg", "A", "D", "AA", "AADA"] {
            let map = SourceMap::parse(&MAP.replace("AAEA;EACC,EACD", mappings));
            assert_eq!(map.and_then(|map| map.original(1, 1)), None, "{mappings}");
        }
        assert!(SourceMap::parse("{\"version\": 3, \"sections\": []}").is_none());
    }

    fn base64_of(bytes: &[u8]) -> String {
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }
}
