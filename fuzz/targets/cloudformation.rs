//! CloudFormation templates, YAML or JSON by what they start with, through a whole run.
#![no_main]

use keyless_fuzz::{Tree, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let name = if bytes.trim_ascii_start().starts_with(b"{") { "template.json" } else { "template.yaml" };
    judge(&Tree::of(name, bytes));
});
