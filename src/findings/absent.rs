//! Module calls whose source is not here: what they create cannot be told.

use super::fingerprint::fingerprint;
use super::stand::innermost_own;
use super::{Finding, Place, Severity};
use crate::policies::Policy;
use crate::source::{Site, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A call that leads out of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentModule {
    /// `module.web`
    pub address: Arc<str>,
    /// As written.
    pub source: Arc<str>,
    /// The head of the call.
    pub site: Site,
    /// The calls that lead there, outermost first.
    pub calls: Arc<[(Arc<str>, Site)]>,
}

/// One open question a call. `policy` is one whose question stays open for whatever the module creates.
#[must_use]
pub fn absent(modules: &[AbsentModule], policy: &Policy, sources: &Sources) -> Vec<Finding> {
    let mut by_site: BTreeMap<(String, Site), Vec<&AbsentModule>> = BTreeMap::new();
    for module in modules {
        let path = sources.get(module.site.file).path.clone();
        by_site.entry((path, module.site)).or_default().push(module);
    }
    by_site.into_values().filter_map(|calls| open(&calls, policy, sources)).collect()
}

fn open(calls: &[&AbsentModule], policy: &Policy, sources: &Sources) -> Option<Finding> {
    let first = calls.iter().min_by(|a, b| a.address.cmp(&b.address))?;
    let mut addresses: Vec<_> = calls.iter().map(|call| Arc::clone(&call.address)).collect();
    addresses.sort();
    addresses.dedup();
    let calls = first.calls.iter().map(|(_, site)| *site).chain([first.site]);
    let site = innermost_own(calls, sources).unwrap_or(first.site);
    let root_path = sources.get(site.file).root_path.clone();
    let inside = (site != first.site).then(|| Place { site: first.site, label: "called here".to_owned() });
    Some(Finding {
        code: policy.id.as_str().into(),
        name: policy.name.as_str().into(),
        severity: Severity::Note,
        title: "cannot tell what this module creates".to_owned(),
        help: "run `terraform init` before keyless, so that the module's source is here".to_owned(),
        url: policy.url(),
        primary: Place { site, label: format!("its source, {}, is not in this repository", first.source) },
        suppression: None,
        reason: Some("the source of a module is not in this repository".to_owned()),
        fingerprint: fingerprint(&[&root_path, "absent-module", &first.address]),
        addresses,
        construct: None,
        chain: Vec::new(),
        related: inside.into_iter().collect(),
    })
}
