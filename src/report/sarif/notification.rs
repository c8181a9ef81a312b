//! What a run has to say of itself: what could not be judged, and what is not among the results.

use super::super::told::{problem as told, sentence};
use super::super::view::{ProblemLevel, ProblemView};
use super::super::{Context, Report};
use super::{Results, location, message, multiformat};
use serde_json::json;
use serde_sarif::sarif as s;

const LEFT_OUT: &str = "results-left-out";
const OPEN: &str = "open-questions";

/// What notifications are about, by their ids.
const ABOUT: [(&str, &str); 7] = [
    ("syntax", "A file could not be parsed."),
    ("io", "A file could not be read."),
    ("limit", "Something is larger than what is analysed."),
    ("config", "The usage or the configuration is wrong."),
    ("internal", "keyless itself is at fault."),
    (LEFT_OUT, "There are more results than code scanning takes."),
    (OPEN, "The code alone does not answer what a policy asks."),
];

pub(super) fn descriptors() -> Vec<s::ReportingDescriptor> {
    let descriptor = |(id, text): (&str, &str)| {
        s::ReportingDescriptor::builder().id(id).short_description(multiformat(text)).build()
    };
    ABOUT.into_iter().map(descriptor).collect()
}

/// A run that could not judge everything was not successful, whatever it found.
pub(super) fn invocation(report: &Report, context: Context<'_>, results: &Results) -> s::Invocation {
    let is_config = |problem: &&ProblemView| problem.kind == ProblemLevel::Config;
    let of = |problem| problem_notification(problem, report);
    let configuration: Vec<_> = report.problems.iter().filter(is_config).map(of).collect();
    let mut execution: Vec<_> =
        report.problems.iter().filter(|problem| !is_config(problem)).map(of).collect();
    if results.left_out > 0 {
        let (kept, left_out) = (results.kept.len(), results.left_out);
        let text = format!(
            "{left_out} of {} results are left out, the least grave ones: code scanning takes no more. `--format json` has all.",
            kept + left_out
        );
        execution.push(notification(LEFT_OUT, "warning", &text));
    }
    let open = report.cannot_tell.iter().filter(|open| !open.fails).count();
    if open > 0 && !context.strict {
        let text =
            format!("The code alone does not answer {open} of what policies ask; `--strict` lists it.");
        execution.push(notification(OPEN, "note", &text));
    }
    s::Invocation::builder()
        .execution_successful(report.problems.is_empty())
        .tool_configuration_notifications(configuration)
        .tool_execution_notifications(execution)
        .build()
}

fn notification(id: &str, level: &str, text: &str) -> s::Notification {
    s::Notification::builder()
        .descriptor(s::ReportingDescriptorReference::builder().id(id).build())
        .level(json!(level))
        .message(message(text))
        .build()
}

/// Bad usage has no place in a file, but the option that it is about.
fn problem_notification(problem: &ProblemView, report: &Report) -> s::Notification {
    let id = problem.kind.as_str();
    if problem.path.starts_with("--") {
        return notification(id, "error", &sentence(&format!("`{}`: {}", problem.path, told(problem))));
    }
    let mut notification = notification(id, "error", &told(problem));
    let range = problem.start.map(|start| (start, None));
    let physical = location::physical(report, &problem.path, range);
    notification.locations = Some(vec![s::Location::builder().physical_location(physical).build()]);
    notification
}
