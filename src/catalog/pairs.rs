//! Pairs of a name and a value, `{"name": "DB_PASSWORD", "value": …}`: what they call the two, and how the value is meant.

pub const NAMES: &[&str] =
    &["name", "Name", "OptionName", "option_name", "ParameterKey", "HeaderName", "header_name", "key", "Key"];
pub const VALUES: &[&str] =
    &["value", "Value", "ParameterValue", "HeaderValue", "header_value", "string_value", "StringValue"];
pub const KINDS: &[&str] = &["type", "Type"];
