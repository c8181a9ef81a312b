use super::*;

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
fn loops_make_conditions_and_run_inside_each_other() {
    let text = "
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a-1, b.2'}
  Stage: {Type: String}
Mappings:
  M: {a: {l: [x, y]}, b: {l: [z]}}
Conditions:
  Fn::ForEach::Is:
    - S
    - [dev, prod]
    - 'Is${S}': !Equals [!Ref Stage, !Ref S]
Resources:
  Fn::ForEach::Outer:
    - N
    - !Ref Names
    - 'B&{N}':
        Type: AWS::A::B
        Condition: Isprod
        Properties: {Name: '${N}', Plain: 'p-${N}-&{N}', Kept: '${Other}', P: !If ['Is${X}', a, b]}
  Fn::ForEach::One:
    - I
    - [a, b]
    - Fn::ForEach::Two:
        - J
        - !FindInMap [M, !Ref I, l]
        - '${I}${J}':
            Type: AWS::A::B
            Properties:
              T: !Sub '${I}.${J}'
              Tags: {'k${J}': !GetAtt '${I}${J}.Arn', L: !If [Isdev, '${J}', n]}
"
    .replace(", P: !If ['Is${X}', a, b]", "");
    let unit = unit(&text);
    let shown: Vec<_> = unit.resources.iter().map(|r| format!("{} {}", r.address, show(&r.body))).collect();
    assert_eq!(
        shown,
        [
            "Ba1 {Kept: '${Other}', Name: 'a-1', Plain: 'p-a-1-a1'}",
            "Bb2 {Kept: '${Other}', Name: 'b.2', Plain: 'p-b.2-b2'}",
            "ax {T: 'a.x', Tags: {L: (Isdev ? 'x' : 'n'), kx: <ax.Arn>}}",
            "ay {T: 'a.y', Tags: {L: (Isdev ? 'y' : 'n'), ky: <ay.Arn>}}",
            "bz {T: 'b.z', Tags: {L: (Isdev ? 'z' : 'n'), kz: <bz.Arn>}}",
        ]
    );
    let condition = unit.resources[0].condition.clone().unwrap();
    assert_eq!(unit.domain.when(&[condition]), "Stage is prod");
}

#[test]
fn a_loop_over_what_is_not_known_is_run_once() {
    let text = "
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::L:
    - N
    - !Ref Names
    - 'U${N}': {Type: AWS::A::B, Properties: {P: !Ref N, Q: !Sub 'x-${N}'}}
";
    assert_eq!(
        show(&unit(text).resources[0].body),
        "{P: <Instance { what: \"N\" }>, Q: 'x-'<Instance { what: \"N\" }>}"
    );
}

