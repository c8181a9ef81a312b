//! Fingerprints: the same finding keeps its own when lines move. Nothing of a secret goes into one.

/// 128 bits of FNV-1a over the parts, each closed by a separator that no part holds.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}

/// An address without the keys of instances: one may be a secret, and a key that joins is no other cause.
pub(crate) fn without_keys(address: &str) -> String {
    let mut kept = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, key)) = rest.split_once("[\"") {
        kept.push_str(before);
        kept.push_str("[]");
        let mut escaped = false;
        let end = key.char_indices().find(|(_, character)| {
            let ends = *character == '"' && !escaped;
            escaped = *character == '\\' && !escaped;
            ends
        });
        rest = end.and_then(|(at, _)| key.get(at..)).map_or("", |rest| rest.trim_start_matches(['"', ']']));
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, without_keys};

    #[test]
    fn keys_of_instances_are_left_out() {
        for (address, kept) in [
            ("aws_vpc.a", "aws_vpc.a"),
            ("module.m[\"a]b\"].aws_vpc.a[\"x\\\"]y\"]", "module.m[].aws_vpc.a[]"),
            ("aws_vpc.a[0]", "aws_vpc.a[0]"),
            ("aws_vpc.a[\"x", "aws_vpc.a[]"),
        ] {
            assert_eq!(without_keys(address), kept);
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(fingerprint(&["ab", "c"]), fingerprint(&["a", "bc"]));
        assert_eq!(fingerprint(&["a"]), fingerprint(&["a"]));
        assert_eq!(fingerprint(&["a"]).len(), 32);
    }
}
