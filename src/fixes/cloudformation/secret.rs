//! Secrets that AWS keeps, and marks for those that are handed over.

use super::blast::{self, Blast};
use super::template::{READING, Resource, Said, Template, append, reference, refers, shown};
use crate::catalog::{self, updates};
use crate::findings::{Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::doc::{Change, New, Step, child};
use crate::secrets;
use crate::source::Site;
use crate::syntax::doc::{NodeKind, NodeRef};

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>
const NO_ECHO: &str = "`NoEcho` hides the value from whoever looks at the stack, but not in `Outputs`, `Metadata`, or where a \
                       resource keeps it; it is no store for secrets";

const IN_HISTORY: &str =
    "the old value stays in the history of the repository: change it wherever it is used";

/// Marks a parameter, or takes an output away that shows one.
pub(super) fn mark(ailing: Ailing<'_>) -> Vec<Fix> {
    let site = ailing.subject.header.site;
    let Some(template) = Template::of(ailing, site) else { return Vec::new() };
    let Some(way) = template.entry_named_at(site) else { return Vec::new() };
    let (Some(section), Some(step)) = (way.first(), way.last().copied()) else { return Vec::new() };
    let name = step.name();
    let fix = match ailing.case {
        "parameter" => {
            let said = Said {
                title: format!("mark parameter `{name}` with `NoEcho: true`"),
                safety: Safety::Safe,
                effect: crate::findings::Effect::None,
                because: "no resource changes by it".to_owned(),
                note: NO_ECHO.to_owned(),
            };
            template.set(step, &["NoEcho"], &New::Word("true")).and_then(|ways| template.fix(ways, said))
        }
        "stack-output" => {
            let said = Said {
                title: format!("drop output `{name}`"),
                safety: Safety::Unsafe,
                effect: crate::findings::Effect::None,
                because: "no resource changes by it".to_owned(),
                note: "who reads the output, or imports it into another stack, has to read the secret from Secrets Manager first"
                    .to_owned(),
            };
            let ways = template.page.remove(step);
            let ways = if ways.is_empty() { template.page.remove(*section) } else { ways };
            template.fix(ways, said)
        }
        _ => None,
    };
    fix.into_iter().collect()
}

/// Has AWS keep a secret that the template holds or hands on.
pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let anchor = ailing.anchor();
    let used = anchor.chain.last().map_or(anchor.site, |spot| spot.site);
    let mut fixes = Vec::new();
    if let Some(template) = Template::of(ailing, used)
        && let Some(resource) = template.resource(used)
    {
        fixes.extend(at_resource(ailing, &template, &resource, used));
    }
    if let Some(fix) = without_default(ailing) {
        fixes.push(fix);
    }
    fixes
}

fn at_resource(ailing: Ailing<'_>, template: &Template, resource: &Resource<'_>, used: Site) -> Option<Fix> {
    let attribute = ailing.anchor().attribute.as_str();
    let inputs = catalog::sensitive(&resource.type_name).iter();
    let input = inputs.filter(|input| {
        attribute == input.path
            || attribute.strip_prefix(input.path).is_some_and(|rest| rest.starts_with('.'))
    });
    let input = input.max_by_key(|input| input.path.len())?;
    let step = resource.property(input.path).filter(|step| holds(*step, used));
    let instead = input.instead.first().copied();
    match (instead, step) {
        (Some(instead), Some(step)) if instead.starts_with("Manage") => {
            managed(ailing, template, resource, (step, instead))
        }
        (Some("GenerateSecretString"), Some(step)) => generated(ailing, template, resource, step),
        (_, _) => {
            let name = input.path.rsplit('.').next().unwrap_or(input.path);
            Some(shown(
                &format!("take `{name}` from Secrets Manager"),
                &format!(
                    "make a secret outside of the template and write `{{{{resolve:secretsmanager:NAME:SecretString:KEY}}}}` as `{name}`; {IN_HISTORY}"
                ),
            ))
        }
    }
}

fn holds(step: Step<'_>, site: Site) -> bool {
    let key = step.key.map_or(step.node.span(), NodeRef::span);
    key.to(step.node.full_span()).contains(site.span)
}

