//! Files of values for parameters that are told by their shape alone, wherever they are and whatever their names:
//! - a list of `ParameterKey` and `ParameterValue`, by itself or as the `Parameters` of what `--cli-input-json` takes
//!   <https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html>
//! - the template configuration of CodePipeline, which `rain deploy --config` takes as well
//!   <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html>
//! - the deployment file of Git sync, which also names its template
//!   <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html>
//!
//! A plain map of names and values is none: that may be anything.

use super::files::{Loaded, join};
use super::parameter_file;
use super::recognise::first_key;
use super::samconfig::{Environment, SamConfig};
use crate::syntax::doc::{self, Document, NodeKind, NodeRef};
use memchr::memmem;
use std::sync::Arc;

/// Bytes of such a file. A stack takes 200 values of 4 KiB.
const MAX_VALUES: usize = 2 << 20;

/// What a template configuration may say.
const CONFIGURATION: [&str; 3] = ["Parameters", "Tags", "StackPolicy"];

/// What the deployment file of Git sync says.
const DEPLOYMENT: [&str; 3] = [TEMPLATE, "parameters", "tags"];
const TEMPLATE: &str = "template-file-path";

/// Whether a text is worth parsing: nearly every file is told by its first key.
#[must_use]
pub fn may_hold_values(text: &str) -> bool {
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let begins = |keys: &[&str]| first_key(text).is_some_and(|key| keys.contains(&key));
    text.len() <= MAX_VALUES
        && (begins(&CONFIGURATION) || begins(&DEPLOYMENT) && has(TEMPLATE) || has("ParameterKey"))
}

/// Parses what may be a file of values; `None` for everything else, broken or not.
#[must_use]
pub fn recognise_values(text: &str) -> Option<Document> {
    let document = may_hold_values(text).then(|| doc::parse(text).ok()).flatten()?;
    document.root(text).and_then(values)?;
    Some(document)
}

/// What such a file gives to parameters; of Git sync with the template, as the environment of a deployment.
#[must_use]
pub fn values_of(of: &Loaded) -> SamConfig {
    let mut config = SamConfig::default();
    let Some(root) = of.document.root(of.source.text()) else { return config };
    let Some(values) = values(root) else { return config };
    // Somebody else reads the file, and says what is wrong in it.
    config.assignments = parameter_file::assignments(of.file, values);
    if let Some(template) = template_of(&of.document, of.source.text()) {
        let overrides = config.assignments.iter();
        config.environments.push(Environment {
            name: "".into(),
            templates: vec![template],
            overrides: overrides.map(|one| (Arc::clone(&one.name), one.clone())).collect(),
        });
    }
    config
}

/// The template that a file of values names, by its path from the root of the repository.
#[must_use]
pub fn template_of(document: &Document, text: &str) -> Option<String> {
    let named = document.root(text)?.get(TEMPLATE)?.scalar_text()?;
    join("", named.trim_start_matches('/'))
}

/// The part of a document that holds the values, if its shape is one of these.
fn values(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if matches!(root.kind(), NodeKind::Sequence(_)) {
        return is_keyed(root).then_some(root);
    }
    let says_only = |keys: &[&str]| {
        root.entries().all(|(key, _)| key.scalar_text().is_some_and(|key| keys.contains(&&*key)))
    };
    if root.get(TEMPLATE).is_some_and(|path| path.scalar_text().is_some()) {
        return root.get("parameters").filter(|values| is_map(*values));
    }
    let given = root.get("Parameters")?;
    let is_template = || root.get("Resources").is_some();
    (is_keyed(given) && !is_template() || is_map(given) && says_only(&CONFIGURATION)).then_some(given)
}

/// Whether every item has a `ParameterKey`.
fn is_keyed(list: NodeRef<'_>) -> bool {
    let is_one = |item: NodeRef<'_>| item.get("ParameterKey").is_some_and(is_text);
    list.items().len() > 0 && list.items().all(is_one)
}

/// Names with texts: the parameters of a template are maps themselves.
fn is_map(node: NodeRef<'_>) -> bool {
    node.is_mapping() && node.entries().len() > 0 && node.entries().all(|(_, value)| is_text(value))
}

/// No intrinsic, which is a template's.
fn is_text(node: NodeRef<'_>) -> bool {
    node.tag().is_none() && matches!(node.kind(), NodeKind::Null | NodeKind::Scalar(..))
}
