//! What users set in their editor. What is not understood is told, and the default holds.

use crate::findings::Redactor;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// When the answers to an edited text are made.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunOn {
    /// When it is edited.
    #[default]
    Type,
    /// When it is saved.
    Save,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// The strict policies as well, and open questions.
    pub(super) strict: bool,
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    /// This configuration, and not the nearest `keyless.toml`.
    pub(super) config: Option<PathBuf>,
    pub(super) run_on: RunOn,
    /// Offer fixes that somebody has to look at first.
    pub(super) unsafe_fixes: bool,
    /// Show what is excepted, as hints.
    pub(super) suppressed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            strict: false,
            select: Vec::new(),
            ignore: Vec::new(),
            config: None,
            run_on: RunOn::default(),
            unsafe_fixes: true,
            suppressed: false,
        }
    }
}

impl Settings {
    /// The same with what is said, below `keyless` or by itself; and what of it is not understood, in sentences.
    pub(super) fn with(mut self, said: &Value) -> (Self, Vec<String>) {
        let said = said.get("keyless").unwrap_or(said);
        let mut wrong = Vec::new();
        if said.is_null() {
            return (self, wrong);
        }
        let Some(said) = said.as_object() else {
            return (self, vec!["the settings of keyless are no object".to_owned()]);
        };
        for (name, value) in said {
            if !value.is_null()
                && let Err(expected) = self.set(name, value)
            {
                let name = Redactor::default().redact(&name.escape_debug().to_string());
                wrong.push(format!("the setting `{name}` of keyless is passed over: {expected}"));
            }
        }
        (self, wrong)
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), &'static str> {
        const FLAG: &str = "it is neither true nor false";
        const LIST: &str = "it is no list of codes, names or families of policies";
        match name {
            "strict" => self.strict = value.as_bool().ok_or(FLAG)?,
            "select" => self.select = texts(value).ok_or(LIST)?,
            "ignore" => self.ignore = texts(value).ok_or(LIST)?,
            "config" => {
                let path = value.as_str().ok_or("it is no path")?;
                self.config = (!path.is_empty()).then(|| path.into());
            }
            "runOn" => {
                self.run_on = match value.as_str() {
                    Some("type") => RunOn::Type,
                    Some("save") => RunOn::Save,
                    Some(_) | None => return Err("it is neither \"type\" nor \"save\""),
                }
            }
            "unsafeFixes" => self.unsafe_fixes = value.as_bool().ok_or(FLAG)?,
            "suppressed" => self.suppressed = value.as_bool().ok_or(FLAG)?,
            // What is the client's own: where the program is, and what is written down of its messages.
            "path" | "trace" | "enable" | "enabled" | "args" | "env" => {}
            _ => return Err("there is no such setting"),
        }
        Ok(())
    }

    /// Whether the same is asked, and the same shown.
    pub(super) fn asks_as(&self, other: &Self) -> bool {
        let is_same_file =
            self.config == other.config && self.config.as_ref().is_none_or(|config| config.is_absolute());
        let asked = |settings: &Self| {
            let Self { strict, select, ignore, suppressed, .. } = settings;
            (*strict, select.clone(), ignore.clone(), *suppressed)
        };
        is_same_file && asked(self) == asked(other)
    }

    /// The configuration file that is set, seen from a folder.
    pub(super) fn config_from(&self, folder: &Path) -> Option<PathBuf> {
        self.config.as_ref().map(|config| folder.join(config))
    }
}

/// A list of texts, or one text with commas.
fn texts(value: &Value) -> Option<Vec<String>> {
    let of_text = |text: &str| -> Vec<String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    match value {
        Value::String(text) => Some(of_text(text)),
        Value::Array(list) => {
            let texts: Option<Vec<_>> = list.iter().map(|text| text.as_str().map(of_text)).collect();
            texts.map(|texts| texts.concat())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_set_holds_and_the_rest_is_told() {
        let said = json!({"keyless": {
            "strict": true, "select": ["IMDS", "KEY01,KEY02"], "ignore": "SEC05", "config": "ci/keyless.toml",
            "runOn": "save", "unsafeFixes": false, "suppressed": true, "path": "/bin/keyless",
        }});
        let (settings, wrong) = Settings::default().with(&said);
        assert_eq!(wrong, <[String; 0]>::default());
        assert_eq!(
            settings,
            Settings {
                strict: true,
                select: ["IMDS", "KEY01", "KEY02"].map(str::to_owned).into(),
                ignore: vec!["SEC05".to_owned()],
                config: Some("ci/keyless.toml".into()),
                run_on: RunOn::Save,
                unsafe_fixes: false,
                suppressed: true,
            }
        );
        assert_eq!(settings.config_from(Path::new("/a")), Some("/a/ci/keyless.toml".into()));
        let (again, _) = settings.clone().with(&json!({"strict": false, "select": null}));
        assert_eq!(again, Settings { strict: false, ..settings });
        let wrong = Settings::default().with(&json!({"strict": "yes", "runOn": 1, "colour": "red"})).1;
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert_eq!(Settings::default().with(&json!(null)), (Settings::default(), vec![]));
        assert_eq!(Settings::default().with(&json!(7)).1.len(), 1);
    }
}
