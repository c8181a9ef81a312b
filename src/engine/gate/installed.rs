//! Modules that `terraform init` installed. Git ignores them, so that nobody knows what they were at the base; but where a change
//! makes a call ask for another source or version, what is installed is not what was there.

use crate::syntax::hcl;
use crate::system::{FileKind, MAX_FILE, System};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;

/// What [init writes](https://github.com/hashicorp/terraform/blob/main/internal/modsdir/record.go), below a root module.
const RECORDS: [&str; 3] = [".terraform", "modules", "modules.json"];

/// The root module that such records are of.
pub(super) fn root_module(path: &Path) -> Option<&Path> {
    path.ancestors().nth(RECORDS.len()).filter(|root| path.strip_prefix(root).is_ok_and(is_records))
}

fn is_records(below: &Path) -> bool {
    below.iter().eq(RECORDS)
}

/// The records of what was asked for at the base as well, and of what it calls.
pub(super) fn at_base(records: &[u8], root: &Path, base: &dyn System, today: &dyn System) -> Option<Vec<u8>> {
    let mut records: Json = serde_json::from_slice(records).ok()?;
    let all = records.get("Modules")?.as_array()?.clone();
    let text = |record: &Json, name: &str| record.get(name).and_then(Json::as_str).map(str::to_owned);
    let folders: BTreeMap<String, String> =
        all.iter().filter_map(|record| Some((text(record, "Key")?, text(record, "Dir")?))).collect();
    let mut asked: BTreeMap<String, [Calls; 2]> = BTreeMap::new();
    let mut is_same = |caller: &str, call: &str| {
        let folder = folders.get(caller).map_or(".", String::as_str);
        let [before, after] = asked.entry(folder.to_owned()).or_insert_with(|| {
            let folder = root.join(folder);
            [calls(base, &folder), calls(today, &folder)]
        });
        before.get(call) == after.get(call)
    };
    let kept = all.into_iter().filter(|record| {
        let key = text(record, "Key").unwrap_or_default();
        let mut caller = String::new();
        key.split('.').filter(|call| !call.is_empty()).all(|call| {
            let same = is_same(&caller, call);
            caller = if caller.is_empty() { call.to_owned() } else { format!("{caller}.{call}") };
            same
        })
    });
    let kept = kept.collect();
    *records.get_mut("Modules")? = Json::Array(kept);
    serde_json::to_vec(&records).ok()
}

/// By a call's name: what is written as its source and version.
type Calls = BTreeMap<String, Vec<String>>;

fn calls(system: &dyn System, folder: &Path) -> Calls {
    let mut calls = Calls::new();
    let mut files = system.list(folder).unwrap_or_default();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    for file in files.into_iter().filter(|file| file.kind != FileKind::Folder) {
        let name = file.name.to_string_lossy();
        let parse = if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
            hcl::parse_json
        } else if name.ends_with(".tf") || name.ends_with(".tofu") {
            hcl::parse
        } else {
            continue;
        };
        let path = folder.join(&file.name);
        let Some(text) = super::texts::words(system.read(&path, MAX_FILE)) else { continue };
        let tree = parse(&text).tree;
        let modules = tree.body.blocks.iter().filter(|block| tree.text(&text, block.keyword) == "module");
        for block in modules {
            let Some(label) = block.labels.first() else { continue };
            let written = calls.entry(tree.text(&text, label.text).to_owned()).or_default();
            for attribute in &block.body.attributes {
                let name = tree.text(&text, attribute.name);
                if name == "source" || name == "version" {
                    let value = tree.text(&text, tree.expr(attribute.expr).span);
                    written.push(format!("{name} = {value}"));
                }
            }
            written.sort();
        }
    }
    calls
}
