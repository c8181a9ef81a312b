//! Messages on a stream: a header with a length, and JSON. What is broken is passed over up to the next header, so that one bad
//! message does not take the session with it.

use lsp_server::{Message, RequestId};
use serde_json::Value;
use std::io::{self, BufRead, Read, Write};

/// The longest message that is read, in bytes.
const LONGEST: usize = 512 << 20;

/// The longest line of a header.
const LONGEST_LINE: u64 = 16 << 10;

/// What a client sent.
#[derive(Debug)]
pub(super) enum Frame {
    Message(Message),
    /// No JSON, or a header without a length.
    NoJson,
    /// JSON that is no message, with what names it.
    NoMessage(Option<RequestId>),
}

/// The next message; `None` at the end of the stream.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length = None;
    let mut is_broken = false;
    loop {
        let Some(line) = header_line(input)? else { return Ok(None) };
        if line.is_empty() {
            match length.take() {
                Some(length) if length <= LONGEST => return body(input, length),
                Some(_) | None if is_broken => return Ok(Some(Frame::NoJson)),
                Some(_) => return Ok(Some(Frame::NoJson)),
                None => continue,
            }
        }
        match length_in(&line) {
            Some(found) => {
                is_broken = found.is_none();
                length = found;
            }
            None => is_broken |= !is_header(&line),
        }
    }
}

/// A line without its break. Of longer ones a part.
fn header_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    while line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
        line.pop();
    }
    Ok(Some(line))
}

/// What a line says of the length of a message: nothing, or something, which may be no number. What stands before it is the rest
/// of a message that had a wrong length.
fn length_in(line: &[u8]) -> Option<Option<usize>> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|part| part.eq_ignore_ascii_case(NAME))?;
    let value = line.get(at + NAME.len()..).unwrap_or_default();
    Some(std::str::from_utf8(value).ok().and_then(|text| text.trim().parse().ok()))
}

fn is_header(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < line.len() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Option<Frame>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(length as u64).read_to_end(&mut bytes)? < length {
        return Ok(None);
    }
    Ok(Some(message(&bytes)))
}

fn message(bytes: &[u8]) -> Frame {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Frame::NoJson };
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    match serde_json::from_value(value) {
        Ok(message) => Frame::Message(message),
        Err(_) => Frame::NoMessage(id),
    }
}

/// Writes a message that is JSON already.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::{Frame, read};
    use proptest::prelude::*;

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    fn told(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut told = Vec::new();
        while let Some(frame) = read(&mut input).unwrap() {
            told.push(match frame {
                Frame::Message(lsp_server::Message::Request(request)) => request.method,
                Frame::Message(lsp_server::Message::Notification(notification)) => notification.method,
                Frame::Message(lsp_server::Message::Response(_)) => "response".to_owned(),
                Frame::NoJson => "no JSON".to_owned(),
                Frame::NoMessage(id) => format!("no message {id:?}"),
            });
        }
        told
    }

    #[test]
    fn what_is_broken_hides_only_itself() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"good"}"#);
        for (broken, expected) in [
            (String::new(), vec![]),
            ("\r\n\r\n".to_owned(), vec![]),
            (framed("{"), vec!["no JSON"]),
            (framed(""), vec!["no JSON"]),
            (framed(&"[".repeat(100_000)), vec!["no JSON"]),
            (framed("[]"), vec!["no message None"]),
            (framed(r#"{"id":3,"method":5}"#), vec!["no message Some(RequestId(I32(3)))"]),
            ("rubbish\n\n".to_owned(), vec!["no JSON"]),
            ("Content-Length: many\r\n\r\n".to_owned(), vec!["no JSON"]),
            ("Content-Length: -1\r\n\r\n".to_owned(), vec!["no JSON"]),
            ("Content-Length: 99999999999999\r\n\r\n".to_owned(), vec!["no JSON"]),
            // A length that is too short: the rest is no header.
            ("Content-Length: 2\r\n\r\n{\"method\":\"x\"}".to_owned(), vec!["no JSON"]),
            ("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n".to_owned(), vec![]),
            ("content-length:4\n\nnull".to_owned(), vec!["no message None"]),
        ] {
            let told = told(format!("{broken}{good}").as_bytes());
            let told: Vec<&str> = told.iter().map(String::as_str).collect();
            assert_eq!(told, [&expected[..], &["good"]].concat(), "{broken:?}");
        }
    }

    #[test]
    fn the_end_of_the_stream_is_the_end() {
        assert_eq!(told(b"Content-Length: 10\r\n\r\n{"), <[String; 0]>::default());
        assert_eq!(told(b"Content-Length: 18446744073709551615"), <[String; 0]>::default());
        assert_eq!(told(&[0xff, 0xfe, b'\n', b'\n']), ["no JSON"]);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "(Content-Length: [0-9]{1,3}\r?\n\r?\n?.{0,20}){0,4}") {
            told(&bytes);
            told(text.as_bytes());
        }
    }
}
