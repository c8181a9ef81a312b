//! Requires session tokens of the metadata service.

use super::blast::{self, Blast};
use super::template::{READING, Resource, Said, Template, append, each_text, refers, shown, uses};
use crate::catalog::compute::{self, ComputeType, Launch, Metadata};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::doc::{Change, New, Step, child, parts};
use crate::source::Site;
use crate::syntax::doc::{NodeKind, NodeRef, Resolved};

/// Texts that do without session tokens, wherever one of them is the value.
const WITHOUT: [&str; 3] = ["optional", "1", "false"];

/// What Elastic Beanstalk calls the launch configuration among its options.
const NAMESPACE: &str = "aws:autoscaling:launchconfiguration";

const TOKENS: &str = "software that asks for metadata without a token stops getting any";

/// The metric of an account's own instances.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html>
const WATCH: &str = "see that `MetadataNoToken` is 0 in CloudWatch first";

/// <https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html>
const CONTAINERS: &str = "builds of container images need `HttpPutResponseHopLimit: 2` beside it";

pub(super) const COMPUTED: &str = "part of what leads there is computed: write it where that is put together";

/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html>
const BRIDGED: &str = "containers in bridge networks need `HttpPutResponseHopLimit: 2` beside it";

/// What instances that run containers are told, or what image they start from, in lower case.
const OF_CONTAINERS: [&str; 11] = [
    "docker",
    "podman",
    "containerd",
    "nerdctl",
    "ecs_cluster",
    "/etc/ecs/",
    "/aws/service/ecs/",
    "/aws/service/eks/",
    "/etc/eks/",
    "node.eks.aws",
    "kubelet",
];

/// Services that run containers on what is launched from a template.
const RUN_CONTAINERS: [&str; 2] = ["AWS::Batch::ComputeEnvironment", "AWS::EKS::Nodegroup"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Containers {
    May,
    Run,
}

/// Where a launch says it, and the value that requires tokens.
struct Right {
    /// The launches of the resource, as a path; empty: the resource itself.
    at: String,
    path: &'static str,
    below: &'static str,
    /// The option of Elastic Beanstalk that it is.
    option: Option<&'static str>,
    value: New,
}

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let header = ailing.subject.header.site;
    let Some(template) = Template::of(ailing, header) else { return Vec::new() };
    let Some(resource) = template.resource(header) else { return Vec::new() };
    let Some(kind) = compute::find(&resource.type_name) else { return Vec::new() };
    let Some(right) = kind.launches.iter().find_map(|launch| right(launch, launch.at)) else {
        return vec![elsewhere(kind)];
    };
    let plan = Plan { ailing, template: &template, resource: &resource, right: &right };
    let mut fixes: Vec<(Fix, bool)> = Vec::new();
    match ailing.case {
        "older" => return Vec::new(),
        "choosable" => fixes.extend(plan.not_allowed()),
        _ => fixes.extend(plan.literal()),
    }
    if !fixes.iter().any(|(_, is_own)| *is_own) {
        fixes.extend(plan.at_resource().map(|fix| (fix, true)));
    }
    if fixes.is_empty() && right.at.contains('.') {
        return vec![elsewhere(kind)];
    }
    fixes.into_iter().map(|(fix, _)| fix).collect()
}

/// What a launch says itself, else its variants.
fn right(launch: &'static Launch, at: &str) -> Option<Right> {
    let plain = |path, value| Right { at: at.to_owned(), path, below: "", option: None, value };
    Some(match launch.metadata {
        Metadata::Options { tokens, .. } => plain(tokens, New::text("required")),
        Metadata::MinimumVersion(path) => plain(path, New::text("2")),
        Metadata::Disabled(path) => plain(path, New::Word("true")),
        Metadata::DisabledSetting(name) => {
            Right { option: Some(name), ..plain("OptionSettings", New::text("true")) }
        }
        Metadata::InDocument { document, path } => Right { below: path, ..plain(document, New::Word("2")) },
        Metadata::Nowhere | Metadata::OfService => {
            let variant = launch.overrides?;
            return right(variant, &format!("{at}.{}", variant.at));
        }
    })
}

