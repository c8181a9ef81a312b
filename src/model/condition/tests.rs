use super::*;

fn equals(name: &str, value: &str) -> Arc<Condition> {
    Arc::new(Condition::Equals { name: name.into(), value: value.into() })
}

fn not(condition: Arc<Condition>) -> Arc<Condition> {
    Arc::new(Condition::Not(condition))
}

fn any<const N: usize>(parts: [Arc<Condition>; N]) -> Arc<Condition> {
    Arc::new(Condition::Or(parts.into()))
}

fn all<const N: usize>(parts: [Arc<Condition>; N]) -> Arc<Condition> {
    Arc::new(Condition::And(parts.into()))
}

fn allowing(name: &str, values: &[&str]) -> Domain {
    let values = values.iter().map(|value| Arc::from(*value)).collect();
    Domain { allowed: BTreeMap::from([(name.into(), values)]), ..Domain::default() }
}

#[test]
fn atoms_of_one_parameter_exclude_each_other() {
    let both = [equals("Stage", "prod"), equals("Stage", "dev")];
    assert_eq!(Domain::default().satisfiable(&both), Satisfiable::No);
    assert_eq!(
        Domain::default().satisfiable(&[not(both[0].clone()), not(both[1].clone())]),
        Satisfiable::Yes
    );
}

#[test]
fn the_branch_is_named_by_what_it_needs() {
    let stages = allowing("Stage", &["dev", "test", "prod"]);
    let many = allowing("Type", &["a", "b", "c", "d", "e", "f", "g"]);
    let open = Domain::default();
    let (dev, test, prod) = (equals("Stage", "dev"), equals("Stage", "test"), equals("Stage", "prod"));
    let empty = equals("Net", "");
    let flag = Arc::new(Condition::Open { text: "IsBig".into() });
    for (domain, conditions, when) in [
        (&open, vec![prod.clone()], "Stage is prod"),
        (&open, vec![not(prod.clone())], "Stage is not prod"),
        (&open, vec![not(prod.clone()), not(dev.clone())], "Stage is neither dev nor prod"),
        (&open, vec![any([dev.clone(), test.clone()])], "Stage is dev or test"),
        (&open, vec![any([prod.clone(), not(prod.clone())])], ""),
        (&open, vec![empty.clone()], "Net is empty"),
        (&open, vec![not(empty.clone())], "Net is not empty"),
        (&open, vec![flag.clone(), not(empty.clone())], "Net is not empty and IsBig"),
        (&open, vec![not(flag)], "not IsBig"),
        (&stages, vec![not(prod.clone())], "Stage is dev or test"),
        (&stages, vec![not(test.clone())], "Stage is dev or prod"),
        (&stages, vec![all([prod.clone(), not(empty.clone())])], "Net is not empty and Stage is prod"),
        (&open, vec![any([prod.clone(), empty.clone()])], "Stage is prod or Net is empty"),
        (
            &open,
            vec![any([all([prod.clone(), not(empty.clone())]), equals("Force", "yes")])],
            "Net is not empty and Stage is prod, or Force is yes",
        ),
        (&many, vec![not(equals("Type", "c"))], "Type is not c"),
        (&many, vec![any([equals("Type", "c"), equals("Type", "a")])], "Type is a or c"),
        (&many, vec![not(any([equals("Type", "c"), equals("Type", "a")]))], "Type is neither a nor c"),
    ] {
        assert_eq!(domain.when(&conditions), when, "{conditions:?}");
    }
}

#[test]
fn allowed_values_rule_branches_out() {
    let domain = allowing("Stage", &["prod"]);
    assert_eq!(domain.satisfiable(&[not(equals("Stage", "prod"))]), Satisfiable::No);
    assert_eq!(domain.satisfiable(&[equals("Stage", "dev")]), Satisfiable::No);
}

