//! From a project built by hand to what is said of it.

use super::{Severity, Verdicts, build};
use crate::facts::testing::Case;
use crate::model::Project;
use crate::policies::{builtin, judge};
use serde_json::json;

pub(super) fn said(case: &Case) -> Verdicts {
    let facts = case.facts();
    let policies = builtin().unwrap();
    let exceptions = crate::exceptions::Exceptions::default();
    let today = crate::exceptions::Day::parse("2026-11-22").unwrap();
    let silence = super::Silence { acknowledged: &facts.acknowledged, exceptions: &exceptions, today };
    build(&facts, &policies, &judge(&facts, &policies).unwrap(), silence, &case.sources)
}

/// `CODE address` of each finding, and `CODE? address` of each open question.
pub(super) fn codes(case: &Case) -> Vec<String> {
    let verdicts = said(case);
    let mut codes: Vec<String> = verdicts
        .findings
        .iter()
        .map(|found| format!("{} {}", found.code, found.addresses.join(" ")))
        .chain(verdicts.cannot_tell.iter().map(|open| format!("{}? {}", open.code, open.addresses.join(" "))))
        .collect();
    codes.sort();
    codes
}

const GOOD: &str = "required";

fn options(tokens: &str) -> serde_json::Value {
    json!([{ "http_tokens": tokens }])
}

#[test]
fn an_instance_is_judged_by_what_it_says_itself() {
    let case = Case::terraform()
        .with("aws_instance", "i.good", json!({"iam_instance_profile": "p", "metadata_options": options(GOOD)}))
        .with("aws_instance", "i.bare", json!({"ami": "x"}))
        .with("aws_instance", "i.v1", json!({"iam_instance_profile": {"$ref": "p.name"}, "metadata_options": options("optional")}))
        .with("aws_instance", "i.off", json!({"iam_instance_profile": "p", "metadata_options": [{"http_endpoint": "disabled"}]}))
        .with("aws_instance", "i.empty", json!({"iam_instance_profile": "", "metadata_options": options(GOOD)}))
        .with("aws_instance", "i.var", json!({"iam_instance_profile": {"$var": "p"}, "metadata_options": [{"http_tokens": {"$var": "t"}}]}));
    assert_eq!(
        codes(&case),
        ["EC201 i.bare", "EC201 i.empty", "IMDS01 i.v1", "IMDS01? i.var", "IMDS02 i.bare"]
    );
}

#[test]
fn a_template_supplies_what_the_instance_leaves_unsaid() {
    let template = json!({"name": "t", "iam_instance_profile": [{"name": "p"}], "metadata_options": options(GOOD), "update_default_version": true});
    for reference in [
        json!([{"id": {"$ref": "t.a.id"}}]),
        json!([{"name": "t", "version": "$Latest"}]),
        json!([{"id": {"$ref": "t.a.id"}, "version": {"$ref": "t.a.latest_version"}}]),
    ] {
        let case = Case::terraform().with("aws_launch_template", "t.a", template.clone()).with(
            "aws_instance",
            "i.a",
            json!({"launch_template": reference}),
        );
        assert_eq!(codes(&case), [""; 0]);
    }
    let overriding = Case::terraform().with("aws_launch_template", "t.a", template).with(
        "aws_instance",
        "i.a",
        json!({"launch_template": [{"name": "t"}], "metadata_options": options("optional")}),
    );
    assert_eq!(codes(&overriding), ["IMDS01 i.a"]);
}

#[test]
fn the_default_version_of_a_template_may_be_an_older_one() {
    let template =
        json!({"name": "t", "iam_instance_profile": [{"name": "p"}], "metadata_options": options(GOOD)});
    let launched = |version: serde_json::Value| {
        let case = Case::terraform().with("aws_launch_template", "t.a", template.clone()).with(
            "aws_instance",
            "i.a",
            json!({"launch_template": [{"id": {"$ref": "t.a.id"}, "version": version}]}),
        );
        codes(&case)
    };
    assert_eq!(launched(json!(null)), ["IMDS02 i.a"]);
    assert_eq!(launched(json!("$Default")), ["IMDS02 i.a"]);
    assert_eq!(launched(json!({"$ref": "t.a.default_version"})), ["IMDS02 i.a"]);
    assert_eq!(launched(json!("$Latest")), [""; 0]);
    assert_eq!(launched(json!({"$ref": "t.a.latest_version"})), [""; 0]);
}

#[test]
fn a_bad_template_is_one_finding_with_its_users_beside_it() {
    let mut case = Case::terraform().with(
        "aws_launch_template",
        "t.a",
        json!({"metadata_options": options("optional")}),
    );
    for at in 0..5 {
        let name = format!("g.{at}");
        case = case.with(
            "aws_autoscaling_group",
            &name,
            json!({"launch_template": [{"id": {"$ref": "t.a.id"}}]}),
        );
    }
    assert_eq!(codes(&case), ["EC202 t.a", "IMDS01 t.a"]);
    let verdicts = said(&case);
    assert!(
        verdicts.findings.iter().all(|found| found.related.len() == 5 && found.severity == Severity::Error)
    );
}

