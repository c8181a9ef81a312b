//! The way to a piece of a value.

/// Fields that are followed; of what lies deeper, what stands above tells.
const MOST_FIELDS: usize = 8;

/// The way to a piece of a value, outermost field first.
pub(super) type Path<'a> = [Field<'a>];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field<'a> {
    /// The attribute, or the element of a map, of this name.
    Key(&'a str),
    /// Any element.
    Any,
}

impl Field<'_> {
    /// Whether this may be the field of such a key, if that is known. Terraform brings texts into a normal form, which is
    /// nothing to ASCII.
    pub(super) fn may_be(&self, key: Option<&str>) -> bool {
        match (self, key) {
            (Self::Key(wanted), Some(key)) => key == *wanted || !key.is_ascii() || !wanted.is_ascii(),
            (Self::Any, _) | (_, None) => true,
        }
    }
}

/// A path behind some fields; and whether it is all of it.
pub(super) fn behind<'a>(
    fields: impl IntoIterator<Item = Field<'a>>,
    path: &Path<'a>,
) -> (Vec<Field<'a>>, bool) {
    let mut whole: Vec<Field<'a>> = fields.into_iter().chain(path.iter().copied()).collect();
    let is_whole = whole.len() <= MOST_FIELDS;
    whole.truncate(MOST_FIELDS);
    (whole, is_whole)
}

/// A path as the key of a table.
pub(super) fn written(name: &str, path: &Path<'_>) -> String {
    let mut text = name.to_owned();
    for field in path {
        text.push('\u{0}');
        match field {
            Field::Key(key) => text.push_str(key),
            Field::Any => text.push('\u{1}'),
        }
    }
    text
}
