//! Findings on synthesized templates stand on the code that made them.

use super::subject::{Anchor, Spot, Subject};
use crate::model::{Made, Project, Resource};
use crate::secrets;
use crate::source::{FileId, Site, Sources, Span};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Moves every anchor to the user's line, with the template as the related place.
pub(crate) fn stand_on_user_code(subject: &mut Subject, resource: &Resource) {
    stand_on_user_site(subject, resource.user_site);
}

/// The same, by the place of that line.
pub(crate) fn stand_on_user_site(subject: &mut Subject, user_site: Option<Site>) {
    if let Some(site) = user_site {
        stand_on(subject, site);
    }
}

fn stand_on(subject: &mut Subject, site: Site) {
    let in_text = subject.block.is_none();
    move_to(&mut subject.header, site, in_text);
    for anchor in subject.anchors.iter_mut().map(|(_, anchor)| anchor) {
        move_to(anchor, site, in_text);
    }
}

fn move_to(anchor: &mut Anchor, site: Site, in_text: bool) {
    if anchor.site != site {
        let label = match anchor.attribute.as_str() {
            "" => "the synthesized template says it here".to_owned(),
            // What is found in a text stands in no attribute: it goes by its detector.
            _ if in_text => "the synthesized template holds it here".to_owned(),
            attribute => format!("`{attribute}` in the synthesized template"),
        };
        let written = Spot::new(anchor.site, label);
        anchor.related.insert(0, written);
        anchor.site = site;
    }
}

/// What has the form of a secret in the code of apps. That code is not judged, but it is shown.
pub(crate) fn secrets_of_code(project: &Project, sources: &Sources) -> Vec<Site> {
    let resources = project.units.iter().flat_map(|unit| &unit.resources);
    let shown = (resources.filter_map(|resource| resource.user_site))
        .chain(project.made.iter().filter_map(|made| made.user_site))
        .chain(project.acknowledged.iter().map(|said| said.said_at));
    let files: BTreeSet<FileId> = shown.map(|site| site.file).collect();
    let mut found = Vec::new();
    for file in files {
        let detections = secrets::scan(sources.get(file).text());
        let spans = detections.iter().map(|detection| Span::new(detection.start, detection.end));
        found.extend(spans.map(|span| Site::new(file, span)));
    }
    found
}

/// What constructs made of templates, by file.
pub(crate) struct MadeBy<'p> {
    resources: FxHashMap<FileId, Vec<&'p Resource>>,
    others: FxHashMap<FileId, Vec<&'p Made>>,
}

impl<'p> MadeBy<'p> {
    pub(crate) fn new(project: &'p Project) -> Self {
        let mut found = Self { resources: FxHashMap::default(), others: FxHashMap::default() };
        for resource in project.units.iter().flat_map(|unit| &unit.resources) {
            if resource.user_site.is_some() {
                found.resources.entry(resource.block.file).or_default().push(resource);
            }
        }
        for made in &project.made {
            found.others.entry(made.block.file).or_default().push(made);
        }
        found
    }

    /// What is made beside resources, and holds a place.
    fn at(&self, site: Site) -> Option<&'p Made> {
        let candidates = self.others.get(&site.file).map_or(&[][..], Vec::as_slice);
        candidates.iter().find(|made| made.block.span.contains(site.span)).copied()
    }

    /// The user's line that made what stands at a place.
    pub(crate) fn user_site(&self, site: Site) -> Option<Site> {
        if let Some(made) = self.at(site) {
            return made.user_site;
        }
        let resources = self.resources.get(&site.file).map_or(&[][..], Vec::as_slice);
        resources.iter().find(|resource| resource.block.span.contains(site.span))?.user_site
    }

    /// As [`stand_on_user_code`], where what it is about stands in one of these; false where it does not.
    pub(crate) fn stand_on_user_code(&self, subject: &mut Subject) -> bool {
        let site = subject.header.site;
        let Some(made) = self.at(site) else { return false };
        subject.construct = Some(Arc::clone(&made.construct));
        subject.template = Some(site.file);
        if let Some(site) = made.user_site {
            stand_on(subject, site);
        }
        true
    }
}
