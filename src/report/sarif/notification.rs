//! What a run has to say of itself: what could not be judged, and what is not among the results.

use super::super::escape::visible;
use super::super::told::sentence;
use super::super::view::{ProblemLevel, ProblemView};
use super::super::{Context, Report};
use super::{Results, location, message, multiformat};
use serde_json::json;
use serde_sarif::sarif as s;

const LEFT_OUT: &str = "results-left-out";
const OPEN: &str = "open-questions";

/// What notifications are about: id, name, what it is, what to do.
const ABOUT: [(&str, &str, &str, &str); 7] = [
    (
        "syntax",
        "not parsed",
        "A file could not be parsed.",
        "Correct it, or exclude it: what it says was not judged.",
    ),
    (
        "io",
        "not read",
        "A file could not be read.",
        "See that it is there and readable: what it says was not judged.",
    ),
    (
        "limit",
        "too large",
        "Something is larger than what is analysed.",
        "Make it smaller, or exclude it: it was not judged in full.",
    ),
    (
        "config",
        "wrong usage",
        "The usage or the configuration is wrong.",
        "Correct it: the run was not what it asks for.",
    ),
    ("internal", "internal error", "keyless itself is at fault.", "Report it, with what was judged."),
    (
        LEFT_OUT,
        "results left out",
        "There are more results than code scanning takes.",
        "Correct the worst ones, or run on parts of the code.",
    ),
    (
        OPEN,
        "open questions",
        "The code alone does not answer what a policy asks.",
        "Run with `--strict` to see what is asked, or on a plan, which knows more.",
    ),
];

pub(super) fn descriptors() -> Vec<s::ReportingDescriptor> {
    let descriptor = |(id, name, what, help): (&str, &str, &str, &str)| {
        s::ReportingDescriptor::builder()
            .id(id)
            .name(name)
            .short_description(multiformat(what))
            .full_description(multiformat(what))
            .help(multiformat(help))
            .build()
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
        let text = format!("`{}`: {}", visible(&problem.path), visible(&problem.message));
        return notification(id, "error", &sentence(&text));
    }
    let mut notification = notification(id, "error", &sentence(&visible(&problem.message)));
    let range = problem.start.map(|start| (start, None));
    let physical = location::physical(report, &problem.path, range);
    notification.locations = Some(vec![s::Location::builder().physical_location(physical).build()]);
    notification
}
