//! Files that are mended, by what their first byte says: Terraform, its JSON, CloudFormation.
#![no_main]

use keyless_fuzz::{Tree, mend};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = match first {
        b'j' => "main.tf.json",
        b'y' => "template.yaml",
        b'c' => "template.json",
        _ => "main.tf",
    };
    mend(&Tree::of(name, bytes));
});
