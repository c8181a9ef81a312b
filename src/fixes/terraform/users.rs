//! What launches from a launch template, as far as the code of its module says: by blocks that name it, by values that lead to
//! it, and by its literal name.

use super::super::Ailing;
use super::super::hcl::Block;
use super::module::{Module, whole};
use crate::catalog::compute::{self, Launch, Reference, UPDATES_DEFAULT};
use crate::source::{Site, folder_of};
use std::collections::BTreeMap;

/// What becomes of the users of a template when it gets a new version.
#[derive(Debug, Default)]
pub(super) struct Users {
    pub(super) following: Vec<User>,
    /// What takes its version, and is nothing that launches.
    pub(super) taking: Vec<String>,
    /// A module or an output takes it: who else follows it is not here.
    pub(super) is_handed_on: bool,
}

/// A resource that follows the newest version, by address.
#[derive(Debug)]
pub(super) struct User {
    pub(super) type_name: String,
    pub(super) address: String,
    pub(super) way: Way,
    pub(super) refreshes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// The expression of its version may come to any.
    Perhaps,
    Surely,
    /// Its `lifecycle` replaces it for any change of the template.
    Triggered,
}

/// A text that leads to the template, and what is known of it.
struct Lead {
    name: String,
    /// Whether the value changes with the version; none where the attribute that follows decides.
    changes: Option<bool>,
}

/// Which version a launch is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Pinned,
    Default,
    Newest,
    Any,
}

/// The users of the template that a header is of. Its default version is the newest one if it says so, or is about to.
pub(super) fn of(ailing: Ailing<'_>, header: Site, becomes_default: bool) -> Users {
    let mut search = Search { is_default: becomes_default, ..Search::default() };
    let source = ailing.sources.get(header.file);
    if let Some(code) = ailing.codes.read(header.file, &source)
        && let Some(template) = code.block_at(header)
        && let Some(label) = template.labels.get(1)
    {
        search.is_default |= follows_itself(&template);
        let is_literal = |name: &&str| name.starts_with('"') && !name.contains("${");
        search.literal = template.value("name").filter(is_literal).map(str::to_owned);
        search.leads.push(Lead { name: format!("aws_launch_template.{label}"), changes: None });
        search.module(&Module::at(ailing, folder_of(&source.root_path)), template.site());
    }
    for spot in &ailing.anchor().related {
        let code = ailing.codes.read(spot.site.file, &ailing.sources.get(spot.site.file));
        if let Some(code) = &code
            && let Some(block) = code.block_at(spot.site)
            && block.keyword == "resource"
        {
            search.launch(&block, true, &BTreeMap::new());
        }
    }
    Users { following: search.following.into_values().collect(), ..search.users }
}

/// Whether each new version of a template becomes its default one, or may.
fn follows_itself(template: &Block<'_>) -> bool {
    let says = |path: &str, is_fixed: &dyn Fn(&str) -> bool| {
        template.texts(path).into_iter().any(|text| !is_fixed(text.trim_matches('"')))
    };
    says(UPDATES_DEFAULT, &|text| matches!(text, "false" | "null"))
        || says("default_version", &|text| text == "null" || is_number(text))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Default)]
struct Search {
    leads: Vec<Lead>,
    literal: Option<String>,
    is_default: bool,
    following: BTreeMap<String, User>,
    users: Users,
}

impl Search {
    fn module(&mut self, module: &Module<'_>, template: Site) {
        let locals = locals(module);
        let mut at = 0;
        while let Some(name) = self.leads.get(at).map(|lead| lead.name.clone()) {
            for code in module.codes(&name) {
                for block in code.holding(&name).iter().filter(|block| block.site() != template) {
                    self.block(block, at, &name, &locals);
                }
            }
            at += 1;
        }
        let Some(literal) = self.literal.clone() else { return };
        for code in module.codes(&literal) {
            for block in code.holding(&literal).iter().filter(|block| block.keyword == "resource") {
                self.launch(block, false, &locals);
            }
        }
    }

