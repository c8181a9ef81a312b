use super::*;

#[test]
fn templates_are_told_by_their_content() {
    for text in [
        "Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
        "---\n# c\nResources: {A: {Type: 'Custom::X'}}\n",
        "Resources:\r\n  A:\r\n    Type: Alexa::ASK::Skill\r\n",
        "  Resources:\n    A:\n      Type: Datadog::Monitors::Monitor\n",
        "{\"Resources\":{\"A\":{\"Type\":\"AWS::S3::Bucket\"}}}",
        "\u{feff}{\n\t\"AWSTemplateFormatVersion\": \"2010-09-09\",\n\t\"Resources\": {}\n}",
        "'Resources':\n  A: {Type: AWS::S3::Bucket}\n",
        "# c\n{\n  # c\n  \"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"}}\n}",
        "--- {Resources: {A: {Type: AWS::S3::Bucket}}}",
        "--- # c\nResources : {A: {Type: AWS::S3::Bucket}}",
        "%YAML 1.1\n---\n\"Resources\": {A: {Type: AWS::S3::Bucket}}",
        "x: 1\n---\nResources: {A: {Type: AWS::S3::Bucket}}\n",
    ] {
        assert!(matches!(recognise(&source(text)), Recognised::Template(_)), "{text}");
    }
    for text in [
        "apiVersion: v1\nkind: List\nResources: []\nType: a::b",
        "- name: t\n  input:\n    Resources:\n      A: {Type: AWS::S3::Bucket}\n",
        "service: x\nresources:\n  Resources:\n    A: {Type: AWS::S3::Bucket}\n",
        "on: push\njobs: {a: {steps: [{run: 'echo AWS::S3::Bucket'}]}}",
        "data:\n  t.yaml: |\n    AWSTemplateFormatVersion: 2010-09-09\n    Resources:\n      A: {Type: AWS::S3::Bucket}\n",
        "{\"typeName\": \"AWS::S3::Bucket\", \"Resources\": \"Type\"}",
        "Resources:\n  - Type: AWS::S3::Bucket\n",
        "a: [",
        "- input:\n    Resources: {A: {Type: AWS::S3::Bucket}\n",
        "{\"a\": {\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"",
        "# Resources:\n#   A: AWS::S3::Bucket Type\na: [",
        "",
    ] {
        assert!(matches!(recognise(&source(text)), Recognised::PassedOver), "{text}");
    }
    for (text, kind) in [
        ("AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: [\n", ProblemKind::Syntax),
        ("{% if x %}\nResources:\n  A:\n    Type: AWS::S3::Bucket\n{% endif %}\n", ProblemKind::Syntax),
        ("{{- if .x }}\nAWSTemplateFormatVersion: '2010-09-09'\n{{- end }}\n", ProblemKind::Syntax),
        ("{\"Resources\": {\"A\": {\"Type\": \"AWS::S3::Bucket\"", ProblemKind::Syntax),
        ("{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": }", ProblemKind::Syntax),
        (
            &format!(
                "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::S3::Bucket\", \"P\": {}",
                "[".repeat(10_000)
            ),
            ProblemKind::Limit,
        ),
        (
            &format!("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    P: {}", "[".repeat(10_000)),
            ProblemKind::Limit,
        ),
    ] {
        match recognise(&source(text)) {
            Recognised::Broken(problem) => assert_eq!(problem.kind, kind, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn what_shows_a_template_is_none_that_is_broken() {
    let shown = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: AWS::EC2::Instance\n";
    for (name, text, is_broken) in [
        (
            "deploy",
            format!("#!/bin/bash\ncat > /tmp/t.yaml <<EOF\n{shown}EOF\naws cloudformation deploy\n"),
            false,
        ),
        ("deploy.txt", format!("cat > /tmp/t.yaml <<EOF\n{shown}EOF\naws cloudformation deploy\n"), false),
        ("METADATA", format!("Metadata-Version: 2.1\nName: validator\n\nUse: it: so\n\n{shown}"), false),
        ("stack", format!("{shown}    Properties: [\n"), true),
        ("stack.yaml", format!("NoKey: [\n{shown}"), true),
    ] {
        let file = SourceFile::new(name.into(), name.into(), text, false);
        assert_eq!(matches!(recognise(&file), Recognised::Broken(_)), is_broken, "{name}");
    }
}

/// Every YAML and JSON file below a folder, as sources.
pub(super) fn corpus(folder: &std::path::Path, found: &mut Vec<(String, SourceFile)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            corpus(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| ["yml", "yaml", "json", "template"].iter().any(|known| end == *known))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let name = path.display().to_string();
            found.push((name.clone(), SourceFile::new(name.clone(), name, text, false)));
        }
    }
}

#[test]
fn templates_of_the_corpora_are_all_recognised_and_load() {
    let shared = std::env::var("KEYLESS_SHARED").unwrap_or_else(|_| "../shared".into());
    let corpora = std::path::Path::new(&shared).join("corpora");
    if !corpora.is_dir() {
        println!("skipped: no corpora at {}", corpora.display());
        return;
    }
    // As many as PyYAML and Python's json load with a root that has a `Resources` mapping.
    for (folder, templates, broken) in [
        ("aws-cloudformation-templates", 296, 0),
        ("cdk-app", 4, 0),
        ("cfngoat", 2, 0),
        ("guard-registry", 2, 0),
        ("modernisation-platform-environments", 1, 0),
    ] {
        let mut files = Vec::new();
        corpus(&corpora.join(folder), &mut files);
        let (mut recognised, mut problems, mut resources) = (Vec::new(), Vec::new(), 0);
        let (mut recognising, mut loading) = (std::time::Duration::ZERO, std::time::Duration::ZERO);
        for (name, source) in &files {
            let start = std::time::Instant::now();
            let what = recognise(source);
            recognising += start.elapsed();
            match what {
                Recognised::Template(document) => {
                    let start = std::time::Instant::now();
                    let (unit, limits) = load(FileId(0), source, &document, &|_| true);
                    loading += start.elapsed();
                    resources += unit.resources.len();
                    recognised.push(name);
                    problems.extend(limits);
                }
                Recognised::Broken(problem) => problems.push(problem),
                Recognised::PassedOver => {}
            }
        }
        println!(
            "{folder}: {} files, {} templates, {resources} resources, recognised in {recognising:?}, loaded in {loading:?}",
            files.len(),
            recognised.len()
        );
        recognised.iter().for_each(|name| println!("T {name}"));
        problems.iter().for_each(|problem| println!("P {problem:?}"));
        assert_eq!((recognised.len(), problems.len()), (templates, broken), "{folder}");
    }
}
