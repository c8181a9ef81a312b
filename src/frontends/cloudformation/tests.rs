use super::include::Includes;
use super::load::{Input, evaluate_template};
use super::*;
use crate::findings::{Problem, ProblemKind};
use crate::model::{
    DeclarationKind, Domain, Frontend, Hop, Kind, Marks, Origin, Part, Reason, Resource, Unit, Value,
};
use crate::source::{FileId, SourceFile};
use crate::syntax::doc::Document;
use std::collections::{BTreeMap, BTreeSet};

mod arbitrary;
mod bounds;
mod cfn_lint;
mod chunks;
mod conditions;
mod loops;
mod recognition;

fn source(text: &str) -> SourceFile {
    SourceFile::new("t.yaml".into(), "t.yaml".into(), text.into(), false)
}

/// A template as a unit of its own, with the resources whose type `keep` wants.
fn load(
    file: FileId,
    source: &SourceFile,
    document: &Document,
    keep: &dyn Fn(&str) -> bool,
) -> (Unit, Vec<Problem>) {
    let loaded = evaluate_template(Input {
        file,
        source,
        document,
        keep,
        scope: "",
        includes: &Includes::default(),
        given: BTreeMap::new(),
        domain: &Domain::default(),
        taken: &BTreeSet::new(),
        scoped: false,
        breadth: crate::catalog::Breadth::Whole,
    });
    let unit = Unit {
        resources: loaded.resources.into_iter().map(|loaded| loaded.resource).collect(),
        declarations: loaded.declarations,
        domain: loaded.domain,
        files: vec![file],
        ..Unit::new(Frontend::CloudFormation, source.root_path.as_str().into())
    };
    (unit, loaded.problems)
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
  Eight: {Type: Number, Default: 8}
Mappings:
  Map: {one: {k: v1, n: 5, l: [x, y], same: s}, two: {k: v2, same: s}}
  Stages: {dev: {k: d}, prod: {k: p}, none: {k: n}}
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
        ("<Role.Ref>", &["!Ref Role", "!Sub '${Role}'", "{Ref: Role}", "{Ref: {Fn::Sub: Role}}"]),
        (
            "<Role.Arn>",
            &[
                "!GetAtt Role.Arn",
                "!GetAtt [Role, Arn]",
                "{Fn::GetAtt: [Role, Arn]}",
                "{Fn::GetAtt: Role.Arn}",
                "!Sub '${Role.Arn}'",
                "!GetAtt [Role, !Sub Arn]",
                "!GetAtt [!Sub Role, !Select [0, [Arn]]]",
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
            "(Open is one ? 'v1' : 'v2')",
            &["!FindInMap [Map, !Ref Open, k]", "!FindInMap [!Sub Map, !Sub '${Open}', !Select [0, [k]]]"],
        ),
        (
            "(AWS::Region is one ? 'v1' : (AWS::Region is two ? 'v2' : 'dflt'))",
            &["!FindInMap [Map, !Ref AWS::Region, k, {DefaultValue: dflt}]"],
        ),
        ("(Open is tw ? 'v2' : 'dflt')", &["!FindInMap [Map, !Sub '${Open}o', k, {DefaultValue: dflt}]"]),
        (
            "(Stage is dev ? 'd' : 'p')",
            &["!FindInMap [Stages, !Ref Stage, k]", "!FindInMap [Stages, !Ref Stage, !Sub k]"],
        ),
        (
            "['10.0.0.0/24', '10.0.1.0/24']",
            &["!Cidr [10.0.0.0/16, 2, 8]", "{Fn::Cidr: [10.0.0.0/16, '2', !Ref Eight]}"],
        ),
        ("'10.0.1.0/24'", &["!Select [1, !Cidr [10.0.0.0/16, 2, 8]]"]),
        ("<Fn::Cidr>", &["!Cidr [!GetAtt Role.Arn, 2, 8]", "!Cidr [10.0.0.0/16, 2]"]),
        (
            "<parameter Open>",
            &[
                "!GetAtt [Role, !Ref Open]",
                "!Sub '{{resolve:${Open}:x}}'",
                "!Join ['', ['{{resolve:', !Ref Open]]",
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
        (
            "<unsupported Fn::Nope>",
            &["!Nope x", "{Fn::Nope: x}", "{Fn::Sub: !Nope x}", "{Fn::Base64: {Fn::Sub: !Nope x}}"],
        ),
        (
            "<resolve secretsmanager>",
            &[
                "'{{resolve:secretsmanager:a:SecretString:b}}'",
                "!Sub '{{resolve:secretsmanager:${Role}:SecretString:b}}'",
                "!Sub '{{resolve:secretsmanager:${Name}}}'",
                "!Join ['', ['{{resolve:secretsmanager:', !Ref Role, ':SecretString:b::}}']]",
                "!Join [':', ['{{resolve', 'secretsmanager', !Ref Name, 'SecretString:b}}']]",
                "!Join ['', ['{{resolve:secretsmanager:', !Ref Open]]",
                "!Join ['', ['{{resolve:secretsmanager:', !Ref Open, '}}']]",
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
            ("Eight", false),
            ("Map", false),
            ("Stages", false)
        ]
    );
    assert_eq!(unit.declarations[6].kind, DeclarationKind::Mapping);
    assert_eq!(show(&unit.declarations[2].value), "'changeme'");
    assert_eq!(unit.domain.allowed.len(), 1);
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

/// CloudFormation deploys the last, of properties as of resources: tried by go-to-k/cdk-real-drift in pull request 1133.
#[test]
fn of_doubled_keys_the_last_counts() {
    for text in [
        "Resources:\n  X:\n    Type: AWS::A::B\n    Properties: {P: 1, P: 2}\n",
        "Resources:\n  X: {Type: AWS::C::D}\n  X: {Type: AWS::A::B, Properties: {P: 2}}\n",
        "Resources: {Y: {Type: AWS::A::B}}\nResources:\n  X: {Type: AWS::A::B, Properties: {P: 2}}\n",
        r#"{"Resources": {"X": {"Type": "AWS::A::B", "Properties": {"P": 1, "P": 2}}}}"#,
    ] {
        let unit = unit(text);
        assert_eq!(unit.resources.len(), 1, "{text}");
        assert_eq!(show(&unit.resources[0].body), "{P: 2}", "{text}");
    }
}
