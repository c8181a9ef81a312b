//! A module as it is called: its place in the tree of calls, and what has been evaluated in it so far.

use super::given::RootInputs;
use super::module::{Module, ModuleCall, ResourceDecl};
use crate::model::{Entry, Value};
use crate::source::Site;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// The key of one of several instances.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    None,
    Index(usize),
    Name(Arc<str>),
}

impl Key {
    /// The key as it stands in an address.
    pub(crate) fn suffix(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Index(index) => format!("[{index}]"),
            Self::Name(name) => format!("[{}]", quoted(name)),
        }
    }
}

/// A text in quotes as Terraform writes it into addresses
/// ([`toHCLQuotedString`](https://github.com/hashicorp/terraform/blob/v1.9.0/internal/addrs/instance_key.go)).
pub(in crate::frontends) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' => out.extend(['\\', c]),
            '$' | '%' => {
                out.push(c);
                if rest.peek() == Some(&'{') {
                    out.push(c);
                }
            }
            ' ' => out.push(c),
            c if c.is_control() || c.is_whitespace() => {
                let code = u32::from(c);
                out.push_str(&if code > 0xffff {
                    format!("\\U{code:08x}")
                } else {
                    format!("\\u{code:04x}")
                });
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What `count` or `for_each` makes of a block.
#[derive(Debug, Clone)]
pub(crate) enum Expansion {
    Single,
    Count(usize),
    Each(Arc<[(Arc<str>, Value)]>),
    /// Not known: judged once, as if there were one.
    Unknown {
        /// Of `for_each` what stands for all of its elements: what is known of them, and where they come from.
        each: Option<Value>,
    },
}

/// A memo table with a mark for what is being evaluated right now.
#[derive(Debug, Clone)]
pub(crate) enum Memo<T> {
    Busy,
    Done(T),
}

pub(crate) type Table<K, T> = RefCell<FxHashMap<K, Memo<T>>>;

/// Instances of called modules by call and key; `None` where the source is not here.
type Children<'p> = FxHashMap<(Arc<str>, Key), Option<Rc<Instance<'p>>>>;

#[derive(Debug)]
pub(crate) struct Instance<'p> {
    pub(crate) module: &'p Module,
    /// `module.web["a"]`, or empty for a root.
    pub(crate) address: Arc<str>,
    /// Names of the calls that lead here, dotted, as `modules.json` has them.
    pub(crate) path: String,
    pub(crate) parent: Option<Rc<Instance<'p>>>,
    /// The call among those of the parent's module, and the key of this instance of it.
    pub(crate) call: Option<(Arc<str>, Key)>,
    pub(crate) calls: Arc<[(Arc<str>, Site)]>,
    /// What a root is given from outside.
    pub(crate) inputs: RootInputs,
    pub(crate) variables: Table<Arc<str>, Value>,
    pub(crate) locals: Table<Arc<str>, Value>,
    pub(crate) outputs: Table<Arc<str>, Value>,
    pub(crate) resource_expansions: Table<usize, Expansion>,
    /// What policy documents come to.
    pub(crate) documents: Table<(usize, Key), Arc<[Entry]>>,
    pub(crate) call_expansions: Table<Arc<str>, Expansion>,
    pub(crate) children: RefCell<Children<'p>>,
    /// What may stand in named values.
    pub(crate) holds: RefCell<super::telling::Known>,
}

/// The instance of a root module. All that it calls goes with it: an instance and those that it calls hold each other.
#[derive(Debug)]
pub(crate) struct Root<'p>(Rc<Instance<'p>>);

impl<'p> Deref for Root<'p> {
    type Target = Rc<Instance<'p>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Root<'_> {
    fn drop(&mut self) {
        let mut open = vec![Rc::clone(&self.0)];
        while let Some(instance) = open.pop() {
            if let Ok(mut children) = instance.children.try_borrow_mut() {
                open.extend(children.drain().filter_map(|(_, child)| child));
            }
        }
    }
}

impl<'p> Instance<'p> {
    pub(crate) fn root(module: &'p Module) -> Root<'p> {
        Self::given(module, RootInputs::default())
    }

    pub(crate) fn given(module: &'p Module, inputs: RootInputs) -> Root<'p> {
        Root(Rc::new(Self { inputs, ..Self::empty(module) }))
    }

    /// A module as another one calls it.
    pub(crate) fn called(
        module: &'p Module,
        parent: &Rc<Self>,
        declared: &ModuleCall,
        call: (Arc<str>, Key),
        site: Site,
    ) -> Rc<Self> {
        let address = parent.absolute(&format!("module.{}{}", declared.name, call.1.suffix()));
        Rc::new(Self {
            path: parent.path_of(&declared.name),
            calls: parent.calls.iter().cloned().chain([(Arc::clone(&address), site)]).collect(),
            parent: Some(Rc::clone(parent)),
            call: Some(call),
            address,
            ..Self::empty(module)
        })
    }

    /// The names of the calls that lead to what this one names, dotted.
    pub(crate) fn path_of(&self, call: &str) -> String {
        if self.path.is_empty() { call.to_owned() } else { format!("{}.{call}", self.path) }
    }

    fn empty(module: &'p Module) -> Self {
        Self {
            module,
            address: Arc::from(""),
            path: String::new(),
            parent: None,
            call: None,
            calls: Arc::from([]),
            inputs: RootInputs::default(),
            variables: Table::default(),
            locals: Table::default(),
            outputs: Table::default(),
            resource_expansions: Table::default(),
            documents: Table::default(),
            call_expansions: Table::default(),
            children: RefCell::default(),
            holds: RefCell::default(),
        }
    }

    /// The root module that this instance is deployed with.
    pub(crate) fn root_module(&self) -> &'p Module {
        let mut module = self.module;
        let mut parent = self.parent.as_ref();
        while let Some(instance) = parent {
            module = instance.module;
            parent = instance.parent.as_ref();
        }
        module
    }

    /// Whether this is an instance of the module or called, by whatever way, from one.
    pub(crate) fn is_inside(&self, module: &Module) -> bool {
        self.module.folder == module.folder
            || self.parent.as_ref().is_some_and(|parent| parent.is_inside(module))
    }

    pub(crate) fn absolute(&self, local: &str) -> Arc<str> {
        if self.address.is_empty() {
            Arc::from(local)
        } else {
            Arc::from(format!("{}.{local}", self.address))
        }
    }

    pub(crate) fn resource_address(&self, resource: &ResourceDecl, key: &Key) -> Arc<str> {
        let prefix = resource.mode.prefix();
        self.absolute(&format!("{prefix}{}.{}{}", resource.type_name, resource.name, key.suffix()))
    }
}

/// Looks a name up or computes it once; `busy` is the answer to a name that is being computed already.
pub(crate) fn memoized<K: Clone + Eq + std::hash::Hash, T: Clone>(
    table: &Table<K, T>,
    key: &K,
    busy: impl FnOnce() -> T,
    compute: impl FnOnce() -> T,
) -> T {
    let known = table.borrow().get(key).cloned();
    match known {
        Some(Memo::Done(value)) => value,
        Some(Memo::Busy) => busy(),
        None => {
            table.borrow_mut().insert(key.clone(), Memo::Busy);
            let value = compute();
            table.borrow_mut().insert(key.clone(), Memo::Done(value.clone()));
            value
        }
    }
}
