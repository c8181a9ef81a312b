//! Pairs of a name and a value, `{"name": "DB_PASSWORD", "value": …}`: what they call the two, and how the value is meant.

#[rustfmt::skip]
pub const NAMES: &[&str] = &[
    "name", "Name", "OptionName", "option_name", "ParameterKey", "ParameterName", "HeaderName", "header_name",
    "AttributeName", "Variable", "variable_name", "key", "Key", "id", "Id",
];
#[rustfmt::skip]
pub const VALUES: &[&str] = &[
    "value", "Value", "ParameterValue", "HeaderValue", "header_value", "AttributeValue", "string_value", "StringValue",
];
pub const KINDS: &[&str] = &["type", "Type"];
