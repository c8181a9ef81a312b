//! Which rules a fact may fail at all: decided here for rules of the plain form that built-in ones have, so that Guard is
//! asked about suspects alone. Most facts are fine, and Guard takes longer over one rule than this does over all.
//!
//! The form is `rule NAME when CONCEPT !empty { CONCEPT.* { when CLAUSE… { CLAUSE } } }`, with or without the inner
//! `when`. A policy that has anything else in it goes to Guard as it is, and whatever is not certain of a fact makes it a
//! suspect: the verdict is Guard's.

use super::header;
use serde_json::Value as Json;

/// A policy's rules, told apart.
#[derive(Debug)]
pub(super) struct Sieve<'p> {
    /// The lines that all its rules may need.
    lets: Vec<Let<'p>>,
    rules: Vec<Rule<'p>>,
}

#[derive(Debug)]
struct Let<'p> {
    line: &'p str,
    name: &'p str,
    number: i64,
}

#[derive(Debug)]
struct Rule<'p> {
    text: &'p str,
    when: Vec<Clause<'p>>,
    then: Clause<'p>,
    suspected: bool,
}

/// A question to one field of a fact.
#[derive(Debug)]
struct Clause<'p> {
    path: &'p str,
    test: Test<'p>,
}

#[derive(Debug)]
enum Test<'p> {
    Among(Vec<&'p str>),
    NotAmong(Vec<&'p str>),
    Number,
    Text,
    AtMost(i64),
    AtLeast(i64),
}

impl<'p> Sieve<'p> {
    /// The rules of a policy; `None` if they are not all plain.
    pub(super) fn of(text: &'p str, concept: &str) -> Option<Self> {
        let mut sieve = Self { lets: Vec::new(), rules: Vec::new() };
        let mut lines = header::lines(text);
        while let Some((start, line)) = lines.next() {
            if line.starts_with("let ") {
                sieve.lets.push(Let::read(line)?);
            } else if line.starts_with("rule ") {
                let (end, last) = lines.find(|(_, line)| *line == "}")?;
                let rule = text.get(start..end + last.len())?;
                sieve.rules.push(Rule::read(rule, concept, &sieve.lets)?);
            } else if !line.is_empty() && !line.starts_with('#') {
                return None;
            }
        }
        Some(sieve)
    }

    /// Whether a fact may fail any of the rules. Those are remembered.
    pub(super) fn suspects(&mut self, fact: &Json) -> bool {
        let mut any = false;
        for rule in &mut self.rules {
            let may_fail = rule.may_fail(fact);
            rule.suspected |= may_fail;
            any |= may_fail;
        }
        any
    }

    /// The rules that a fact may fail, as Guard reads them. Empty: there are none.
    pub(super) fn suspected(&self) -> String {
        let mut text = String::new();
        for rule in self.rules.iter().filter(|rule| rule.suspected) {
            if text.is_empty() {
                self.lets.iter().for_each(|said| text.extend([said.line, "\n"]));
            }
            text.extend([rule.text, "\n"]);
        }
        text
    }
}

impl<'p> Let<'p> {
    fn read(line: &'p str) -> Option<Self> {
        let (name, number) = line.strip_prefix("let ")?.split_once('=')?;
        Some(Self { line, name: name.trim(), number: number.trim().parse().ok()? })
    }
}

impl<'p> Rule<'p> {
    fn read(text: &'p str, concept: &str, lets: &[Let<'p>]) -> Option<Self> {
        let mut tokens = Tokens(text);
        tokens.expect("rule")?;
        tokens.next()?;
        for expected in ["when", concept, "!empty", "{", concept] {
            tokens.expect(expected)?;
        }
        tokens.expect(".*")?;
        tokens.expect("{")?;
        let mut when = Vec::new();
        let mut token = tokens.next()?;
        let conditional = token == "when";
        if conditional {
            token = tokens.next()?;
            while token != "{" {
                when.push(Clause::read(token, &mut tokens, lets)?);
                token = tokens.next()?;
            }
            token = tokens.next()?;
        }
        let then = Clause::read(token, &mut tokens, lets)?;
        for _ in 0..2 + usize::from(conditional) {
            tokens.expect("}")?;
        }
        tokens.0.trim().is_empty().then_some(Self { text, when, then, suspected: false })
    }

    fn may_fail(&self, fact: &Json) -> bool {
        self.when.iter().all(|clause| clause.holds(fact) != Some(false))
            && self.then.holds(fact) != Some(true)
    }
}

