//! What API Gateway sends on with a request: where it says what a header is, rather than where that is to be taken from.

use super::attribute::Found;
use super::container::Item;
use super::sighting::Sighting;
use crate::secrets::{self, Carried};
use std::ops::Range;

impl Found<'_> {
    pub(super) fn mapping(&self, item: &Item<'_>, carried: &Carried<'_>, seen: &mut Vec<Sighting>) {
        let name = parameter(item.name);
        let Some(sent) = sent(carried.text(0)) else { return };
        let text = carried.text(0).get(sent.clone()).unwrap_or_default();
        let credential = secrets::credential_in_header(name, text);
        let whole = || secrets::is_named_secret(name, text).then_some(0..text.len());
        if let Some(secret) = credential.or_else(whole) {
            let place = sent.start + secret.start..sent.start + secret.end;
            self.part_named(&Item { name, ..*item }, carried, place, seen);
        }
    }
}

/// The parameter itself: of `integration.request.header.X-Api-Key`, `append:header.X-Api-Key`.
fn parameter(name: &str) -> &str {
    name.rsplit(['.', ':']).next().unwrap_or(name)
}

/// What of a mapping is sent as it is.
fn sent(text: &str) -> Option<Range<usize>> {
    if text.len() > 2 && text.starts_with('\'') && text.ends_with('\'') {
        return Some(1..text.len() - 1);
    }
    let taken = ["method.request.", "integration.", "context.", "stageVariables.", "route.", "request."];
    let is_taken = text.contains('$') || taken.iter().any(|from| text.starts_with(from));
    (!is_taken).then_some(0..text.len())
}

#[cfg(test)]
mod tests {
    use super::{parameter, sent};

    #[test]
    fn what_is_sent_is_told_from_where_it_is_taken_from() {
        for (text, expected) in [
            ("'Bearer abc'", Some("Bearer abc")),
            ("abc", Some("abc")),
            ("method.request.header.X-Api-Key", None),
            ("context.authorizer.token", None),
            ("stageVariables.token", None),
            ("$request.header.token", None),
            ("Bearer ${stageVariables.token}", None),
        ] {
            assert_eq!(sent(text).map(|range| &text[range]), expected, "{text}");
        }
        for name in ["integration.request.header.X-Api-Key", "append:header.X-Api-Key", "X-Api-Key"] {
            assert_eq!(parameter(name), "X-Api-Key");
        }
    }
}
