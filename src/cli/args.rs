//! What the command line may say.

use super::inputs::Inputs;
use super::outputs::Outputs;
use crate::config::Wanted;
use crate::engine::{Baselines, CheckRequest, Shard};
use crate::findings::{self, Selection};
use crate::system::WORKER;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args as Arguments, Error, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;
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
    /// Mend what is found: show it as a diff, or write it
    #[command(after_help = FIX_HELP)]
    Fix(Fix),
    /// Accept what is found, in a file that is kept beside the code
    #[command(
        after_help = "Exit codes: 0 all is accepted, 1 something is refused, 2 something could not be judged and nothing is written"
    )]
    Baseline(Baseline),
    /// Put the reports of several runs together
    #[command(
        after_help = "Exit codes: as of one run that had said it all; 2 also where a report cannot be read, and then nothing is printed"
    )]
    Merge(Merge),
    /// Print what keyless understood of the code, as JSON
    Facts(Code),
    #[command(hide = true, name = WORKER)]
    GuardWorker,
    /// Print what is configured for a path, and which file says it
    Config(Settings),
    /// List the policies, or try and begin policies of your own
    Policies(Policies),
    /// List what was said about findings: where, by whom, why, until when, and what it comes to
    #[command(after_help = "Exit codes: 0 listed, 2 something could not be judged")]
    Exceptions(Exceptions),
    /// Show the page of a policy
    Explain(Explain),
    /// Judge the code that a command is about to use, and run the command only if it is clean
    #[command(after_help = PLAN_HELP)]
    Plan(Plan),
    /// Serve an editor: findings while you type, fixes, what a value comes to
    #[command(
        after_help = "Speaks the Language Server Protocol on standard input and output. Exit codes: 0 shut down, 1 the editor left"
    )]
    Lsp {
        /// Standard input and output; what is spoken anyway
        #[arg(long)]
        stdio: bool,

        /// The process of the editor, which is given in `initialize` as well
        #[arg(long = "clientProcessId", value_name = "PID", hide = true)]
        client: Option<u32>,
    },
    /// Print the completions of a shell
    Completions {
        /// Whose they are
        shell: Shell,
    },
    /// Print a page of the manual
    Man(Man),
}

impl Command {
    /// Whether it goes through a tree, which may take long.
    pub(super) fn judges(&self) -> bool {
        match self {
            Self::Check(_)
            | Self::Fix(_)
            | Self::Baseline(_)
            | Self::Facts(_)
            | Self::Exceptions(_)
            | Self::Plan(_) => true,
            Self::Merge(_)
            | Self::GuardWorker
            | Self::Config(_)
            | Self::Policies(_)
            | Self::Explain(_)
            | Self::Lsp { .. }
            | Self::Completions { .. }
            | Self::Man(_) => false,
        }
    }
}

// One line a paragraph: the terminal's width breaks them.
const PLAN_HELP: &str = "\
Example: keyless plan -- terraform -chdir=prod plan -var-file=prod.tfvars

Without PATH the folder that COMMAND works in is judged (`-chdir`, `--working-dir`, `make -C`), with the -var and \
-var-file of its command line and of TF_CLI_ARGS, and with TF_VAR_… of the environment. What keyless says goes to \
standard error; standard output is the command's.

Exit codes: 1 findings at or above --fail-on, 2 something could not be judged: COMMAND is not run; else COMMAND's own, \
or 127 where there is no such program";

const FIX_HELP: &str = "\
Without --write nothing is written: standard output is a patch for `patch -p1` or `git apply` (without values of secrets, \
so that one whose lines hold any can only be read), with what each fix does before the files that it edits. Every fix is \
tried in memory before: one after which its finding is still there, or anything else is found, is refused.

Exit codes: without --write 0 there is nothing to fix, 1 there is; with it 0 no finding at or above --fail-on is left, 1 \
some are; 2 something could not be judged or written";

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

    #[command(flatten)]
    pub(super) configuration: Configuration,
}

/// Which configuration files are read.
#[derive(Debug, Arguments)]
pub(super) struct Configuration {
    /// This configuration for all, and not the nearest keyless.toml of each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// No configuration files
    #[arg(long)]
    no_config: bool,
}