impl<'p> Clause<'p> {
    fn read(path: &'p str, tokens: &mut Tokens<'p>, lets: &[Let<'p>]) -> Option<Self> {
        let is_path = path.split('.').all(|name| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        });
        let test = match tokens.next()? {
            "==" => Test::Among(vec![tokens.string()?]),
            "!=" => Test::NotAmong(vec![tokens.string()?]),
            "IN" | "in" => Test::Among(tokens.strings()?),
            "NOT" | "not" => {
                matches!(tokens.next()?, "IN" | "in").then_some(())?;
                Test::NotAmong(tokens.strings()?)
            }
            "is_int" => Test::Number,
            "is_string" => Test::Text,
            "<=" => Test::AtMost(tokens.number(lets)?),
            ">=" => Test::AtLeast(tokens.number(lets)?),
            _ => return None,
        };
        is_path.then_some(Self { path, test })
    }

    /// Whether a fact is as this says; `None` where it has no such field, or not of a type to say so.
    fn holds(&self, fact: &Json) -> Option<bool> {
        let value = self.path.split('.').try_fold(fact, |value, name| value.get(name))?;
        match &self.test {
            Test::Among(texts) => Some(texts.contains(&value.as_str()?)),
            Test::NotAmong(texts) => Some(!texts.contains(&value.as_str()?)),
            Test::Number => Some(value.is_i64()),
            Test::Text => Some(value.is_string()),
            Test::AtMost(most) => Some(value.as_i64()? <= *most),
            Test::AtLeast(least) => Some(value.as_i64()? >= *least),
        }
    }
}

/// What is left of a rule.
struct Tokens<'p>(&'p str);

impl<'p> Tokens<'p> {
    fn next(&mut self) -> Option<&'p str> {
        self.0 = self.0.trim_start();
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        let bytes = self.0.as_bytes();
        let words = |from: usize, inside: &dyn Fn(&u8) -> bool| {
            from + bytes[from..].iter().take_while(|b| inside(b)).count()
        };
        let length = match bytes.first()? {
            b'{' | b'}' | b'[' | b']' | b',' => 1,
            quote @ (b'\'' | b'"') => 2 + bytes[1..].iter().position(|b| b == quote)?,
            b'=' | b'<' | b'>' if bytes.get(1) == Some(&b'=') => 2,
            b'!' if bytes.get(1) == Some(&b'=') => 2,
            b'!' | b'%' => words(1, &is_word),
            b'.' if bytes.get(1) == Some(&b'*') => 2,
            // A path, but for the `.*` behind it.
            _ => {
                let length = words(0, &|b| is_word(b) || *b == b'.');
                length - usize::from(bytes[..length].last() == Some(&b'.'))
            }
        };
        let (token, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (!token.is_empty()).then_some(token)
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        (self.next()? == token).then_some(())
    }

    fn string(&mut self) -> Option<&'p str> {
        unquoted(self.next()?)
    }

    fn strings(&mut self) -> Option<Vec<&'p str>> {
        self.expect("[")?;
        let mut strings = vec![self.string()?];
        loop {
            match self.next()? {
                "]" => return Some(strings),
                "," => strings.push(self.string()?),
                _ => return None,
            }
        }
    }

    fn number(&mut self, lets: &[Let<'p>]) -> Option<i64> {
        let token = self.next()?;
        match token.strip_prefix('%') {
            Some(name) => lets.iter().find(|said| said.name == name).map(|said| said.number),
            None => token.parse().ok(),
        }
    }
}

/// Guard has escapes of its own.
fn unquoted(token: &str) -> Option<&str> {
    let inner = token.strip_prefix(['\'', '"'])?;
    inner.get(..inner.len().checked_sub(1)?).filter(|inner| !inner.contains('\\'))
}
