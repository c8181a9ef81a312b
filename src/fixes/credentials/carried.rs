//! What a value that is not to be shown is carried into, as Terraform marks values: expressions keep the mark, the elements
//! of a collection have their own, computed attributes have none. Verified with Terraform 1.11
//! (`terraform plan` of each form); where a form is not known it counts as marked.

use super::modules::{Callee, CodeFile, Folder, Modules};
use crate::syntax::hcl::{Block, Body, ExprId, ExprKind, ForId, List, ObjectItem, Part};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// How much of a value is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Carried {
    Nothing,
    /// Something in a collection, not the collection.
    Inside,
    Whole,
}

use Carried::{Inside, Nothing, Whole};

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
enum Step<'m> {
    Key(&'m str),
    Any,
}

/// A module as one call of it has it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, 'm> {
    pub(super) folder: &'m Folder,
    given: Option<(&'s Scope<'s, 'm>, &'m CodeFile, &'m Block)>,
    depth: u32,
}

impl<'s, 'm> Scope<'s, 'm> {
    pub(super) fn root(folder: &'m Folder) -> Self {
        Self { folder, given: None, depth: 0 }
    }

    fn called(&'s self, folder: &'m Folder, file: &'m CodeFile, call: &'m Block) -> Scope<'s, 'm> {
        Scope { folder, given: Some((self, file, call)), depth: self.depth + 1 }
    }
}

#[derive(Clone, Copy)]
struct At<'m> {
    file: &'m CodeFile,
    id: ExprId,
}

/// A name that stands for elements of a collection, which is read under the names outside.
struct Names<'n, 'm> {
    name: &'m str,
    of: At<'m>,
    /// `each` and iterators of dynamic blocks: the element is their `value`.
    has_value: bool,
    outer: Option<&'n Names<'n, 'm>>,
}

/// More nesting and more steps than code of people has.
const DEPTH: u32 = 24;
const STEPS: u32 = 200_000;

pub(super) struct Reading<'m> {
    modules: &'m Modules,
    /// The variable that is to be marked, and the path of its module.
    seed: (&'m str, &'m str),
    steps: Cell<u32>,
    nested: Cell<u32>,
    /// Calls of modules that are not here and are given what is marked.
    pub(super) handed_out: RefCell<BTreeSet<String>>,
}

impl<'m> Reading<'m> {
    pub(super) fn new(modules: &'m Modules, folder: &'m str, variable: &'m str) -> Self {
        Self {
            modules,
            seed: (folder, variable),
            steps: Cell::new(0),
            nested: Cell::new(0),
            handed_out: RefCell::default(),
        }
    }

    /// Calls of modules below a scope.
    pub(super) fn each_scope(&self, scope: &Scope<'_, 'm>, see: &mut dyn FnMut(&Scope<'_, 'm>)) {
        see(scope);
        if scope.depth >= DEPTH {
            return;
        }
        for (file, call) in scope.folder.blocks("module") {
            match self.modules.callee(scope.folder, file, call) {
                Callee::Here(folder) => self.each_scope(&scope.called(folder, file, call), see),
                Callee::Elsewhere => {
                    let each = each_of(file, call);
                    let given = call.body.attributes.iter().any(|given| {
                        self.carried(scope, each.as_ref(), At { file, id: given.expr }, &[]) > Nothing
                    });
                    if given {
                        self.handed_out.borrow_mut().insert(file.label(call, 0).to_owned());
                    }
                }
            }
        }
    }

    /// What an argument of a block carries.
    pub(super) fn argument(&self, scope: &Scope<'_, 'm>, file: &'m CodeFile, id: ExprId) -> Carried {
        self.carried(scope, None, At { file, id }, &[])
    }

    /// What an argument of a nested block carries, which may use the names of the blocks around it.
    pub(super) fn dynamic(
        &self,
        scope: &Scope<'_, 'm>,
        (file, resource): (&'m CodeFile, &'m Block),
        id: ExprId,
    ) -> Carried {
        self.carried(scope, each_of(file, resource).as_ref(), At { file, id }, &[])
    }

