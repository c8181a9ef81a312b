//! What is new after edits, and what is not.

use super::*;
use crate::findings::{Basis, Edit};
use crate::source::{FileId, Site, SourceFile};

/// A finding in a few words: what it is, where it stands, and what it is about.
#[derive(Debug, Clone)]
struct Said {
    code: &'static str,
    severity: Severity,
    kind: Kind,
    title: &'static str,
    file: u32,
    span: (usize, usize),
    addresses: &'static [&'static str],
    /// The resource that a related place is said to be of.
    names: Option<&'static str>,
}

fn said(code: &'static str, span: (usize, usize), addresses: &'static [&'static str]) -> Said {
    Said {
        code,
        severity: Severity::Error,
        kind: Kind::Found,
        title: "what is wrong",
        file: 0,
        span,
        addresses,
        names: None,
    }
}

impl Said {
    fn note(self) -> Self {
        Self { severity: Severity::Note, ..self }
    }

    fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    fn title(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    fn naming(self, name: &'static str) -> Self {
        Self { names: Some(name), ..self }
    }

    fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    fn elsewhere(self) -> Self {
        Self { file: 1, ..self }
    }

    fn place(&self, label: String) -> Place {
        Place { site: Site::new(FileId(self.file), Span::new(self.span.0, self.span.1)), label }
    }

    fn finding(&self) -> Finding {
        let related = self.names.map(|name| self.place(format!("`{name}` gets it from here")));
        Finding {
            code: self.code.into(),
            name: "a-policy".into(),
            severity: self.severity,
            title: self.title.to_owned(),
            help: String::new(),
            url: String::new(),
            primary: self.place(String::new()),
            addresses: self.addresses.iter().map(|address| (*address).into()).collect(),
            construct: None,
            chain: Vec::new(),
            related: related.into_iter().collect(),
            reason: (self.kind == Kind::Open).then(|| "nobody knows".to_owned()),
            suppression: None,
            commit: None,
            mandatory: false,
            existing: false,
            fingerprint: String::new(),
            fixes: Vec::new(),
            basis: Box::new(Basis::default()),
        }
    }
}

fn judged(all: &[Said], resources: usize) -> (Outcome, Sources) {
    let mut outcome = Outcome { resources, ..Outcome::default() };
    for one in all {
        let list = match one.kind {
            Kind::Found => &mut outcome.findings,
            Kind::Open => &mut outcome.cannot_tell,
            Kind::Suppressed => &mut outcome.suppressed,
        };
        list.push(one.finding());
    }
    let sources = Sources::default();
    for path in ["main.tf", "modules/web/main.tf"] {
        sources.add(SourceFile::new(path.to_owned(), path.to_owned(), "x".repeat(100), false));
    }
    (outcome, sources)
}

/// What is wrong when the first of some findings is mended by an edit that makes ten bytes of the bytes from 10 to 12.
fn faults(before: &[Said], after: &[Said]) -> Vec<String> {
    let (before, sources) = judged(before, 5);
    let (after, now) = judged(after, 5);
    let edit = Edit { site: Site::new(FileId(0), Span::new(10, 12)), text: "0123456789".to_owned() };
    let moved = Moved::by([&edit], &sources);
    let ledger = Ledger::of(&before, &sources);
    let mended = before.findings.first().unwrap();
    let word = |fault: &Fault<'_>| match fault {
        Fault::Stays(at) => format!("stays {at}"),
        Fault::Brings(finding) => format!("brings {} {}", finding.code, finding.addresses.join(" ")),
        Fault::BringsProblem(_) => "brings a problem".to_owned(),
        Fault::Loses => "loses".to_owned(),
    };
    ledger.faults(&[mended], &moved, (&after, &now)).iter().map(word).collect()
}

#[test]
fn what_is_told_in_other_words_or_lines_is_nothing_new() {
    let mended = || said("IMDS01", (10, 12), &["i.a"]);
    for (other, later) in [
        // It moves along with the edit.
        (said("EC201", (40, 50), &["i.a"]), said("EC201", (48, 58), &["i.a"])),
        (said("IMDS01", (40, 50), &["i.b"]).title("a"), said("IMDS01", (48, 58), &["i.b"]).title("a when b")),
        (said("SEC08", (40, 50), &["d.a"]).note(), said("SEC08", (41, 58), &["d.a"]).note().title("b")),
        // Milder than it was, and of an instance more of the same resource.
        (said("SEC07", (40, 50), &["d.a"]), said("SEC07", (48, 58), &["d.a"]).warning()),
        (said("KEY03", (40, 50), &["d.a[\"x\"]"]), said("KEY03", (48, 58), &["d.a[\"x\"]", "d.a[\"y\"]"])),
        // The same resource of the same policy.
        (said("IMDS01", (40, 50), &["i.a"]), said("IMDS01", (48, 58), &["i.a"])),
    ] {
        assert_eq!(faults(&[mended(), other.clone()], &[later]), [""; 0], "{other:?}");
    }
}

#[test]
fn what_was_not_told_of_a_resource_is_new() {
    let mended = || said("IMDS01", (10, 12), &["i.a"]);
    let other = || said("EC201", (40, 50), &["i.a"]);
    let later = || said("EC201", (48, 58), &["i.a"]);
    for (new, expected) in [
        (said("EC202", (48, 58), &["i.a"]), "brings EC202 i.a"),
        (said("EC201", (60, 70), &["i.b"]), "brings EC201 i.b"),
        (said("IMDS01", (60, 70), &["i.b"]), "brings IMDS01 i.b"),
        (said("IMDS01", (10, 20), &["i.a"]).of_kind(Kind::Open), "brings IMDS01 i.a"),
        (said("IMDS01", (10, 20), &["i.a"]).of_kind(Kind::Suppressed), "brings IMDS01 i.a"),
        (said("EC201", (60, 70), &["i.a"]), "brings EC201 i.a"),
        (said("EC201", (48, 58), &["i.a"]).elsewhere(), "brings EC201 i.a"),
        // It says something else about another place of the same resource.
        (said("IMDS01", (60, 70), &["i.a"]).title("another"), "brings IMDS01 i.a"),
        // It is still the same, in whatever words, or a part of it.
        (said("IMDS01", (10, 20), &["i.a"]).title("when a"), "stays 0"),
        (said("IMDS01", (12, 14), &["i.a"]).title("when a"), "stays 0"),
        (said("IMDS01", (60, 70), &["i.a"]), "stays 0"),
        (said("IMDS01", (10, 20), &["i.a"]).note(), "stays 0"),
    ] {
        assert_eq!(faults(&[mended(), other()], &[later(), new.clone()]), [expected], "{new:?}");
    }
    let graver = [said("IMDS01", (10, 12), &["i.a"]), said("SEC08", (40, 50), &["d.a"]).note()];
    assert_eq!(faults(&graver, &[said("SEC08", (48, 58), &["d.a"])]), ["brings SEC08 d.a"]);
}

#[test]
fn what_is_left_of_something_that_was_mended_is_a_note_about_the_same() {
    let mended = || said("IMDS01", (10, 12), &["template"]).naming("group");
    for (left, expected) in [
        (said("IMDS02", (60, 70), &["template"]).note(), None),
        (said("IMDS02", (60, 70), &["group"]).note(), None),
        (said("IMDS02", (60, 70), &["group", "other"]).note(), Some("brings IMDS02 group other")),
        (said("IMDS02", (60, 70), &["group"]).warning(), Some("brings IMDS02 group")),
        (said("EC203", (60, 70), &["group"]).note(), Some("brings EC203 group")),
        (said("IMDS02", (60, 70), &["group"]).note().elsewhere(), Some("brings IMDS02 group")),
    ] {
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(faults(&[mended()], std::slice::from_ref(&left)), expected, "{left:?}");
    }
}

#[test]
fn a_literal_that_has_one_use_less_is_nothing_new() {
    for (before, after, expected) in [
        (said("SEC01", (40, 50), &["d.a", "d.b"]), said("SEC01", (48, 58), &["d.b"]), None),
        // Told at its next use, by another policy.
        (said("SEC01", (40, 50), &["d.a"]), said("SEC02", (48, 58), &["var.a"]), None),
        (said("SEC01", (40, 50), &["d.a"]), said("SEC01", (48, 58), &["d.a"]), Some("stays 0")),
        (said("SEC01", (40, 50), &["d.a"]), said("SEC01", (48, 58), &["d.a", "d.b"]), Some("stays 0")),
        // Not where nothing was told before, nor graver than it was.
        (said("SEC01", (40, 50), &["d.a"]), said("SEC02", (60, 70), &["var.a"]), Some("brings SEC02 var.a")),
        (
            said("SEC01", (40, 50), &["d.a"]).warning(),
            said("SEC02", (48, 58), &["var.a"]),
            Some("brings SEC02 var.a"),
        ),
        // What is no literal is mended or not.
        (said("IMDS01", (40, 50), &["i.a", "i.b"]), said("IMDS01", (48, 58), &["i.b"]), Some("stays 0")),
    ] {
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(faults(&[before], std::slice::from_ref(&after)), expected, "{after:?}");
    }
    // A secret that is handed on to more is worse than it was.
    let before = [said("KEY03", (10, 12), &["p.a"]), said("SEC01", (40, 50), &["d.a"])];
    let after = [said("SEC01", (48, 58), &["d.a", "d.b"])];
    assert_eq!(faults(&before, &after), ["brings SEC01 d.a d.b"]);
}

#[test]
fn what_is_not_understood_any_more_is_lost() {
    let (before, sources) = judged(&[said("IMDS01", (10, 12), &["i.a"])], 5);
    let (after, now) = judged(&[], 4);
    let ledger = Ledger::of(&before, &sources);
    let faults = ledger.faults(&[&before.findings[0]], &Moved::default(), (&after, &now));
    assert!(matches!(faults.as_slice(), [Fault::Loses]));
}

#[test]
fn what_is_known_is_known_in_other_words() {
    let other = said("IMDS01", (20, 22), &["i.b"]).title("when b");
    let (all, sources) = judged(&[said("IMDS01", (10, 12), &["i.a"]), other], 5);
    let [first, second] = all.findings.as_slice() else { panic!() };
    let mut known = Known::default();
    assert!(!known.has(first, &sources));
    known.add(first, &sources);
    let again = said("IMDS01", (30, 32), &["i.a"]).title("when a").finding();
    assert!(known.has(&again, &sources) && !known.has(second, &sources));
    known.remove(first, &sources);
    assert!(!known.has(&again, &sources));
}
