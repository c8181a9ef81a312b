//! The formats that programs read: whatever texts hold, and however much there is.

use super::*;
use crate::findings::{Gate, Rule, Suppression, SuppressionKind};
use serde_json::Value as Json;

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn results(log: &Json) -> &Vec<Json> {
    log["runs"][0]["results"].as_array().unwrap()
}

fn notifications(log: &Json) -> String {
    log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string()
}

/// So many findings of a severity, each on a line of its own.
fn many(case: &mut Case, path: &str, severities: &[(Severity, usize)]) {
    let count: usize = severities.iter().map(|(_, count)| count).sum();
    let file = case.file(path, &"x\n".repeat(count));
    let all = severities.iter().flat_map(|(severity, count)| std::iter::repeat_n(*severity, *count));
    for (at, severity) in all.enumerate() {
        let site = Site::new(file, Span::new(2 * at, 2 * at + 1));
        let mut found = finding(Place { site, label: "here".to_owned() });
        found.severity = severity;
        found.fingerprint = at.to_string();
        case.outcome.findings.push(found);
    }
}

#[test]
fn of_more_than_code_scanning_takes_the_worst_are_kept() {
    let mut case = Case::new();
    many(&mut case, "a.tf", &[(Severity::Note, 3_000), (Severity::Warning, 2_500), (Severity::Error, 10)]);
    let log = json(&case.print(&Format::Sarif, false));
    let of = |level: &str| results(&log).iter().filter(|result| result["level"] == level).count();
    assert_eq!((of("error"), of("warning"), of("note")), (10, 2_500, 2_490));
    assert!(notifications(&log).contains("510 of 5510 results are left out"), "{}", notifications(&log));
    // Fewer are all there, and nothing is said.
    case.outcome.findings.truncate(5_000);
    let log = json(&case.print(&Format::Sarif, false));
    assert_eq!((results(&log).len(), notifications(&log).as_str()), (5_000, "[]"));
}

#[test]
fn long_texts_do_not_make_the_file_too_large() {
    let mut case = Case::new();
    many(&mut case, "a.tf", &[(Severity::Error, 400)]);
    let noise = |mut state: u64| -> String {
        let letters = std::iter::from_fn(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from_u32(0x21 + u32::try_from(state >> 32).unwrap() % 0x5e)
        });
        letters.take(100_000).collect()
    };
    for (at, found) in case.outcome.findings.iter_mut().enumerate() {
        found.help = noise(at as u64 + 1);
    }
    let text = case.print(&Format::Sarif, false);
    assert!(text.len() < 26 << 20, "{}", text.len());
    let log = json(&text);
    assert!((1..400).contains(&results(&log).len()));
    assert!(notifications(&log).contains("of 400 results are left out"));
}

#[test]
fn places_of_a_result_are_bounded() {
    let mut case = Case::new();
    let file = case.file("a.tf", &"x\n".repeat(5_000));
    let place = |at: usize| Place {
        site: Site::new(file, Span::new(2 * at, 2 * at + 1)),
        label: format!("place {at}"),
    };
    let mut found = finding(place(0));
    found.related = (0..150).map(place).collect();
    found.chain = (0..1_500).map(place).collect();
    case.outcome.findings = vec![found];
    let log = json(&case.print(&Format::Sarif, false));
    let result = &results(&log)[0];
    assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 99);
    assert_eq!(result["message"]["text"].as_str().unwrap().matches("](").count(), 10);
    let steps = result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    assert_eq!(steps.len(), 1_000);
    let said = |step: &Json| step["location"]["message"]["text"].clone();
    assert_eq!((said(&steps[0]), said(&steps[999])), ("Place 0.".into(), "Place 1499.".into()));
}

