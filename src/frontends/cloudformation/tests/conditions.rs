use super::*;
use crate::frontends::cloudformation::load::{Input, evaluate_template};

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

/// Problems of a template, as `line:column message`.
fn problems(text: &str) -> Vec<String> {
    let source = source(text);
    let Recognised::Template(document) = recognise(&source) else { panic!("{text}") };
    let (_, problems) = load(FileId(0), &source, &document, &|_| true);
    let shown = problems.into_iter().map(|problem| {
        let (line, column) = problem.start.unwrap_or_default();
        format!("{line}:{column} {}", problem.message)
    });
    shown.collect()
}

#[test]
fn conditions_that_are_not_there_or_go_in_circles_are_said() {
    let text = "Conditions:
  A: !Not [!Condition B]
  B: !Or [!Condition A, !Condition Nope]
  Self: !Not [Condition: Self]
Resources:
  X: {Type: AWS::A::B, Condition: Missing, Properties: {P: !If [Absent, a, b], Q: !If [A, a, b]}}
";
    assert_eq!(
        problems(text),
        [
            "2:3 conditions `A`, `B` refer to each other in a circle",
            "3:36 no condition is named `Nope`",
            "4:3 condition `Self` refers to itself",
            "6:35 no condition is named `Missing`",
            "6:65 no condition is named `Absent`",
        ]
    );
    // What a macro brings in is not here.
    for transform in
        ["Own", "[AWS::LanguageExtensions, Own]", "{Name: AWS::Include, Parameters: {Location: x}}"]
    {
        let text =
            format!("Transform: {transform}\nResources:\n  X: {{Type: AWS::A::B, Condition: Missing}}\n");
        assert!(problems(&text).is_empty(), "{transform}");
    }
    let text =
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  X: {Type: AWS::A::B, Condition: Missing}\n";
    assert_eq!(problems(text), ["3:35 no condition is named `Missing`"]);
}

/// Which of the conditions, each a resource's own, can hold.
fn possible(parameters: &str, conditions: &[&str]) -> Vec<bool> {
    let named = |(at, body): (usize, &&str)| format!("  C{at}: {body}\n");
    let resource = |at: usize| format!("  R{at}: {{Type: AWS::A::B, Condition: C{at}}}\n");
    let text = format!(
        "{parameters}\nConditions:\n{}Resources:\n{}",
        conditions.iter().enumerate().map(named).collect::<String>(),
        (0..conditions.len()).map(resource).collect::<String>()
    );
    let found = resources(&text);
    (0..conditions.len()).map(|at| found.contains(&format!("R{at}"))).collect()
}

