//! Commands that create an access key, in what runs: provisioners, user data, build specifications, cfn-init; and templates of
//! CloudFormation that code hands over as a text.

use super::is_root;
use crate::catalog;
use crate::facts::fact::{AccessKey, KeyMaker, KeyStatus, KeyStorage, Owner};
use crate::facts::holes::HOLE;
use crate::facts::secrets::{Literals, Sought, literals, texts};
use crate::facts::subject::{Anchor, Subject};
use crate::facts::{cdk, place, provenance};
use crate::model::{BlockKind, Entry, Kind, Resource, Unit, Value};
use crate::secrets::Carried;
use crate::source::Sources;
use memchr::memmem;
use std::ops::Range;

/// <https://docs.aws.amazon.com/cli/latest/reference/iam/create-access-key.html>: without a name the key is the caller's.
const COMMAND: &str = "create-access-key";
const NAME: &str = "--user-name";
/// The same in PowerShell. <https://docs.aws.amazon.com/powershell/latest/reference/items/New-IAMAccessKey.html>
const CMDLET: &str = "New-IAMAccessKey";
const CMDLET_NAME: &str = "-UserName";
const RESOURCE: &str = "AWS::IAM::AccessKey";
/// Where a template stands in a resource as a text.
const TEMPLATES: [&str; 2] = ["template_body", "TemplateBody"];
const INIT: &str = "AWS::CloudFormation::Init";

/// What creates a key, where in a text.
#[derive(Debug, PartialEq, Eq)]
struct Creation {
    by: KeyMaker,
    owner: Owner,
    place: Range<usize>,
}

pub(super) fn lower(
    unit: &Unit,
    resource: &Resource,
    sources: &Sources,
    facts: &mut Vec<(AccessKey, Subject)>,
) {
    let mut walk = Walk { unit, resource, sources, path: "", facts };
    match resource.kind {
        BlockKind::Managed => {}
        BlockKind::Call => {
            walk.path = "inputs";
            let inputs = resource.body.as_object();
            inputs.iter().flat_map(|all| &all.entries).for_each(|entry| walk.value(entry, &entry.value));
            return;
        }
        BlockKind::Data | BlockKind::Ephemeral | BlockKind::Provider | BlockKind::Backend => return,
    }
    let type_name = &*resource.type_name;
    let paths = catalog::containers(type_name).iter().chain(catalog::inline_code(type_name)).copied();
    let scripts = paths.filter(|path| !TEMPLATES.contains(path));
    for path in scripts.chain(["provisioner"]).chain(TEMPLATES) {
        walk.path = path;
        for entry in resource.body.entries_at(path) {
            walk.value(entry, &entry.value);
        }
    }
    let init = resource.metadata.as_object().and_then(|metadata| metadata.get(INIT));
    if let Some(entry) = init {
        walk.path = "Metadata";
        walk.value(entry, &entry.value);
    }
}

struct Walk<'a> {
    unit: &'a Unit,
    resource: &'a Resource,
    sources: &'a Sources,
    path: &'static str,
    facts: &'a mut Vec<(AccessKey, Subject)>,
}

