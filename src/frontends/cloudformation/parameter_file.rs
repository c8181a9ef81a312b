//! Files of parameters: the two shapes that the AWS CLI takes, CodePipeline's template configuration, and a plain map.
//! <https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/> (`--parameter-overrides`)
//! <https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html> (`--parameters`)
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html>

use super::assignments::{self, Assignment, Wrong};
use super::files::Loaded;
use crate::findings::{Problem, ProblemKind};
use crate::source::FileId;
use crate::syntax::doc::{NodeKind, NodeRef};

/// The assignments of a file, and a problem for each thing in it that is none.
#[must_use]
pub fn parameters_in(of: &Loaded) -> (Vec<Assignment>, Vec<Problem>) {
    let mut reader = Reader { file: of.file, found: Vec::new(), wrong: Vec::new() };
    match of.document.root(of.source.text()) {
        Some(root) => reader.root(root),
        None => reader.wrong.push(Wrong { span: crate::source::Span::default(), message: SHAPES }),
    }
    let problem = |wrong: &Wrong| {
        let start = of.source.position(wrong.span.start);
        Problem {
            kind: ProblemKind::Config,
            path: of.source.path.clone(),
            start: Some((start.line, start.column)),
            message: wrong.message.to_owned(),
        }
    };
    let problems = reader.wrong.iter().map(problem).collect();
    (reader.found, problems)
}

/// The assignments in a part of a document; what is none is passed over.
pub(super) fn assignments(file: FileId, values: NodeRef<'_>) -> Vec<Assignment> {
    let mut reader = Reader { file, found: Vec::new(), wrong: Vec::new() };
    if values.is_mapping() {
        reader.map(values);
    } else {
        values.items().for_each(|item| reader.item(item));
    }
    reader.found
}

const SHAPES: &str =
    "no parameters: expected a list of ParameterKey and ParameterValue, a list of Name=Value, or a map";

struct Reader {
    file: FileId,
    found: Vec<Assignment>,
    wrong: Vec<Wrong>,
}

impl Reader {
    fn root(&mut self, root: NodeRef<'_>) {
        match root.kind() {
            NodeKind::Sequence(_) => root.items().for_each(|item| self.item(item)),
            NodeKind::Mapping(_) => match root.get("Parameters") {
                Some(inner) => match inner.kind() {
                    NodeKind::Sequence(_) => inner.items().for_each(|item| self.item(item)),
                    NodeKind::Mapping(_) => self.map(inner),
                    NodeKind::Null | NodeKind::Scalar(..) => self.map(root),
                },
                None => self.map(root),
            },
            NodeKind::Null | NodeKind::Scalar(..) => self.refuse(root, SHAPES),
        }
    }

    fn map(&mut self, map: NodeRef<'_>) {
        for (name, value) in map.entries() {
            self.pair(name, value);
        }
    }

    fn item(&mut self, item: NodeRef<'_>) {
        if item.is_mapping() {
            return self.keyed(item);
        }
        if item.scalar_text().is_none() {
            return self.refuse(item, SHAPES);
        }
        self.take(assignments::of_word(self.file, item));
    }

    fn keyed(&mut self, item: NodeRef<'_>) {
        // The stack keeps the value that it has.
        let previous = item.get("UsePreviousValue").and_then(NodeRef::scalar_text);
        if previous.is_some_and(|said| said.eq_ignore_ascii_case("true")) {
            return;
        }
        match (item.get("ParameterKey"), item.get("ParameterValue")) {
            (Some(name), Some(value)) => self.pair(name, value),
            (_, _) => self.refuse(item, "a parameter has a ParameterKey and a ParameterValue"),
        }
    }

    fn pair(&mut self, name: NodeRef<'_>, value: NodeRef<'_>) {
        self.take(assignments::of_pair(self.file, name, value));
    }

    fn take(&mut self, read: Result<Assignment, Wrong>) {
        match read {
            Ok(assignment) => self.found.push(assignment),
            Err(wrong) => self.wrong.push(wrong),
        }
    }

    fn refuse(&mut self, node: NodeRef<'_>, message: &'static str) {
        self.wrong.push(Wrong { span: node.span(), message });
    }
}
