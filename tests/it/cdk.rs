//! A CDK app as the real library synthesizes it (aws-cdk-lib 2, cloud assembly 55), on another machine: `/ci/builds/7/shop`.

use crate::harness::Repo;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn copy(from: &Path, under: &str, repo: &Repo) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(&path, &format!("{name}/"), repo);
        } else {
            repo.write(&name, fs::read(&path).unwrap());
        }
    }
}

/// The findings with what they name and the code of the user's that they stand on.
fn reported(repo: &Repo) -> String {
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["problems"], serde_json::json!([]));
    assert_eq!(report["cannot_tell"], serde_json::json!([]));
    let mut text = String::new();
    for finding in report["findings"].as_array().unwrap() {
        let path = finding["path"].as_str().unwrap();
        let line = finding["start"]["line"].as_u64().unwrap();
        let file = fs::read_to_string(repo.path().join(path)).unwrap();
        let code = file.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().trim();
        let addresses: Vec<&str> = finding["addresses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|address| address.as_str().unwrap())
            .collect();
        let addresses = addresses.join(" ");
        text.push_str(&format!("{} {path}:{line} [{addresses}] {code}\n", finding["code"].as_str().unwrap()));
    }
    text
}

#[test]
fn findings_of_a_synthesized_app_stand_on_its_code() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/cdk/app");
    for folder in ["", "checked/out/elsewhere/"] {
        let repo = Repo::new();
        copy(&app, folder, &repo);
        let found = reported(&repo).replace(folder, "");
        insta::assert_snapshot!("synthesized_app", found);
    }
}

#[test]
fn without_the_apps_code_the_template_is_the_place() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/cdk/app/infra/cdk.out");
    let repo = Repo::new();
    copy(&app, "cdk.out/", &repo);
    insta::assert_snapshot!("synthesized_app_alone", reported(&repo));
}

/// The apps of `testdata/cdk`, each with its assembly as `make.sh` there left it.
const APPS: [&str; 8] = ["shop", "fleet", "intake", "legacy", "mono", "quiet", "first", "second"];

/// Stands in the apps for what must not be written into a file.
const KEY_ID: &str = "__ACCESS_KEY_ID__";

fn apps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cdk")
}

/// A repository with an app in it, and an access key id where the app says that one is.
fn repo_of(app: &str) -> Repo {
    let repo = Repo::new();
    copy(&apps().join(app), "", &repo);
    fill(repo.path());
    repo
}

fn key_id() -> String {
    format!("AKIA{}", "QWERTYUIOPASDFGH")
}

fn fill(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fill(&path);
        } else if let Ok(text) = fs::read_to_string(&path)
            && text.contains(KEY_ID)
        {
            fs::write(&path, text.replace(KEY_ID, &key_id())).unwrap();
        }
    }
}

/// What is found of an app, by the code that it stands on; then what was acknowledged.
fn told(repo: &Repo, args: &[&str]) -> String {
    let (code, report) = repo.json(args);
    assert_eq!(report["problems"], serde_json::json!([]));
    let mut text = format!("exit code {code}\n");
    for (kind, mark) in [("findings", ""), ("cannot_tell", "? "), ("suppressed", "- ")] {
        for finding in report[kind].as_array().unwrap() {
            let word = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let (line, column) = (&finding["start"]["line"], &finding["start"]["column"]);
            let code = code_at(repo, finding);
            let place = format!("{}:{line}:{column}", word("path"));
            text.push_str(&format!("{mark}{} {place} {}\n      {code}\n", word("code"), word("construct")));
            if let Some(said) = finding["suppression"].as_object() {
                let place = &said["place"];
                let (path, line) = (place["path"].as_str().unwrap(), &place["start"]["line"]);
                let reason = said["reason"].as_str().unwrap();
                text.push_str(&format!("      {path}:{line} {reason}: {}\n", code_at(repo, place)));
            }
        }
    }
    text
}

