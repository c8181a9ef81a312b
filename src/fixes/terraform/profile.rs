//! Roles and instance profiles for what runs without one.

mod scaffold;

use super::super::Ailing;
use super::super::hcl::{Block, Change, Code};
use super::effect::{Impact, shown};
use super::module::Module;
use super::site;
use crate::catalog::change::Part;
use crate::catalog::compute::{self, Launch, Profile};
use crate::findings::{Edit, Effect, Fix, Safety};
use scaffold::Scaffold;
use std::collections::BTreeSet;

const NAMESPACE: &str = "\"aws:autoscaling:launchconfiguration\"";

const RIGHTS: &str =
    "the role may do nothing yet: give it what the software on the instance needs, and no more";

const SHARED: &str = "whatever runs with this profile may do all that its role may";

/// A profile for a launch that has none: with a role of its own, or the one that the module has.
pub(super) fn attach(ailing: Ailing<'_>) -> Vec<Fix> {
    let type_name = ailing.subject.words.get("type").map_or("", |name| &**name);
    // In other providers what is written here would be something else.
    let Some(kind) = compute::find(type_name).filter(|_| compute::is_of_aws(type_name)) else {
        return Vec::new();
    };
    let said_at = |launch: &&Launch| matches!(launch.profile, Profile::Paths(_) | Profile::Setting(_));
    let Some(launch) = kind.launches.iter().find(said_at) else {
        return vec![shown(
            "give the launch template an instance profile",
            "this type takes its profile from a launch template: describe the instances in an `aws_launch_template` with \
             `iam_instance_profile`, and launch by it",
        )];
    };
    if ailing.case == "open" {
        return Vec::new();
    }
    let header = ailing.subject.header.site;
    let Some(code) = site::code(ailing, header) else {
        return vec![shown(
            "give it an instance profile",
            "this code is not to be edited here: name a profile by an input of the module, or in what it is made of",
        )];
    };
    let block = code.block_at(header).filter(|block| block.is("resource", type_name));
    let Some(block) = block else { return Vec::new() };
    let plan = Plan { ailing, code: &code, block: &block, launch, type_name };
    if let Some(path) = plan.computed() {
        return vec![shown(
            "give it an instance profile",
            format!(
                "`{path}` is written and comes to nothing: name a profile where its value is made, or by an input of the module"
            ),
        )];
    }
    let mut fixes: Vec<Fix> = plan.with_new().into_iter().collect();
    fixes.extend(plan.with_known());
    if fixes.is_empty() {
        let note = "name a profile of a role for it: what a role for all of its instances would be, this code does not say";
        fixes.push(shown("give it an instance profile", note));
    }
    fixes
}

/// A role for a profile that has none.
pub(super) fn fill(ailing: Ailing<'_>) -> Vec<Fix> {
    let header = ailing.subject.header.site;
    let by_hand = || vec![shown("give the profile a role", "name a role that EC2 may assume in the profile")];
    let Some(code) = site::code(ailing, header) else { return by_hand() };
    let block = code.block_at(header).filter(|block| block.is("resource", "aws_iam_instance_profile"));
    let Some(block) = block else { return by_hand() };
    let Some(label) = block.labels.get(1) else { return by_hand() };
    let module = Module::of(ailing, header.file);
    let mut fixes = Vec::new();
    let scaffold = Scaffold::new(&module, &code, &block, label, false);
    let added = scaffold.as_ref().and_then(|scaffold| {
        let set = block.set("role", &format!("aws_iam_role.{}.name", scaffold.name))?;
        Some((scaffold, set, code.append(&block, &scaffold.blocks(&module, &[]))?))
    });
    if let Some((scaffold, set, added)) = added {
        let title = format!("give `{}` a role of its own, `aws_iam_role.{}`", block.address(), scaffold.name);
        fixes
            .extend(impact(ailing).map(|impact| {
                impact.unsafe_since(RIGHTS).fix(title, set.into_iter().chain(added).collect())
            }));
    }
    if let [Some(role)] = roles_for_instances(&module, &block).as_slice() {
        let title = format!("give `{}` the role `{role}`", block.address());
        if let Some(edits) = block.set("role", &format!("{role}.name")) {
            fixes.extend(impact(ailing).map(|impact| impact.unsafe_since(SHARED).fix(title, edits)));
        }
    }
    if fixes.is_empty() { by_hand() } else { fixes }
}

