//! From a value's origin to places: the characters that cause it, and the way they took.

use super::subject::Spot;
use crate::model::{Entry, Hop, Origin, Reason, Step, Value};
use crate::source::Site;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The one literal that a value is, wherever it stands. `None`: put together of several, or of none.
/// Neither is it a text of which it was decoded: that holds others too.
#[must_use]
pub fn literal(origin: &Origin) -> Option<Site> {
    match origin.literals().as_slice() {
        [site] if !is_decoded(origin) => Some(*site),
        _ => None,
    }
}

fn is_decoded(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    let decodes = match &step.hop {
        Hop::Function(name) => ["jsondecode", "yamldecode", "csvdecode"].contains(&&**name),
        _ => false,
    };
    decodes || step.from.iter().any(is_decoded)
}

/// The expression that a value is the result of, where the frontend says so.
pub(crate) fn expression(origin: &Origin) -> Option<Site> {
    match origin {
        Origin::None => None,
        Origin::Literal(site) => Some(*site),
        Origin::Derived(step) => step.site,
    }
}

/// Where a value that an entry holds is decided: its one literal, else the expression, else the key.
pub(crate) fn site(value: &Value, entry: Option<&Entry>) -> Option<Site> {
    literal(&value.origin).or_else(|| entry.and_then(|entry| entry.site.or(entry.key_site)))
}

/// The template's parameter that a value is, with its default or without one.
pub(crate) fn parameter(value: &Value) -> Option<&Arc<str>> {
    if let Some(unknown) = value.as_unknown() {
        return match &unknown.reason {
            Reason::Parameter { name, .. } if unknown.parts.is_empty() => Some(name),
            _ => None,
        };
    }
    let mut origin = &value.origin;
    while let Origin::Derived(step) = origin {
        match (&step.hop, &*step.from) {
            (Hop::ParameterDefault(name), _) => return Some(name),
            // A nested stack's parameter is what its parent hands over.
            (Hop::Branch | Hop::ModuleInput(_), [from]) => origin = from,
            _ => return None,
        }
    }
    None
}

/// The attribute that a known value was taken from: `aws_iam_user.bob.name`.
pub(crate) fn attribute(origin: &Origin) -> Option<&str> {
    let Origin::Derived(step) = origin else { return None };
    match &step.hop {
        Hop::Attribute(name) => Some(name),
        // What a template makes of it is another thing.
        Hop::Handed(_) => None,
        _ => step.from.iter().find_map(attribute),
    }
}

/// All attributes that a value was made of.
pub(crate) fn attributes<'o>(origin: &'o Origin, found: &mut impl FnMut(&'o str)) {
    each_step(origin, &mut FxHashSet::default(), &mut |step| {
        if let Hop::Attribute(name) = &step.hop {
            found(name);
        }
        true
    });
}

/// Every step on the ways that lead to a value, once, as far as `goes_on` says so: values share theirs.
fn each_step<'o>(
    origin: &'o Origin,
    seen: &mut FxHashSet<*const Step>,
    goes_on: &mut impl FnMut(&'o Arc<Step>) -> bool,
) {
    let Origin::Derived(step) = origin else { return };
    if seen.insert(Arc::as_ptr(step)) && goes_on(step) {
        step.from.iter().for_each(|from| each_step(from, seen, goes_on));
    }
}

/// What a plan makes of a value that the code states otherwise.
pub(crate) fn planned(value: &Value) -> Option<&Arc<str>> {
    match &value.origin {
        Origin::Derived(step) => match &step.hop {
            Hop::Planned(text) => Some(text),
            _ => None,
        },
        Origin::None | Origin::Literal(_) => None,
    }
}

/// The hops from the literal to the use. Empty where the literal stands at its use. Of several literals only the one that
/// is asked for, if any is.
#[must_use]
pub fn chain(value: &Value, entry: Option<&Entry>, used_as: &str, literal: Option<Site>) -> Vec<Spot> {
    chain_to(value, entry.and_then(|entry| entry.site.or(entry.key_site)), used_as, literal)
}

