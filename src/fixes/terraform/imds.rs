//! Requires session tokens of the metadata service.

use super::super::Ailing;
use super::super::credentials::{Need, provider_for};
use super::super::hcl::{Block, Change, Code};
use super::caution;
use super::effect::{Impact, shown};
use super::module::Module;
use super::site::{self, Takers};
use crate::catalog::change::{Part, metadata_options_since};
use crate::catalog::compute::{self, ComputeType, Launch, Metadata, UPDATES_DEFAULT};
use crate::findings::{Edit, Effect, Fix, Safety};
use crate::source::{Site, Span};

/// Values that do without session tokens, with those that require them.
const RIGHT: [(&str, &str); 3] = [("optional", "required"), ("1", "2"), ("false", "true")];

/// What Elastic Beanstalk calls the launch configuration among its options.
const NAMESPACE: &str = "\"aws:autoscaling:launchconfiguration\"";

const TOKENS: &str = "software that asks for metadata without a token stops getting any";

/// A metric of EC2, by instance: of those that run in the account for more than a build.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html>
const WATCH: &str = "see that `MetadataNoToken` is 0 in CloudWatch";

/// Types whose instances nobody sees in CloudWatch: notebooks run in SageMaker's account, instances of Image Builder for one
/// build, and a security configuration of EMR is for clusters to come.
const UNSEEN: [&str; 3] = [
    "aws_sagemaker_notebook_instance",
    "aws_imagebuilder_infrastructure_configuration",
    "aws_emr_security_configuration",
];

const HOPS: &str =
    "containers in bridge networks get no token where `http_put_response_hop_limit` is 1, the default";

const HOSTS: &str = "containers seem to run here: see whether they need a hop limit of 2";

const EXCEPTED: &str = "somebody has excepted this in a comment, which comes to nothing with it";

/// Where a type says it, and the value that requires tokens.
struct Right {
    path: &'static str,
    value: &'static str,
    /// The switch of the whole service beside it.
    endpoint: Option<&'static str>,
    /// Tokens are only sent beside it.
    needs_endpoint: bool,
    /// How far tokens reach.
    hops: Option<&'static str>,
    /// Below `path`, in a JSON document.
    below: Option<&'static str>,
    /// The option of Elastic Beanstalk.
    option: Option<&'static str>,
}

fn right(launch: &Launch) -> Option<Right> {
    let plain = |path, value| Right {
        path,
        value,
        endpoint: None,
        needs_endpoint: false,
        hops: None,
        below: None,
        option: None,
    };
    match launch.metadata {
        Metadata::Options { endpoint, tokens, hop_limit, needs_endpoint, .. } => {
            Some(Right { endpoint, needs_endpoint, hops: hop_limit, ..plain(tokens, "\"required\"") })
        }
        Metadata::MinimumVersion(path) => Some(plain(path, "\"2\"")),
        Metadata::Disabled(path) => Some(plain(path, "true")),
        Metadata::DisabledSetting(name) => Some(Right { option: Some(name), ..plain("setting", "\"true\"") }),
        Metadata::InDocument { document, path } => Some(Right { below: Some(path), ..plain(document, "2") }),
        Metadata::Nowhere | Metadata::OfService => None,
    }
}

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let type_name = ailing.subject.words.get("type").map_or("", |name| &**name);
    // In other providers what is written here would be something else.
    let Some(kind) = compute::find(type_name).filter(|_| compute::is_of_aws(type_name)) else {
        return Vec::new();
    };
    let Some(right) = kind.launches.iter().find_map(right) else {
        return vec![elsewhere(kind, ailing.case == "open")];
    };
    let header = ailing.subject.header.site;
    let code = site::code(ailing, header);
    let block = code.as_ref().and_then(|code| code.block_at(header));
    let block = block.filter(|block| block.is("resource", type_name));
    let Some(impact) = Impact::of(ailing, type_name, Part::MetadataOptions) else { return Vec::new() };
    let mut impact = impact.unless_ignored(ailing, &[right.path.to_owned()]).note(watch(type_name));
    let own = code.as_ref().zip(block.as_ref());
    if let Some(limit) = right.hops
        && !own.is_some_and(|(code, block)| caution::is_reachable(code, block, limit))
    {
        impact = impact.note(HOPS);
        if own.is_some_and(|(code, block)| caution::hosts_containers(ailing, code, block)) {
            impact = impact.unsafe_since(HOSTS);
        }
    }
    let written = (!ailing.anchor().attribute.is_empty()).then(|| ailing.origin());
    if caution::is_excepted(ailing, written, block.as_ref()) {
        impact = impact.unsafe_since(EXCEPTED);
    }
    if let Some(why) = block.as_ref().and_then(|block| is_too_old(ailing, type_name, &right, block)) {
        return vec![shown("require session tokens", why)];
    }
    let plan = Plan { ailing, right, impact, header };
    if ailing.case == "older" {
        return block.and_then(|block| plan.newest(&block)).into_iter().collect();
    }
    let literal = plan.literal();
    if literal.as_ref().is_some_and(|(_, is_whole)| *is_whole) {
        return literal.map(|(fix, _)| fix).into_iter().collect();
    }
    let own = match (&code, &block) {
        (Some(code), Some(block)) => plan.at_resource(code, block),
        (_, _) => None,
    };
    literal.map(|(fix, _)| fix).or(own).map_or_else(|| vec![plan.by_hand(block.is_some())], |fix| vec![fix])
}

