//! What must not be printed of a run: every secret that facts met, in every form and every reading of its file.

use crate::facts::Facts;
use crate::findings::Redactor;
use crate::secrets;
use crate::source::{FileId, Site, Sources};
use std::collections::BTreeMap;

/// Bytes of a secret that are looked for in texts. One that is longer, and put together rather than written down in one
/// place, is a program's data: it would fill the memory in all of its forms.
const LONGEST: usize = 64 << 10;

/// A value that is itself a word such as `password` or `changeme` is masked where it stands, and not in every sentence.
pub(super) fn redactor(facts: &Facts, sources: &Sources) -> Redactor {
    let is_word = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_lowercase())
            && (secrets::says_secret(text) || secrets::is_placeholder(text))
    };
    let telling = facts.secret_texts.iter().filter(|text| !is_word(text));
    // Nothing that is printed holds more of a value than this.
    let forms = telling.flat_map(|text| secrets::forms(beginning(text)));
    Redactor::new(forms, in_every_reading(&facts.secret_sites, sources))
}

fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// A file may have been read more than once, for a plan or for rules of the user's own: what is masked in one is in all.
fn in_every_reading(sites: &[Site], sources: &Sources) -> Vec<Site> {
    let mut readings: BTreeMap<FileId, Vec<FileId>> =
        sites.iter().map(|site| (site.file, Vec::new())).collect();
    let mut by_path: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for (source, at) in sources.all().into_iter().zip(0..) {
        by_path.entry(source.path.clone()).or_default().push(FileId(at));
    }
    for (file, others) in &mut readings {
        let source = sources.get(*file);
        let same = by_path.get(&source.path).map_or(&[][..], Vec::as_slice);
        let is_other = |other: &&FileId| *other != file && sources.get(**other).text() == source.text();
        others.extend(same.iter().filter(is_other));
    }
    let everywhere = |site: &Site| {
        let others = readings.get(&site.file).map_or(&[][..], Vec::as_slice);
        [site.file]
            .into_iter()
            .chain(others.iter().copied())
            .map(|file| Site { file, ..*site })
            .collect::<Vec<_>>()
    };
    sites.iter().flat_map(everywhere).collect()
}
