//! Secrets by their form in the text of files, and which resources a literal reaches.

use super::left::{All, Holds};
use super::sighting::{Form, Sighting, standing_on};
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::model::{Frontend, Kind, Origin, Part, Value};
use crate::secrets::Detection;
use crate::source::{FileId, Site, Sources, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

pub(super) fn collect(file: FileId, detections: &[Detection], sources: &Sources, seen: &mut Vec<Sighting>) {
    let source = sources.get(file);
    for detection in detections {
        let site = Site::new(file, Span::new(detection.start, detection.end));
        let text: Arc<str> = detection.secret(source.text()).into();
        let form = Form::of(source.text(), detection);
        let mut subject = standing_on(site, Frontend::Terraform);
        form.detector.clone_into(&mut subject.header.attribute);
        subject.words = form.words("code".to_owned());
        seen.push(Sighting {
            fact: form.fact(SecretPlace::Text, SecretValue::Known),
            subject,
            resource: None,
            sites: vec![site],
            given: false,
            cut: None,
            text: Some(text),
        });
    }
}

/// Adds the resources whose block holds a secret or whose values are made of it.
pub(super) fn add_addresses(all: &All<'_>, seen: &mut [Sighting]) {
    let mut by_file: FxHashMap<FileId, Vec<(Span, usize)>> = FxHashMap::default();
    for (at, sighting) in seen.iter().enumerate() {
        let site = sighting.subject.header.site;
        by_file.entry(site.file).or_default().push((site.span, at));
    }
    if by_file.is_empty() {
        return;
    }
    by_file.values_mut().for_each(|spans| spans.sort_by_key(|(span, _)| (span.start, span.end)));
    let mut met: Vec<(usize, (usize, usize))> = Vec::new();
    all.each(|at, resource| {
        let mut reached = Vec::new();
        block(resource.block, &by_file, &mut reached);
        match resource.holds {
            Holds::Body(body) => values(body, &by_file, &mut reached),
            Holds::Literals(sites) => sites.iter().for_each(|site| literal(*site, &by_file, &mut reached)),
        }
        met.extend(reached.into_iter().map(|sighting| (sighting, at)));
    });
    for (at, resource) in met {
        let (Some(found), Some(sighting)) = (all.get(resource), seen.get_mut(at)) else { continue };
        sighting.subject.addresses.push(Arc::clone(found.address));
        if found.block.file == sighting.subject.header.site.file
            && found.block.span.contains(sighting.subject.header.site.span)
        {
            sighting.resource = sighting.resource.or(Some(resource));
            if sighting.subject.construct.is_none() {
                sighting.subject.construct = found.construct.cloned();
            }
            sighting.subject.template = sighting.subject.template.or(Some(found.block.file));
        }
    }
    seen.iter_mut().for_each(|sighting| sighting.subject.sort_addresses());
}

type ByFile = FxHashMap<FileId, Vec<(Span, usize)>>;

fn block(block: Site, by_file: &ByFile, reached: &mut Vec<usize>) {
    let spans = by_file.get(&block.file).map_or(&[][..], Vec::as_slice);
    let all = block.span;
    let from = spans.partition_point(|(span, _)| span.start < all.start);
    let near = spans.iter().skip(from).take_while(|(span, _)| span.start <= all.end);
    reached.extend(near.filter(|(span, _)| all.contains(*span)).map(|(_, at)| *at));
}

fn values(value: &Value, by_file: &ByFile, reached: &mut Vec<usize>) {
    origin(&value.origin, by_file, reached);
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        Kind::List(items) => items.iter().for_each(|item| values(item, by_file, reached)),
        Kind::Object(object) => {
            object.entries.iter().for_each(|entry| values(&entry.value, by_file, reached));
        }
        Kind::Choice(choice) => {
            values(&choice.then, by_file, reached);
            values(&choice.otherwise, by_file, reached);
        }
        Kind::Unknown(why) => why.parts.iter().for_each(|part| match part {
            Part::Text { origin: from, .. } => origin(from, by_file, reached),
            Part::Unknown(_) => {}
        }),
    }
}

fn origin(from: &Origin, by_file: &ByFile, reached: &mut Vec<usize>) {
    match from {
        Origin::None => {}
        Origin::Literal(site) => literal(*site, by_file, reached),
        Origin::Derived(step) => step.from.iter().for_each(|inner| origin(inner, by_file, reached)),
    }
}

fn literal(site: Site, by_file: &ByFile, reached: &mut Vec<usize>) {
    let spans = by_file.get(&site.file).map_or(&[][..], Vec::as_slice);
    let overlap = |span: &Span| span.start < site.span.end && site.span.start < span.end;
    // None stands within another, so that they end in the order in which they begin.
    let from = spans.partition_point(|(span, _)| span.end <= site.span.start);
    let near = spans.iter().skip(from).take_while(|(span, _)| span.start < site.span.end);
    reached.extend(near.filter(|(span, _)| overlap(span)).map(|(_, at)| *at));
}
