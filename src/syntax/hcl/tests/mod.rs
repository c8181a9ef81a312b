//! Tests of the HCL parser, and what they share: a tree written as nested lists.

mod json;
mod never_panics;
mod oracle;
mod public;
mod recovery;
mod shapes;

use super::*;

/// An expression as a nested list.
fn show(tree: &Tree, source: &str, id: ExprId) -> String {
    let text = |span| tree.text(source, span).to_owned();
    let show = |id| show(tree, source, id);
    let all = |ids: &[ExprId]| ids.iter().map(|id| format!(" {}", show(*id))).collect::<String>();
    let expr = tree.expr(id);
    match &expr.kind {
        ExprKind::Null => "null".into(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number => text(expr.span),
        ExprKind::Plain(span) => format!("{:?}", text(*span)),
        ExprKind::Template(parts) => format!("(template{})", show_parts(tree, source, tree.parts(*parts))),
        ExprKind::Name(span) => text(*span),
        ExprKind::SplatItem => "*".into(),
        ExprKind::Attr { base, name } => format!("(. {} {})", show(*base), text(*name)),
        ExprKind::Index { base, key } => format!("([] {} {})", show(*base), show(*key)),
        ExprKind::Splat { base, each, kind } => format!("({kind:?} {} {})", show(*base), show(*each)),
        ExprKind::Call { name, args, expand } => {
            format!("({}{}{})", text(*name), all(tree.ids(*args)), if *expand { " ..." } else { "" })
        }
        ExprKind::Tuple(items) => format!("[{}]", all(tree.ids(*items)).trim_start()),
        ExprKind::Object(items) => {
            let items: Vec<String> = tree
                .items(*items)
                .iter()
                .map(|item| {
                    let bare = if item.bare { "'" } else { "" };
                    format!("{bare}{} = {}", show(item.key), show(item.value))
                })
                .collect();
            format!("{{{}}}", items.join(", "))
        }
        ExprKind::For(id) => {
            let parts = tree.for_expr(*id);
            let key_name = parts.key_name.map_or(String::new(), |name| format!("{} ", text(name)));
            let key = parts.key.map_or(String::new(), |key| format!(" {} =>", show(key)));
            let grouping = if parts.grouping { " ..." } else { "" };
            let condition = parts.condition.map_or(String::new(), |test| format!(" if {}", show(test)));
            let (name, collection) = (text(parts.value_name), show(parts.collection));
            format!("(for {key_name}{name} {collection}{key} {}{grouping}{condition})", show(parts.value))
        }
        ExprKind::Conditional { condition, then, otherwise } => {
            format!("(? {} {} {})", show(*condition), show(*then), show(*otherwise))
        }
        ExprKind::Binary { op, left, right } => format!("({op:?} {} {})", show(*left), show(*right)),
        ExprKind::Unary { op, operand } => format!("({op:?} {})", show(*operand)),
        ExprKind::Parens(inner) => format!("(parens {})", show(*inner)),
    }
}

fn show_parts(tree: &Tree, source: &str, parts: &[Part]) -> String {
    let show = |id| show(tree, source, id);
    let nested = |parts| show_parts(tree, source, parts);
    parts
        .iter()
        .map(|part| match part {
            Part::Raw(span) => format!(" {:?}", tree.text(source, *span)),
            Part::Text { text, .. } => format!(" ~{text:?}"),
            Part::Interpolation(id) => format!(" {}", show(*id)),
            Part::If(part) => {
                let IfPart { condition, then, otherwise } = &**part;
                format!(" (if {} ({}) ({}))", show(*condition), nested(then).trim(), nested(otherwise).trim())
            }
            Part::For(part) => {
                let ForPart { key_name, value_name, collection, body } = &**part;
                let key = key_name.map_or("", |name| tree.text(source, name));
                let value = tree.text(source, *value_name);
                format!(" (for {key} {value} {} ({}))", show(*collection), nested(body).trim())
            }
        })
        .collect()
}

/// The value of the only attribute of a file.
fn show_value(source: &str) -> String {
    let parsed = parse(source);
    assert_eq!(parsed.errors, [], "{source}");
    show(&parsed.tree, source, parsed.tree.body.attributes[0].expr)
}

/// Keywords with labels, and names, at the top of a file.
fn outline(source: &str) -> Vec<String> {
    outline_of(&parse(source), source)
}

fn outline_of(parsed: &Parsed, source: &str) -> Vec<String> {
    let text = |span| parsed.tree.text(source, span);
    let body = &parsed.tree.body;
    let blocks = body.blocks.iter().map(|block| {
        let labels: Vec<&str> = block.labels.iter().map(|label| text(label.text)).collect();
        [&[text(block.keyword)], labels.as_slice()].concat().join(" ")
    });
    body.attributes.iter().map(|attribute| text(attribute.name).to_owned()).chain(blocks).collect()
}
