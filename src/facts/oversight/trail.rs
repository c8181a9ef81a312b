//! What a trail keeps.

use crate::catalog::oversight::Selectors;
use crate::facts::worlds::{At, Fork, World};
use crate::model::Resource;

/// The category of events in which the root user's are.
const MANAGEMENT: &str = "Management";

/// Whether a trail keeps what the root user does, rather than what is done to data alone.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html>
pub(super) fn keeps_use(world: &World<'_>, trail: &Resource, selectors: &Selectors) -> Result<bool, Fork> {
    let (mut says, mut keeps) = (false, false);
    for at in world.all(&trail.body, selectors.basic)? {
        says = true;
        keeps |= match at {
            At::Found { value, .. } => {
                world.one(value, selectors.management)?.text().as_deref() != Some("false")
            }
            At::Absent | At::Unknown { .. } => true,
        };
    }
    for at in world.all(&trail.body, selectors.fields)? {
        says = true;
        let At::Found { value, .. } = at else {
            keeps = true;
            continue;
        };
        if world.one(value, selectors.field)?.text().is_some_and(|field| &*field == "eventCategory") {
            let wanted = world.all(value, selectors.equals)?;
            keeps |= wanted.iter().any(|at| at.text().is_none_or(|category| &*category == MANAGEMENT));
        }
    }
    Ok(keeps || !says)
}
