//! YAML as `yamldecode` reads it: one document, YAML 1.1 words for bools, numbers as Go's `strconv` takes them, plain
//! dates as timestamps. <https://github.com/zclconf/go-cty-yaml/blob/master/resolve.go>

use super::frame::{CallError, limit};
use crate::frontends::terraform::convert::number;
use crate::model::{Entry, Kind, Number, Object, Value};
use crate::syntax::doc::{self, NodeKind, NodeRef, ParseErrorKind, ScalarStyle};

/// `None`: Terraform refuses the text.
pub(super) fn decode(text: &str) -> Option<Result<Value, CallError>> {
    let document = match doc::parse_yaml(text) {
        Ok(document) => document,
        Err(error) => match error.kind {
            ParseErrorKind::Syntax => return None,
            ParseErrorKind::Limit => {
                return Some(Ok(limit("a text of YAML that is nested too deeply or has too many aliases")));
            }
        },
    };
    let mut roots = document.roots(text);
    let root = roots.next()?;
    if roots.next().is_some() {
        return None;
    }
    read(root).map(Ok)
}

fn read(node: NodeRef<'_>) -> Option<Value> {
    if node.tag().is_some() {
        return None;
    }
    Some(match node.kind() {
        NodeKind::Null => Value::null(),
        NodeKind::Scalar(style, _) => {
            let text = node.scalar_text()?;
            let tagged = node.full_span() != node.span();
            if style == ScalarStyle::Plain && !tagged { plain(&text)? } else { Value::string(&*text) }
        }
        NodeKind::Sequence(_) => Value::list(node.items().map(read).collect::<Option<Vec<_>>>()?),
        NodeKind::Mapping(_) => {
            let entry = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                Some(Entry::new(read(key)?.to_text()?, read(value)?))
            };
            Value::object(Object::new(node.entries().map(entry).collect::<Option<Vec<_>>>()?))
        }
    })
}

/// A scalar without quotes. `None` for what is no number, which no value of Terraform's can be.
fn plain(text: &str) -> Option<Value> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::null(),
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            Value::bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            Value::bool(false)
        }
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => infinite(false),
        "-.inf" | "-.Inf" | "-.INF" => infinite(true),
        ".nan" | ".NaN" | ".NAN" => return None,
        _ => match prefixed(text).or_else(|| number::parse(text)) {
            Some(number) => Value::new(Kind::Number(number)),
            None if is_date(text) => Value::string(format!("{text}T00:00:00Z")),
            None => Value::string(text),
        },
    })
}

fn infinite(negative: bool) -> Value {
    Value::new(Kind::Number(Number::infinite(negative)))
}

/// `0x1f`, `0o17`.
fn prefixed(text: &str) -> Option<Number> {
    let (digits, radix) = match text.get(..2)? {
        "0x" => (text.get(2..)?, 16),
        "0o" => (text.get(2..)?, 8),
        _ => return None,
    };
    i128::from_str_radix(digits, radix).ok().map(Number::Int)
}

/// `2012-10-17`
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let within = |text: &str, most: u32| text.parse::<u32>().is_ok_and(|value| (1..=most).contains(&value));
    match parts.as_slice() {
        [year, month, day] => {
            (year.len(), month.len(), day.len()) == (4, 2, 2)
                && year.bytes().all(|byte| byte.is_ascii_digit())
                && within(month, 12)
                && within(day, 31)
        }
        _ => false,
    }
}
