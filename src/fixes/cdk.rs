//! What to write in the app, where a synthesized template says it: templates are made anew by every synthesis, so that no edit
//! of theirs lasts. Checked against aws-cdk-lib 2.275.

use super::Ailing;
use super::cloudformation::{Blast, of_property};
use crate::catalog::compute::{self, Metadata, Profile};
use crate::findings::{Effect, Fix, Safety};

/// How a language writes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Script,
    Python,
    Java,
    CSharp,
    Go,
}

/// A construct of a library's, or a resource as CloudFormation has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    One,
    Two,
}

/// The policies whose findings are mended by writing something else.
const MENDED: [&str; 9] =
    ["EC201", "EC202", "EC203", "IMDS01", "IMDS02", "ROLE02", "SEC01", "SEC04", "SEC08"];

struct App<'a> {
    ailing: Ailing<'a>,
    type_name: &'a str,
    level: Level,
    language: Language,
}

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let site = ailing.finding.primary.site;
    let source = ailing.sources.get(site.file);
    let line = source.line_span(source.line_at(site.span.start)).map_or("", |span| source.slice(span));
    if line.contains("CfnInclude") && MENDED.contains(&ailing.code()) {
        return vec![shown(
            "change the template that is included",
            Blast::nothing(""),
            "the construct only reads it",
        )];
    }
    let construct = ailing.subject.construct.as_deref().unwrap_or_default();
    let level = match construct.rsplit('/').next() {
        Some("Resource" | "LaunchConfig" | "Default") => Level::Two,
        Some(_) | None => Level::One,
    };
    let extension = source.path.rsplit('.').next().unwrap_or_default();
    let language = match extension {
        "py" => Language::Python,
        "java" | "kt" | "scala" => Language::Java,
        "cs" | "fs" | "vb" => Language::CSharp,
        "go" => Language::Go,
        _ => Language::Script,
    };
    let type_name = ailing.subject.words.get("type").map_or("", |name| &**name);
    let app = App { ailing, type_name, level, language };
    match ailing.code() {
        "IMDS01" | "IMDS02" => app.metadata(),
        "EC201" | "EC202" => app.profile(),
        "EC203" => app.role(),
        "SEC01" | "SEC08" => app.secret(),
        "SEC04" => vec![app.no_default()],
        "SEC07" if ailing.case == "parameter" => vec![app.no_echo()],
        "ROLE02" => app.session(),
        _ => Vec::new(),
    }
}

