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

/// What `terraform fmt` makes of texts; none where it is not here.
fn terraform_fmt(folder: &std::path::Path) -> Option<Vec<String>> {
    let list = std::process::Command::new("terraform")
        .args(["fmt", "-check", "-list=true", "-recursive", "-no-color", "."])
        .current_dir(folder)
        .output()
        .ok()?;
    Some(String::from_utf8(list.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn formatted_code_stays_formatted() {
    let folder = tempfile::tempdir().unwrap();
    let file = include_str!("../../../testdata/fixes/edits/native.txt");
    for (at, case) in file.split("####\n").enumerate() {
        for (part, text) in case.split("====\n").skip(1).enumerate() {
            let text = text.replace("<TAB>", "\t").replace("<CR>", "\r").replace("<EOF>\n", "");
            let name = format!("{at:03}-{}.tf", ["before", "after"][part]);
            std::fs::write(folder.path().join(name), text).unwrap();
        }
    }
    let Some(unformatted) = terraform_fmt(folder.path()) else {
        eprintln!("skipped: no terraform on PATH");
        return;
    };
    for name in &unformatted {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        // Terraform's own line ends.
        let is_known = text.contains("\r") || text.contains('\t') || text == "none\n";
        let before = name.replace("after", "before");
        assert!(is_known || unformatted.contains(&before), "{name} is not formatted:\n{text}");
    }
}

/// Of so many files one is taken: all of them take a minute.
const SAMPLE: usize = 16;

#[test]
fn what_is_ignored_is_told_by_its_path() {
    for (written, path, expected) in [
        ("all", "metadata_options.http_tokens", true),
        ("[metadata_options]", "metadata_options.http_tokens", true),
        ("[\"metadata_options\"]", "metadata_options.http_tokens", true),
        ("[ami, metadata_options[0].http_tokens]", "metadata_options.http_tokens", true),
        ("[metadata_options[0].http_endpoint]", "metadata_options.http_tokens", false),
        ("[\n  ami, # not metadata_options\n  # all\n]", "metadata_options.http_tokens", false),
        ("[tags[\"all\"], tags.password]", "password", false),
        ("[password]", "password", true),
        ("[setting[0].value]", "setting", true),
        ("[]", "password", false),
    ] {
        assert_eq!(super::ignores(written, path), expected, "{written}: {path}");
    }
}

/// Every block of public code is edited: it parses, is what it was but for the edits, and nothing is left to do.
#[test]
fn any_code_can_be_edited() {
    let shared = std::env::var_os("KEYLESS_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        std::path::PathBuf::from,
    );
    let mut folders = vec![shared.join("corpora")];
    let out = tempfile::tempdir().unwrap();
    let mut count = 0;
    let mut formatted = Vec::new();
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                seen += 1;
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                if seen % SAMPLE != 0 || text.len() > 20_000 {
                    continue;
                }
                let Some(result) = edited_everywhere("main.tf", &text) else { continue };
                count += 1;
                for (kind, text) in [("before", &text), ("after", &result)] {
                    std::fs::create_dir_all(out.path().join(kind)).unwrap();
                    std::fs::write(out.path().join(format!("{kind}/{count}.tf")), text).unwrap();
                }
                formatted.push(path);
            }
        }
    }
    if count == 0 {
        eprintln!("skipped: no corpora here (set KEYLESS_SHARED)");
        return;
    }
    let Some(before) = terraform_fmt(&out.path().join("before")) else { return };
    let after = terraform_fmt(&out.path().join("after")).unwrap();
    for name in after {
        let number: usize = name.trim_end_matches(".tf").parse().unwrap();
        let path = &formatted[number - 1];
        // Its comments are aligned with one behind the brace that closes the block.
        if path.ends_with("laa-ccms-soa/secrets.tf") {
            continue;
        }
        let text = std::fs::read_to_string(out.path().join("after").join(&name)).unwrap();
        assert!(before.contains(&name), "{} was formatted, and is not:\n{text}", path.display());
    }
}

fn edited_everywhere(path: &str, text: &str) -> Option<String> {
    let code = code(path, text);
    let sets = [
        Change::Set("metadata_options.http_tokens", "\"required\""),
        Change::Set("iam_instance_profile", "aws_iam_instance_profile.web.name"),
        Change::Set("sensitive", "true"),
    ];
    let mut edits = Vec::new();
    for block in code.blocks() {
        let Some(some) = block.change(&sets) else { continue };
        let one = spliced(text, &some);
        let again = self::code(path, &one);
        let same =
            again.blocks().into_iter().find(|other| other.site().span.start == block.site().span.start)?;
        assert_eq!(same.change(&sets).unwrap(), [], "again: {one}");
        edits.extend(some);
    }
    let result = spliced(text, &edits);
    assert_eq!(broken(path, &result), broken(path, text), "{result}");
    (!edits.is_empty()).then_some(result)
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

#[test]
fn a_block_is_indented_as_it_is_itself() {
    let file = "variable \"wide\" {\n    default = 1\n}\n\nresource \"aws_instance\" \"web\" {\n  ami = \"ami-1\"\n}\n";
    let code = code("main.tf", file);
    let blocks = code.blocks();
    let edits = blocks[1].change(&[Change::Set("metadata_options.http_tokens", "\"required\"")]).unwrap();
    let block = "  ami = \"ami-1\"\n\n  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n";
    assert_eq!(spliced(file, &edits), file.replace("  ami = \"ami-1\"\n}\n", block));
}
