//! A GitHub runner, as far as `action.yml` sees of one: the steps of a composite action run one after the other, with the
//! environment, files and expressions that GitHub documents.

use keyless::syntax::doc::{NodeKind, NodeRef, Resolved, parse_yaml};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A YAML file as JSON.
pub fn yaml(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    yaml_text(&text)
}

pub fn yaml_text(text: &str) -> Json {
    let document = parse_yaml(text).unwrap_or_else(|error| panic!("{error:?}"));
    json_of(document.root(text).unwrap())
}

fn json_of(node: NodeRef<'_>) -> Json {
    match node.kind() {
        NodeKind::Mapping(_) => {
            let entries = node.entries();
            Json::Object(
                entries
                    .map(|(key, value)| (key.scalar_text().unwrap().into_owned(), json_of(value)))
                    .collect(),
            )
        }
        NodeKind::Sequence(_) => Json::Array(node.items().map(json_of).collect()),
        _ => match node.resolve().unwrap() {
            Resolved::Null => Json::Null,
            Resolved::Bool(value) => json!(value),
            Resolved::Int(value) => json!(i64::try_from(value).unwrap()),
            Resolved::Float(value) => json!(value),
            Resolved::Text(text) => json!(text),
        },
    }
}

/// A job on a runner, up to the step that uses the action.
pub struct Job {
    pub action: PathBuf,
    /// The checkout.
    pub workspace: PathBuf,
    pub event: &'static str,
    /// What the names of commits in the payload stand for.
    pub commits: BTreeMap<&'static str, String>,
    pub environment: Vec<(&'static str, String)>,
    /// Comes first in PATH.
    pub programs: PathBuf,
    /// `RUNNER_OS` and `RUNNER_ARCH`.
    pub machine: (&'static str, &'static str),
    pub temp: tempfile::TempDir,
}

/// What a run of the action left.
#[derive(Debug)]
pub struct Used {
    /// The exit code of the step that ended it.
    pub code: i32,
    pub log: String,
    pub summary: String,
    pub outputs: BTreeMap<String, String>,
}

impl Job {
    pub fn new(workspace: &Path, event: &'static str) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let programs = temp.path().join("programs");
        fs::create_dir(&programs).unwrap();
        // The summary of a step before.
        fs::write(temp.path().join("summary"), "# Before\n").unwrap();
        Self {
            action: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
            workspace: workspace.to_owned(),
            event,
            commits: BTreeMap::new(),
            environment: Vec::new(),
            programs,
            machine: ("Linux", "X64"),
            temp,
        }
    }

    pub fn uses(&self, inputs: &[(&str, &str)]) -> Used {
        let action = yaml(&self.action.join("action.yml"));
        let declared = action["inputs"].as_object().unwrap();
        let mut given: Map<String, Json> =
            declared.iter().map(|(name, input)| (name.clone(), input["default"].clone())).collect();
        for (name, value) in inputs {
            assert!(declared.contains_key(*name), "no input {name}");
            given.insert((*name).to_owned(), json!(value));
        }
        let mut context = json!({ "inputs": given, "github": self.github(), "steps": {} });
        let (mut code, mut log) = (0, String::new());
        for step in action["runs"]["steps"].as_array().unwrap() {
            assert!(step.get("if").is_none() && step.get("uses").is_none(), "not emulated: {step}");
            let (ended, said, outputs) = self.step(step, &context);
            log.push_str(&said);
            if let Some(id) = step["id"].as_str() {
                context["steps"][id] = json!({ "outputs": outputs });
            }
            code = ended;
            if code != 0 {
                break;
            }
        }
        let outputs = action["outputs"].as_object().unwrap();
        Used {
            code,
            log,
            summary: fs::read_to_string(self.temp.path().join("summary")).unwrap(),
            outputs: outputs
                .iter()
                .map(|(name, output)| (name.clone(), evaluated(output["value"].as_str().unwrap(), &context)))
                .collect(),
        }
    }

    fn payload(&self) -> Json {
        // The two events of a pull request say the same of it.
        let name = if self.event == "pull_request_target" { "pull_request" } else { self.event };
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/action").join(format!("{name}.json"));
        let mut text = fs::read_to_string(file).unwrap();
        for (name, commit) in &self.commits {
            text = text.replace(&format!("<{name}>"), commit);
        }
        serde_json::from_str(&text).unwrap()
    }

    fn github(&self) -> Json {
        json!({ "event": self.payload(), "event_name": self.event, "token": "a-token-of-the-job" })
    }

    fn step(&self, step: &Json, context: &Json) -> (i32, String, BTreeMap<String, String>) {
        assert_eq!(step["shell"], "bash");
        let temp = self.temp.path();
        let file = |name: &str, text: &str| {
            fs::write(temp.join(name), text).unwrap();
            temp.join(name)
        };
        let script = file("step.sh", step["run"].as_str().unwrap());
        let output = file("output", "");
        let event = file("event.json", &self.payload().to_string());
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("bash");
        // As the runner calls it, with the rest of the log behind its errors.
        command
            .args(["-c", "exec bash --noprofile --norc -eo pipefail \"$1\" 2>&1", "bash"])
            .arg(script)
            .current_dir(&self.workspace)
            .stdin(Stdio::null())
            .env_clear()
            .env("PATH", format!("{}:{path}", self.programs.display()))
            .env("HOME", temp)
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_ACTION_PATH", &self.action)
            .env("GITHUB_EVENT_NAME", self.event)
            .env("GITHUB_EVENT_PATH", event)
            .env("GITHUB_OUTPUT", &output)
            .env("GITHUB_ENV", file("env", ""))
            .env("GITHUB_PATH", file("path", ""))
            .env("GITHUB_STEP_SUMMARY", temp.join("summary"))
            .env("GITHUB_SERVER_URL", "https://github.com")
            .env("GITHUB_WORKSPACE", &self.workspace)
            .env("RUNNER_OS", self.machine.0)
            .env("RUNNER_ARCH", self.machine.1)
            .env("RUNNER_TEMP", temp);
        command.envs(self.environment.iter().map(|(name, value)| (*name, value)));
        for (name, value) in step["env"].as_object().unwrap() {
            command.env(name, evaluated(value.as_str().unwrap(), context));
        }
        let ran = command.output().unwrap();
        for untouched in ["env", "path"] {
            assert_eq!(fs::read_to_string(temp.join(untouched)).unwrap(), "", "{untouched}");
        }
        let log = String::from_utf8(ran.stdout).unwrap();
        (ran.status.code().unwrap(), log, outputs(&fs::read_to_string(output).unwrap()))
    }
}

/// Lines of `name=value`; a value of many lines is not what this action writes.
fn outputs(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .map(|line| {
            let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("no output: {line}"));
            assert!(!name.contains("<<"), "{line}");
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

/// A text with its `${{ a.b.c }}`; what is not there is empty, as with GitHub.
fn evaluated(text: &str, context: &Json) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${{") {
        let (expression, after) = behind.split_once("}}").unwrap();
        result.push_str(before);
        let steps = expression.trim().split('.');
        assert!(
            steps.clone().all(|step| step.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))),
            "{expression}"
        );
        match steps.fold(context, |value, step| &value[step]) {
            Json::Null => {}
            Json::String(text) => result.push_str(text),
            other => result.push_str(&other.to_string()),
        }
        rest = after;
    }
    result + rest
}
