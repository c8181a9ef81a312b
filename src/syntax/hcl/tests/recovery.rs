//! A broken block hides itself and nothing else.

use super::*;

/// A broken item between two good ones.
fn around(broken: &str) -> (Vec<String>, Parsed) {
    let source = format!(
        "before \"x\" {{\n  a = 1\n}}\n\n{broken}\nafter \"y\" {{\n  a = <<EOT\n}}\nEOT\n}}\nlast = 1\n"
    );
    let parsed = parse(&source);
    (outline_of(&parsed, &source), parsed)
}

#[test]
fn a_broken_item_hides_only_itself() {
    for broken in [
        "b \"c\" {\n  a = \n}\n",
        "b \"c\" {\n  a = 1 2\n  d = [1 2]\n}\n",
        "b \"c\" {\n  a = {\n    d = 1 e = 2\n  }\n  f { }\n}\n",
        "b \"c\" {\n  a = \"unclosed\n  d = 1\n}\n",
        "b \"c\" {\n  a = \"${unclosed\"\n}\n",
        "b \"c\" {\n  a = \"%{ if x == \" }\n}\n",
        "b \"c\" {\n  a = <<EOX\n}\nEOX \"\n  d = }\n",
        "b \"c\" {\n  a = 1\n",
        "b \"c\" {\n  d {\n    a = 1\n\n}\n",
        "b \"c\" {\n  a = [1, 2\n}\n",
        "b \"c\" {\n  a = f(1, (2)\n}\n",
        "b \"c\" {\n  a = 10.0.0.1\n}\n",
        "b \"c\" {\n  a = '}'\n  # }\n  d = \"}\" // }\n}\n",
        "a = 1 2\n",
        "a = [\n  1\n  2\n]\n",
        "a\n",
        "}\n",
        "\"a\" = 1\n",
        "b {}}\n",
        "b c = {\n}\n",
        "a = <<EOX\nnever closed\n",
        "a = ((((((\n",
        "ä @ ö\n",
    ] {
        let (names, parsed) = around(broken);
        let mut wanted = vec!["last".to_owned(), "before x".into(), "after y".into()];
        if names.contains(&"b".to_owned()) {
            wanted.insert(2, "b".into());
        }
        assert_eq!(names, wanted, "{broken}: {:?}", parsed.errors);
        assert!(!parsed.errors.is_empty(), "{broken}");
    }
}

#[test]
fn the_hidden_text_is_told() {
    let source = "a = 1\nb \"c\" {\n  d = 1 2\n}\ne = 2\n";
    let parsed = parse(source);
    assert_eq!(parsed.errors.len(), 1);
    let error = &parsed.errors[0];
    assert_eq!(&source[error.span.range()], "2");
    assert_eq!(&source[error.hides.unwrap().range()], "b \"c\" {\n  d = 1 2\n}\n");
    assert_eq!(error.message, "expected a new line after the value, found a number");
}

#[test]
fn a_repeated_attribute_is_an_error_that_hides_nothing() {
    let source = "b {\n  a = 1\n  a = 2\n}\n";
    let parsed = parse(source);
    assert_eq!(outline_of(&parsed, source), ["b"]);
    assert_eq!(parsed.errors[0].hides, None);
    let attributes = &parsed.tree.body.blocks[0].body.attributes;
    assert_eq!(attributes.len(), 1);
    assert_eq!(show(&parsed.tree, source, attributes[0].expr), "1");
    let many: String = (0..40).chain([30]).map(|n| format!("a{n} = 1\n")).collect();
    assert_eq!(parse(&many).errors.len(), 1);
}

#[test]
fn a_missing_brace_costs_up_to_the_next_block_at_the_margin() {
    let source = "b \"c\" {\n  d {\n    a = 1\n}\n\nlocals {\n  x = 1\n}\n\nresource \"e\" \"f\" {\n}\n";
    assert_eq!(outline(source), ["resource e f"]);
    let source = "b \"c\" {\n  d {\n    a = 1\n}\n\nlocals {\n  x = 1\n}\n";
    assert_eq!(outline(source), ["locals"]);
}

#[test]
fn comments_are_recorded_once_and_in_order_despite_errors() {
    let source = "# 1\nb \"c\" { # 2\n  a = 1 /* 3 */ 2\n  # 4\n  d = \"# no\" // 5\n}\n# 6\n";
    let parsed = parse(source);
    let comments: Vec<&str> = parsed.tree.comments.iter().map(|span| &source[span.range()]).collect();
    assert_eq!(comments, ["# 1", "# 2", "/* 3 */", "# 4", "// 5", "# 6"]);
}
