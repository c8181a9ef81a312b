//! Metrics, logs, errors.
//!
//! Grafana: <https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go>.

use super::super::checksum::ends_in_crc_hex;
use super::super::shape::Part::{All, Any, Lit, Run};
use super::super::shape::{
    alnum, base64_any, base64_padded, hex, hex_any, lower_alnum, upper_alnum, word, word_dash,
};
use super::{Rule, UUID, has_digit, rule};

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("grafana-service-account-token", "Grafana service account token", &["glsa_"], &[Lit("glsa_"), Run(alnum, 32, 32), Lit("_"), Run(hex_any, 8, 8)])
        .checksum(ends_in_crc_hex),
    rule("grafana-cloud-token", "Grafana Cloud token", &["glc_"], &[Lit("glc_"), Run(base64_padded, 40, 400)]).check(has_digit),
    rule("grafana-api-key", "Grafana API key", &["eyJrIjoi"], &[Lit("eyJrIjoi"), Run(base64_padded, 70, 400)]),
    rule("new-relic-key", "New Relic key", &["NRAK-"], &[Lit("NRAK-"), Run(upper_alnum, 27, 27)]),
    rule("new-relic-insights-key", "New Relic insights key", &["NRII-", "NRIQ-"], &[Any(&["NRII-", "NRIQ-"]), Run(word_dash, 32, 32)]),
    rule("new-relic-rest-key", "New Relic REST API key", &["NRRA-"], &[Lit("NRRA-"), Run(hex, 42, 42)]),
    rule("new-relic-license-key", "New Relic licence key", &["NRAL"], &[Run(lower_alnum, 36, 36), Lit("NRAL")]).hidden().back(36),
    rule("datadog-token", "Datadog token", &["ddapp_", "ddpat_"], &[Any(&["ddapp_", "ddpat_"]), Run(word, 34, 64)]).medium(),
    rule("dynatrace-token", "Dynatrace token", &["dt0c01.", "dt0s01.", "dt0s16."],
        &[Any(&["dt0c01.", "dt0s01.", "dt0s16."]), Run(upper_alnum, 24, 24), Lit("."), Run(upper_alnum, 64, 64)]),
    rule("sentry-token", "Sentry token", &["sntrys_eyJ"], &[Lit("sntrys_eyJ"), Run(base64_any, 60, 600)]),
    rule("sentry-user-token", "Sentry user token", &["sntryu_"], &[Lit("sntryu_"), Run(hex, 64, 64)]),
    rule("axiom-token", "Axiom token", &["xaat-", "xapt-"], &[Any(&["xaat-", "xapt-"]), All(UUID)]),
];
