//! Whether an edited file is still what it was by its grammar. Judging alone would not tell: a broken file may be taken for one
//! that nobody asks about.

use crate::discover::{Kind, kind_of_name};
use crate::syntax::{doc, hcl};

/// Whether the edited text has an error of syntax, or a key that stands twice, that the text before it did not have.
pub(super) fn breaks(path: &str, before: &str, after: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let errors = |text: &str| {
        let is_json = name.ends_with(".json");
        let parsed = match kind_of_name(name)? {
            Kind::Hcl | Kind::Tfbackend | Kind::Tfvars if !is_json => hcl::parse(text),
            Kind::Terragrunt if !is_json => hcl::parse(text),
            Kind::Kindred => hcl::parse(text),
            Kind::HclJson => hcl::parse_json(text),
            Kind::Terragrunt => hcl::parse_json_terragrunt(text),
            Kind::Hcl | Kind::Tfvars | Kind::Tfbackend => hcl::parse_json_values(text),
            Kind::State | Kind::Env | Kind::CdkOut | Kind::Data => return None,
        };
        Some(parsed.errors.len())
    };
    if let (Some(known), Some(now)) = (errors(before), errors(after)) {
        return now > known || (name.ends_with(".json") && is_lost(doc::parse_json, before, after));
    }
    is_lost(doc::parse_json, before, after) || is_lost(doc::parse, before, after)
}

fn is_lost(parse: fn(&str) -> Result<doc::Document, doc::ParseError>, before: &str, after: &str) -> bool {
    match (parse(before), parse(after)) {
        (Ok(before), Ok(after)) => after.duplicates().len() > before.duplicates().len(),
        (Ok(_), Err(_)) => true,
        (Err(_), Ok(_) | Err(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::breaks;

    #[test]
    fn what_an_edit_breaks_is_seen() {
        for (path, before, after, expected) in [
            ("a/main.tf", "a = 1\n", "a = 2\n", false),
            ("a/main.tf", "a = 1\n", "a = \n", true),
            ("a/main.tf", "a = 1\n", "a = 1\na = 2\n", true),
            ("main.tf", "x {\n", "x {\nb = 1\n", false),
            ("a.tf.json", "{\"a\": 1}", "{\"a\": 1,}", true),
            ("t.json", "{\"a\": 1}", "{\"a\": 1,}", true),
            ("t.json", "{\"a\": 1}", "{\"a\": 1, \"a\": 2}", true),
            ("t.yaml", "a: {b: 1}\n", "a: {b: 1, c: 2}\n", false),
            ("t.yaml", "a: {b: 1}\n", "a: {b: 1\n", true),
            ("t.yaml", "a: 1\n", "a: 1\na: 2\n", true),
            ("Dockerfile", "a: 1\n", "a: 2\n", false),
        ] {
            assert_eq!(breaks(path, before, after), expected, "{path}: {after:?}");
        }
    }
}
