//! What is read quickly is what the other parser makes of it, whatever the text.

use super::super::yaml::parse_any;
use super::parse;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// Whether it was read; then it was read right.
fn is_read(text: &str) -> bool {
    let Some(quick) = parse(text) else { return false };
    match parse_any(text) {
        Ok(slow) => assert_eq!(format!("{quick:?}"), format!("{slow:?}"), "{text:?}"),
        Err(error) => panic!("{error:?}: {text:?}"),
    }
    true
}

#[test]
fn what_templates_are_made_of_is_read() {
    for text in [
        "a:\nb: 1\n",
        "---\n# why\na: # c\n  b: c d # e\n\n  'f': \"g: #\"\n",
        "a:\n- x\n- y: 1\n  z:\n-\n  q: -1\n- - - r\n    - s\n",
        "a: |\n  foo\n   bar\n\n  baz\n\nb: |-\n  x\n\nc: |+\n  y\n\n",
        "a: !Sub |\n  ${b}\nc: !Join\n  - ','\n  - [a, \"b\", {c: !Ref d}, [], {}]\ne: !If\n- x\n",
        "a: [\n    b,\n    c d,\n  ]\n",
        "a: \"x\\\"\\n\\\\\"\nb: 'it''s'\n",
        "- a\n- b: 2012-10-17\n  d: e:f\n- http://g#h\n",
        "\u{e9}: \u{2014} \u{1f600}\n",
        "a:\n  b: ~\n  b: null\nc: [null, ~]",
    ] {
        assert!(is_read(text), "{text:?}");
    }
}

#[test]
fn all_else_is_left_to_the_other() {
    for text in [
        "",
        "a",
        "[a]",
        "{a: b}",
        "a: b\n c",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a: &b c\nd: *b\n",
        "a:\n  <<: b\n",
        "? a\n: b\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
        "a:\tb\n",
        "a: b\r\n",
        "\u{feff}a: b\n",
        "a: !!str b\n",
        "a: !\n",
        "a: \"b\n  c\"\n",
        "a: \"\\u0041\"\n",
        "a: b: c\n",
        "a: 'b' c\n",
        "a: [b: c]\n",
        "a: [b\n  c]\n",
        "a: [\nb]\n",
        "a:\n    b: c\n  d: e\n",
        "a: b\n  c: d\n",
    ] {
        assert!(parse(text).is_none(), "{text:?}");
    }
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_yaml =
            path.extension().is_some_and(|end| ["yaml", "yml", "template"].iter().any(|yaml| end == *yaml));
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            templates(&path, found);
        } else if is_yaml {
            found.push(path);
        }
    }
}

#[test]
fn real_templates_are_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    templates(&root.join("testdata"), &mut found);
    let shared = std::env::var_os("KEYLESS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    templates(&shared.join("corpora"), &mut found);
    let texts = found.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let read: Vec<bool> = texts.map(|text| is_read(&text)).collect();
    assert!(
        read.iter().filter(|read| **read).count() * 2 > read.len(),
        "most are no longer read: {}",
        read.len()
    );
}

/// What texts are put together of: all that means something, and some of it often.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "key", "a: ", "b: ", "c:", "- ", "- ", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n- ", "\n  - ", "\n    - ", " ", "  ", "|",
    "|-", "|+", ">", "\"x\"", "'y'", "\"", "'", "[", "]", "{", "}", ", ", ",", ": ", ":", " #c", "#", "!T ", "!Sub ", "\n\n", "\n---\n",
    "null", "~", "1", "-1", "x y", "\na: ", "\nb: ", "\n  c: ", "\n  d: ", "\n    e: ", "[a, b]", "{a: b}", "?", "&a", "*a", "-", "...",
    "<<: ", "\u{e9}", "\n #c", "\n   text", "\n  text", "\\n", "%", "@", "\t", "\r", "\u{a0}", "\u{2028}",
];

proptest! {
    #[test]
    fn any_text_is_read_alike_or_not_at_all(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16)) {
        is_read(&pieces.concat());
    }

    #[test]
    fn a_broken_template_is_read_alike_or_not_at_all(
        at in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        piece in prop::sample::select(PIECES),
    ) {
        let mut text = include_str!("../../../../testdata/demo/cloudformation/batch.yaml").to_owned();
        let end = cut.index(text.len() + 1);
        if text.is_char_boundary(end) && end % 3 == 0 {
            text.truncate(end);
        }
        let at = at.index(text.len() + 1);
        if text.is_char_boundary(at) {
            text.insert_str(at, piece);
        }
        is_read(&text);
    }
}
