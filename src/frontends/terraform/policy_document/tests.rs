//! `testdata/…/policy-document`: a module whose `local.r` holds documents, and what the provider makes of them.

use crate::frontends::terraform::tests::modules::answers;
use std::fs;
use std::path::Path;

#[test]
fn policy_documents_are_written_as_the_provider_writes_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/terraform/policy-document");
    let want = fs::read_to_string(folder.join("want.txt")).unwrap();
    let got = answers(&folder).join("\n") + "\n";
    assert_eq!(got, want);
}
