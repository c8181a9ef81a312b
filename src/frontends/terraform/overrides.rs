//! What is left of blocks that others override, and what is written in them for Terraform rather than for a provider.
//! <https://developer.hashicorp.com/terraform/language/files/override#merging-behavior>

use super::module::{BlockRef, Module, ModuleFile, find_attribute};
use crate::model::{Entry, Object, Origin, Value};
use crate::syntax::hcl::{Block, Body, ExprKind};
use std::sync::Arc;

/// Of several blocks that declare one thing the last one that writes an argument, or nested blocks, of this name.
pub(super) fn writer<'m>(
    module: &'m Module,
    blocks: &[BlockRef],
    name: &str,
) -> Option<(&'m ModuleFile, &'m Block)> {
    blocks.iter().rev().map(|at| module.block(*at)).find(|(file, block)| {
        find_attribute(file, &block.body, name).is_some()
            || block.body.blocks.iter().any(|nested| block_type(file, nested) == name)
    })
}

/// Whether anything stands at a dotted path in blocks that declare one thing. What an argument or a `dynamic` block comes to
/// is not looked into.
pub(super) fn is_written(module: &Module, blocks: &[BlockRef], path: &str) -> bool {
    fn within(file: &ModuleFile, body: &Body, path: &str) -> bool {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        find_attribute(file, body, name).is_some()
            || body.blocks.iter().filter(|nested| block_type(file, nested) == name).any(|nested| {
                rest.is_none_or(|rest| is_dynamic(file, nested) || within(file, &nested.body, rest))
            })
    }
    blocks.iter().map(|at| module.block(*at)).any(|(file, block)| within(file, &block.body, path))
}

/// What the provider is told to leave as it is, as written: `all`, or paths. Each argument of `lifecycle` is
/// overridden by itself.
pub(super) fn lifecycle(module: &Module, blocks: &[BlockRef]) -> Option<Entry> {
    blocks.iter().rev().map(|at| module.block(*at)).find_map(|(file, block)| {
        let nested = block.body.blocks.iter().find(|nested| file.text(nested.keyword) == "lifecycle")?;
        let expr = find_attribute(file, &nested.body, "ignore_changes")?;
        let site = |expr| Some(file.site(file.tree.expr(expr).span));
        let written = |expr| {
            let text = file.text(file.tree.expr(expr).span);
            Value {
                origin: site(expr).map_or(Origin::None, Origin::Literal),
                ..Value::string(unquoted(text))
            }
        };
        let value = match file.tree.expr(expr).kind {
            ExprKind::Tuple(items) => Value::list(file.tree.ids(items).iter().map(|item| written(*item))),
            _ => written(expr),
        };
        let ignored = Entry { site: site(expr), ..Entry::new("ignore_changes", value) };
        Some(Entry {
            key: Arc::from("lifecycle"),
            key_site: Some(file.site(nested.header)),
            site: Some(file.site(nested.span)),
            value: Value::list([Value::object(Object::new(vec![ignored]))]),
        })
    })
}

pub(super) fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('"')
}

/// The type of a nested block; of a `dynamic` block that of the blocks which it makes.
pub(super) fn block_type<'f>(file: &'f ModuleFile, block: &Block) -> &'f str {
    let keyword = file.text(block.keyword);
    match (keyword, block.labels.first()) {
        ("dynamic", Some(label)) => file.text(label.text),
        _ => keyword,
    }
}

pub(super) fn is_dynamic(file: &ModuleFile, block: &Block) -> bool {
    file.text(block.keyword) == "dynamic" && !block.labels.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::catalog::{Breadth, Interest};
    use crate::frontends::terraform::given::NoFiles;
    use crate::frontends::terraform::{FolderFiles, Inputs, Module, ModuleFile, Options, Program, evaluate};
    use crate::model::Value;
    use crate::source::{SourceFile, Sources};
    use crate::syntax::hcl;
    use std::collections::BTreeSet;

    /// What the first resource of these files says at a path.
    fn said(files: &[(&str, &str)], path: &str) -> Vec<Value> {
        let sources = Sources::default();
        let mut configuration = Vec::new();
        for (name, text) in files {
            let source = SourceFile::new((*name).to_owned(), (*name).to_owned(), (*text).to_owned(), false);
            let (id, source) = sources.add(source);
            let parse = if name.ends_with(".json") { hcl::parse_json } else { hcl::parse };
            let tree = parse(source.text()).tree.into();
            configuration.push(ModuleFile { id, source, tree });
        }
        let mut program = Program::default();
        program.add(Module::new(String::new(), FolderFiles { configuration, ..FolderFiles::default() }));
        let (traced, inputs) = (BTreeSet::new(), Inputs::default());
        let asked = Interest::new(Breadth::Whole, std::iter::empty());
        let options = Options {
            traced: &traced,
            sources: &sources,
            inputs: &inputs,
            asked: Some(&asked),
            spot: None,
            only_told: false,
        };
        let roots: Vec<&Module> = program.module("").into_iter().collect();
        let evaluated = evaluate(&program, &roots, &NoFiles, &options, |evaluated| evaluated);
        let body = &evaluated[0].unit.resources[0].body;
        body.entries_at(path).iter().map(|entry| entry.value.clone()).collect()
    }

    fn texts(files: &[(&str, &str)]) -> Vec<String> {
        let values = said(files, "lifecycle.ignore_changes");
        let one = |value: &Value| value.as_str().map(str::to_owned);
        values
            .iter()
            .flat_map(|value| {
                value.as_list().map_or(vec![one(value)], |items| items.iter().map(one).collect())
            })
            .flatten()
            .collect()
    }

    #[test]
    fn what_is_left_as_it_is_is_told() {
        let with = |ignored: &str| {
            format!("resource \"a\" \"b\" {{\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n")
        };
        assert_eq!(
            texts(&[("main.tf", &with("[ami, metadata_options[0].http_tokens]"))]),
            ["ami", "metadata_options[0].http_tokens"]
        );
        assert_eq!(texts(&[("main.tf", &with("all"))]), ["all"]);
        assert_eq!(texts(&[("main.tf", &with("[\"ami\"]"))]), ["ami"]);
        let over = "resource \"a\" \"b\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n";
        assert_eq!(texts(&[("main.tf", &with("[ami]")), ("override.tf", over)]), ["ami"]);
        assert_eq!(texts(&[("main.tf", &with("[ami]")), ("override.tf", &with("[tags]"))]), ["tags"]);
        let json =
            "{\"resource\": {\"a\": {\"b\": {\"lifecycle\": {\"ignore_changes\": [\"ami\", \"tags\"]}}}}}";
        assert_eq!(texts(&[("main.tf.json", json)]), ["ami", "tags"]);
        assert!(said(&[("main.tf", "resource \"a\" \"b\" {}\n")], "lifecycle").is_empty());
    }
}
