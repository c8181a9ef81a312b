//! Checksums inside tokens, and the account inside an access key id.

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The six base-62 digits of a text's CRC-32, as GitHub and npm append them.
/// <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>
pub(crate) fn crc62(body: &[u8]) -> [u8; 6] {
    let mut rest = crc32fast::hash(body);
    let mut out = [b'0'; 6];
    for place in out.iter_mut().rev() {
        *place = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    out
}

/// Whether the last six characters are the checksum of what stands between the prefix (up to and with the last `_`) and them.
pub(crate) fn ends_in_crc62(token: &str) -> bool {
    let Some((_, body)) = token.rsplit_once('_') else { return false };
    let Some(at) = body.len().checked_sub(6) else { return false };
    body.is_char_boundary(at) && crc62(&body.as_bytes()[..at]) == body.as_bytes()[at..]
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
        assert!(ends_in_crc62(&format!("ghp_{body}{sum}")));
        assert!(!ends_in_crc62(&format!("ghp_{body}000000")));
        assert!(!ends_in_crc62("ghp_"));
        assert_eq!(&crc62(b""), b"000000");
    }
}
