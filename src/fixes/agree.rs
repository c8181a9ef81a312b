//! Fixes that make the same edits: they do the same to what is deployed, whatever finding they mend.

use crate::findings::{Edit, Finding, Fix, Safety};
use std::collections::BTreeMap;

/// What is known of the fixes that make the same edits.
struct Known {
    safety: Safety,
    graver: Fix,
    /// What those that are less safe say.
    notes: Vec<String>,
}

/// Lets all fixes that make the same edits say the gravest of their effects, and be as safe as the least safe of them.
pub fn agree<'f>(findings: impl IntoIterator<Item = &'f mut Finding>) {
    of_fixes(findings.into_iter().flat_map(|finding| &mut finding.fixes));
}

fn of_fixes<'f>(fixes: impl Iterator<Item = &'f mut Fix>) {
    let mut by_edits: BTreeMap<Vec<Edit>, Vec<&mut Fix>> = BTreeMap::new();
    for fix in fixes.filter(|fix| fix.is_applicable()) {
        let mut edits = fix.edits.clone();
        edits.sort();
        edits.dedup();
        by_edits.entry(edits).or_default().push(fix);
    }
    for fixes in by_edits.into_values().filter(|fixes| fixes.len() > 1) {
        if let Some(known) = known(&fixes) {
            fixes.into_iter().for_each(|fix| known.tell(fix));
        }
    }
}

fn known(fixes: &[&mut Fix]) -> Option<Known> {
    let safety = fixes.iter().map(|fix| fix.safety).max()?;
    // Which of several with one effect gives the words must not depend on their order.
    let graver = fixes.iter().max_by_key(|fix| (fix.effect, std::cmp::Reverse(&fix.because)))?;
    let least = fixes.iter().filter(|fix| fix.safety == safety && !fix.note.is_empty());
    let mut notes: Vec<String> = least.map(|fix| fix.note.clone()).collect();
    notes.sort();
    notes.dedup();
    Some(Known { safety, graver: (**graver).clone(), notes })
}

impl Known {
    fn tell(&self, fix: &mut Fix) {
        if fix.effect < self.graver.effect {
            fix.effect = self.graver.effect;
            fix.because.clone_from(&self.graver.because);
        }
        if fix.safety < self.safety {
            fix.safety = self.safety;
            let said = std::iter::once(&fix.note).chain(&self.notes).flat_map(|note| note.split("; "));
            let mut notes: Vec<&str> = Vec::new();
            for note in said.filter(|note| !note.is_empty()) {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            fix.note = notes.join("; ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Effect;
    use crate::source::{FileId, Site, Span};

    fn fix(at: usize, safety: Safety, effect: Effect, because: &str, note: &str) -> Fix {
        let edit =
            |start| Edit { site: Site::new(FileId(0), Span::new(start, start + 1)), text: "x".to_owned() };
        Fix {
            title: "do it".to_owned(),
            safety,
            effect,
            because: because.to_owned(),
            note: note.to_owned(),
            edits: vec![edit(at), edit(at + 2)],
        }
    }

    #[test]
    fn one_edit_is_as_grave_and_as_unsafe_as_any_of_its_fixes() {
        let mut safe = fix(0, Safety::Safe, Effect::InPlace, "it is updated", "look; at it");
        safe.edits.reverse();
        let grave = fix(0, Safety::Unsafe, Effect::Replacement, "it is replaced", "beware; look");
        let other = fix(8, Safety::Safe, Effect::InPlace, "it is updated", "");
        let mut all = [safe, grave.clone(), other.clone()];
        of_fixes(all.iter_mut());
        let [safe, grave_after, other_after] = all;
        assert_eq!((safe.safety, safe.effect), (Safety::Unsafe, Effect::Replacement));
        assert_eq!((safe.because.as_str(), safe.note.as_str()), ("it is replaced", "look; at it; beware"));
        assert_eq!((grave_after, other_after), (grave, other));
    }
}