/// Why the provider knows no such block, where an older one runs. What is written already it knows.
fn is_too_old(ailing: Ailing<'_>, type_name: &str, right: &Right, block: &Block<'_>) -> Option<String> {
    let since = metadata_options_since(type_name)?;
    let parent = right.path.split_once('.').map_or("", |(parent, _)| parent);
    if ailing.case == "older" || block.has(parent) {
        return None;
    }
    let modules = ailing.modules();
    let folder = modules.of_file(&ailing.sources.get(block.site().file))?;
    match provider_for(modules, folder, "aws", since) {
        Need::Unmet(why) => Some(format!("`{parent}` {why}")),
        Need::Nothing | Need::Said(_) => None,
    }
}

/// What to see to before.
fn watch(type_name: &str) -> String {
    if UNSEEN.contains(&type_name) { TOKENS.to_owned() } else { format!("{TOKENS}: {WATCH}") }
}

/// Of what cannot say it itself.
fn elsewhere(kind: &ComputeType, is_open: bool) -> Fix {
    if is_open {
        let note = "the launch template or configuration that decides is not here: set `http_tokens = \"required\"` there";
        return shown("require session tokens in the launch template", note);
    }
    let title = match kind.type_name {
        "aws_spot_instance_request" => "launch a spot instance that requires session tokens",
        "aws_emr_cluster" => "require session tokens in a security configuration",
        _ => "require session tokens in a launch template",
    };
    let note = if kind.type_name == "aws_spot_instance_request" {
        "the provider sends neither `metadata_options` nor `launch_template` of a spot request: use an `aws_instance` with \
         `instance_market_options { market_type = \"spot\" }` and `metadata_options { http_tokens = \"required\" }`"
    } else if kind.launches.iter().any(|launch| launch.template.is_some()) {
        "describe the instances in an `aws_launch_template` with `metadata_options { http_tokens = \"required\" }`, and \
         launch by it"
    } else if kind.launches.iter().any(|launch| launch.configuration.is_some()) {
        "name an `aws_emr_security_configuration` whose `configuration` holds `InstanceMetadataServiceConfiguration` with \
         `MinimumInstanceMetadataServiceVersion` 2"
    } else {
        "nothing here decides it for this type: set the account's default, `aws_ec2_instance_metadata_defaults`"
    };
    shown(title, note)
}

struct Plan<'a> {
    ailing: Ailing<'a>,
    right: Right,
    impact: Impact,
    header: Site,
}

