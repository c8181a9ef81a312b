//! The labelled set of `testdata/secrets`: each folder is a repository as it could be, in which every string that is a
//! secret, or that scanners take for one, is labelled.
//!
//! `⟦+SEC02 token/github|…⟧` is a secret that has to be found as that code (`+SEC01,SEC04`: as one of them), `⟦- hash/sha256|…⟧`
//! is innocent, `⟦-SEC09 example/aws|…⟧` is innocent but for that strict policy. `⟪base64|…⟫` (`gzip`, `json`) stands for that
//! encoding of what is in it, labels included. `¦` is nothing: it keeps secrets from standing in the repository. This is
//! the only place that knows these marks; `scripts/compare-secrets.py` has the set written out by it.

use crate::harness::{Repo, command};
use base64::Engine as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::Path;

/// Codes that speak of a string that stands somewhere; the others of these families speak of resources and references.
const OF_STRINGS: [&str; 11] =
    ["KEY02", "KEY03", "KEY05", "SEC01", "SEC02", "SEC03", "SEC04", "SEC05", "SEC06", "SEC07", "SEC09"];

type Bytes = Range<usize>;

#[derive(Debug, Clone)]
struct Label {
    path: String,
    span: Bytes,
    kind: String,
    secret: bool,
    codes: Vec<String>,
}

/// A text without marks, and what was labelled in it.
#[derive(Debug, Default)]
struct Made {
    text: String,
    labels: Vec<Label>,
}

/// Reads up to `end`, and what follows it.
fn read<'a>(mut rest: &'a str, end: Option<char>, path: &str, made: &mut Made) -> &'a str {
    while let Some(at) = rest.find(['⟦', '⟧', '⟪', '⟫', '¦']) {
        made.text.push_str(&rest[..at]);
        let mark = rest[at..].chars().next().unwrap();
        rest = &rest[at + mark.len_utf8()..];
        match mark {
            '¦' => {}
            '⟦' => {
                let (head, text) =
                    rest.split_once('|').unwrap_or_else(|| panic!("{path}: a label without kind"));
                let start = made.text.len();
                rest = read(text, Some('⟧'), path, made);
                made.labels.push(label(head, path, start..made.text.len()));
            }
            '⟪' => {
                let (encoding, text) = rest.split_once('|').unwrap();
                let mut inner = Made::default();
                rest = read(text, Some('⟫'), path, &mut inner);
                carry(encoding, inner, made);
            }
            other => {
                assert_eq!(Some(other), end, "{path}: near {:?}", rest.lines().next());
                return rest;
            }
        }
    }
    assert_eq!(end, None, "{path}: a mark is not closed");
    made.text.push_str(rest);
    ""
}

fn label(head: &str, path: &str, span: Bytes) -> Label {
    let (codes, kind) = head.split_once(' ').unwrap_or_else(|| panic!("{path}: label {head:?}"));
    let secret = codes.starts_with('+');
    assert!(secret || codes.starts_with('-'), "{path}: label {head:?}");
    let codes: Vec<String> =
        codes[1..].split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    assert!(codes.iter().all(|code| OF_STRINGS.contains(&code.as_str())), "{path}: label {head:?}");
    assert!(!secret || !codes.is_empty(), "{path}: label {head:?}");
    assert!(!span.is_empty(), "{path}: an empty label {head:?}");
    Label { path: path.to_owned(), span, kind: kind.to_owned(), secret, codes }
}

/// Puts `inner` encoded behind what is made, its labels where their characters came to stand.
fn carry(encoding: &str, inner: Made, made: &mut Made) {
    let start = made.text.len();
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let place: Box<dyn Fn(&Bytes) -> Bytes> = match encoding {
        "base64" => {
            made.text.push_str(&base64(inner.text.as_bytes()));
            Box::new(|span| span.start / 3 * 4..span.end.div_ceil(3) * 4)
        }
        "gzip" => {
            let mut stream = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            stream.write_all(inner.text.as_bytes()).unwrap();
            let text = base64(&stream.finish().unwrap());
            made.text.push_str(&text);
            Box::new(move |_| 0..text.len())
        }
        "json" => {
            let escaped = |text: &str| {
                let quoted = serde_json::to_string(text).unwrap();
                quoted[1..quoted.len() - 1].to_owned()
            };
            made.text.push_str(&escaped(&inner.text));
            let text = inner.text;
            Box::new(move |span| escaped(&text[..span.start]).len()..escaped(&text[..span.end]).len())
        }
        other => panic!("no encoding {other:?}"),
    };
    for mut label in inner.labels {
        let span = place(&label.span);
        label.span = start + span.start..start + span.end;
        made.labels.push(label);
    }
}

