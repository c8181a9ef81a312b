//! The process that users' rules run in: Guard aborts on some of them and loops over others, and a stack that
//! overflows cannot be caught. Reads one request a line, answers with one line, and knows nothing of keyless's data.

use super::super::guard;
use super::report::{self, Judged, Rule};
use cfn_guard::commands::Executable;
use cfn_guard::commands::validate::OutputFormatType;
use cfn_guard::utils::reader::{ReadBuffer, Reader};
use cfn_guard::utils::writer::{WriteBuffer, Writer};
use cfn_guard::{CommandBuilder, ParseTreeBuilder, TestBuilder};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::io::{self, Cursor, Write};
use std::path::PathBuf;

/// What a worker is asked. One that is asked for a test first can be asked for no other: it may open nothing else.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// The rules of a file.
    Parse { rules: String },
    /// What Guard makes of each of the documents, which are JSON texts.
    Judge { rules: String, data: Vec<String> },
    /// `cfn-guard test` of a file of rules and one of tests, by their paths.
    Test { rules: String, tests: String },
}

/// What it answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    Parsed(Vec<Rule>),
    Judged(Vec<Judged>),
    Tested(Json),
    /// In Guard's words.
    Refused(String),
    /// Nothing was run, since the system does not hold the process to its bounds.
    Unconfined(String),
}

impl Request {
    /// The files that a request, as it was written, has Guard open.
    #[must_use]
    pub fn files(written: &str) -> Vec<PathBuf> {
        match serde_json::from_str(written) {
            Ok(Self::Test { rules, tests }) => vec![rules.into(), tests.into()],
            Ok(Self::Parse { .. } | Self::Judge { .. }) | Err(_) => Vec::new(),
        }
    }
}

/// Answers requests. `confined` is the process, or why it is not.
///
/// # Errors
/// Where an answer cannot be written: whoever asked is gone.
pub fn serve(
    requests: impl IntoIterator<Item = String>,
    confined: &Result<(), String>,
    mut output: impl Write,
) -> io::Result<()> {
    for request in requests {
        let response = match (confined, serde_json::from_str(&request)) {
            (Err(why), _) => Response::Unconfined(why.clone()),
            (Ok(()), Ok(request)) => answer(request),
            (Ok(()), Err(error)) => Response::Refused(error.to_string()),
        };
        serde_json::to_writer(&mut output, &response)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(request: Request) -> Response {
    let answered = match request {
        Request::Parse { rules } => parse(rules).map(|tree| Response::Parsed(report::rules(&tree))),
        Request::Judge { rules, data } => {
            let payload = json!({ "rules": [rules], "data": data }).to_string();
            let judged = guard::run(payload).map_err(|error| error.to_string());
            judged.map(|judged| Response::Judged(report::judged(&judged)))
        }
        Request::Test { rules, tests } => test(rules, tests).map(Response::Tested),
    };
    answered.unwrap_or_else(Response::Refused)
}

fn parse(rules: String) -> Result<Json, String> {
    let parsed = || -> Result<String, cfn_guard::Error> {
        let command = ParseTreeBuilder::default().print_json(true).try_build()?;
        let mut writer = Writer::new_with_err(WriteBuffer::Vec(Vec::new()), WriteBuffer::Vec(Vec::new()))?;
        let mut reader = Reader::new(ReadBuffer::Cursor(Cursor::new(rules.into_bytes())));
        command.execute(&mut writer, &mut reader)?;
        writer.into_string()
    };
    // A file of nothing but comments.
    let tree = parsed().map_err(|error| error.to_string())?;
    serde_json::from_str(&tree).map_err(|error| error.to_string())
}

fn test(rules: String, tests: String) -> Result<Json, String> {
    let tested = || -> Result<String, cfn_guard::Error> {
        let command = TestBuilder::default()
            .rules(Some(rules))
            .test_data(Some(tests))
            .output_format(OutputFormatType::JSON)
            .try_build()?;
        let mut writer = Writer::new_with_err(WriteBuffer::Vec(Vec::new()), WriteBuffer::Vec(Vec::new()))?;
        let mut reader = Reader::new(ReadBuffer::Cursor(Cursor::new(Vec::new())));
        command.execute(&mut writer, &mut reader)?;
        writer.into_string()
    };
    let told = tested().map_err(|error| error.to_string())?;
    serde_json::from_str(&told).map_err(|error| error.to_string())
}
