//! Source hosting, CI, package registries, project tools.
//!
//! GitHub: <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>. GitLab:
//! <https://docs.gitlab.com/security/tokens/>, the routable form in
//! <https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/>. NuGet:
//! <https://github.com/microsoft/security-utilities> (SEC101/031).

use super::super::checksum::{after_prefix_ends_in_crc62, ends_in_crc36};
use super::super::shape::Part::{All, Any, Lit, Maybe, Run};
use super::super::shape::{alnum, base64_any, digit, hex, lower_alnum, word_dash};
use super::{Rule, UUID, ends_mixed, has_digit, is_mixed, rule};

fn gitlab(token: &str) -> bool {
    has_digit(token) || token.bytes().any(|b| b.is_ascii_uppercase())
}

/// A routable token says its version, and then ends in the length of what it holds and a checksum of all before.
fn routable(token: &str) -> bool {
    token.rsplit_once(".01.").is_none_or(|(_, tail)| tail.len() != 9 || ends_in_crc36(token))
}

/// Base 32 of a structure, in which some places hold few of the digits.
fn nuget(token: &str) -> bool {
    let at = |place: usize, allowed: &[u8]| token.as_bytes().get(place).is_some_and(|b| allowed.contains(b));
    let early = b"abcdefghijklmnop";
    at(3, early)
        && at(19, b"aq")
        && at(31, b"eu")
        && at(32, b"bdfhjlnprtvxz357")
        && at(33, early)
        && at(45, b"aeimquy4")
}

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("github-token", "GitHub token", &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        &[Any(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]), Run(alnum, 36, 36)]).checksum(after_prefix_ends_in_crc62),
    rule("github-refresh-token", "GitHub refresh token", &["ghr_"], &[Lit("ghr_"), Run(alnum, 76, 76)]).checksum(after_prefix_ends_in_crc62),
    rule("github-app-token", "GitHub App token", &["ghs_"],
        &[Lit("ghs_"), Run(digit, 1, 12), Lit("_eyJ"), Run(word_dash, 10, 2048), Lit("."), Run(word_dash, 10, 4096), Lit("."), Run(word_dash, 43, 1024)]),
    rule("github-fine-grained-token", "GitHub fine-grained token", &["github_pat_"],
        &[Lit("github_pat_"), Run(alnum, 22, 22), Lit("_"), Run(alnum, 59, 59)]),
    rule("gitlab-token", "GitLab token",
        &["glpat-", "glrt-", "glrtr-", "gldt-", "glft-", "glsoat-", "glimt-", "glffct-", "glcbt-", "glptt-", "glagent-", "gloas-", "glwt-"],
        &[Any(&["glpat-", "glrt-", "glrtr-", "gldt-", "glft-", "glsoat-", "glimt-", "glffct-", "glcbt-", "glptt-", "glagent-", "gloas-", "glwt-"]),
          Run(word_dash, 20, 300), Maybe(&[Lit(".01")]), Maybe(&[Lit("."), Run(lower_alnum, 9, 9)])]).check(gitlab).checksum(routable),
    rule("gitlab-runner-registration-token", "GitLab runner registration token", &["GR1348941"], &[Lit("GR1348941"), Run(word_dash, 20, 20)]),
    rule("bitbucket-app-password", "Bitbucket app password", &["ATBB"], &[Lit("ATBB"), Run(alnum, 32, 32)]).check(has_digit),
    rule("atlassian-token", "Atlassian API token", &["ATATT3", "ATCTT3"], &[Any(&["ATATT3", "ATCTT3"]), Run(base64_any, 150, 300)]).check(is_mixed),
    rule("circleci-token", "CircleCI token", &["CCIPAT_", "CCIPRJ_"], &[Any(&["CCIPAT_", "CCIPRJ_"]), Run(alnum, 22, 22), Lit("_"), Run(hex, 40, 40)]),
    rule("buildkite-token", "Buildkite token", &["bkua_"], &[Lit("bkua_"), Run(lower_alnum, 40, 40)]),
    rule("sonarqube-token", "SonarQube token", &["squ_", "sqp_", "sqa_"], &[Any(&["squ_", "sqp_", "sqa_"]), Run(hex, 40, 40)]),
    rule("sourcegraph-token", "Sourcegraph token", &["sgp_"], &[Lit("sgp_"), Maybe(&[Run(lower_alnum, 5, 16), Lit("_")]), Run(hex, 40, 40)]),
    rule("linear-token", "Linear API key", &["lin_api_", "lin_oauth_"], &[Any(&["lin_api_", "lin_oauth_"]), Run(alnum, 40, 64)]).check(has_digit),
    rule("postman-token", "Postman API key", &["PMAK-"], &[Lit("PMAK-"), Run(hex, 24, 24), Lit("-"), Run(hex, 34, 34)]),
    rule("artifactory-token", "Artifactory API key", &["AKCp"], &[Lit("AKCp"), Run(alnum, 69, 69)]),
    rule("artifactory-reference-token", "Artifactory reference token", &["cmVmdGtuO"], &[Lit("cmVmdGtuO"), Run(alnum, 55, 55)]),
    // package registries
    rule("npm-token", "npm token", &["npm_"], &[Lit("npm_"), Run(alnum, 36, 36)]).checksum(after_prefix_ends_in_crc62),
    rule("pypi-token", "PyPI token", &["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"],
        &[Any(&["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"]), Run(word_dash, 50, 1000)]),
    rule("rubygems-token", "RubyGems token", &["rubygems_"], &[Lit("rubygems_"), Run(hex, 48, 48)]),
    rule("crates-io-token", "crates.io token", &["cio"], &[Lit("cio"), Run(alnum, 32, 32)]).medium().shown(3).check(is_mixed),
    rule("nuget-key", "NuGet API key", &["oy2"], &[Lit("oy2"), Run(lower_alnum, 43, 43)]).shown(3).check(nuget),
    rule("clojars-token", "Clojars token", &["CLOJARS_"], &[Lit("CLOJARS_"), Run(lower_alnum, 60, 60)]),
    rule("packagist-token", "Private Packagist token", &["packagist_"],
        &[Lit("packagist_"), Any(&["out_", "uut_", "ort_", "urt_"]), Run(hex, 68, 68)]),
    // money
    rule("stripe-live-key", "Stripe live key", &["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
        &[Any(&["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"]), Run(alnum, 10, 120)]).check(stripe),
    rule("stripe-test-key", "Stripe test key", &["sk_test_", "rk_test_"], &[Any(&["sk_test_", "rk_test_"]), Run(alnum, 10, 120)]).medium().check(stripe),
    rule("stripe-webhook-secret", "Stripe webhook secret", &["whsec_"], &[Lit("whsec_"), Run(super::super::shape::base64_padded, 32, 88)]).medium().check(has_digit),
    rule("square-token", "Square token", &["sq0atp-", "sq0csp-"], &[Any(&["sq0atp-", "sq0csp-"]), Run(word_dash, 22, 43)]).check(has_digit),
    rule("braintree-token", "Braintree access token", &["access_token$production$"], &[Lit("access_token$production$"), Run(lower_alnum, 16, 16), Lit("$"), Run(hex, 32, 32)]).hidden(),
    rule("plaid-token", "Plaid access token", &["access-production-", "access-development-", "access-sandbox-"],
        &[Any(&["access-production-", "access-development-", "access-sandbox-"]), All(UUID)]).hidden(),
    rule("flutterwave-key", "Flutterwave secret key", &["FLWSECK-", "FLWSECK_TEST-"], &[Any(&["FLWSECK-", "FLWSECK_TEST-"]), Run(lower_alnum, 32, 48), Lit("-X")]),
    rule("shippo-token", "Shippo token", &["shippo_live_", "shippo_test_"], &[Any(&["shippo_live_", "shippo_test_"]), Run(hex, 40, 40)]),
    rule("easypost-key", "EasyPost API key", &["EZAK", "EZTK"], &[Any(&["EZAK", "EZTK"]), Run(alnum, 54, 54)]).check(ends_mixed),
];

/// The keys of today are long; of the short ones of old, none was a word.
fn stripe(token: &str) -> bool {
    let body = token.rsplit('_').next().unwrap_or_default();
    body.len() >= 24 || has_digit(body)
}