    fn carried(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        at: At<'m>,
        path: &[Step<'m>],
    ) -> Carried {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > STEPS || self.nested.get() > 200 {
            return Whole;
        }
        self.nested.set(self.nested.get() + 1);
        let carried = self.of_kind(scope, names, at, path);
        self.nested.set(self.nested.get() - 1);
        carried
    }

    fn of_kind(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        at: At<'m>,
        path: &[Step<'m>],
    ) -> Carried {
        let file = at.file;
        let of = |id: ExprId, path: &[Step<'m>]| self.carried(scope, names, At { file, id }, path);
        let any = |ids: &[ExprId]| whole_if(ids.iter().any(|id| of(*id, &[]) > Nothing));
        match &file.tree.expr(at.id).kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number | ExprKind::Plain(_) => Nothing,
            ExprKind::Template(list) => match file.tree.parts(*list) {
                [Part::Interpolation(only)] => of(*only, path),
                parts => whole_if(self.in_parts(scope, names, file, parts)),
            },
            ExprKind::Name(span) => self.named(scope, names, file.text(*span), path),
            ExprKind::SplatItem => names.map_or(Nothing, |item| {
                self.carried(scope, item.outer, item.of, &[&[Step::Any], path].concat())
            }),
            ExprKind::Attr { base, name } => of(*base, &[&[Step::Key(file.text(*name))], path].concat()),
            ExprKind::Index { base, key } => {
                let step = match file.tree.expr(*key).kind {
                    ExprKind::Plain(span) => Step::Key(file.text(span)),
                    ExprKind::Number => Step::Key(file.text(file.tree.expr(*key).span)),
                    _ => Step::Any,
                };
                whole_if(of(*key, &[]) > Nothing).max(of(*base, &[&[step], path].concat()))
            }
            ExprKind::Splat { base, each, .. } => {
                let item = Names { name: "", of: At { file, id: *base }, has_value: false, outer: names };
                let rest = path.get(1..).unwrap_or_default();
                let carried = self.carried(scope, Some(&item), At { file, id: *each }, rest);
                element(carried, path)
            }
            ExprKind::Call { name, args, .. } => {
                self.call(scope, names, (file, file.text(*name), file.tree.ids(*args)), path)
            }
            ExprKind::Tuple(list) => match path {
                [Step::Key(key), rest @ ..] if key.parse::<usize>().is_ok() => {
                    let at = key.parse::<usize>().unwrap_or_default();
                    file.tree.ids(*list).get(at).map_or(Nothing, |id| of(*id, rest))
                }
                path => {
                    let rest = path.get(1..).unwrap_or_default();
                    let items = file.tree.ids(*list).iter().map(|id| of(*id, rest));
                    element(items.max().unwrap_or(Nothing), path)
                }
            },
            ExprKind::Object(list) => self.object(scope, names, (file, *list), path),
            ExprKind::For(id) => self.looped(scope, names, (file, *id), path),
            ExprKind::Conditional { condition, then, otherwise } => {
                any(&[*condition]).max(of(*then, path)).max(of(*otherwise, path))
            }
            ExprKind::Binary { left, right, .. } => any(&[*left, *right]),
            ExprKind::Unary { operand, .. } => any(&[*operand]),
            ExprKind::Parens(inner) => of(*inner, path),
        }
    }

    fn object(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        (file, list): (&'m CodeFile, List),
        path: &[Step<'m>],
    ) -> Carried {
        let of = |id: ExprId, path: &[Step<'m>]| self.carried(scope, names, At { file, id }, path);
        let items = file.tree.items(list);
        let rest = path.get(1..).unwrap_or_default();
        if let [Step::Key(wanted), ..] = path {
            let is_known = |item: &&ObjectItem| file.plain(item.key).is_some();
            let named = items.iter().rev().find(|item| file.plain(item.key) == Some(*wanted));
            match named {
                Some(item) => return of(item.value, rest),
                None if items.iter().all(|item| is_known(&item)) => return Nothing,
                None => {}
            }
        }
        let keys = items.iter().any(|item| !item.bare && of(item.key, &[]) > Nothing);
        let values = items.iter().map(|item| of(item.value, rest)).max().unwrap_or(Nothing);
        whole_if(keys).max(element(values, path))
    }

    fn looped(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        (file, id): (&'m CodeFile, ForId),
        path: &[Step<'m>],
    ) -> Carried {
        let each = file.tree.for_expr(id);
        let of = At { file, id: each.collection };
        if self.carried(scope, names, of, &[]) == Whole {
            return Whole;
        }
        let inner = Names { name: file.text(each.value_name), of, has_value: false, outer: names };
        let decides = each.key.into_iter().chain(each.condition);
        let decided =
            decides.map(|id| self.carried(scope, Some(&inner), At { file, id }, &[])).any(|c| c > Nothing);
        let rest = path.get(1..).unwrap_or_default();
        let value = self.carried(scope, Some(&inner), At { file, id: each.value }, rest);
        whole_if(decided).max(element(value, path))
    }

    fn in_parts(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        file: &'m CodeFile,
        parts: &'m [Part],
    ) -> bool {
        let of = |id: ExprId| self.carried(scope, names, At { file, id }, &[]) > Nothing;
        let inside = |parts: &'m [Part]| self.in_parts(scope, names, file, parts);
        parts.iter().any(|part| match part {
            Part::Raw(_) | Part::Text { .. } => false,
            Part::Interpolation(id) => of(*id),
            Part::If(part) => of(part.condition) || inside(&part.then) || inside(&part.otherwise),
            Part::For(part) => {
                let of_item = At { file, id: part.collection };
                let inner =
                    Names { name: file.text(part.value_name), of: of_item, has_value: false, outer: names };
                of(part.collection) || self.in_parts(scope, Some(&inner), file, &part.body)
            }
        })
    }

    /// A reference.
    fn named(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        name: &'m str,
        path: &[Step<'m>],
    ) -> Carried {
        let mut known = names;
        while let Some(item) = known {
            if item.name == name {
                let path = match path {
                    [Step::Key("value"), rest @ ..] if item.has_value => rest,
                    _ if item.has_value => return Nothing,
                    path => path,
                };
                return self.carried(scope, item.outer, item.of, &[&[Step::Any], path].concat());
            }
            known = item.outer;
        }
        match (name, path) {
            ("var", [Step::Key(name), rest @ ..]) => self.variable(scope, name, rest),
            ("local", [Step::Key(name), rest @ ..]) => {
                let local = |(file, block): (&'m CodeFile, &'m Block)| {
                    file.attribute(&block.body, name).map(|id| At { file, id })
                };
                let local = scope.folder.blocks("locals").find_map(local);
                local.map_or(Nothing, |at| self.carried(scope, None, at, rest))
            }
            ("module", [Step::Key(name), rest @ ..]) => {
                let call = scope.folder.named("module", &[name]);
                call.map_or(Nothing, |(file, call)| self.output(scope, (file, call), rest))
            }
            ("data" | "ephemeral", [Step::Key(kind), Step::Key(label), rest @ ..]) => {
                self.resource(scope, (name, kind, label), rest)
            }
            ("each" | "count" | "path" | "terraform" | "self", _) => Nothing,
            (kind, [Step::Key(label), rest @ ..]) => self.resource(scope, ("resource", kind, label), rest),
            _ => Nothing,
        }
    }

    fn variable(&self, scope: &Scope<'_, 'm>, name: &'m str, path: &[Step<'m>]) -> Carried {
        if self.seed == (scope.folder.path.as_str(), name) {
            return Whole;
        }
        let Some((outside, file, call)) = scope.given else { return Nothing };
        let declared = scope.folder.named("variable", &[name]);
        // What is marked already shows nothing that it did not show before.
        if declared.is_some_and(|(file, block)| file.says_true(&block.body, "sensitive")) {
            return Nothing;
        }
        let each = each_of(file, call);
        let given = file.attribute(&call.body, name).map(|id| At { file, id });
        given.map_or(Nothing, |at| self.carried(outside, each.as_ref(), at, path))
    }

    fn output(
        &self,
        scope: &Scope<'_, 'm>,
        (file, call): (&'m CodeFile, &'m Block),
        path: &[Step<'m>],
    ) -> Carried {
        let Callee::Here(folder) = self.modules.callee(scope.folder, file, call) else { return Nothing };
        if scope.depth >= DEPTH {
            return Whole;
        }
        let inner = scope.called(folder, file, call);
        let path = if has_instances(file, &call.body) { path.get(1..).unwrap_or_default() } else { path };
        let of = |(file, output): (&'m CodeFile, &'m Block), path: &[Step<'m>]| {
            if file.says_true(&output.body, "sensitive") {
                return Nothing;
            }
            let value = file.attribute(&output.body, "value").map(|id| At { file, id });
            value.map_or(Nothing, |at| self.carried(&inner, None, at, path))
        };
        match path {
            [Step::Key(name), rest @ ..] => {
                folder.named("output", &[name]).map_or(Nothing, |output| of(output, rest))
            }
            _ => {
                let outputs = folder.blocks("output").map(|output| of(output, &[]));
                element(outputs.max().unwrap_or(Nothing), &[])
            }
        }
    }

    fn resource(
        &self,
        scope: &Scope<'_, 'm>,
        (keyword, kind, label): (&'m str, &'m str, &'m str),
        path: &[Step<'m>],
    ) -> Carried {
        let Some((file, block)) = scope.folder.named(keyword, &[kind, label]) else { return Nothing };
        let path = if has_instances(file, &block.body) { path.get(1..).unwrap_or_default() } else { path };
        let each = each_of(file, block);
        self.body(scope, each.as_ref(), (file, &block.body), path)
    }

    /// A part of what a block sets; what it computes is not marked.
    fn body(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        (file, body): (&'m CodeFile, &'m Body),
        path: &[Step<'m>],
    ) -> Carried {
        let blocks = |name: Option<&str>, path: &[Step<'m>]| {
            let of = |block: &'m Block| match file.text(block.keyword) {
                "lifecycle" | "provisioner" | "connection" => Nothing,
                "dynamic" if name.is_none_or(|name| file.label(block, 0) == name) => {
                    self.in_dynamic(scope, names, (file, block), path)
                }
                keyword if name.is_none_or(|name| keyword == name) => {
                    self.body(scope, names, (file, &block.body), path)
                }
                _ => Nothing,
            };
            body.blocks.iter().map(of).max().unwrap_or(Nothing)
        };
        match path {
            [Step::Key(name), rest @ ..] => {
                let own = file.attribute(body, name).map(|id| At { file, id });
                let own = own.map_or(Nothing, |at| self.carried(scope, names, at, rest));
                let is_index = |step: &Step<'_>| match step {
                    Step::Any => true,
                    Step::Key(key) => key.bytes().all(|byte| byte.is_ascii_digit()),
                };
                let skipped = rest.iter().take_while(|step| is_index(step)).count();
                own.max(element(blocks(Some(name), rest.get(skipped..).unwrap_or_default()), rest))
            }
            _ => {
                let meta = ["for_each", "count", "depends_on", "provider"];
                let set = body.attributes.iter().filter(|set| !meta.contains(&file.text(set.name)));
                let own = set.map(|set| self.carried(scope, names, At { file, id: set.expr }, &[]));
                element(own.max().unwrap_or(Nothing).max(blocks(None, &[])), &[])
            }
        }
    }

    fn in_dynamic(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        (file, block): (&'m CodeFile, &'m Block),
        path: &[Step<'m>],
    ) -> Carried {
        let Some(id) = file.attribute(&block.body, "for_each") else { return Nothing };
        let of = At { file, id };
        let named = file.attribute(&block.body, "iterator").map(|id| file.tree.expr(id).span);
        let name = named.map_or(file.label(block, 0), |span| file.text(span));
        let inner = Names { name, of, has_value: true, outer: names };
        let content = file.blocks(&block.body, "content");
        let contents =
            content.map(|content| self.body(scope, Some(&inner), (file, &content.body), path)).max();
        self.carried(scope, names, of, &[]).max(contents.unwrap_or(Nothing))
    }

    fn call(
        &self,
        scope: &Scope<'_, 'm>,
        names: Option<&Names<'_, 'm>>,
        (file, name, args): (&'m CodeFile, &str, &[ExprId]),
        path: &[Step<'m>],
    ) -> Carried {
        let of = |id: &ExprId, path: &[Step<'m>]| self.carried(scope, names, At { file, id: *id }, path);
        let most = |path: &[Step<'m>]| args.iter().map(|id| of(id, path)).max().unwrap_or(Nothing);
        let rest = path.get(1..).unwrap_or_default();
        match (name, args) {
            ("issensitive" | "can" | "type", _) => Nothing,
            ("nonsensitive", [arg]) if of(arg, &[]) == Whole => Nothing,
            ("nonsensitive", [arg]) => of(arg, path),
            ("length" | "keys", [arg]) => whole_if(of(arg, &[]) == Whole),
            ("try" | "coalesce" | "coalescelist" | "merge" | "tomap" | "tolist" | "sensitive", _) => {
                most(path)
            }
            ("concat" | "flatten" | "values" | "reverse" | "slice" | "zipmap", _) => {
                element(most(&[&[Step::Any], rest].concat()), path).max(whole_if(most(&[]) == Whole))
            }
            ("lookup", [map, key, others @ ..]) => {
                let step = file.plain(*key).map_or(Step::Any, Step::Key);
                let others = others.iter().map(|id| of(id, path)).max().unwrap_or(Nothing);
                whole_if(of(key, &[]) > Nothing).max(of(map, &[&[step], path].concat())).max(others)
            }
            ("element", [list, at]) => {
                whole_if(of(at, &[]) > Nothing).max(of(list, &[&[Step::Any], path].concat()))
            }
            ("one", [list]) => of(list, &[&[Step::Any], path].concat()),
            _ => whole_if(most(&[]) > Nothing),
        }
    }
}

fn whole_if(marked: bool) -> Carried {
    if marked { Whole } else { Nothing }
}

/// What a collection carries of which the path's first step, if there is one, led to an element.
fn element(carried: Carried, path: &[Step<'_>]) -> Carried {
    if path.is_empty() { carried.min(Inside) } else { carried }
}

fn has_instances(file: &CodeFile, body: &Body) -> bool {
    ["for_each", "count"].iter().any(|name| file.attribute(body, name).is_some())
}

fn each_of<'n, 'm>(file: &'m CodeFile, block: &'m Block) -> Option<Names<'n, 'm>> {
    let id = file.attribute(&block.body, "for_each")?;
    Some(Names { name: "each", of: At { file, id }, has_value: true, outer: None })
}
