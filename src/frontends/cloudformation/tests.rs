use super::*;
use crate::findings::ProblemKind;
use crate::model::{DeclarationKind, Hop, Kind, Marks, Origin, Part, Reason, Resource, Unit, Value};
use crate::source::{FileId, SourceFile};

fn source(text: &str) -> SourceFile {
    SourceFile::new("t.yaml".into(), "t.yaml".into(), text.into(), false)
}

fn unit(text: &str) -> Unit {
    let source = source(text);
    match recognise(&source) {
        Recognised::Template(document) => load(FileId(0), &source, &document, &|_| true).0,
        other => panic!("{text}: {other:?}"),
    }
}

fn show_reason(reason: &Reason) -> String {
    match reason {
        Reason::Computed { address, attribute } => format!("{address}.{attribute}"),
        Reason::Parameter { name, no_echo } => {
            format!("parameter {name}{}", if *no_echo { " noecho" } else { "" })
        }
        Reason::PseudoParameter { name } | Reason::Import { name } | Reason::Function { name } => {
            name.to_string()
        }
        Reason::DynamicReference { service } => format!("resolve {service}"),
        Reason::Undeclared { name } => format!("undeclared {name}"),
        Reason::Unsupported { what } => format!("unsupported {what}"),
        Reason::Condition { text } => format!("condition {text}"),
        Reason::Invalid { .. } => "invalid".into(),
        other => format!("{other:?}"),
    }
}

/// A value in one line.
fn show(value: &Value) -> String {
    match &value.kind {
        Kind::Null => "null".into(),
        Kind::Bool(_) | Kind::Number(_) => value.to_text().unwrap().to_string(),
        Kind::String(text) => format!("'{text}'"),
        Kind::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Kind::Object(object) => {
            let entries = object.entries.iter().map(|entry| format!("{}: {}", entry.key, show(&entry.value)));
            let rest = object.rest.iter().map(|rest| format!("..{}", show_reason(&rest.reason)));
            format!("{{{}}}", entries.chain(rest).collect::<Vec<_>>().join(", "))
        }
        Kind::Choice(choice) => {
            let name = text::name_of(&choice.condition);
            format!("({name} ? {} : {})", show(&choice.then), show(&choice.otherwise))
        }
        Kind::Unknown(unknown) if unknown.parts.is_empty() => format!("<{}>", show_reason(&unknown.reason)),
        Kind::Unknown(unknown) => unknown
            .parts
            .iter()
            .map(|part| match part {
                Part::Text { text, .. } => format!("'{text}'"),
                Part::Unknown(reason) => format!("<{}>", show_reason(reason)),
            })
            .collect::<String>()
            .replace("''", ""),
    }
}

const HEAD: &str = "
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Name: {Type: String, Default: web}
  Open: {Type: String}
  Secret: {Type: String, NoEcho: 'true'}
  Pass: {Type: String, NoEcho: true, Default: changeme}
  List: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Ami: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /aws/ami}
  Number: {Type: Number, Default: 012}
