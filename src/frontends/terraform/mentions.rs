//! Which folders a file may call, as its text has it: for whoever has to know before it is parsed.

use super::module::{join, normalize};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Folders of local sources, from the root. One that is no call's may be among them; one that is written with escapes is not.
pub fn mentions<'t>(folder: &'t str, text: &'t str) -> impl Iterator<Item = String> + 't {
    static LOCAL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"."));
    LOCAL.find_iter(text.as_bytes()).filter_map(move |at| {
        let path = text.get(at + 1..)?.split(['"', '\n']).next()?;
        let is_local = path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
        let before = text.get(..at)?.trim_end().strip_suffix(['=', ':']).filter(|_| is_local)?.trim_end();
        // JSON puts names in quotes.
        let name = before.strip_suffix('"').unwrap_or(before).trim_end();
        name.ends_with("source").then(|| normalize(&join(folder, path)))?
    })
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn folders_are_found_in_both_syntaxes() {
        let text = "module \"a\" {\n  source = \"../modules/a\"\n}\n{\"module\": {\"b\": {\"source\" : \"./b\"}}}\n\
                    source=\"..\"\nsource = \"acme/c/aws\"\nsource = \"../../../d\"\nresource \"x\" \"./y\" {}\nsource";
        assert_eq!(mentions("live/app", text).collect::<Vec<_>>(), ["live/modules/a", "live/app/b", "live"]);
    }
}