#[test]
fn rules_bear_on_what_they_mention_and_on_nothing_else() {
    let mut domain = Domain::default();
    let unless = |when: Arc<Condition>, then: Arc<Condition>| any([not(when), then]);
    domain.rules = vec![
        unless(equals("Stage", "prod"), equals("Size", "big")),
        unless(equals("Size", "big"), equals("Zone", "a")),
        all([equals("Other", "1"), equals("Other", "2")]),
    ];
    let prod = equals("Stage", "prod");
    assert_eq!(domain.satisfiable(&[prod.clone(), equals("Zone", "b")]), Satisfiable::No);
    assert_eq!(domain.satisfiable(std::slice::from_ref(&prod)), Satisfiable::Yes);
    assert_eq!(domain.when(&[prod.clone(), equals("Size", "big")]), "Stage is prod");
    assert_eq!(domain.only_value("Size", &[prod]).as_deref(), Some("big"));
}

#[test]
fn a_value_that_conditions_leave_alone_is_found() {
    let mut domain = Domain::default();
    let prod = equals("Stage", "prod");
    assert_eq!(domain.only_value("Stage", &[]), None);
    assert_eq!(domain.only_value("Stage", &[Arc::clone(&prod)]).as_deref(), Some("prod"));
    assert_eq!(domain.only_value("Stage", &[not(Arc::clone(&prod))]), None);
    domain.allowed.insert("Stage".into(), vec!["dev".into(), "prod".into()]);
    assert_eq!(domain.only_value("Stage", &[]), None);
    assert_eq!(domain.only_value("Stage", &[equals("Other", "x")]), None);
    assert_eq!(domain.only_value("Stage", &[not(prod)]).as_deref(), Some("dev"));
    domain.allowed.insert("Stage".into(), vec!["dev".into()]);
    assert_eq!(domain.only_value("Stage", &[]).as_deref(), Some("dev"));
}

#[test]
fn many_parameters_are_decided_without_trying_all_of_them_out() {
    let many: Vec<_> = (0..40).map(|at| equals(&format!("P{at}"), "x")).collect();
    assert_eq!(Domain::default().satisfiable(&many), Satisfiable::Yes);
    let contradiction: Vec<_> = many.iter().cloned().chain([not(Arc::clone(&many[39]))]).collect();
    assert_eq!(Domain::default().satisfiable(&contradiction), Satisfiable::No);
}

#[test]
fn what_takes_too_long_is_undecided_and_not_a_hang() {
    // Nine pigeons in eight holes, said by which pigeon has which hole.
    let at = |pigeon: usize, hole: usize| equals(&format!("P{pigeon}H{hole}"), "x");
    let mut parts = Vec::new();
    for pigeon in 0..12 {
        parts.push(Arc::new(Condition::Or((0..11).map(|hole| at(pigeon, hole)).collect())));
    }
    for hole in 0..11 {
        for (one, other) in (0..12).flat_map(|one| (0..one).map(move |other| (one, other))) {
            parts.push(not(all([at(one, hole), at(other, hole)])));
        }
    }
    let started = std::time::Instant::now();
    assert_eq!(Domain::default().satisfiable(&parts), Satisfiable::Undecided);
    assert_eq!(Domain::default().when(&parts), "");
    assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn shared_parts_are_looked_at_once() {
    let mut condition = equals("P", "x");
    for _ in 0..60 {
        condition = any([Arc::clone(&condition), condition]);
    }
    assert_eq!(
        Domain::default().satisfiable(&[Arc::clone(&condition), not(equals("P", "x"))]),
        Satisfiable::No
    );
    assert_eq!(Domain::default().when(&[condition]), "P is x");
}

#[test]
fn values_of_secrets_are_not_told() {
    let equals =
        |name: &str, value: &str| Arc::new(Condition::Equals { name: name.into(), value: value.into() });
    let mut domain = Domain::default();
    domain.untold.insert("P".into());
    for (name, value, said) in [
        ("P", "hunter22", "P is a certain value"),
        ("P", "", "P is empty"),
        ("DbPassword", "hunter22", "DbPassword is a certain value"),
        ("SecretName", "hunter22", "SecretName is hunter22"),
    ] {
        assert_eq!(domain.when(&[equals(name, value)]), said);
        let stage = equals("Stage", "prod");
        assert_eq!(domain.when(&[equals(name, value), stage]), format!("{said} and Stage is prod"));
    }
}
