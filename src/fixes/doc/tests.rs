//! Every edit as the text that comes of it.

use super::*;
use crate::source::SourceFile;

fn page(text: &str) -> Arc<Page> {
    let source = SourceFile::new("t".into(), "t".into(), text.to_owned(), false);
    Page::read(Arc::new(source)).unwrap_or_else(|| panic!("does not parse: {text}"))
}

/// Branches and holes as in templates.
fn reading() -> Reading<'static> {
    Reading {
        forks: &|node| match (node.tag(), node.kind()) {
            (Some("If"), NodeKind::Sequence(_)) => Some(parts(node).into_iter().skip(1).collect()),
            _ => child(node, "Fn::If").map(|list| parts(list.node).into_iter().skip(1).collect()),
        },
        holes: &|node| {
            node.tag() == Some("Ref") && node.scalar_text().is_some_and(|text| text == "AWS::NoValue")
        },
        opaque: &|node| child(node, "Ref").is_some(),
    }
}

fn applied(page: &Page, ways: Vec<Change>) -> String {
    let Settled { edits, .. } = page.settle(ways).unwrap_or_else(|| panic!("no way holds: {}", page.text()));
    let mut text = page.text().to_owned();
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span.range(), &new);
    }
    text
}

fn step<'p>(page: &'p Page, path: &[&str]) -> Step<'p> {
    let mut at = None;
    let mut node = page.roots().next().unwrap();
    for key in path {
        let next = match key.parse::<usize>() {
            Ok(number) => parts(node)[number],
            Err(_) => child(node, key).unwrap_or_else(|| panic!("no {key}")),
        };
        (at, node) = (Some(next), next.node);
    }
    at.unwrap()
}

/// Sets `P.M.T` of `R` to `required`.
fn set(text: &str) -> String {
    let page = page(text);
    let ways = page.set(step(&page, &["R"]), &["P", "M", "T"], &New::text("required"), reading());
    let after = applied(&page, ways.expect("something stands in the way"));
    let again = self::page(&after);
    let ways = again.set(step(&again, &["R"]), &["P", "M", "T"], &New::text("required"), reading()).unwrap();
    assert!(ways.iter().all(|way| way.edits.is_empty()), "not idempotent: {after}");
    after
}

#[track_caller]
fn sets(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let found = set(text);
        assert_eq!(found, *expected, "\n--- from\n{text}\n--- found\n{found}\n---");
    }
}

#[test]
fn a_value_that_is_there_is_replaced_in_its_quotes() {
    sets(&[
        ("R:\n  P:\n    M:\n      T: optional # why\n", "R:\n  P:\n    M:\n      T: required # why\n"),
        ("R: {P: {M: {T: 'optional'}}}", "R: {P: {M: {T: 'required'}}}"),
        ("R: {P: {M: {T: \"optional\", H: 1}}}", "R: {P: {M: {T: \"required\", H: 1}}}"),
        (
            "R:\n  P:\n    M:\n      T: !Ref Tokens\n      H: 1\n",
            "R:\n  P:\n    M:\n      T: required\n      H: 1\n",
        ),
        (
            "R:\n  P:\n    M:\n      T:\n        Ref: Tokens\n      H: 1\n",
            "R:\n  P:\n    M:\n      T: required\n      H: 1\n",
        ),
        (
            "R:\n  P:\n    M:\n      T: # from outside\n        Ref: Tokens\n      H: 1\n",
            "R:\n  P:\n    M:\n      T: # from outside\n        required\n      H: 1\n",
        ),
        ("{\"R\":{\"P\":{\"M\":{\"T\":{\"Ref\":\"X\"}}}}}", "{\"R\":{\"P\":{\"M\":{\"T\":\"required\"}}}}"),
        ("R:\n  P:\n    M:\n      T:\n      H: 1\n", "R:\n  P:\n    M:\n      T: required\n      H: 1\n"),
        ("R:\n  P:\n    M:\n      T: ~\n", "R:\n  P:\n    M:\n      T: required\n"),
        (
            "R:\n  P:\n    M:\n      T: >-\n        optional\n      H: 1\n",
            "R:\n  P:\n    M:\n      T: required\n      H: 1\n",
        ),
    ]);
}

