//! Places as SARIF locations.

use super::super::escape::visible;
use super::super::told::sentence;
use super::super::view::{Diagnostic, PlaceView, Point, Report};
use super::{ROOT, message, uri};
use serde_sarif::sarif as s;

/// Logical locations named of one result.
const ADDRESSES: usize = 100;

/// Where a finding stands, and what it concerns.
pub(super) fn primary(diagnostic: &Diagnostic, report: &Report) -> s::Location {
    let place = physical(report, &diagnostic.path, Some((diagnostic.start, Some(diagnostic.end))));
    let mut location = s::Location::builder().physical_location(place).build();
    if !diagnostic.label.is_empty() {
        location.message = Some(message(&sentence(&visible(&diagnostic.label))));
    }
    let resources = diagnostic.addresses.iter().take(ADDRESSES).map(|address| logical(address, "resource"));
    let construct = diagnostic.construct.as_deref().map(|path| logical(path, "construct"));
    let named: Vec<_> = resources.chain(construct).collect();
    location.logical_locations = (!named.is_empty()).then_some(named);
    location
}

fn logical(name: &str, kind: &str) -> s::LogicalLocation {
    s::LogicalLocation::builder().fully_qualified_name(visible(name)).kind(kind).build()
}

/// Another place, with what is there.
pub(super) fn other(place: &PlaceView, report: &Report) -> s::Location {
    let physical = physical(report, &place.path, Some((place.start, Some(place.end))));
    let mut location = s::Location::builder().physical_location(physical).build();
    if !place.label.is_empty() {
        location.message = Some(message(&sentence(&visible(&place.label))));
    }
    location
}

/// A place of which not more may be known than its file.
pub(super) fn physical(
    report: &Report,
    path: &str,
    range: Option<(Point, Option<Point>)>,
) -> s::PhysicalLocation {
    let path = report.repository_path(path);
    let mut artifact = s::ArtifactLocation::builder().uri(uri::of(&path)).build();
    artifact.uri_base_id =
        (!artifact.uri.iter().any(|uri| uri.starts_with("file:"))).then(|| ROOT.to_owned());
    let mut physical = s::PhysicalLocation::builder().artifact_location(artifact).build();
    physical.region = range.map(|(start, end)| {
        let mut region = s::Region::builder().start_line(start.line).start_column(start.column).build();
        region.end_line = end.map(|end| end.line.into());
        region.end_column = end.map(|end| end.column.into());
        region
    });
    physical
}
