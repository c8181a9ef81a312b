//! A session of the language server: raw bytes as frames, and a script of edits and questions. It answers
//! in UTF-8, never panics, and ends by itself.
#![no_main]

use keyless::lsp::serve;
use keyless::system::Overlay;
use keyless_fuzz::{Memory, Tree};
use libfuzzer_sys::{arbitrary, fuzz_target};
use serde_json::{Value, json};
use std::io::Cursor;
use std::sync::{Arc, Mutex};

#[derive(Debug, arbitrary::Arbitrary)]
enum Step {
    Open(File, String),
    /// Lines and characters of a range, and what takes its place.
    Change(File, [u8; 4], String),
    Whole(File, String),
    Save(File),
    Close(File),
    Ask(Question, File, u8, u8),
    Cancel(u8),
    /// A message of any method.
    Message(String, String),
    Bytes(Vec<u8>),
}

#[derive(Debug, Clone, Copy, arbitrary::Arbitrary)]
enum File {
    Terraform,
    Template,
    Configuration,
    Elsewhere,
}

#[derive(Debug, Clone, Copy, arbitrary::Arbitrary)]
enum Question {
    Hover,
    Definition,
    Actions,
    Diagnostics,
}

fn uri(file: File) -> &'static str {
    match file {
        File::Terraform => "file:///work/main.tf",
        File::Template => "file:///work/template.yaml",
        File::Configuration => "file:///work/keyless.toml",
        File::Elsewhere => "untitled:Untitled-1",
    }
}

fuzz_target!(|script: (bool, Vec<Step>)| {
    let (utf8, steps) = script;
    let mut input = Vec::new();
    let encodings = if utf8 { json!(["utf-8"]) } else { json!(["utf-16"]) };
    let opening = json!({
        "rootUri": "file:///work",
        "capabilities": { "general": { "positionEncodings": encodings } }
    });
    send(&mut input, json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": opening }));
    send(&mut input, json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    for (at, step) in steps.iter().take(40).enumerate() {
        write(&mut input, at + 1, step);
    }
    send(&mut input, json!({ "jsonrpc": "2.0", "id": 9999, "method": "shutdown" }));
    send(&mut input, json!({ "jsonrpc": "2.0", "method": "exit" }));
    let output = Output::default();
    let code = Mutex::new(None);
    let tree = Tree::of("main.tf", b"resource \"aws_instance\" \"one\" {}\n");
    let texts = tree.texts();
    serve(Cursor::new(input), output.clone(), &Overlay::new(&Memory, texts), |left| {
        *code.lock().unwrap() = Some(left)
    });
    assert!(code.into_inner().unwrap().is_some(), "it leaves with a code");
    let written = output.0.lock().unwrap();
    let text = String::from_utf8(written.clone()).expect("messages are UTF-8");
    assert!(!text.contains("a bug in keyless"), "an analysis panicked");
    // What is asked right before the client leaves need not be answered; that it leaves is.
    let is_broken = steps.iter().any(|step| matches!(step, Step::Bytes(_) | Step::Message(..)));
    assert!(is_broken || text.contains("\"id\":9999"), "`shutdown` has no answer");
});

fn write(input: &mut Vec<u8>, id: usize, step: &Step) {
    let document = |file: File| json!({ "uri": uri(file), "version": id });
    let (method, params) = match step {
        Step::Open(file, text) => {
            let opened = json!({ "uri": uri(*file), "languageId": "terraform", "version": id, "text": text });
            ("textDocument/didOpen", json!({ "textDocument": opened }))
        }
        Step::Change(file, [line, character, to, end], text) => {
            let range = json!({
                "start": { "line": line, "character": character },
                "end": { "line": to, "character": end }
            });
            let change = json!([{ "range": range, "text": text }]);
            ("textDocument/didChange", json!({ "textDocument": document(*file), "contentChanges": change }))
        }
        Step::Whole(file, text) => {
            let change = json!([{ "text": text }]);
            ("textDocument/didChange", json!({ "textDocument": document(*file), "contentChanges": change }))
        }
        Step::Save(file) => ("textDocument/didSave", json!({ "textDocument": document(*file) })),
        Step::Close(file) => ("textDocument/didClose", json!({ "textDocument": document(*file) })),
        Step::Ask(question, file, line, character) => {
            let (method, params) = ask(*question, *file, *line, *character);
            return send(input, json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        }
        Step::Cancel(of) => ("$/cancelRequest", json!({ "id": of })),
        Step::Message(method, params) => {
            (method.as_str(), serde_json::from_str(params).unwrap_or(Value::Null))
        }
        Step::Bytes(bytes) => return input.extend_from_slice(bytes),
    };
    send(input, json!({ "jsonrpc": "2.0", "method": method, "params": params }));
}

fn ask(question: Question, file: File, line: u8, character: u8) -> (&'static str, Value) {
    let document = json!({ "uri": uri(file) });
    let position = json!({ "line": line, "character": character });
    match question {
        Question::Hover => ("textDocument/hover", json!({ "textDocument": document, "position": position })),
        Question::Definition => {
            ("textDocument/definition", json!({ "textDocument": document, "position": position }))
        }
        Question::Actions => (
            "textDocument/codeAction",
            json!({
                "textDocument": document,
                "range": { "start": position, "end": position },
                "context": { "diagnostics": [] }
            }),
        ),
        Question::Diagnostics => ("textDocument/diagnostic", json!({ "textDocument": document })),
    }
}

fn send(input: &mut Vec<u8>, message: Value) {
    let body = message.to_string();
    input.extend_from_slice(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
}

#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
