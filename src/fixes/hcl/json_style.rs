//! How a JSON text is laid out, and how new parts of it are written so.

use super::layout::Layout;

/// A value to be written.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Leaf(serde_json::Value),
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
}

/// How a text has it.
#[derive(Debug)]
pub(super) struct Style<'t> {
    pub(super) layout: Layout<'t>,
    /// Members stand on lines of their own.
    pub(super) pretty: bool,
    /// What stands between a name and its value.
    colon: String,
    /// What stands between members on one line.
    pub(super) comma: &'static str,
}

impl<'t> Style<'t> {
    pub(super) fn of(text: &'t str, first: Option<(usize, usize)>) -> Self {
        let layout = Layout::of(text);
        let open = text.find(['{', '[']).unwrap_or(0);
        let members = text.get(open..).unwrap_or("").trim_start_matches(['{', '[', ' ']);
        let pretty = members.starts_with(['\n', '\r', '\t']);
        let colon = first.and_then(|(start, end)| text.get(start..end)).filter(|colon| !colon.contains('\n'));
        let colon = colon.unwrap_or(": ").to_owned();
        let comma = if pretty || colon.ends_with(' ') { ", " } else { "," };
        Self { layout, pretty, colon, comma }
    }

    /// `"name": value`
    pub(super) fn member(&self, name: &str, value: &Json, indent: Option<&str>) -> String {
        format!("{}{}{}", quoted(name), self.colon, self.value(value, indent))
    }

    /// A value whose line has this indentation; none: on one line.
    pub(super) fn value(&self, value: &Json, indent: Option<&str>) -> String {
        let (open, close, parts): (_, _, Vec<(Option<&str>, &Json)>) = match value {
            Json::Leaf(serde_json::Value::Array(items)) => {
                let items: Vec<Json> = items.iter().cloned().map(Json::Leaf).collect();
                return self.value(&Json::Array(items), indent);
            }
            Json::Leaf(value) => return value.to_string(),
            Json::Object(members) => {
                ('{', '}', members.iter().map(|(name, value)| (Some(name.as_str()), value)).collect())
            }
            Json::Array(items) => ('[', ']', items.iter().map(|item| (None, item)).collect()),
        };
        if parts.is_empty() {
            return format!("{open}{close}");
        }
        let inner = indent.map(|indent| format!("{indent}{}", self.layout.unit));
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(name, value)| match name {
                Some(name) => self.member(name, value, inner.as_deref()),
                None => self.value(value, inner.as_deref()),
            })
            .collect();
        match (indent, inner) {
            (Some(indent), Some(inner)) => {
                let eol = self.layout.eol;
                let lines = parts.join(&format!(",{eol}{inner}"));
                format!("{open}{eol}{inner}{lines}{eol}{indent}{close}")
            }
            (_, _) => format!("{open}{}{close}", parts.join(self.comma)),
        }
    }
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
