use super::*;
use proptest::prelude::*;
use serde_json::Value as Json;

/// What a document says, as serde_json would have it.
fn content(node: NodeRef<'_>) -> Json {
    match node.kind() {
        NodeKind::Null => Json::Null,
        NodeKind::Sequence(_) => Json::Array(node.items().map(content).collect()),
        NodeKind::Mapping(_) => {
            let key = |key: NodeRef<'_>| key.scalar_text().unwrap_or_default().into_owned();
            Json::Object(node.entries().map(|(name, value)| (key(name), content(value))).collect())
        }
        NodeKind::Scalar(..) => match node.resolve().unwrap() {
            Resolved::Null => Json::Null,
            Resolved::Bool(value) => Json::Bool(value),
            Resolved::Int(number) => number.to_string().parse::<serde_json::Number>().unwrap().into(),
            Resolved::Float(number) => serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number),
            Resolved::Text(text) => Json::String(text.into_owned()),
        },
    }
}

fn yaml(text: &str) -> Json {
    let document = parse_yaml(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    content(document.root(text).unwrap())
}

fn json(text: &str) -> Json {
    let document = parse_json(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    content(document.root(text).unwrap())
}

#[test]
fn yaml_reads_as_yaml_1_1() {
    for (text, expected) in [
        (
            "a: yes\nb: Off\nc: ~\nd:\ne: null",
            serde_json::json!({"a": true, "b": false, "c": null, "d": null, "e": null}),
        ),
        ("a: 012345678901", serde_json::json!({"a": "012345678901"})),
        (
            "a: 0123\nb: 0x1F\nc: 1_000\nd: -7\ne: 0b11",
            serde_json::json!({"a": 83, "b": 31, "c": 1000, "d": -7, "e": 3}),
        ),
        (
            "a: 2012-10-17\nb: 1.10\nc: 1.2.3\nd: 10.0.0.0/8",
            serde_json::json!({"a": "2012-10-17", "b": 1.1, "c": "1.2.3", "d": "10.0.0.0/8"}),
        ),
        ("a: 'yes'\nb: !!str 12\nc: \"it\\n\"", serde_json::json!({"a": "yes", "b": "12", "c": "it\n"})),
        ("a: |\n  x\n  y", serde_json::json!({"a": "x\ny"})),
        ("a: >\n  x\n  y", serde_json::json!({"a": "x y"})),
        ("a: |+\n  x  ", serde_json::json!({"a": "x  "})),
        ("a: |\n  x\n ", serde_json::json!({"a": "x\n"})),
        ("a: |\n  x\n    ", serde_json::json!({"a": "x\n  "})),
        ("a: |\r\n  x\r\n", serde_json::json!({"a": "x\n"})),
        ("a: |\n  x\n# of nothing", serde_json::json!({"a": "x\n"})),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", serde_json::json!({"a": "x\ny\n", "b": "x y"})),
        (
            "a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\nc: *x",
            serde_json::json!({"a": {"k": 1, "l": 2}, "b": {"k": 1, "l": 3}, "c": {"k": 1, "l": 2}}),
        ),
        ("<<: [{a: 1}, {a: 2, b: 2}]\nc: 3", serde_json::json!({"a": 1, "b": 2, "c": 3})),
        ("\u{feff}a: 1\r\nb: x\r\n", serde_json::json!({"a": 1, "b": "x"})),
        ("a: 1\n---\nb: 2", serde_json::json!({"a": 1})),
        ("a: 1\nb: 2\na: 3", serde_json::json!({"a": 3, "b": 2})),
    ] {
        assert_eq!(yaml(text), expected, "{text}");
    }
}

#[test]
fn all_documents_of_a_stream_are_there() {
    let text = "a: 1\n---\nb: 2\n---\n- 3\n";
    let document = parse_yaml(text).unwrap();
    assert_eq!(document.roots(text).count(), 3);
}

#[test]
fn duplicate_keys_are_recorded_and_the_last_wins() {
    let text = r#"{"a": 1, "b": 2, "a": 3}"#;
    let document = parse_json(text).unwrap();
    assert_eq!(json(text), serde_json::json!({"b": 2, "a": 3}));
    let [duplicate] = document.duplicates() else { panic!("{:?}", document.duplicates()) };
    assert_eq!((duplicate.overridden, duplicate.by), (Span::new(2, 3), Span::new(18, 19)));
    let many: Vec<String> = (0..40).map(|at| format!("\"k{}\": {at}", at % 20)).collect();
    let text = format!("{{{}}}", many.join(","));
    let document = parse_json(&text).unwrap();
    assert_eq!(document.duplicates().len(), 20);
    assert_eq!(document.root(&text).unwrap().get("k3").unwrap().source(), "23");
}

#[test]
fn spans_are_the_values_without_quotes_and_tags() {
    let text =
        "a: !Sub 'it ${x}'\nb: !GetAtt\n  - p\n  - \"q\"\nc: |\n  one\n  two\n\nd: [1, 2]\ne: {f: 1}\n";
    let document = parse_yaml(text).unwrap();
    let root = document.root(text).unwrap();
    let slice = |key: &str| &text[root.get(key).unwrap().span().range()];
    assert_eq!(slice("a"), "it ${x}");
    assert_eq!(root.get("a").unwrap().tag(), Some("Sub"));
    assert_eq!(root.get("a").unwrap().source(), "!Sub 'it ${x}'");
    assert!(slice("b").ends_with("\"q\""), "{}", slice("b"));
    assert_eq!(slice("c"), "one\n  two");
    assert_eq!((slice("d"), slice("e")), ("[1, 2]", "{f: 1}"));
    let text = "\t{\"a\": \"x\\ny\", \"b\": [1]}";
    let document = parse_json(text).unwrap();
    let root = document.root(text).unwrap();
    assert_eq!(&text[root.get("a").unwrap().span().range()], "x\\ny");
    assert_eq!(root.get("a").unwrap().scalar_text().unwrap(), "x\ny");
    assert_eq!(&text[root.get("b").unwrap().span().range()], "[1]");
}

#[test]
fn pieces_of_a_scalar_are_found_behind_indentation_folds_and_escapes() {
    for text in [
        "a: |\n    one two\n      three\n\n    four\n",
        "a: >-\n  one two\n  three\n\n  four\n",
        "a: |\r\n  one two\r\n  three four\r\n",
        "a: 'it''s one two\n  three four'\n",
        "a: \"\\tone \\x41 two \\u00e9 \\\n   three\\nfour\"\n",
        "{\"a\": \"\\ud83d\\ude00 one\\ttwo\\nthree é four\"}",
        "a: one two\n  three four",
    ] {
        let document = parse(text).unwrap();
        let node = document.root(text).unwrap().get("a").unwrap();
        let scalar = node.scalar_text().unwrap();
        let mut places = Places::of(node);
        for word in ["one", "two", "three", "four"] {
            let at = scalar.find(word).unwrap();
            let span = places.span(at..at + word.len());
            assert_eq!(&text[span.range()], word, "{text}");
        }
        let first = places.span(0..1);
        assert_eq!(first, node.span(), "asked for out of order: the whole");
    }
}

#[test]
fn errors_point_where_it_went_wrong() {
    for (text, at) in [
        ("{\"a\": }", 6),
        ("{\"a\" 1}", 5),
        ("[1, 2", 5),
        ("[1 2]", 3),
        ("{\"a\": \"never closed}", 6),
        ("[1,]", 3),
        ("{,}", 1),
        ("[\"\\x\"]", 2),
        ("[\"\\ud800\"]", 2),
        ("{} x", 3),
        ("", 0),
        ("[01]", 1),
        ("[1.]", 1),
        ("[\"a\tb\"]", 3),
    ] {
        let error = parse_json(text).unwrap_err();
        assert_eq!((error.kind, error.span.start), (ParseErrorKind::Syntax, at), "{text}: {error:?}");
    }
    let error = parse_yaml("é: 1\nb: [1,\nc: {").unwrap_err();
    assert_eq!(error.kind, ParseErrorKind::Syntax);
    assert!(parse_yaml("a: *missing").is_err());
    assert!(parse_yaml("a: &a [*a]").is_err(), "an alias inside itself");
}

#[test]
fn what_is_almost_json_is_read_as_yaml() {
    let text = "{\"a\": [1, 2,], }";
    let document = parse(text).unwrap();
    assert_eq!(content(document.root(text).unwrap()), serde_json::json!({"a": [1, 2]}));
    assert_eq!(parse("{\"a\": ").unwrap_err(), parse_json("{\"a\": ").unwrap_err());
}

#[test]
fn depth_bombs_are_limits() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for text in ["[".repeat(10_000), deep(10_000), "{\"a\":".repeat(10_000), deep(MAX_DEPTH + 1)] {
        assert_eq!(parse_json(&text).unwrap_err().kind, ParseErrorKind::Limit);
        assert_eq!(parse_yaml(&text).unwrap_err().kind, ParseErrorKind::Limit);
        assert_eq!(parse(&text).unwrap_err().kind, ParseErrorKind::Limit);
    }
    assert!(parse_json(&deep(MAX_DEPTH)).is_ok());
    let block: String = (0..1000).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    assert_eq!(parse_yaml(&block).unwrap_err().kind, ParseErrorKind::Limit);
    let dashes = format!("{}x", "- ".repeat(10_000));
    assert_eq!(parse_yaml(&dashes).unwrap_err().kind, ParseErrorKind::Limit);
}

#[test]
fn alias_bombs_are_limits() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let alias = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", vec![alias; 9].join(", "));
    }
    assert_eq!(parse_yaml(&text).unwrap_err().kind, ParseErrorKind::Limit);
}

