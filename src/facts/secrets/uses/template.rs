//! Uses of a parameter or of an entry of a mapping in a CloudFormation template.

use super::{Met, calls_at, text_calls};
use crate::facts::holes::HOLE;
use crate::syntax::doc::{self, NodeKind, NodeRef};
use std::borrow::Cow;

/// Whose uses are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'n> {
    Parameter(&'n str),
    /// The mapping, and the key of the value.
    Mapped(&'n str, &'n str),
}

pub(super) fn uses(text: &str, wanted: Wanted<'_>) -> Met {
    let Ok(document) = doc::parse(text) else { return Met::default() };
    let Some(root) = document.root(text) else { return Met::default() };
    let mut reader = Reader { wanted, met: Met::default() };
    for (key, section) in root.entries() {
        match key.scalar_text().as_deref() {
            Some("Resources") => {
                let parts = section.entries().flat_map(|(_, resource)| resource.entries());
                for (key, part) in parts {
                    // What tools note of a resource is no use of it.
                    if key.scalar_text().is_some_and(|key| key != "Metadata") {
                        reader.walk(part, &Place::root());
                    }
                }
            }
            Some("Outputs") => {
                for (name, output) in section.entries() {
                    let key = name.scalar_text().unwrap_or_default();
                    if let Some(value) = output.get("Value") {
                        reader.walk(value, &Place { key, ..Place::root() });
                    }
                }
            }
            Some("Globals") => reader.walk(section, &Place::root()),
            Some(_) | None => {}
        }
    }
    reader.met
}

/// Where a value stands.
#[derive(Clone)]
struct Place<'d> {
    /// The nearest key above.
    key: Cow<'d, str>,
    /// The mapping that the key is of.
    beside: Option<NodeRef<'d>>,
    /// What comes before it in a text.
    lead: Option<String>,
}

impl Place<'_> {
    fn root() -> Self {
        Self { key: Cow::Borrowed(""), beside: None, lead: None }
    }
}

struct Reader<'n> {
    wanted: Wanted<'n>,
    met: Met,
}

impl Reader<'_> {
    fn walk<'d>(&mut self, node: NodeRef<'d>, place: &Place<'d>) {
        if let Some((function, argument)) = intrinsic(node) {
            return self.call(&function, argument, place);
        }
        match node.kind() {
            NodeKind::Null | NodeKind::Scalar(..) => {}
            NodeKind::Sequence(_) => node.items().for_each(|item| self.walk(item, place)),
            NodeKind::Mapping(_) => {
                for (key, value) in node.entries() {
                    let key = key.scalar_text().unwrap_or_default();
                    self.walk(value, &Place { key, beside: Some(node), lead: None });
                }
            }
        }
    }

    fn call<'d>(&mut self, function: &str, argument: NodeRef<'d>, place: &Place<'d>) {
        let items: Vec<NodeRef<'d>> = argument.items().collect();
        match (function, items.as_slice()) {
            ("Ref", _) => {
                let named = argument.scalar_text();
                if matches!(self.wanted, Wanted::Parameter(name) if named.is_some_and(|named| named == name))
                {
                    self.meet(place);
                }
            }
            ("Sub", _) => self.substitution(argument, &items, place),
            ("Join", [delimiter, list]) if intrinsic(*list).is_none() => {
                let delimiter = delimiter.scalar_text().unwrap_or_default();
                let mut lead = place.lead.clone().unwrap_or_default();
                for (at, item) in list.items().enumerate() {
                    if at > 0 {
                        lead.push_str(&delimiter);
                    }
                    match item.scalar_text().filter(|_| intrinsic(item).is_none()) {
                        Some(text) => lead.push_str(&text),
                        None => {
                            self.walk(item, &Place { lead: Some(lead.clone()), ..place.clone() });
                            lead.push(HOLE);
                        }
                    }
                }
            }
            ("FindInMap", [map, .., second]) => {
                if let Wanted::Mapped(name, key) = self.wanted
                    && map.scalar_text().is_some_and(|map| map == name)
                    && (intrinsic(*second).is_some()
                        || second.scalar_text().is_none_or(|second| second == key))
                {
                    self.meet(place);
                }
            }
            ("If", [_, branches @ ..]) => branches.iter().for_each(|branch| self.walk(*branch, place)),
            ("Equals" | "Not" | "And" | "Or" | "Condition" | "GetAtt", _) => {}
            _ => self.walk(argument, place),
        }
    }

    fn substitution<'d>(&mut self, argument: NodeRef<'d>, items: &[NodeRef<'d>], place: &Place<'d>) {
        let Some(text) = items.first().unwrap_or(&argument).scalar_text() else { return };
        let own = items.get(1);
        let before = place.lead.as_deref().unwrap_or_default();
        let mut at = 0;
        while let Some((start, end)) = hole(&text, at) {
            let name = text.get(start + 2..end).unwrap_or_default().trim();
            let lead = text.get(..start).unwrap_or_default();
            at = end + 1;
            let place = Place { lead: Some(format!("{before}{lead}")), ..place.clone() };
            match own.and_then(|own| own.get(name)) {
                Some(value) => self.walk(value, &place),
                None if matches!(self.wanted, Wanted::Parameter(wanted) if wanted == name) => {
                    self.meet(&place);
                }
                None => {}
            }
        }
    }

    fn meet(&mut self, place: &Place<'_>) {
        let beside = |key: &str| place.beside?.get(key)?.scalar_text();
        let calls =
            place.lead.as_deref().and_then(text_calls).unwrap_or_else(|| calls_at(&place.key, beside));
        self.met.add(Met::of(calls));
    }
}

