//! What the terminal can show: colour, box drawing, width.

use miette::{GraphicalTheme, ThemeCharacters, ThemeStyles};
use std::ffi::OsString;

/// Width where there is no terminal.
const DEFAULT_WIDTH: usize = 100;
const NARROWEST: usize = 50;
const WIDEST: usize = 160;

/// How human output looks.
#[derive(Debug, Clone)]
pub struct Style {
    pub(super) theme: GraphicalTheme,
    pub(super) width: usize,
}

impl Style {
    /// No colour, Unicode, the width of a pipe: what tests and logs get.
    #[must_use]
    pub fn plain() -> Self {
        Self::new(false, true, DEFAULT_WIDTH)
    }

    #[must_use]
    pub fn new(colour: bool, unicode: bool, width: usize) -> Self {
        let characters = if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
        Self { theme: GraphicalTheme { characters, styles }, width: width.clamp(NARROWEST, WIDEST) }
    }

    /// What standard output can show, by its kind and the environment.
    #[must_use]
    pub fn detect(
        is_terminal: bool,
        width: Option<usize>,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let refused = set("NO_COLOR").is_some() || set("CLICOLOR").is_some_and(|value| value == "0");
        let colour = set("NO_COLOR").is_none() && forced || is_terminal && !dumb && !refused;
        // Files and logs are UTF-8 everywhere; only a terminal can lack the glyphs.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_string_lossy().to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        let unicode = !is_terminal || cfg!(windows) || utf8 && !dumb;
        let width = if is_terminal { width.unwrap_or(DEFAULT_WIDTH) } else { DEFAULT_WIDTH };
        Self::new(colour, unicode, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(is_terminal: bool, variables: &[(&str, &str)]) -> bool {
        let style = Style::detect(is_terminal, None, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
        });
        style.theme.styles.error.style("x").to_string() != "x"
    }

    #[test]
    fn colour_follows_the_terminal_and_the_environment() {
        for (terminal, variables, expected) in [
            (true, vec![], true),
            (false, vec![], false),
            (true, vec![("NO_COLOR", "1")], false),
            (true, vec![("NO_COLOR", "")], true),
            (true, vec![("CLICOLOR", "0")], false),
            (true, vec![("TERM", "dumb")], false),
            (false, vec![("CLICOLOR_FORCE", "1")], true),
            (false, vec![("CLICOLOR_FORCE", "0")], false),
            (false, vec![("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        ] {
            assert_eq!(colours(terminal, &variables), expected, "{variables:?}");
        }
    }
}
