//! Calls of functions by which a secret is handed over in its place among the arguments: `define('DB_PASSWORD', '…')`,
//! `mysqli_connect('…', '…', '…')`, `createAccount("…", "…")`.

use super::{Assigned, Line};
use std::ops::Range;

impl<'t> Line<'t> {
    /// Where the value of `define('NAME', '…')` stands: PHP's constants, as `wp-config.php` has them.
    pub(super) fn defined(&self, before: &str, name_end: usize) -> Option<Range<usize>> {
        let bare = before.trim_end_matches(['"', '\'', '\\', ' ']);
        let is_it = bare.len() < before.len() && bare.ends_with("define(");
        let rest = self.from(name_end).trim_start_matches(['"', '\'', '\\', ' ']);
        let value = is_it.then(|| rest.strip_prefix(','))??;
        self.quoted(self.end - value.len())
    }

    /// The argument in this place of a call whose first bracket follows behind `at`; all before it are in quotes.
    pub(super) fn argument(&self, word: Range<usize>, at: usize, place: usize) -> Option<Assigned<'t>> {
        let mut at = at;
        for _ in 0..place {
            let first = self.quoted(at)?;
            let behind = self.from(first.end).trim_start_matches(['"', '\'', '\\', ' ']);
            at = self.end - behind.strip_prefix(',')?.len();
        }
        let value = self.quoted(at)?;
        self.plain(word, value)
    }

    /// What connects to a database from PHP: `mysqli_connect(host, user, password)`, `new PDO("mysql:…", user, password)`.
    pub(super) fn connected(&self, hit: Range<usize>) -> Option<Assigned<'t>> {
        let rest = self.from(hit.end);
        let before = self.before(hit.start);
        let opened = ["i_connect(", "_connect(", "i("].iter().find_map(|name| rest.strip_prefix(name));
        if let Some(inside) = opened {
            return self.argument(hit, self.end - inside.len(), 2);
        }
        let quote = before.ends_with("PDO(\"") || before.ends_with("PDO('");
        let start = quote.then(|| self.start + before.len() - 1)?;
        self.argument(hit, start, 2)
    }
}