impl Plan<'_> {
    fn title(&self) -> String {
        let Right { path, value, below, option, .. } = &self.right;
        let name = option.or(*below).unwrap_or(path);
        let name = name.rsplit('.').next().unwrap_or(name);
        format!("require session tokens: set `{name}` to `{}`", value.trim_matches('"'))
    }

    /// The literal that does without tokens, where it stands; and whether it is all of an expression.
    fn literal(&self) -> Option<(Fix, bool)> {
        let Self { ailing, .. } = self;
        if self.ailing.anchor().attribute.is_empty() || ailing.case == "open" {
            return None;
        }
        let literal = ailing.origin();
        let code = site::code(*ailing, literal)?;
        let text = code.slice(literal.span);
        let (_, right) = RIGHT.iter().find(|(wrong, _)| text.eq_ignore_ascii_case(wrong))?;
        let block = code.block_at(literal);
        // One of several in the resource's own expression: what the expression comes to depends on more.
        let own = block.as_ref().and_then(|block| own_block(block, self.header));
        if let Some(own) = own {
            let values = match self.right.option {
                Some(_) => own.nested_at("setting", literal).map(|setting| setting.values("value")),
                None => Some(own.values(self.right.path)),
            };
            if values
                .unwrap_or_default()
                .into_iter()
                .any(|value| value.contains(literal.span) && !is_whole(&code, value, literal.span))
            {
                return None;
            }
        }
        let mut impact = self.impact.clone();
        if site::takers(*ailing, &code, literal, self.header) == Takers::Others {
            impact = impact.unsafe_since("the value is taken from there by others too");
        }
        if block.is_none() {
            impact = impact.unsafe_since("other values may be given for other environments");
        }
        let edits = self.with_endpoint(vec![code.replace(literal.span, *right)]);
        let elsewhere = block.filter(|block| own_block(block, self.header).is_none());
        let title = match elsewhere.and_then(|block| site::name(&block, literal)) {
            Some(name) => format!("require session tokens: let {name} be `{right}`"),
            None => self.title(),
        };
        Some((impact.fix(title, edits), true))
    }

    /// A launch configuration is sent its tokens only where its endpoint is said to be on
    /// (`autoscaling/launch_configuration.go`, `expandInstanceMetadataOptions`).
    fn with_endpoint(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let Some(path) = self.right.endpoint.filter(|_| self.right.needs_endpoint) else { return edits };
        let more = || {
            let code = site::code(self.ailing, self.header)?;
            let block = code.block_at(self.header).filter(|block| block.values(path).is_empty())?;
            block.set(path, "\"enabled\"")
        };
        let mut edits = edits;
        edits.extend(more().unwrap_or_default());
        edits
    }

    /// The right value, written at the resource.
    fn at_resource(&self, code: &Code, block: &Block<'_>) -> Option<Fix> {
        if let Some(option) = self.right.option {
            return self.as_option(block, option);
        }
        if let Some(below) = self.right.below {
            return self.in_document(block, below);
        }
        let Right { path, value, endpoint, needs_endpoint, .. } = self.right;
        let known = block.values(path);
        let mut impact = self.impact.clone();
        if let [known] = known.as_slice()
            && let Some(fix) = self.in_variable(code.slice(*known))
        {
            return Some(fix);
        }
        let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
        let decided: Vec<&str> =
            known.iter().map(|known| code.slice(*known)).filter(|text| *text != "null").collect();
        // What is said of the value comes to nothing, and so it may stay: there is a value then.
        let is_unset = self.ailing.code() == "IMDS02" && self.ailing.case != "open";
        let is_unsent = endpoint.is_some_and(|endpoint| needs_endpoint && block.values(endpoint).is_empty());
        let mut value = value.to_owned();
        if let [decided] = decided.as_slice() {
            if is_unset && block.is_dynamic(parent) {
                return None;
            }
            if is_unset && is_unsent {
                // It may well be right: nobody has sent it so far.
                value = (*decided).to_owned();
            } else if is_unset && !code.is_json() && !decided.contains('\n') {
                value = format!("coalesce({decided}, {value})");
            } else {
                impact = impact.unsafe_since("what decided the value so far decides nothing any more");
            }
        }
        if self.ailing.case == "open" && known.is_empty() {
            impact =
                impact.unsafe_since("the launch template may say so already: it is not here to be looked at");
        }
        let mut changes = Vec::new();
        let is_new = !block.has(parent);
        if let Some(endpoint) = endpoint
            && (is_new || needs_endpoint)
            && block.values(endpoint).is_empty()
        {
            changes.push(Change::Set(endpoint, "\"enabled\""));
        }
        changes.push(Change::Set(path, &value));
        let edits = block.change(&changes).filter(|edits| !edits.is_empty())?;
        let title = if is_unset && is_unsent && value != self.right.value || decided == [self.right.value] {
            "require session tokens: set `http_endpoint` to `enabled`, without which `http_tokens` is not sent".to_owned()
        } else {
            self.title()
        };
        Some(impact.fix(title, edits))
    }

    /// A variable whose default is `null`, which says nothing.
    fn in_variable(&self, expression: &str) -> Option<Fix> {
        let bare = expression.trim_matches('"').trim_start_matches("${").trim_end_matches('}');
        let name = bare.strip_prefix("var.")?;
        if !name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-')) {
            return None;
        }
        let module = Module::of(self.ailing, self.header.file);
        let codes = module.codes(name);
        let mut found = codes.iter().flat_map(|code| code.of_type("variable", name));
        let variable = found.next()?;
        self.ailing.file(variable.site().file)?;
        if variable.value("default")? != "null" {
            return None;
        }
        let edits = variable.set("default", self.right.value).filter(|edits| !edits.is_empty())?;
        let edits = self.with_endpoint(edits);
        let mut impact = self.impact.clone();
        if site::takers_of(self.ailing, &variable, self.header) == Takers::Others {
            impact = impact.unsafe_since("the variable is taken by others too");
        }
        Some(impact.fix(
            format!(
                "require session tokens: let the default of `var.{name}` be `{}`",
                self.right.value.trim_matches('"')
            ),
            edits,
        ))
    }

    /// An option of Elastic Beanstalk, which is a block of its own.
    fn as_option(&self, block: &Block<'_>, option: &str) -> Option<Fix> {
        let anchor = self.ailing.anchor();
        if !anchor.attribute.is_empty() {
            let setting = block.nested_at("setting", anchor.site)?;
            let edits = setting.set("value", self.right.value).filter(|edits| !edits.is_empty())?;
            let impact =
                self.impact.clone().unsafe_since("what decided the value so far decides nothing any more");
            return Some(impact.fix(self.title(), edits));
        }
        let name = format!("\"{option}\"");
        let items = [("namespace", NAMESPACE), ("name", &name), ("value", self.right.value)];
        let edits = block.change(&[Change::Add("setting", &items)])?;
        Some(self.impact.clone().fix(self.title(), edits))
    }

    /// A value of a JSON document that is written with `jsonencode` or as a text.
    fn in_document(&self, block: &Block<'_>, below: &str) -> Option<Fix> {
        let path = format!("{}.{below}", self.right.path);
        let edits = block.set(&path, self.right.value).filter(|edits| !edits.is_empty())?;
        Some(self.impact.clone().fix(self.title(), edits))
    }

    /// The template's newest version as its default.
    fn newest(&self, user: &Block<'_>) -> Option<Fix> {
        const IDS: [&str; 4] = [
            "launch_template.id",
            "launch_template.name",
            "launch_template.launch_template_id",
            "launch_template.launch_template_name",
        ];
        let reference = IDS.iter().find_map(|path| user.value(path))?;
        let name = reference.split_once("aws_launch_template.")?.1;
        let name = name.split(['.', '[', '}', '"']).next()?;
        let codes = Module::of(self.ailing, self.header.file).codes("aws_launch_template");
        let template = codes.iter().flat_map(|code| code.of_type("resource", "aws_launch_template"));
        let template =
            template.into_iter().find(|block| block.labels.get(1).is_some_and(|label| label == name))?;
        self.ailing.file(template.site().file)?;
        let edits = template.set(UPDATES_DEFAULT, "true").filter(|edits| !edits.is_empty())?;
        let mut impact = Impact {
            safety: Safety::Unsafe,
            effect: Effect::InPlace,
            because: "each change of the template becomes the version that is launched by default".to_owned(),
            notes: vec!["whatever launches the default version gets all that has changed since".to_owned()],
        };
        impact.add_users(self.ailing, template.site(), true);
        Some(impact.fix("launch the newest version: set `update_default_version` to `true`", edits))
    }

    fn by_hand(&self, is_own: bool) -> Fix {
        let Right { path, value, below, option, .. } = &self.right;
        let value = value.trim_matches('"');
        let what = match (option, below) {
            (Some(option), _) => format!("the option `{option}` to `{value}`"),
            (None, Some(below)) => format!("`{below}` to `{value}` in `{path}`"),
            (None, None) => format!("`{path}` to `{value}`"),
        };
        let note = if is_own {
            format!("set {what} where that is put together")
        } else {
            format!(
                "this code is not to be edited here: set {what} in what it is made of, or by an input of the module"
            )
        };
        shown("require session tokens", note)
    }
}

/// A block, if it is the one that a header is of.
fn own_block<'b, 'c>(block: &'b Block<'c>, header: Site) -> Option<&'b Block<'c>> {
    let site = block.site();
    (site.file == header.file && site.span.contains(header.span)).then_some(block)
}

/// Whether a literal is all of an expression, but for quotes.
fn is_whole(code: &Code, value: Span, literal: Span) -> bool {
    code.slice(value).trim_matches('"') == code.slice(literal)
}