/// The code from where a place starts to the end of its line.
fn code_at(repo: &Repo, place: &serde_json::Value) -> String {
    let number = |key: &str| usize::try_from(place["start"][key].as_u64().unwrap()).unwrap() - 1;
    let text = fs::read_to_string(repo.path().join(place["path"].as_str().unwrap())).unwrap();
    let line = text.lines().nth(number("line")).unwrap();
    line.chars().skip(number("column")).collect()
}

#[test]
fn stages_nested_stacks_and_acknowledged_rules() {
    insta::assert_snapshot!("shop", told(&repo_of("shop"), &["."]));
}

#[test]
fn instances_groups_user_data_and_secrets_of_a_javascript_app() {
    insta::assert_snapshot!("fleet", told(&repo_of("fleet"), &["."]));
}

#[test]
fn a_python_app_with_its_frames() {
    insta::assert_snapshot!("intake", told(&repo_of("intake"), &["."]));
}

#[test]
fn an_included_template_and_code_that_was_compiled_before_it_ran() {
    insta::assert_snapshot!("legacy", told(&repo_of("legacy"), &["."]));
}

#[test]
fn an_app_in_a_folder_of_a_monorepo() {
    insta::assert_snapshot!("mono", told(&repo_of("mono"), &["."]));
    let within = repo_of("mono");
    let found = told(&within, &["packages/infra"]);
    assert_eq!(found, told(&within, &["packages/infra/cdk.out"]));
    assert!(found.contains("IMDS01 packages/constructs/index.js:8:5"), "{found}");
}

/// Logical ids, hashes of assets, bootstrap parameters, the handlers of custom resources, generated secrets and references
/// to them, and the blob that tells which constructs are used.
#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let repo = repo_of("quiet");
    // Users that are there on purpose, and secrets that nobody rotates: the strict set has a word on them.
    let (code, report) = repo.json(&["--strict", "--ignore", "KEY07,KEY08,SEC10", "."]);
    assert_eq!((code, &report["findings"]), (0, &serde_json::json!([])), "{report:#}");
    assert_eq!(report["problems"], serde_json::json!([]));
    // Two stages of one stack, the catalogue, what it offers, and the pipeline.
    assert_eq!(report["summary"]["files"], 5);
}

#[test]
fn what_a_product_of_a_service_catalogue_holds_is_judged() {
    let repo = repo_of("quiet");
    let path = "cdk.out/CatalogHost2773AF02.product.template.json";
    let text = fs::read_to_string(repo.path().join(path)).unwrap();
    repo.write(path, text.replace("\"required\"", "\"optional\""));
    let found = told(&repo, &["."]);
    assert!(found.contains("IMDS01 app.ts:114:5 Catalog/Host/Instance"), "{found}");
}

#[test]
fn what_a_person_sees() {
    let repo = repo_of("shop");
    insta::assert_snapshot!("shop_human", repo.run(&["check", "."]).stdout);
    insta::assert_snapshot!("shop_concise", repo.run(&["check", "--format", "concise", "."]).stdout);
}

/// The name of the folder, `.gitignore` and how an assembly is named do not matter.
#[test]
fn an_assembly_is_the_same_wherever_it_stands() {
    let expected = told(&repo_of("shop"), &["."]);
    let repo = repo_of("shop");
    fs::rename(repo.path().join("cdk.out"), repo.path().join("synthesized")).unwrap();
    let renamed = |text: &str| text.replace("synthesized", "cdk.out");
    assert_eq!(renamed(&told(&repo, &["."])), expected);
    repo.write(".gitignore", "synthesized/\n");
    for named in [".", "synthesized", "synthesized/manifest.json"] {
        assert_eq!(renamed(&told(&repo, &[named])), expected, "{named}");
    }
}

