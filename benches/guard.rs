//! What evaluating policies costs: constant in instances, linear in distinct shapes.
//!
//! `cargo bench --bench guard` prints milliseconds; 10,000 instances in 12 shapes must cost about what 100 in 12 do.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use keyless::facts::{Concept, Fact, Facts, HopLimit, lower};
use keyless::model::{BlockKind, Domain, Entry, Frontend, Object, Project, Resource, Unit, Value};
use keyless::policies::{Policy, builtin, judge};
use keyless::source::{Site, SourceFile, Sources, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As in the binary: Guard's cost is mostly allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn text(key: &str, value: &str) -> Entry {
    Entry::new(key, Value::string(value))
}

/// Instances in twelve shapes: three values of tokens, two of the endpoint, with and without a profile.
fn project(count: usize, sources: &Sources) -> Project {
    let (file, _) = sources.add(SourceFile::new("main.tf".into(), "main.tf".into(), String::new(), false));
    let site = Site::new(file, Span::default());
    let resources = (0..count)
        .map(|at| {
            let tokens = ["required", "optional", "unheard-of"][at % 3];
            let endpoint = ["enabled", "disabled"][at / 3 % 2];
            let options = Object::new(vec![text("http_tokens", tokens), text("http_endpoint", endpoint)]);
            let mut entries = vec![Entry::new("metadata_options", Value::list([Value::object(options)]))];
            if at / 6 % 2 == 0 {
                entries.push(text("iam_instance_profile", "web"));
            }
            Resource {
                kind: BlockKind::Managed,
                address: format!("aws_instance.web[{at}]").into(),
                type_name: "aws_instance".into(),
                construct: None,
                header: site,
                block: site,
                user_site: None,
                calls: Arc::from([]),
                body: Value::object(Object::new(entries)),
                metadata: Value::null(),
                condition: None,
            }
        })
        .collect();
    let unit = Unit {
        frontend: Frontend::Terraform,
        name: ".".into(),
        resources,
        declarations: Vec::new(),
        domain: Domain::default(),
        files: vec![file],
        alike: FxHashMap::default(),
        planned: FxHashMap::default(),
        hidden: Vec::new(),
        incomplete: None,
        assembly: None,
        account: None,
        elsewhere: Vec::new(),
    };
    Project { units: vec![unit], ..Project::default() }
}

/// The same facts, each in a shape of its own: enumerations hold no 10,000, so the kind is made one.
fn distinct(facts: &Facts) -> Facts {
    let mut distinct = Facts::default();
    for (at, (fact, subject)) in facts.of(Concept::Computes).iter().enumerate() {
        let Fact::Compute(mut fact) = **fact else { continue };
        fact.kind = Box::leak(format!("instance {at}").into_boxed_str());
        fact.imds.hop_limit = HopLimit::Known(1);
        distinct.push(fact, (**subject).clone());
    }
    distinct
}

/// The best of several runs.
fn best(runs: usize, mut run: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn report(name: &str, facts: &Facts, policies: &[Policy], runs: usize) {
    let shapes = facts.shapes(Concept::Computes).len();
    let took = best(runs, || {
        judge(facts, policies).unwrap();
    });
    println!("{name:<34} {shapes:>6} shapes {:>10.3} ms", took.as_secs_f64() * 1000.0);
}

fn main() {
    let policies = builtin().unwrap();
    let sources = Sources::default();
    let facts = |count| lower(&project(count, &sources), &sources, &[]);
    let (one, hundred, many) = (facts(1), facts(100), facts(10_000));
    report("1 instance", &one, &policies, 50);
    report("100 instances", &hundred, &policies, 50);
    report("10,000 instances", &many, &policies, 20);
    report("10,000 instances, all different", &distinct(&many), &policies, 3);
    let parsed = best(20, || {
        builtin().unwrap();
    });
    println!("{:<34} {:>24.3} ms", "reading the policies' headers", parsed.as_secs_f64() * 1000.0);
}
