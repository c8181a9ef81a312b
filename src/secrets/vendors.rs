//! Keys without a form of their own, told by the vendor's name for them: `DD_API_KEY=` and 32 digits in hex.
//!
//! A value is one only where the name beside it says whose it is and the whole value has the form that this vendor's keys
//! have. Names and forms are those of the vendors' documentation of their command lines and agents.

use super::shape::Part::{self, All, Any, Lit, Maybe, Run};
use super::shape::{self, alnum, base64, hex, lower_alnum, upper_alnum, word_dash};
use super::{Class, Confidence, Detection, Detector, judged};

/// A kind of key, and the names that it goes by.
#[derive(Debug)]
pub(super) struct Vendor {
    pub detector: Detector,
    /// Pieces of the name, as written, that start a closer look.
    pub words: &'static [&'static str],
    /// What the whole name ends in, in small letters and without marks.
    pub says: &'static [&'static str],
    pub shape: &'static [Part],
}

const fn vendor(
    id: &'static str,
    label: &'static str,
    words: &'static [&'static str],
    says: &'static [&'static str],
    shape: &'static [Part],
) -> Vendor {
    let detector = Detector { id, label, class: Class::Token, confidence: Confidence::High, prefix_len: 0 };
    Vendor { detector, words, says, shape }
}

const UUID: &[Part] = &[
    Run(hex, 8, 8),
    Lit("-"),
    Run(hex, 4, 4),
    Lit("-"),
    Run(hex, 4, 4),
    Lit("-"),
    Run(hex, 4, 4),
    Lit("-"),
    Run(hex, 12, 12),
];

#[rustfmt::skip]
pub(super) const VENDORS: &[Vendor] = &[
    vendor("datadog-api-key", "Datadog API key", &["DD_API", "dd_api", "DATADOG", "datadog", "Datadog"], &["ddapikey", "datadogapikey"], &[Run(hex, 32, 32)]),
    vendor("datadog-app-key", "Datadog application key", &["DD_APP", "dd_app", "DATADOG", "datadog", "Datadog"],
        &["ddappkey", "ddapplicationkey", "datadogappkey", "datadogapplicationkey"], &[Run(hex, 40, 40)]),
    vendor("new-relic-old-license-key", "New Relic licence key", &["NEW_RELIC", "new_relic", "NEWRELIC", "newrelic", "NewRelic"],
        &["newreliclicensekey"], &[Run(hex, 40, 40)]),
    vendor("honeycomb-key", "Honeycomb API key", &["HONEYCOMB", "honeycomb", "Honeycomb"], &["apikey", "writekey"], &[Run(alnum, 22, 32)]),
    vendor("rollbar-token", "Rollbar access token", &["ROLLBAR", "rollbar", "Rollbar"], &["accesstoken", "token"], &[Run(hex, 32, 32)]),
    vendor("sumologic-key", "Sumo Logic access key", &["SUMOLOGIC", "sumologic", "SUMO_", "sumo_"], &["accesskey"], &[Run(alnum, 64, 64)]),
    vendor("splunk-token", "Splunk HEC token", &["SPLUNK", "splunk", "Splunk"], &["hectoken", "splunktoken"], &[All(UUID)]),
    vendor("pagerduty-token", "PagerDuty API token", &["PAGERDUTY", "pagerduty", "PagerDuty"], &["token", "apikey"], &[Maybe(&[Lit("u+")]), Run(word_dash, 18, 20)]),
    vendor("opsgenie-key", "Opsgenie API key", &["OPSGENIE", "opsgenie", "OpsGenie", "Opsgenie"], &["apikey"], &[All(UUID)]),
    vendor("cloudflare-api-token", "Cloudflare API token", &["CLOUDFLARE", "cloudflare", "Cloudflare", "CF_API"], &["apitoken", "cloudflaretoken"], &[Run(word_dash, 40, 40)]),
    vendor("cloudflare-global-key", "Cloudflare global API key", &["CLOUDFLARE", "cloudflare", "Cloudflare", "CF_API"], &["apikey"], &[Run(hex, 37, 37)]),
    vendor("fastly-key", "Fastly API token", &["FASTLY", "fastly", "Fastly"], &["apikey", "apitoken", "fastlykey"], &[Run(word_dash, 32, 32)]),
    vendor("netlify-old-token", "Netlify token", &["NETLIFY", "netlify", "Netlify"], &["authtoken", "apitoken", "accesstoken", "netlifytoken"],
        &[Run(word_dash, 43, 64)]),
    vendor("heroku-api-key", "Heroku API key", &["HEROKU", "heroku", "Heroku"], &["apikey"], &[All(UUID)]),
    vendor("hetzner-token", "Hetzner Cloud token", &["HCLOUD", "hcloud", "Hcloud"], &["token"], &[Run(alnum, 64, 64)]),
    vendor("linode-token", "Linode token", &["LINODE", "linode", "Linode"], &["token"], &[Run(hex, 64, 64)]),
    vendor("vultr-key", "Vultr API key", &["VULTR", "vultr", "Vultr"], &["apikey"], &[Run(upper_alnum, 36, 36)]),
    vendor("scaleway-secret-key", "Scaleway secret key", &["SCW_SECRET", "scaleway", "SCALEWAY"], &["secretkey"], &[All(UUID)]),
    vendor("ibm-cloud-key", "IBM Cloud API key", &["IBMCLOUD", "ibmcloud", "IBM_CLOUD", "ibm_cloud", "IC_API"], &["apikey"], &[Run(word_dash, 44, 44)]),
    vendor("alibaba-secret-key", "Alibaba Cloud secret key", &["ALICLOUD", "alicloud", "ALIBABA", "alibaba"], &["secretkey", "accesskeysecret"], &[Run(alnum, 30, 30)]),
    vendor("twilio-auth-token", "Twilio auth token", &["TWILIO", "twilio", "Twilio"], &["authtoken", "twiliotoken"], &[Run(hex, 32, 32)]),
    vendor("mailgun-api-key", "Mailgun API key", &["MAILGUN", "mailgun", "Mailgun"], &["apikey", "mailgunkey", "signingkey"],
        &[Run(hex, 32, 32), Lit("-"), Run(hex, 8, 8), Lit("-"), Run(hex, 8, 8)]),
    vendor("algolia-key", "Algolia API key", &["ALGOLIA", "algolia", "Algolia"], &["adminkey", "adminapikey", "apikey", "writekey"], &[Run(hex, 32, 32)]),
    vendor("confluent-old-secret", "Confluent Cloud API secret", &["CONFLUENT", "confluent", "Confluent"], &["apisecret", "apikeysecret"], &[Run(base64, 64, 64)]),
    vendor("mongodb-atlas-private-key", "MongoDB Atlas private key", &["MONGODB", "mongodb", "ATLAS_P", "atlas_p", "MCLI_P"], &["privatekey", "privateapikey"], &[All(UUID)]),
    vendor("okta-api-token", "Okta API token", &["OKTA", "okta", "Okta"], &["apitoken", "oktatoken"], &[Lit("00"), Run(word_dash, 40, 40)]),
    vendor("launchdarkly-key", "LaunchDarkly key", &["LAUNCHDARKLY", "launchdarkly", "LaunchDarkly", "LD_SDK"], &["sdkkey", "accesstoken", "apikey", "apitoken"],
        &[Any(&["sdk-", "api-"]), All(UUID)]),
    vendor("snyk-token", "Snyk token", &["SNYK", "snyk", "Snyk"], &["token", "apikey"], &[All(UUID)]),
    vendor("sonar-old-token", "SonarQube token", &["SONAR", "sonar", "Sonar"], &["token", "login"], &[Run(hex, 40, 40)]),
    vendor("codecov-token", "Codecov token", &["CODECOV", "codecov", "Codecov"], &["token"], &[All(UUID)]),
    vendor("circleci-old-token", "CircleCI token", &["CIRCLECI", "circleci", "CIRCLE_T"], &["token"], &[Run(hex, 40, 40)]),
    vendor("buildkite-agent-token", "Buildkite agent token", &["BUILDKITE", "buildkite", "Buildkite"], &["agenttoken"], &[Run(lower_alnum, 50, 50)]),
    vendor("vault-old-token", "Vault token", &["VAULT_T", "vault_t", "X-Vault-T"], &["vaulttoken"], &[Lit("s."), Run(alnum, 24, 24)]),
    vendor("consul-token", "Consul token", &["CONSUL_", "consul_", "X-Consul-T"], &["httptoken", "consultoken", "agenttoken", "mastertoken"], &[All(UUID)]),
    vendor("nomad-token", "Nomad token", &["NOMAD_T", "nomad_t", "X-Nomad-T"], &["nomadtoken"], &[All(UUID)]),
];