impl Walk<'_> {
    fn value(&mut self, entry: &Entry, value: &Value) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
            Kind::String(text) => self.text(entry, value, text),
            Kind::Unknown(unknown) => {
                texts(value, unknown).iter().for_each(|text| self.text(entry, value, text));
            }
            Kind::List(items) => {
                let known = self.facts.len();
                items.iter().for_each(|item| self.value(entry, item));
                // A command, word by word.
                if self.facts.len() == known && items.iter().any(|item| item.as_str() == Some(COMMAND)) {
                    let word = |item: &Value| item.as_str().map_or_else(|| HOLE.to_string(), str::to_owned);
                    let words: Vec<String> = items.iter().map(word).collect();
                    self.text(entry, value, &words.join(" "));
                }
            }
            Kind::Object(object) => {
                object.entries.iter().for_each(|entry| self.value(entry, &entry.value));
            }
            Kind::Choice(choice) => {
                self.value(entry, &choice.then);
                self.value(entry, &choice.otherwise);
            }
        }
    }

    fn text(&mut self, entry: &Entry, value: &Value, text: &str) {
        let is_one_word = || text.len() > COMMAND.len() && !text.contains(char::is_whitespace);
        let is_named = mentions(text);
        if is_named || is_one_word() {
            let carried = Carried::of(text);
            if is_named || carried.decoded().is_some_and(mentions) {
                self.carried(entry, value, &carried);
            }
        }
    }

    fn carried(&mut self, entry: &Entry, value: &Value, carried: &Carried<'_>) {
        let made_of = literals(value);
        let literals = Literals::of(&made_of, self.sources);
        for (layer, text) in carried.texts() {
            let is_template = TEMPLATES.contains(&self.path);
            let found = if is_template { in_template(text) } else { in_script(text) };
            let is_found = !found.is_empty();
            for creation in found {
                let place = creation.place.clone();
                let sought = Sought { carried, layer, whole: place.clone(), value: place };
                let site = sought.site(&literals).or_else(|| provenance::site(value, Some(entry)));
                self.state(&creation, Anchor::new(site.unwrap_or(self.resource.header)));
            }
            // What carries it says no more than what it carries.
            if is_found {
                return;
            }
        }
    }

    fn state(&mut self, creation: &Creation, anchor: Anchor) {
        let mut subject = place::subject(self.unit, self.resource);
        let &Creation { by, owner, .. } = creation;
        if owner == Owner::Root {
            subject.anchors.insert("owner", anchor.clone().attribute(self.path));
            let what = format!("the template of {}", self.resource.address);
            subject.words.insert("type", what.into());
        }
        subject.anchors.insert("command", anchor.attribute(self.path));
        cdk::stand_on_user_code(&mut subject, self.resource);
        let fact = AccessKey { by, owner, status: KeyStatus::Active, storage: KeyStorage::NotApplicable };
        self.facts.push((fact, subject));
    }
}

fn mentions(text: &str) -> bool {
    let has = |wanted: &str| memmem::find(text.as_bytes(), wanted.as_bytes()).is_some();
    has(COMMAND) || has(CMDLET) || has(RESOURCE)
}

/// The commands of a script that create a key, but for those in comments and those that are only printed.
fn in_script(text: &str) -> Vec<Creation> {
    let found = |(at, command): (usize, &str)| {
        let is_cmdlet = command == CMDLET;
        let before = text.get(..at)?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let lead = text.get(line..at)?;
        let said = ["#", "//", "echo ", "Write-Host ", "REM "];
        if said.iter().any(|start| lead.trim_start().starts_with(start)) {
            return None;
        }
        let start = match is_cmdlet {
            true => at,
            false => {
                let service = lead.trim_end().strip_suffix("iam")?;
                line + service.rfind("aws").unwrap_or(service.len())
            }
        };
        let rest = arguments(text.get(at + command.len()..)?);
        let name = if is_cmdlet { CMDLET_NAME } else { NAME };
        let owner = if rest.contains(name) { Owner::User } else { Owner::Caller };
        // What is not known stands in no literal.
        let first = rest.split(['\n', HOLE]).next().unwrap_or_default().trim_end_matches(['\\', ' ', '\r']);
        let place = start..at + command.len() + first.len();
        Some(Creation { by: KeyMaker::Script, owner, place })
    };
    let places = |command: &'static str| {
        memmem::find_iter(text.as_bytes(), command.as_bytes()).map(move |at| (at, command))
    };
    places(COMMAND).chain(places(CMDLET)).filter_map(found).collect()
}

/// What is given to a command: up to where the next one begins.
fn arguments(rest: &str) -> &str {
    let mut continued = false;
    let end = rest.find(|c: char| {
        let ends = matches!(c, ';' | '|' | '&' | ')' | '`') || c == '\n' && !continued;
        continued = c == '\\' || continued && c == '\r';
        ends
    });
    rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
}

/// The resources of a template, in JSON or YAML, that are keys.
fn in_template(text: &str) -> Vec<Creation> {
    let found = |at: usize| {
        let before = text.get(..at)?.trim_end_matches(['"', '\'', ' ', '\t']).strip_suffix(':')?;
        let key = before.trim_end().trim_end_matches(['"', '\'']);
        key.ends_with("Type").then_some(())?;
        let root = root_in(text.get(at..)?).map(|name| at + name.start..at + name.end);
        let owner = if root.is_some() { Owner::Root } else { Owner::User };
        let place = root.unwrap_or(at..at + RESOURCE.len());
        Some(Creation { by: KeyMaker::Template, owner, place })
    };
    memmem::find_iter(text.as_bytes(), RESOURCE.as_bytes()).filter_map(found).collect()
}