#[test]
fn what_is_missing_is_written_in_block_style() {
    sets(&[
        ("R:\n  P:\n    M:\n      H: 1\n", "R:\n  P:\n    M:\n      H: 1\n      T: required\n"),
        ("R:\n  P:\n    A: 1\n", "R:\n  P:\n    A: 1\n    M:\n      T: required\n"),
        ("R:\n  Type: X\n", "R:\n  Type: X\n  P:\n    M:\n      T: required\n"),
        (
            "R:\n    Type: X\n    P:\n        A: 1",
            "R:\n    Type: X\n    P:\n        A: 1\n        M:\n            T: required",
        ),
        (
            "R:\r\n  P:\r\n    A: 1\r\nS: 2\r\n",
            "R:\r\n  P:\r\n    A: 1\r\n    M:\r\n      T: required\r\nS: 2\r\n",
        ),
        ("\u{feff}R:\n P:\n  A: 1\n", "\u{feff}R:\n P:\n  A: 1\n  M:\n   T: required\n"),
        (
            "R:\n  P:\n    A: 1 # one\n\n  # of S\nS: 2\n",
            "R:\n  P:\n    A: 1 # one\n    M:\n      T: required\n\n  # of S\nS: 2\n",
        ),
        (
            "R:\n  P:\n    A: |\n      x\n      y\n\nS: 1\n",
            "R:\n  P:\n    A: |\n      x\n      y\n    M:\n      T: required\n\nS: 1\n",
        ),
        (
            "R:\n  P:\n    A: |+\n      x\n\n\nS: 1\n",
            "R:\n  P:\n    M:\n      T: required\n    A: |+\n      x\n\n\nS: 1\n",
        ),
        (
            "R:\n  P:\n    B: 1\n    A: |\n      x\n      y",
            "R:\n  P:\n    M:\n      T: required\n    B: 1\n    A: |\n      x\n      y",
        ),
        (
            "R:\n  P:\n    A: |-\n      x\n      y",
            "R:\n  P:\n    A: |-\n      x\n      y\n    M:\n      T: required",
        ),
        (
            "R:\n  P:\n    A:\n    - 1\n    - 2\n",
            "R:\n  P:\n    A:\n    - 1\n    - 2\n    M:\n      T: required\n",
        ),
        ("R:\n  P:\n    A:\n", "R:\n  P:\n    A:\n    M:\n      T: required\n"),
        ("R:\n  P:\n    A: [1,\n      2]\n", "R:\n  P:\n    A: [1,\n      2]\n    M:\n      T: required\n"),
        (
            "\"R\":\n  \"P\":\n    \"A\": 'x'\n",
            "\"R\":\n  \"P\":\n    \"A\": 'x'\n    \"M\":\n      \"T\": required\n",
        ),
        (
            "---\nR:\n  P:\n    A: 1\n...\n---\nR: 2\n",
            "---\nR:\n  P:\n    A: 1\n    M:\n      T: required\n...\n---\nR: 2\n",
        ),
        (
            "R:\n  P:\n    A: &a x\n    B: *a\n",
            "R:\n  P:\n    A: &a x\n    B: *a\n    M:\n      T: required\n",
        ),
        (
            "X: &x\n  A: 1\nR:\n  P:\n    <<: *x\n",
            "X: &x\n  A: 1\nR:\n  P:\n    <<: *x\n    M:\n      T: required\n",
        ),
    ]);
}

#[test]
fn what_has_nothing_is_filled() {
    sets(&[
        ("R:\n  P:\nS: 1\n", "R:\n  P:\n    M:\n      T: required\nS: 1\n"),
        ("R:\n  P:", "R:\n  P:\n    M:\n      T: required"),
        ("R:\n  P: # none\n  # more\nS: 1\n", "R:\n  P: # none\n    M:\n      T: required\n  # more\nS: 1\n"),
        ("R:\n  P: {}\nS: 1\n", "R:\n  P:\n    M:\n      T: required\nS: 1\n"),
        ("R:\n  P: {} # none\nS: 1\n", "R:\n  P: # none\n    M:\n      T: required\nS: 1\n"),
        ("R:\n  P: null\n  Q: 1\n", "R:\n  P:\n    M:\n      T: required\n  Q: 1\n"),
        ("R:\n  P: &p {}\n  Q: 1\n", "R:\n  P: &p { M: { T: required } }\n  Q: 1\n"),
        ("R: {P: }", "R: {P: {M: {T: required}} }"),
        ("R: { P: {} }", "R: { P: { M: { T: required } } }"),
        ("R:\n  P: !Ref AWS::NoValue\n", "R:\n  P:\n    M:\n      T: required\n"),
    ]);
}