impl Configuration {
    pub(super) fn wanted(&self) -> Wanted {
        match (&self.config, self.no_config) {
            (Some(file), _) => Wanted::File(file.clone()),
            (None, true) => Wanted::Nothing,
            (None, false) => Wanted::Nearest,
        }
    }
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
            configuration: self.configuration.wanted(),
            ..CheckRequest::default()
        }
    }
}

/// By which policies code is judged, and what counts.
#[derive(Debug, Arguments)]
pub(super) struct Judged {
    /// Only these policies: codes, names or families, separated by commas
    #[arg(long, value_name = "POLICY", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Without these policies: codes, names or families, separated by commas
    #[arg(long, value_name = "POLICY", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// Policies of your own: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) policy: Vec<PathBuf>,

    /// The least that makes the exit code 1 [default: error]
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(super) fail_on: Option<FailOn>,

    /// Add the strict policies, and show what could not be told
    #[arg(long)]
    pub(super) strict: bool,

    /// Look through the git history of the files as well, for access keys, tokens and private keys
    #[arg(long)]
    pub(super) history: bool,
}

impl Judged {
    /// What the engine is asked to judge.
    pub(super) fn request(&self, code: CheckRequest) -> CheckRequest {
        CheckRequest {
            selection: Selection { select: self.select.clone(), ignore: self.ignore.clone() },
            own: self.policy.clone(),
            fail_on: self.fail_on.map(Into::into),
            strict: self.strict,
            history: self.history,
            ..code
        }
    }
}

#[derive(Debug, Arguments)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) code: Code,

    #[command(flatten)]
    pub(super) judged: Judged,

    /// Fail only for what is new since the change left this branch, tag or commit; all else is shown as existing
    #[arg(long, value_name = "REF")]
    pub(super) changed_since: Option<String>,

    #[command(flatten)]
    pub(super) known: Known,

    /// Judge only one of N parts, which the runs 1/N to N/N judge together; `keyless merge` puts their reports together
    #[arg(long, value_name = "I/N", conflicts_with_all = ["var", "var_file", "parameters", "source"])]
    pub(super) shard: Option<Shard>,

    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,

    #[command(flatten)]
    pub(super) outputs: Outputs,
}

/// What is known already.
#[derive(Debug, Arguments)]
pub(super) struct Known {
    /// This baseline, and not keyless-baseline.json at the root of the repository
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,

    /// No baseline: what was accepted is reported as well
    #[arg(long)]
    no_baseline: bool,
}

impl Known {
    /// Which baseline holds.
    pub(super) fn baselines(&self) -> Baselines {
        match (&self.baseline, self.no_baseline) {
            (Some(file), _) => Baselines::File(file.clone()),
            (None, true) => Baselines::Nothing,
            (None, false) => Baselines::Nearest,
        }
    }
}

#[derive(Debug, Arguments)]
pub(super) struct Fix {
    #[command(flatten)]
    pub(super) code: Code,

    /// Write the files
    #[arg(long)]
    pub(super) write: bool,

    /// Take fixes as well that somebody has to look at: they may break what runs, replace or restart it, or need more than
    /// the edit
    #[arg(long)]
    pub(super) unsafe_fixes: bool,

    #[command(flatten)]
    pub(super) judged: Judged,

    /// Mend only what is new since the change left this branch, tag or commit
    #[arg(long, value_name = "REF")]
    pub(super) changed_since: Option<String>,

    #[command(flatten)]
    pub(super) known: Known,

    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,

    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(super) format: ListFormat,
}

#[derive(Debug, Arguments)]
pub(super) struct Baseline {
    #[command(flatten)]
    pub(super) code: Code,

    /// Where to write, and what is there already [default: keyless-baseline.json at the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Why this is accepted; kept with each new entry
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,

    /// Accept long-lived credentials as well: errors of the families KEY, ROOT and SEC
    #[arg(long)]
    pub(super) include_secrets: bool,

    /// Accept nothing new; only take out what is not found any more
    #[arg(long, conflicts_with_all = ["reason", "include_secrets"])]
    pub(super) prune: bool,

    #[command(flatten)]
    pub(super) judged: Judged,
}

#[derive(Debug, Arguments)]
pub(super) struct Exceptions {
    #[command(flatten)]
    pub(super) code: Code,

    /// Policies of your own as well: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) policy: Vec<PathBuf>,