    /// A block in which a lead may stand.
    fn block(&mut self, block: &Block<'_>, lead: usize, name: &str, locals: &BTreeMap<String, String>) {
        let text = block.text();
        let places = places(block, name);
        let known = self.leads.get(lead).and_then(|lead| lead.changes);
        let changes = |at: usize| known.unwrap_or_else(|| !is_steady(text, at + name.len()));
        if places.is_empty() {
            return;
        }
        match block.keyword.as_str() {
            "module" | "output" => self.users.is_handed_on = true,
            "data" if block.is("data", "aws_launch_template") => self.lead(block.address(), None),
            "locals" => {
                let start = block.site().span.start as usize;
                for (name, span) in block.attributes() {
                    let range = span.range();
                    let inside = |at: &&usize| range.contains(&(**at + start));
                    let mut here = places.iter().filter(inside).peekable();
                    if here.peek().is_some() {
                        self.lead(format!("local.{name}"), Some(here.any(|at| changes(*at))));
                    }
                }
            }
            "resource" => {
                let triggers = |text: &str| {
                    let mut found = whole(text, name);
                    found.any(|at| known.unwrap_or_else(|| !is_steady(text, at + name.len())))
                };
                if block.texts("lifecycle.replace_triggered_by").into_iter().any(triggers) {
                    self.follows(block, Way::Triggered);
                }
                let address = block.address();
                if !self.launch(block, true, locals)
                    && !self.following.contains_key(&address)
                    && places.iter().any(|at| changes(*at))
                    && !self.users.taking.contains(&address)
                {
                    self.users.taking.push(address);
                }
            }
            _ => {}
        }
    }

    fn lead(&mut self, name: String, changes: Option<bool>) {
        if self.leads.iter().all(|known| known.name != name) {
            self.leads.push(Lead { name, changes });
        }
    }

    fn follows(&mut self, block: &Block<'_>, way: Way) {
        let address = block.address();
        let user = || User {
            type_name: block.labels.first().cloned().unwrap_or_default(),
            address: address.clone(),
            way,
            refreshes: block.has("instance_refresh"),
        };
        let known = self.following.entry(address.clone()).or_insert_with(user);
        known.way = known.way.max(way);
    }

    /// Whether a resource launches by a template, this one for all that is known. One that is mentioned anywhere may be taken by
    /// a value of `each` or of a dynamic block.
    fn launch(&mut self, block: &Block<'_>, is_mentioned: bool, locals: &BTreeMap<String, String>) -> bool {
        let kind = block.labels.first().and_then(|name| compute::find(name));
        let launches = kind.map_or(&[][..], |kind| kind.launches);
        let all: Vec<Spot<'_>> = launches
            .iter()
            .flat_map(references)
            .map(|(at, reference)| Spot::new(block, &at, reference))
            .filter(|spot| !spot.names.is_empty())
            .collect();
        let names_it = |spot: &&Spot<'_>| spot.names.iter().any(|name| self.is_it(name));
        let mut named: Vec<&Spot<'_>> = all.iter().filter(names_it).collect();
        if named.is_empty() && is_mentioned {
            named = all.iter().collect();
        }
        let ways: Vec<Way> = named
            .iter()
            .flat_map(|spot| spot.followed(locals))
            .filter_map(|version| match version {
                Version::Pinned => None,
                Version::Default => self.is_default.then_some(Way::Surely),
                Version::Newest => Some(Way::Surely),
                Version::Any => Some(Way::Perhaps),
            })
            .collect();
        if let Some(way) = ways.into_iter().max() {
            self.follows(block, way);
        }
        !named.is_empty()
    }

    fn is_it(&self, text: &str) -> bool {
        self.literal.as_deref() == Some(text)
            || self.leads.iter().any(|lead| whole(text, &lead.name).next().is_some())
    }
}

/// What is written where a launch names its template.
struct Spot<'c> {
    names: Vec<&'c str>,
    versions: Vec<&'c str>,
}

impl<'c> Spot<'c> {
    fn new(block: &Block<'c>, at: &str, reference: &Reference) -> Self {
        let texts = |name: &str| block.texts(&format!("{at}{}.{name}", reference.at));
        let names = [texts(reference.id), texts(reference.name)].concat();
        Self { names, versions: texts(reference.version) }
    }

    /// Where there are more names than versions, some have none.
    fn followed(&self, locals: &BTreeMap<String, String>) -> Vec<Version> {
        let said = self.versions.iter().map(|text| version(text, locals));
        let unsaid = (self.versions.len() < self.names.len()).then_some(Version::Default);
        said.chain(unsaid).collect()
    }
}