/// Of a role for a profile.
fn impact(ailing: Ailing<'_>) -> Option<Impact> {
    let impact = Impact::of(ailing, "aws_iam_instance_profile", Part::Profile)?;
    Some(impact.unless_ignored(ailing, &["role".to_owned()]))
}

struct Plan<'a, 'c> {
    ailing: Ailing<'a>,
    code: &'c Code,
    block: &'c Block<'c>,
    launch: &'static Launch,
    type_name: &'c str,
}

impl Plan<'_, '_> {
    fn impact(&self) -> Impact {
        let known = Impact::of(self.ailing, self.type_name, Part::Profile);
        let paths = match self.launch.profile {
            Profile::Paths(paths) => paths,
            Profile::Setting(_) => &["setting"][..],
            Profile::Nowhere | Profile::Required => &[],
        };
        let before = if self.launch.at.is_empty() { String::new() } else { format!("{}.", self.launch.at) };
        let paths: Vec<String> = paths.iter().map(|path| format!("{before}{path}")).collect();
        known.unwrap_or_else(|| self.unknown()).unless_ignored(self.ailing, &paths)
    }

    /// Nothing is claimed of what is not known.
    fn unknown(&self) -> Impact {
        let address = self.block.address();
        Impact {
            safety: Safety::Unsafe,
            effect: Effect::Replacement,
            because: format!(
                "a change of the profile may replace `{address}`: see what `terraform plan` says"
            ),
            notes: Vec::new(),
        }
    }

