//! Templates so large that several threads share their resources.

use super::*;
use std::fmt::Write;

const MANY: usize = 5_000;

const TOP: &str = "
AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod, test]}
Mappings:
  Stages: {dev: {k: d}, prod: {k: p}}
  Fewer: {dev: {k: d}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Never: !Equals [a, b]
Globals:
  Function: {Timeout: 3, Runtime: !Ref Stage}
Resources:
";

const KINDS: [&str; 5] = [
    "{Type: 'AWS::Serverless::Function', Properties: {Handler: !Sub '${Stage}-x'}}",
    "{Type: 'AWS::EC2::Instance', Condition: IsProd, Properties: {ImageId: !If [IsProd, a, b]}}",
    "{Type: 'AWS::EC2::Instance', Condition: Never, Properties: {ImageId: a}}",
    "{Type: 'AWS::EC2::Instance', Properties: {ImageId: !FindInMap [Stages, !Ref Stage, k], Key: !Ref Id0}}",
    "{Type: 'AWS::EC2::Instance', Condition: Nowhere, Properties: {KeyName: !Join ['-', [!Ref Stage, x]]}}",
];

fn template(count: usize, last: &str) -> String {
    let mut text = TOP.to_owned();
    for at in 0..count {
        writeln!(text, "  Id{at}: {}", KINDS[at % KINDS.len()]).unwrap();
    }
    text + last
}

fn loaded(text: &str) -> (Unit, Vec<crate::findings::Problem>) {
    let source = source(text);
    match recognise(&source) {
        Recognised::Template(document) => load(FileId(0), &source, &document, &|_| true),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_resource_of_many_is_what_it_is_among_few_and_stands_where_it_did() {
    let (few, _) = loaded(&template(KINDS.len(), ""));
    let (many, problems) = loaded(&template(MANY, ""));
    assert_eq!(few.resources.len(), 4);
    assert_eq!(many.resources.len(), MANY / 5 * 4);
    for (at, resource) in many.resources.iter().enumerate() {
        let (round, known) = (at / 4, &few.resources[at % 4]);
        let number: usize = known.address.trim_start_matches("Id").parse().unwrap();
        assert_eq!(*resource.address, *format!("Id{}", round * 5 + number));
        assert_eq!(show(&resource.body), show(&known.body));
        assert_eq!(resource.condition, known.condition);
    }
    assert_eq!(problems.len(), MANY / 5, "each says that its condition is nowhere");
}

#[test]
fn what_mappings_demand_holds_wherever_in_a_large_template_they_do() {
    let asking = "  Last: {Type: 'AWS::EC2::Instance', Properties: {KeyName: !FindInMap [Fewer, !Sub '${Stage}', k]}}\n";
    let (few, _) = loaded(&template(KINDS.len(), asking));
    let (many, _) = loaded(&template(MANY, asking));
    assert_eq!(format!("{:?}", few.domain), format!("{:?}", many.domain));
}

#[test]
fn a_part_may_take_more_than_its_share_where_the_whole_takes_no_more_than_it_may() {
    let long = "x".repeat(1 << 20);
    let mut last = String::new();
    for at in 0..30 {
        let body = "{Type: 'AWS::EC2::Instance', Properties: {UserData: !Sub '${Long}-${AWS::Region}'}}";
        writeln!(last, "  Long{at}: {body}").unwrap();
    }
    let text = template(MANY, &last)
        .replace("Parameters:\n", &format!("Parameters:\n  Long: {{Type: String, Default: {long}}}\n"));
    let (unit, problems) = loaded(&text);
    assert!(!problems.iter().any(|problem| problem.kind == ProblemKind::Limit));
    let shown = show(&unit.resources.last().unwrap().body);
    assert!(
        shown.contains("xxx'<AWS::Region>") || shown.contains("xxx-'<AWS::Region>"),
        "{}",
        &shown[shown.len() - 60..]
    );
}
