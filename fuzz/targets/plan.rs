//! Plans and states as `terraform show -json` prints them, through a whole run.
#![no_main]

use keyless_fuzz::{Tree, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    judge(&Tree::of("plan.json", bytes));
});
