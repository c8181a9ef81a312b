//! Marking what nothing marks as a secret: variables, and outputs, with all that Terraform asks to be marked along.

use super::carried::{Carried, Reading, Scope};
use super::modules::{CodeFile, Folder, Modules};
use super::versions::{self, Reach};
use super::{Draft, Order, listed, spliced};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::source::Site;
use crate::syntax::hcl::{Block, ExprId, ExprKind};

fn marked() -> Order {
    Order::set("sensitive", "true")
}

/// Variables and outputs can be marked since this version of Terraform.
/// <https://developer.hashicorp.com/terraform/language/block/variable#sensitive>
const SINCE: versions::Version = (0, 14, 0);

const BECAUSE: &str = "`sensitive` decides what Terraform prints, and nothing of what it deploys";

/// What marking a variable leads to.
#[derive(Default)]
struct Consequences {
    /// Outputs of root modules, by name: Terraform refuses them unless they are marked too.
    outputs: Vec<(Site, String)>,
    /// Where it may not stand then.
    refused: Vec<Site>,
    /// Where only newer versions of Terraform take it.
    uncertain: Vec<Site>,
    /// Calls of modules that are not here.
    handed_out: Vec<String>,
    /// Nobody says that the module is a root.
    open: bool,
}

pub(super) fn variable(ailing: Ailing<'_>, modules: &Modules) -> Option<Fix> {
    let site = ailing.subject.header.site;
    let source = ailing.file(site.file)?;
    let folder = modules.of_file(&source)?;
    let (file, block) = folder.at(site)?;
    let name = file.label(block, 0);
    if file.text(block.keyword) != "variable" || name.is_empty() {
        return None;
    }
    let roots = modules.roots(folder);
    let consequences = consequences(modules, folder, &roots, name);
    let mut draft = Draft::new(format!("mark `{name}` as sensitive"), Effect::None, BECAUSE);
    let together: Vec<&Folder> = roots.iter().copied().chain([folder]).collect();
    if versions::terraform(&together, SINCE) == Reach::Older {
        draft.say("`required_version` asks for a Terraform before 0.14, which knows no `sensitive`");
        return Some(draft.shown());
    }
    if let Some(at) = consequences.refused.first() {
        draft.say(format!(
            "`for_each` at {} takes `{name}`, and Terraform refuses sensitive values there: build its keys from something \
             else, or uncover them with `nonsensitive` where they are no secret",
            place(ailing, *at),
        ));
        return Some(draft.shown());
    }
    if file.attribute(&block.body, "sensitive").is_some() {
        draft.lower(
            Safety::Unsafe,
            format!("`{name}` says `sensitive = false`: somebody may have had a reason"),
        );
    }
    if let Some(at) = consequences.uncertain.first() {
        let says =
            format!("a `dynamic` block at {} takes it, which older Terraform refuses", place(ailing, *at));
        draft.lower(Safety::Unsafe, says);
    }
    if !consequences.handed_out.is_empty() {
        let calls = listed(consequences.handed_out.iter().map(|name| format!("`module.{name}`")));
        draft.lower(
            Safety::Unsafe,
            format!("it is handed to {calls}, whose code is not here: run `terraform plan`"),
        );
    }
    draft.edit(site, [marked()]);
    for (site, _) in &consequences.outputs {
        draft.edit(*site, [marked()]);
    }
    if !consequences.outputs.is_empty() {
        let names = listed(consequences.outputs.iter().map(|(_, name)| format!("`{name}`")));
        let many = consequences.outputs.len() > 1;
        let (outputs, show) = if many { ("outputs", "show") } else { ("output", "shows") };
        draft.title = format!("mark `{name}` as sensitive, with the {outputs} that {show} it");
        draft.say(format!(
            "Terraform refuses {names} otherwise; `terraform output` names {} without the value then",
            if many { "them" } else { "it" },
        ));
        if consequences.open {
            draft.lower(
                Safety::Unsafe,
                "whoever calls this module from elsewhere may have to mark outputs as well",
            );
        }
    }
    draft.done(&ailing)
}

fn consequences<'m>(
    modules: &'m Modules,
    folder: &'m Folder,
    roots: &[&'m Folder],
    name: &'m str,
) -> Consequences {
    let mut found = Consequences::default();
    let reading = Reading::new(modules, &folder.path, name);
    for root in roots {
        let scope = Scope::root(root);
        for (file, output) in root.blocks("output") {
            let value = file.attribute(&output.body, "value");
            let shows = value.is_some_and(|id| reading.argument(&scope, file, id) > Carried::Nothing);
            if shows && !file.says_true(&output.body, "sensitive") {
                found.outputs.push((file.site(output.header), file.label(output, 0).to_owned()));
                found.open |= !is_root(root);
            }
        }
        reading.each_scope(&scope, &mut |scope| collect_loops(&reading, scope, &mut found));
    }
    found.outputs.sort();
    found.outputs.dedup();
    found.handed_out = reading.handed_out.take().into_iter().collect();
    found
}