/// Writes the set below a folder.
fn write_set(write: &dyn Fn(&str, &str)) -> Vec<Label> {
    let mut labels = Vec::new();
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/secrets");
    for case in sorted(&set).into_iter().filter(|path| path.is_dir()) {
        write_folder(&case, case.file_name().unwrap().to_str().unwrap(), write, &mut labels);
    }
    labels
}

fn write_folder(folder: &Path, name: &str, write: &dyn Fn(&str, &str), labels: &mut Vec<Label>) {
    for path in sorted(folder) {
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            write_folder(&path, &name, write, labels);
            continue;
        }
        let mut made = Made::default();
        read(&fs::read_to_string(&path).unwrap(), None, &name, &mut made);
        write(&name, &made.text);
        labels.append(&mut made.labels);
    }
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A finding in bytes.
#[derive(Debug)]
struct Found {
    code: String,
    path: String,
    span: Bytes,
    title: String,
    related: Vec<(String, Bytes)>,
}

fn found(repo: &Repo, args: &[&str]) -> Vec<Found> {
    let (_, report) = repo.json(args);
    let problems = report["problems"].as_array().unwrap();
    assert!(problems.is_empty(), "the set is not all readable: {problems:#?}");
    let mut texts = BTreeMap::new();
    let mut place = |value: &Value| {
        let path = value["path"].as_str().unwrap().to_owned();
        let text =
            texts.entry(path.clone()).or_insert_with(|| fs::read_to_string(repo.path().join(&path)).unwrap());
        let span = byte(text, &value["start"])..byte(text, &value["end"]);
        (path, span)
    };
    let findings = report["findings"].as_array().unwrap();
    let of_strings =
        findings.iter().filter(|finding| OF_STRINGS.contains(&finding["code"].as_str().unwrap()));
    of_strings
        .map(|finding| {
            let (path, span) = place(finding);
            let others = ["chain", "related"].map(|key| finding[key].as_array().unwrap());
            let related = others.into_iter().flatten().map(&mut place).collect();
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            Found { code: text("code"), path, span, title: text("title"), related }
        })
        .collect()
}

