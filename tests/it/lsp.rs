//! The language server over stdio: what it takes, and that nothing that is edited ends it. `tests/lsp` drives it with a client
//! library.

use crate::chance::Chance;
use crate::harness::{Repo, VIOLATION};
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The server, as a client has it.
pub(crate) struct Server {
    child: Child,
    input: ChildStdin,
    heard: Receiver<Message>,
    last: i32,
    /// The newest diagnostics, by address.
    told: BTreeMap<String, Value>,
    /// Everything that it said.
    all: String,
}

impl Server {
    pub(crate) fn start(folder: &Path, encoding: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_keyless"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, heard) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { child, input, heard, last: 0, told: BTreeMap::new(), all: String::new() };
        let answer = server.ask(
            "initialize",
            json!({"processId": null, "rootUri": uri(folder), "capabilities": {
                "general": {"positionEncodings": [encoding]},
                "textDocument": {"publishDiagnostics": {"versionSupport": true},
                    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
            }}),
        );
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        server.tell("initialized", json!({}));
        server
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.input).unwrap();
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&Message::Notification(Notification::new(method.to_owned(), params)));
    }

    fn ask_for(&mut self, method: &str, params: Value) -> RequestId {
        self.last += 1;
        let id = RequestId::from(self.last);
        self.send(&Message::Request(Request::new(id.clone(), method.to_owned(), params)));
        id
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask_for(method, params);
        loop {
            match self.hear() {
                Message::Response(response) if response.id == id => {
                    return response.response_result.unwrap_or_else(|error| json!({"error": error.code}));
                }
                Message::Response(_) | Message::Request(_) | Message::Notification(_) => {}
            }
        }
    }

    fn hear(&mut self) -> Message {
        let message = match self.heard.recv_timeout(Duration::from_secs(60)) {
            Ok(message) => message,
            Err(error) => panic!("the server says nothing any more ({error}): {:?}", self.child.try_wait()),
        };
        writeln!(self.all, "{}", serde_json::to_string(&message).unwrap()).unwrap();
        if let Message::Notification(told) = &message
            && told.method == "textDocument/publishDiagnostics"
        {
            let uri = told.params["uri"].as_str().unwrap().to_owned();
            self.told.insert(uri, told.params["diagnostics"].clone());
        }
        message
    }

    /// The diagnostics of a file, of the newest state.
    pub(crate) fn pull(&mut self, uri: &str) -> Vec<Value> {
        let answer = self.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        answer["items"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "terraform", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn stop(mut self) -> String {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        std::mem::take(&mut self.all)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn codes(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["code"].as_str().unwrap()).collect()
}

#[test]
fn headers_may_be_written_in_any_way_that_the_protocol_has() {
    let repo = Repo::with_violation();
    let mut server = Server::start(repo.path(), "utf-8");
    let body = json!({"jsonrpc": "2.0", "id": "text", "method": "shutdown"}).to_string();
    let frame = format!(
        "content-length:{}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{body}",
        body.len()
    );
    server.input.write_all(frame.as_bytes()).unwrap();
    loop {
        if let Message::Response(response) = server.hear() {
            assert_eq!(response.id, RequestId::from("text".to_owned()));
            assert_eq!(response.response_result.unwrap(), Value::Null);
            break;
        }
    }
    server.tell("exit", Value::Null);
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn places_are_in_the_unit_that_was_agreed_on() {
    let repo = Repo::new();
    let text = VIOLATION.replace("    http_tokens", "/* \u{1f600}ü */ http_tokens");
    repo.write("main.tf", &text);
    let line = text.lines().position(|line| line.contains("http_tokens")).unwrap();
    let before = text.lines().nth(line).unwrap().split("optional").next().unwrap();
    for (encoding, character) in [
        ("utf-8", before.len()),
        ("utf-16", before.encode_utf16().count()),
        ("utf-32", before.chars().count()),
    ] {
        let mut server = Server::start(repo.path(), encoding);
        let items = server.pull(&uri(&repo.path().join("main.tf")));
        assert_eq!(codes(&items), ["IMDS01"]);
        assert_eq!(items[0]["range"]["start"], json!({"line": line, "character": character}), "{encoding}");
        server.stop();
    }
}

#[test]
fn who_asks_for_fixes_waits_until_a_folder_is_judged_anew() {
    let repo = Repo::with_violation();
    for index in 0..200 {
        repo.write(&format!("beside/{index}.tf"), "resource \"aws_instance\" \"a\" {}\n");
    }
    let (path, mut server) = (repo.path().join("good/main.tf"), Server::start(repo.path(), "utf-8"));
    let file = uri(&path);
    server.open(&file, VIOLATION);
    let found = server.pull(&file);
    let configuration = repo.path().join("keyless.toml");
    for round in 0..5 {
        let is_ignored = round % 2 == 0;
        repo.write("keyless.toml", if is_ignored { "ignore = [\"IMDS01\"]\n" } else { "" });
        let changes = json!({"changes": [{"uri": uri(&configuration), "type": 2}]});
        server.tell("workspace/didChangeWatchedFiles", changes);
        let actions = server.ask(
            "textDocument/codeAction",
            json!({"textDocument": {"uri": file}, "range": found[0]["range"], "context": {"diagnostics": []}}),
        );
        let mut titles = actions.as_array().unwrap().iter().filter_map(|action| action["title"].as_str());
        let is_fixed = titles.any(|title| title.starts_with("Require session tokens"));
        assert_eq!(is_fixed, !is_ignored, "round {round}: {actions:#}");
    }
    server.stop();
}

#[test]
fn what_an_outer_folder_knows_of_an_inner_one_is_told_once() {
    let repo = Repo::new();
    repo.write("main.tf", "module \"m\" {\n  source = \"./in\"\n  strict = false\n}\n");
    let text = VIOLATION.replace("\"optional\"", "var.strict ? \"required\" : \"optional\"");
    let own = VIOLATION.replace("\"web\"", "\"own\"");
    repo.write("in/main.tf", format!("variable \"strict\" {{}}\n\n{text}\n{own}"));
    repo.write("in/other.tf", VIOLATION.replace("\"web\"", "\"other\""));
    let mut server = Server::start(repo.path(), "utf-8");
    let found = |server: &mut Server| -> Vec<Vec<Value>> {
        ["main.tf", "in/main.tf", "in/other.tf"].map(|path| server.pull(&uri(&repo.path().join(path)))).into()
    };
    let places = |found: &[Vec<Value>]| -> Vec<Vec<String>> {
        let place = |item: &Value| format!("{} {}", item["code"], item["range"]);
        found.iter().map(|items| items.iter().map(place).collect()).collect()
    };
    let alone = found(&mut server);
    assert_eq!(alone.iter().map(|items| codes(items).len()).collect::<Vec<_>>(), [0, 2, 1]);
    let inner = json!([{"uri": uri(&repo.path().join("in")), "name": "in"}]);
    server.tell("workspace/didChangeWorkspaceFolders", json!({"event": {"added": inner, "removed": []}}));
    assert_eq!(places(&found(&mut server)), places(&alone));
    server.tell("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [], "removed": inner}}));
    assert_eq!(places(&found(&mut server)), places(&alone));
    server.stop();
}

/// Texts that are no infrastructure code, that break it, or that change where things are.
const HOSTILE: [&str; 28] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    "(",
    "<<EOT\n",
    "\nEOT\n",
    "${",
    "%{ if true }",
    "*/",
    "/*",
    "#",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{1f600}",
    "\u{202e}",
    "&a *a ",
    "<<: *a\n",
    "- ",
    ": ",
    "\t",
    "!Ref ",
    "!If [",
    "keyless: ignore[IMDS01] x",
    "resource \"aws_iam_access_key\" \"k\" {\n  user = \"u\"\n}\n",
];

const TEMPLATE: &str = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      MetadataOptions:\n        HttpTokens: optional\n";

/// The text as an editor has it that counts characters, and lines as the protocol does.
struct Text {
    uri: String,
    good: String,
    now: String,
    version: i32,
}

impl Text {
    fn starts(text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        let is_end =
            |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        [0].into_iter().chain((0..bytes.len()).filter(is_end).map(|at| at + 1)).collect()
    }

    /// A position anywhere, also where there is none.
    fn position(chance: &mut Chance, text: &str) -> Value {
        let line = chance.below(Self::starts(text).len() + 2);
        json!({"line": line, "character": chance.below(60)})
    }

    fn offset(text: &str, line: usize, character: usize) -> usize {
        let starts = Self::starts(text);
        let Some(start) = starts.get(line) else { return text.len() };
        let end = starts.get(line + 1).copied().unwrap_or(text.len());
        let line = text[*start..end].trim_end_matches(['\n', '\r']);
        start + line.char_indices().nth(character).map_or(line.len(), |(at, _)| at)
    }

    /// One edit, and the text after it.
    fn edit(&mut self, chance: &mut Chance, pasted: &str) -> Value {
        if chance.below(10) == 0 || self.now.len() > 6_000 {
            self.now = self.good.clone();
            return json!({"text": self.now});
        }
        let (start, end) = (Self::position(chance, &self.now), Self::position(chance, &self.now));
        // Mostly small ones.
        let end = if chance.below(3) > 0 {
            json!({"line": start["line"], "character": chance.below(60)})
        } else {
            end
        };
        let new = match chance.below(4) {
            0 => "",
            1 if chance.below(3) == 0 => pasted,
            1 => ["\n", " ", "x", "# y\n"][chance.below(4)],
            _ => HOSTILE[chance.below(HOSTILE.len())],
        };
        let at = |position: &Value| {
            let number = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
            Self::offset(&self.now, number("line"), number("character"))
        };
        let (a, b) = (at(&start), at(&end));
        self.now.replace_range(a.min(b)..a.max(b), new);
        json!({"range": {"start": start, "end": end}, "text": new})
    }
}

/// What the command says of the tree: findings by file, code and place, and the files with problems.
fn judged(repo: &Repo) -> (Vec<(String, String, usize)>, Vec<String>) {
    let (_, json) = repo.json(&["."]);
    let text = |path: &str| std::fs::read_to_string(repo.path().join(path)).unwrap();
    let mut findings: Vec<(String, String, usize)> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let path = one["path"].as_str().unwrap();
            let number = |way: &str| usize::try_from(one.pointer(way).unwrap().as_u64().unwrap()).unwrap();
            let (line, column) = (number("/start/line"), number("/start/column"));
            let text = text(path);
            let line: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let rest = text[line..].trim_start_matches('\u{feff}');
            let mark = text[line..].len() - rest.len();
            let column = rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
            (path.to_owned(), one["code"].as_str().unwrap().to_owned(), line + mark + column)
        })
        .collect();
    let problems = json["problems"].as_array().unwrap().iter();
    let mut problems: Vec<String> = problems.map(|one| one["path"].as_str().unwrap().to_owned()).collect();
    findings.sort();
    problems.sort();
    problems.dedup();
    (findings, problems)
}

/// The same as the server says it.
fn told(
    server: &mut Server,
    repo: &Repo,
    texts: &[(String, Text)],
) -> (Vec<(String, String, usize)>, Vec<String>) {
    const PROBLEMS: [&str; 5] = ["syntax", "io", "limit", "config", "internal"];
    let (mut findings, mut problems) = (Vec::new(), Vec::new());
    for (path, text) in texts {
        let on_disk = std::fs::read_to_string(repo.path().join(path)).unwrap();
        assert_eq!(on_disk, text.now);
        for item in server.pull(&text.uri) {
            let code = item["code"].as_str().unwrap().to_owned();
            if PROBLEMS.contains(&code.as_str()) {
                problems.push(path.clone());
                continue;
            }
            let number = |way: &str| usize::try_from(item.pointer(way).unwrap().as_u64().unwrap()).unwrap();
            let (line, character) = (number("/range/start/line"), number("/range/start/character"));
            // Without the mark that editors do not show.
            let shown = on_disk.strip_prefix('\u{feff}').filter(|_| line == 0);
            let mark = on_disk.len() - shown.map_or(on_disk.len(), str::len);
            findings.push((
                path.clone(),
                code,
                mark + Text::offset(shown.unwrap_or(&on_disk), line, character),
            ));
        }
    }
    findings.sort();
    problems.sort();
    problems.dedup();
    (findings, problems)
}

/// How many edits are made (`KEYLESS_EDITS`, and `KEYLESS_SEED` for others); and after how many the server's answers are waited for.
const EDITS: usize = 10_000;
const STEP: usize = 12;

/// How often what it says is held against what the command says.
const LOOKS: usize = 25;

#[test]
fn ten_thousand_random_edits_never_kill_the_server() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    let edits = number("KEYLESS_EDITS").map_or(EDITS, |number| usize::try_from(number).unwrap());
    let json = r#"{"Resources": {"Web": {"Type": "AWS::EC2::Instance", "Properties": {"IamInstanceProfile": "web", "MetadataOptions": {"HttpTokens": "optional"}}}}}"#;
    let tf_json = r#"{"resource": {"aws_iam_access_key": {"k": {"user": "u"}}}}"#;
    let uses = VIOLATION.replace("\"optional\"", "var.tokens").replace("web", "two");
    let files = [
        ("main.tf", ["a", "b", "c", "d"].map(|name| VIOLATION.replace("web", name)).concat()),
        ("two.tf", uses),
        ("variables.tf", "variable \"tokens\" {\n  default = \"optional\"\n}\nlocals {\n  script = <<-EOT\n    echo\n  EOT\n}\n".to_owned()),
        ("more.tf.json", tf_json.to_owned()),
        ("cfn/template.yaml", TEMPLATE.to_owned()),
        ("cfn/template.json", json.to_owned()),
    ];
    let repo = Repo::new();
    let root = std::fs::canonicalize(repo.path()).unwrap();
    let mut texts: Vec<(String, Text)> = Vec::new();
    for (path, good) in files {
        repo.write(path, &good);
        let uri = uri(&root.join(path));
        texts.push((path.to_owned(), Text { uri, now: good.clone(), good, version: 1 }));
    }
    let mut server = Server::start(&root, "utf-32");
    texts.iter().for_each(|(_, text)| server.open(&text.uri, &text.now));
    let mut chance = Chance::new(number("KEYLESS_SEED").unwrap_or(0x9e37_79b9_7f4a_7c15));
    let (mut done, mut found) = (0, 0);
    while done < edits {
        let at = chance.below(texts.len());
        let from = texts[chance.below(6)].1.now.clone();
        let (start, length) = (chance.below(from.len()), chance.below(200));
        let pasted: String = from.chars().skip(start).take(length).collect();
        let (_, text) = &mut texts[at];
        let count = 1 + chance.below(3);
        let changes: Vec<Value> = (0..count).map(|_| text.edit(&mut chance, &pasted)).collect();
        done += count;
        text.version += 1;
        let document = json!({"uri": text.uri, "version": text.version});
        let uri = text.uri.clone();
        let position = Text::position(&mut chance, &text.now);
        server.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        let place = json!({"textDocument": {"uri": uri}, "position": position,
            "range": {"start": position, "end": Text::position(&mut chance, &from)}, "context": {"diagnostics": []}});
        match chance.below(STEP) {
            0 => drop(server.pull(&uri)),
            1 => drop(server.ask_for("textDocument/hover", place)),
            2 => drop(server.ask_for("textDocument/definition", place)),
            3 => {
                let id = server.ask_for("textDocument/codeAction", place);
                server.tell("$/cancelRequest", json!({"id": id}));
            }
            4 => drop(server.ask_for("textDocument/codeAction", place)),
            _ => {}
        }
        if done * LOOKS / edits > (done - count) * LOOKS / edits {
            found += as_the_command_says(&mut server, &repo, &mut texts);
        }
    }
    assert!(found > LOOKS / 2, "{found} findings");
    let said = server.stop();
    assert!(!said.contains("a bug in keyless"), "{said}");
}

/// What was edited is saved and closed: then both read the same. The answer is the number of findings.
fn as_the_command_says(server: &mut Server, repo: &Repo, texts: &mut [(String, Text)]) -> usize {
    for (path, text) in texts.iter() {
        repo.write(path, &text.now);
        server.tell("textDocument/didSave", json!({"textDocument": {"uri": text.uri}}));
        server.tell("textDocument/didClose", json!({"textDocument": {"uri": text.uri}}));
    }
    let says = told(server, repo, texts);
    assert_eq!(
        says,
        judged(repo),
        "{:?}",
        texts.iter().map(|(path, text)| (path, &text.now)).collect::<Vec<_>>()
    );
    for (_, text) in texts {
        text.version = 1;
        server.open(&text.uri, &text.now);
    }
    says.0.len()
}