/// A password that the service makes and keeps.
fn managed(
    ailing: Ailing<'_>,
    template: &Template,
    resource: &Resource<'_>,
    (step, instead): (Step<'_>, &str),
) -> Option<Fix> {
    let old = step.name();
    if let Some(why) = not_managed(template, resource) {
        return Some(shown(
            &format!("take `{old}` from Secrets Manager"),
            &format!(
                "the service does not keep the password itself where {why}: make a secret outside of the template and write \
                 `{{{{resolve:secretsmanager:NAME:SecretString:KEY}}}}` as `{old}`; {IN_HISTORY}"
            ),
        ));
    }
    let is_said = child(step.parent, instead).is_some();
    if (READING.forks)(step.node).is_some() || is_said {
        return Some(shown(
            &format!("let AWS keep the password: `{instead}: true`"),
            &format!(
                "branches of the template say it in different ways: write `{instead}: true` in place of `{old}`"
            ),
        ));
    }
    let renamed = template.page.rename(step, (instead, &New::Word("true")));
    let mut note = format!(
        "AWS makes a new password and keeps it in Secrets Manager: whatever connects with the old one has to read it from there{}",
        arn(&resource.type_name)
    );
    match resource.type_name.as_str() {
        "AWS::RDS::DBInstance" if !begins(resource, "Engine", "sqlserver") => {
            append(&mut note, "RDS makes neither read replicas nor blue/green deployments of it then");
        }
        "AWS::RDS::DBCluster" => append(&mut note, "RDS makes no blue/green deployments of it then"),
        _ => {}
    }
    let parameter = reference(step.node).filter(|name| template.entry_of("Parameters", name).is_some());
    // Of a nested stack its parent hands it over.
    let is_nested = ailing.subject.addresses.iter().any(|address| address.contains('/'));
    let ways = match &parameter {
        Some(name) if !is_nested && template.mentions(name) == 1 && !template.is_listed(name) => {
            append(
                &mut note,
                &format!("parameter `{name}` goes with it: who deploys does not give it any more"),
            );
            let gone = drop_parameter(template, name)?;
            renamed.into_iter().map(|way| way.and(gone.clone())).collect()
        }
        Some(name) => {
            append(&mut note, &format!("parameter `{name}` stays, since something else names it"));
            renamed
        }
        None => renamed,
    };
    if ailing.code() != "SEC08" {
        append(&mut note, IN_HISTORY);
    }
    let Blast { effect, because } = blast::of(template, resource, instead);
    let title = format!("let AWS keep the password: `{instead}: true` in place of `{old}`");
    template.fix(ways, Said { title, safety: Safety::Unsafe, effect, because, note })
}

/// Why the service does not make and keep the password of this one.
fn not_managed(template: &Template, resource: &Resource<'_>) -> Option<String> {
    let limits = updates::kept_limits(&resource.type_name)?;
    for (property, start) in limits.not_with {
        let is_said = match *start {
            "" => resource.property(property).is_some_and(|step| !(READING.holes)(step.node)),
            start => begins(resource, property, start),
        };
        if is_said {
            return Some(format!("`{property}` is set as here"));
        }
    }
    if begins(resource, "Engine", "sqlserver") {
        return None;
    }
    let id = resource.step.name();
    let own = resource.property(limits.identifier).map(|step| step.node);
    let names = |value: NodeRef<'_>| refers(value, &id) || own.is_some_and(|own| is_same_text(own, value));
    template.all_resources().into_iter().find_map(|(other, _)| {
        let properties = child(other.node, "Properties")?;
        let source = limits.named_by.iter().find_map(|name| child(properties.node, name))?;
        let is_other = other.node.id() != resource.step.node.id();
        (is_other && names(source.node))
            .then(|| format!("`{}` is made from it by `{}`", other.name(), source.name()))
    })
}

fn begins(resource: &Resource<'_>, property: &str, start: &str) -> bool {
    let text = resource.property(property).and_then(|step| step.node.scalar_text());
    text.is_some_and(|text| text.to_lowercase().starts_with(start))
}

fn is_same_text(a: NodeRef<'_>, b: NodeRef<'_>) -> bool {
    a.tag() == b.tag()
        && a.scalar_text().is_some_and(|text| b.scalar_text().is_some_and(|other| text == other))
}

/// Where the ARN of the secret is to be had.
fn arn(type_name: &str) -> &'static str {
    match type_name {
        "AWS::RDS::DBInstance" | "AWS::RDS::DBCluster" => " (`Fn::GetAtt` of `MasterUserSecret.SecretArn`)",
        "AWS::Redshift::Cluster" => " (`Fn::GetAtt` of `MasterPasswordSecretArn`)",
        "AWS::RedshiftServerless::Namespace" => " (`Fn::GetAtt` of `Namespace.AdminPasswordSecretArn`)",
        _ => "",
    }
}

