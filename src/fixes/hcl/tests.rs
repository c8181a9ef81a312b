use super::*;

fn code(path: &str, text: &str) -> Code {
    let source = SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false);
    Code::read(FileId(0), Arc::new(source)).unwrap()
}

fn spliced(text: &str, edits: &[Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort();
    let mut out = String::new();
    let mut at = 0;
    for edit in &edits {
        let range = edit.site.span.range();
        assert!(range.start >= at, "edits overlap: {edits:?} in {text}");
        out.push_str(&text[at..range.start]);
        out.push_str(&edit.text);
        at = range.end;
    }
    out + &text[at..]
}

/// The first block changed.
fn changed(path: &str, text: &str, changes: &[Change<'_>]) -> Option<String> {
    let code = code(path, text);
    let edits = code.blocks().first()?.change(changes)?;
    let result = spliced(text, &edits);
    let again = self::code(path, &result);
    assert_eq!(broken(path, &result), broken(path, text), "{result}");
    let sets: Vec<_> = changes.iter().copied().filter(|change| matches!(change, Change::Set(..))).collect();
    assert_eq!(again.blocks()[0].change(&sets).unwrap(), [], "again: {result}");
    Some(result)
}

fn broken(path: &str, text: &str) -> usize {
    let parsed = if path.ends_with(".json") { hcl::parse_json(text) } else { hcl::parse(text) };
    parsed.errors.len()
}

const TOKENS: &[Change<'_>] = &[Change::Set("metadata_options.http_tokens", "\"required\"")];

/// Cases as files: what is to be done, what stands there, what it becomes. Parts are parted by lines of `====`, cases by `####`.
fn cases(file: &str, path: &str) {
    for case in file.split("####\n").filter(|case| !case.trim().is_empty()) {
        let parts: Vec<&str> = case.split("====\n").collect();
        let [orders, before, after] = parts.as_slice() else { panic!("a case has three parts: {case}") };
        let unescape = |text: &str| text.replace("<TAB>", "\t").replace("<CR>", "\r").replace("<EOF>\n", "");
        let (before, after) = (unescape(before), unescape(after));
        let mut changes = Vec::new();
        let items: Vec<Vec<(&str, &str)>> = orders.lines().map(items).collect();
        for (order, items) in orders.lines().zip(&items) {
            let (verb, rest) = order.split_once(' ').unwrap_or((order, ""));
            let (path, value) = rest.split_once(" = ").unwrap_or((rest, ""));
            changes.push(match verb {
                "set" => Change::Set(path, value),
                "remove" => Change::Remove(rest),
                "put" => {
                    let (path, name) = path.split_once(" -> ").unwrap();
                    Change::Substitute(path, name, value)
                }
                "add" => Change::Add(rest.split(' ').next().unwrap(), items),
                _ => panic!("{order}"),
            });
        }
        let result = changed(path, &before, &changes).unwrap_or_else(|| "none\n".to_owned());
        assert_eq!(result, after, "{orders}{before}");
    }
}

/// `add setting namespace="x" name="y"`
fn items(order: &str) -> Vec<(&str, &str)> {
    order.split(' ').skip(2).filter_map(|item| item.split_once('=')).collect()
}

#[test]
fn native_code_is_edited_as_its_author_would() {
    cases(include_str!("../../../testdata/fixes/edits/native.txt"), "main.tf");
}

#[test]
fn json_is_edited_in_its_own_layout() {
    cases(include_str!("../../../testdata/fixes/edits/json.txt"), "main.tf.json");
}

#[test]
fn a_byte_order_mark_stays() {
    let text = "\u{feff}resource \"aws_instance\" \"web\" {}\n";
    let expected = "\u{feff}resource \"aws_instance\" \"web\" {\n  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n";
    assert_eq!(changed("main.tf", text, TOKENS).unwrap(), expected);
    let text = "\u{feff}{\"resource\":{\"aws_instance\":{\"web\":{}}}}";
    let expected = "\u{feff}{\"resource\":{\"aws_instance\":{\"web\":{\"metadata_options\":{\"http_tokens\":\"required\"}}}}}";
    assert_eq!(changed("main.tf.json", text, TOKENS).unwrap(), expected);
}