Mappings:
  Map: {one: {k: v1, n: 5, l: [x, y], same: s}, two: {k: v2, same: s}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Other: !Equals [!Ref Open, other]
  Never: !And [!Condition IsProd, !Condition IsDev]
Resources:
  Role: {Type: AWS::IAM::Role}
";

fn property(expression: &str) -> Value {
    let text = format!("{HEAD}  X:\n    Type: Custom::X\n    Properties:\n      P: {expression}\n");
    let unit = unit(&text);
    let body = &unit.resources.iter().find(|resource| &*resource.address == "X").unwrap().body;
    body.as_object().unwrap().get("P").map_or_else(Value::null, |entry| entry.value.clone())
}

#[test]
fn intrinsics_in_short_long_and_mixed_form() {
    for (expected, forms) in [
        (
            "'web'",
            &["!Ref Name", "{Ref: Name}", r#"{"Ref": "Name"}"#, "!Sub '${Name}'", "{Fn::Sub: '${Name}'}"][..],
        ),
        ("<parameter Open>", &["!Ref Open", "!Sub '${Open}'", "!Join ['', [!Ref Open]]"]),
        ("<parameter Secret noecho>", &["!Ref Secret"]),
        ("<resolve ssm>", &["!Ref Ami", "'{{resolve:ssm:/a:1}}'"]),
        ("'012'", &["!Ref Number"]),
        (
            "['a', 'b', 'c']",
            &["!Ref List", "!Split [',', 'a,b,c']", "{Fn::Split: [',', !Join [',', [a, b, c]]]}"],
        ),
        ("<AWS::Region>", &["!Ref AWS::Region", "!Sub '${AWS::Region}'"]),
        ("(IsProd ? 'e' : 'd')", &["!If [IsProd, !If [IsDev, a, e], d]"]),
        ("null", &["!Ref AWS::NoValue", "{Ref: 'AWS::NoValue'}", "", "~"]),
        ("<Role.Ref>", &["!Ref Role", "!Sub '${Role}'", "{Ref: Role}"]),
        (
            "<Role.Arn>",
            &[
                "!GetAtt Role.Arn",
                "!GetAtt [Role, Arn]",
                "{Fn::GetAtt: [Role, Arn]}",
                "{Fn::GetAtt: Role.Arn}",
                "!Sub '${Role.Arn}'",
            ],
        ),
        ("<Role.Outputs.A.B>", &["!GetAtt Role.Outputs.A.B", "!GetAtt [Role, Outputs.A.B]"]),
        ("<undeclared Nope>", &["!Ref Nope", "!GetAtt Nope.Arn", "!Sub '${Nope}'"]),
        (
            "'a-web-b'",
            &[
                "!Sub 'a-${Name}-b'",
                "!Join ['-', [a, !Ref Name, b]]",
                "{Fn::Join: ['-', [a, {Ref: Name}, b]]}",
                "!Sub ['a-${v}-b', {v: !Ref Name}]",
                "{Fn::Sub: ['a-${v}-b', {v: {Ref: Name}}]}",
            ],
        ),
        (
            "'a-'<parameter Open>'-b'",
            &[
                "!Sub 'a-${Open}-b'",
                "!Join ['-', [a, !Ref Open, b]]",
                "!Sub ['a-${v}-b', {v: !Sub '${Open}'}]",
            ],
        ),
        ("'${Name} web'", &["!Sub '${!Name} ${Name}'"]),
        ("'$ {x} ${ '", &["!Sub '$ {x} ${ '"]),
        ("''", &["!Sub ''", "!Join ['', []]"]),
        ("'dev'", &["!Ref Stage"]),
        (
            "(IsProd ? 'p' : 'd')",
            &["!If [IsProd, p, d]", "{Fn::If: [IsProd, p, d]}", "!If [!Condition IsProd, p, d]"],
        ),
        (
            "(IsProd ? 'p' : null)",
            &["!If [IsProd, p, !Ref AWS::NoValue]", "!If [IsProd, p, !If [IsProd, q, {Ref: AWS::NoValue}]]"],
        ),
        ("'d'", &["!If [Never, p, d]"]),
        (
            "(IsProd ? 'a-p' : 'a-d')",
            &[
                "!Sub ['a-${v}', {v: !If [IsProd, p, d]}]",
                "!Join ['-', [a, !If [IsProd, p, d]]]",
                "!If [IsProd, a-p, a-d]",
            ],
        ),
        ("(IsProd ? 'p/p' : 'd/d')", &["!Join ['/', [!If [IsProd, p, d], !If [IsDev, d, p]]]"]),
        ("(IsProd ? 'a,p' : 'a')", &["!Join [',', [a, !If [IsProd, p, !Ref AWS::NoValue]]]"]),
        ("(IsProd ? 'a' : 'x,y')", &["!Join [',', !If [IsProd, [a], [x, y]]]"]),
        (
            "'v1'",
            &[
                "!FindInMap [Map, one, k]",
                "{Fn::FindInMap: [Map, one, k]}",
                "!FindInMap [Map, !Sub one, !Select [0, [k]]]",
            ],
        ),
        ("(IsProd ? 'v1' : 'v2')", &["!FindInMap [Map, !If [IsProd, one, two], k]"]),
        ("5", &["!FindInMap [Map, one, n]"]),
        ("'s'", &["!FindInMap [Map, !Ref Open, same]", "!FindInMap [Map, !Ref AWS::Region, same]"]),
        (
            "<parameter Open>",
            &[
                "!FindInMap [Map, !Ref Open, k]",
                "!Select [!Ref Open, [a]]",
                "!Split [',', !Ref Open]",
                "!Select [0, !Ref Open]",
            ],
        ),
        ("'dflt'", &["!FindInMap [Map, none, k, {DefaultValue: dflt}]"]),
        ("<undeclared Map.none.k>", &["!FindInMap [Map, none, k]"]),
        (
            "'y'",
            &["!Select [1, [x, y]]", "{Fn::Select: ['1', [x, y]]}", "!Select [1, !FindInMap [Map, one, l]]"],
        ),
        ("'b'", &["!Select [1, !Ref List]", "!Select [1, !Split ['-', 'a-b']]"]),
        (
            "'#!/bin/sh web'",
            &[
                "{Fn::Base64: !Sub '#!/bin/sh ${Name}'}",
                "!Base64 '#!/bin/sh web'",
                "!Base64 {Fn::Sub: '#!/bin/sh ${Name}'}",
            ],
        ),
        ("<Fn::GetAZs>", &["!GetAZs ''", "{Fn::GetAZs: !Ref AWS::Region}", "!Select [0, !GetAZs '']"]),
        ("<net>", &["!ImportValue net", "{Fn::ImportValue: net}"]),
        (
            "<unsupported Fn::Transform>",
            &["{Fn::Transform: {Name: AWS::Include}}", "!Transform {Name: AWS::Include}"],
        ),
        ("{a: 1, ..unsupported Fn::Transform}", &["{a: 1, Fn::Transform: {Name: AWS::Include}}"]),
        ("<unsupported Fn::Nope>", &["!Nope x", "{Fn::Nope: x}"]),
        (
            "<resolve secretsmanager>",
            &[
                "'{{resolve:secretsmanager:a:SecretString:b}}'",
                "!Sub '{{resolve:secretsmanager:${Role}:SecretString:b}}'",
                "!Sub '{{resolve:secretsmanager:${Name}}}'",
                "!Join ['', ['{{resolve:secretsmanager:', !Ref Role, ':SecretString:b::}}']]",
                "!Join [':', ['{{resolve', 'secretsmanager', !Ref Name, 'SecretString:b}}']]",
            ],
        ),
        ("<resolve ssm-secure>", &["!Join ['', ['{{resolve:ssm-secure:', web, '}}']]"]),
        (
            "'u:'<resolve ssm-secure>'@h'",
            &["'u:{{resolve:ssm-secure:p:1}}@h'", "!Sub ['u:${p}@h', {p: '{{resolve:ssm-secure:p:1}}'}]"],
        ),
        ("<parameter Open>'-'<resolve ssm>", &["!Sub '${Open}-{{resolve:ssm:${Open}}}'"]),
        ("true", &["yes", "true", "True"]),
        ("'yes'", &["'yes'", "!Sub 'yes'"]),
        ("{Condition: {StringEquals: 'x'}}", &["{Condition: {StringEquals: x}}"]),
        ("[1, (IsProd ? 2 : null)]", &["[1, !Ref AWS::NoValue, !If [IsProd, 2, !Ref AWS::NoValue]]"]),
        ("{a: (Other ? {b: 1} : {c: 2})}", &["{a: !If [Other, {b: 1}, {c: 2}]}"]),
        ("'{\"a\":\"x\\\"\",\"b\":[1,true]}'", &["{Fn::ToJsonString: {a: 'x\"', b: [1, true]}}"]),
        ("2", &["!Length [a, b]"]),
        (
            "<invalid>",
            &[
                "!If [IsProd, a]",
                "!Join [a]",
                "!FindInMap [Map]",
                "!Select [9, [a]]",
                "!Sub []",
                "!GetAtt Role",
                "!If [IsProd]",
                "{Ref: [a]}",
            ],
        ),
    ] {
        for form in forms {
            assert_eq!(show(&property(form)), expected, "{form}");
        }
    }
}

#[test]
fn templates_in_json_say_the_same() {
    let text = r#"{"Resources": {"R": {"Type": "AWS::IAM::User", "Properties": {
        "Path": {"Fn::Join": ["", ["/", {"Ref": "AWS::StackName"}, "/x\ty"]]}, "N": 12, "B": true, "Z": null}}}}"#;
    let unit = unit(text);
    assert_eq!(show(&unit.resources[0].body), "{B: true, N: 12, Path: '/'<AWS::StackName>'/x\ty'}");
}