#[test]
fn a_template_whose_users_decide_for_themselves_is_left_alone() {
    let own = json!({"launch_template": [{"id": {"$ref": "t.a.id"}}], "iam_instance_profile": "p", "metadata_options": options(GOOD)});
    let case = Case::terraform().with("aws_launch_template", "t.a", json!({})).with(
        "aws_instance",
        "i.a",
        own.clone(),
    );
    assert_eq!(codes(&case), [""; 0]);
    let mixed = case.with(
        "aws_instance",
        "i.b",
        json!({"launch_template": [{"id": {"$ref": "t.a.id"}}], "metadata_options": options(GOOD)}),
    );
    assert_eq!(codes(&mixed), ["EC201 i.b"]);
}

#[test]
fn an_unused_template_is_judged_by_itself_and_one_of_eks_needs_no_profile() {
    let unused = Case::terraform().with("aws_launch_template", "t.a", json!({}));
    let severities: Vec<_> =
        said(&unused).findings.iter().map(|found| (found.code.to_string(), found.severity)).collect();
    assert_eq!(severities, [("EC202".into(), Severity::Warning), ("IMDS02".into(), Severity::Error)]);
    let eks =
        unused.with("aws_eks_node_group", "n.a", json!({"launch_template": [{"id": {"$ref": "t.a.id"}}]}));
    assert_eq!(codes(&eks), ["IMDS02 t.a"]);
}

#[test]
fn a_template_that_is_not_here_leaves_the_question_open() {
    let bare = json!({"launch_template": [{"name": "elsewhere"}]});
    let said_own = json!({"launch_template": [{"name": "elsewhere"}], "iam_instance_profile": "p", "metadata_options": options(GOOD)});
    let case = Case::terraform().with("aws_instance", "i.a", bare).with("aws_instance", "i.b", said_own);
    assert_eq!(codes(&case), ["EC201? i.a", "IMDS02? i.a"]);
    let old = Case::cloudformation()
        .with("AWS::EC2::LaunchTemplate", "T", json!({"LaunchTemplateData": {"IamInstanceProfile": {"Name": "p"}, "MetadataOptions": {"HttpTokens": GOOD}}}))
        .with("AWS::EC2::Instance", "I", json!({"LaunchTemplate": {"LaunchTemplateId": {"$ref": "T.Ref"}, "Version": 1}}));
    assert_eq!(codes(&old), ["EC201? I", "IMDS02? I"]);
}

#[test]
fn every_override_of_a_group_counts() {
    let good = json!({"iam_instance_profile": [{"arn": {"$ref": "p.arn"}}], "metadata_options": options(GOOD), "update_default_version": true});
    let group = json!({"mixed_instances_policy": [{"launch_template": [{
        "launch_template_specification": [{"launch_template_id": {"$ref": "t.good.id"}}],
        "override": [{"instance_type": "a"}, {"launch_template_specification": [{"launch_template_id": {"$ref": "t.bad.id"}}]}]}]}]});
    let case = Case::terraform()
        .with("aws_launch_template", "t.good", good)
        .with(
            "aws_launch_template",
            "t.bad",
            json!({"metadata_options": options(GOOD), "update_default_version": true}),
        )
        .with("aws_autoscaling_group", "g.a", group);
    assert_eq!(codes(&case), ["EC202 t.bad"]);
}

#[test]
fn what_a_spot_request_says_of_metadata_is_never_sent() {
    let case = Case::terraform().with(
        "aws_spot_instance_request",
        "s.a",
        json!({"iam_instance_profile": "p", "metadata_options": options(GOOD)}),
    );
    assert_eq!(codes(&case), ["IMDS02 s.a"]);
}

#[test]
fn a_branch_of_a_template_is_named_and_one_of_terraform_is_open() {
    let tokens = json!({"$if": ["Stage", "prod", "optional", "required"]});
    let template = Case::cloudformation().with(
        "AWS::EC2::Instance",
        "I",
        json!({"IamInstanceProfile": "p", "MetadataOptions": {"HttpTokens": tokens}}),
    );
    let verdicts = said(&template);
    assert_eq!(verdicts.findings[0].title, "instance accepts IMDSv1 when Stage is prod");
    let case = Case::terraform().with(
        "aws_instance",
        "i.a",
        json!({"iam_instance_profile": "p", "metadata_options": [{"http_tokens": tokens}]}),
    );
    assert_eq!(codes(&case), ["IMDS01? i.a"]);
    let both = json!({"$if": ["Stage", "prod", "optional", "optional"]});
    let same = Case::terraform().with(
        "aws_instance",
        "i.a",
        json!({"iam_instance_profile": "p", "metadata_options": [{"http_tokens": both}]}),
    );
    assert_eq!(codes(&same), ["IMDS01 i.a"]);
}