#[test]
fn what_is_missing_is_written_between_brackets() {
    sets(&[
        ("R: { P: { A: !Ref B, C: d } }", "R: { P: { A: !Ref B, C: d, M: { T: required } } }"),
        ("R: {P: {A: !Ref B,C: d}}", "R: {P: {A: !Ref B,C: d,M: {T: required}}}"),
        ("R:\n  P: { A: 1, }\n", "R:\n  P: { A: 1, M: { T: required }, }\n"),
        ("R:\n  P:\n    M: { H: 1 } # x\n", "R:\n  P:\n    M: { H: 1, T: required } # x\n"),
        (
            "R:\n  P: {\n    A: 1, # one\n    B: 2 # two\n  }\n",
            "R:\n  P: {\n    A: 1, # one\n    B: 2, # two\n    M: {\n      T: required\n    }\n  }\n",
        ),
        ("X: &x { A: 1 }\nR: { P: { <<: *x } }", "X: &x { A: 1 }\nR: { P: { <<: *x, M: { T: required } } }"),
    ]);
}

#[test]
fn json_is_written_as_it_is() {
    sets(&[
        (
            "{\n  \"R\": {\n    \"P\": {\n      \"A\": 1\n    }\n  }\n}\n",
            "{\n  \"R\": {\n    \"P\": {\n      \"A\": 1,\n      \"M\": {\n        \"T\": \"required\"\n      }\n    }\n  }\n}\n",
        ),
        ("{\"R\":{\"P\":{\"A\":1}}}", "{\"R\":{\"P\":{\"A\":1,\"M\":{\"T\":\"required\"}}}}"),
        ("{\"R\":{\"P\":{}}}", "{\"R\":{\"P\":{\"M\":{\"T\":\"required\"}}}}"),
        ("{\"R\": {\"P\": {\"A\": 1}}}", "{\"R\": {\"P\": {\"A\": 1, \"M\": {\"T\": \"required\"}}}}"),
        (
            "{ \"R\" : { \"P\" : { \"A\" : 1 } } }",
            "{ \"R\" : { \"P\" : { \"A\" : 1, \"M\" : { \"T\" : \"required\" } } } }",
        ),
        (
            "{\n    \"R\" : {\n        \"P\" : {}\n    }\n}",
            "{\n    \"R\" : {\n        \"P\" : {\n            \"M\" : {\n                \"T\" : \"required\"\n            }\n        }\n    }\n}",
        ),
        (
            "{\r\n\t\"R\": {\r\n\t\t\"P\": {\r\n\t\t\t\"M\": {\"H\": 1}\r\n\t\t}\r\n\t}\r\n}\r\n",
            "{\r\n\t\"R\": {\r\n\t\t\"P\": {\r\n\t\t\t\"M\": {\"H\": 1, \"T\": \"required\"}\r\n\t\t}\r\n\t}\r\n}\r\n",
        ),
        (
            "{\n  \"R\": {\n    \"P\": null\n  }\n}",
            "{\n  \"R\": {\n    \"P\": {\n      \"M\": {\n        \"T\": \"required\"\n      }\n    }\n  }\n}",
        ),
    ]);
}

#[test]
fn every_branch_gets_the_value() {
    sets(&[
        (
            "R:\n  P:\n    M: !If [C, {T: optional}, !Ref AWS::NoValue]\n",
            "R:\n  P:\n    M: !If [C, {T: required}, {T: required}]\n",
        ),
        (
            "R:\n  P:\n    M: !If\n      - C\n      - T: optional\n      - H: 1\n",
            "R:\n  P:\n    M: !If\n      - C\n      - T: required\n      - H: 1\n        T: required\n",
        ),
        (
            "{\"R\":{\"P\":{\"Fn::If\":[\"C\",{\"A\":1},{\"M\":{}}]}}}",
            "{\"R\":{\"P\":{\"Fn::If\":[\"C\",{\"A\":1,\"M\":{\"T\":\"required\"}},{\"M\":{\"T\":\"required\"}}]}}}",
        ),
        ("R:\n  P:\n    M:\n      T: !If [C, required, optional]\n", "R:\n  P:\n    M:\n      T: required\n"),
    ]);
}

