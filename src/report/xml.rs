//! XML 1.0, well-formed whatever the texts hold.

use super::escape::visible;
use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// Attributes with their values, which are escaped here.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

pub(super) struct Xml<'w> {
    writer: Writer<&'w mut dyn Write>,
}

impl<'w> Xml<'w> {
    /// With its declaration.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds lines of text.
    pub(super) fn text(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        lines: &[String],
    ) -> io::Result<()> {
        let lines: Vec<_> = lines.iter().map(|line| allowed(line)).collect();
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::from_escaped(partial_escape(&lines.join("\n")))))?;
        self.close(name)
    }

    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.writer.into_inner())
    }
}

fn start<'n>(name: &'n str, attributes: Attributes<'_>) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_str()));
    }
    start
}

/// The text with what XML has no way to write, and what hides or moves other text, made visible.
/// <https://www.w3.org/TR/xml/#charsets>
fn allowed(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '\u{fffe}' | '\u{ffff}' => result.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
            _ => result.push(character),
        }
    }
    result
}
