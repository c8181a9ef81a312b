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