#[test]
fn what_stands_in_the_way_is_left_alone() {
    for text in [
        "R:\n  P: !Ref X\n",
        "R:\n  P:\n    M: [1]\n",
        "R:\n  P:\n    M:\n      Ref: X\n",
        "R:\n  P: !Foo\n    A: 1\n",
    ] {
        let page = page(text);
        let ways = page.set(step(&page, &["R"]), &["P", "M", "T"], &New::text("required"), reading());
        assert!(ways.is_none(), "{text}: {ways:?}");
    }
}

#[test]
fn an_edit_of_an_aliased_part_is_known_to_be_shared() {
    for (text, expected) in [
        ("X: &x\n  M: {T: optional}\nR:\n  P: *x\nS: *x\n", true),
        ("X: &x\n  M: {T: optional}\nR:\n  P:\n    <<: *x\nS: *x\n", true),
        ("R:\n  P: &x\n    M: {T: optional}\nS: 1\n", false),
        ("R:\n  P: &x\n    A: 1\nS: *x\n", true),
        ("R:\n  P: &x\n    A: 1\nS:\n  <<: *x\n", true),
        ("R:\n  P: &x\n    M: {T: optional}\nS:\n  <<: *x\n", true),
        ("R:\n  P: &x\n    A: 1\nS:\n  <<: *x\n  M: {T: optional}\n", false),
    ] {
        let page = page(text);
        let ways =
            page.set(step(&page, &["R"]), &["P", "M", "T"], &New::text("required"), reading()).unwrap();
        assert_eq!(page.settle(ways).unwrap().shared, expected, "{text}");
    }
}

#[test]
fn parts_go_with_their_lines() {
    for (text, path, expected) in [
        ("A:\n  B: 1\n  C: 2 # two\n  D: 3\n", &["A", "C"][..], "A:\n  B: 1\n  D: 3\n"),
        ("A:\n  B: 1\n  C:\n    X: 1\n    Y: 2", &["A", "C"], "A:\n  B: 1"),
        ("A:\r\n  B: 1\r\n  C: 2\r\n", &["A", "B"], "A:\r\n  C: 2\r\n"),
        ("A:\n  - B: 1\n    C: 2\n", &["A", "0", "B"], "A:\n  - C: 2\n"),
        ("A: [optional, required]\n", &["A", "0"], "A: [required]\n"),
        ("A: [required, optional]\n", &["A", "1"], "A: [required]\n"),
        ("A: [required, optional, ]\n", &["A", "1"], "A: [required, ]\n"),
        ("A:\n  - optional # old\n  - required\n", &["A", "0"], "A:\n  - required\n"),
        ("A:\n- required\n- optional\n", &["A", "1"], "A:\n- required\n"),
        ("{\"A\":{\"B\":1,\"C\":2}}", &["A", "C"], "{\"A\":{\"B\":1}}"),
        (
            "{\n  \"A\": {\n    \"B\": 1,\n    \"C\": 2\n  }\n}",
            &["A", "B"],
            "{\n  \"A\": {\n    \"C\": 2\n  }\n}",
        ),
        (
            "{\n  \"A\": {\n    \"B\": 1,\n    \"C\": 2\n  }\n}",
            &["A", "C"],
            "{\n  \"A\": {\n    \"B\": 1\n  }\n}",
        ),
        ("A:\n  B:\n  C: 2\n", &["A", "B"], "A:\n  C: 2\n"),
    ] {
        let page = page(text);
        assert_eq!(applied(&page, page.remove(step(&page, path))), expected, "from {text}");
    }
}

