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

#[cfg(test)]
mod tests {
    use super::names_script;

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