/// `cdk.out` is seldom in the repository; the code that puts a secret into it is.
#[test]
fn an_ignored_assembly_tells_of_the_code_that_made_it() {
    for app in ["fleet", "intake"] {
        let expected = told(&repo_of(app), &["."]);
        let repo = repo_of(app);
        repo.write(".gitignore", "cdk.out\n");
        assert_eq!(told(&repo, &["."]), expected);
        // Where that is not known, what is literal there is nobody's.
        for file in fs::read_dir(repo.path().join("cdk.out")).unwrap() {
            let path = file.unwrap().path();
            if path.to_str().unwrap().ends_with(".metadata.json") {
                fs::write(path, "{}").unwrap();
            }
        }
        let found = told(&repo, &["."]);
        assert!(!found.contains("SEC") && !found.contains("KEY02"), "{found}");
        assert!(found.contains("IMDS0"), "{found}");
    }
}

#[test]
fn apps_of_one_repository_keep_their_constructs_apart() {
    let repo = Repo::new();
    for app in ["shop", "intake"] {
        copy(&apps().join(app), &format!("{app}/"), &repo);
    }
    // The same app again: what was acknowledged in the first says nothing of this one.
    copy(&apps().join("shop"), "again/", &repo);
    for stage in ["Test", "Prod"] {
        let folder = repo.path().join(format!("again/cdk.out/assembly-{stage}"));
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.to_str().unwrap().ends_with(".metadata.json") {
                let text = fs::read_to_string(&path).unwrap();
                fs::write(
                    &path,
                    text.replace("aws:cdk:acknowledged-rules", "other")
                        .replace("/workspace/shop/", "/workspace/again/"),
                )
                .unwrap();
            }
        }
    }
    let (_, report) = repo.json(&["."]);
    let count = |kind: &str, app: &str| {
        let found = report[kind].as_array().unwrap();
        found.iter().filter(|finding| finding["path"].as_str().unwrap().starts_with(app)).count()
    };
    assert_eq!((count("findings", "shop/"), count("suppressed", "shop/")), (3, 2));
    assert_eq!((count("findings", "again/"), count("suppressed", "again/")), (4, 0));
    assert_eq!((count("findings", "intake/"), count("suppressed", "intake/")), (4, 1));
}

/// As a plugin of the app hands them over.
#[test]
fn named_templates_are_read_with_their_assembly() {
    let repo = repo_of("shop");
    let stage = |name: &str, file: &str| format!("cdk.out/assembly-{name}/{file}");
    let tops =
        [stage("Test", "TestShop65BA69B7.template.json"), stage("Prod", "ProdShop82526E42.template.json")];
    assert_eq!(told(&repo, &[&tops[0], &tops[1]]), told(&repo, &["."]));
    // Nested stacks belong to the stack that is named, other stacks do not.
    let test = told(&repo, &[&tops[0]]);
    assert!(test.contains("Test/Shop/Workers/BotKey/Resource") && !test.contains("Prod/"), "{test}");
    // A nested one by itself.
    let nested = told(&repo, &[&stage("Prod", "ProdShopWorkers3B678380.nested.template.json")]);
    assert_eq!(nested.matches("Prod/Shop/Workers/").count(), 2, "{nested}");
    assert!(!nested.contains("Loose"), "{nested}");
    // One that no manifest knows is a template like any other.
    fs::copy(repo.path().join(&tops[1]), repo.path().join("cdk.out/old.template.json")).unwrap();
    let old = told(&repo, &["cdk.out/old.template.json"]);
    assert!(old.contains("KEY01 cdk.out/old.template.json:791:4"), "{old}");
    // The whole assembly once more beside one of its parts.
    assert_eq!(told(&repo, &[&tops[0], "cdk.out"]), told(&repo, &["."]));
}

#[test]
fn parts_of_an_assembly_may_be_excluded() {
    let repo = repo_of("shop");
    let found = told(&repo, &["--exclude", "cdk.out/assembly-Test", "."]);
    assert!(found.contains("Prod/Shop/Workers/BotKey") && !found.contains("Test/"), "{found}");
    let found = told(&repo, &["--exclude", "*.nested.template.json", "."]);
    assert!(found.contains("Test/Shop/Loose") && !found.contains("Workers"), "{found}");
}