/// Where a change is gated, consumers learn what is new; where everything counts, nobody knows.
#[test]
fn what_is_not_in_the_change_is_unchanged() {
    let mut case = Case::new();
    many(&mut case, "a.tf", &[(Severity::Error, 2)]);
    case.outcome.findings[1].existing = true;
    let states = |case: &Case| {
        let log = json(&case.print(&Format::Sarif, false));
        results(&log).iter().map(|result| result["baselineState"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(states(&case), [Json::Null, Json::Null]);
    let gate = |whole: Option<&str>| Gate {
        since: "main".to_owned(),
        base: None,
        whole: whole.map(ToOwned::to_owned),
    };
    case.outcome.gate = Some(gate(Some("no merge base")));
    assert_eq!(states(&case), [Json::Null, Json::Null]);
    case.outcome.gate = Some(gate(None));
    assert_eq!(states(&case), ["new", "unchanged"]);
    let count = |format: &Format, word: &str| case.print(format, false).matches(word).count();
    assert_eq!((count(&Format::Rdjson, "ERROR"), count(&Format::Rdjson, "INFO")), (1, 1));
    assert_eq!((count(&Format::Checkstyle, "\"error\""), count(&Format::Checkstyle, "\"info\"")), (1, 1));
    assert_eq!((count(&Format::Junit, "<failure "), count(&Format::Junit, "not in this change")), (1, 1));
}

#[test]
fn the_baseline_is_a_suppression_from_outside() {
    let mut case = Case::new();
    let file = case.file("a.tf", "x\n");
    for (kind, until) in
        [(SuppressionKind::Baseline, None), (SuppressionKind::Comment, Some("2027-01-31".to_owned()))]
    {
        let mut found = finding(case.place(file, "x", "here"));
        let place = case.place(file, "x", "said here");
        found.suppression = Some(Suppression { kind, reason: "known".to_owned(), until, place });
        case.outcome.suppressed.push(found);
    }
    let log = json(&case.print(&Format::Sarif, false));
    let said: Vec<_> = results(&log).iter().map(|result| &result["suppressions"][0]).collect();
    assert_eq!((&said[0]["kind"], &said[1]["kind"]), (&"external".into(), &"inSource".into()));
    assert_eq!(
        (&said[0]["status"], &said[1]["properties"]["until"]),
        (&"accepted".into(), &"2027-01-31".into())
    );
    assert_eq!(said[0]["justification"], "Known.");
}

/// Elements and texts can be read, and all characters are such as XML knows.
fn assert_xml(text: &str) {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    assert!(text.chars().all(is_allowed), "{text:?}");
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start)) => {
                assert!(start.attributes().all(|attribute| attribute.is_ok()), "{text}");
            }
            Ok(_) => {}
            Err(error) => panic!("{error}: {text}"),
        }
    }
}

fn sarif_schema() -> jsonschema::Validator {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/schemas/sarif-2.1.0.schema.json");
    let schema = json(&std::fs::read_to_string(path).unwrap());
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Any text anywhere: every format is what it is, and its texts stay where they are.
    #[test]
    fn any_text_is_only_text(
        hostile in proptest::collection::vec(
            proptest::prelude::prop_oneof![
                "[\\PC\\x00-\\x1f\\x7f-\\x9f\u{fffe}\u{ffff}\u{2028}\u{feff}]{0,12}",
                proptest::prelude::Just("]]>".to_owned()),
                proptest::prelude::Just("</failure><x y=\"".to_owned()),
                proptest::prelude::Just("&#0;&lt;".to_owned()),
                proptest::prelude::Just("[here](1) [there](https://example.org)".to_owned()),
                proptest::prelude::Just("%0A::error::x".to_owned()),
                proptest::prelude::Just("</script>\r\n--><!--".to_owned()),
            ],
            12,
        ),
    ) {
        let text = |at: usize| hostile[at].clone();
        let mut case = Case::new();
        let file = case.file(&format!("a/{}", text(0)), "one two\n");
        let mut found = finding(case.place(file, "one", &text(1)));
        (found.title, found.help, found.url) = (text(2), text(3), text(4));
        found.addresses = vec![text(5).into()];
        found.construct = Some(text(6).into());
        found.related = vec![case.place(file, "two", &text(7))];
        found.chain = found.related.clone();
        let mut open = found.clone();
        open.reason = Some(text(8));
        let mut silenced = found.clone();
        let place = case.place(file, "two", &text(9));
        silenced.suppression = Some(Suppression { kind: SuppressionKind::Comment, reason: text(9), until: None, place });
        case.outcome.findings = vec![found.clone(), found];
        case.outcome.cannot_tell = vec![open];
        case.outcome.suppressed = vec![silenced];
        case.outcome.problems = vec![Problem { kind: ProblemKind::Config, path: text(10), start: None, message: text(11) }];
        case.outcome.rules = own_rules(&hostile);
        for format in [Format::Junit, Format::Checkstyle] {
            assert_xml(&case.print(&format, true));
        }
        let log = json(&case.print(&Format::Sarif, true));
        let errors: Vec<_> = sarif_schema().iter_errors(&log).map(|error| error.to_string()).collect();
        proptest::prop_assert!(errors.is_empty(), "{errors:?}");
        proptest::prop_assert_eq!(results(&log).len(), 4);
        proptest::prop_assert_eq!(json(&case.print(&Format::Gitlab, true)).as_array().unwrap().len(), 4);
        proptest::prop_assert_eq!(json(&case.print(&Format::Rdjson, true))["diagnostics"].as_array().unwrap().len(), 4);
        let lines = case.print(&Format::Jsonl, true);
        proptest::prop_assert_eq!(lines.lines().map(json).count(), 6);
        // One finding is one line in what is read line by line.
        proptest::prop_assert_eq!(case.print(&Format::Concise, true).lines().count(), 4);
    }
}

/// A policy of the user's own, whose texts are anybody's.
fn own_rules(hostile: &[String]) -> Vec<Rule> {
    let policies = crate::policies::builtin().unwrap();
    let mut rules: Vec<Rule> = policies.iter().take(2).map(Rule::of).collect();
    for (rule, at) in rules.iter_mut().zip([0, 6]) {
        (rule.name, rule.title, rule.url) =
            (hostile[at].clone(), hostile[at + 1].clone(), hostile[at + 2].clone());
        rule.page = format!("# {}\n\n{}\n", hostile[at + 3], hostile[at + 4]).into();
    }
    rules
}
