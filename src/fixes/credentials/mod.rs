//! Fixes of Terraform's code that shows credentials, holds them, or is handed them where AWS would keep them.

mod carried;
mod kept;
mod literal;
mod marking;
mod modules;
mod sessions;
mod static_keys;
mod versions;

use super::Ailing;
use super::hcl::{Change, Code};
use crate::findings::{Edit, Effect, Fix, Safety};
use crate::source::{Site, Span};
use crate::syntax::hcl::ExprId;
use modules::{CodeFile, Modules};

/// The ways to mend a finding about credentials, the best first.
pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    let modules = || Modules::of(ailing.sources);
    match (ailing.code(), ailing.case) {
        ("SEC07", "variable") => marking::variable(ailing, &modules()).into_iter().collect(),
        ("SEC07", "output") => marking::output(ailing, &modules()).into_iter().collect(),
        ("SEC07", "insecure-value") => marking::insecure_value(ailing).into_iter().collect(),
        ("SEC08", "generated" | "handed") => kept::propose(ailing, &modules()),
        ("SEC08", "clear") => marking::insecure_value(ailing).into_iter().collect(),
        ("SEC01", _) => kept::managed_alone(ailing, &modules()).into_iter().collect(),
        ("KEY03", _) => static_keys::propose(ailing, &modules()).into_iter().collect(),
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
}

impl Draft {
    fn new(title: String, effect: Effect, because: impl Into<String>) -> Self {
        let because = because.into();
        Self { title, safety: Safety::Safe, effect, because, notes: Vec::new(), edits: Vec::new() }
    }

    fn say(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// No safer than this, for a reason.
    fn lower(&mut self, safety: Safety, why: impl Into<String>) {
        self.safety = self.safety.max(safety);
        self.say(why);
    }

    /// Changes the top-level block that holds a place. None where that cannot be.
    fn edit(&mut self, ailing: &Ailing<'_>, site: Site, changes: &[Change<'_>]) -> Option<()> {
        let code = Code::read(site.file, ailing.file(site.file)?)?;
        self.edits.extend(code.block_at(site)?.change(changes)?);
        Some(())
    }

    fn replace(&mut self, ailing: &Ailing<'_>, site: Site, text: impl Into<String>) -> Option<()> {
        ailing.file(site.file)?;
        self.edits.push(Edit { site, text: text.into() });
        Some(())
    }

    fn done(self) -> Fix {
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
        self.done()
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