fn collect_loops<'m>(reading: &Reading<'m>, scope: &Scope<'_, 'm>, found: &mut Consequences) {
    for file in &scope.folder.files {
        for block in &file.tree.body.blocks {
            let at = |id: ExprId| file.site(file.tree.expr(id).span);
            if let Some(id) = file.attribute(&block.body, "for_each")
                && reading.argument(scope, file, id) == Carried::Whole
            {
                found.refused.push(at(id));
            }
            let mut loops = Vec::new();
            dynamic(file, block, &mut loops);
            let taken = |id: &ExprId| reading.dynamic(scope, (file, block), *id) == Carried::Whole;
            found.uncertain.extend(loops.into_iter().filter(taken).map(at));
        }
    }
}

fn dynamic(file: &CodeFile, block: &Block, loops: &mut Vec<ExprId>) {
    for inner in &block.body.blocks {
        if file.text(inner.keyword) == "dynamic" {
            loops.extend(file.attribute(&inner.body, "for_each"));
        }
        dynamic(file, inner, loops);
    }
}

/// Whether a module is one that plans are made of: it says where its state is, or how a provider is configured.
fn is_root(folder: &Folder) -> bool {
    let has_state = folder.blocks("terraform").any(|(file, block)| {
        ["backend", "cloud"].iter().any(|keyword| file.blocks(&block.body, keyword).next().is_some())
    });
    has_state || folder.blocks("provider").next().is_some()
}

/// An output that uncovers what is marked.
pub(super) fn output(ailing: Ailing<'_>, modules: &Modules) -> Option<Fix> {
    let site = ailing.subject.header.site;
    let source = ailing.file(site.file)?;
    let folder = modules.of_file(&source)?;
    let (file, block) = folder.at(site)?;
    if file.text(block.keyword) != "output" {
        return None;
    }
    let name = file.label(block, 0);
    let mut draft = Draft::new(format!("mark the output `{name}` as sensitive"), Effect::None, BECAUSE);
    if versions::terraform(&[folder], SINCE) == Reach::Older {
        draft.say("`required_version` asks for a Terraform before 0.14, which knows no `sensitive`");
        return Some(draft.shown());
    }
    draft.lower(
        Safety::Unsafe,
        "somebody uncovered it on purpose: whoever reads it has to ask for it by name, `terraform output -raw` then",
    );
    let value = file.attribute(&block.body, "value")?;
    let calls = if source.path.ends_with(".json") { Vec::new() } else { uncovering(file, value) };
    let covered = calls.into_iter().map(|(call, argument)| (call, file.text(argument).to_owned())).collect();
    let covered = spliced(file, value, covered);
    let is_json = source.path.ends_with(".json");
    let value = (!is_json).then(|| Order::set("value", &covered));
    draft.edit(file.site(block.header), value.into_iter().chain([marked()]));
    draft.done(&ailing)
}

/// Calls of `nonsensitive` in an expression, each with its argument; none inside another.
fn uncovering(file: &CodeFile, value: ExprId) -> Vec<(crate::source::Span, crate::source::Span)> {
    let whole = file.tree.expr(value).span;
    let mut calls: Vec<_> = file
        .tree
        .exprs()
        .filter(|expr| whole.contains(expr.span))
        .filter_map(|expr| match &expr.kind {
            ExprKind::Call { name, args, expand: false } if file.text(*name) == "nonsensitive" => {
                let [argument] = file.tree.ids(*args) else { return None };
                Some((expr.span, file.tree.expr(*argument).span))
            }
            _ => None,
        })
        .collect();
    calls.sort_by_key(|(call, _)| (call.start, std::cmp::Reverse(call.end)));
    let mut end = 0;
    calls.retain(|(call, _)| {
        let outside = call.start >= end;
        end = end.max(call.end);
        outside
    });
    calls
}

/// What `insecure_value` shows.
pub(super) fn insecure_value(ailing: Ailing<'_>) -> Option<Fix> {
    ailing.file(ailing.subject.header.site.file)?;
    Some(another_parameter())
}

/// A parameter in clear cannot become an encrypted one.
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html> (`HierarchyTypeMismatchException`)
pub(super) fn another_parameter() -> Fix {
    let because = "Parameter Store does not change a `String` parameter into a `SecureString`";
    let mut draft = Draft::new(
        "keep it in a new parameter that is a `SecureString`".to_owned(),
        Effect::Replacement,
        because,
    );
    draft.say(
        "make a parameter of another name with `type = \"SecureString\"`, `value_wo` and `value_wo_version`, let its readers \
         ask for it with decryption, then delete this one; what stood in it stays in its history",
    );
    draft.shown()
}

fn place(ailing: Ailing<'_>, site: Site) -> String {
    let file = ailing.sources.get(site.file);
    format!("{}:{}", file.path, file.position(site.span.start).line)
}

#[cfg(test)]
mod tests;