/// Of what cannot say it itself.
fn elsewhere(kind: &ComputeType) -> Fix {
    let note = match kind.launches.iter().any(|launch| launch.template.is_some()) {
        true => {
            "describe the instances in an `AWS::EC2::LaunchTemplate` with `MetadataOptions.HttpTokens: required`, and launch by it"
        }
        false => {
            "nothing in a template decides it for this type: set the account's default, `aws ec2 modify-instance-metadata-defaults --http-tokens required`"
        }
    };
    shown("require session tokens in a launch template", note)
}

struct Plan<'a, 't> {
    ailing: Ailing<'a>,
    template: &'t Template,
    resource: &'t Resource<'t>,
    right: &'t Right,
}

impl Plan<'_, '_> {
    /// The property's name, and how the right value reads.
    fn title(&self) -> String {
        let name = match (self.right.option, self.right.below) {
            (Some(option), _) => option,
            (None, "") => self.right.path,
            (None, below) => below,
        };
        let name = name.rsplit('.').next().unwrap_or(name);
        let value = match &self.right.value {
            New::Text(text) => text.as_str(),
            New::Word(word) => word,
            New::Map(_) | New::List(_) | New::Short { .. } => "",
        };
        format!("require session tokens: set `{name}` to `{value}`")
    }

    fn said(&self, blast: &Blast, is_decided_here: bool) -> Said {
        let mut note = TOKENS.to_owned();
        let type_name = self.resource.type_name.as_str();
        if ["AWS::EC2::", "AWS::AutoScaling::", "AWS::ElasticBeanstalk::"]
            .iter()
            .any(|known| type_name.starts_with(known))
        {
            append(&mut note, WATCH);
        }
        // What is built here is not known.
        let asks_for_more = type_name.starts_with("AWS::ImageBuilder::");
        if asks_for_more {
            append(&mut note, CONTAINERS);
        }
        let containers = if asks_for_more { None } else { self.containers() };
        if containers.is_some() {
            append(&mut note, BRIDGED);
        }
        let handed_on = blast::handed_on(self.template, self.resource);
        if !handed_on.is_empty() {
            append(&mut note, &handed_on);
        }
        if self.is_named() && blast.effect == Effect::Replacement {
            append(
                &mut note,
                "CloudFormation cannot replace what has a name of its own: give it another, or none",
            );
        }
        let is_left_alone = handed_on.is_empty() && containers != Some(Containers::Run);
        let safety = match is_decided_here && !asks_for_more && is_left_alone {
            true => blast.safety(),
            false => Safety::Unsafe,
        };
        Said { title: self.title(), safety, effect: blast.effect, because: blast.because.clone(), note }
    }

    /// Whether containers may be cut off; `None`: nothing says so, or the limit lets them through.
    fn containers(&self) -> Option<Containers> {
        let kind = compute::find(&self.resource.type_name)?;
        let mut launches =
            kind.launches.iter().flat_map(|launch| std::iter::once(launch).chain(launch.overrides));
        let limit = launches.find_map(|launch| match launch.metadata {
            Metadata::Options { hop_limit, .. } => hop_limit,
            Metadata::MinimumVersion(_)
            | Metadata::Disabled(_)
            | Metadata::DisabledSetting(_)
            | Metadata::InDocument { .. }
            | Metadata::Nowhere
            | Metadata::OfService => None,
        })?;
        let inside = match self.right.at.as_str() {
            "" => child(self.resource.step.node, "Properties"),
            _ => self.item(),
        };
        let said = limit.split('.').try_fold(inside?, |step, key| child(step.node, key));
        let hops = said.and_then(|step| step.node.scalar_text()?.parse::<u32>().ok());
        if said.is_some_and(|step| step.node.tag().is_none()) && hops.is_some_and(|hops| hops >= 2) {
            return None;
        }
        let runs = self.template.runs_containers(self.resource);
        Some(if runs { Containers::Run } else { Containers::May })
    }

    fn is_named(&self) -> bool {
        let name = ["LaunchConfigurationName", "Name", "FleetName", "EnvironmentName"];
        name.iter().any(|name| self.resource.property(name).is_some())
    }

    fn blast(&self) -> Blast {
        let path = match self.right.at.as_str() {
            "" => self.right.path.to_owned(),
            at => format!("{at}.{}", self.right.path),
        };
        blast::of(self.template, self.resource, &path)
    }

