//! What holds of every fix of any code: bytes outside of the edits stay, what is mended parses, and nothing is left to do
//! afterwards.

use super::*;
use crate::engine::mend::{edited, syntax};
use std::path::PathBuf;

/// Public code beside the repository; only some machines have it.
fn corpora() -> Option<PathBuf> {
    let shared = match std::env::var_os("KEYLESS_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared"),
    };
    let corpora = shared.join("corpora");
    if corpora.is_dir() {
        return Some(corpora);
    }
    eprintln!("skipped: no corpora here (set KEYLESS_SHARED)");
    None
}

/// A text with edits, put in from behind one by one.
fn one_by_one(text: &str, edits: &[&Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort();
    edits.dedup();
    let mut text = text.to_owned();
    edits.iter().rev().for_each(|edit| text.replace_range(edit.site.span.range(), &edit.text));
    text
}

fn hold(folder: &Path) {
    let request = CheckRequest {
        paths: vec![folder.to_path_buf()],
        strict: true,
        fixes: true,
        ..CheckRequest::default()
    };
    let judged = judge(&request, &Disk);
    let ground = judged.ground(&Disk);
    let all = judged.outcome.findings.iter().chain(&judged.outcome.cannot_tell);
    let mut tried = 0;
    for fix in all.flat_map(|finding| &finding.fixes).filter(|fix| fix.is_applicable()) {
        let Ok(paths) =
            fix.edits.iter().map(|edit| ground.place(edit.site.file)).collect::<Result<Vec<_>, _>>()
        else {
            continue;
        };
        let edits: Vec<(&Path, &Edit)> = paths.iter().map(PathBuf::as_path).zip(&fix.edits).collect();
        let texts = ground.edited(edits.iter().copied()).unwrap_or_else(|why| panic!("{fix:?}: {why:?}"));
        for (path, after) in &texts {
            let (_, before) = edited::read(&Disk, path).unwrap();
            let of: Vec<&Edit> = edits.iter().filter(|(at, _)| at == path).map(|(_, edit)| *edit).collect();
            let after = crate::system::text(after.to_vec()).unwrap();
            assert_eq!(after, one_by_one(&before, &of), "{}", path.display());
            let shown = path.to_string_lossy();
            assert!(!syntax::breaks(&shown, &before, &after), "{shown}: {fix:?}");
            let bare = |text: &str| text.replace("\r\n", "").matches('\n').count();
            assert!(
                !before.contains("\r\n") || bare(&after) <= bare(&before),
                "{shown}: line breaks: {fix:?}"
            );
            tried += 1;
        }
    }
    let wanted = Wanted { unsafe_fixes: true, to_write: false };
    let mending = mend(&request, wanted, &Disk);
    let refused: Vec<String> = mending
        .told
        .refused
        .iter()
        .map(|(told, why)| format!("  {}:{}: {} {}: {why}", told.path, told.line, told.code, told.title))
        .collect();
    eprintln!(
        "{}: {tried} texts, {} fixes, {} refused, {} by hand, {} without\n{}",
        folder.display(),
        mending.told.applied.len(),
        refused.len(),
        mending.told.advice.len(),
        mending.told.unmended,
        refused.join("\n")
    );
    let texts: Texts =
        mending.writes.iter().map(|write| (write.path.clone(), write.after.as_slice().into())).collect();
    let again = mend(&request, wanted, &Overlay::new(&Disk, &texts));
    assert!(again.writes.is_empty(), "{}: {:?}", folder.display(), again.told.applied);
    assert_eq!(again.told.refused.len(), refused.len(), "{}", folder.display());
}

#[test]
fn fixes_of_our_own_samples_hold() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for folder in ["demo", "policies/imdsv1-allowed", "policies/unmarked-secret", "parity/launch-template"] {
        if samples.join(folder).is_dir() {
            hold(&samples.join(folder));
        }
    }
}

#[test]
#[ignore = "takes long: .ci/slow runs it"]
fn fixes_of_all_samples_hold() {
    hold(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"));
}

#[test]
#[ignore = "takes long: .ci/slow runs it"]
fn fixes_of_public_code_hold() {
    let Some(corpora) = corpora() else { return };
    let mut folders: Vec<PathBuf> = fs::read_dir(corpora)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders.iter().for_each(|folder| hold(folder));
}
