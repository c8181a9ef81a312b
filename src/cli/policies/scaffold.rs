//! `keyless policies new`: a policy that can be tried at once, to be changed into what is wanted.

use super::super::errors::errors;
use crate::cli::args::{InputName, NewPolicy};
use crate::cli::{CLEAN, Done, NOT_JUDGED};
use crate::system::System;
use std::io::Write;

const FACTS: (&str, &str, &str) =
    (include_str!("scaffold/facts.guard"), "main.tf", include_str!("scaffold/facts.tf"));
const CLOUDFORMATION: (&str, &str, &str) = (
    include_str!("scaffold/cloudformation.guard"),
    "template.yaml",
    include_str!("scaffold/cloudformation.yaml"),
);
const TERRAFORM: (&str, &str, &str) =
    (include_str!("scaffold/terraform.guard"), "main.tf", include_str!("scaffold/terraform.tf"));
const PAGE: &str = include_str!("scaffold/page.md");

pub(super) fn run(new: &NewPolicy, system: &dyn System, out: &mut dyn Write) -> Done {
    let refused =
        |message: String| Done { code: NOT_JUDGED, written: writeln!(errors(), "keyless: {message}") };
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !new.name.starts_with(|c: char| c.is_ascii_lowercase())
        || !new.name.split('-').all(|part| !part.is_empty() && is_word(part))
    {
        let name = new.name.escape_debug();
        return refused(format!(
            "`{name}` is no name: lower-case words joined by `-`, such as `one-key-a-team`"
        ));
    }
    let (rules, fixture, code) = match new.input {
        InputName::Facts => FACTS,
        InputName::Cloudformation => CLOUDFORMATION,
        InputName::Terraform => TERRAFORM,
    };
    let filled = |text: &str| {
        text.replace("@CODE@", &new.code)
            .replace("@NAME@", &new.name)
            .replace("@RULE@", &new.name.replace('-', "_"))
    };
    let files = [
        (new.dir.join(format!("{}.guard", new.name)), filled(rules)),
        (new.dir.join(format!("{}.md", new.name)), filled(PAGE)),
        (new.dir.join(&new.name).join(fixture), filled(code)),
    ];
    if let Some((path, _)) = files.iter().find(|(path, _)| system.kind(path).is_ok()) {
        return refused(format!("{} is there already", path.display()));
    }
    for (path, text) in &files {
        if let Err(error) = system.create(path, text) {
            return refused(format!("{} cannot be written: {error}", path.display()));
        }
        if let Err(error) = writeln!(out, "wrote {}", path.display()) {
            return Done { code: CLEAN, written: Err(error) };
        }
    }
    let dir = new.dir.display();
    Done {
        code: CLEAN,
        written: writeln!(out, "try it: keyless policies test {dir}; use it: keyless check --policy {dir}"),
    }
}
