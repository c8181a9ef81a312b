//! Module calls and nested stacks whose source is not here, and templates within the code: what they create cannot be told.

use super::fingerprint::{fingerprint, without_keys};
use super::stand::innermost_own;
use super::{Finding, Met, Place, Severity, Silence, Verdicts};
use crate::policies::Policy;
use crate::source::{Site, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentKind {
    Module,
    /// A module that is a folder beside the code, which nothing brings.
    /// <https://developer.hashicorp.com/terraform/language/modules/sources#local-paths>
    Folder,
    /// The template of a nested stack.
    Stack,
    /// A file of resources that a template includes.
    Include,
    /// What a module of CloudFormation's registry stands for.
    RegistryModule,
    /// What a template starts that stands in the code as a text.
    Inline,
    /// The module that a file of Terragrunt is about.
    Source,
    /// A file that one of Terragrunt includes.
    Configuration,
}

/// A call that leads out of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentModule {
    pub kind: AbsentKind,
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
pub fn absent(
    modules: &[AbsentModule],
    policy: &Policy,
    silence: Silence<'_>,
    sources: &Sources,
) -> Verdicts {
    // What an exception says of one call holds for no other.
    let mut groups: BTreeMap<(String, Site, Vec<usize>), Vec<&AbsentModule>> = BTreeMap::new();
    for module in modules.iter().filter(|module| !is_of_another_provider(&module.source)) {
        let path = sources.get(module.site.file).path.clone();
        let calls = module.calls.iter().map(|(_, site)| *site).chain([module.site]);
        groups.entry((path, module.site, silence.met(policy, calls, None))).or_default().push(module);
    }
    let mut verdicts = Verdicts::default();
    for ((_, _, met), calls) in groups {
        let Some(mut finding) = open(&calls, policy, sources) else { continue };
        let at = finding.primary.site;
        let told = |exception: &usize| Met {
            exception: *exception,
            code: policy.id.clone(),
            at,
            mandatory: policy.mandatory,
            asleep: false,
        };
        verdicts.met.extend(met.iter().map(told));
        finding.suppression = silence.suppression(policy, &met);
        match &finding.suppression {
            Some(_) => verdicts.suppressed.push(finding),
            None => verdicts.cannot_tell.push(finding),
        }
    }
    verdicts
}

/// Providers that have nothing of AWS in them, by which modules of the registry are called.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "google", "google-beta", "azurerm", "azuread", "azapi", "azure", "oci", "ibm", "digitalocean", "hcloud", "alicloud", "scaleway", "linode", "openstack",
    "vsphere", "kubernetes", "helm", "github", "gitlab", "cloudflare", "datadog", "newrelic", "grafana", "pagerduty", "okta", "vault", "null", "random",
    "tls", "local", "template", "utils",
];

/// Whether the address of a module in a registry says that it is another provider's: `NAMESPACE/NAME/PROVIDER`
/// (<https://developer.hashicorp.com/terraform/language/modules/sources#terraform-registry>).
fn is_of_another_provider(source: &str) -> bool {
    let address = source.split_once("//").map_or(source, |(address, _)| address);
    let parts: Vec<&str> = address.split('/').collect();
    let parts = match parts.as_slice() {
        [host, rest @ ..] if rest.len() == 3 && host.contains('.') && !host.starts_with('.') => rest,
        parts => parts,
    };
    let is_name = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    matches!(parts, [_, _, provider] if OTHERS.contains(provider)) && parts.iter().all(is_name)
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
    let missing = |what: &str| format!("{what}, {}, is not in this repository", first.source);
    let (title, help, label, reason) = match first.kind {
        AbsentKind::Folder => (
            "cannot tell what this module creates",
            "mend the path, or run keyless on a folder that holds the module as well",
            missing("its source"),
            "the source of a module is not in this repository",
        ),
        AbsentKind::Module => (
            "cannot tell what this module creates",
            "run `terraform init` before keyless, so that the module's source is here",
            missing("its source"),
            "the source of a module is not in this repository",
        ),
        AbsentKind::Source => (
            "cannot tell what this module creates",
            "name the module by a path in the repository, or check the code that it comes from",
            missing("its source"),
            "the source of a module is not in this repository",
        ),
        AbsentKind::Configuration => (
            "cannot tell what this include brings",
            "keep the included file in the repository, or check the folder that holds both",
            missing("the included file"),
            "an included file is not in this repository",
        ),
        AbsentKind::Include => (
            "cannot tell what this include brings",
            "name the file by a path in the repository, as `aws cloudformation package` takes it",
            missing("the included file"),
            "an included file is not in this repository",
        ),
        AbsentKind::Inline => (
            "cannot tell how what this starts is set up",
            "keep the template in a file of its own, or write the resource in the code: keyless judges both",
            format!("`{}` stands in a text", first.source),
            "a template within the code is not judged as one",
        ),
        AbsentKind::RegistryModule => (
            "cannot tell what this module creates",
            "check the fragment that the module was registered from",
            missing("its fragment"),
            "the fragment of a module is not in this repository",
        ),
        AbsentKind::Stack => (
            "cannot tell what this nested stack creates",
            "name its template by a path in the repository, as `aws cloudformation package` takes it",
            missing("its template"),
            "the template of a nested stack is not in this repository",
        ),
    };
    Some(Finding {
        code: policy.id.as_str().into(),
        name: policy.name.as_str().into(),
        severity: Severity::Note,
        title: title.to_owned(),
        help: help.to_owned(),
        url: policy.url(),
        primary: Place { site, label },
        reason: Some(reason.to_owned()),
        suppression: None,
        commit: None,
        mandatory: policy.mandatory,
        existing: false,
        fingerprint: fingerprint(&[&root_path, "absent-module", &without_keys(&first.address)]),
        fixes: Vec::new(),
        basis: Box::default(),
        addresses,
        construct: None,
        chain: Vec::new(),
        related: inside.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::is_of_another_provider;

    #[test]
    fn the_provider_of_a_module_is_told_by_its_address() {
        for source in [
            "GoogleCloudPlatform/sql-db/google//modules/mysql",
            "Azure/compute/azurerm",
            "app.terraform.io/acme/network/google",
            "cloudposse/label/null",
        ] {
            assert!(is_of_another_provider(source), "{source}");
        }
        for source in [
            "terraform-aws-modules/vpc/aws",
            "./modules/web/google",
            "git::https://example.com/a/b/google",
            "github.com/a/google",
            "a/google",
            "a/b/c/google",
        ] {
            assert!(!is_of_another_provider(source), "{source}");
        }
    }
}
