//! YAML: spans lie in the text, scalars can be read, comments are comments.
#![no_main]

use keyless::syntax::doc::{self, NodeRef};
use keyless_fuzz::pooled;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pooled(|| {
        for comment in doc::yaml_comments(text) {
            assert!(text.get(comment.range()).is_some_and(|text| text.starts_with('#')), "{comment:?}");
        }
        match doc::parse_yaml(text) {
            Ok(document) => {
                assert!(document.node_count() <= text.len() + doc::MAX_ALIASED_NODES + 16);
                document.roots(text).for_each(|root| walk(root, text));
            }
            Err(error) => assert!(error.span.end as usize <= text.len(), "{error:?}"),
        }
    });
});

fn walk(node: NodeRef<'_>, text: &str) {
    assert!(text.get(node.full_span().range()).is_some(), "{:?}", node.full_span());
    let _ = (node.scalar_text(), node.resolve(), node.tag());
    for (key, value) in node.entries() {
        walk(key, text);
        walk(value, text);
    }
    node.items().for_each(|item| walk(item, text));
}
