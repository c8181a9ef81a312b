//! Passwords that AWS keeps in place of the code, and secrets that are handed over without staying in the state.

mod limits;

use super::literal::{self, references};
use super::modules::{CodeFile, Folder, Modules};
use super::versions::{self, Need, Version};
use super::{Draft, Order, listed, spliced};
use crate::catalog::kept::{self, WriteOnly};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::hcl::ignores;
use crate::source::{Site, Span};
use crate::syntax::hcl::{Block, ExprId, ExprKind};

/// An attribute of a resource as it is written.
#[derive(Clone, Copy)]
struct Set<'m> {
    ailing: Ailing<'m>,
    modules: &'m Modules,
    folder: &'m Folder,
    file: &'m CodeFile,
    block: &'m Block,
    name: &'m str,
    key: Span,
    value: ExprId,
}

pub(super) fn propose(ailing: Ailing<'_>, modules: &Modules) -> Vec<Fix> {
    let Some(set) = Set::of(ailing, modules) else { return Vec::new() };
    let mut fixes: Vec<Fix> = [set.managed(), set.write_only()].into_iter().flatten().collect();
    fixes.sort_by_key(|fix| fix.safety == Safety::Display);
    fixes
}

/// For a secret that stands in the code, which a write-only argument would not take out of it.
pub(super) fn managed_alone(ailing: Ailing<'_>, modules: &Modules) -> Option<Fix> {
    Set::of(ailing, modules)?.managed()
}

impl<'m> Set<'m> {
    fn of(ailing: Ailing<'m>, modules: &'m Modules) -> Option<Self> {
        let header = &ailing.subject.header;
        let site = header.chain.last().map_or(header.site, |last| last.site);
        let source = ailing.file(site.file)?;
        let folder = modules.of_file(&source)?;
        let (file, block) = folder.at(site)?;
        if file.text(block.keyword) != "resource" {
            return None;
        }
        let holds = |id: ExprId| file.holds(file.tree.expr(id).span, site);
        let attribute = block.body.attributes.iter().find(|attribute| holds(attribute.expr))?;
        let name = file.text(attribute.name);
        let is_it = header.attribute.split('.').next() == Some(name);
        let (key, value) = (attribute.name, attribute.expr);
        is_it.then_some(Self { ailing, modules, folder, file, block, name, key, value })
    }