fn byte(text: &str, point: &Value) -> usize {
    let part = |key: &str| usize::try_from(point[key].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(part("line") - 1).map(str::len).sum();
    let line = &text[start..];
    start + line.char_indices().nth(part("column") - 1).map_or(line.len(), |(at, _)| at)
}

#[derive(Debug, Default)]
struct Tally {
    secrets: usize,
    innocents: usize,
    hits: usize,
    misses: Vec<String>,
    wrong: Vec<String>,
}

fn overlap(left: &Bytes, right: &Bytes) -> bool {
    left.start < right.end && right.start < left.end
}

/// Holds findings against labels: one finding for each secret, none for anything else.
fn tally(labels: &[Label], findings: &[Found], is_secret: impl Fn(&Label) -> bool) -> Tally {
    let mut tally = Tally::default();
    let mut met = vec![false; labels.len()];
    let takes = |label: &Label, finding: &Found| is_secret(label) && label.codes.contains(&finding.code);
    let at = |path: &str, span: &Bytes| -> Vec<usize> {
        (0..labels.len()).filter(|&at| labels[at].path == path && overlap(&labels[at].span, span)).collect()
    };
    for finding in findings {
        let here = at(&finding.path, &finding.span);
        if let Some(&first) = here.iter().find(|&&at| !met[at] && takes(&labels[at], finding)) {
            met[first] = true;
        } else if finding.code != "SEC07"
            && !elsewhere(&finding.related, &mut met, &at, |at| takes(&labels[at], finding))
        {
            let kinds: Vec<_> =
                here.iter().map(|&at| (&labels[at].kind, &labels[at].codes, labels[at].secret)).collect();
            let (path, line) = (&finding.path, finding.span.clone());
            tally.wrong.push(format!("{path} {line:?}: {} {} at {kinds:?}", finding.code, finding.title));
        }
    }
    for (label, met) in labels.iter().zip(met) {
        match (is_secret(label), met) {
            (true, true) => tally.hits += 1,
            (true, false) => tally
                .misses
                .push(format!("{} {:?}: {} {:?}", label.path, label.span, label.kind, label.codes)),
            (false, _) => tally.innocents += 1,
        }
        tally.secrets += usize::from(is_secret(label));
    }
    tally
}

/// Whether a finding whose own place says nothing speaks of a secret by its chain or another place.
fn elsewhere(
    places: &[(String, Bytes)],
    met: &mut [bool],
    at: &impl Fn(&str, &Bytes) -> Vec<usize>,
    takes: impl Fn(usize) -> bool,
) -> bool {
    let there = places.iter().flat_map(|(path, span)| at(path, span));
    let first = there.into_iter().find(|&at| !met[at] && takes(at));
    first.inspect(|&at| met[at] = true).is_some()
}

/// Misses and false alarms with lines, for a person to read.
fn told(tally: &Tally, root: &Path) -> String {
    let mut told = String::new();
    for (what, list) in [("missed", &tally.misses), ("wrong", &tally.wrong)] {
        for entry in list {
            let (path, rest) = entry.split_once(' ').unwrap();
            let start: usize = rest.split("..").next().unwrap().parse().unwrap();
            let text = fs::read_to_string(root.join(path)).unwrap();
            let line = text[..start].matches('\n').count() + 1;
            let (_, rest) = rest.split_once(": ").unwrap();
            writeln!(told, "{what} {path}:{line}: {rest}").unwrap();
        }
    }
    let Tally { secrets, innocents, hits, wrong, .. } = tally;
    writeln!(told, "{hits} of {secrets} secrets found, {} wrong; {innocents} innocent strings", wrong.len())
        .unwrap();
    told
}

#[test]
fn secrets_are_found_and_nothing_else_is() {
    let repo = Repo::new();
    let labels = write_set(&|path, text| repo.write(path, text));
    let findings = found(&repo, &[]);
    let tally = tally(&labels, &findings, |label| label.secret);
    let told = told(&tally, repo.path());
    eprint!("{told}");
    assert!(tally.secrets >= 400 && tally.innocents >= 600, "{told}");
    let share = |part: usize, of: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of).unwrap())
    };
    assert!(share(tally.hits, tally.secrets) >= 0.98, "{told}");
    assert!(share(tally.hits, tally.hits + tally.wrong.len()) >= 0.99, "{told}");
}

#[test]
fn examples_of_the_documentation_are_found_where_they_are_asked_for() {
    let repo = Repo::new();
    let labels = write_set(&|path, text| repo.write(path, text));
    let findings = found(&repo, &["--strict", "--select", "SEC09"]);
    let tally = tally(&labels, &findings, |label| label.codes.iter().any(|code| code == "SEC09"));
    let told = told(&tally, repo.path());
    assert!(tally.secrets > 0 && tally.misses.is_empty() && tally.wrong.is_empty(), "{told}");
}

/// For `scripts/compare-secrets.py`: the set, and what keyless says, in the folder `KEYLESS_SET`.
#[test]
#[ignore = "writes a folder"]
fn the_set_is_written_out() {
    let Ok(folder) = std::env::var("KEYLESS_SET") else {
        eprintln!("skipped: KEYLESS_SET says no folder");
        return;
    };
    let folder = Path::new(&folder);
    let labels = write_set(&|path, text| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    });
    fs::create_dir_all(folder.join(".git")).unwrap();
    fs::write(folder.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    let labels: Vec<Value> = labels
        .iter()
        .map(|label| {
            let Label { path, span, kind, secret, codes } = label;
            json!({ "path": path, "start": span.start, "end": span.end, "kind": kind, "secret": secret, "codes": codes })
        })
        .collect();
    fs::write(folder.with_extension("labels.json"), serde_json::to_string(&labels).unwrap()).unwrap();
    let output = command(folder, &["check", "--format", "json"]).output().unwrap();
    fs::write(folder.with_extension("keyless.json"), output.stdout).unwrap();
}