#[test]
fn aliases_do_not_hide_depth() {
    let nest = |inner: &str| format!("{}{inner}{}", "[".repeat(100), "]".repeat(100));
    let two = format!("a: &a {}\nb: &b {}\n", nest(""), nest("*a"));
    assert!(parse_yaml(&two).is_ok());
    let three = format!("{two}c: {}\n", nest("*b"));
    assert_eq!(parse_yaml(&three).unwrap_err().kind, ParseErrorKind::Limit);
}

#[test]
fn comments_in_any_number_are_skipped() {
    let text = format!("a: 1\n{}b: 2\n", "# c\n".repeat(5000));
    assert_eq!(yaml(&text), serde_json::json!({"a": 1, "b": 2}));
}

/// Run with `--release -- --nocapture --ignored`.
#[test]
#[ignore = "a measurement"]
fn json_throughput() {
    let one = r#"{"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-0123456789abcdef0", "Tags": [{"Key": "Name", "Value": "web"}], "UserData": {"Fn::Base64": "one\ntwo"}}}"#;
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Json>(one).unwrap()).unwrap();
    let many: Vec<String> = (0..40_000).map(|at| format!("\"R{at}\": {pretty}")).collect();
    let text = format!("{{\"Resources\": {{{}}}}}", many.join(",\n"));
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let document = parse_json(&text).unwrap();
        let ours = start.elapsed();
        let start = std::time::Instant::now();
        let theirs: Json = serde_json::from_str(&text).unwrap();
        let rate = |time: std::time::Duration| text.len() as f64 / time.as_secs_f64() / 1e6;
        println!(
            "{} nodes: {:.0} MB/s, serde_json {:.0} MB/s",
            document.node_count(),
            rate(ours),
            rate(start.elapsed())
        );
        drop(theirs);
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-1e9..1e9_f64).prop_map(Json::from),
        ".*".prop_map(Json::String),
        "[a-z\"\\\\\n\t]{0,20}".prop_map(Json::String),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::Array),
            prop::collection::vec((".{0,6}", inner), 0..20)
                .prop_map(|pairs| Json::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Whether serde_json's only objection is one that we do not share.
fn only_a_number_out_of_range(text: &str) -> bool {
    serde_json::from_str::<Json>(text).is_err_and(|error| error.to_string().contains("number out of range"))
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in ".{0,200}") {
        let _ = parse_json(&text);
        let _ = parse_yaml(&text);
    }

    #[test]
    fn text_that_looks_like_documents_never_panics(text in r#"([-{}\[\]:,&*!?|>#"'\\ \n\ta-d0-9~<%@u]|<<|\r\n|: |- |é){0,80}"#) {
        if let Ok(document) = parse_yaml(&text) {
            for root in document.roots(&text) {
                walk(root);
            }
        }
        let ours = parse_json(&text).is_ok();
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        prop_assert!(ours == theirs || only_a_number_out_of_range(&text), "{ours} {theirs}");
    }

    #[test]
    fn json_agrees_with_serde_json(value in any_json()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(json(&text), value.clone());
        }
    }

    #[test]
    fn broken_json_is_refused_where_serde_json_refuses(value in any_json(), at in any::<prop::sample::Index>(), with in r#"["\\{}\[\],:0-9eE+.\-\n a-z]{0,2}"#) {
        let text = value.to_string();
        let at = (0..=at.index(text.len() + 1).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let rest = text[at..].chars().next().map_or(at, |skipped| at + skipped.len_utf8());
        let text = format!("{}{with}{}", &text[..at], &text[rest..]);
        let theirs = serde_json::from_str::<Json>(&text);
        let ours = parse_json(&text);
        prop_assert!(ours.is_ok() == theirs.is_ok() || only_a_number_out_of_range(&text), "{text} {ours:?} {theirs:?}");
    }
}

fn walk(node: NodeRef<'_>) {
    let _ = (node.resolve(), node.source(), node.tag());
    let text = node.scalar_text().unwrap_or_default();
    let mut places = Places::of(node);
    for (at, c) in text.char_indices() {
        assert!(node.span().contains(places.span(at..at + c.len_utf8())));
    }
    node.items().for_each(walk);
    for (key, value) in node.entries() {
        walk(key);
        walk(value);
    }
}