    fn type_name(&self) -> &'m str {
        self.file.label(self.block, 0)
    }

    fn site(&self) -> Site {
        self.file.site(self.block.header)
    }

    fn address(&self) -> String {
        format!("{}.{}", self.type_name(), self.file.label(self.block, 1))
    }

    /// Says what is needed of a version where an older one may run. False where an older one runs.
    fn has(&self, draft: &mut Draft, product: &str, since: Version) -> bool {
        let need = match product {
            "terraform" => versions::terraform_for(self.modules, self.folder, since),
            provider => versions::provider_for(self.modules, self.folder, provider, since),
        };
        match need {
            Need::Nothing => true,
            Need::Said(what) => {
                draft.say(what);
                true
            }
            Need::Unmet(why) => {
                draft.say(why);
                false
            }
        }
    }

    /// Where the code reads what is to be no more, of any instance: `.name`, `[0].name`, `[*].name`.
    fn reads(&self, name: &str) -> Vec<Site> {
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
        let reads = |site: &Site| {
            let source = self.ailing.sources.get(site.file);
            let rest = source.text().get(site.span.end as usize..).unwrap_or_default();
            // `values(aws_db_instance.all)[*].name`
            let rest = rest.trim_start_matches(')');
            let rest = match rest.strip_prefix('[') {
                Some(index) => index.split_once(']').map_or("", |(_, rest)| rest),
                None => rest.strip_prefix(".*").unwrap_or(rest),
            };
            let rest = rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(name));
            rest.is_some_and(|rest| !rest.starts_with(is_part))
        };
        references(self.folder, &self.address()).into_iter().filter(reads).collect()
    }

    /// Says who reads the attribute, which has no value then. True where somebody does.
    fn is_read(&self, draft: &mut Draft) -> bool {
        let reads = self.reads(self.name);
        let Some(first) = reads.first() else { return false };
        let file = self.ailing.sources.get(first.file);
        let line = file.position(first.span.start).line;
        draft.say(format!(
            "{}:{line} reads `{}`, which has no value then: change that first",
            file.path, self.name
        ));
        true
    }

    fn managed(&self) -> Option<Fix> {
        let way = kept::managed(self.type_name(), self.name)?;
        let because = format!(
            "`{}` is set in place, but the service makes a new password, keeps it in Secrets Manager and forgets the one of \
             today",
            way.switch
        );
        let mut draft = Draft::new("let AWS make and keep the password".to_owned(), Effect::OneWay, because);
        draft.lower(
            Safety::Unsafe,
            "whoever connects with today's password has to read it from Secrets Manager first",
        );
        if let Some(why) = self.is_excluded(way) {
            draft.notes = vec![format!("the service does not keep the password where {why}")];
            return Some(draft.shown());
        }
        if way.since.is_some_and(|since| !self.has(&mut draft, "aws", since)) {
            return Some(draft.shown());
        }
        if self.is_read(&mut draft) {
            return Some(draft.shown());
        }
        let version = format!("{}_version", self.name);
        let known = self.file.attribute(&self.block.body, way.switch);
        let is_decided = known
            .is_some_and(|id| !matches!(self.file.tree.expr(id).kind, ExprKind::Null | ExprKind::Bool(_)));
        if is_decided {
            draft.say(format!("`{}` is decided elsewhere: let it be true, and give no password", way.switch));
            return Some(draft.shown());
        }
        let Some(value) = self.where_set("true") else { return Some(draft.shown()) };
        let mut orders = match known {
            Some(_) => vec![Order::set(way.switch, &value), Order::Remove(self.name.to_owned())],
            None => vec![substitute(self.name, way.switch, &value)],
        };
        if self.file.attribute(&self.block.body, &version).is_some() {
            orders.push(Order::Remove(version));
        }
        draft.edit(self.site(), orders);
        self.take_out_literal(&mut draft)?;
        self.say_unused(&mut draft);
        if !way.beside.is_empty() && !self.is_of_sql_server() {
            draft.say(way.beside);
        }
        draft.done(&self.ailing)
    }

    /// A value that is set where the secret is: on the same condition. None where that cannot be written down.
    fn where_set(&self, value: &str) -> Option<String> {
        let tree = &self.file.tree;
        let ExprKind::Conditional { then, otherwise, .. } = &tree.expr(self.value).kind else {
            return Some(value.to_owned());
        };
        let is_null = |id: &ExprId| matches!(tree.expr(*id).kind, ExprKind::Null);
        let set = match (is_null(then), is_null(otherwise)) {
            (false, false) => return Some(value.to_owned()),
            (true, true) => return None,
            (true, false) => otherwise,
            (false, true) => then,
        };
        let is_json = self.file.source.path.ends_with(".json");
        let set = (tree.expr(*set).span, value.to_owned());
        (!is_json).then(|| spliced(self.file, self.value, vec![set]))
    }

    /// A literal that stands elsewhere would only be one without a use.
    fn take_out_literal(&self, draft: &mut Draft) -> Option<()> {
        if self.ailing.code() != "SEC01" {
            return Some(());
        }
        let literal = self.ailing.origin();
        let own = self.file.site(self.file.tree.expr(self.value).span);
        if literal.file != own.file || !own.span.contains(literal.span) {
            literal::take_out(draft, (&self.ailing, self.modules), literal, &[own])?;
        }
        draft.say("the password that stood in the code stays in its history");
        Some(())
    }

    /// Names what the value was made of, if it is the only use of it.
    fn say_unused(&self, draft: &mut Draft) {
        let own = self.file.site(self.file.tree.expr(self.value).span);
        let mut unused = Vec::new();
        for name in self.mentioned() {
            let others = references(self.folder, &name).into_iter().any(|site| {
                let is_own = site.file == own.file && own.span.contains(site.span);
                !is_own && !self.declares(&name, site)
            });
            if !others {
                unused.push(format!("`{name}`"));
            }
        }
        if !unused.is_empty() && self.ailing.code() != "SEC01" {
            let needs = if unused.len() > 1 { "are" } else { "is" };
            draft.say(format!("{} {needs} needed by nothing more", listed(unused.into_iter())));
        }
    }

    /// Whether a place is in the declaration of what is referred to: its validation, say.
    fn declares(&self, name: &str, site: Site) -> bool {
        self.folder.at(site).is_some_and(|(file, block)| {
            let labels: Vec<&str> = block.labels.iter().map(|label| file.text(label.text)).collect();
            file.text(block.keyword) == "variable" && name == format!("var.{}", labels.join("."))
        })
    }

    /// What the value refers to: `var.password`, `random_password.db`, `data.aws_secretsmanager_secret_version.db`.
    fn mentioned(&self) -> Vec<String> {
        let mut found: Vec<String> = self.chains().into_iter().map(|(names, _)| names.join(".")).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The names of each reference, as many as name something, with the span of the first.
    fn chains(&self) -> Vec<(Vec<&'m str>, Span)> {
        let tree = &self.file.tree;
        let whole = tree.expr(self.value).span;
        let mut chains: Vec<(Vec<&str>, Span, Span)> = Vec::new();
        for expr in tree.exprs().filter(|expr| whole.contains(expr.span)) {
            let mut names = Vec::new();
            let mut at = expr;
            let root = loop {
                match &at.kind {
                    ExprKind::Attr { base, name } => {
                        names.insert(0, self.file.text(*name));
                        at = tree.expr(*base);
                    }
                    ExprKind::Index { base, .. } => at = tree.expr(*base),
                    ExprKind::Name(span) => break Some(*span),
                    _ => break None,
                }
            };
            let Some(root) = root.filter(|_| !names.is_empty()) else { continue };
            names.insert(0, self.file.text(root));
            let known = match names.first() {
                Some(&("var" | "local" | "module")) => 2,
                Some(&("data" | "ephemeral")) => 3,
                Some(&("each" | "count" | "path" | "self")) => continue,
                _ => 2,
            };
            if names.len() >= known && chains.iter().all(|(_, span, _)| *span != root) {
                names.truncate(known);
                chains.push((names, root, expr.span));
            }
        }
        chains.into_iter().map(|(names, root, _)| (names, root)).collect()
    }

    fn write_only(&self) -> Option<Fix> {
        let way = kept::instead_of(self.type_name(), self.name)?;
        let target = format!("{}_wo", way.secret);
        let (effect, mut because) = self.effect_of(way);
        let title = format!("hand it over by `{target}`, which the state does not keep");
        let moved = self.moved()?;
        // Made out of sight, in a local, it would be kept all the same.
        if self.is_generated() && !moved.iter().any(|one| one.name.starts_with("random_")) {
            return None;
        }
        let effect = if !self.is_generated() {
            effect
        } else {
            because.push_str(", with a new value: an ephemeral one is made anew");
            Effect::OneWay
        };
        let mut draft = Draft::new(title, effect, because);
        draft
            .lower(Safety::Unsafe, format!("it is only set again when `{target}_version` is another number"));
        let mut needed = vec![("terraform", kept::WRITE_ONLY_SINCE), ("aws", way.since)];
        needed.extend(self.is_generated().then_some(("random", kept::EPHEMERAL_RANDOM_SINCE)));
        // Each is asked for, so that all that is missing is said at once.
        let has = needed.into_iter().map(|(product, since)| self.has(&mut draft, product, since));
        let lacking = has.filter(|has| !has).count();
        if lacking > 0 {
            return Some(draft.shown());
        }
        if self.is_read(&mut draft) {
            return Some(draft.shown());
        }
        if self.is_ignored() {
            draft.say(format!(
                "`ignore_changes` names `{}`: what is set today is somebody else's, and would be set anew",
                self.name
            ));
            return Some(draft.shown());
        }
        if self.file.source.path.ends_with(".json") && !moved.is_empty() {
            draft.say(self.by_hand(&moved));
            return Some(draft.shown());
        }
        let version = format!("{target}_version");
        // The provider refuses one without the other.
        let Some(number) = self.where_set("1") else { return Some(draft.shown()) };
        if self.file.source.path.ends_with(".json") {
            draft.replace(&self.ailing, self.file.site(self.key), target.as_str())?;
            draft.edit(self.site(), [Order::set(&version, &number)]);
        } else {
            let edits = moved
                .iter()
                .flat_map(|one| one.references.iter().map(|place| (*place, one.prefix.to_owned())));
            let value = spliced(self.file, self.value, edits.collect());
            draft.edit(self.site(), [substitute(self.name, &target, &value), Order::set(&version, &number)]);
        }
        for source in &moved {
            draft.replace(&self.ailing, source.keyword, "ephemeral")?;
        }
        draft.done(&self.ailing)
    }

    fn effect_of(&self, way: &WriteOnly) -> (Effect, String) {
        if way.replaces {
            let because = format!(
                "leaving `{}` makes a new version of the secret, which becomes the current one; the secret stays",
                way.secret
            );
            (Effect::Replacement, because)
        } else {
            (Effect::InPlace, format!("`{}_wo` is set in place", way.secret))
        }
    }

    fn is_generated(&self) -> bool {
        self.ailing.case == "generated"
    }

    /// Whether Terraform leaves the attribute as it finds it.
    fn is_ignored(&self) -> bool {
        self.file.blocks(&self.block.body, "lifecycle").any(|lifecycle| {
            let ignored = self.file.attribute(&lifecycle.body, "ignore_changes");
            ignored.is_some_and(|id| ignores(self.file.text(self.file.tree.expr(id).span), self.name))
        })
    }

    /// What is made or fetched for this value alone, and can be so without being kept. None where it is generated and has to
    /// stay as it is.
    fn moved(&self) -> Option<Vec<Moved>> {
        let own = self.file.site(self.file.tree.expr(self.value).span);
        let mut moved: Vec<Moved> = Vec::new();
        let mut names = self.mentioned();
        names.retain(|name| {
            name.starts_with("random_") || name.starts_with("data.aws_secretsmanager_secret_version.")
        });
        for name in names {
            let is_made = name.starts_with("random_");
            let one = self.one_moved(&name, own);
            match one {
                Some(one) => moved.push(one),
                // Nothing else makes it without keeping it, and others need the same value.
                None if is_made => return None,
                None => {}
            }
        }
        Some(moved)
    }

    fn one_moved(&self, name: &str, own: Site) -> Option<Moved> {
        let parts: Vec<&str> = name.split('.').collect();
        let (keyword, labels, prefix): (&str, &[&str], &'static str) = match parts.as_slice() {
            ["random_password", _] => ("resource", &parts, "ephemeral."),
            ["data", labels @ ..] => ("data", labels, "ephemeral"),
            _ => return None,
        };
        let (file, block) = self.folder.named(keyword, labels)?;
        let has_more = ["keepers", "provider"].iter().any(|name| file.attribute(&block.body, name).is_some());
        let outside = |site: &Site| site.file != own.file || !own.span.contains(site.span);
        if has_more || !block.body.blocks.is_empty() || references(self.folder, name).iter().any(outside) {
            return None;
        }
        let references = self
            .chains()
            .into_iter()
            .filter(|(names, _)| names.join(".") == name)
            .map(|(_, root)| if keyword == "data" { root } else { Span { end: root.start, ..root } })
            .collect();
        Some(Moved { name: name.to_owned(), keyword: file.site(block.keyword), references, prefix })
    }

    fn by_hand(&self, moved: &[Moved]) -> String {
        let names = listed(moved.iter().map(|one| format!("`{}`", one.name)));
        format!(
            "make {names} an `ephemeral` block, name `{}_wo` and set `{}_wo_version` to 1",
            self.name, self.name
        )
    }
}

fn substitute(name: &str, other: &str, value: &str) -> Order {
    Order::Substitute(name.to_owned(), other.to_owned(), value.to_owned())
}

/// A block that becomes an ephemeral one.
struct Moved {
    name: String,
    keyword: Site,
    /// The place in each reference to it where the prefix has to stand.
    references: Vec<Span>,
    prefix: &'static str,
}