/// Where the name of the root user stands as that of the one who gets the key, in what follows a resource's type.
fn root_in(rest: &str) -> Option<Range<usize>> {
    const USER: &str = "UserName";
    let own =
        rest.match_indices("Type").find(|(at, _)| is_key(rest, *at, "Type")).map_or(rest.len(), |(at, _)| at);
    let at = rest.get(..own)?.find(USER).filter(|at| is_key(rest, *at, USER))?;
    let behind = rest.get(at + USER.len()..own)?;
    let value = behind.trim_start_matches(|c: char| matches!(c, '"' | '\'' | ':') || c.is_whitespace());
    let name = value.split(['"', '\'', ',', '}', '\n', '\r']).next().unwrap_or(value);
    let name = name.split(" #").next().unwrap_or(name).trim_end();
    let start = at + USER.len() + behind.len() - value.len();
    is_root(name).then(|| start..start + name.len())
}

/// Whether a word that stands in a template is a key of it.
fn is_key(text: &str, at: usize, word: &str) -> bool {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let behind = text.get(at + word.len()..).unwrap_or_default().trim_start_matches(['"', '\'']);
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '{' | ','))
        && behind.trim_start().starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::{Creation, in_script, in_template};
    use crate::facts::fact::Owner;

    fn scripts(text: &str) -> Vec<(Owner, &str)> {
        in_script(text).into_iter().map(|Creation { owner, place, .. }| (owner, &text[place])).collect()
    }

    #[test]
    fn commands_that_create_a_key_are_told_by_whose_it_is() {
        for (text, owner, place) in [
            (
                "aws iam create-access-key --user-name bob",
                Owner::User,
                "aws iam create-access-key --user-name bob",
            ),
            ("aws iam create-access-key", Owner::Caller, "aws iam create-access-key"),
            (
                "K=$(aws --profile p iam create-access-key) # --user-name",
                Owner::Caller,
                "aws --profile p iam create-access-key",
            ),
            (
                "x\naws iam create-access-key \\\n  --user-name bob > k",
                Owner::User,
                "aws iam create-access-key",
            ),
            (
                "aws iam create-access-key | tee k; aws iam tag-user --user-name bob",
                Owner::Caller,
                "aws iam create-access-key",
            ),
            ("New-IAMAccessKey -UserName bob", Owner::User, "New-IAMAccessKey -UserName bob"),
        ] {
            assert_eq!(scripts(text), [(owner, place)], "{text}");
        }
        for text in [
            "# aws iam create-access-key",
            "echo run aws iam create-access-key",
            "aws iam delete-access-key --user-name bob",
            "other create-access-key",
            "\"Action\": \"iam:CreateAccessKey\"",
        ] {
            assert_eq!(scripts(text), [], "{text}");
        }
    }

    #[test]
    fn templates_with_a_key_are_told_in_both_languages() {
        for text in [
            "K: {Type: AWS::IAM::AccessKey}",
            "{\"K\":{\"Type\": \"AWS::IAM::AccessKey\"}}",
            "Type: 'AWS::IAM::AccessKey'",
        ] {
            assert_eq!(in_template(text).len(), 1, "{text}");
        }
        for text in ["# no AWS::IAM::AccessKey", "Description: AWS::IAM::AccessKey", "- AWS::IAM::AccessKey"]
        {
            assert_eq!(in_template(text), [], "{text}");
        }
    }

    #[test]
    fn a_key_in_a_template_is_the_root_users_where_it_is_named() {
        for (text, owner, place) in [
            ("K: {Type: AWS::IAM::AccessKey, Properties: {UserName: root}}", Owner::Root, "root"),
            (
                "{\"K\":{\"Type\":\"AWS::IAM::AccessKey\",\"Properties\":{\"UserName\":\"root\"}}}",
                Owner::Root,
                "root",
            ),
            (
                "K:\n  Type: AWS::IAM::AccessKey\n  Properties:\n    UserName: root # who\n",
                Owner::Root,
                "root",
            ),
            (
                "K: {Type: AWS::IAM::AccessKey, Properties: {UserName: rooter}}",
                Owner::User,
                "AWS::IAM::AccessKey",
            ),
            (
                "K: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref U}}\nU: {Type: X, UserName: root}",
                Owner::User,
                "AWS::IAM::AccessKey",
            ),
        ] {
            let found = in_template(text);
            let found: Vec<_> = found.into_iter().map(|one| (one.owner, &text[one.place])).collect();
            assert_eq!(found, [(owner, place)], "{text}");
        }
    }
}
