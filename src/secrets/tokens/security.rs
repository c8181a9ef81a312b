//! Stores of secrets, and tools that look after them.
//!
//! age: <https://age-encryption.org/v1>, whose keys are Bech32 (BIP 173). Vault:
//! <https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes>.

use super::super::Class;
use super::super::checksum::is_bech32;
use super::super::shape::Part::{Any, Lit, Maybe, Run};
use super::super::shape::{alnum, base64_any, hex, upper_alnum, word_dash};
use super::{Rule, has_digit, is_mixed, rule};

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("vault-token", "Vault token", &["hvs.", "hvb.", "hvr."], &[Any(&["hvs.", "hvb.", "hvr."]), Run(word_dash, 24, 400)]).check(has_digit),
    rule("doppler-token", "Doppler token", &["dp.pt.", "dp.ct.", "dp.sa.", "dp.st.", "dp.scim.", "dp.audit."],
        &[Any(&["dp.pt.", "dp.ct.", "dp.sa.", "dp.st.", "dp.scim.", "dp.audit."]), Maybe(&[Run(word_dash, 2, 35), Lit(".")]), Run(alnum, 40, 44)]),
    rule("infisical-token", "Infisical service token", &["st."], &[Lit("st."), Run(hex, 24, 24), Lit("."), Run(hex, 32, 32), Lit("."), Run(hex, 32, 32)]).shown(3),
    rule("1password-service-account-token", "1Password service account token", &["ops_eyJ"], &[Lit("ops_eyJ"), Run(base64_any, 250, 2000)]),
    rule("1password-secret-key", "1Password secret key", &["A3-"],
        &[Lit("A3-"), Run(upper_alnum, 6, 6), Lit("-"), Run(upper_alnum, 6, 11), Maybe(&[Lit("-"), Run(upper_alnum, 5, 5)]), Lit("-"), Run(upper_alnum, 5, 5), Lit("-"), Run(upper_alnum, 5, 5), Maybe(&[Lit("-"), Run(upper_alnum, 5, 5)])])
        .shown(3).check(|token| matches!(token.len(), 39 | 40) && has_digit(token)),
    rule("age-secret-key", "age secret key", &["AGE-SECRET-KEY-1"], &[Lit("AGE-SECRET-KEY-1"), Run(upper_alnum, 58, 58)]).class(Class::PrivateKey).checksum(is_bech32),
    rule("stackhawk-key", "StackHawk API key", &["hawk."], &[Lit("hawk."), Run(word_dash, 20, 20), Lit("."), Run(word_dash, 20, 20)]).check(is_mixed),
];