    /// The literal that does without tokens, where it stands: at the resource, or with what hands it over.
    fn literal(&self) -> Vec<(Fix, bool)> {
        let site = self.ailing.origin();
        let Some(template) = Template::of(self.ailing, site) else { return Vec::new() };
        let Some(way) = template.value_at(site) else { return Vec::new() };
        let Some(step) = way.last().copied() else { return Vec::new() };
        let text = step.node.scalar_text().unwrap_or_default().to_lowercase();
        if !WITHOUT.contains(&text.as_str()) || self.ailing.anchor().attribute.is_empty() {
            return Vec::new();
        }
        if self.resource.holds(site, self.template) {
            let whole = self.fork_of(&way).unwrap_or(step);
            let ways = template.page.put(whole, &self.value_like(step.node));
            let fix = template.fix(ways, self.said(&self.blast(), true));
            return fix.into_iter().map(|fix| (fix, true)).collect();
        }
        let section = way.first().and_then(|step| step.key?.scalar_text()).unwrap_or_default();
        let fix = match &*section {
            "Parameters" => self.parameter(&template, &way),
            "Mappings" => {
                let mut said = self.said(&self.blast(), false);
                append(&mut said.note, "whatever else looks the value up changes with it");
                template.fix(template.page.put(step, &self.value_like(step.node)), said)
            }
            _ => None,
        };
        fix.into_iter().map(|fix| (fix, false)).collect()
    }

    /// The choice that the literal is a branch of, where all other branches are right.
    fn fork_of<'s>(&self, way: &[Step<'s>]) -> Option<Step<'s>> {
        let (literal, around) = way.split_last()?;
        let name = self.right.path.rsplit('.').next()?;
        let whole = *around.iter().find(|step| step.key.is_some() && step.name() == name)?;
        let branches = (READING.forks)(whole.node)?;
        let is_right = |step: &Step<'_>| {
            let text = step.node.scalar_text().unwrap_or_default();
            step.node.tag().is_none() && matches!(&self.right.value, New::Text(right) if *right == *text)
        };
        branches.iter().all(|step| step.node.id() == literal.node.id() || is_right(step)).then_some(whole)
    }

    /// The right value, as a word where the old one is.
    fn value_like(&self, old: NodeRef<'_>) -> New {
        let word = old.resolve().is_some_and(|read| matches!(read, Resolved::Bool(_)));
        match &self.right.value {
            New::Text(text) if word && text == "true" => New::Word("true"),
            other => other.clone(),
        }
    }

    /// The default of a parameter, which must not allow the old value any more.
    fn parameter(&self, template: &Template, way: &[Step<'_>]) -> Option<Fix> {
        let [_, parameter, default, ..] = way else { return None };
        let name = parameter.key?.scalar_text()?;
        let mut said = self.said(&self.blast(), false);
        said.title = format!("require session tokens by the default of parameter `{name}`");
        append(
            &mut said.note,
            "a stack that is there keeps the value that it was given: give it the new one with the next update",
        );
        let put = template.page.put(*default, &self.value_like(default.node)).into_iter().next()?;
        let ways = match self.bad_item(*parameter) {
            None => vec![put],
            Some(item) => {
                template.page.remove(item).into_iter().map(|change| change.and(put.clone())).collect()
            }
        };
        template.fix(ways, said)
    }

    fn bad_item<'t>(&self, parameter: Step<'t>) -> Option<Step<'t>> {
        let allowed = child(parameter.node, "AllowedValues")?;
        let bad = |step: &Step<'_>| {
            let text = step.node.scalar_text().unwrap_or_default().to_lowercase();
            WITHOUT.contains(&text.as_str())
        };
        parts(allowed.node).into_iter().find(bad)
    }

    /// The value that a parameter must not allow.
    fn not_allowed(&self) -> Vec<(Fix, bool)> {
        let Some(name) = self.ailing.subject.words.get("parameter") else { return Vec::new() };
        let Some([_, parameter]) = self.template.entry_of("Parameters", name) else { return Vec::new() };
        let Some(item) = self.bad_item(parameter) else { return Vec::new() };
        let said = Said {
            title: format!("allow only session tokens by parameter `{name}`"),
            safety: Safety::Unsafe,
            effect: Effect::None,
            because:
                "what a parameter allows is asked when a stack is deployed, and changes nothing by itself"
                    .to_owned(),
            note: "a stack that was given the other value is not updated until it is given this one"
                .to_owned(),
        };
        self.template.fix(self.template.page.remove(item), said).map(|fix| (fix, false)).into_iter().collect()
    }

    /// The value where the resource says it, or is to say it.
    fn at_resource(&self) -> Option<Fix> {
        let is_certain = !matches!(self.ailing.case, "optional" | "choosable" | "open" | "endpoint");
        let mut said = self.said(&self.blast(), is_certain);
        if self.ailing.case == "choosable" || self.ailing.case == "optional" {
            said.title = format!("{}, whatever is handed over", said.title);
        }
        if let Some(option) = self.right.option {
            return self.option(option, said);
        }
        let item = self.item()?;
        let path: Vec<&str> = match self.right.at.as_str() {
            "" => ["Properties"].into_iter().chain(self.steps()).collect(),
            _ => self.steps().collect(),
        };
        match self.template.set(item, &path, &self.right.value) {
            Some(ways) => self.template.fix(ways, said),
            None => Some(shown(&self.title(), COMPUTED)),
        }
    }

    fn steps(&self) -> impl Iterator<Item = &'static str> {
        self.right.path.split('.').chain(self.right.below.split('.')).filter(|key| !key.is_empty())
    }

    /// The launch that the finding is about.
    fn item(&self) -> Option<Step<'_>> {
        self.pick(&self.resource.items(&self.right.at))
    }

    fn pick<'s>(&self, items: &[Step<'s>]) -> Option<Step<'s>> {
        let site: Site = self.ailing.subject.header.site;
        match items {
            [only] => Some(*only),
            several => several.iter().find(|step| step.node.span().contains(site.span)).copied(),
        }
    }

    /// An option of Elastic Beanstalk: another value where it is said, else one more option.
    fn option(&self, name: &str, said: Said) -> Option<Fix> {
        let is_it = |step: &Step<'_>| {
            let says = |key: &str, text: &str| {
                child(step.node, key)
                    .and_then(|step| step.node.scalar_text())
                    .is_some_and(|found| found == text)
            };
            says("Namespace", NAMESPACE) && says("OptionName", name)
        };
        if let Some(option) = self.resource.items("OptionSettings").into_iter().find(is_it) {
            let ways = self.template.set(option, &["Value"], &self.right.value)?;
            return self.template.fix(ways, said);
        }
        match add_option(self.template, self.resource, &option(name, self.right.value.clone())) {
            Some(ways) => self.template.fix(ways, said),
            None => Some(shown(&said.title, COMPUTED)),
        }
    }
}

