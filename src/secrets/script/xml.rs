//! What XML gives to names: `<password>…</password>`, `<property name="password" value="…"/>`, `<add key="Password" value="…"/>`, Hadoop's
//! `<name>…</name><value>…</value>`.

use super::{Assigned, Line};
use crate::secrets::value::is_named_secret;
use std::ops::Range;

/// Bytes behind a name, or a tag, that are looked at.
const NEAR: usize = 512;

impl<'t> Line<'t> {
    pub(super) fn element(&self, word: &Range<usize>) -> Option<Assigned<'t>> {
        let (before, rest) = (self.before(word.start), self.near(word.end));
        let value = if before.ends_with('<') {
            rest.starts_with('>').then(|| self.content(word.end + 1))?
        } else if before.ends_with("<name>") {
            let behind = rest.strip_prefix("</name>")?.trim_start().strip_prefix("<value>")?;
            self.content(word.end + rest.len() - behind.len())
        } else if ["name=", "key="].iter().any(|key| before.trim_end_matches(['"', '\'']).ends_with(key)) {
            self.attribute(word.end)
        } else {
            None
        }?;
        let raw = self.text.get(word.clone())?;
        // `javax.jdo.option.ConnectionPassword`
        let name = raw.rsplit('.').next()?;
        is_named_secret(name, self.text.get(value.clone())?).then_some(Assigned {
            name: raw,
            whole: word.start..value.end,
            value,
        })
    }

    fn near(&self, at: usize) -> &'t str {
        let end = (at..=(at + NEAR).min(self.text.len())).rev().find(|end| self.text.is_char_boundary(*end));
        end.and_then(|end| self.text.get(at..end)).unwrap_or("")
    }

    /// Text up to the next tag.
    fn content(&self, at: usize) -> Option<Range<usize>> {
        let text = self.near(at);
        let inside = text.get(..text.find("</")?)?;
        let bare = inside.trim();
        let start = at + (inside.len() - inside.trim_start().len());
        (!bare.is_empty() && !bare.contains(['<', '\n'])).then_some(start..start + bare.len())
    }

    /// The `value` beside a `name`, before the tag ends.
    fn attribute(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.near(at);
        let tag = rest.get(..rest.find('>')?)?;
        let (before, _) = tag.split_once("value=")?;
        let start = at + before.len() + "value=".len();
        let value = self.near(start);
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inside = value.get(1..)?;
        let end = inside.find(quote)?;
        (end > 0).then_some(start + 1..start + 1 + end)
    }
}