/// Code that two apps share is one place.
#[test]
fn apps_that_share_a_line_have_one_finding() {
    let repo = repo_of("mono");
    copy(&apps().join("mono/packages/infra"), "packages/other/", &repo);
    let (_, report) = repo.json(&["--select", "IMDS", "."]);
    let found = report["findings"].as_array().unwrap();
    assert_eq!((found.len(), &found[0]["path"]), (1, &"packages/constructs/index.js".into()));
    let related: Vec<&str> =
        found[0]["related"].as_array().unwrap().iter().map(|place| place["path"].as_str().unwrap()).collect();
    assert_eq!(
        related,
        ["packages/infra/cdk.out/Infra.template.json", "packages/other/cdk.out/Infra.template.json"]
    );
}

#[test]
fn who_knows_of_one_secret_of_a_construct_does_not_know_of_the_next() {
    let repo = repo_of("quiet");
    let template = repo.path().join("cdk.out/Everything.template.json");
    let clean = fs::read_to_string(&template).unwrap();
    let fingerprints = |variables: &str| {
        let given = clean.replace("\"SECRET_ARN\":", &format!("{variables} \"SECRET_ARN\":"));
        fs::write(&template, given).unwrap();
        let (_, report) = repo.json(&["."]);
        let found = report["findings"].as_array().unwrap().iter();
        let found: Vec<_> = found.filter(|finding| finding["code"] == "SEC05").collect();
        assert!(found.iter().all(|finding| finding["path"] != "cdk.out/Everything.template.json"));
        found.iter().map(|finding| finding["fingerprint"].to_string()).collect::<BTreeSet<_>>()
    };
    let first = fingerprints("\"A_TOKEN\": \"petrel-sleet-1\",");
    let both = fingerprints("\"A_TOKEN\": \"petrel-sleet-1\", \"B_PASSWORD\": \"petrel-sleet-2\",");
    assert_eq!((first.len(), both.len()), (1, 2));
    assert!(both.is_superset(&first));
}

#[test]
fn an_acknowledgement_holds_for_what_it_names_and_where_it_stands() {
    let path = "cdk.out/assembly-Test/TestShop65BA69B7.metadata.json";
    let said = "keyless::KEY01";
    let suppressed = |rule: &str| {
        let repo = repo_of("shop");
        let text = fs::read_to_string(repo.path().join(path)).unwrap();
        repo.write(path, text.replace(said, rule));
        let (_, report) = repo.json(&["--select", "KEY01", "cdk.out/assembly-Test"]);
        report["suppressed"].as_array().unwrap().len()
    };
    assert_eq!(suppressed(said), 1);
    assert_eq!(suppressed("keyless::access-key-resource"), 1);
    for other in
        ["keyless::KEY02", "keyless::KEY", "KEY01", "Annotation::KEY01", "AwsSolutions::KEY01", "keyless"]
    {
        assert_eq!(suppressed(other), 0, "{other}");
    }
    // What is said for `Test/Shop/Part` is not said for `Test/Shop/Partner`.
    let repo = repo_of("shop");
    let text = fs::read_to_string(repo.path().join(path)).unwrap();
    repo.write(path, text.replace("\"/Test/Shop/Partner\"", "\"/Test/Shop/Part\""));
    let (code, report) = repo.json(&["--select", "KEY01", "cdk.out/assembly-Test"]);
    assert_eq!((code, report["suppressed"].as_array().unwrap().len()), (1, 0));
}

