//! Which provider configuration a resource is made with: its own module's, one that a call hands over, or one that is
//! inherited. <https://developer.hashicorp.com/terraform/language/modules/develop/providers>

use super::instance::Instance;
use super::module::{Module, ModuleFile, ResourceDecl};
use super::overrides::unquoted;
use crate::syntax::hcl::{ExprId, ExprKind};

/// The address of the configuration: `provider.aws.us`, `module.web.provider.aws`. It need not be written.
pub(crate) fn effective(instance: &Instance<'_>, decl: &ResourceDecl) -> String {
    let named = instance.module.argument(&decl.blocks, "provider").map(|(file, expr)| written(file, expr));
    let implied = || decl.type_name.split('_').next().unwrap_or_default();
    let mut name = named.unwrap_or_else(implied).to_owned();
    let mut owner = instance;
    while let Some(parent) = &owner.parent {
        let handed_over = handed_over(owner, parent, &name);
        let inherited = || {
            let is_its_own =
                owner.module.providers.iter().any(|known| *known.name == name && known.alias.is_none());
            (!is_its_own && !name.contains('.')).then(|| inherited(owner.module, parent.module, &name))
        };
        let Some(outer) = handed_over.or_else(inherited) else { break };
        name = outer;
        owner = parent;
    }
    owner.absolute(&format!("provider.{name}")).to_string()
}

/// What the call of a module hands over under this name.
fn handed_over(instance: &Instance<'_>, parent: &Instance<'_>, name: &str) -> Option<String> {
    let (call, _) = instance.call.as_ref()?;
    let (file, expr) = parent.module.argument(&parent.module.calls.get(call)?.blocks, "providers")?;
    let ExprKind::Object(items) = file.tree.expr(expr).kind else { return None };
    let item = file.tree.items(items).iter().find(|item| written(file, item.key) == name)?;
    Some(written(file, item.value).to_owned())
}

/// The name that a provider has in the calling module: the two need not agree on it.
fn inherited(module: &Module, parent: &Module, name: &str) -> String {
    if module.settings.is_empty() && parent.settings.is_empty() {
        return name.to_owned();
    }
    let source = requirements(module).find(|(known, _)| *known == name).map(|(_, source)| source);
    let source = source.map_or_else(|| implied_source(name), str::to_owned);
    let known = requirements(parent).find(|(_, known)| *known == source).map(|(local, _)| local);
    match (known, source.strip_prefix(DEFAULT_NAMESPACE)) {
        (Some(local), _) | (None, Some(local)) => local.to_owned(),
        (None, None) => name.to_owned(),
    }
}

const DEFAULT_NAMESPACE: &str = "hashicorp/";

fn implied_source(name: &str) -> String {
    format!("{DEFAULT_NAMESPACE}{name}")
}

/// Local names and sources in `required_providers`.
fn requirements(module: &Module) -> impl Iterator<Item = (&str, &str)> {
    module.settings.iter().flat_map(|at| {
        let (file, block) = module.block(*at);
        let nested = block.body.blocks.iter();
        let required = nested.filter(|nested| file.text(nested.keyword) == "required_providers");
        required.flat_map(|nested| &nested.body.attributes).filter_map(|attribute| {
            let source = file.plain(member(file, attribute.expr, "source")?)?;
            let source = source.strip_prefix("registry.terraform.io/").unwrap_or(source);
            Some((file.text(attribute.name), source))
        })
    })
}

fn member(file: &ModuleFile, object: ExprId, name: &str) -> Option<ExprId> {
    let ExprKind::Object(items) = file.tree.expr(object).kind else { return None };
    let mut items = file.tree.items(items).iter();
    items.rfind(|item| written(file, item.key) == name).map(|item| item.value)
}

/// A reference to a provider as it stands there; it may be in quotes.
fn written(file: &ModuleFile, expr: ExprId) -> &str {
    unquoted(file.text(file.tree.expr(expr).span))
}
