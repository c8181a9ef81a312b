//! A top-level block of a file, in either syntax.

use super::{Change, Code, Form, json, resolve};
use crate::findings::Edit;
use crate::source::{Site, Span};
use crate::syntax::{doc, hcl};

/// A top-level block.
#[derive(Debug)]
pub(in crate::fixes) struct Block<'c> {
    code: &'c Code,
    pub(in crate::fixes) keyword: String,
    pub(in crate::fixes) labels: Vec<String>,
    /// Native: from the keyword to the last label. JSON: the last label.
    pub(super) header: Span,
    /// With the braces of its body.
    pub(super) span: Span,
    inner: Inner<'c>,
}

#[derive(Debug)]
enum Inner<'c> {
    Native(&'c hcl::Block),
    Json(doc::NodeRef<'c>),
}

impl<'c> Block<'c> {
    pub(super) fn native(code: &'c Code, block: &'c hcl::Block) -> Self {
        let Form::Native(tree) = &code.form else { return Self::nothing(code, block) };
        let text = |span| tree.text(code.text(), span).to_owned();
        Self {
            keyword: text(block.keyword),
            labels: block.labels.iter().map(|label| text(label.text)).collect(),
            ..Self::nothing(code, block)
        }
    }

    fn nothing(code: &'c Code, block: &'c hcl::Block) -> Self {
        Self {
            code,
            keyword: String::new(),
            labels: Vec::new(),
            header: block.header,
            span: block.span,
            inner: Inner::Native(block),
        }
    }

    pub(super) fn all_of_json(code: &'c Code, document: &'c doc::Document) -> Vec<Self> {
        let found = json::blocks(code.text(), document);
        let block = |found: json::Found<'c>| Self {
            code,
            keyword: found.keyword,
            labels: found.labels,
            header: found.header,
            span: found.header.to(found.body.span()),
            inner: Inner::Json(found.body),
        };
        found.into_iter().map(block).collect()
    }

    /// `aws_instance.web`, `data.aws_ami.web`, `module.web`.
    #[must_use]
    pub(in crate::fixes) fn address(&self) -> String {
        let labels = self.labels.join(".");
        match self.keyword.as_str() {
            "resource" => labels,
            "variable" => format!("var.{labels}"),
            keyword => format!("{keyword}.{labels}"),
        }
    }

    #[must_use]
    pub(in crate::fixes) fn is(&self, keyword: &str, first_label: &str) -> bool {
        self.keyword == keyword && self.labels.first().is_some_and(|label| label == first_label)
    }

    pub(super) fn holds(&self, span: Span) -> bool {
        self.span.contains(span)
    }

    pub(super) fn body_holds(&self, span: Span) -> bool {
        match &self.inner {
            Inner::Native(_) => self.span.contains(span),
            Inner::Json(body) => body.span().contains(span),
        }
    }

    #[must_use]
    pub(in crate::fixes) fn site(&self) -> Site {
        Site::new(self.code.file, self.span)
    }

    /// The code of it, as it stands.
    #[must_use]
    pub(in crate::fixes) fn text(&self) -> &'c str {
        self.code.text().get(self.span.range()).unwrap_or("")
    }

    /// Where values at a dotted path stand, with their quotes.
    #[must_use]
    pub(in crate::fixes) fn values(&self, path: &str) -> Vec<Span> {
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                resolve::values(self.code.text(), tree, block, path)
            }
            (Inner::Json(body), _) => json::values(*body, path),
            (Inner::Native(_), Form::Json(_)) => Vec::new(),
        }
    }

    /// The text of the one value at a dotted path, with its quotes.
    #[must_use]
    pub(in crate::fixes) fn value(&self, path: &str) -> Option<&'c str> {
        match self.values(path).as_slice() {
            [span] => self.code.text().get(span.range()),
            _ => None,
        }
    }

    /// The texts of the values at a dotted path, with their quotes.
    #[must_use]
    pub(in crate::fixes) fn texts(&self, path: &str) -> Vec<&'c str> {
        let text = |span: Span| self.code.text().get(span.range());
        self.values(path).into_iter().filter_map(text).collect()
    }

    /// The attributes of the body itself, and where their values stand; in JSON its blocks too.
    #[must_use]
    pub(in crate::fixes) fn attributes(&self) -> Vec<(String, Span)> {
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                let of = |attribute: &hcl::Attribute| {
                    (tree.text(self.code.text(), attribute.name).to_owned(), tree.expr(attribute.expr).span)
                };
                block.body.attributes.iter().map(of).collect()
            }
            (Inner::Json(body), _) => {
                let named = |(key, value): (doc::NodeRef<'_>, doc::NodeRef<'_>)| {
                    Some((key.scalar_text()?.into_owned(), json::whole(value)))
                };
                body.entries().filter_map(named).collect()
            }
            (Inner::Native(_), Form::Json(_)) => Vec::new(),
        }
    }

    /// Whether there is an attribute or a nested block of this name, in the body itself.
    #[must_use]
    pub(in crate::fixes) fn has(&self, name: &str) -> bool {
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                let text = |span| tree.text(self.code.text(), span);
                let is_block = |block: &hcl::Block| {
                    text(block.keyword) == name
                        || text(block.keyword) == "dynamic"
                            && block.labels.first().is_some_and(|label| text(label.text) == name)
                };
                block.body.attributes.iter().any(|attribute| text(attribute.name) == name)
                    || block.body.blocks.iter().any(is_block)
            }
            (Inner::Json(body), _) => !json::values(*body, name).is_empty(),
            (Inner::Native(_), Form::Json(_)) => false,
        }
    }

    /// Whether nested blocks of a name are there only as a `dynamic` one, so that what it iterates over decides whether any are.
    #[must_use]
    pub(in crate::fixes) fn is_dynamic(&self, name: &str) -> bool {
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                let text = |span| tree.text(self.code.text(), span);
                let plain = block.body.blocks.iter().any(|block| text(block.keyword) == name);
                !plain
                    && block.body.blocks.iter().any(|block| {
                        text(block.keyword) == "dynamic"
                            && block.labels.first().is_some_and(|label| text(label.text) == name)
                    })
            }
            (Inner::Json(body), _) => body.get(name).is_none() && !json::values(*body, name).is_empty(),
            (Inner::Native(_), Form::Json(_)) => false,
        }
    }

    /// The attribute of the body itself that a place lies in.
    #[must_use]
    pub(in crate::fixes) fn attribute_at(&self, site: Site) -> Option<String> {
        if site.file != self.code.file {
            return None;
        }
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                let mut attributes = block.body.attributes.iter();
                let found =
                    attributes.find(|attribute| tree.expr(attribute.expr).span.contains(site.span))?;
                Some(tree.text(self.code.text(), found.name).to_owned())
            }
            (Inner::Json(body), _) => {
                let mut entries = body.entries();
                let (key, _) = entries.find(|(_, value)| json::whole(*value).contains(site.span))?;
                Some(key.scalar_text()?.into_owned())
            }
            (Inner::Native(_), Form::Json(_)) => None,
        }
    }

    /// The nested block that a place lies in, as a block of its own: the innermost of this name.
    #[must_use]
    pub(in crate::fixes) fn nested_at(&self, name: &str, site: Site) -> Option<Self> {
        if site.file != self.code.file {
            return None;
        }
        match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                let inner = innermost(self.code.text(), tree, block, name, site.span)?;
                Some(Self::native(self.code, inner))
            }
            (Inner::Json(body), _) => {
                let (key, body) = json::innermost(*body, name, site.span)?;
                Some(Self {
                    code: self.code,
                    keyword: name.to_owned(),
                    labels: Vec::new(),
                    header: key,
                    span: body.span(),
                    inner: Inner::Json(body),
                })
            }
            (Inner::Native(_), Form::Json(_)) => None,
        }
    }

    /// The edits that make changes. None where a path leads through what is neither a block nor an object, so that nobody
    /// can say what to edit; no edits where all of it is so already.
    #[must_use]
    pub(in crate::fixes) fn change(&self, changes: &[Change<'_>]) -> Option<Vec<Edit>> {
        let splices = match (&self.inner, &self.code.form) {
            (Inner::Native(block), Form::Native(tree)) => {
                resolve::splices(self.code.text(), tree, block, changes)?
            }
            (Inner::Json(body), _) => json::splices(self.code.text(), *body, changes)?,
            (Inner::Native(_), Form::Json(_)) => return None,
        };
        Some(self.code.edits(splices))
    }

    /// [`Change::Set`] alone.
    #[must_use]
    pub(in crate::fixes) fn set(&self, path: &str, value: &str) -> Option<Vec<Edit>> {
        self.change(&[Change::Set(path, value)])
    }
}

fn innermost<'t>(
    text: &str,
    tree: &hcl::Tree,
    block: &'t hcl::Block,
    name: &str,
    span: Span,
) -> Option<&'t hcl::Block> {
    let inner = block.body.blocks.iter().find(|inner| inner.span.contains(span))?;
    let deeper = innermost(text, tree, inner, name, span);
    deeper.or_else(|| (tree.text(text, inner.keyword) == name).then_some(inner))
}