fn resources(text: &str) -> Vec<String> {
    unit(text).resources.iter().map(|resource: &Resource| resource.address.to_string()).collect()
}

#[test]
fn what_can_never_exist_is_left_out() {
    let text = format!(
        "{HEAD}  A: {{Type: AWS::A::B, Condition: Never}}\n  B: {{Type: AWS::A::B, Condition: IsProd, Properties: {{P: !If [IsDev, x, y]}}}}\n"
    );
    assert_eq!(resources(&text), ["Role", "B"]);
    let unit = unit(&text);
    assert_eq!(show(&unit.resources[1].body), "{P: 'y'}");
    assert!(unit.resources[1].condition.is_some());
}

#[test]
fn allowed_values_bound_conditions() {
    let text = format!("{HEAD}  A: {{Type: AWS::A::B, Condition: Staging}}\n  B: {{Type: AWS::A::B, Condition: Mapped}}\n")
        .replace("Conditions:\n", "Conditions:\n  Staging: !Equals [!Ref Stage, staging]\n  Mapped: !Equals [!FindInMap [Map, !Ref Open, k], v3]\n");
    assert_eq!(resources(&text), ["Role"]);
}

#[test]
fn unquoted_yes_and_no_decide_nothing() {
    let text = "Parameters:\n  P: {Type: String, AllowedValues: [yes, no]}\nConditions:\n  C: !Equals [!Ref P, 'yes']\nResources:\n  X: {Type: AWS::A::B, Condition: C}\n";
    assert_eq!(resources(text), ["X"]);
}

