//! `--var`, `--var-file`, `--env` and `--parameters`, in the order in which they are given: the last one holds.

use crate::engine::{Assignment, Given};
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use std::ffi::OsString;
use std::path::PathBuf;

/// Values for variables of root modules and for parameters of templates, from outside of the code.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    assignments: Vec<Assignment>,
    environment: bool,
    parameters: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct Flags {
    /// Set a variable of the root modules that declare it (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<String>,

    /// Set variables from a file of values; the last --var or --var-file holds (repeatable)
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,

    /// Set variables from the environment: TF_VAR_name
    #[arg(long)]
    env: bool,

    /// Set parameters of templates from a file, in any shape that the AWS CLI takes; the last one holds (repeatable)
    #[arg(long, value_name = "FILE")]
    parameters: Vec<PathBuf>,
}

impl Inputs {
    /// What the request says, with what `--env` finds among these variables of the environment.
    pub(super) fn given(&self, environment: impl Iterator<Item = (OsString, OsString)>) -> Given {
        let mut given = Given {
            assignments: self.assignments.clone(),
            environment: Vec::new(),
            parameters: self.parameters.clone(),
        };
        if self.environment {
            given.with_environment(environment);
        }
        given
    }
}

impl Args for Inputs {
    fn augment_args(command: Command) -> Command {
        Flags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flags::augment_args_for_update(command)
    }
}

impl FromArgMatches for Inputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let flags = Flags::from_arg_matches(matches)?;
        let at = |name: &str| matches.indices_of(name).into_iter().flatten();
        let mut assignments: Vec<(usize, Assignment)> =
            at("var").zip(flags.var.into_iter().map(Assignment::Variable)).collect();
        assignments.extend(at("var_file").zip(flags.var_file.into_iter().map(Assignment::File)));
        assignments.sort_by_key(|(at, _)| *at);
        Ok(Self {
            assignments: assignments.into_iter().map(|(_, assignment)| assignment).collect(),
            environment: flags.env,
            parameters: flags.parameters,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        inputs: Inputs,
    }

    #[test]
    fn the_order_of_flags_is_kept() {
        let line = ["x", "--var", "a=1", "--var-file", "f", "--env", "--var=b=2"];
        let inputs = Line::try_parse_from(line).unwrap().inputs;
        let environment = [("TF_VAR_c", "3"), ("TF_VAR_", "4"), ("PATH", "5")]
            .map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let given = inputs.given(environment.into_iter());
        let expected = [
            Assignment::Variable("a=1".into()),
            Assignment::File("f".into()),
            Assignment::Variable("b=2".into()),
        ];
        assert_eq!(given.assignments, expected);
        assert_eq!(given.environment, [("c".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn the_environment_counts_only_when_it_is_asked_for() {
        let inputs = Line::try_parse_from(["x"]).unwrap().inputs;
        let environment = [(OsString::from("TF_VAR_c"), OsString::from("3"))];
        assert!(inputs.given(environment.into_iter()).environment.is_empty());
    }
}