#[test]
fn a_loop_may_have_several_identifiers() {
    let text = "
Transform: AWS::LanguageExtensions
Parameters:
  Named: {Type: String, Default: Id}
  Stage: {Type: String}
Conditions:
  Fn::ForEach::Is:
    - [Short, Stands]
    - [[Dev, development], [Prod, production]]
    - 'Is${Short}': !Equals [!Ref Stage, !Ref Stands]
  Big: !Equals [!Ref Stage, big]
Resources:
  Fn::ForEach::Lists:
    - [!Ref Named, Ami, Size]
    - [[1, ami-1, small], [2, ami-2, large]]
    - 'I${Id}': {Type: AWS::A::B, Condition: IsDev, Properties: {Image: !Ref Ami, Kind: !Sub 't.${Size}'}}
  Fn::ForEach::Map:
    - [Name, Ports]
    - {Web: [80, 443], Shell: [22]}
    - Fn::ForEach::Inner:
        - [Port]
        - !Ref Ports
        - 'G${Name}': {Type: AWS::A::B, Properties: {Port: !Ref Port}}
  Fn::ForEach::Either:
    - [K, V]
    - !If [Big, {a: 1, b: 2}, {b: 2}]
    - 'E${K}': {Type: AWS::A::B, Properties: {V: !Ref V}}
  P:
    Type: AWS::A::B
    Properties:
      Fn::ForEach::Variables:
        - [K, V]
        - {DB: one, USER: !Ref Stage}
        - {'VAR_${K}': !Ref V}
Outputs:
  Fn::ForEach::Out:
    - [Id, Ami]
    - {First: ami-1, Second: ami-2}
    - 'Image${Id}': {Value: !Ref Ami}
"
    .replace("[Port]\n        - !Ref Ports", "Port\n        - !Ref Ports")
    .replace("'G${Name}'", "'G${Name}${Port}'");
    let unit = unit(&text);
    let shown: Vec<_> = unit.resources.iter().map(|r| format!("{} {}", r.address, show(&r.body))).collect();
    assert_eq!(
        shown,
        [
            "I1 {Image: 'ami-1', Kind: 't.small'}",
            "I2 {Image: 'ami-2', Kind: 't.large'}",
            "GShell22 {Port: 22}",
            "GWeb80 {Port: 80}",
            "GWeb443 {Port: 443}",
            "Ea {V: 1}",
            "Eb {V: 2}",
            "P {VAR_DB: 'one', VAR_USER: <parameter Stage>}",
        ]
    );
    let condition = unit.resources[0].condition.clone().unwrap();
    assert_eq!(unit.domain.when(&[condition]), "Stage is development");
    let outputs = unit.declarations.iter().filter(|declaration| declaration.kind == DeclarationKind::Output);
    let outputs: Vec<_> = outputs.map(|output| format!("{} {}", output.name, show(&output.value))).collect();
    assert_eq!(outputs, ["ImageFirst 'ami-1'", "ImageSecond 'ami-2'"]);
}

/// Whatever stands in a loop, what it makes is judged or its failure is told.
#[test]
fn what_a_loop_makes_never_vanishes_in_silence() {
    let run = |loops: &str| {
        let text = format!(
            "Transform: AWS::LanguageExtensions\nParameters: {{P: {{Type: String}}}}\nResources:\n  Fn::ForEach::L: {loops}\n  Z: {{Type: AWS::A::Z}}\n"
        );
        let source = source(&text);
        let Recognised::Template(document) = recognise(&source) else { panic!() };
        let (unit, problems) = load(FileId(0), &source, &document, &|_| true);
        let shown = unit.resources.iter().map(|r| format!("{} {}", r.address, show(&r.body)));
        let problems = problems.into_iter().map(|problem| (problem.kind, problem.start));
        (shown.collect::<Vec<_>>(), problems.collect::<Vec<_>>())
    };
    let body = "{'R${A}': {Type: AWS::A::B, Properties: {B: !Ref B}}}";
    let unknown = "R${A} {B: <Instance { what: \"B\" }>}";
    for collection in ["[1, 2]", "[[1, 2, 3]]", "[[1], x]", "!Ref P", "text"] {
        let (shown, problems) = run(&format!("[[A, B], {collection}, {body}]"));
        assert!(shown.contains(&unknown.to_owned()), "{collection}: {shown:?}");
        assert_eq!((shown.last().unwrap().as_str(), problems), ("Z {}", vec![]), "{collection}");
    }
    // Who the items are is known where the deployment says what they are called.
    let undeclared = "R${A} {B: <undeclared B>}";
    assert_eq!(run(&format!("[[!Ref P, !Ref P], [[1, 2], [3, 4]], {body}]")).0, [undeclared, "Z {}"]);
    for wrong in [format!("[{{a: b}}, [1], {body}]"), format!("[[], [1], {body}]"), format!("[A, {body}]")] {
        let (shown, problems) = run(&wrong);
        assert_eq!(shown, [undeclared, "Z {}"], "{wrong}");
        assert_eq!(problems, [(ProblemKind::Syntax, Some((4, 19)))], "{wrong}");
    }
    for none in ["[A, [1]]", "[A, [1], text]", "text", "{}"] {
        let (shown, problems) = run(none);
        assert_eq!(shown, ["Z {}"], "{none}");
        assert_eq!(problems.len(), 1, "{none}: {problems:?}");
    }
}