#[test]
fn items_are_appended_in_the_style_of_the_others() {
    let item = New::map([("N", New::text("a: b")), ("V", New::text("true"))]);
    for (text, expected) in [
        ("A:\n  - N: x\n    V: y\n", "A:\n  - N: x\n    V: y\n  - N: \"a: b\"\n    V: \"true\"\n"),
        ("A:\n-   N: 'x'\n    V: 'y'\n", "A:\n-   N: 'x'\n    V: 'y'\n-   N: 'a: b'\n    V: 'true'\n"),
        ("A:\n  - {N: x, V: y}", "A:\n  - {N: x, V: y}\n  - {N: \"a: b\", V: \"true\"}"),
        ("A: [{N: x, V: y}]", "A: [{N: x, V: y}, {N: \"a: b\", V: \"true\"}]"),
        ("{\"A\":[{\"N\":\"x\"}]}", "{\"A\":[{\"N\":\"x\"},{\"N\":\"a: b\",\"V\":\"true\"}]}"),
        (
            "{\n  \"A\": [\n    {\n      \"N\": \"x\"\n    }\n  ]\n}",
            "{\n  \"A\": [\n    {\n      \"N\": \"x\"\n    },\n    {\n      \"N\": \"a: b\",\n      \"V\": \"true\"\n    }\n  ]\n}",
        ),
    ] {
        let page = page(text);
        let list = step(&page, &["A"]);
        assert_eq!(applied(&page, page.append(list.node, Some(list.parent), &item)), expected, "from {text}");
    }
}

#[test]
fn an_entry_gets_another_name_and_value() {
    for (text, expected) in [
        ("R:\n  P: 'x' # set\n  Q: 1\n", "R:\n  M: true # set\n  Q: 1\n"),
        ("R:\n  P: !Ref X\n", "R:\n  M: true\n"),
        ("R:\n  P:\n    Fn::Sub: x\n  Q: 1\n", "R:\n  M: true\n  Q: 1\n"),
        ("{\"R\":{\"P\":{\"Ref\":\"X\"},\"Q\":1}}", "{\"R\":{\"M\":true,\"Q\":1}}"),
        ("R:\n  P: |\n    x\n    y\n\n  Q: 1\n", "R:\n  M: true\n\n  Q: 1\n"),
        ("R:\n  P: >-\n    x\n", "R:\n  M: true\n"),
        ("R:\n  P: |2+ # text\n    x\n  Q: 1\n", "R:\n  M: true\n  Q: 1\n"),
        ("R:\n  P: &p x\n", "R:\n  M: &p true\n"),
        ("R:\n  P: &p |\n    x\n", "R:\n  M: &p true\n"),
    ] {
        let page = page(text);
        let found = applied(&page, page.rename(step(&page, &["R", "P"]), ("M", &New::Word("true"))));
        assert_eq!(found, expected, "from {text}");
    }
}

#[test]
fn a_value_that_other_keys_share_is_not_renamed() {
    let page = page("R:\n  P: &p x\nS:\n  P: *p\n");
    assert!(page.rename(step(&page, &["R", "P"]), ("M", &New::Word("true"))).is_empty());
}

#[test]
fn references_are_written_as_the_others_are() {
    let reference =
        New::Short { tagged: "!Ref X".into(), long: Box::new(New::map([("Ref", New::text("X"))])) };
    for (text, expected) in [
        ("R:\n  P: !Ref A\n", "R:\n  P: !Ref A\n  M: !Ref X\n"),
        ("R:\n  P:\n    Ref: A\n", "R:\n  P:\n    Ref: A\n  M:\n    Ref: X\n"),
        ("{\"R\":{\"P\":{\"Ref\":\"A\"}}}", "{\"R\":{\"P\":{\"Ref\":\"A\"},\"M\":{\"Ref\":\"X\"}}}"),
        (
            "{\n  \"R\": {\n    \"P\": { \"Ref\": \"A\" }\n  }\n}",
            "{\n  \"R\": {\n    \"P\": { \"Ref\": \"A\" },\n    \"M\": { \"Ref\": \"X\" }\n  }\n}",
        ),
    ] {
        let page = page(text);
        let at = step(&page, &["R"]);
        let ways = page.insert(at.node, Some(at.parent), ("M", &reference));
        assert_eq!(applied(&page, ways), expected, "from {text}");
    }
}

