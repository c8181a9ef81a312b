//! Findings on synthesized templates stand on the code that made them.

use super::subject::{Anchor, Spot, Subject};
use crate::model::Resource;
use crate::source::Site;

/// Moves every anchor to the user's line, with the template as the related place.
pub(crate) fn stand_on_user_code(subject: &mut Subject, resource: &Resource) {
    let Some(site) = resource.user_site else { return };
    let in_text = subject.block.is_none();
    move_to(&mut subject.header, site, in_text);
    for anchor in subject.anchors.values_mut() {
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
        anchor.related.insert(0, Spot::new(anchor.site, label));
        anchor.site = site;
    }
}