#[test]
fn conditions_that_go_round_or_on_for_ever_are_open() {
    let chain: String = (0..5000).map(|at| format!("  C{at}: !Not [!Condition C{}]\n", at + 1)).collect();
    let bomb: String =
        (0..60).map(|at| format!("  B{at}: !Or [!Condition B{0}, !Condition B{0}]\n", at + 1)).collect();
    let text = format!(
        "Conditions:\n  A: !Not [{{Condition: B}}]\n  B: !And [!Condition A, !Condition B]\n{chain}{bomb}Resources:\n  X: {{Type: AWS::A::B, Condition: A}}\n  Y: {{Type: AWS::A::B, Condition: C0, Properties: {{P: !If [B0, a, b]}}}}\n"
    );
    assert_eq!(resources(&text), ["X", "Y"]);
}

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
fn values_know_where_they_come_from() {
    let text = format!(
        "{HEAD}  X:\n    Type: Custom::X\n    Properties:\n      P: !Ref Pass\n      Q: !Sub 'x-${{Pass}}'\n      R: {{Fn::Base64: 'sh'}}\n      'S': !If [IsProd, lit, d]\n"
    );
    let unit = unit(&text);
    let body = unit.resources[1].body.as_object().unwrap();
    let at = |site: crate::source::Site| &text[site.span.range()];
    let entry = body.get("P").unwrap();
    assert_eq!((at(entry.key_site.unwrap()), at(entry.site.unwrap())), ("P", "!Ref Pass"));
    assert!(entry.value.marks.has(Marks::NO_ECHO));
    assert_eq!(entry.value.origin.literals().into_iter().map(at).collect::<Vec<_>>(), ["changeme"]);
    let Origin::Derived(step) = &entry.value.origin else { panic!() };
    assert_eq!((&step.hop, at(step.site.unwrap())), (&Hop::ParameterDefault("Pass".into()), "!Ref Pass"));
    let joined = &body.get("Q").unwrap().value;
    assert!(joined.marks.has(Marks::NO_ECHO));
    assert_eq!(joined.origin.literals().into_iter().map(at).collect::<Vec<_>>(), ["x-", "changeme"]);
    let Origin::Derived(step) = &body.get("R").unwrap().value.origin else { panic!() };
    assert_eq!(step.hop, Hop::Function("Fn::Base64".into()));
    assert_eq!((at(unit.resources[1].header), at(body.get("S").unwrap().key_site.unwrap())), ("X", "S"));
    assert!(
        at(unit.resources[1].block).starts_with("X:\n    Type")
            && at(unit.resources[1].block).ends_with("d]")
    );
}

