//! Why a value is not known. A reason is a sentence for the user and, for references, the link to follow.

use super::{Part, Value};
use std::fmt;
use std::sync::Arc;

/// A value that code alone does not decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub reason: Reason,
    /// For a string of which some parts are known (`"${var.x}-suffix"`): all parts in order. Empty otherwise.
    pub parts: Arc<[Part]>,
    pub encoded: Encoded,
    /// What a collection is made of whose keys or number of elements are not known: each is one of its elements, or stands
    /// for several. Empty where nothing is known of them.
    pub elements: Arc<[Value]>,
}

impl Unknown {
    #[must_use]
    pub fn new(reason: Reason) -> Self {
        Self { reason, parts: Arc::from([]), encoded: Encoded::default(), elements: Arc::from([]) }
    }
}

/// Further encodings in one text are not followed.
const MAX_ENCODED: usize = 200;

/// Texts of which encodings (base 64, compressed or not) stand in another one, each with all of its parts: what is not known
/// of a text hides all that comes behind it in the encoding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encoded(Option<Arc<[Arc<[Part]>]>>);

impl Encoded {
    pub fn texts(&self) -> impl Iterator<Item = &Arc<[Part]>> {
        self.0.iter().flat_map(|texts| texts.iter())
    }

    /// Adds a text that is a part of another, or the encoding of one.
    pub fn join(&mut self, other: &Self) {
        match (&self.0, &other.0) {
            (_, None) => {}
            (None, Some(_)) => self.0.clone_from(&other.0),
            (Some(own), Some(others)) if Arc::ptr_eq(own, others) => {}
            (Some(_), Some(others)) => others.iter().for_each(|parts| self.add(Arc::clone(parts))),
        }
    }

    pub fn add(&mut self, parts: Arc<[Part]>) {
        let known = self.0.as_deref().unwrap_or_default();
        if known.len() < MAX_ENCODED && !known.iter().any(|text| Arc::ptr_eq(text, &parts)) {
            self.0 = Some(known.iter().cloned().chain([parts]).collect());
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A Terraform variable without default or value.
    Variable { name: Arc<str> },
    /// An attribute that the provider or CloudFormation fills in (`aws_launch_template.x.id`, `Ref`, `GetAtt`).
    /// `address` is as in [`super::Resource::address`], so links follow it. For a `Ref` the attribute is `Ref`.
    Computed { address: Arc<str>, attribute: Arc<str> },
    /// An attribute of a data source.
    Data { address: Arc<str>, attribute: Arc<str> },
    /// An attribute of an ephemeral resource or variable: never stored.
    Ephemeral { address: Arc<str> },
    /// An output of a module whose source is not here (registry, git; `terraform init` not run).
    Module { address: Arc<str>, source: Arc<str> },
    /// A CloudFormation parameter without default. `no_echo` as declared.
    Parameter { name: Arc<str>, no_echo: bool },
    /// `AWS::Region` and its like.
    PseudoParameter { name: Arc<str> },
    /// `Fn::ImportValue`.
    Import { name: Arc<str> },
    /// `{{resolve:service:…}}`; the service as written.
    DynamicReference { service: Arc<str> },
    /// A function whose result is only known at run time (`timestamp()`, `uuid()`, `Fn::GetAZs`).
    Function { name: Arc<str> },
    /// `each`, `count`, `self` where the set of instances is unknown.
    Instance { what: Arc<str> },
    /// A condition whose outcome decides between differing values.
    Condition { text: Arc<str> },
    /// A file that lies outside the root, does not exist or cannot be read.
    File { path: Arc<str> },
    /// Code that would be refused by its own tool; the text says why.
    Invalid { message: Arc<str> },
    /// A reference that goes round in a circle.
    Cycle { what: Arc<str> },
    /// A bound of keyless was reached; also reported as a problem.
    Limit { what: Arc<str> },
    /// A name that nothing here declares.
    Undeclared { name: Arc<str> },
    /// Something that keyless does not evaluate.
    Unsupported { what: Arc<str> },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable { name } => write!(f, "variable `{name}` has no default"),
            Self::Computed { address, attribute } => {
                write!(f, "`{attribute}` of `{address}` is known only after apply")
            }
            Self::Data { address, attribute } => {
                write!(f, "`{attribute}` of data source `{address}` is read when planning")
            }
            Self::Ephemeral { address } => write!(f, "`{address}` is ephemeral"),
            Self::Module { address, source } => {
                write!(f, "the source of `{address}` ({source}) is not in this repository")
            }
            Self::Parameter { name, .. } => write!(f, "parameter `{name}` has no default"),
            Self::PseudoParameter { name } => write!(f, "`{name}` is known when the stack is deployed"),
            Self::Import { name } => write!(f, "`{name}` is imported from another stack"),
            Self::DynamicReference { service } => write!(f, "it is resolved from {service} when deployed"),
            Self::Function { name } => write!(f, "`{name}` is known only at run time"),
            Self::Instance { what } => write!(f, "`{what}` is not known: the set of instances is not"),
            Self::Condition { text } => write!(f, "it depends on {text}"),
            Self::File { path } => write!(f, "file `{path}` is not readable inside the root"),
            Self::Invalid { message } => write!(f, "{message}"),
            Self::Cycle { what } => write!(f, "`{what}` refers to itself"),
            Self::Limit { what } => write!(f, "{what} was not analysed"),
            Self::Undeclared { name } => write!(f, "nothing declares `{name}`"),
            Self::Unsupported { what } => write!(f, "{what} is not evaluated"),
        }
    }
}
