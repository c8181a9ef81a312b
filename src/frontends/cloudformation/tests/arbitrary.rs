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
        let list =
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", ")));
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

    #[test]
    fn values_are_recognised_without_panic(text in r#"(Parameters|ParameterKey|template-file-path|Tags|[-:{}\[\]"' \n\\a,é%#\u{feff}]){0,30}"#) {
        use crate::frontends::cloudformation::{Loaded, recognise_values, values_of};
        if let Some(document) = recognise_values(&text) {
            let _ = values_of(&Loaded::new(FileId(0), std::sync::Arc::new(source(&text)), document));
        }
    }

    #[test]
    fn files_of_values_never_panic(text in "[\\[\\]{}:=\"'\\\\ \n.A-Ca-c0-9-]{0,80}") {
        use crate::frontends::cloudformation::{Loaded, parameters_in, samconfig};
        let documents = [crate::syntax::doc::parse(&text), crate::syntax::doc::parse_toml(&text)];
        for document in documents.into_iter().flatten() {
            let loaded = Loaded::new(FileId(0), std::sync::Arc::new(source(&text)), document);
            let _ = parameters_in(&loaded);
            let _ = samconfig(&loaded, &mut |_| None);
        }
    }

    #[test]
    fn lines_of_overrides_never_panic(text in "(ParameterKey=|,ParameterValue=|[A-C ]|=|\"|'|\\\\|\u{e4}|file://){0,20}") {
        use crate::frontends::cloudformation::{Loaded, samconfig};
        let json = serde_json::json!({"default": {"deploy": {"parameters": {"parameter_overrides": text}}}}).to_string();
        let document = crate::syntax::doc::parse(&json).unwrap();
        let loaded = Loaded::new(FileId(0), std::sync::Arc::new(source(&json)), document);
        let config = samconfig(&loaded, &mut |_| None);
        for assignment in config.assignments {
            let declared = assignment.declared(false);
            for site in declared.value.origin.literals() {
                prop_assert!(json.get(site.span.range()).is_some());
            }
        }
    }
}
