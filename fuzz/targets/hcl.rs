//! HCL as files, templates, expressions and JSON: spans lie in the text, errors too, and nothing outside of what an error
//! hides is lost.
#![no_main]

use keyless::syntax::hcl::{self, Block, Parsed};
use keyless_fuzz::pooled;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pooled(|| {
        for parsed in [hcl::parse(text), hcl::parse_json(text), hcl::parse_json_values(text)] {
            blocks(&parsed, &parsed.tree.body.blocks, text);
            errors(&parsed, text);
        }
        for parsed in [hcl::parse_template(text), hcl::parse_expression(text)] {
            assert_eq!(parsed.root.is_none(), !parsed.errors.is_empty(), "an expression or an error");
            errors(&parsed, text);
        }
        repeated(text);
    });
});

fn blocks(parsed: &Parsed, of: &[Block], text: &str) {
    for block in of {
        let span = parsed.tree.file_span(block.span);
        assert!(text.get(span.range()).is_some(), "{block:?}");
        assert!(span.contains(parsed.tree.file_span(block.header)), "{block:?}");
        blocks(parsed, &block.body.blocks, text);
    }
}

fn errors(parsed: &Parsed, text: &str) {
    for error in &parsed.errors {
        assert!(error.span.end as usize <= text.len() + 2, "{error:?}");
        assert!(error.hides.is_none_or(|hides| text.get(hides.range()).is_some()), "{error:?}");
    }
}

/// A block behind a file that has no errors is read, whatever stands before it.
fn repeated(text: &str) {
    let parsed = hcl::parse(text);
    if parsed.errors.is_empty() {
        let longer = hcl::parse(&format!("{text}\nlast \"block\" {{}}\n"));
        assert_eq!(longer.errors, [], "a block behind a whole file");
        assert_eq!(longer.tree.body.blocks.len(), parsed.tree.body.blocks.len() + 1);
    }
}
