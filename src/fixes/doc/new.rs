//! What is to be written, and how it is written in block style and between brackets.

/// Something that is not in the document yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fixes) enum New {
    /// A text, in quotes wherever it would be read as anything else.
    Text(String),
    /// A number, `true`, `false`.
    Word(&'static str),
    Map(Vec<(String, New)>),
    List(Vec<New>),
    /// What has a short form in YAML: `!Ref Role` for `Ref: Role`.
    Short {
        tagged: String,
        long: Box<New>,
    },
}

impl New {
    pub(in crate::fixes) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(in crate::fixes) fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
    }

    /// The value below these keys.
    pub(in crate::fixes) fn below(self, path: &[&str]) -> Self {
        path.iter().rev().fold(self, |value, key| Self::map([(key, value)]))
    }
}

/// How texts and keys are written.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) line_break: &'static str,
    /// One level of indentation.
    pub(super) step: String,
    /// Around texts that need it.
    pub(super) quote: char,
    /// Around keys; none: only where one needs it.
    pub(super) key_quote: Option<char>,
    /// Texts stand in quotes whether they need them or not, as in JSON.
    pub(super) always: bool,
    /// Whether what has a short form is written so.
    pub(super) tags: bool,
    /// Items of a sequence stand further in than its key.
    pub(super) hanging: bool,
    pub(super) brackets: Brackets,
}

/// What is written between brackets.
#[derive(Debug, Clone)]
pub(super) struct Brackets {
    /// Between key and value.
    pub(super) colon: String,
    /// Between parts in one line.
    pub(super) comma: String,
    /// Inside of the brackets of a line.
    pub(super) pad: String,
    /// Every part in a line of its own.
    pub(super) lines: bool,
    /// References stand in one line even so.
    pub(super) short_references: bool,
}

impl Script {
    /// An entry in block style; its further lines are indented by `indent` and more.
    pub(super) fn block_entry(&self, key: &str, value: &New, indent: &str) -> String {
        let key = self.key(key);
        let inner = format!("{indent}{}", self.step);
        match self.short(value) {
            New::Map(entries) if !entries.is_empty() => {
                let lines = self.block_map(entries, &inner);
                format!("{key}:{}{inner}{lines}", self.line_break)
            }
            New::List(items) if !items.is_empty() => {
                let at = if self.hanging { inner } else { indent.to_owned() };
                let lines: Vec<String> =
                    items.iter().map(|item| format!("{at}{}", self.block_item(item, &at, " "))).collect();
                format!("{key}:{}{}", self.line_break, lines.join(self.line_break))
            }
            other => format!("{key}: {}", self.scalar(other)),
        }
    }

    /// An item of a sequence in block style, with its dash.
    pub(super) fn block_item(&self, item: &New, indent: &str, gap: &str) -> String {
        let inner = format!("{indent} {gap}");
        match self.short(item) {
            New::Map(entries) if !entries.is_empty() => format!("-{gap}{}", self.block_map(entries, &inner)),
            other => format!("-{gap}{}", self.scalar(other)),
        }
    }

    pub(super) fn block_map(&self, entries: &[(String, New)], indent: &str) -> String {
        let lines: Vec<String> =
            entries.iter().map(|(key, value)| self.block_entry(key, value, indent)).collect();
        lines.join(&format!("{}{indent}", self.line_break))
    }

    /// An entry between brackets.
    pub(super) fn flow_entry(&self, key: &str, value: &New, indent: &str) -> String {
        format!("{}{}{}", self.key(key), self.brackets.colon, self.flow(value, indent))
    }

    /// A value between brackets, or in one line after its key.
    pub(super) fn flow(&self, value: &New, indent: &str) -> String {
        let is_reference = matches!(value, New::Short { .. }) && self.brackets.short_references;
        let inner = format!("{indent}{}", self.step);
        let (parts, open, close): (Vec<String>, _, _) = match self.short(value) {
            New::Map(entries) => {
                let part = |(key, value): &(String, New)| self.flow_entry(key, value, &inner);
                (entries.iter().map(part).collect(), '{', '}')
            }
            New::List(items) => (items.iter().map(|item| self.flow(item, &inner)).collect(), '[', ']'),
            New::Text(text) if text.contains(':') && !text.starts_with("AWS::") => {
                return quoted(text, self.quote);
            }
            other => return self.scalar(other),
        };
        let Brackets { comma, pad, lines, .. } = &self.brackets;
        if parts.is_empty() {
            return format!("{open}{close}");
        }
        if *lines && !is_reference {
            let line = format!("{}{inner}", self.line_break);
            let parts = parts.join(&format!(",{line}"));
            return format!("{open}{line}{parts}{}{indent}{close}", self.line_break);
        }
        let pad = if open == '[' { "" } else { pad };
        format!("{open}{pad}{}{pad}{close}", parts.join(comma))
    }

    fn short<'n>(&self, value: &'n New) -> &'n New {
        match value {
            New::Short { long, .. } if !self.tags => long,
            other => other,
        }
    }

    pub(super) fn scalar(&self, value: &New) -> String {
        match value {
            New::Text(text) if self.always || !is_plain(text) => quoted(text, self.quote),
            New::Text(text) => text.clone(),
            New::Word(word) => (*word).to_owned(),
            New::Short { tagged, .. } => tagged.clone(),
            New::Map(_) => "{}".to_owned(),
            New::List(_) => "[]".to_owned(),
        }
    }

    pub(super) fn key(&self, key: &str) -> String {
        match self.key_quote {
            Some(quote) => quoted(key, quote),
            None if self.always => quoted(key, '"'),
            None => key.to_owned(),
        }
    }
}

fn quoted(text: &str, quote: char) -> String {
    let text =
        if quote == '"' { text.replace('\\', "\\\\").replace('"', "\\\"") } else { text.replace('\'', "''") };
    format!("{quote}{text}{quote}")
}

/// Words that YAML 1.1 reads as something else than a text.
const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "inf", "nan"];

/// Whether YAML takes a text without quotes as this very text, in brackets as well.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./:".contains(&byte))
        && !text.ends_with(':')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}
