//! Policies of IAM: statements, and the conditions of a statement.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use super::pattern::{Match, matches};
use crate::facts::document::{Node, Text};
use crate::model::Reason;
use crate::source::Site;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Policy {
    pub(super) statements: Vec<Statement>,
    /// Statements of which nothing is known, or the policy as a whole.
    pub(super) open: Option<(Reason, Option<Site>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
    Unknown,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) effect: Effect,
    pub(super) actions: Actions,
    /// `Principal`, with the name of the element.
    pub(super) principal: Option<Node>,
    pub(super) not_principal: Option<(Node, Option<Site>)>,
    /// `Resource`; none where the element is not there.
    pub(super) resource: Option<Node>,
    pub(super) tests: Tests,
    pub(super) site: Option<Site>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Actions {
    /// `Action`.
    These(Vec<Node>),
    /// `NotAction`, and where it stands.
    AllBut(Vec<Node>, Option<Site>),
}

/// What must hold for a statement to count.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tests {
    pub(super) all: Vec<Test>,
    /// There may be further ones.
    pub(super) open: Option<Reason>,
}

/// One key of one operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Test {
    /// In small letters, without qualifier and `IfExists`.
    pub(super) operator: String,
    /// `ForAllValues`, which holds where the key is not there.
    pub(super) for_all: bool,
    pub(super) if_exists: bool,
    /// May have holes.
    pub(super) key: Text,
    /// One that is `Node::Unknown` may stand for several.
    pub(super) values: Vec<Node>,
}

impl Policy {
    /// `None`: what is there is no policy.
    pub(super) fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Null | Node::List(_) => None,
            Node::Unknown { reason, site } => {
                Some(Self { statements: Vec::new(), open: Some((reason.clone(), *site)) })
            }
            // A text that is put together so that nothing can be read in it.
            Node::Text(text) => text
                .holes
                .first()
                .map(|reason| Self { statements: Vec::new(), open: Some((reason.clone(), text.site)) }),
            Node::Object(object) => {
                let mut policy = Self {
                    statements: Vec::new(),
                    open: object.open.clone().map(|reason| (reason, node.site())),
                };
                for item in object.get("Statement").map_or(&[][..], |member| member.value.items()) {
                    match item {
                        Node::Object(_) => policy.statements.extend(Statement::of(item)),
                        Node::Unknown { reason, site } => policy.open = Some((reason.clone(), *site)),
                        Node::Null | Node::Text(_) | Node::List(_) => {}
                    }
                }
                Some(policy)
            }
        }
    }
}

impl Statement {
    fn of(node: &Node) -> Option<Self> {
        let object = node.as_object()?;
        let member = |name: &str| object.get(name);
        let effect = match member("Effect").map(|effect| &effect.value) {
            Some(Node::Text(text)) if text.is("Allow") => Effect::Allow,
            Some(Node::Text(text)) if text.is("Deny") => Effect::Deny,
            Some(_) => Effect::Unknown,
            None => return None,
        };
        let actions = match (member("Action"), member("NotAction")) {
            (Some(action), _) => Actions::These(action.value.items().to_vec()),
            (None, Some(but)) => Actions::AllBut(but.value.items().to_vec(), but.key.site),
            (None, None) => Actions::These(Vec::new()),
        };
        Some(Self {
            effect,
            actions,
            principal: member("Principal").map(|principal| principal.value.clone()),
            not_principal: member("NotPrincipal").map(|but| (but.value.clone(), but.key.site)),
            resource: member("Resource").map(|resource| resource.value.clone()),
            tests: member("Condition").map(|tests| Tests::of(&tests.value)).unwrap_or_default(),
            site: node.site(),
        })
    }

    /// Whether an action is among those that the statement is about, and the pattern that says so.
    pub(super) fn covers(&self, action: &str) -> (Match, Option<&Text>) {
        match &self.actions {
            Actions::These(patterns) => one_of(patterns, action),
            Actions::AllBut(patterns, _) => (one_of(patterns, action).0.not(), None),
        }
    }
}

fn one_of<'n>(patterns: &'n [Node], action: &str) -> (Match, Option<&'n Text>) {
    let mut best = (Match::No, None);
    for pattern in patterns {
        let found = match pattern {
            Node::Text(text) => (matches(text, action), Some(text)),
            Node::Unknown { .. } => (Match::Maybe, None),
            Node::Null | Node::List(_) | Node::Object(_) => (Match::No, None),
        };
        if found.0 > best.0 {
            best = found;
        }
    }
    best
}

impl Tests {
    fn of(node: &Node) -> Self {
        let mut tests = Self::default();
        let object = match node {
            Node::Object(object) => object,
            Node::Unknown { reason, .. } => return Self { open: Some(reason.clone()), ..tests },
            Node::Null | Node::Text(_) | Node::List(_) => return tests,
        };
        tests.open.clone_from(&object.open);
        for operator in &object.members {
            let keys = match &operator.value {
                Node::Object(keys) => keys,
                Node::Unknown { reason, .. } => {
                    tests.open = Some(reason.clone());
                    continue;
                }
                Node::Null | Node::Text(_) | Node::List(_) => continue,
            };
            if let Some(reason) = keys.open.as_ref().or(operator.key.holes.first()) {
                tests.open = Some(reason.clone());
            }
            if operator.key.known().is_some() {
                tests.all.extend(
                    keys.members.iter().map(|key| Test::of(&operator.key.text, &key.key, &key.value)),
                );
            }
        }
        tests
    }
}

impl Test {
    fn of(operator: &str, key: &Text, values: &Node) -> Self {
        let lowered = operator.to_ascii_lowercase();
        let (for_all, rest) = match lowered.split_once(':') {
            Some((qualifier, rest)) => (qualifier == "forallvalues", rest),
            None => (false, &*lowered),
        };
        let (rest, if_exists) = match rest.strip_suffix("ifexists") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        Self {
            operator: rest.to_owned(),
            for_all,
            if_exists,
            key: Text { text: key.text.to_ascii_lowercase(), ..key.clone() },
            values: values.items().to_vec(),
        }
    }

    pub(super) fn is_negated(&self) -> bool {
        self.operator.contains("not")
    }

    /// Whether asterisks in its values stand for anything.
    pub(super) fn has_wildcards(&self) -> bool {
        self.operator == "stringlike" || self.operator.starts_with("arn")
    }

    pub(super) fn values_say(&self, wanted: &str) -> bool {
        let said = |value: &Node| value.as_text().is_some_and(|text| text.is(wanted));
        !self.values.is_empty() && self.values.iter().all(said)
    }
}
