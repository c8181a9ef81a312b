//! Addresses and references as text: keys may hold dots, quotes and brackets.

/// The parts between the dots, each with its keys: `module.a["x.y"].aws_instance.b[0]` has four.
pub(super) fn parts(address: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'.' if !quoted => {
                parts.push(address.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(address.get(start..).unwrap_or_default());
    parts
}

/// A part without its keys.
pub(super) fn name(part: &str) -> &str {
    part.split_once('[').map_or(part, |(name, _)| name)
}

/// The address without keys: where it stands in the configuration.
pub(super) fn base(address: &str) -> String {
    let names: Vec<&str> = parts(address).into_iter().map(name).collect();
    names.join(".")
}

/// What a reference means, as far as its text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference<'r> {
    Variable(&'r str),
    Local(&'r str),
    /// With its mode's prefix and the key that it names, and the attribute after it.
    Resource {
        address: String,
        attribute: String,
    },
    Data {
        address: String,
        attribute: String,
    },
    Ephemeral {
        address: String,
    },
    /// A call with the key that it names, and its output.
    Output {
        call: &'r str,
        output: Option<&'r str>,
    },
    /// `each.value`: whatever the instances are made of.
    Each,
    /// `each.key`, `count.index`, `path.module`, `terraform.workspace`, `self`: never a secret of the code.
    Circumstance,
}

pub(super) fn reference(text: &str) -> Reference<'_> {
    let parts = parts(text);
    let after = |from: usize| parts.get(from..).unwrap_or_default().join(".");
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    match name(part(0)) {
        "var" => Reference::Variable(name(part(1))),
        "local" => Reference::Local(name(part(1))),
        "module" => Reference::Output { call: part(1), output: parts.get(2).map(|part| name(part)) },
        "data" => Reference::Data { address: format!("data.{}.{}", part(1), part(2)), attribute: after(3) },
        "ephemeral" => Reference::Ephemeral { address: format!("ephemeral.{}.{}", part(1), part(2)) },
        "each" if name(part(1)) == "value" => Reference::Each,
        "each" | "count" | "path" | "terraform" | "self" => Reference::Circumstance,
        kind => Reference::Resource { address: format!("{kind}.{}", part(1)), attribute: after(2) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_hold_anything() {
        for (address, expected) in [
            ("aws_instance.a", "aws_instance.a"),
            ("aws_instance.a[0]", "aws_instance.a"),
            (
                r#"module.m["a.b"].module.inner["]"].aws_instance.a["x.y\"z"]"#,
                "module.m.module.inner.aws_instance.a",
            ),
            (r#"data.aws_ami.x["\\"]"#, "data.aws_ami.x"),
        ] {
            assert_eq!(base(address), expected, "{address}");
        }
    }

    #[test]
    fn references_are_told_apart() {
        let resource = |address: &str, attribute: &str| Reference::Resource {
            address: address.to_owned(),
            attribute: attribute.to_owned(),
        };
        for (text, expected) in [
            ("var.obj.password", Reference::Variable("obj")),
            ("var.lst[1]", Reference::Variable("lst")),
            ("local.x", Reference::Local("x")),
            ("aws_launch_template.t[0].id", resource("aws_launch_template.t[0]", "id")),
            ("aws_launch_template.t", resource("aws_launch_template.t", "")),
            ("module.inner[\"i1\"].o", Reference::Output { call: "inner[\"i1\"]", output: Some("o") }),
            ("module.inner", Reference::Output { call: "inner", output: None }),
            ("each.value", Reference::Each),
            ("each.value.password", Reference::Each),
            ("each.key", Reference::Circumstance),
            ("path.module", Reference::Circumstance),
            (
                "data.aws_ami.x.id",
                Reference::Data { address: "data.aws_ami.x".to_owned(), attribute: "id".to_owned() },
            ),
        ] {
            assert_eq!(reference(text), expected, "{text}");
        }
    }
}