/// The same for a use at a place of its own.
pub(crate) fn chain_to(value: &Value, end: Option<Site>, used_as: &str, literal: Option<Site>) -> Vec<Spot> {
    let mut spots = Vec::new();
    walk(&value.origin, literal, &mut spots);
    if let Some(literal) = literal {
        let holds = |site: Site| site.file == literal.file && site.span.contains(literal.span);
        let all = value.origin.literals();
        spots.retain(|spot| holds(spot.site) || !all.contains(&spot.site));
    }
    let end_file = end.map(|end| end.file);
    // A literal of another file was carried, though nothing on its way has a place of its own.
    let is_foreign = |spot: &Spot| end_file.is_some_and(|file| file != spot.site.file);
    if spots.len() < 2 && !spots.first().is_some_and(is_foreign) {
        return Vec::new();
    }
    if let Some(end) = end {
        // What stands inside the attribute's own expression was carried nowhere: one place, the more telling label.
        let inside = |site: Site| site.file == end.file && end.span.contains(site.span);
        spots.retain(|spot| !inside(spot.site));
        if spots.is_empty() {
            return spots;
        }
        spots.push(Spot::new(end, used_as));
    }
    spots
}

/// Whether a value stands with all that it was made of in the entry's own expression: then no literal took a way to it.
pub(crate) fn is_in_place(value: &Value, entry: &Entry) -> bool {
    let Some(end) = entry.site.or(entry.key_site) else { return false };
    let mut spots = Vec::new();
    walk(&value.origin, None, &mut spots);
    spots.iter().all(|spot| spot.site.file == end.file && end.span.contains(spot.site.span))
}

/// The steps from the one that is wanted to the use, where any is.
pub(crate) fn way(origin: &Origin, wanted: &dyn Fn(&Hop) -> bool) -> Vec<Spot> {
    spots(&origin.way_from(wanted).unwrap_or_default())
}

/// The places of a way, from its first step on.
pub(crate) fn spots(way: &[&Step]) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for step in way {
        if let Some(site) = step.site
            && spots.last().is_none_or(|last| last.site != site)
        {
            spots.push(Spot::new(site, describe(&step.hop)));
        }
    }
    spots
}

/// Literals first, then each step that carried them. Of several ingredients those that hold the wanted literal, where any
/// does.
fn walk(origin: &Origin, wanted: Option<Site>, spots: &mut Vec<Spot>) {
    let is_wanted =
        |site: Site| wanted.is_none_or(|wanted| site.file == wanted.file && site.span.contains(wanted.span));
    if walk_from(origin, &is_wanted, spots) || walk_from(origin, &|_| true, spots) {
        return;
    }
    if let Origin::Derived(step) = origin {
        pass(step, spots);
    }
}

/// The ways from the literals that are wanted; whether there is any.
fn walk_from(origin: &Origin, is_wanted: &dyn Fn(Site) -> bool, spots: &mut Vec<Spot>) -> bool {
    match origin {
        Origin::None => false,
        Origin::Literal(site) => {
            let is_it = is_wanted(*site);
            if is_it {
                spots.push(Spot::new(*site, "the value stands here"));
            }
            is_it
        }
        Origin::Derived(step) => {
            let known = spots.len();
            for from in step.from.iter() {
                walk_from(from, is_wanted, spots);
            }
            let holds = spots.len() > known;
            if holds {
                pass(step, spots);
            }
            holds
        }
    }
}

fn pass(step: &Step, spots: &mut Vec<Spot>) {
    let Some(site) = step.site else { return };
    match (spots.last_mut(), &step.hop) {
        // Where a local or variable is what a module is given, both happen at one place.
        (Some(last), Hop::ModuleInput(_)) if last.site == site => {
            last.label = format!("{}, {}", last.label, describe(&step.hop));
        }
        (Some(last), _) if last.site == site => {}
        (Some(_) | None, _) => spots.push(Spot::new(site, describe(&step.hop))),
    }
}

/// What templates that are not here were handed for a text, by name: what of it they put where nobody knows.
pub(crate) fn handed(origin: &Origin) -> Vec<(&Arc<str>, &Arc<Step>)> {
    let mut found = Vec::new();
    each_step(origin, &mut FxHashSet::default(), &mut |step| match &step.hop {
        Hop::Handed(name) => {
            found.push((name, step));
            false
        }
        hop => keeps(hop),
    });
    found
}