impl Template {
    /// Whether something says that containers run on what is launched here.
    fn runs_containers(&self, resource: &Resource<'_>) -> bool {
        let speaks = |node: NodeRef<'_>| {
            let mut found = false;
            each_text(node, &mut |node| {
                let text = node.scalar_text().unwrap_or_default().to_lowercase();
                found |= OF_CONTAINERS.iter().any(|word| text.contains(word));
            });
            found
        };
        // By what is handed over as well.
        let handed = self.section("Parameters").map(|section| parts(section.node)).unwrap_or_default();
        let is_handed = |parameter: &Step<'_>| {
            let name = parameter.name();
            let braced = format!("${{{name}}}");
            uses(resource.step.node, &|function, text| match function {
                "Ref" => *text == *name,
                "Sub" => text.contains(&braced),
                _ => false,
            })
        };
        let id = resource.step.name();
        speaks(resource.step.node)
            || handed.iter().any(|parameter| is_handed(parameter) && speaks(parameter.node))
            || self.mentions(&id) > 0
                && self.all_resources().iter().any(|(user, type_name)| {
                    refers(user.node, &id)
                        && (RUN_CONTAINERS.contains(&type_name.as_str()) || speaks(user.node))
                })
    }
}

/// An option of Elastic Beanstalk's launch configuration.
pub(super) fn option(name: &str, value: New) -> New {
    New::map([("Namespace", New::text(NAMESPACE)), ("OptionName", New::text(name)), ("Value", value)])
}

/// One more option of Elastic Beanstalk; `None` where they are computed.
pub(super) fn add_option(template: &Template, resource: &Resource<'_>, option: &New) -> Option<Vec<Change>> {
    match resource.property("OptionSettings") {
        Some(list) if matches!(list.node.kind(), NodeKind::Sequence(_)) && list.node.tag().is_none() => {
            Some(template.page.append(list.node, Some(list.parent), option))
        }
        Some(_) => None,
        None => {
            template.set(resource.step, &["Properties", "OptionSettings"], &New::List(vec![option.clone()]))
        }
    }
}
