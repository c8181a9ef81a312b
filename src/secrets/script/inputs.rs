//! Inputs of modules that are scripts by their names.

/// Whether what a module takes by this name runs on a machine: `user_data`, `pre_bootstrap_user_data`, `startup_script`.
#[must_use]
pub fn names_script(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.trim_end_matches("_base64").trim_end_matches("_raw");
    ["user_data", "userdata", "startup_script", "bootstrap_script", "init_script"]
        .iter()
        .any(|script| name.ends_with(script))
}

/// Whether a text may be more than a word, so that something in it may be given to a name: of several lines, a document, a
/// command with options, an assignment.
#[must_use]
pub fn may_hold_names(text: &str) -> bool {
    text.starts_with("--") || text.bytes().any(|byte| b"\n\\={[#".contains(&byte)) || text.contains(" -")
}

/// Whether an argument of this name speaks of what it names: prose, a query, a dashboard, the description of an API, a policy.
#[must_use]
pub fn only_speaks(name: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 33] = [
        "alarm", "alarms", "alert", "alerts", "annotations", "comment", "condition", "conditions", "dashboard", "dashboards",
        "description", "documentation", "example", "examples", "expr", "expression", "expressions", "filter", "filters",
        "message", "messages", "notes", "openapi", "panels", "policies", "policy", "queries", "query", "rule", "rules", "schema",
        "swagger", "widgets",
    ];
    let name = name.to_ascii_lowercase();
    name.split(['_', '-', '.']).any(|word| WORDS.contains(&word))
}

/// Whether what a module takes by this name is a script, or the variables of a program.
#[must_use]
pub fn names_what_runs(name: &str) -> bool {
    names_script(name) || names_environment(name)
}

/// `environment_variables`, `env_vars`.
fn names_environment(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let about = ["environment", "env"];
    let words = ["variables", "vars", "variable", "map"];
    let name = words.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(&name).trim_end_matches('_');
    about.iter().any(|about| name == *about || name.ends_with(&format!("_{about}")))
}

#[cfg(test)]
mod tests {
    use super::{names_environment, names_script};

    #[test]
    fn names_of_environments_are_told_from_the_name_of_one() {
        for name in [
            "environment_variables",
            "env_vars",
            "container_environment",
            "env",
            "lambda_environment_variables",
        ] {
            assert!(names_environment(name), "{name}");
        }
        for name in ["environment_name", "env_file_path", "variables", "prevent"] {
            assert!(!names_environment(name), "{name}");
        }
    }

    #[test]
    fn names_of_scripts_are_told_from_what_is_about_them() {
        for name in ["user_data", "user_data_base64", "pre_bootstrap_user_data", "userdata", "startup_script"]
        {
            assert!(names_script(name), "{name}");
        }
        for name in ["user_data_replace_on_change", "enable_user_data_template", "script_name", "description"]
        {
            assert!(!names_script(name), "{name}");
        }
    }
}
