//! Source maps: from a place in compiled JavaScript to the one in the code that a person wrote.
//!
//! <https://tc39.es/ecma426/>, version 3 without sections.

use base64::Engine;
use serde::Deserialize;

/// What a compiler leaves at the end of what it writes.
const REFERENCE: &str = "//# sourceMappingURL=";

/// Bytes of one map.
const MAX_MAP: usize = 32 << 20;

/// Where the map of a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A path, relative to the file.
    Path(String),
    /// In the file itself.
    Text(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SourceMap {
    #[serde(default)]
    source_root: Option<String>,
    sources: Vec<Option<String>>,
    mappings: String,
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
        serde_json::from_str(text.trim_start_matches(")]}'")).ok()
    }

    /// What stands at a line and column (both from 1) of the compiled file: the last mapping of the line that does not begin
    /// behind it.
    pub(super) fn original(&self, line: u32, column: u32) -> Option<Original> {
        let mut state = State::default();
        let mut best = None;
        let wanted = usize::try_from(line).ok()?.checked_sub(1)?;
        for (at, segments) in self.mappings.split(';').take(wanted + 1).enumerate() {
            state.generated = 0;
            for segment in segments.split(',').filter(|segment| !segment.is_empty()) {
                let has_source = state.step(segment)?;
                if at == wanted && state.generated < i64::from(column) {
                    best = has_source.then_some(state);
                }
            }
        }
        let best = best?;
        let source = self.sources.get(usize::try_from(best.source).ok()?)?.as_deref()?;
        let root = self.source_root.as_deref().unwrap_or_default().trim_end_matches('/');
        Some(Original {
            path: if root.is_empty() { source.to_owned() } else { format!("{root}/{source}") },
            line: u32::try_from(best.line.checked_add(1)?).ok()?,
            column: u32::try_from(best.column.checked_add(1)?).ok()?,
        })
    }
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
        for mappings in ["!!!!", "AAAAAAAAAAAA", "g", "gggggggggggggggg", "A", "D"] {
            let map = SourceMap::parse(&MAP.replace("AAEA;EACC,EACD", mappings)).unwrap();
            assert_eq!(map.original(1, 1).filter(|found| found.line != 1), None, "{mappings}");
        }
        assert!(SourceMap::parse("{\"version\": 3, \"sections\": []}").is_none());
    }

    fn base64_of(bytes: &[u8]) -> String {
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }
}
