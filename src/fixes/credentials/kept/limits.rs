//! Where a service does not make and keep the password of a database.

use super::super::literal::references;
use super::super::modules::CodeFile;
use super::Set;
use crate::catalog::kept::Managed;
use crate::syntax::hcl::{Block, ExprKind};

impl Set<'_> {
    /// Where the service does not make and keep the password, as a clause.
    pub(super) fn is_excluded(&self, way: &Managed) -> Option<String> {
        let set = way.not_with.iter().find(|(path, start)| {
            let values = match path.split_once('.') {
                Some((block, name)) => {
                    let blocks = self.file.blocks(&self.block.body, block);
                    blocks.filter_map(|block| self.file.attribute(&block.body, name)).collect()
                }
                None => Vec::from_iter(self.file.attribute(&self.block.body, path)),
            };
            values.into_iter().any(|id| match (&self.file.tree.expr(id).kind, self.file.plain(id)) {
                (ExprKind::Null, _) => false,
                (ExprKind::Bool(said), _) => *start == said.to_string(),
                (_, Some(text)) => !text.is_empty() && text.starts_with(start),
                (_, None) => start.is_empty() || *start == "true",
            })
        });
        if let Some((path, _)) = set {
            return Some(format!("`{path}` is set as here"));
        }
        if self.is_of_sql_server() {
            return None;
        }
        let address = self.address();
        way.source_of.iter().find_map(|(type_name, argument)| {
            let mut others =
                self.folder.blocks("resource").filter(|(file, other)| file.label(other, 0) == *type_name);
            let (file, other) = others.find(|(file, other)| self.is_source(file, other, argument))?;
            let name = file.label(other, 1);
            Some(format!("`{type_name}.{name}` is made of `{address}` by `{argument}`"))
        })
    }

    /// Whether another resource names this one by an argument: by its address, or the name that it has in AWS.
    fn is_source(&self, file: &CodeFile, other: &Block, argument: &str) -> bool {
        let Some(id) = file.attribute(&other.body, argument) else { return false };
        let names = ["identifier", "cluster_identifier"];
        let own = names.iter().find_map(|name| self.file.attribute(&self.block.body, name));
        let own = own.and_then(|id| self.file.plain(id));
        match file.plain(id) {
            Some(text) => own.is_some_and(|own| text == own || text.ends_with(&format!(":{own}"))),
            None => {
                let span = file.site(file.tree.expr(id).span);
                references(self.folder, &self.address())
                    .into_iter()
                    .any(|site| site.file == span.file && span.span.contains(site.span))
            }
        }
    }

    pub(super) fn is_of_sql_server(&self) -> bool {
        let engine = self.file.attribute(&self.block.body, "engine").and_then(|id| self.file.plain(id));
        engine.is_some_and(|engine| engine.starts_with("sqlserver"))
    }
}