/// The places of templates in a launch and in its variants, with what stands before each.
fn references(launch: &'static Launch) -> Vec<(String, &'static Reference)> {
    let before = if launch.at.is_empty() { String::new() } else { format!("{}.", launch.at) };
    let own = launch.template.iter().map(|reference| (before.clone(), reference));
    let variants = launch.overrides.into_iter().flat_map(references);
    own.chain(variants.map(|(at, reference)| (format!("{before}{at}"), reference))).collect()
}

fn version(text: &str, locals: &BTreeMap<String, String>) -> Version {
    let mut bare = bare(text);
    // A local may be another one; nobody makes longer chains.
    for _ in 0..8 {
        let Some(said) = bare.strip_prefix("local.").and_then(|name| locals.get(name)) else { break };
        bare = self::bare(said);
    }
    if is_number(bare) {
        Version::Pinned
    } else if matches!(bare, "" | "null" | "$Default") {
        Version::Default
    } else if bare == "$Latest" || is_attribute(bare, "latest_version") {
        Version::Newest
    } else if is_attribute(bare, "default_version") {
        Version::Default
    } else {
        Version::Any
    }
}

/// Whether a text is nothing but a reference to an attribute of a template.
fn is_attribute(text: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "_-.[]\"*".contains(letter);
    let rest = text.strip_suffix(name).and_then(|rest| rest.strip_suffix('.'));
    rest.is_some_and(|rest| rest.contains("aws_launch_template.") && rest.chars().all(is_part))
}

/// Without the quotes, and what makes an expression of a text.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches('"');
    let inner = text.strip_prefix("${").and_then(|text| text.strip_suffix('}'));
    inner.filter(|inner| !inner.contains("${")).unwrap_or(text).trim()
}

/// What the locals of a module are written as.
fn locals(module: &Module<'_>) -> BTreeMap<String, String> {
    let codes = module.codes("locals");
    let blocks =
        codes.iter().flat_map(|code| code.of_keyword("locals").into_iter().map(move |block| (code, block)));
    blocks
        .flat_map(|(code, block)| {
            let written = |(name, span)| (name, code.slice(span).to_owned());
            block.attributes().into_iter().map(written).collect::<Vec<_>>()
        })
        .collect()
}

/// Where a name stands in a block, from the block's beginning, but for where only an order is asked for.
fn places(block: &Block<'_>, name: &str) -> Vec<usize> {
    let start = block.site().span.start as usize;
    let orders = block.values("depends_on");
    let is_order = |at: &usize| orders.iter().any(|span| span.range().contains(&(*at + start)));
    whole(block.text(), name).filter(|at| !is_order(at)).collect()
}

/// Whether the attribute of a template that is named at a place stays what it is when there is a new version.
fn is_steady(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or("");
    if rest.starts_with('[') {
        rest = rest.split_once(']').map_or("", |(_, rest)| rest);
    }
    let attribute = rest.strip_prefix('.').unwrap_or("");
    let end = attribute.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let attribute = attribute.get(..end.unwrap_or(attribute.len())).unwrap_or("");
    matches!(attribute, "id" | "arn" | "name" | "name_prefix" | "tags" | "tags_all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_by_what_is_written() {
        let locals: BTreeMap<String, String> =
            [("pinned", "3"), ("again", "local.pinned"), ("newest", "\"$Latest\"")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into();
        for (text, expected) in [
            ("3", Version::Pinned),
            ("\"12\"", Version::Pinned),
            ("local.again", Version::Pinned),
            ("null", Version::Default),
            ("\"$Default\"", Version::Default),
            ("aws_launch_template.web[0].default_version", Version::Default),
            ("\"$Latest\"", Version::Newest),
            ("local.newest", Version::Newest),
            ("\"${aws_launch_template.web.latest_version}\"", Version::Newest),
            ("var.version", Version::Any),
            ("local.unknown", Version::Any),
            ("var.pinned ? \"3\" : aws_launch_template.web.latest_version", Version::Any),
        ] {
            assert_eq!(version(text, &locals), expected, "{text}");
        }
    }

    #[test]
    fn what_names_a_template_does_not_change_with_its_version() {
        for (text, expected) in [
            (".id", true),
            ("[0].id}", true),
            (".name, 1", true),
            (".latest_version", false),
            ("]", false),
            ("", false),
        ] {
            assert_eq!(is_steady(text, 0), expected, "{text}");
        }
    }
}
