//! What the command line of Terraform, OpenTofu, Terragrunt or Make says of the code that it will use.

use super::words;
use crate::engine::Assignment;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What is known of a command before it runs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Where it works.
    pub(super) folder: PathBuf,
    /// The values that it gives to variables, in their order.
    pub(super) assignments: Vec<Assignment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// Also OpenTofu.
    Terraform,
    Terragrunt,
    Make,
}

impl Tool {
    fn of(program: &str) -> Option<Self> {
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
        match name.strip_suffix(".exe").unwrap_or(name) {
            "terraform" | "tofu" => Some(Self::Terraform),
            "terragrunt" => Some(Self::Terragrunt),
            "make" | "gmake" => Some(Self::Make),
            _ => None,
        }
    }

    /// Flags that name the folder it works in.
    fn folder_flags(self) -> &'static [&'static str] {
        match self {
            Self::Terraform => &["chdir"],
            Self::Terragrunt => &["working-dir", "terragrunt-working-dir"],
            Self::Make => &["C", "directory"],
        }
    }

    /// Variables of the environment that do the same.
    fn folder_variables(self) -> &'static [&'static str] {
        match self {
            Self::Terraform | Self::Make => &[],
            Self::Terragrunt => &["TG_WORKING_DIR", "TERRAGRUNT_WORKING_DIR"],
        }
    }
}

impl Known {
    pub(super) fn read(command: &[OsString], environment: impl Fn(&str) -> Option<OsString>) -> Self {
        let words: Vec<String> = command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let Some((tool, words)) = tool(&words) else {
            return Self { folder: ".".into(), assignments: Vec::new() };
        };
        let folder = folder(tool, words)
            .or_else(|| tool.folder_variables().iter().find_map(|name| environment(name).map(PathBuf::from)))
            .unwrap_or_else(|| ".".into());
        let mut assignments = Vec::new();
        if tool != Tool::Make {
            // Terraform puts these between its command and what the command line says.
            let subcommand = words.iter().find(|word| !word.starts_with('-') && *word != "run");
            let by_command = subcommand.map(|name| format!("TF_CLI_ARGS_{name}"));
            for name in by_command.into_iter().chain(["TF_CLI_ARGS".to_owned()]) {
                let text = environment(&name).map(|text| text.to_string_lossy().into_owned());
                let extra = text.and_then(|text| words::split(&text)).unwrap_or_default();
                assignments.extend(values(&extra, &folder));
            }
            assignments.extend(values(words, &folder));
        }
        Self { folder, assignments }
    }
}

/// The tool with its arguments: the program itself, or what a program such as `aws-vault exec prod --` runs.
fn tool(words: &[String]) -> Option<(Tool, &[String])> {
    let at = |index: usize| {
        let (program, rest) = words.get(index..)?.split_first()?;
        Some((Tool::of(program)?, rest))
    };
    let separated = words.iter().position(|word| word == "--").map(|index| index + 1);
    at(0).or_else(|| separated.and_then(at)).or_else(|| (1..words.len()).find_map(at))
}

fn folder(tool: Tool, words: &[String]) -> Option<PathBuf> {
    let mut folder: Option<PathBuf> = None;
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let said = match tool {
            // `-CDIR`
            Tool::Make if word.starts_with("-C") && word.len() > 2 => word.get(2..).map(str::to_owned),
            Tool::Terraform | Tool::Terragrunt | Tool::Make => {
                tool.folder_flags().iter().find_map(|flag| value(word, flag, &mut rest.clone()))
            }
        };
        // Make goes from one to the next.
        folder = said.map(|said| folder.take().unwrap_or_default().join(said)).or(folder);
    }
    folder
}

/// `-var`, `-var-file`, with one dash or two.
fn values(words: &[String], folder: &Path) -> Vec<Assignment> {
    let mut assignments = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if let Some(said) = value(word, "var", &mut rest.clone()) {
            assignments.push(Assignment::Variable(said));
        } else if let Some(file) = value(word, "var-file", &mut rest.clone()) {
            assignments.push(Assignment::File(folder.join(file)));
        } else {
            continue;
        }
        if !word.contains('=') {
            rest.next();
        }
    }
    assignments
}

/// The value of a flag: behind `=`, or the next word.
fn value<'w>(word: &str, flag: &str, next: &mut impl Iterator<Item = &'w String>) -> Option<String> {
    let name = word.strip_prefix("--").or_else(|| word.strip_prefix('-'))?;
    match name.split_once('=') {
        Some((name, value)) => (name == flag).then(|| value.to_owned()),
        None => (name == flag).then(|| next.next().cloned())?,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str], environment: &[(&str, &str)]) -> Known {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        Known::read(&line, |wanted| {
            environment.iter().find(|(name, _)| *name == wanted).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_folder_is_the_one_that_the_command_works_in() {
        for (line, folder) in [
            (&["terraform", "plan"][..], "."),
            (&["terraform", "-chdir=prod", "plan"], "prod"),
            (&["/usr/bin/tofu", "-chdir=a/b", "plan"], "a/b"),
            (&["terragrunt", "plan", "--working-dir", "live/db"], "live/db"),
            (&["terragrunt", "run", "--terragrunt-working-dir=live", "--", "plan"], "live"),
            (&["make", "-C", "infra", "plan"], "infra"),
            (&["make", "-Cinfra", "--directory=prod", "plan"], "infra/prod"),
            (&["aws-vault", "exec", "make", "--", "terraform", "-chdir=prod", "plan"], "prod"),
            (&["env", "A=b", "terraform", "-chdir=prod", "plan"], "prod"),
            (&["./deploy.sh", "-chdir=prod"], "."),
        ] {
            assert_eq!(read(line, &[]).folder, Path::new(folder), "{line:?}");
        }
        assert_eq!(read(&["terragrunt", "plan"], &[("TG_WORKING_DIR", "live")]).folder, Path::new("live"));
        assert_eq!(read(&["terraform", "plan"], &[("TG_WORKING_DIR", "live")]).folder, Path::new("."));
    }

    #[test]
    fn values_come_in_the_order_in_which_terraform_takes_them() {
        let line = [
            "terraform",
            "-chdir=prod",
            "plan",
            "-var",
            "a=1",
            "--var-file=x.tfvars",
            "-var-file",
            "/y",
            "-var=b=2",
        ];
        let environment = [
            ("TF_CLI_ARGS", "-var 'c=3 4'"),
            ("TF_CLI_ARGS_plan", "-var-file=z"),
            ("TF_CLI_ARGS_apply", "-var=d=4"),
        ];
        let variable = |text: &str| Assignment::Variable(text.to_owned());
        let file = |path: &str| Assignment::File(path.into());
        assert_eq!(
            read(&line, &environment).assignments,
            [
                file("prod/z"),
                variable("c=3 4"),
                variable("a=1"),
                file("prod/x.tfvars"),
                file("/y"),
                variable("b=2")
            ]
        );
        assert_eq!(read(&["make", "-var", "a=1"], &environment).assignments, []);
    }
}
