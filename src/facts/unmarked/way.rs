//! The variable that a value is or holds, and how it came there.

use super::{Stated, Walk};
use crate::facts::fact::{Unmarked, UnmarkedWhat};
use crate::facts::secrets::standing_on;
use crate::facts::subject::Spot;
use crate::facts::{place, provenance};
use crate::model::{Entry, Frontend, Hop, Marks, Origin, Step, Value};
use crate::secrets;
use litemap::LiteMap;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Which of the variables that a value was made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'n> {
    Any,
    /// One that it is with other inputs.
    Otherwise,
    /// The same, if its name says secret.
    SecretOtherwise,
    Called(&'n str),
    /// Its name says secret, or that of the piece of it which was taken.
    Secret,
    /// Unless its name, or that of the piece, says that it only describes.
    Value,
}

impl Wanted<'_> {
    /// The way from the variable's declaration to the value.
    fn way(self, origin: &Origin) -> Option<Vec<&Step>> {
        match self {
            Self::Any => origin.way_from(&|hop| matches!(hop, Hop::UnmarkedVariable(_))),
            Self::Otherwise => {
                // Of a text that is put together another part may be the secret.
                let is_carried = |way: &Vec<&Step>| {
                    way.iter().all(|step| !matches!(step.hop, Hop::Template | Hop::Function(_)))
                };
                let way = origin.way_from(&|hop| matches!(hop, Hop::OrVariable(..)));
                way.filter(is_carried).or_else(|| Self::SecretOtherwise.way(origin))
            }
            Self::SecretOtherwise => {
                origin.way_from(&|hop| matches!(hop, Hop::OrVariable(name, _) if secrets::says_secret(name)))
            }
            Self::Called(wanted) => {
                origin.way_from(&|hop| matches!(hop, Hop::UnmarkedVariable(name) if **name == *wanted))
            }
            Self::Value => {
                let is_value =
                    |hop: &Hop| matches!(hop, Hop::UnmarkedVariable(name) if !secrets::only_describes(name));
                let value = || origin.way_from(&is_value).filter(|way| !describes(way));
                Self::Secret.way(origin).or_else(value)
            }
            Self::Secret => {
                let says =
                    |hop: &Hop| matches!(hop, Hop::UnmarkedVariable(name) if secrets::says_secret(name));
                origin.way_from(&says).filter(|way| !describes(way)).or_else(|| secret_piece(origin))
            }
        }
    }
}

/// Whether only what describes was taken of a variable: `var.db_secret.username`.
fn describes(way: &[&Step]) -> bool {
    let mut pieces = way.iter().rev().filter_map(|step| match &step.hop {
        Hop::Piece(name) => Some(name),
        _ => None,
    });
    pieces.next().is_some_and(|name| secrets::only_describes(name))
}

fn secret_piece(origin: &Origin) -> Option<Vec<&Step>> {
    let says = |hop: &Hop| matches!(hop, Hop::Piece(name) if secrets::says_secret(name));
    let way = origin.way_from(&says)?;
    let mut whole = way.first()?.from.iter().find_map(|from| Wanted::Any.way(from))?;
    whole.extend(way);
    Some(whole)
}

/// The variables of which a value holds a piece that says secret.
pub(super) fn with_secret_pieces(origin: &Origin) -> FxHashSet<&str> {
    let mut found = FxHashSet::default();
    collect_pieces(origin, false, &mut FxHashSet::default(), &mut found);
    found
}

fn collect_pieces<'o>(
    origin: &'o Origin,
    is_secret: bool,
    seen: &mut FxHashSet<(*const Step, bool)>,
    found: &mut FxHashSet<&'o str>,
) {
    let Origin::Derived(step) = origin else { return };
    if !seen.insert((Arc::as_ptr(step), is_secret)) {
        return;
    }
    let is_secret = match &step.hop {
        Hop::Piece(name) => is_secret || secrets::says_secret(name),
        Hop::UnmarkedVariable(name) if is_secret => {
            found.insert(&**name);
            return;
        }
        _ => is_secret,
    };
    step.from.iter().for_each(|from| collect_pieces(from, is_secret, seen, found));
}

impl Walk<'_> {
    pub(super) fn variable(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        wanted: Wanted<'_>,
        stated: &mut Vec<Stated>,
    ) {
        // A parameter that is not echoed hides no other one in the same text.
        let is_number = [Marks::NUMBER, Marks::BOOL].contains(&value.marks.scalar());
        if is_number || value.marks.has(Marks::EPHEMERAL) {
            return;
        }
        let Some(way) = wanted.way(&value.origin) else { return };
        // A module that marks what it is handed does so for itself.
        let is_marked_later = || way.iter().any(|step| matches!(step.hop, Hop::Marked(_)));
        let is_otherwise = matches!(wanted, Wanted::Otherwise | Wanted::SecretOtherwise);
        // What it is otherwise may be marked by itself.
        if value.marks.has(Marks::SENSITIVE) && !is_otherwise && !is_marked_later() {
            return;
        }
        let Some((name, site)) = way.first().and_then(|step| match &step.hop {
            Hop::UnmarkedVariable(name) => Some((name, step.site?)),
            Hop::OrVariable(name, declared) => Some((name, *declared)),
            _ => None,
        }) else {
            return;
        };
        let mut subject = standing_on(site, self.unit.frontend);
        subject.addresses = vec![Arc::clone(&self.resource.address)];
        subject.calls = place::calls(self.resource);
        let attribute = place::last(path);
        let of = format!("`{attribute}` of `{}`", self.resource.address);
        let mut chain: Vec<Spot> = provenance::spots(&way);
        if is_otherwise {
            chain.insert(0, Spot::new(site, format!("`{name}` is declared here")));
        }
        if let Some(end) = entry.site.or(entry.key_site) {
            let inside = |spot: &Spot| spot.site.file == end.file && end.span.contains(spot.site.span);
            chain.retain(|spot| !inside(spot));
            chain.push(Spot::new(end, format!("it becomes {of} here")));
        }
        subject.header.chain = chain;
        subject.header.attribute = name.to_string();
        let shown = name.rsplit_once('.').map_or(&**name, |(_, name)| name).to_owned();
        subject.words = LiteMap::from_iter([("name", shown.into()), ("subject", of.into())]);
        let what = match self.unit.frontend {
            Frontend::Terraform | Frontend::Plan => UnmarkedWhat::Variable,
            Frontend::CloudFormation | Frontend::Cdk => UnmarkedWhat::Parameter,
        };
        stated.push(Stated { fact: Unmarked { what }, subject, literals: Vec::new() });
    }
}
