//! Resources and the units that they are deployed in.

use super::{Acknowledgement, Condition, Domain, Made, Value};
use crate::catalog::SensitivePath;
use crate::exceptions::OfConstruct;
use crate::source::{FileId, Site, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Everything that the frontends found under the given paths.
#[derive(Debug, Default)]
pub struct Project {
    pub units: Vec<Unit>,
    pub states: Vec<State>,
    /// What synthesized templates hold beside resources, by the code that made it.
    pub made: Vec<Made>,
    pub acknowledged: Vec<Acknowledgement>,
    /// Exceptions that constructs have in their metadata.
    pub excepted: Vec<OfConstruct>,
    /// Texts beside the code.
    pub texts: Vec<TextFile>,
}

/// A file in which Terraform keeps what it deployed: nothing to be judged but what it gives away.
#[derive(Debug)]
pub struct State {
    pub file: FileId,
    /// What may be secret, in the order of the file.
    pub stored: Vec<Stored>,
    /// Texts inside of lists and objects that are stored as a whole.
    pub inside: Vec<Arc<str>>,
    /// Objects that hold one of the places that were asked for, with their addresses.
    pub objects: Vec<(Span, Arc<str>)>,
}

/// A value of a state that may be secret.
#[derive(Debug, Clone)]
pub struct Stored {
    /// `aws_db_instance.main`; empty for outputs.
    pub address: Arc<str>,
    /// Dotted; for an output its name.
    pub attribute: Arc<str>,
    /// A string without its quotes; else the whole list or object.
    pub site: Site,
    /// The string, or the list or object as it stands.
    pub text: Arc<str>,
    pub told_by: ToldBy,
}

/// What says that a stored value may be secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldBy {
    /// An input of this kind.
    Input(&'static SensitivePath),
    /// An attribute that the type computes.
    Output,
    /// The state itself: marked sensitive by the provider or by the code.
    Mark,
    /// The name alone.
    Name,
    /// Nothing: a script or document, in which something may be.
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frontend {
    Terraform,
    Plan,
    CloudFormation,
    Cdk,
}

/// A text beside infrastructure code that is read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFile {
    pub file: FileId,
    pub kind: TextKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Variables for a program: `.env`.
    Settings,
    /// Shows which variables there are; their values are made up.
    Sample,
    /// What CodeBuild does and with which variables: `buildspec.yml`.
    Build,
}

/// What is deployed as a whole, and what absence and account defaults are judged over:
/// a Terraform root module with all that it calls, a template, a stack with its nested stacks.
#[derive(Debug, Clone)]
pub struct Unit {
    pub frontend: Frontend,
    /// The folder or file, relative to the root; for a CDK stack the stack's construct path.
    pub name: Arc<str>,
    pub resources: Vec<Resource>,
    pub declarations: Vec<Declaration>,
    /// Values that parameters may take, for conditions.
    pub domain: Domain,
    /// Files that the unit was made of.
    pub files: Vec<FileId>,
    /// Further instances that are the same as the resource at this address but for their own.
    pub alike: FxHashMap<Arc<str>, Vec<Arc<str>>>,
    /// What a plan says is to become of the resource at an address: its `change`, as JSON. Kept where policies of one's
    /// own are judged.
    pub planned: FxHashMap<Arc<str>, Arc<str>>,
    /// Texts that must not be shown, though nobody wrote them: what a plan knows of generated secrets.
    pub hidden: Vec<Arc<str>>,
    /// Why there may be resources that are not here: the source of a module or nested stack is elsewhere.
    pub incomplete: Option<Arc<str>>,
    /// What is handed to modules and nested stacks whose source is elsewhere. Of Terraform's no more is known than what
    /// may refer to a secret: nobody asks for the rest.
    pub elsewhere: Vec<Elsewhere>,
    /// The folder of the cloud assembly that is deployed as a whole, with other stacks.
    pub assembly: Option<Arc<str>>,
    /// The account that it is deployed into, where the code says so.
    pub account: Option<Arc<str>>,
}

/// A value that is handed to a module or nested stack whose source is elsewhere.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// `module.web`, or the logical id of the stack.
    pub address: Arc<str>,
    pub value: Value,
}

impl Unit {
    /// One with nothing in it.
    #[must_use]
    pub fn new(frontend: Frontend, name: Arc<str>) -> Self {
        Self {
            frontend,
            name,
            resources: Vec::new(),
            declarations: Vec::new(),
            domain: Domain::default(),
            files: Vec::new(),
            alike: FxHashMap::default(),
            planned: FxHashMap::default(),
            hidden: Vec::new(),
            incomplete: None,
            elsewhere: Vec::new(),
            assembly: None,
            account: None,
        }
    }