impl App<'_> {
    fn metadata(&self) -> Vec<Fix> {
        let note = "software that asks for metadata without a token stops getting any: see that `MetadataNoToken` is 0 in CloudWatch first";
        let required = self.argument("requireImdsv2", "true");
        match (self.type_name, self.level) {
            ("AWS::EC2::Instance", Level::Two) => {
                // It makes a launch template, which an instance cannot change.
                let replaced = Blast {
                    effect: Effect::Replacement,
                    because: "it gives the instance a launch template of its own, and a change of `LaunchTemplate` replaces the `AWS::EC2::Instance`"
                        .to_owned(),
                };
                let value = if self.language == Language::Python {
                    "ec2.HttpTokens.REQUIRED"
                } else {
                    "HttpTokens.REQUIRED"
                };
                let newer = self.argument("httpTokens", value);
                let in_place = of_property(self.type_name, "MetadataOptions");
                let newer = in_place.map(|blast| {
                    let note = format!("{note}; older libraries have no such property");
                    shown(&format!("write {newer} in the properties of the instance"), blast, &note)
                });
                let older =
                    shown(&format!("write {required} in the properties of the instance"), replaced, note);
                newer.into_iter().chain([older]).collect()
            }
            ("AWS::EC2::LaunchTemplate", Level::Two) => {
                let blast = of_property(self.type_name, "LaunchTemplateData");
                let title = format!(
                    "write {required} in the properties of the launch template, or of the group that makes it"
                );
                blast.map(|blast| shown(&title, blast, note)).into_iter().collect()
            }
            ("AWS::AutoScaling::LaunchConfiguration", Level::Two) => {
                let blast = of_property(self.type_name, "MetadataOptions");
                let title = format!("write {required} in the properties of the group");
                blast.map(|blast| shown(&title, blast, note)).into_iter().collect()
            }
            (_, _) => self.plain_metadata(note),
        }
    }

    /// Of a resource as CloudFormation has it.
    fn plain_metadata(&self, note: &str) -> Vec<Fix> {
        let Some(kind) = compute::find(self.type_name) else { return Vec::new() };
        let said = kind.launches.iter().find_map(|launch| {
            let (path, value) = match launch.metadata {
                Metadata::Options { tokens, .. } => (tokens, "'required'"),
                Metadata::MinimumVersion(path) => (path, "'2'"),
                Metadata::Disabled(path) => (path, "true"),
                Metadata::DisabledSetting(name) => {
                    let option = format!(
                        "add the option `{name}` of `aws:autoscaling:launchconfiguration` with the value `true` to {}",
                        self.name("optionSettings")
                    );
                    return Some((option, "OptionSettings".to_owned()));
                }
                Metadata::InDocument { .. } | Metadata::Nowhere | Metadata::OfService => return None,
            };
            let path = if launch.at.is_empty() { path.to_owned() } else { format!("{}.{path}", launch.at) };
            Some((format!("write {}", self.nested(&path, value)), path))
        });
        match said {
            Some((title, path)) => {
                let blast = of_property(self.type_name, &path);
                blast.map(|blast| shown(&title, blast, note)).into_iter().collect()
            }
            None => vec![shown(
                "launch through a launch template that requires session tokens",
                Blast::nothing(""),
                &format!("`ec2.LaunchTemplate` takes {}", self.argument("requireImdsv2", "true")),
            )],
        }
    }

    fn profile(&self) -> Vec<Fix> {
        let note = "give the role what the software on the instance needs, and no more";
        let said =
            compute::find(self.type_name).into_iter().flat_map(|kind| kind.launches).find_map(|launch| {
                match launch.profile {
                    Profile::Paths(paths) => {
                        let path = paths.first()?;
                        Some(if launch.at.is_empty() {
                            (*path).to_owned()
                        } else {
                            format!("{}.{path}", launch.at)
                        })
                    }
                    Profile::Setting(_) | Profile::Nowhere | Profile::Required => None,
                }
            });
        let Some(path) = said else { return Vec::new() };
        let Some(blast) = of_property(self.type_name, &path) else { return Vec::new() };
        let title = match self.level {
            Level::Two => format!(
                "give {} or {} an `iam.Role` that `ec2.amazonaws.com` may take",
                self.name("role"),
                self.name("instanceProfile")
            ),
            Level::One => {
                let value = if path.ends_with("Arn") { "profile.attrArn" } else { "profile.ref" };
                format!("write {}, of an `iam.CfnInstanceProfile` with a role", self.nested(&path, value))
            }
        };
        vec![shown(&title, blast, note)]
    }

    fn role(&self) -> Vec<Fix> {
        let blast = of_property("AWS::IAM::InstanceProfile", "Roles");
        let title = format!("write {} in the profile", self.argument("roles", "[role.roleName]"));
        let note =
            "of an `iam.Role` that `ec2.amazonaws.com` may take and that may do no more than is needed";
        blast.map(|blast| shown(&title, blast, note)).into_iter().collect()
    }

    fn secret(&self) -> Vec<Fix> {
        let attribute = self.ailing.anchor().attribute.as_str();
        let inputs = crate::catalog::sensitive(self.type_name);
        let input = inputs.iter().find(|input| attribute.starts_with(input.path));
        let history = "the old value stays in the history of the repository: change it wherever it is used";
        let instead = input.and_then(|input| input.instead.first());
        match instead {
            Some(instead) if instead.starts_with("Manage") => {
                let note = format!(
                    "whatever connects with the old password has to read the new one from Secrets Manager; {history}"
                );
                let (title, changed, note) = match self.level {
                    Level::Two => (
                        "take credentials that are made: `Credentials.fromGeneratedSecret('…')`".to_owned(),
                        attribute,
                        format!(
                            "keep the name of the user, since another one may replace the database; {note}"
                        ),
                    ),
                    Level::One => {
                        let managed = self.argument(&camel(instead), "true");
                        let old = self.name(&camel(attribute));
                        (format!("write {managed} in place of {old}"), *instead, note)
                    }
                };
                of_property(self.type_name, changed)
                    .map(|blast| shown(&title, blast, &note))
                    .into_iter()
                    .collect()
            }
            Some(_) if self.type_name == "AWS::SecretsManager::Secret" => {
                let title = format!(
                    "let Secrets Manager make the secret: {} in place of its value",
                    self.name("generateSecretString")
                );
                let note = format!("only where nobody outside decides what it is; {history}");
                of_property(self.type_name, "GenerateSecretString")
                    .map(|blast| shown(&title, blast, &note))
                    .into_iter()
                    .collect()
            }
            Some(_) | None => vec![shown(
                "take the value from Secrets Manager: `SecretValue.secretsManager('…')`",
                Blast::nothing(""),
                &format!("make the secret outside of the app; {history}"),
            )],
        }
    }

    fn no_default(&self) -> Fix {
        let title = format!(
            "drop {} of the parameter and write {}",
            self.name("default"),
            self.argument("noEcho", "true")
        );
        let note =
            "who deploys gives the value from then on; the old value stays in the history of the repository";
        shown(&title, Blast::nothing("a stack that is there keeps the value that it was given"), note)
    }

    fn no_echo(&self) -> Fix {
        let title = format!("write {} in the parameter", self.argument("noEcho", "true"));
        let note = "it hides the value from whoever looks at the stack, but not in outputs and metadata; it is no store for secrets";
        shown(&title, Blast::nothing("no resource changes by it"), note)
    }

    fn session(&self) -> Vec<Fix> {
        let path = self.ailing.anchor().attribute.as_str();
        let value = match (self.type_name, self.level) {
            ("AWS::SSO::PermissionSet", _) => "'PT8H'",
            ("AWS::IAM::Role", Level::Two) => "Duration.hours(4)",
            (_, _) => "14400",
        };
        let title = format!("write {}", self.argument(&camel(path), value));
        let note = "whoever asks for longer sessions is refused: they have to ask for shorter ones first";
        of_property(self.type_name, path).map(|blast| shown(&title, blast, note)).into_iter().collect()
    }

    /// A property as the app's language writes its name.
    fn name(&self, camel: &str) -> String {
        format!("`{}`", self.written(camel))
    }

    fn written(&self, camel: &str) -> String {
        match self.language {
            Language::Script | Language::Java => camel.to_owned(),
            Language::Python => snake(camel),
            Language::CSharp | Language::Go => {
                let mut letters = camel.chars();
                letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
            }
        }
    }

    fn argument(&self, camel: &str, value: &str) -> String {
        let name = self.written(camel);
        match (self.language, value) {
            (Language::Script, _) => format!("`{name}: {value}`"),
            (Language::Python, "true") => format!("`{name}=True`"),
            (Language::Python, _) => format!("`{name}={value}`"),
            (Language::Java, _) => format!("`.{name}({})`", value.replace('\'', "\"")),
            (Language::CSharp, _) => format!("`{name} = {}`", value.replace('\'', "\"")),
            (Language::Go, "true") => format!("`{name}: jsii.Bool(true)`"),
            (Language::Go, _) => format!("`{name}: {}`", value.replace('\'', "\"")),
        }
    }

    /// A property inside of others: `metadataOptions: { httpTokens: 'required' }`, or where each language writes it.
    fn nested(&self, path: &str, value: &str) -> String {
        let keys: Vec<String> = path.split('.').map(camel).collect();
        let Some((last, around)) = keys.split_last() else { return String::new() };
        match self.language {
            Language::Script => {
                let inner = format!("{last}: {value}");
                let all = around.iter().rev().fold(inner, |inner, key| format!("{key}: {{ {inner} }}"));
                format!("`{all}`")
            }
            Language::Python | Language::Java | Language::CSharp | Language::Go => {
                let own = self.argument(last, value);
                let names: Vec<String> = around.iter().map(|key| self.written(key)).collect();
                if names.is_empty() { own } else { format!("{own} in `{}`", names.join(".")) }
            }
        }
    }
}