/// Functions that keep a secret in what they make.
const CARRIERS: [&str; 20] = [
    "nonsensitive",
    "jsonencode",
    "yamlencode",
    "base64encode",
    "base64gzip",
    "urlencode",
    "join",
    "format",
    "coalesce",
    "try",
    "tostring",
    "trimspace",
    "chomp",
    "concat",
    "one",
    "element",
    "lookup",
    "merge",
    "templatefile",
    "templatestring",
];

/// Whether what a step makes holds what it was made of.
pub(crate) fn keeps(hop: &Hop) -> bool {
    match hop {
        Hop::Function(name) => CARRIERS.contains(&&**name),
        _ => true,
    }
}

fn describe(hop: &Hop) -> String {
    match hop {
        // It stands at the reference, whether the default or a value given is what it hands on.
        Hop::VariableDefault(name) => format!("taken from variable `{name}`"),
        Hop::VariableValue(name) => format!("value given to variable `{name}`"),
        Hop::Planned(text) => format!("planned as `{text}`"),
        Hop::Given(name) => format!("given to variable `{name}`"),
        Hop::ModuleInput(name) => format!("handed to the module as `{name}`"),
        Hop::Local(name) => format!("carried by local `{name}`"),
        Hop::ModuleOutput(name) => format!("handed out as `{name}`"),
        Hop::Attribute(name) => format!("taken from `{name}`"),
        Hop::ParameterDefault(name) => format!("default of parameter `{name}`"),
        Hop::ParameterValue(name) => format!("value given to parameter `{name}`"),
        Hop::Mapping(name) => format!("looked up in mapping `{name}`"),
        Hop::Function(name) => format!("passed through `{name}`"),
        Hop::Template => "put into a string".to_owned(),
        Hop::File(path) => format!("read from `{path}`"),
        Hop::Iterator(name) => format!("taken from `{name}`"),
        Hop::Branch => "chosen by a condition".to_owned(),
        Hop::Inherited(name) => format!("taken over from `{name}`"),
        Hop::MadeSecret(name) => format!("`{name}` is taken here"),
        Hop::Piece(name) => format!("`{name}` is taken of it"),
        Hop::Marked(name) => format!("`{name}` is marked as sensitive"),
        Hop::Handed(name) => format!("handed to a template as `{name}`"),
        Hop::UnmarkedVariable(name) | Hop::OrVariable(name, _) => format!("`{name}` is declared here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn at(start: usize) -> Site {
        Site::new(FileId(0), Span::new(start, start + 1))
    }

    #[test]
    fn a_literal_at_its_use_needs_no_chain() {
        let mut entry = Entry::new("tokens", Value::string("x").at(at(1)));
        entry.site = Some(at(0));
        assert!(chain(&entry.value, Some(&entry), "used", None).is_empty());
        assert_eq!(site(&entry.value, Some(&entry)), Some(at(1)));
    }

    #[test]
    fn the_chain_runs_from_the_literal_to_the_use() {
        let value = Value::string("x")
            .at(at(1))
            .via(Hop::VariableDefault("a".into()), Some(at(2)))
            .via(Hop::ModuleInput("b".into()), Some(at(3)));
        let mut entry = Entry::new("tokens", value);
        entry.site = Some(at(4));
        let sites: Vec<_> =
            chain(&entry.value, Some(&entry), "used", None).iter().map(|spot| spot.site).collect();
        assert_eq!(sites, [at(1), at(2), at(3), at(4)]);
    }

    #[test]
    fn of_several_literals_the_wanted_one_is_followed_where_it_is_there() {
        let part = |literal: usize, local: usize| {
            Value::string("x").at(at(literal)).via(Hop::Local("l".into()), Some(at(local))).origin
        };
        let unknown = Value::null().via(Hop::Local("l".into()), Some(at(5))).origin;
        let from = vec![part(1, 2), unknown, part(3, 4)];
        let origin = Origin::made_of(Hop::Template, Some(at(6)), from);
        let sites = |wanted: Option<Site>| {
            let mut spots = Vec::new();
            walk(&origin, wanted, &mut spots);
            spots.iter().map(|spot| spot.site.span.start as usize).collect::<Vec<_>>()
        };
        assert_eq!(sites(Some(at(3))), [3, 4, 6]);
        assert_eq!(sites(Some(at(9))), [1, 2, 3, 4, 6]);
        assert_eq!(sites(None), [1, 2, 3, 4, 6]);
    }
}
