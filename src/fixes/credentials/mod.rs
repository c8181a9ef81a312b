//! Fixes of Terraform's code that shows credentials, holds them, or is handed them where AWS would keep them.

mod carried;
mod comments;
mod kept;
mod literal;
mod marking;
mod modules;
mod sessions;
mod static_keys;
mod versions;

use super::Ailing;
use super::hcl::Change;
use crate::findings::{Edit, Effect, Fix, Safety};
use crate::source::{Site, Span};
use crate::syntax::hcl::ExprId;
use modules::CodeFile;
use std::collections::BTreeMap;

pub(super) use modules::Modules;
pub(super) use versions::{Need, provider_for};

/// The ways to mend a finding about credentials, the best first.
pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let modules = || ailing.modules();
    match (ailing.code(), ailing.case) {
        ("SEC07", "variable") => marking::variable(ailing, modules()).into_iter().collect(),
        ("SEC07", "output") => marking::output(ailing, modules()).into_iter().collect(),
        ("SEC07", "insecure-value") => marking::insecure_value(ailing).into_iter().collect(),
        ("SEC08", "generated" | "handed") => kept::propose(ailing, modules()),
        ("SEC08", "clear") => marking::insecure_value(ailing).into_iter().collect(),
        ("SEC01", _) => kept::managed_alone(ailing, modules()).into_iter().collect(),
        ("KEY03", _) => static_keys::propose(ailing, modules()).into_iter().collect(),
        ("ROLE02", "role" | "permission-set") => sessions::propose(ailing).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A fix that is being made. It is safe until something says otherwise.
struct Draft {
    title: String,
    safety: Safety,
    effect: Effect,
    because: String,
    notes: Vec<String>,
    edits: Vec<Edit>,
    /// Changes of top-level blocks, by a place in them: those of one block are made together.
    orders: Vec<(Site, Order)>,
}

/// A [`Change`] to be made.
enum Order {
    Set(String, String),
    Remove(String),
    Substitute(String, String, String),
}

impl Order {
    fn set(name: &str, value: &str) -> Self {
        Self::Set(name.to_owned(), value.to_owned())
    }

    fn change(&self) -> Change<'_> {
        match self {
            Self::Set(name, value) => Change::Set(name, value),
            Self::Remove(name) => Change::Remove(name),
            Self::Substitute(name, other, value) => Change::Substitute(name, other, value),
        }
    }
}

impl Draft {
    fn new(title: String, effect: Effect, because: impl Into<String>) -> Self {
        let because = because.into();
        let (notes, edits, orders) = (Vec::new(), Vec::new(), Vec::new());
        Self { title, safety: Safety::Safe, effect, because, notes, edits, orders }
    }

    fn say(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// No safer than this, for a reason.
    fn lower(&mut self, safety: Safety, why: impl Into<String>) {
        self.safety = self.safety.max(safety);
        self.say(why);
    }

    /// Changes the top-level block that holds a place.
    fn edit(&mut self, site: Site, orders: impl IntoIterator<Item = Order>) {
        self.orders.extend(orders.into_iter().map(|order| (site, order)));
    }

    fn replace(&mut self, ailing: &Ailing<'_>, site: Site, text: impl Into<String>) -> Option<()> {
        ailing.file(site.file)?;
        self.edits.push(Edit { site, text: text.into() });
        Some(())
    }

    /// None where a block cannot be changed so.
    fn done(mut self, ailing: &Ailing<'_>) -> Option<Fix> {
        let orders = std::mem::take(&mut self.orders);
        let mut blocks: BTreeMap<Site, Vec<&Order>> = BTreeMap::new();
        for (site, order) in &orders {
            let code = ailing.codes.read(site.file, &ailing.file(site.file)?)?;
            blocks.entry(code.block_at(*site)?.site()).or_default().push(order);
        }
        for (site, orders) in blocks {
            let code = ailing.codes.read(site.file, &ailing.file(site.file)?)?;
            let changes: Vec<Change<'_>> = orders.into_iter().map(Order::change).collect();
            self.edits.extend(code.block_at(site)?.change(&changes)?);
        }
        Some(self.told())
    }

    fn told(self) -> Fix {
        Fix {
            title: self.title,
            safety: self.safety,
            effect: self.effect,
            because: self.because,
            note: self.notes.join("; "),
            edits: self.edits,
        }
    }

    /// To be written by hand.
    fn shown(mut self) -> Fix {
        self.safety = Safety::Display;
        self.edits.clear();
        self.told()
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// `4.61`, `1.11`, `5.88.1`.
fn shown_version((major, minor, patch): versions::Version) -> String {
    if patch == 0 { format!("{major}.{minor}") } else { format!("{major}.{minor}.{patch}") }
}

/// The text of an expression with other texts in the place of some spans, which do not overlap.
fn spliced(file: &CodeFile, id: ExprId, mut edits: Vec<(Span, String)>) -> String {
    let whole = file.tree.expr(id).span;
    let mut text = file.text(whole).to_owned();
    edits.sort();
    for (span, new) in edits.into_iter().rev() {
        let (from, to) = (span.start.saturating_sub(whole.start), span.end.saturating_sub(whole.start));
        if let Some(range) = text.get(from as usize..to as usize).map(|_| from as usize..to as usize) {
            text.replace_range(range, &new);
        }
    }
    text
}
