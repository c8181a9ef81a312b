//! What a template could not be judged for: bounds that were reached, and names that lead nowhere.

use crate::findings::{Problem, ProblemKind};
use crate::source::{FileId, SourceFile};
use crate::syntax::doc::NodeRef;
use std::collections::BTreeSet;

/// A file, where the node knows it, and an offset in it.
type At = (Option<FileId>, u32);

/// Problems of one template, each once.
#[derive(Debug, Default)]
pub(super) struct Notes {
    found: BTreeSet<(ProblemKind, Option<At>, String)>,
}

impl Notes {
    /// A bound of keyless was reached.
    pub(super) fn limit(&mut self, message: impl Into<String>) {
        self.found.insert((ProblemKind::Limit, None, message.into()));
    }

    /// CloudFormation would refuse the template for what stands here. What another file brings in has no place in it.
    pub(super) fn wrong(&mut self, at: NodeRef<'_>, message: impl Into<String>) {
        self.found.insert((ProblemKind::Syntax, Some((at.file(), at.span().start)), message.into()));
    }

    pub(super) fn reach_a_limit(&self) -> bool {
        self.found.iter().any(|(kind, ..)| *kind == ProblemKind::Limit)
    }

    pub(super) fn append(&mut self, other: &mut Self) {
        self.found.append(&mut other.found);
    }

    pub(super) fn into_problems(self, file: FileId, source: &SourceFile) -> Vec<Problem> {
        let problem = |(kind, at, message): (ProblemKind, Option<At>, String)| {
            let here = at.filter(|(of, _)| of.is_none_or(|of| of == file));
            let start = here.map(|(_, at)| {
                let position = source.position(at);
                (position.line, position.column)
            });
            Problem { kind, path: source.path.clone(), start, message }
        };
        self.found.into_iter().map(problem).collect()
    }
}
