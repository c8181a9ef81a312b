//! `keyless.toml` above code that has findings.
#![no_main]

use keyless_fuzz::{Tree, judge};
use libfuzzer_sys::fuzz_target;

const CODE: &str =
    "resource \"aws_instance\" \"one\" {}\nresource \"aws_iam_access_key\" \"two\" { user = \"x\" }\n";

fuzz_target!(|bytes: &[u8]| {
    judge(&Tree::of("keyless.toml", bytes).and("live/main.tf", CODE.as_bytes()));
});