/// The key that the name around `at` is given.
pub(super) fn named_at(text: &str, at: usize, vendor: &'static Vendor) -> Option<Detection> {
    let bytes = text.as_bytes();
    let part = |b: &&u8| alnum(**b) || matches!(**b, b'_' | b'-' | b'.');
    let start = at - bytes[..at].iter().rev().take(64).take_while(part).count();
    let end = at + bytes[at..].iter().take(64).take_while(part).count();
    let value = assigned(bytes, end)?;
    let mut name: Vec<u8> =
        bytes[start..end].iter().filter(|b| alnum(**b)).map(u8::to_ascii_lowercase).collect();
    // `prefixDATADOG_API_KEY_2`
    name.truncate(name.len() - name.iter().rev().take_while(|b| b.is_ascii_digit()).count());
    if !vendor.says.iter().any(|says| name.ends_with(says.as_bytes())) {
        return None;
    }
    let close = shape::match_at(vendor.shape, bytes, value)?;
    let key = text.get(value..close)?;
    let random = key.bytes().filter(u8::is_ascii_digit).count() >= 2;
    let ends = bytes.get(close).is_none_or(|b| !matches!(b, b'.' | b'/' | b'(' | b'[' | b'-' | b'='));
    if !random || !ends || shape::goes_on(vendor.shape, bytes, close) {
        return None;
    }
    judged(key, Detection::new(&vendor.detector, value, close))
}

/// Where the value begins that a name ending at `end` is given on the same line.
fn assigned(bytes: &[u8], end: usize) -> Option<usize> {
    let count =
        |from: usize, passed: &[u8]| bytes[from..].iter().take(32).take_while(|b| passed.contains(b)).count();
    let sign = end + count(end, b"\"'\\] \t");
    let after = match bytes.get(sign..)? {
        [b'=' | b':', b'>' | b'=', ..] | [b':', b':', ..] => sign + 2,
        [b'=' | b':', ..] => sign + 1,
        _ => return None,
    };
    Some(after + count(after, b"\"'\\ \t("))
}