#[test]
fn comparisons_see_through_functions() {
    let parameters = "
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Flag: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
  Net: {Type: String, MinLength: 1}
  Name: {Type: String, AllowedPattern: '[a-z]+'}
  Count: {Type: Number}
  List: {Type: CommaDelimitedList}
Mappings:
  M: {dev: {size: small}, prod: {size: big}}";
    for (condition, holds) in [
        ("!Equals [!Sub 'x-${Stage}', x-prod]", true),
        ("!Equals [!Sub 'x-${Stage}', prod]", false),
        ("!Equals [!Join ['-', [a, !Ref Stage]], a-test]", false),
        ("!Equals [!Join ['-', [a, !Ref Stage]], a-dev]", true),
        ("!And [!Equals [!Sub 'x-${Stage}', x-prod], !Equals [Ref: Stage, dev]]", false),
        ("!Equals [!FindInMap [M, !Ref Stage, size], big]", true),
        ("!Equals [!FindInMap [M, !Ref Stage, size], huge]", false),
        ("!And [!Equals [!FindInMap [M, !Ref Stage, size], big], !Equals [!Ref Stage, dev]]", false),
        ("!And [!Equals [!FindInMap [M, !Ref Stage, size], big], !Equals [!Ref Stage, prod]]", true),
        ("!Equals [!Ref Flag, true]", true),
        ("!Not [!Equals [!Ref Flag, true]]", true),
        ("!Equals [!Ref Flag, maybe]", false),
        ("!Equals [!Ref Net, '']", false),
        ("!Equals [!Ref Name, '']", false),
        ("!Equals [!Ref Name, A1]", false),
        ("!Equals [!Ref Name, abc]", true),
        ("!Equals [!Ref Count, '']", false),
        ("!Equals [!Ref Count, 3]", true),
        ("!Equals [!Select [1, [a, !Ref Stage]], prod]", true),
        ("!Equals [!Select [1, !Split ['-', a-b]], c]", false),
        ("!Equals [!Join ['', !Ref List], '']", true),
        ("!And [!Equals [!Join ['', !Ref List], ''], !Not [!Equals [!Join ['|', !Ref List], '']]]", false),
        ("!And [!Equals [!Join [',', !Ref List], 'a,b'], !Equals [!Join ['', !Ref List], '']]", false),
        ("!Equals [!Ref AWS::Region, us-east-1]", true),
        ("!And [!Equals [!Ref AWS::Region, us-east-1], !Equals [!Sub '${AWS::Region}', eu-west-1]]", false),
        ("!Equals [!Ref Stage, !Ref Stage]", true),
        ("!Not [!Equals [!Ref Stage, {Ref: Stage}]]", false),
        ("!And [!Equals [!Ref Stage, !Ref Net], !Not [!Equals [!Ref Net, !Ref Stage]]]", false),
        ("!And [!Equals [Fn::Select: [0, !Ref List], x], !Equals [!Select [0, !Ref List], y]]", false),
        ("!Equals ['a', a]", true),
        ("!Equals [1, '1']", true),
        ("!Equals [a, b]", false),
    ] {
        assert_eq!(possible(parameters, &[condition]), [holds], "{condition}");
    }
}

#[test]
fn rules_narrow_what_parameters_can_be() {
    let rules = |rules: &str| {
        format!(
            "Parameters:\n  Stage: {{Type: String}}\n  Size: {{Type: String}}\n  Nets: {{Type: 'List<AWS::EC2::Subnet::Id>'}}\nRules:\n{rules}"
        )
    };
    for (rule, condition, holds) in [
        ("Assertions: [{Assert: !Equals [!Ref Size, big]}]", "!Equals [!Ref Size, small]", false),
        ("Assertions: [{Assert: !Equals [!Ref Size, big]}]", "!Equals [!Ref Size, big]", true),
        ("Assertions: [{Assert: {Fn::Contains: [[a, b], !Ref Size]}}]", "!Equals [!Ref Size, c]", false),
        ("Assertions: [{Assert: {Fn::Contains: [[a, b], !Ref Size]}}]", "!Equals [!Ref Size, b]", true),
        (
            "RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{Assert: {Fn::Contains: [[a, b], !Ref Size]}}]",
            "!And [!Equals [!Ref Size, c], !Equals [!Ref Stage, prod]]",
            false,
        ),
        (
            "RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{Assert: {Fn::Contains: [[a, b], !Ref Size]}}]",
            "!And [!Equals [!Ref Size, c], !Equals [!Ref Stage, dev]]",
            true,
        ),
        (
            "Assertions: [{Assert: {Fn::EachMemberEquals: [[!Ref Stage, !Ref Size], x]}}]",
            "!Equals [!Ref Size, y]",
            false,
        ),
        (
            "Assertions: [{Assert: {Fn::EachMemberIn: [[!Ref Stage, !Ref Size], [x, y]]}}]",
            "!Equals [!Ref Size, z]",
            false,
        ),
        (
            "Assertions: [{Assert: {Fn::EachMemberIn: [[!Ref Stage, !Ref Size], [x, y]]}}]",
            "!Equals [!Ref Size, y]",
            true,
        ),
        (
            "Assertions: [{Assert: {Fn::EachMemberIn: [{Fn::ValueOfAll: ['AWS::EC2::Subnet::Id', VpcId]}, {Fn::RefAll: 'AWS::EC2::VPC::Id'}]}}]",
            "!Equals [!Ref Size, z]",
            true,
        ),
        (
            "Assertions: [{Assert: !Equals [{Fn::ValueOf: [Nets, VpcId]}, vpc-1]}]",
            "!Equals [!Ref Size, z]",
            true,
        ),
        ("Assertions: [{Assert: !Not [!Equals [!Ref Size, '']]}]", "!Equals [!Ref Size, '']", false),
    ] {
        assert_eq!(
            possible(&rules(&format!("  R: {{{rule}}}\n")), &[condition]),
            [holds],
            "{rule} {condition}"
        );
    }
}

