//! Reports of several runs put together as if one run had said it all: in whatever order, and in however many steps.

use super::view::{Counts, Diagnostic, GateView, HistoryView, Level, PlaceView, Report, Summary};
use serde::Deserialize;

/// Why a text is no report.
fn wrong(text: &str, error: &serde_json::Error) -> String {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    match serde_json::from_str::<Versioned>(text) {
        Ok(Versioned { version }) if version != Report::VERSION => {
            format!("a report of version {version}; this keyless reads version {}", Report::VERSION)
        }
        Ok(_) | Err(_) => {
            // The message may quote what stands there.
            format!("no report of `--format json`: line {}, column {}", error.line(), error.column())
        }
    }
}

impl Report {
    /// Reads what `--format json` printed.
    ///
    /// # Errors
    /// Why it is none, for people.
    pub fn read(text: &str) -> Result<Self, String> {
        let report: Self = serde_json::from_str(text).map_err(|error| wrong(text, &error))?;
        if report.version == Self::VERSION {
            return Ok(report);
        }
        Err(format!("a report of version {}; this keyless reads version {}", report.version, Self::VERSION))
    }

    /// What a run says that has nothing to say.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            version: Self::VERSION,
            findings: Vec::new(),
            cannot_tell: Vec::new(),
            suppressed: Vec::new(),
            problems: Vec::new(),
            gate: None,
            stale: Vec::new(),
            fails: false,
            repository: None,
            summary: Summary {
                files: 0,
                resources: 0,
                findings: Counts { error: 0, warning: 0, note: 0 },
                cannot_tell: 0,
                suppressed: 0,
                problems: 0,
                history: None,
            },
        }
    }

    /// Every path below a name, as if repositories stood side by side in a folder.
    #[must_use]
    pub fn below(mut self, name: &str) -> Self {
        self.rename(&|path| if path == "." { name.to_owned() } else { format!("{name}/{path}") });
        self
    }

    /// All of them in one. Paths become those of the repositories where these are not the same.
    #[must_use]
    pub fn merged(reports: impl IntoIterator<Item = Self>) -> Self {
        let mut reports = reports.into_iter();
        let mut whole = reports.next().unwrap_or_else(Self::empty);
        for report in reports {
            whole.add(report);
        }
        whole.settle();
        whole
    }

    /// Levels that fail take the place of what the runs were told.
    pub fn fail_from(&mut self, fails: impl Fn(Level, bool) -> bool) {
        for (list, is_open) in [(&mut self.findings, false), (&mut self.cannot_tell, true)] {
            for one in list {
                one.fails = !one.existing && fails(one.severity, is_open);
            }
        }
        self.fails = self.findings.iter().chain(&self.cannot_tell).any(|one| one.fails);
    }

    fn add(&mut self, mut other: Self) {
        if self.repository != other.repository {
            self.rename(&|path| path.to_owned());
            other.rename(&|path| path.to_owned());
        }
        self.findings.append(&mut other.findings);
        self.cannot_tell.append(&mut other.cannot_tell);
        self.suppressed.append(&mut other.suppressed);
        self.problems.append(&mut other.problems);
        self.stale.append(&mut other.stale);
        self.fails |= other.fails;
        self.gate = both(self.gate.take(), other.gate);
        self.summary.files += other.summary.files;
        self.summary.resources += other.summary.resources;
        let looked = [self.summary.history, other.summary.history].into_iter().flatten();
        self.summary.history =
            looked.reduce(|a, b| HistoryView { commits: a.commits + b.commits, texts: a.texts + b.texts });
    }

    /// Sorted, each thing once, and counted.
    fn settle(&mut self) {
        for list in [&mut self.findings, &mut self.cannot_tell, &mut self.suppressed] {
            list.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| json(a).cmp(&json(b))));
            list.dedup_by(|a, b| a.order() == b.order() && json(a) == json(b));
        }
        self.problems.sort_by(|a, b| {
            (&a.path, a.start, a.kind, &a.message).cmp(&(&b.path, b.start, b.kind, &b.message))
        });
        self.problems.dedup();
        self.stale.sort();
        self.stale.dedup();
        let of = |level| self.findings.iter().filter(|finding| finding.severity == level).count();
        self.summary.findings =
            Counts { error: of(Level::Error), warning: of(Level::Warning), note: of(Level::Note) };
        self.summary.cannot_tell = self.cannot_tell.len();
        self.summary.suppressed = self.suppressed.len();
        self.summary.problems = self.problems.len();
    }

    /// Gives every path, as the repository has it, another name.
    fn rename(&mut self, name: &dyn Fn(&str) -> String) {
        let place = self.repository.take();
        let whole = |path: &mut String| {
            let rooted = place.as_ref().map_or_else(|| path.clone(), |place| place.path(path));
            *path = name(&rooted);
        };
        let lists = [&mut self.findings, &mut self.cannot_tell, &mut self.suppressed];
        for one in lists.into_iter().flatten() {
            let said = one.suppression.iter_mut().map(|said| &mut said.place);
            let places = one.chain.iter_mut().chain(&mut one.related).chain(said);
            places.map(|place: &mut PlaceView| &mut place.path).chain([&mut one.path]).for_each(&whole);
            let edits = one.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
            edits.map(|edit| &mut edit.path).for_each(&whole);
        }
        // What is wrong with the command line stands in no file.
        self.problems
            .iter_mut()
            .map(|problem| &mut problem.path)
            .filter(|path| !path.starts_with("--"))
            .for_each(&whole);
        self.stale.iter_mut().map(|stale| &mut stale.path).for_each(&whole);
    }
}

/// What two changes were compared with.
fn both(a: Option<GateView>, b: Option<GateView>) -> Option<GateView> {
    let (a, b) = match (a, b) {
        (Some(a), Some(b)) => (a, b),
        (a, b) => return a.or(b),
    };
    let mut since: Vec<&str> = a.since.split(", ").chain(b.since.split(", ")).collect();
    since.sort_unstable();
    since.dedup();
    Some(GateView {
        since: since.join(", "),
        base: if a.base == b.base { a.base.clone() } else { None },
        whole: [a.whole, b.whole].into_iter().flatten().min(),
    })
}

fn json(one: &Diagnostic) -> String {
    serde_json::to_string(one).unwrap_or_default()
}