#[test]
fn a_literal_elsewhere_is_where_the_finding_stands() {
    let case = Case::terraform().with(
        "aws_instance",
        "i.a",
        json!({"iam_instance_profile": "p", "metadata_options": [{"http_tokens": {"$from": ["tokens", "optional"]}}]}),
    );
    let found = &said(&case).findings[0];
    assert_eq!(found.chain.len(), 3);
    assert_eq!(found.primary.site, found.chain[0].site);
    assert_eq!(
        found.primary.label,
        "`http_tokens` does not require session tokens, and the instance's own value decides"
    );
}

#[test]
fn services_are_warned_of_and_fargate_runs_no_instance() {
    let case = Case::terraform()
        .with("aws_eks_node_group", "n.a", json!({}))
        .with(
            "aws_batch_compute_environment",
            "b.fargate",
            json!({"compute_resources": [{"type": "FARGATE_SPOT"}]}),
        )
        .with(
            "aws_batch_compute_environment",
            "b.ec2",
            json!({"compute_resources": [{"type": "EC2", "instance_role": "p"}]}),
        )
        .with("aws_batch_compute_environment", "b.none", json!({"type": "UNMANAGED"}))
        .with("aws_sagemaker_notebook_instance", "s.a", json!({}))
        .with(
            "aws_elastic_beanstalk_environment",
            "e.a",
            json!({"setting": [
            {"namespace": "aws:autoscaling:launchconfiguration", "name": "DisableIMDSv1", "value": "true"}]}),
        );
    assert_eq!(codes(&case), ["EC201 e.a", "IMDS02 b.ec2", "IMDS02 n.a", "IMDS02 s.a"]);
    let severity = |address: &str| {
        let verdicts = said(&case);
        verdicts.findings.iter().find(|found| found.addresses == [address.into()]).unwrap().severity
    };
    assert_eq!((severity("n.a"), severity("s.a")), (Severity::Warning, Severity::Error));
}

/// Since version 5.0 of the provider nothing is sent for what a launch template's block does not say
/// (<https://github.com/hashicorp/terraform-provider-aws/pull/30545>); account defaults are known to it since 5.43.
#[test]
fn the_account_default_softens_what_is_unsaid_in_a_block_as_well() {
    let case = Case::terraform()
        .with("aws_ec2_instance_metadata_defaults", "d", json!({"http_tokens": "required"}))
        .with("aws_instance", "i.a", json!({"iam_instance_profile": "p"}))
        .with(
            "aws_launch_template",
            "t.a",
            json!({"iam_instance_profile": [{"name": "p"}], "metadata_options": [{}]}),
        );
    let severities: Vec<_> = said(&case).findings.iter().map(|found| found.severity).collect();
    assert_eq!(severities, [Severity::Note, Severity::Note]);
}

#[test]
fn access_keys_are_refused_and_those_of_root_under_their_own_code() {
    let case = Case::terraform()
        .with("aws_iam_access_key", "k.a", json!({"user": {"$ref": "aws_iam_user.a.name"}}))
        .with("aws_iam_access_key", "k.b", json!({"user": {"$var": "u"}, "status": "Inactive"}))
        .with("aws_iam_access_key", "k.c", json!({"user": "c", "pgp_key": "keybase:x"}))
        .with("aws_iam_access_key", "k.root", json!({"user": "root"}));
    assert_eq!(codes(&case), ["KEY01 k.a", "KEY01 k.b", "KEY01 k.c", "ROOT01 k.root"]);
}

#[test]
fn instances_of_one_block_are_one_finding() {
    let mut case = Case::terraform();
    for at in 0..300 {
        case = case.with(
            "aws_instance",
            &format!("aws_instance.a[{at}]"),
            json!({"metadata_options": options(GOOD)}),
        );
    }
    let case = case.edit(|unit| {
        let first = unit.resources[0].header;
        unit.resources.iter_mut().for_each(|resource| resource.header = first);
    });
    let verdicts = said(&case);
    assert_eq!(verdicts.findings.len(), 1);
    assert_eq!(verdicts.findings[0].addresses.len(), 300);
}