/// Other tools' suppressions are theirs.
#[test]
fn the_metadata_of_other_tools_is_not_obeyed() {
    let repo = repo_of("mono");
    let path = "packages/infra/cdk.out/Infra.template.json";
    let text = fs::read_to_string(repo.path().join(path)).unwrap();
    let theirs = serde_json::json!({
        "cdk_nag": {"rules_to_suppress": [{"id": "KEY01", "reason": "x"}, {"id": "keyless::KEY01", "reason": "x"}]},
        "cfn_nag": {"rules_to_suppress": [{"id": "KEY01"}]},
        "aws:cdk:acknowledged-rules": {"keyless::KEY01": "x"},
    });
    let mut template: serde_json::Value = serde_json::from_str(&text).unwrap();
    let key = template["Resources"].as_object_mut().unwrap().values_mut();
    key.into_iter().find(|one| one["Type"] == "AWS::IAM::AccessKey").unwrap()["Metadata"] = theirs;
    repo.write(path, template.to_string());
    let (_, report) = repo.json(&["--select", "KEY01", "."]);
    assert_eq!(
        (report["findings"].as_array().unwrap().len(), &report["suppressed"]),
        (1, &serde_json::json!([]))
    );
}

/// Only a run where nothing is left to report is clean.
#[test]
fn suppressed_findings_do_not_fail_a_run() {
    let repo = repo_of("shop");
    let path = "cdk.out/assembly-Prod/ProdShop82526E42.template.json";
    let ran = repo.run(&["check", "--select", "KEY01", path]);
    // The nested stack's key was not acknowledged.
    assert_eq!(ran.code, 1, "{ran:?}");
    let nested = "cdk.out/assembly-Prod/ProdShopWorkers3B678380.nested.template.json";
    let text = fs::read_to_string(repo.path().join(nested)).unwrap();
    repo.write(nested, text.replace("AWS::IAM::AccessKey", "AWS::IAM::Group"));
    let ran = repo.run(&["check", "--select", "KEY01", path]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("no findings, 1 suppressed"), "{ran:?}");
    assert!(!ran.stdout.contains("KEY01"), "{ran:?}");
    // Where the code is not here, the assembly is where it was said.
    ["lib", "bin"].iter().for_each(|code| fs::remove_dir_all(repo.path().join(code)).unwrap());
    let (_, report) = repo.json(&["--select", "KEY01", path]);
    let place = &report["suppressed"][0]["suppression"]["place"];
    assert_eq!(place["path"], "cdk.out/assembly-Prod/ProdShop82526E42.metadata.json");
}

#[test]
fn no_secret_of_a_synthesized_app_is_printed() {
    for app in APPS {
        let repo = repo_of(app);
        for format in crate::harness::FORMATS {
            let printed = repo.run(&["check", "--strict", "--format", format, "."]).stdout;
            for secret in ["QWERTYUIOPASDFGH", "correct-horse", "tr0ub4dor"] {
                assert!(!printed.contains(secret), "{app} {format} {secret}");
            }
        }
    }
}

/// Assemblies of the first version of the library: traces on logical ids, assets among a stack's metadata and handed over
/// in parameters; and of an early one of the second.
#[test]
fn assemblies_of_older_libraries() {
    for app in ["first", "second"] {
        insta::allow_duplicates! {
            insta::assert_snapshot!("older_libraries", told(&repo_of(app), &["."]));
        }
    }
}

/// Frames that Java's runtime hands over name a class and a file without folders.
#[test]
fn a_java_app_is_found_by_its_packages() {
    let repo = Repo::new();
    repo.write(
        "infra/cdk.out/manifest.json",
        r#"{"version": "55.0.0", "artifacts": {"Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.json"},
        "additionalMetadataFile": "Web.metadata.json", "displayName": "Web"}}}"#,
    );
    repo.write(
        "infra/cdk.out/Web.metadata.json",
        r#"{"/Web/Key": [{"type": "aws:cdk:logicalId", "data": "Key"}, {"type": "aws:cdk:creationStack", "data": [
            "...aws-cdk-lib, jsii runtime, node internals...", "(no user code in 10 frames, use --stack-trace-limit to capture more)",
            "software.amazon.awscdk.services.iam.CfnAccessKey$Builder.build (CfnAccessKey.java:400)",
            "com.acme.web.WebStack.<init> (WebStack.java:3)", "com.acme.web.WebApp.main (WebApp.java:9)"]}]}"#,
    );
    let template =
        r#"{"Resources": {"Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": "a"}}}}"#;
    repo.write("infra/cdk.out/Web.template.json", template);
    repo.write("infra/WebStack.java", "\n\n// another one\n");
    let source = "package com.acme.web;\n\n        CfnAccessKey.Builder.create(this, \"Key\").userName(\"a\").build();\n";
    repo.write("infra/src/main/java/com/acme/web/WebStack.java", source);
    let found = told(&repo, &["."]);
    assert!(found.contains("KEY01 infra/src/main/java/com/acme/web/WebStack.java:3:9 Web/Key"), "{found}");
}

