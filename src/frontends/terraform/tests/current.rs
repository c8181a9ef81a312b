//! Whether the answers that are kept are still those of the `terraform` on `PATH`.

use super::cases;
use std::process::Command;

#[test]
fn the_kept_answers_are_those_of_the_installed_terraform() {
    let version =
        Command::new("terraform").args(["version", "-json"]).env("TF_CLI_CONFIG_FILE", "/dev/null").output();
    let is_known = version.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).contains("\"1.11."));
    if !is_known {
        eprintln!("skipped: no `terraform` 1.11 on PATH");
        return;
    }
    let checked = Command::new("python3").arg(cases().join("refresh.py")).arg("--check").output();
    let Ok(checked) = checked else {
        eprintln!("skipped: no `python3` on PATH");
        return;
    };
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