#[test]
fn the_order_of_resources_and_units_does_not_show() {
    let case = Case::terraform()
        .with("aws_launch_template", "t.a", json!({"name": "t"}))
        .with("aws_instance", "i.a", json!({"launch_template": [{"name": "t"}]}))
        .with("aws_instance", "i.b", json!({"launch_template": [{"name": "t"}], "iam_instance_profile": "p"}))
        .with("aws_iam_access_key", "k.a", json!({"user": "x"}));
    let before = said(&case);
    let mut turned = case.edit(|unit| unit.resources.reverse());
    let mut other = Case::terraform().with("aws_instance", "module.b.i.a", json!({}));
    turned.project.units.append(&mut other.project.units);
    let first = said(&turned);
    turned.project.units.reverse();
    let last = said(&turned);
    assert_eq!((&first.findings, &first.cannot_tell), (&last.findings, &last.cannot_tell));
    turned.project.units.remove(0);
    let after = said(&turned);
    assert_eq!(before.findings, after.findings);
    assert_eq!(before.cannot_tell, after.cannot_tell);
    let none = Project::default();
    assert!(crate::facts::lower(&none, &turned.sources, &[]).is_empty());
}

#[test]
fn cdk_refers_by_name_and_takes_the_version_from_the_template() {
    let template =
        json!({"LaunchTemplateName": "t", "LaunchTemplateData": {"MetadataOptions": {"HttpTokens": GOOD}}});
    let reference = json!({"LaunchTemplateName": "t", "Version": {"$ref": "T.LatestVersionNumber"}});
    let case = Case::new(crate::model::Frontend::Cdk).with("AWS::EC2::LaunchTemplate", "T", template).with(
        "AWS::EC2::Instance",
        "I",
        json!({"IamInstanceProfile": "p", "LaunchTemplate": reference}),
    );
    assert_eq!(codes(&case), [""; 0]);
}

#[test]
fn a_finding_on_synthesized_text_stands_on_the_users_line() {
    let mut case = Case::new(crate::model::Frontend::Cdk).with(
        "AWS::EC2::Instance",
        "I",
        json!({
        "IamInstanceProfile": "p", "MetadataOptions": {"HttpTokens": "optional"}}),
    );
    let line = case.site();
    let case = case.edit(|unit| unit.resources[0].user_site = Some(line));
    let found = &said(&case).findings[0];
    assert_eq!(found.primary.site, line);
    assert_eq!(found.related[0].label, "`MetadataOptions.HttpTokens` in the synthesized template");
    assert_eq!(
        found.help,
        "set `HttpTokens: required` in `MetadataOptions`; watch the CloudWatch metric `MetadataNoToken` first"
    );
}

#[test]
fn a_module_called_twice_is_one_finding_with_both_calls() {
    let mut case = Case::terraform()
        .with("aws_instance", "module.a.aws_instance.x", json!({"metadata_options": options(GOOD)}))
        .with("aws_instance", "module.b.aws_instance.x", json!({"metadata_options": options(GOOD)}));
    let calls = [case.site(), case.site()];
    let case = case.edit(|unit| {
        let header = unit.resources[0].header;
        for (resource, (name, site)) in
            unit.resources.iter_mut().zip(["module.a", "module.b"].into_iter().zip(calls))
        {
            resource.header = header;
            resource.calls = [(name.into(), site)].into();
        }
    });
    assert_eq!(codes(&case), ["EC201 module.a.aws_instance.x module.b.aws_instance.x"]);
    let related: Vec<_> = said(&case).findings[0].related.iter().map(|place| place.label.clone()).collect();
    assert_eq!(related, ["called here as `module.a`", "called here as `module.b`"]);
}

#[test]
fn a_resource_that_exists_under_a_condition_says_when() {
    use crate::model::Condition;
    let case =
        Case::cloudformation().with("AWS::IAM::AccessKey", "K", json!({"UserName": "x"})).edit(|unit| {
            let condition = Condition::Equals { name: "Stage".into(), value: "prod".into() };
            unit.resources[0].condition = Some(condition.into());
        });
    assert_eq!(
        said(&case).findings[0].title,
        "AWS::IAM::AccessKey creates a long-lived access key when Stage is prod"
    );
}

#[test]
fn a_whole_group_may_be_chosen_by_a_condition() {
    let group = json!({"LaunchTemplate": {"$if": ["Own", "yes", {"LaunchTemplateId": {"$ref": "T.Ref"}, "Version": {"$ref": "T.LatestVersionNumber"}}, null]},
        "LaunchConfigurationName": {"$if": ["Own", "yes", null, {"$ref": "C.Ref"}]}});
    let case = Case::cloudformation()
        .with("AWS::EC2::LaunchTemplate", "T", json!({"LaunchTemplateData": {"IamInstanceProfile": {"Arn": {"$ref": "P.Arn"}}, "MetadataOptions": {"HttpTokens": GOOD}}}))
        .with("AWS::AutoScaling::LaunchConfiguration", "C", json!({"IamInstanceProfile": "p"}))
        .with("AWS::AutoScaling::AutoScalingGroup", "G", group);
    assert_eq!(codes(&case), ["IMDS02 C"]);
    assert_eq!(said(&case).findings[0].related[0].label, "`G` gets its metadata options from here");
}