/// `MetadataOptions` as the library calls it: `metadataOptions`; `DisableIMDSV1` is `disableImdsv1`.
fn camel(property: &str) -> String {
    let mut named = String::with_capacity(property.len());
    let mut before = true;
    let letters: Vec<char> = property.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let next_is_small = letters.get(at + 1).is_none_or(char::is_ascii_lowercase);
        let is_start =
            at > 0 && letter.is_ascii_uppercase() && (!before || next_is_small && at + 1 < letters.len());
        named.push(if is_start { *letter } else { letter.to_ascii_lowercase() });
        before = letter.is_ascii_uppercase();
    }
    named
}

fn snake(camel: &str) -> String {
    let mut named = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            named.push('_');
        }
        named.push(letter.to_ascii_lowercase());
    }
    named
}

/// Nothing that is edited, and what to write.
fn shown(title: &str, blast: Blast, note: &str) -> Fix {
    Fix {
        title: title.to_owned(),
        safety: Safety::Display,
        effect: blast.effect,
        because: blast.because,
        note: note.to_owned(),
        edits: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_called_as_the_library_calls_them() {
        for (property, expected) in [
            ("MetadataOptions", "metadataOptions"),
            ("HttpTokens", "httpTokens"),
            ("DisableIMDSV1", "disableImdsv1"),
            ("IamInstanceProfile", "iamInstanceProfile"),
            ("Arn", "arn"),
            ("MinimumInstanceMetadataServiceVersion", "minimumInstanceMetadataServiceVersion"),
        ] {
            assert_eq!(camel(property), expected);
        }
        assert_eq!(snake("requireImdsv2"), "require_imdsv2");
        assert_eq!(snake("metadataOptions"), "metadata_options");
    }
}
