//! Checksums inside tokens, and the account inside an access key id.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOWER_DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The last digits of a text's CRC-32, as many as there is room for.
fn crc<const LEN: usize>(body: &[u8], digits: &[u8]) -> [u8; LEN] {
    let mut rest = crc32fast::hash(body) as usize;
    let mut out = [b'0'; LEN];
    for place in out.iter_mut().rev() {
        *place = digits[rest % digits.len()];
        rest /= digits.len();
    }
    out
}

/// The six base-62 digits of a text's CRC-32, as GitHub and npm append them.
/// <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>
pub(crate) fn crc62(body: &[u8]) -> [u8; 6] {
    crc(body, DIGITS)
}

/// Whether the last six characters are the checksum of those before.
pub(crate) fn ends_in_crc62(text: &str) -> bool {
    text.as_bytes().split_last_chunk().is_some_and(|(body, sum)| crc62(body) == *sum)
}

/// The same for what follows the last `_`.
pub(crate) fn after_prefix_ends_in_crc62(token: &str) -> bool {
    token.rsplit_once('_').is_some_and(|(_, body)| ends_in_crc62(body))
}

/// Whether the last seven characters are the base-36 digits of the CRC-32 of all before, as in GitLab's routable tokens.
pub(crate) fn ends_in_crc36(token: &str) -> bool {
    token.as_bytes().split_last_chunk::<7>().is_some_and(|(body, sum)| crc(body, LOWER_DIGITS) == *sum)
}

/// Whether what follows the last `_` is the CRC-32 of what stands before it, in hex, lowest byte first, as Grafana has it.
pub(crate) fn ends_in_crc_hex(token: &str) -> bool {
    token.rsplit_once('_').is_some_and(|(body, sum)| {
        let fits = u32::from_str_radix(sum, 16)
            .is_ok_and(|sum| sum.swap_bytes() == crc32fast::hash(body.as_bytes()));
        fits && sum.len() == 8
    })
}

/// Whether a text is Bech32 (BIP 173), all in capitals.
pub(crate) fn is_bech32(text: &str) -> bool {
    const CHARSET: &[u8] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let Some((prefix, data)) = text.rsplit_once('1') else { return false };
    let high = prefix.bytes().map(|b| b.to_ascii_lowercase() >> 5);
    let low = prefix.bytes().map(|b| b.to_ascii_lowercase() & 31);
    let mut sum = high.chain([0]).chain(low).fold(1, bech32_step);
    for b in data.bytes() {
        let Some(value) = CHARSET.iter().position(|c| *c == b) else { return false };
        sum = bech32_step(sum, value as u8);
    }
    sum == 1
}

fn bech32_step(sum: u32, value: u8) -> u32 {
    const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let shifted = (sum & 0x1ff_ffff) << 5 ^ u32::from(value);
    GENERATORS.iter().enumerate().filter(|(at, _)| top >> at & 1 == 1).fold(shifted, |sum, (_, g)| sum ^ g)
}

/// The account an access key id belongs to: written in it in base 32 since March 2019. `None` for older ids, which have `I`
/// or `J` in the fifth place, and for what is no base 32.
pub(crate) fn account_of(key_id: &str) -> Option<String> {
    let body = key_id.as_bytes().get(4..20)?;
    if matches!(body[0], b'I' | b'J') {
        return None;
    }
    let mut bits: u128 = 0;
    for b in body {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'2'..=b'7' => b - b'2' + 26,
            _ => return None,
        };
        bits = bits << 5 | u128::from(value);
    }
    let account = (bits >> 32 & 0x7fff_ffff_ff80) >> 7;
    (account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_read_from_the_key_id() {
        assert_eq!(account_of(&format!("ASIA{}", "QNZGKIQY56JQ7WML")).as_deref(), Some("029608264753"));
        assert_eq!(account_of(&format!("AKIA{}", "IOSFODNN7EXAMPLE")), None, "made before March 2019");
        assert_eq!(account_of(&format!("AKIA{}", "Q000000000000000")), None, "no base 32");
        assert_eq!(account_of("AKIA"), None);
    }

    #[test]
    fn the_checksum_is_six_padded_digits() {
        let body = "abcdefghijklmnopqrstuvwxyz0123";
        let sum = String::from_utf8(crc62(body.as_bytes()).to_vec()).unwrap();
        assert!(after_prefix_ends_in_crc62(&format!("ghp_{body}{sum}")));
        assert!(!after_prefix_ends_in_crc62(&format!("ghp_{body}000000")));
        assert!(!after_prefix_ends_in_crc62("ghp_"));
        assert_eq!(&crc62(b""), b"000000");
    }

    /// Tokens that were published as examples, by the vendor or in a detector's tests.
    #[test]
    fn checksums_fit_published_examples() {
        assert!(after_prefix_ends_in_crc62(&["npm", "_qkJaB6MffYVzZXWqmcoF49yrUxP3wf0LsakP"].concat()));
        assert!(ends_in_crc62(&["35UYJwYZDigYATKhxJUAhPqRhit2Xe3dtiG60LsUTHeklEXDQ9", "4Jafpu"].concat()));
        assert!(ends_in_crc36(&["glpat", "-vSY1cyL948aAB440qB6L4zlu9OzsUmEV.01.0w", "0sfevch"].concat()));
        assert!(ends_in_crc_hex(&["glsa", "_yscW25imSKJIuav8zF37RZmnbiDvB05G_", "fcaaf58a"].concat()));
        let age = ["AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZ", "GFPYYSJZGFPYYSJZGFPQ4EGAEX"].concat();
        assert!(is_bech32(&age));
        assert!(!is_bech32(&age.replace("GFPQ4", "GFPQ5")));
    }
}
