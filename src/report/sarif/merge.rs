//! SARIF files put together: runs of keyless of one version become one run, since GitHub takes no more than twenty of a
//! file; what other tools wrote stays as it is.

use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Several SARIF files in one.
#[derive(Debug, Default)]
pub struct SarifMerge {
    schema: Option<String>,
    /// By what has to be the same for runs to become one.
    runs: BTreeMap<String, Json>,
}

impl SarifMerge {
    /// Adds a file; relative paths in it are below `name`, if one is given.
    ///
    /// # Errors
    /// Why it is none that can be added.
    pub fn add(&mut self, mut file: Json, name: Option<&str>) -> Result<(), String> {
        if file["version"] != "2.1.0" {
            return Err("SARIF of another version than 2.1.0".to_owned());
        }
        let schema = file["$schema"].as_str().map(str::to_owned);
        self.schema = [self.schema.take(), schema].into_iter().flatten().min();
        let Some(runs) = file["runs"].as_array_mut() else {
            return Err("no runs in this SARIF".to_owned());
        };
        for mut run in runs.drain(..) {
            if let Some(name) = name {
                below(&mut run["results"], &percent(name));
                below(&mut run["invocations"], &percent(name));
            }
            let driver = &run["tool"]["driver"];
            if driver["name"] != "keyless" {
                self.runs.insert(format!("~{run}"), run);
                continue;
            }
            let key = json!([
                driver["version"],
                driver["semanticVersion"],
                run["originalUriBaseIds"],
                run["columnKind"],
                run["versionControlProvenance"],
                run["automationDetails"]
            ]);
            match self.runs.get_mut(&key.to_string()) {
                Some(known) => join(known, run),
                None => {
                    settle(&mut run);
                    self.runs.insert(key.to_string(), run);
                }
            }
        }
        Ok(())
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> Json {
        let mut file = Map::new();
        if let Some(schema) = self.schema {
            file.insert("$schema".to_owned(), schema.into());
        }
        file.insert("version".to_owned(), "2.1.0".into());
        file.insert("runs".to_owned(), self.runs.into_values().collect());
        Json::Object(file)
    }
}

/// Whether something could not be judged, and whether something new is an error.
#[must_use]
pub fn verdict(file: &Json) -> (bool, bool) {
    let runs = || file["runs"].as_array().into_iter().flatten();
    let all = |key: &'static str| runs().flat_map(move |run| run[key].as_array().into_iter().flatten());
    let is_error = |result: &Json| {
        let is_silent = result["suppressions"].as_array().is_some_and(|said| !said.is_empty());
        let is_kind = result["kind"].is_null() || result["kind"] == "fail";
        result["level"] == "error" && is_kind && !is_silent && result["baselineState"] != "unchanged"
    };
    let failed = all("invocations").any(|invocation| invocation["executionSuccessful"] == false);
    (failed, all("results").any(is_error))
}

fn join(known: &mut Json, mut other: Json) {
    settle(&mut other);
    for (place, key) in [("rules", "id"), ("notifications", "id")] {
        let added = other["tool"]["driver"][place].take();
        let all = &mut known["tool"]["driver"][place];
        append(all, added);
        by_key(all, key);
    }
    append(&mut known["results"], other["results"].take());
    append(&mut known["invocations"], other["invocations"].take());
    settle(known);
}

fn append(all: &mut Json, added: Json) {
    match (all.as_array_mut(), added) {
        (Some(all), Json::Array(mut added)) => all.append(&mut added),
        (None, added @ Json::Array(_)) => *all = added,
        (Some(_) | None, _) => {}
    }
}

/// One of each, sorted; of two that are not the same the first as text.
fn by_key(all: &mut Json, key: &str) {
    let Some(items) = all.as_array_mut() else { return };
    let mut kept: BTreeMap<String, Json> = BTreeMap::new();
    for item in items.drain(..) {
        let name = item[key].as_str().unwrap_or_default().to_owned();
        match kept.get(&name) {
            Some(known) if text(known) <= text(&item) => {}
            Some(_) | None => drop(kept.insert(name, item)),
        }
    }
    items.extend(kept.into_values());
}

/// Rules, results and what was told, sorted, each once, so that the order of files does not matter.
fn settle(run: &mut Json) {
    for place in ["rules", "notifications"] {
        by_key(&mut run["tool"]["driver"][place], "id");
    }
    let rules = &run["tool"]["driver"]["rules"];
    let index: BTreeMap<String, usize> = rules
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, rule)| Some((rule["id"].as_str()?.to_owned(), at)))
        .collect();
    if let Some(results) = run["results"].as_array_mut() {
        for result in results.iter_mut() {
            let at = result["ruleId"].as_str().and_then(|id| index.get(id)).copied();
            if let (Some(at), Some(fields)) = (at, result.as_object_mut()) {
                fields.insert("ruleIndex".to_owned(), at.into());
            }
        }
        sort(results, |result| {
            let place = &result["locations"][0]["physicalLocation"];
            let number = |key: &str| place["region"][key].as_u64().unwrap_or_default();
            (place["artifactLocation"]["uri"].to_string(), number("startLine"), number("startColumn"))
        });
    }
    if let Some(invocations) = run["invocations"].as_array_mut() {
        let mut whole = Map::new();
        for invocation in invocations.drain(..) {
            let Json::Object(fields) = invocation else { continue };
            for (key, value) in fields {
                match (whole.get_mut(&key), value) {
                    (None, value) => drop(whole.insert(key, value)),
                    (Some(Json::Array(known)), Json::Array(mut value)) => known.append(&mut value),
                    (Some(Json::Bool(known)), Json::Bool(value)) => *known &= value,
                    (Some(known), value) => {
                        if text(&value) < text(known) {
                            *known = value;
                        }
                    }
                }
            }
        }
        for told in whole.values_mut().filter_map(Json::as_array_mut) {
            for one in told.iter_mut() {
                // Positions in lists that are no more; the ids say the same.
                for reference in ["descriptor", "associatedRule"] {
                    if let Some(fields) = one.get_mut(reference).and_then(Json::as_object_mut) {
                        fields.remove("index");
                    }
                }
            }
            sort(told, |_| ());
        }
        invocations.push(Json::Object(whole));
    }
}

fn text(json: &Json) -> String {
    json.to_string()
}

fn sort<K: Ord>(all: &mut Vec<Json>, key: impl Fn(&Json) -> K) {
    all.sort_by_cached_key(|one| (key(one), one.to_string()));
    all.dedup();
}

/// Puts relative paths below a name.
fn below(node: &mut Json, name: &str) {
    match node {
        Json::Object(fields) => {
            for (key, value) in fields {
                if key == "artifactLocation"
                    && let Some(uri) =
                        value["uri"].as_str().filter(|uri| !uri.contains("://") && !uri.starts_with('/'))
                {
                    value["uri"] = format!("{name}/{uri}").into();
                } else {
                    below(value, name);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| below(item, name)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

fn percent(name: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    name.bytes()
        .map(|byte| if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
