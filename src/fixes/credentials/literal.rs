//! Literals that come from elsewhere than where they are used: taken out together with their use, where nothing else uses
//! them.

use super::modules::{Callee, CodeFile, Folder, Modules};
use super::{Draft, Order, comments};
use crate::fixes::Ailing;
use crate::source::{Site, Span};
use crate::syntax::hcl::{Block, ExprId};

/// Takes a literal out, if `uses` are all that uses it. None where it cannot be taken out.
pub(super) fn take_out(
    draft: &mut Draft,
    (ailing, modules): (&Ailing<'_>, &Modules),
    literal: Site,
    uses: &[Site],
) -> Option<()> {
    let source = ailing.file(literal.file)?;
    let folder = modules.of_file(&source)?;
    let (file, block) = folder.at(literal)?;
    let (name, value) = holder(file, block, literal)?;
    let others = |folder: &Folder, reference: &str| {
        let sites = references(folder, reference);
        sites.iter().any(|site| !uses.iter().any(|of| of.file == site.file && of.span.contains(site.span)))
    };
    match file.text(block.keyword) {
        "variable" if name == "default" => {
            let refuses_null = file
                .attribute(&block.body, "nullable")
                .is_some_and(|_| !file.says_true(&block.body, "nullable"));
            let variable = file.label(block, 0);
            if refuses_null || others(folder, &format!("var.{variable}")) {
                return None;
            }
            draft.edit(literal, [Order::set("default", "null")]);
            draft.say(format!("`var.{variable}` is needed by nothing more"));
        }
        "locals" => {
            if others(folder, &format!("local.{name}")) {
                return None;
            }
            draft.edit(file.site(value), [Order::Remove(name.to_owned())]);
            if !source.path.ends_with(".json") {
                for span in comments::of(&source, &[file.site(value).span], &[name]) {
                    draft.replace(ailing, Site::new(literal.file, span), "")?;
                }
            }
        }
        "module" => {
            let Callee::Here(callee) = modules.callee(folder, file, block) else { return None };
            let (inside, variable) = callee.named("variable", &[name])?;
            let refuses_null = inside
                .attribute(&variable.body, "nullable")
                .is_some_and(|_| !inside.says_true(&variable.body, "nullable"));
            if refuses_null || others(callee, &format!("var.{name}")) {
                return None;
            }
            draft.edit(file.site(value), [Order::set(name, "null")]);
            draft.say(format!("`{name}` of `module.{}` is needed by nothing more", file.label(block, 0)));
        }
        _ => return None,
    }
    Some(())
}

/// The attribute of a block whose whole value a literal is.
fn holder<'f>(file: &'f CodeFile, block: &Block, literal: Site) -> Option<(&'f str, Span)> {
    let is_it = |id: ExprId| {
        let span = file.tree.expr(id).span;
        let all = file.site(span);
        file.plain(id).is_some() && all.file == literal.file && all.span.contains(literal.span)
    };
    let attribute = block.body.attributes.iter().find(|attribute| is_it(attribute.expr))?;
    Some((file.text(attribute.name), file.tree.expr(attribute.expr).span))
}

/// Where a module refers to something, such as `var.password`.
pub(super) fn references(folder: &Folder, name: &str) -> Vec<Site> {
    let mut found = Vec::new();
    for file in &folder.files {
        let text = file.source.text();
        let is_part = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        };
        for at in memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()) {
            let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
            let after = text.as_bytes().get(at + name.len());
            let span = Span::new(at, at + name.len());
            let in_comment = file.tree.comments.iter().any(|comment| comment.contains(span));
            if !is_part(before) && (!is_part(after) || after == Some(&b'.')) && !in_comment {
                found.push(Site::new(file.id, span));
            }
        }
    }
    found
}