#[test]
fn pieces_of_a_script_stand_where_they_are_written() {
    let text = format!(
        "{HEAD}  X:\n    Type: Custom::X\n    Properties:\n      P:\n        Fn::Base64: !Sub |\n          #!/bin/sh\n          export A=one B=${{Open}}\n          export C=two\n"
    );
    let unit = unit(&text);
    let value = &unit.resources[1].body.as_object().unwrap().get("P").unwrap().value;
    let literals: Vec<_> = value.origin.literals().into_iter().map(|site| &text[site.span.range()]).collect();
    assert_eq!(literals[0], "#!/bin/sh\n          export A=one B=");
    assert!(literals[1].trim_end().ends_with("export C=two"));
}

#[test]
fn parameters_with_defaults_and_mappings_are_declared() {
    let unit = unit(HEAD);
    let declared: Vec<_> =
        unit.declarations.iter().map(|declaration| (&*declaration.name, declaration.marked_secret)).collect();
    assert_eq!(
        declared,
        [
            ("Stage", false),
            ("Name", false),
            ("Pass", true),
            ("List", false),
            ("Number", false),
            ("Map", false)
        ]
    );
    assert_eq!(unit.declarations[5].kind, DeclarationKind::Mapping);
    assert_eq!(show(&unit.declarations[2].value), "'changeme'");
    assert_eq!(unit.domain.allowed.len(), 1);
}

#[test]
fn loops_make_resources_and_properties() {
    let text = "
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Users:
    - Name
    - [alice, bob]
    - User${Name}:
        Type: AWS::IAM::User
        Properties:
          UserName: !Ref Name
          Fn::ForEach::Props:
            - Prop
            - [A, B]
            - ${Prop}: !Sub '${Name}-${Prop}'
      Key${Name}:
        Type: AWS::IAM::AccessKey
        Properties: {UserName: !Ref {Ref: x}, U: !GetAtt ['User${Name}', Arn]}
"
    .replace("!Ref {Ref: x}", "x");
    let unit = unit(&text);
    let shown: Vec<_> = unit.resources.iter().map(|r| format!("{} {}", r.address, show(&r.body))).collect();
    assert_eq!(
        shown,
        [
            "Useralice {A: 'alice-A', B: 'alice-B', UserName: 'alice'}",
            "Keyalice {U: <Useralice.Arn>, UserName: 'x'}",
            "Userbob {A: 'bob-A', B: 'bob-B', UserName: 'bob'}",
            "Keybob {U: <Userbob.Arn>, UserName: 'x'}",
        ]
    );
    let many = format!(
        "Resources:\n  Fn::ForEach::L:\n    - N\n    - [{}]\n    - R${{N}}: {{Type: AWS::A::B}}\n  Z: {{Type: AWS::A::B}}\n",
        (0..3000).map(|at| at.to_string()).collect::<Vec<_>>().join(",")
    );
    let source = source(&many);
    let Recognised::Template(document) = recognise(&source) else { panic!() };
    let (unit, problems) = load(FileId(0), &source, &document, &|_| true);
    assert_eq!(unit.resources.last().unwrap().address.as_ref(), "Z");
    assert_eq!(problems[0].kind, ProblemKind::Limit);
}