/// CDK for Terraform: Terraform's JSON, with the construct of each block under `"//"`.
#[test]
fn constructs_of_cdk_for_terraform() {
    let repo = Repo::new();
    let app = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cdktf").join(name);
    copy(&app("edge"), "edge/", &repo);
    // Early releases kept the frames of every block.
    copy(&app("first"), "first/", &repo);
    insta::assert_snapshot!("cdktf", told(&repo, &["."]));
    // Without the code, and where git ignores what is synthesized but it is named.
    fs::remove_file(repo.path().join("first/main.js")).unwrap();
    repo.write(".gitignore", "cdktf.out\n");
    let found = told(&repo, &["first/cdktf.out"]);
    assert!(found.contains("KEY01 first/cdktf.out/cdk.tf.json:10:8 first/deploy/key"), "{found}");
}

#[test]
fn what_is_found_of_a_public_app_is_right() {
    let Some(corpora) = crate::harness::corpora() else { return };
    let repo = Repo::new();
    copy(&corpora.join("cdk-app"), "", &repo);
    let found = told(&repo, &["."]);
    // A key of form, a user's password, two keys, two instances and a group: each stage has them all.
    let lines: Vec<&str> =
        found.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase())).collect();
    let places: Vec<String> =
        lines.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        places,
        [
            "IMDS02 app.js:13:5",
            "IMDS02 app.js:15:5",
            "SEC01 app.js:16:18",
            "KEY01 app.js:17:5",
            "KEY02 app.js:18:5",
            "KEY01 app.js:20:5"
        ],
        "{found}"
    );
}

/// What is shown of an app's code holds nothing that is not to be shown, and an assembly leads to no other files.
#[test]
fn the_code_that_is_shown_is_masked() {
    let repo = repo_of("mono");
    let path = "packages/infra/bin/infra.js";
    let text = fs::read_to_string(repo.path().join(path)).unwrap();
    let key = "new iam.CfnAccessKey(stack, 'Key', { userName: 'infra' });";
    assert!(text.contains(key));
    repo.write(path, text.replace(key, &format!("{key} const hub = '{}';", key_id())));
    let ran = repo.run(&["check", "."]);
    assert!(ran.stdout.contains("new iam.CfnAccessKey(stack") && ran.stdout.contains("const hub"), "{ran:?}");
    assert!(!ran.stdout.contains("QWERTYUIOP"), "{ran:?}");

    let metadata = "packages/infra/cdk.out/Infra.metadata.json";
    let text = fs::read_to_string(repo.path().join(metadata)).unwrap();
    for name in [".env", "settings.json", "terraform.tfstate", "key.pem", ".npmrc"] {
        repo.write(name, "\n".repeat(9) + "what Zebedee wrote\n");
        let led =
            text.replace("/workspace/mono/packages/infra/bin/infra.js", &format!("/workspace/mono/{name}"));
        repo.write(metadata, led);
        let ran = repo.run(&["check", "packages/infra"]);
        assert!(ran.stdout.contains("KEY01") && !ran.stdout.contains("Zebedee"), "{ran:?}");
    }
}