    /// Judge by the strict policies as well
    #[arg(long)]
    pub(super) strict: bool,

    /// Print what the comments and metadata of other tools would become; nothing is changed
    #[arg(long)]
    pub(super) import: bool,

    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(super) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Human,
    Json,
}

#[derive(Debug, Arguments)]
pub(super) struct Plan {
    // Before `check`, which takes the PATHs out of what was matched.
    #[command(flatten)]
    pub(super) named: Named,

    #[command(flatten)]
    pub(super) check: Check,

    /// The program to run, such as terraform, tofu, terragrunt or make, with its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(super) command: Vec<OsString>,
}

/// Whether PATHs were given, or the default holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named(pub(super) bool);

impl Arguments for Named {
    fn augment_args(command: clap::Command) -> clap::Command {
        command
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command
    }
}

impl FromArgMatches for Named {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self(matches.value_source("paths") == Some(ValueSource::CommandLine)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[derive(Debug, Arguments)]
pub(super) struct Man {
    /// The command that the page is about, such as `check` [default: keyless itself]
    #[arg(value_name = "COMMAND", conflicts_with = "output_dir")]
    pub(super) command: Option<String>,

    /// Write all pages into this folder: keyless.1, keyless-check.1, …
    #[arg(long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(super) struct Merge {
    /// Reports of --format json, or SARIF files; with NAME=, the paths in them are below NAME
    #[arg(value_name = "[NAME=]FILE", required_unless_present = "files_from")]
    pub(super) files: Vec<String>,

    /// More of them, one a line, from a file or `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,

    /// The least that makes the exit code 1 [default: what made that of the runs]
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(super) fail_on: Option<FailOn>,

    /// Show what could not be told
    #[arg(long)]
    pub(super) strict: bool,

    #[command(flatten)]
    pub(super) outputs: Outputs,
}

#[derive(Debug, Arguments)]
pub(super) struct Settings {
    /// A file or directory
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,

    /// Policies of your own as well: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) policy: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) configuration: Configuration,
}

#[derive(Debug, Arguments)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Policies {
    #[command(subcommand)]
    pub(super) command: Option<PoliciesCommand>,

    /// Policies of your own as well: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long, value_name = "DIR|FILE")]
    pub(super) policy: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) configuration: Configuration,
}

#[derive(Debug, Subcommand)]
pub(super) enum PoliciesCommand {
    /// Try policies: by Guard's own test files, and by code beside them whose lines say `# expect: CODE`
    #[command(
        after_help = "Exit codes: 0 all as expected, 1 something is otherwise, 2 something could not be tried"
    )]
    Test {
        /// Files of Guard rules, and folders with rules, tests and code
        #[arg(value_name = "DIR|FILE", required = true)]
        paths: Vec<PathBuf>,
    },
    /// Begin a policy of your own, with a page and with code to try it on
    New(NewPolicy),
}

#[derive(Debug, Arguments)]
pub(super) struct NewPolicy {
    /// Lower-case words joined by `-`, such as `one-key-a-team`
    pub(super) name: String,

    /// What it is reported by
    #[arg(long, default_value = "OWN01")]
    pub(super) code: String,

    /// What its rules are judged over
    #[arg(long, value_enum, default_value_t = InputName::Facts)]
    pub(super) input: InputName,

    /// Where it is written
    #[arg(long, default_value = "policies")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum InputName {
    /// What keyless understood, the same for Terraform and CloudFormation
    Facts,
    /// Each template
    Cloudformation,
    /// Each root module, in the shape of a plan
    Terraform,
}

#[derive(Debug, Arguments)]
pub(super) struct Explain {
    /// Policies of your own as well: a file of Guard rules, or a folder of them (repeatable)
    #[arg(long = "policy", value_name = "DIR|FILE")]
    pub(super) own: Vec<PathBuf>,

    /// Code or name, such as IMDS01
    pub(super) policy: String,

    #[command(flatten)]
    pub(super) configuration: Configuration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    CannotTell,
    Never,
}

impl From<FailOn> for findings::FailOn {
    fn from(said: FailOn) -> Self {
        match said {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Note => Self::Note,
            FailOn::CannotTell => Self::CannotTell,
            FailOn::Never => Self::Never,
        }
    }
}
