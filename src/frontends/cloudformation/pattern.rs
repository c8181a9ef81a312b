//! `AllowedPattern`: what a text must look like to be taken as a parameter's value.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{self};
use regex_automata::util::syntax;
use std::sync::{Arc, OnceLock};

/// Bytes that an automaton may take.
const MAX_SIZE: usize = 1 << 20;

#[derive(Debug)]
pub(super) struct AllowedPattern {
    text: Arc<str>,
    /// None for an expression that only Java has.
    compiled: OnceLock<Option<PikeVM>>,
}

impl AllowedPattern {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
    }

    /// Whether a text fits as a whole, as far as that can be told. Each pattern meets a text or two, so an automaton that
    /// is quickly made is worth more than one that is quickly run. Java's classes are those of ASCII; where the text
    /// holds other letters, or the expression is one that only Java has, nothing is ruled out.
    pub(super) fn may_admit(&self, text: &str) -> bool {
        let compile = || {
            PikeVM::builder()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .thompson(thompson::Config::new().utf8(false).nfa_size_limit(Some(MAX_SIZE)))
                .build(&format!("^(?:{})$", self.text))
                .ok()
        };
        if !text.is_ascii() {
            return true;
        }
        let Some(automaton) = self.compiled.get_or_init(compile) else { return true };
        automaton.is_match(&mut automaton.create_cache(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::AllowedPattern;

    #[test]
    fn a_text_fits_as_a_whole_or_not() {
        for (pattern, text, fits) in [
            ("[a-z]+", "abc", true),
            ("[a-z]+", "", false),
            ("[a-z]*", "", true),
            ("a|b", "ab", false),
            ("^arn:.*$", "arn:x", true),
            ("\\d{3}", "123", true),
            ("\\w+", "a b", false),
            (".+", "x", true),
            (".{2}", "ä", true),
            ("[a-z&&[^b]]+", "b", false),
            // Only Java has this one.
            ("(?=x)y", "y", true),
            ("(", "x", true),
        ] {
            assert_eq!(AllowedPattern::new(pattern).may_admit(text), fits, "{pattern} {text}");
        }
    }
}
