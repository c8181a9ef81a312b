//! Comments that except findings, in every language that has any.
#![no_main]

use keyless::exceptions::Exceptions;
use keyless::source::{SourceFile, Sources};
use keyless_fuzz::pooled;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pooled(|| {
        let sources = Sources::default();
        for path in
            ["main.tf", "main.tf.json", "template.yaml", "template.json", "keyless.toml", "terragrunt.hcl"]
        {
            sources.add(SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false));
        }
        let exceptions = Exceptions::read(&sources);
        for exception in exceptions.all() {
            let source = sources.get(exception.site.file);
            assert!(source.text().get(exception.site.span.range()).is_some(), "{exception:?}");
        }
    });
});