/// The next `${…}` from a place on: where it begins, and its brace. `${!…}` is text.
fn hole(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find("${")?;
    let end = start + text.get(start..)?.find('}')?;
    Some((start, end))
}

/// `!Ref x`, `{"Ref": x}`, `Fn::Sub: x`.
fn intrinsic(node: NodeRef<'_>) -> Option<(Cow<'_, str>, NodeRef<'_>)> {
    if let Some(tag) = node.tag() {
        return Some((Cow::Borrowed(tag), node.without_tag()));
    }
    let mut entries = node.entries();
    let (key, value) = entries.next().filter(|_| entries.next().is_none())?;
    let key = key.scalar_text()?;
    match key.strip_prefix("Fn::") {
        Some(function) => Some((Cow::Owned(function.to_owned()), value)),
        None => matches!(&*key, "Ref" | "Condition").then_some((key, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, uses};

    fn only_calls(resources: &str, wanted: Wanted<'_>) -> bool {
        let met = uses(&format!("Parameters: {{P: {{Type: String}}}}\n{resources}"), wanted);
        met.calls && !met.other
    }

    #[test]
    fn a_parameter_that_only_says_what_a_secret_is_called() {
        for text in [
            "Resources: {D: {Properties: {P: !Sub '{{resolve:secretsmanager:${P}:SecretString:a}}'}}}",
            "Resources: {D: {Properties: {P: {'Fn::Join': ['', ['{{resolve:secretsmanager:', {Ref: P}, ':SecretString:a}}']]}}}}",
            "Resources: {D: {Properties: {P: !Sub ['{{resolve:ssm-secure:${S}}}', {S: !Ref P}]}}}",
            "Resources: {D: {Properties: {Name: !Ref P}}}",
            "Resources: {D: {Properties: {Env: {SECRET_NAME: !If [A, !Ref P, x]}}}}",
            "Resources: {D: {Properties: {Env: [{Name: SECRET_ARN, Value: !Ref P}]}}}",
            "Resources: {D: {Properties: {Vars: [{Name: T, Type: PARAMETER_STORE, Value: !Ref P}]}}}",
            "Resources: {D: {Properties: {Secrets: [{Name: T, ValueFrom: !Ref P}]}}}",
            "Resources: {D: {Properties: {Resource: !Sub 'arn:${AWS::Partition}:secretsmanager:*:*:secret:${P}-*'}}}",
            "Conditions: {A: !Equals [!Ref P, '']}\nResources: {D: {Metadata: {x: !Ref P}, Properties: {SecretId: !Ref P}}}",
            "Resources: {D: {Properties: {UserData: {'Fn::Base64': !Sub \"#!/bin/sh\\naws x --secret-id ${P}\"}}}}",
            "Outputs: {SecretName: {Value: !Ref P}}",
        ] {
            assert!(only_calls(text, Wanted::Parameter("P")), "{text}");
        }
    }

    #[test]
    fn a_parameter_that_may_be_a_secret() {
        for text in [
            "Resources: {}",
            "Resources: {D: {Properties: {MasterUserPassword: !Ref P}}}",
            "Resources: {D: {Properties: {Url: !Sub 'pg://app:${P}@{{resolve:secretsmanager:a}}'}}}",
            "Resources: {D: {Properties: {Name: !Ref P, Token: !Ref P}}}",
            "Resources: {D: {Properties: {Env: [{Name: TOKEN, Value: !Ref P}]}}}",
            "Resources: {D: {Properties: {Vars: [{Name: T, Type: PLAINTEXT, Value: !Ref P}]}}}",
            "Resources: {D: {Properties: {P: !Sub ['{{resolve:ssm:${S}}}:${Q}', {S: a, Q: !Ref P}]}}}",
            "Resources: {D: {Properties: {Name: !Sub '${!P}'}}}",
            "Resources: {D: {Properties: {Name: !Ref Other}}}",
            "Outputs: {Token: {Value: !Ref P}}",
            "- no template",
        ] {
            assert!(!only_calls(text, Wanted::Parameter("P")), "{text}");
        }
    }

    #[test]
    fn of_a_mapping_the_key_counts() {
        let text = "Resources: {D: {Properties: {Name: !FindInMap [Env, !Ref Stage, Called], Token: !FindInMap [Env, a, Kept]}}}";
        assert!(only_calls(text, Wanted::Mapped("Env", "Called")));
        assert!(!only_calls(text, Wanted::Mapped("Env", "Kept")));
        assert!(!only_calls(text, Wanted::Mapped("Other", "Called")));
    }
}
