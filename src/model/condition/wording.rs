//! When a formula holds, in words: which parameters matter, and which of their values.

use super::Domain;
use super::formula::{Formula, Node, Values, Variable};
use super::single::AnyOther;
use super::solver::Answer;

/// Ways to make a formula true that are told apart.
const MAX_WAYS: usize = 3;

/// Values named before the rest is counted.
const MAX_NAMED: usize = 4;

/// Values of each variable that together make the formula true, whichever of them are chosen.
type Way = Vec<Vec<usize>>;

/// `None` where it is too hard to say.
pub(super) fn when(domain: &Domain, formula: &mut Formula<'_>) -> Option<String> {
    let mut wanted = formula.wanted();
    let mut told: Vec<String> = Vec::new();
    loop {
        let found = match formula.solve(&formula.all_values(), &wanted) {
            Answer::Found(found) => found,
            Answer::None => break,
            Answer::Undecided => return None,
        };
        if told.len() == MAX_WAYS {
            told.push("in other cases".to_owned());
            break;
        }
        let way = widened(formula, &found)?;
        let words = describe(domain, formula, &way);
        if words.is_empty() {
            return Some(String::new());
        }
        told.push(words);
        let excluded = node_of(formula, &way);
        wanted.push((excluded, false));
    }
    Some(if told.iter().any(|words| words.contains(" or ") || words.contains(" and ")) {
        told.join(", or ")
    } else {
        told.join(" or ")
    })
}

/// What an assignment needs: variables that may have any value are let go, the others get all values that do.
fn widened(formula: &mut Formula<'_>, found: &[Option<usize>]) -> Option<Way> {
    let conditions = formula.conditions.clone();
    let all = formula.push(Node::All(conditions));
    let mut wanted: Vec<(usize, bool)> = formula.rules.iter().map(|rule| (*rule, true)).collect();
    wanted.push((all, false));
    let every = formula.all_values();
    let mut way: Way = every.clone();
    // Values that the search left open are free already.
    for (values, found) in way.iter_mut().zip(found) {
        if let Some(found) = found {
            *values = vec![*found];
        }
    }
    let implied = |way: &Way| match formula.solve(way, &wanted) {
        Answer::None => Some(true),
        Answer::Found(_) => Some(false),
        Answer::Undecided => None,
    };
    for (at, values) in every.iter().enumerate() {
        let kept = way.get(at)?.clone();
        if kept.len() == values.len() {
            continue;
        }
        *way.get_mut(at)? = values.clone();
        if implied(&way)? {
            continue;
        }
        *way.get_mut(at)? = kept;
    }
    for (at, values) in every.iter().enumerate() {
        for value in values {
            let mut kept = way.get(at)?.clone();
            if kept.contains(value) {
                continue;
            }
            way.get_mut(at)?.push(*value);
            if implied(&way)? {
                kept.push(*value);
                kept.sort_unstable();
            }
            *way.get_mut(at)? = kept;
        }
    }
    Some(way)
}

fn node_of(formula: &mut Formula<'_>, way: &Way) -> usize {
    let mut parts = Vec::new();
    for (variable, values) in way.iter().enumerate() {
        if formula.variables.get(variable).is_some_and(|known| known.values.len() > values.len()) {
            let values = values.iter().map(|value| formula.push(Node::Is(variable, *value)));
            let values = values.collect();
            parts.push(formula.push(Node::Any(values)));
        }
    }
    formula.push(Node::All(parts))
}

fn describe(domain: &Domain, formula: &Formula<'_>, way: &Way) -> String {
    let needed =
        formula.variables.iter().zip(way).filter(|(known, values)| known.values.len() > values.len());
    let parts: Vec<String> = needed.map(|(variable, values)| needs(domain, variable, values)).collect();
    parts.join(" and ")
}

fn needs(domain: &Domain, variable: &Variable<'_>, values: &[usize]) -> String {
    let name = variable.name;
    let texts = |inside: bool| {
        let chosen = variable.values.iter().enumerate().filter(|(at, _)| values.contains(at) == inside);
        domain.all_told(name, &chosen.flat_map(|(_, values)| values.texts()).collect::<Vec<_>>())
    };
    let (inside, outside) = (texts(true), texts(false));
    let any_other = variable.values.iter().position(|values| matches!(values, Values::AnyOther));
    let is_any_other = any_other.is_some_and(|at| values.contains(&at));
    if variable.open {
        return if is_any_other { format!("not {name}") } else { name.to_owned() };
    }
    let any_other = match any_other {
        Some(_) if is_any_other => AnyOther::Inside,
        Some(_) => AnyOther::Outside,
        None => AnyOther::None,
    };
    needs_one_of(name, &inside, &outside, any_other)
}

/// By the values that do or by those that do not, whichever is shorter.
pub(super) fn needs_one_of(name: &str, inside: &[&str], outside: &[&str], any_other: AnyOther) -> String {
    let by_others = match any_other {
        AnyOther::Inside => true,
        AnyOther::Outside => false,
        AnyOther::None => inside.len() > outside.len().max(MAX_NAMED - 1),
    };
    match outside {
        _ if !by_others => format!("{name} is {}", listed(inside, "or")),
        [only] => format!("{name} is not {only}"),
        [one, other] => format!("{name} is neither {one} nor {other}"),
        _ => format!("{name} is none of {}", listed(outside, "and")),
    }
}

fn listed(texts: &[&str], word: &str) -> String {
    match texts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] if texts.len() <= MAX_NAMED => format!("{} {word} {last}", first.join(", ")),
        [..] => {
            let named = texts.get(..MAX_NAMED - 1).unwrap_or(texts).join(", ");
            format!("{named} {word} {} others", texts.len() - (MAX_NAMED - 1))
        }
    }
}

impl<'a> Values<'a> {
    fn texts(&self) -> Vec<&'a str> {
        match self {
            Self::One(text) => vec![text],
            Self::Several(texts) => texts.clone(),
            Self::AnyOther => Vec::new(),
        }
    }
}
