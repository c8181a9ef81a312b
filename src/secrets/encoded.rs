//! Secrets within base 64 that stands in a text, wherever it stands: told by what the beginnings of keys and tokens look
//! like in base 64, at each of the three places where they may fall.

use super::carrier::{Carried, run_around};
use super::{Detection, scan_with};

/// The digits that are made of a beginning alone, for each of its places: `AKIA`, `ASIA`, `-----BEGIN`, `ghp_`,
/// `github_pat_`, `glpat-`, `xoxb-`, `xoxp-`, `sk_live_`, `npm_`, `hvs.`, `aws_secret`, `AWS_SECRET`. That of a key by itself has
/// a look of its own.
#[rustfmt::skip]
pub(super) const KEYWORDS: &[&str] = &[
    "QUtJQ", "FLSU", "BS0lB", "QVNJQ", "FTSU", "BU0lB", "0tLS0tQk", "tLS0tLUJ", "Z2hwX", "docF", "naHBf",
    "Z2l0aHVi", "dpdGh1Yl", "naXRodWJ", "Z2xwYXQt", "dscGF0L", "nbHBhdC", "eG94Yi", "hveGIt", "4b3hiL",
    "eG94cC", "hveHAt", "4b3hwL", "c2tfbGl2", "NrX2xpdm", "za19saXZ", "bnBtX", "5wbV", "ucG1f", "aHZzL",
    "h2cy", "odnMu", "YXdzX3Nl", "F3c19zZW", "hd3Nfc2V", "QVdTX1NF", "FXU19TRU", "BV1NfU0V",
];

/// What is longer is looked at in pieces, each of whole quadruples, and not more once decoded than is looked at.
const LONGEST: usize = 340 * 1024;

/// Adds the secrets in the run of base 64 around a place, `from` where on nobody has looked; where the run ends.
pub(super) fn secrets_around(text: &str, at: usize, from: usize, found: &mut Vec<Detection>) -> usize {
    let Some(run) = run_around(text, at, from, LONGEST).map(|run| run.range()) else { return from };
    let carried = Carried::once(text.get(run.clone()).unwrap_or_default());
    for (layer, inner) in carried.texts().skip(1) {
        for detection in scan_with(inner, false) {
            let places = carried.places(layer, detection.start..detection.end);
            let Some((_, place)) = places.first() else { continue };
            let secret = inner.get(detection.start..detection.end).map(Box::from);
            found.push(Detection {
                start: run.start + place.start,
                end: run.start + place.end,
                decoded: secret,
                ..detection
            });
        }
    }
    run.end
}
