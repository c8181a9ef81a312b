//! Databases, streams, search.
//!
//! Confluent: <https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html>
//! (`cflt` since July 2025).

use super::super::shape::Part::{Any, Lit, Maybe, Run};
use super::super::shape::{alnum, base64, base64_padded, digit, hex, lower_alnum, word_dash, word_dash_dot};
use super::{Rule, is_mixed, rule};

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("databricks-token", "Databricks token", &["dapi"], &[Lit("dapi"), Run(hex, 32, 32), Maybe(&[Lit("-"), Run(digit, 1, 2)])]),
    rule("planetscale-token", "PlanetScale token", &["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], &[Any(&["pscale_tkn_", "pscale_pw_", "pscale_oauth_"]), Run(word_dash_dot, 32, 64)])
        .check(is_mixed),
    rule("supabase-token", "Supabase token", &["sbp_"], &[Lit("sbp_"), Run(hex, 40, 40)]),
    rule("supabase-secret-key", "Supabase secret key", &["sb_secret_"], &[Lit("sb_secret_"), Run(word_dash, 31, 36)]).check(is_mixed),
    rule("neon-key", "Neon API key", &["napi_"], &[Lit("napi_"), Run(lower_alnum, 64, 64)]),
    rule("mongodb-atlas-secret", "MongoDB Atlas service account secret", &["mdb_sa_sk_"], &[Lit("mdb_sa_sk_"), Run(word_dash, 40, 40)]).check(is_mixed),
    rule("astra-token", "DataStax Astra token", &["AstraCS:"], &[Lit("AstraCS:"), Run(alnum, 24, 24), Lit(":"), Run(hex, 64, 64)]),
    rule("cockroach-key", "CockroachDB Cloud key", &["CCDB1_"], &[Lit("CCDB1_"), Run(alnum, 22, 22), Lit("_"), Run(alnum, 40, 40)]),
    rule("clickhouse-key", "ClickHouse Cloud key", &["4b1d"], &[Lit("4b1d"), Run(alnum, 38, 38)]).medium().check(is_mixed),
    rule("confluent-secret", "Confluent Cloud API secret", &["cflt"], &[Lit("cflt"), Run(base64, 60, 60)]).check(is_mixed),
    rule("elastic-key", "Elastic Cloud API key", &["essu_"], &[Lit("essu_"), Run(base64_padded, 60, 120)]).check(is_mixed),
    rule("pinecone-key", "Pinecone API key", &["pcsk_"], &[Lit("pcsk_"), Run(alnum, 5, 6), Lit("_"), Run(alnum, 63, 63)]),
    rule("apify-token", "Apify token", &["apify_api_"], &[Lit("apify_api_"), Run(alnum, 36, 36)]),
];