#[test]
fn globals_of_sam_reach_their_resources() {
    let text = "
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Timeout: 3, Environment: {Variables: {A: 1, B: 2}}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Timeout: 9, Environment: {Variables: {B: 3}}}}
  T: {Type: AWS::Serverless::SimpleTable}
";
    let unit = unit(text);
    assert_eq!(show(&unit.resources[0].body), "{Environment: {Variables: {A: 1, B: 3}}, Timeout: 9}");
    assert_eq!(show(&unit.resources[1].body), "{}");
}

#[test]
fn only_kept_types_are_returned() {
    let source = source(&format!("{HEAD}  X: {{Type: Custom::X}}\n"));
    let Recognised::Template(document) = recognise(&source) else { panic!() };
    let (unit, _) = load(FileId(0), &source, &document, &|name| name == "Custom::X");
    assert_eq!(unit.resources.len(), 1);
}

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

/// Every YAML and JSON file below a folder, as sources.
fn corpus(folder: &std::path::Path, found: &mut Vec<(String, SourceFile)>) {
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

mod arbitrary {
    use super::*;
    use proptest::prelude::*;

    fn expression() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("!Ref Name".to_owned()),
            Just("!Ref List".into()),
            Just("!Ref AWS::NoValue".into()),
            Just("!GetAtt Role.Arn".into()),
            Just("!Sub 'a${Open}-${!x}${Role.Arn}${'".into()),
            Just("'{{resolve:ssm:'".into()),
            Just("'}}'".into()),
            Just("'a{{resolve:x:y}}b{{resolve:'".into()),
            Just("12".into()),
            Just("~".into()),
            "'[a-z,é$ {}]{0,6}'",
        ];
        leaf.prop_recursive(4, 40, 4, |inner| {
            let list = prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(", ")));
            let names = [
                "Join",
                "Sub",
                "Select",
                "Split",
                "If",
                "FindInMap",
                "GetAtt",
                "Base64",
                "ToJsonString",
                "Cidr",
                "Length",
            ];
            prop_oneof![
                list.clone(),
                (prop::sample::select(names.to_vec()), list.clone())
                    .prop_map(|(name, list)| format!("!{name} {list}")),
                (prop::sample::select(names.to_vec()), inner.clone())
                    .prop_map(|(name, value)| format!("{{Fn::{name}: {value}}}")),
                (
                    prop::sample::select(vec!["IsProd", "IsDev", "Other", "Never", "Nope"]),
                    inner.clone(),
                    inner.clone()
                )
                    .prop_map(|(name, then, otherwise)| format!("!If [{name}, {then}, {otherwise}]")),
                (inner.clone(), list.clone())
                    .prop_map(|(delimiter, list)| format!("!Join [{delimiter}, {list}]")),
                (inner.clone(), inner).prop_map(|(a, b)| format!("{{a: {a}, b: {b}}}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn expressions_of_any_shape_never_panic(expression in expression()) {
            let text = format!("{HEAD}  X:\n    Type: Custom::X\n    Condition: IsProd\n    Properties: {{P: {expression}}}\n");
            let source = source(&text);
            if let Recognised::Template(document) = recognise(&source) {
                let (unit, _) = load(FileId(0), &source, &document, &|_| true);
                let shown = show(&unit.resources[1].body);
                prop_assert!(!shown.contains("IsProd ?") && !shown.contains("IsDev ?"), "pruned by the resource's own condition: {shown}");
            }
        }

        #[test]
        fn recognition_never_panics(text in r#"(Resources|AWSTemplateFormatVersion|Type|AWS::S3::Bucket|[-:{}\[\]"' \n\\a,é%#]){0,30}"#) {
            let _ = recognise(&source(&text));
        }
    }
}