    /// Notes that the resources at all these addresses are the same as the one at the first.
    pub fn note_alike(&mut self, mut addresses: Vec<Arc<str>>) {
        if addresses.len() > 1 {
            let first = addresses.remove(0);
            self.alike.insert(first, addresses);
        }
    }
}

/// The type in the address of a Terraform resource: `aws_instance` of `module.web["a.b"].aws_instance.a[0]`.
#[must_use]
pub fn terraform_type(address: &str) -> &str {
    let mut rest = address;
    loop {
        let (head, after) = part(rest);
        match head {
            "module" => rest = part(after).1,
            "data" | "ephemeral" => rest = after,
            _ => return head,
        }
    }
}

/// The first part of an address without its key, and what is behind it. Keys may hold dots.
fn part(address: &str) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    let mut end = address.len();
    let mut dot = address.len();
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' if !quoted => end = end.min(at),
            b'.' if !quoted => {
                dot = at;
                break;
            }
            _ => {}
        }
    }
    (address.get(..end.min(dot)).unwrap_or_default(), address.get(dot + 1..).unwrap_or_default())
}

/// A resource, data source, provider or backend, with the attributes that the catalogue asks for.
#[derive(Debug, Clone)]
pub struct Resource {
    pub kind: BlockKind,
    /// Absolute Terraform address (`module.web.aws_instance.a["x"]`) or logical id.
    pub address: Arc<str>,
    /// `aws_instance`, `AWS::EC2::Instance`; for a provider `provider.aws`, for a backend `backend.s3`.
    pub type_name: Arc<str>,
    /// CDK construct path, where there is one.
    pub construct: Option<Arc<str>>,
    /// The header: `resource "aws_instance" "a"`, or the logical id.
    pub header: Site,
    /// The whole block.
    pub block: Site,
    /// The user's code that made it, where the header stands in generated text (CDK).
    pub user_site: Option<Site>,
    /// The module calls that lead here, outermost first: where each call stands and its address.
    pub calls: Arc<[(Arc<str>, Site)]>,
    /// An object. For CloudFormation the `Properties`.
    pub body: Value,
    /// CloudFormation's `Metadata` without what tools write there; null where there is none.
    pub metadata: Value,
    /// The resource exists only when this holds.
    pub condition: Option<Arc<Condition>>,
}

impl Resource {
    /// One that stands where it is written, whatever else it may have.
    #[must_use]
    pub fn new(
        kind: BlockKind,
        (type_name, address): (Arc<str>, Arc<str>),
        (header, block): (Site, Site),
        body: Value,
    ) -> Self {
        Self {
            kind,
            address,
            type_name,
            construct: None,
            header,
            block,
            user_site: None,
            calls: Arc::from([]),
            body,
            metadata: Value::null(),
            condition: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    Managed,
    Data,
    Ephemeral,
    Provider,
    /// `backend` and `cloud` blocks of `terraform {}`, and `*.tfbackend` files.
    Backend,
    /// The call of a module whose source is not here, and what Terragrunt hands to one. The body is what it is given, as far as
    /// that may tell of a secret.
    Call,
}

/// A named value that people set: where secrets hide as defaults.
#[derive(Debug, Clone)]
pub struct Declaration {
    pub kind: DeclarationKind,
    pub name: Arc<str>,
    /// The absolute address of the module it stands in; empty for a root.
    pub module: Arc<str>,
    pub name_site: Site,
    pub block: Site,
    /// The default, or the assigned value.
    pub value: Value,
    /// `sensitive = true`, `NoEcho: true`.
    pub marked_secret: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeclarationKind {
    Variable,
    Local,
    /// An assignment in a `*.tfvars` file.
    VariableValue,
    /// What a call gives to a module.
    ModuleInput,
    Parameter,
    /// What a file that a template is deployed with gives to a parameter.
    ParameterValue,
    Mapping,
    /// What a stack shows to everybody who may look at it.
    Output,
    /// What a Terraform root module shows, and its state keeps.
    RootOutput,
    /// What a Terraform module says under a name of its own.
    ModuleOutput,
}

#[cfg(test)]
mod tests {
    use super::terraform_type;

    #[test]
    fn the_type_stands_behind_the_modules() {
        for (address, expected) in [
            ("aws_instance.a", "aws_instance"),
            ("aws_instance.a[\"x.y\"]", "aws_instance"),
            ("module.web[\"a.b[0]\"].module.c.aws_instance.a[0]", "aws_instance"),
            ("module.a[0].data.aws_ami.b", "aws_ami"),
            ("Worker", "Worker"),
            ("", ""),
        ] {
            assert_eq!(terraform_type(address), expected, "{address}");
        }
    }
}
