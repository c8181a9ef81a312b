//! What the command line may say.

use super::inputs::Inputs;
use crate::engine::CheckRequest;
use crate::system::WORKER;
use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Keeps long-lived AWS credentials out of Terraform, CloudFormation and CDK.
#[derive(Debug, Parser)]
#[command(name = "keyless", version, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge infrastructure code
    #[command(
        after_help = "Exit codes: 0 clean, 1 findings at or above --fail-on, 2 something could not be judged"
    )]
    Check(Check),
    /// Print what keyless understood of the code, as JSON
    Facts(Code),
    #[command(hide = true, name = WORKER)]
    GuardWorker,
    /// List the policies
    Policies,
    /// Show the page of a policy
    Explain(Explain),
}

/// What is read, and with which values.
#[derive(Debug, Arguments)]
pub(super) struct Code {
    /// Files and directories
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// Leave out what matches, in gitignore's language (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,

    /// The code that plans among PATHs were made of, where it is not beside them
    #[arg(long, value_name = "DIR")]
    pub(super) source: Option<PathBuf>,

    /// Run the `terraform` or `tofu` on the PATH to read binary plans among PATHs
    #[arg(long)]
    pub(super) exec_terraform: bool,

    #[command(flatten)]
    pub(super) inputs: Inputs,
}

impl Code {
    /// What the engine is asked to read.
    pub(super) fn request(&self) -> CheckRequest {
        CheckRequest {
            paths: self.paths.clone(),
            excludes: self.exclude.clone(),
            source: self.source.clone(),
            exec_terraform: self.exec_terraform,
            given: self.inputs.given(std::env::vars_os()),
            ..CheckRequest::default()
        }
    }
}

#[derive(Debug, Arguments)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) code: Code,

    /// Only these policies: codes, names or families, separated by commas
    #[arg(long, value_name = "POLICY", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Without these policies: codes, names or families, separated by commas
    #[arg(long, value_name = "POLICY", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// Policies of your own: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) policy: Vec<PathBuf>,

    /// The least that makes the exit code 1
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,

    /// Add the strict policies, and show what could not be told
    #[arg(long)]
    pub(super) strict: bool,

    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,

    /// How to print
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    pub(super) format: FormatName,
}

#[derive(Debug, Arguments)]
pub(super) struct Explain {
    /// Code or name, such as IMDS01
    pub(super) policy: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    CannotTell,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    Human,
    Concise,
    Json,
}