/// A parameter, with its section where it is the only one.
fn drop_parameter(template: &Template, name: &str) -> Option<Change> {
    let [section, parameter] = template.entry_of("Parameters", name)?;
    let ways = template.page.remove(parameter);
    let ways = if ways.is_empty() { template.page.remove(section) } else { ways };
    ways.into_iter().next()
}

/// A secret that Secrets Manager makes.
fn generated(
    ailing: Ailing<'_>,
    template: &Template,
    resource: &Resource<'_>,
    step: Step<'_>,
) -> Option<Fix> {
    let title = "let Secrets Manager make the secret: `GenerateSecretString` in place of `SecretString`";
    let is_literal = matches!(step.node.kind(), NodeKind::Scalar(..)) && step.node.tag().is_none();
    let form = if is_literal { form_of(&step.node.scalar_text()?) } else { None };
    if child(step.parent, "GenerateSecretString").is_some() || is_literal && form.is_none() {
        return Some(shown(
            title,
            "a document of several secrets is not made at once: make one secret of each",
        ));
    }
    if !is_literal && reference(step.node).is_none() {
        return Some(shown(
            title,
            "the value is put together of several parts: name the one that is to be made by `GenerateStringKey`",
        ));
    }
    let value = form.unwrap_or_else(|| New::map([("PasswordLength", New::Word("32"))]));
    let Blast { effect, because } = blast::of(template, resource, "GenerateSecretString");
    let mut note = "another value takes the place of this one: only where nobody outside decides what it is, as for the \
                    token of another service; whatever uses it has to read it from Secrets Manager"
        .to_owned();
    if ailing.code() != "SEC08" {
        append(&mut note, IN_HISTORY);
    }
    let said = Said { title: title.to_owned(), safety: Safety::Unsafe, effect, because, note };
    template.fix(template.page.rename(step, ("GenerateSecretString", &value)), said)
}

/// How Secrets Manager makes a secret of the same form: a text, or a document with one secret field beside others that only
/// describe it.
fn form_of(text: &str) -> Option<New> {
    let plain = || New::map([("PasswordLength", New::Word("32"))]);
    if !text.trim_start().starts_with(['{', '[']) {
        return Some(plain());
    }
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let (secret, rest): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, _)| secrets::says_secret(name));
    let [(name, _)] = secret.as_slice() else { return None };
    let describes = |(name, value): &(String, serde_json::Value)| {
        !value.is_object()
            && !value.is_array()
            && (secrets::only_describes(name) || DESCRIBES.contains(&name.as_str()))
    };
    if !rest.iter().all(describes) {
        return None;
    }
    let rest: serde_json::Map<String, serde_json::Value> = rest.into_iter().collect();
    Some(New::map([
        ("SecretStringTemplate", New::text(serde_json::Value::Object(rest).to_string())),
        ("GenerateStringKey", New::text(name.clone())),
        ("PasswordLength", New::Word("32")),
    ]))
}

/// What stands beside the password of a database in its secret.
/// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html>
const DESCRIBES: [&str; 8] =
    ["username", "user", "engine", "host", "port", "dbname", "dbInstanceIdentifier", "dbClusterIdentifier"];

/// A parameter without the secret that is its default: who deploys gives it.
fn without_default(ailing: Ailing<'_>) -> Option<Fix> {
    let site = ailing.origin();
    let template = Template::of(ailing, site)?;
    let way = template.value_at(site)?;
    let [section, parameter, default] = way.as_slice() else { return None };
    let is = |step: &Step<'_>, name: &str| step.name() == name;
    if !is(section, "Parameters") || !is(default, "Default") {
        return None;
    }
    let name = parameter.name();
    let is_marked = child(parameter.node, "NoEcho").is_some();
    let ways = match is_marked {
        true => template.page.remove(*default),
        false => template.page.rename(*default, ("NoEcho", &New::Word("true"))),
    };
    let mut note = format!("who deploys gives `{name}` from then on; {NO_ECHO}");
    append(&mut note, IN_HISTORY);
    let said = Said {
        title: format!("drop the default of parameter `{name}`"),
        safety: Safety::Unsafe,
        effect: crate::findings::Effect::None,
        because: "a stack that is there keeps the value that it was given".to_owned(),
        note,
    };
    template.fix(ways, said)
}

impl Template {
    /// Whether the console's list of parameters names one.
    fn is_listed(&self, name: &str) -> bool {
        self.page.find(&|step| step.key.is_some() && step.name() == name && !is_declaration(step)).is_some()
    }
}

fn is_declaration(step: &Step<'_>) -> bool {
    child(step.node, "Type").is_some()
}