#[test]
fn branches_of_a_mapping_are_bounded_by_the_keys_that_it_has() {
    let text = "
Parameters:
  Stage: {Type: String}
Mappings:
  M: {dev: {k: d}, prod: {k: p}}
Resources:
  X: {Type: AWS::A::B, Properties: {P: !FindInMap [M, !Ref Stage, k]}}
";
    let unit = unit(text);
    assert_eq!(show(&unit.resources[0].body), "{P: (Stage is dev ? 'd' : 'p')}");
    let allowed: Vec<_> = unit.domain.allowed["Stage"].iter().map(|key| &**key).collect();
    assert_eq!(allowed, ["dev", "prod"]);
    let Kind::Choice(choice) = &unit.resources[0].body.as_object().unwrap().get("P").unwrap().value.kind
    else {
        panic!()
    };
    let not = std::sync::Arc::new(crate::model::Condition::Not(choice.condition.clone()));
    assert_eq!(unit.domain.when(&[not]), "Stage is prod");
}

#[test]
fn more_values_than_can_be_told_apart_are_left_to_the_default() {
    let rows = |count: usize| (0..count).map(|at| format!("r{at}: {{k: v{at}}}, ")).collect::<String>();
    let shown = |rows: &str, default: &str| {
        let text = format!(
            "Parameters:\n  P: {{Type: String{default}}}\nMappings:\n  M: {{{rows}}}\nResources:\n  X: {{Type: AWS::A::B, Properties: {{P: !FindInMap [M, !Ref P, k]}}}}\n"
        );
        show(&unit(&text).resources[0].body)
    };
    assert_eq!(shown(&rows(17), ", Default: r3"), "{P: 'v3'}");
    assert_eq!(shown(&rows(17), ""), "{P: <parameter P>}");
    assert_eq!(shown(&rows(1), ""), "{P: 'v0'}");
}

#[test]
fn what_a_nested_stack_demands_binds_nothing_around_it() {
    let text = "
Parameters: {Stage: {Type: String}}
Mappings: {M: {dev: {k: d}, prod: {k: p}}, R: {us-east-1: {k: u}, eu-west-1: {k: e}}}
Rules:
  Own: {Assertions: [{Assert: !Not [!Equals [!Ref Stage, x]]}]}
  Around: {Assertions: [{Assert: !Equals [!Ref AWS::Region, us-east-1]}]}
Resources:
  X: {Type: AWS::A::B, Properties: {P: !FindInMap [M, !Ref Stage, k], Q: !FindInMap [R, !Ref AWS::Region, k]}}
";
    let source = source(text);
    let Recognised::Template(document) = recognise(&source) else { panic!() };
    let domain_of = |scope: &str| {
        let input = Input {
            file: FileId(0),
            source: &source,
            document: &document,
            keep: &|_| true,
            scope,
            includes: &Includes::default(),
            given: std::collections::BTreeMap::new(),
            domain: &crate::model::Domain::default(),
            taken: &std::collections::BTreeSet::new(),
            scoped: false,
            breadth: crate::catalog::Breadth::Whole,
        };
        let domain = evaluate_template(input).domain;
        (domain.allowed.keys().map(ToString::to_string).collect::<Vec<_>>(), domain.rules.len())
    };
    assert_eq!(domain_of(""), (vec!["AWS::Region".to_owned(), "Stage".to_owned()], 2));
    assert_eq!(domain_of("N"), (vec!["N/Stage".to_owned()], 1));
}
