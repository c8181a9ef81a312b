//! Any text is read without a panic, on the stack of a worker thread, in time that grows with the text.

use proptest::prelude::*;

use super::oracle::check_spans;
use super::*;

fn read_all_ways(text: &str) {
    for parsed in [parse(text), parse_template(text), parse_expression(text)] {
        check_spans(&parsed.tree, text);
        for error in &parsed.errors {
            assert!(error.span.end as usize <= text.len() + 2, "{error:?}");
        }
    }
    for parsed in [parse_json(text), parse_json_values(text)] {
        for expr in &parsed.tree.pools.exprs {
            let span = parsed.tree.file_span(expr.span);
            assert!(text.get(span.range()).is_some(), "{expr:?}");
        }
    }
}

/// Pieces of HCL and JSON that make trouble next to each other.
const PIECES: &[&str] = &[
    "a",
    "b.c",
    "1",
    "1.5e3",
    ".",
    "..",
    "...",
    "\"",
    "\"x\"",
    "${",
    "%{",
    "~}",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "=",
    "==",
    "=>",
    ":",
    "::",
    "?",
    ",",
    "*",
    "<<EOT\n",
    "<<-EOT\n",
    "EOT\n",
    "  EOT\n",
    "#",
    "//",
    "/*",
    "*/",
    "for ",
    "in ",
    "if ",
    "else",
    "endif",
    "endfor",
    "%{ if true }",
    "%{ endif ~}",
    "$${",
    "$",
    "%",
    "\\",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "é",
    "名",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "-",
    "!",
    "&&",
    "||",
    "block \"x\" {\n",
    "null",
    "true",
    "\"resource\": {",
    "\"a\": ",
    "\"//\": 1,",
    "\"${a}\"",
    "\"a\\n${b}\"",
];

const VALID: &[&str] = &[
    include_str!("../../../../testdata/frontends/terraform/syntax/values.tf"),
    include_str!("../../../../testdata/frontends/terraform/syntax/whole_resource.tf"),
    include_str!("../../../../testdata/frontends/terraform/syntax/whole_dynamic.tf"),
    super::json::MODULE,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn on_arbitrary_text(text in ".*") {
        read_all_ways(&text);
    }

    #[test]
    fn on_arbitrary_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        read_all_ways(&pieces.concat());
    }

    #[test]
    fn on_mutations_of_valid_files(
        file in prop::sample::select(VALID),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(PIECES)), 1..4),
    ) {
        let mut text: Vec<char> = file.chars().collect();
        for (place, removed, inserted) in edits {
            let at = place.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            text.splice(at..end, inserted.chars());
        }
        read_all_ways(&text.into_iter().collect::<String>());
    }
}

#[test]
fn on_every_prefix_of_valid_files() {
    for file in VALID {
        for (at, _) in file.char_indices() {
            read_all_ways(&file[..at]);
        }
    }
}

#[test]
fn on_deep_nesting_within_two_mebibytes_of_stack() {
    let opening = [
        "(",
        "[",
        "{a=",
        "f(",
        "!",
        "-",
        "a[",
        "a ? ",
        "a ? b : ",
        "\"${",
        "[for x in ",
        "{for x in y : x => ",
        "1 + (",
        "\"%{if ",
        "\"%{if a}",
        "a[*][0]",
        "<<A\n${",
        "b {\n",
        "b \"x\" {\n",
        "[*]",
        ".*",
        "[",
        "{\"a\":",
        "{\"resource\":",
        "[{\"a\":\"${[",
        "%{if a}",
        "%{for a in b}",
    ];
    let worker = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        for piece in opening {
            for prefix in ["", "a = ", "b {\na = ", "a = x", "{\"locals\":{\"a\":", "{\"locals\":{\"a\":\"${"]
            {
                read_all_ways(&format!("{prefix}{}", piece.repeat(5_000)));
            }
        }
    });
    worker.unwrap().join().unwrap();
}

#[test]
fn nesting_beyond_the_limit_says_so() {
    let text = format!("a = {}1{}\nb = 2\n", "(".repeat(1000), ")".repeat(1000));
    let parsed = parse(&text);
    assert_eq!(parsed.errors[0].kind, ErrorKind::Limit);
    assert_eq!(outline_of(&parsed, &text), ["b"]);
    assert_eq!(parse(&format!("a = {}1{}\n", "(".repeat(200), ")".repeat(200))).errors, []);
}

#[test]
fn on_long_chains() {
    for link in [" + 1", ".b", "[0]", " && 1", ".*", "[*]"] {
        let text = format!("a = b{}\n", link.repeat(100));
        assert!(parse(&text).errors.len() <= 1);
        read_all_ways(&format!("a = b{}\n", link.repeat(20_000)));
    }
}

#[test]
fn in_linear_time_however_many_errors() {
    let started = std::time::Instant::now();
    for line in [
        "a {\n",
        "a \"b\" {\n",
        "a = \"${\n",
        "a = <<X\n",
        "}\n",
        "a = [\n",
        "\"\n",
        "a = 1 1\n",
        "/*\n",
        "a = ${\"\n",
    ] {
        let parsed = parse(&line.repeat(50_000));
        assert!(parsed.errors.len() <= 201);
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
