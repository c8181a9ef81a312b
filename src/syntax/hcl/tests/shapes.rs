//! What trees look like.

use super::*;

#[test]
fn expressions() {
    for (source, wanted) in [
        ("1 + 2 * 3", "(Add 1 (Multiply 2 3))"),
        ("1 - 2 - 3", "(Subtract (Subtract 1 2) 3)"),
        ("a || b && c == d < e + f", "(Or a (And b (Equal c (Less d (Add e f)))))"),
        ("!a.b == -c[0]", "(Equal (Not (. a b)) (Negate ([] c 0)))"),
        ("a ? b : c ? d : e", "(? a b (? c d e))"),
        ("(a)", "(parens a)"),
        ("a.b.0.c", "(. ([] (. a b) 0) c)"),
        ("a[*].b[0]", "(Full a ([] (. * b) 0))"),
        ("a.*.b[0]", "([] (Attribute a (. * b)) 0)"),
        ("a.*.b.0.c", "(Attribute a (. ([] (. * b) 0) c))"),
        ("a[*].b[*].c", "(Full a (Full (. * b) (. * c)))"),
        ("a[\"b\"]", "([] a \"b\")"),
        ("f(1, a...)", "(f 1 a ...)"),
        ("provider::x::f(a,)", "(provider::x::f a)"),
        ("[1, null, true,]", "[1 null true]"),
        ("{a = 1, \"b\": 2, (c) = 3, null = 4}", "{'\"a\" = 1, \"b\" = 2, (parens c) = 3, '\"null\" = 4}"),
        ("[for x in y : x if z]", "(for x y x if z)"),
        ("{for k, v in y : k => v...}", "(for k v y k => v ...)"),
        ("\"a\"", "\"a\""),
        ("\"a$b%c\"", "\"a$b%c\""),
        ("\"${a}\"", "(template a)"),
        ("\"a${b}c\"", "(template \"a\" b \"c\")"),
        ("\"a\\n${b}$${c}\"", "(template ~\"a\\n\" b ~\"${\" \"c}\")"),
        ("\"%{if a}x%{else}y%{endif}\"", "(template (if a (\"x\") (\"y\")))"),
        ("\"%{for k, v in a}${v}%{endfor}\"", "(template (for k v a (v)))"),
        ("\"${a ~} \"", "(template a \"\")"),
        ("\"\"", "\"\""),
        ("<<EOT\na\n  b\nEOT", "\"a\\n  b\\n\""),
        ("<<-EOT\n  a\n    b\n  EOT", "(template \"a\\n\" \"  b\\n\")"),
    ] {
        assert_eq!(show_value(&format!("v = {source}\n")), wanted, "{source}");
    }
}

#[test]
fn spans_cover_what_is_written() {
    let source = "\u{feff}v = a.b[0] + f(1) # c\r\n";
    let parsed = parse(source);
    let spans: Vec<&str> = parsed.tree.pools.exprs.iter().map(|expr| &source[expr.span.range()]).collect();
    assert_eq!(spans, ["a", "a.b", "0", "a.b[0]", "1", "f(1)", "a.b[0] + f(1)"]);
    assert_eq!(&source[parsed.tree.body.attributes[0].name.range()], "v");
    assert_eq!(&source[parsed.tree.comments[0].range()], "# c");
}

#[test]
fn a_block_knows_its_header_and_extent() {
    let source = "resource \"a\" \"b\" {\r\n  c {}\r\n  d = <<E\r\nx\r\nE\r\n}\r\ne = 1\r\n";
    let parsed = parse(source);
    assert_eq!(parsed.errors, []);
    let block = &parsed.tree.body.blocks[0];
    assert_eq!(&source[block.header.range()], "resource \"a\" \"b\"");
    assert!(source[block.span.range()].ends_with("E\r\n}"));
    assert_eq!(block.body.blocks.len(), 1);
    let heredoc = parsed.tree.expr(block.body.attributes[0].expr);
    assert_eq!(&source[heredoc.span.range()], "<<E\r\nx\r\nE");
    assert!(matches!(heredoc.kind, ExprKind::Plain(span) if &source[span.range()] == "x\r\n"));
}

#[test]
fn strings_keep_the_place_of_each_part() {
    let source = "v = <<-E\n    one\n      two ${x}\n    E\n";
    let parsed = parse(source);
    let ExprKind::Template(parts) = &parsed.tree.expr(parsed.tree.body.attributes[0].expr).kind else {
        panic!()
    };
    let texts: Vec<&str> = parsed
        .tree
        .parts(*parts)
        .iter()
        .filter_map(|part| match part {
            Part::Raw(span) => Some(&source[span.range()]),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["one\n", "  two ", "\n"]);
}

#[test]
fn an_expression_alone_may_span_lines() {
    let source = " a\n + b\n";
    let parsed = parse_expression(source);
    assert_eq!(show(&parsed.tree, source, parsed.root.unwrap()), "(Add a b)");
    assert!(parse_expression("a b").root.is_none());
    assert!(parse_expression("").root.is_none());
}

#[test]
fn a_template_is_all_text_but_its_sequences() {
    let source = "a \"b\" \\n ${c}\n%{ if d ~}\n e\n%{ endif }$";
    let parsed = parse_template(source);
    assert_eq!(
        show(&parsed.tree, source, parsed.root.unwrap()),
        "(template \"a \\\"b\\\" \\\\n \" c \"\\n\" (if d (\" e\\n\") ()) \"$\")"
    );
    let parsed = parse_template("a ${");
    assert_eq!((parsed.root, parsed.errors.len()), (None, 1));
    assert_eq!(parsed.errors[0].hides, Some(Span::new(0, 4)));
}

/// Lists of more than a node counts, and whatever else is spelled out beside it, are read back as they were written.
#[test]
fn what_a_node_does_not_hold_stands_beside_it() {
    for count in [65_534, 65_535, 65_536] {
        let source = format!("a = [{}]\n", "0,".repeat(count));
        let parsed = parse(&source);
        let ExprKind::Tuple(items) = parsed.tree.expr(parsed.tree.body.attributes[0].expr).kind else {
            panic!()
        };
        assert_eq!(parsed.tree.ids(items).len(), count);
    }
    for (source, expected) in [
        ("a . b", "(. a b)"),
        ("a[b].c", "(. ([] a b) c)"),
        ("a.b[c.d].e.f", "(. (. ([] (. a b) (. c d)) e) f)"),
        ("f(a, b...).c", "(. (f a b ...) c)"),
        ("a ? b : c ? d : e", "(? a b (? c d e))"),
        ("(a.b)", "(parens (. a b))"),
    ] {
        let parsed = parse_expression(source);
        assert_eq!(show(&parsed.tree, source, parsed.root.unwrap()), expected, "{source}");
    }
}