fn corpora() -> Option<std::path::PathBuf> {
    let shared = std::env::var_os("KEYLESS_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        std::path::PathBuf::from,
    );
    let corpora = shared.join("corpora");
    if !corpora.is_dir() {
        eprintln!("skipped: no corpora here (set KEYLESS_SHARED)");
        return None;
    }
    Some(corpora)
}

fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        if path.is_dir() && !path.is_symlink() {
            files(&path, found);
        } else if ["yaml", "yml", "json", "template"].contains(&name) {
            found.push(path);
        }
    }
}

/// A property of each resource of each public template: set, removed and set again, whatever the file looks like.
#[test]
fn resources_of_public_templates_are_edited() {
    let Some(corpora) = corpora() else { return };
    let mut found = Vec::new();
    files(&corpora, &mut found);
    let (mut edited, mut refused) = (0, Vec::new());
    for file in found {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let is_template = text.len() < 200_000 && text.contains("Resources") && text.contains("AWS::");
        let source = SourceFile::new("t".into(), "t".into(), text.clone(), false);
        let Some(page) = is_template.then(|| Page::read(Arc::new(source))).flatten() else { continue };
        let Some(resources) = page.roots().next().and_then(|root| child(root, "Resources")) else { continue };
        for resource in parts(resources.node).into_iter().step_by(3) {
            let at = format!("{}: {}", file.display(), resource.name());
            let value = New::text("required");
            let ways = page.set(resource, &["Properties", "Zz", "Yy"], &value, reading());
            let Some(ways) = ways else { continue };
            let Some(settled) = page.settle(ways) else {
                refused.push(at);
                continue;
            };
            // What is not part of an edit stands as it stood.
            let mut after = text.clone();
            for (span, new) in settled.edits.iter().rev() {
                after.replace_range(span.range(), new);
            }
            edited += 1;
            let again = self::page(&after);
            let name = resource.name();
            let same = child(child(again.roots().next().unwrap(), "Resources").unwrap().node, &name).unwrap();
            let zz = child(child(same.node, "Properties").unwrap_or_else(|| panic!("{at}")).node, "Zz");
            if let Some(zz) = zz {
                let ways = again.set(same, &["Properties", "Zz", "Yy"], &value, reading()).unwrap();
                assert!(ways.iter().all(|way| way.edits.is_empty()), "not idempotent: {at}");
                // And back, but for a section that was not there.
                let ways = again.remove(zz);
                if let Some(back) = again.settle(ways) {
                    let mut before = after.clone();
                    for (span, new) in back.edits.iter().rev() {
                        before.replace_range(span.range(), new);
                    }
                    assert_eq!(before, text, "{at}");
                }
            }
        }
    }
    eprintln!("{edited} edited, {} refused", refused.len());
    assert!(edited > 100);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Of a long text only the entry is looked at that an edit stands in: the same edits come of it.
#[test]
fn a_long_text_is_edited_as_a_short_one() {
    let padding: String = (0..400).map(|at| format!("  R{at}:\n    P:\n      A: text of {at}\n")).collect();
    for (one, expected) in [
        ("  R:\n    P:\n      A: 1\n", "  R:\n    P:\n      A: 1\n      M:\n        T: required\n"),
        (
            "  R:\n    P:\n      A: |+\n        x\n\n\n",
            "  R:\n    P:\n      M:\n        T: required\n      A: |+\n        x\n\n\n",
        ),
        ("  R: { P: { A: 1 } } # x\n", "  R: { P: { A: 1, M: { T: required } } } # x\n"),
        (
            "  R:\n    P: &x\n      A: 1\n  S: *x\n",
            "  R:\n    P: &x\n      A: 1\n      M:\n        T: required\n  S: *x\n",
        ),
    ] {
        for (before, after) in
            [("", padding.as_str()), (padding.as_str(), ""), (padding.as_str(), padding.as_str())]
        {
            let after = after.replace("  R", "  Q");
            let text = format!("Resources:\n{before}{one}{after}");
            let page = page(&text);
            let ways = page.set(
                step(&page, &["Resources", "R"]),
                &["P", "M", "T"],
                &New::text("required"),
                reading(),
            );
            assert_eq!(
                applied(&page, ways.unwrap()),
                format!("Resources:\n{before}{expected}{after}"),
                "{one}"
            );
        }
    }
}
