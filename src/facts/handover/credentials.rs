//! Files of credentials that a provisioner copies: a key by their place, whatever is in them.

use super::Walk;
use super::origin::Found;
use crate::catalog::handover::{CREDENTIALS_FILE, Keeps};
use crate::facts::fact::Handed;
use crate::facts::secrets::texts;
use crate::facts::subject::Anchor;
use crate::model::{Entry, Value};
use crate::source::Site;

const PATH: &str = "provisioner.destination";

impl Walk<'_> {
    /// What is known of such a file says by itself whether a key is in it. `known`: what was told before its provisioners.
    pub(super) fn credentials_files(&mut self, known: usize) {
        let provisioners = self.resource.body.objects_at("provisioner");
        for provisioner in provisioners {
            let Some(destination) = provisioner.get("destination").filter(|entry| is_it(&entry.value)) else {
                continue;
            };
            let content = provisioner.get("content").or_else(|| provisioner.get("source"));
            let Some(content) = content else { continue };
            let is_read = &*content.key == "content" && content.value.as_unknown().is_none();
            if !is_read && !self.is_told_since(known, content) {
                self.credentials_file(destination, content);
            }
        }
    }

    fn is_told_since(&self, known: usize, content: &Entry) -> bool {
        let Some(whole) = content.site else { return false };
        let is_within = |site: Site| site.file == whole.file && whole.span.contains(site.span);
        let told = self.stated.get(known..).unwrap_or_default();
        told.iter().any(|one| {
            let header = &one.subject.header;
            is_within(header.site) || header.chain.iter().any(|spot| is_within(spot.site))
        })
    }

    fn credentials_file(&mut self, destination: &Entry, content: &Entry) {
        let site = destination.site.or(destination.key_site).unwrap_or(self.resource.header);
        let header = Anchor::new(site).attribute(PATH);
        let named = format!("a key for `{CREDENTIALS_FILE}`");
        let found = Found { handed: Handed::Variable, named, key: None, way: Vec::new() };
        self.state((header, content), &found, Keeps::File, content.value.origin.literals());
    }
}

fn is_it(destination: &Value) -> bool {
    let ends = |text: &str| text.ends_with(CREDENTIALS_FILE);
    match destination.as_unknown() {
        Some(unknown) => texts(destination, unknown).iter().any(|text| ends(text)),
        None => destination.as_str().is_some_and(ends),
    }
}