    /// The block that says the profile: the resource, or one of its launches.
    fn place(&self) -> Option<Block<'_>> {
        match self.launch.at {
            "" => None,
            at => self.block.nested_at(at, self.ailing.subject.header.site),
        }
    }

    /// What is written for the profile, and is no text that is just empty: somebody decides it elsewhere.
    fn computed(&self) -> Option<&'static str> {
        let says_nothing = |text: &str| matches!(text, "\"\"" | "null");
        let item = self.place();
        let place = item.as_ref().unwrap_or(self.block);
        match self.launch.profile {
            Profile::Setting(option) => {
                let setting = self.block.nested_at("setting", self.ailing.anchor().site);
                let values = setting.map(|setting| setting.values("value")).unwrap_or_default();
                let decided = values.into_iter().any(|value| !says_nothing(self.code.slice(value)));
                decided.then_some(option)
            }
            Profile::Paths(paths) => paths.iter().copied().find(|path| {
                let parent = path.split_once('.').map_or("", |(parent, _)| parent);
                let mut values = place.values(path).into_iter();
                place.is_dynamic(parent) || values.any(|value| !says_nothing(self.code.slice(value)))
            }),
            Profile::Nowhere | Profile::Required => None,
        }
    }

    fn with_new(&self) -> Option<Fix> {
        let module = Module::of(self.ailing, self.block.site().file);
        let scaffold = Scaffold::new(&module, self.code, self.block, self.block.labels.get(1)?, true)?;
        let mut edits = self.take(&format!("aws_iam_instance_profile.{}", scaffold.name))?;
        let blocks = scaffold.blocks(&module, self.managed_policies());
        edits.extend(self.code.append(self.block, &blocks)?);
        let title = format!(
            "give `{}` a role and an instance profile of its own, `{}`",
            self.block.address(),
            scaffold.name
        );
        Some(self.impact().unsafe_since(RIGHTS).fix(title, edits))
    }

    /// The one profile that the module has.
    fn with_known(&self) -> Option<Fix> {
        let module = Module::of(self.ailing, self.block.site().file);
        let codes = module.codes("aws_iam_instance_profile");
        let profiles = codes.iter().flat_map(|code| code.of_type("resource", "aws_iam_instance_profile"));
        let profiles: Vec<Block<'_>> = profiles.collect();
        let [profile] = profiles.as_slice() else { return None };
        let edits = self.take(&reference(profile, self.block)?)?;
        let name = profile.labels.get(1)?;
        let title = format!("give `{}` the instance profile `{name}`", self.block.address());
        Some(self.impact().unsafe_since(SHARED).fix(title, edits))
    }

    /// What the service's own agents need on its instances.
    /// <https://docs.aws.amazon.com/batch/latest/userguide/instance_IAM_role.html>
    /// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-instanceprofile.html>
    fn managed_policies(&self) -> &'static [&'static str] {
        match self.type_name {
            "aws_batch_compute_environment" => &["service-role/AmazonEC2ContainerServiceforEC2Role"],
            "aws_elastic_beanstalk_environment" | "aws_elastic_beanstalk_configuration_template" => {
                &["AWSElasticBeanstalkWebTier"]
            }
            _ => &[],
        }
    }

    /// The edits that let the launch take a profile of the module, which is referred to so.
    fn take(&self, profile: &str) -> Option<Vec<Edit>> {
        match self.launch.profile {
            Profile::Setting(option) => {
                let value = format!("{profile}.name");
                let anchor = self.ailing.anchor();
                if !anchor.attribute.is_empty() {
                    return self.block.nested_at("setting", anchor.site)?.set("value", &value);
                }
                let option = format!("\"{option}\"");
                let items = [("namespace", NAMESPACE), ("name", &option), ("value", &value)];
                self.block.change(&[Change::Add("setting", &items)])
            }
            Profile::Paths(paths) => {
                let item = self.place();
                let place = item.as_ref().unwrap_or(self.block);
                // What is written, and empty, is the place to write it.
                let path = paths.iter().find(|path| !place.values(path).is_empty()).or(paths.first())?;
                let attribute = if takes_arn(path) { "arn" } else { "name" };
                let value = format!("{profile}.{attribute}");
                match (&item, self.launch.at) {
                    (Some(item), _) => item.set(path, &value),
                    (None, "") => self.block.set(path, &value),
                    (None, at) => self.block.set(&format!("{at}.{path}"), &value),
                }
            }
            Profile::Nowhere | Profile::Required => None,
        }
    }
}

/// Whether a path takes an ARN: Batch's takes either, and its documentation names the ARN.
fn takes_arn(path: &str) -> bool {
    path.ends_with("arn") || path == "instance_role"
}

/// How one resource of a module refers to another: of instances to the one with its own key. None where that one need not be
/// there, or nothing says which it is.
fn reference(to: &Block<'_>, from: &Block<'_>) -> Option<String> {
    let address = to.address();
    let keys = [("count", "count.index"), ("for_each", "each.key")];
    let Some((argument, key)) = keys.into_iter().find(|(argument, _)| to.has(argument)) else {
        return Some(address);
    };
    let set = to.value(argument)?;
    (from.value(argument) == Some(set)).then(|| format!("{address}[{key}]"))
}

/// The roles of a module that EC2 may assume, by what they say or the document that they name, as a resource refers to them.
fn roles_for_instances(module: &Module<'_>, from: &Block<'_>) -> Vec<Option<String>> {
    const EC2: &str = "ec2.amazonaws.com";
    let codes = module.codes("aws_iam");
    let documents = codes.iter().flat_map(|code| code.of_type("data", "aws_iam_policy_document"));
    let documents: Vec<String> = documents
        .filter(|block| block.text().contains(EC2))
        .map(|block| format!("{}.json", block.address()))
        .collect();
    let is_for_instances = |block: &Block<'_>| {
        let text = block.text();
        text.contains(EC2) || documents.iter().any(|document| text.contains(document))
    };
    let roles =
        codes.iter().flat_map(|code| code.of_type("resource", "aws_iam_role")).filter(is_for_instances);
    let found: BTreeSet<Option<String>> = roles.map(|block| reference(&block, from)).collect();
    found.into_iter().collect()
}
