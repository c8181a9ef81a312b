use super::*;

#[test]
fn functions_of_many_choices_stay_bounded() {
    let conditions: String = (0..20).map(|at| format!("  C{at}: !Equals [!Ref P{at}, x]\n")).collect();
    let parameters: String = (0..20).map(|at| format!("  P{at}: {{Type: String}}\n")).collect();
    let items: Vec<String> = (0..20).map(|at| format!("!If [C{at}, a, b]")).collect();
    let text = format!(
        "Parameters:\n{parameters}Conditions:\n{conditions}Resources:\n  X:\n    Type: AWS::A::B\n    Properties:\n      P: !Join ['', [{}]]\n",
        items.join(", ")
    );
    fn leaves(value: &Value) -> usize {
        match &value.kind {
            Kind::Choice(choice) => leaves(&choice.then) + leaves(&choice.otherwise),
            _ => 1,
        }
    }
    let unit = unit(&text);
    let value = &unit.resources[0].body.as_object().unwrap().get("P").unwrap().value;
    assert!((2..=8).contains(&leaves(value)), "{}", leaves(value));
}

#[test]
fn a_long_default_repeated_without_end_is_a_limit() {
    let long = "x".repeat(1 << 20);
    let pieces = "${Long}".repeat(100);
    let text = format!(
        "Parameters: {{Long: {{Type: String, Default: {long}}}}}\nResources:\n  X: {{Type: AWS::A::B, Properties: {{P: !Sub '{pieces}'}}}}\n"
    );
    let source = source(&text);
    let Recognised::Template(document) = recognise(&source) else { panic!() };
    let (_, problems) = load(FileId(0), &source, &document, &|_| true);
    assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::Limit]);
}

#[test]
fn the_deepest_template_is_evaluated_on_a_small_stack() {
    let depth = 120;
    let nested = (0..depth).fold("x".to_owned(), |inner, _| {
        format!("{{\"Fn::Join\": [\"\", [{inner}]]}}").replace("[x]", "[\"x\"]")
    });
    let shallow = (0..80).fold("\"x\"".to_owned(), |inner, _| format!("{{\"Fn::Join\": [\"\", [{inner}]]}}"));
    let ifs = (0..120).fold("\"x\"".to_owned(), |inner, _| format!("{{\"Fn::If\": [\"C\", {inner}, 1]}}"));
    let plain = format!("{}{}", "[".repeat(250), "]".repeat(250));
    for expression in [shallow, ifs, plain, nested] {
        let text = format!(
            "{{\"Resources\": {{\"A\": {{\"Type\": \"AWS::A::B\", \"Properties\": {{\"P\": {expression}}}}}}}}}"
        );
        let run = move || match recognise(&source(&text)) {
            Recognised::Template(document) => {
                let _ = load(FileId(0), &source(&text), &document, &|_| true);
            }
            Recognised::Broken(problem) => assert_eq!(problem.kind, ProblemKind::Limit),
            Recognised::PassedOver => panic!(),
        };
        std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
    }
}

/// Run with optimization and `--nocapture --ignored`.
#[test]
#[ignore = "a measurement"]
fn load_throughput() {
    let resource = r#"{"Type": "AWS::EC2::Instance", "Properties": {"ImageId": {"Ref": "AWS::Region"}, "Tags": [{"Key": "Name", "Value": {"Fn::Sub": "a-${AWS::Region}"}}], "UserData": {"Fn::Base64": {"Fn::Join": ["", ["one", {"Ref": "R1"}, "two"]]}}}}"#;
    let many: Vec<String> = (0..40_000).map(|at| format!("\"R{at}\": {resource}")).collect();
    let source = source(&format!("{{\"Resources\": {{{}}}}}", many.join(",\n")));
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let Recognised::Template(document) = recognise(&source) else { panic!() };
        let parsed = start.elapsed();
        let (unit, _) = load(FileId(0), &source, &document, &|_| true);
        println!(
            "{} MB, {} resources: {parsed:?} + {:?}",
            source.text().len() / 1_000_000,
            unit.resources.len(),
            start.elapsed() - parsed
        );
    }
}
