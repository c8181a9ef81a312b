//! Tokens with a form of their own: a distinctive beginning (or middle), an alphabet, a length, sometimes a checksum.
//! A new one is a row of the table.

use super::checksum::ends_in_crc62;
use super::shape::Part::{Any, Lit, Maybe, Run};
use super::shape::{
    Part, alnum, alnum_dash, alpha, azure, base64, base64_any, base64_escaped, base64_padded, digit, hex,
    lower_alnum, upper_alnum, word, word_dash, word_dash_dot,
};
use super::{Class, Confidence, Detector};

/// What a table's row finds and how.
#[derive(Debug)]
pub(crate) struct Rule {
    pub detector: Detector,
    /// Any of these starts a closer look.
    pub keywords: &'static [&'static str],
    /// How far before the keyword the token begins.
    pub back: usize,
    pub shape: &'static [Part],
    /// A last look at the whole token.
    pub check: fn(&str) -> bool,
}

const fn rule(
    id: &'static str,
    label: &'static str,
    keywords: &'static [&'static str],
    shape: &'static [Part],
) -> Rule {
    let detector = Detector { id, label, class: Class::Token, confidence: Confidence::High, prefix_len: 4 };
    Rule { detector, keywords, back: 0, shape, check: |_| true }
}

impl Rule {
    const fn medium(mut self) -> Self {
        self.detector.confidence = Confidence::Medium;
        self
    }

    /// No part of it is public, so none is shown.
    const fn hidden(mut self) -> Self {
        self.detector.prefix_len = 0;
        self
    }

    const fn shown(mut self, len: u8) -> Self {
        self.detector.prefix_len = len;
        self
    }

    const fn class(mut self, class: Class) -> Self {
        self.detector.class = class;
        self
    }

    const fn back(mut self, back: usize) -> Self {
        self.back = back;
        self
    }

    const fn check(mut self, check: fn(&str) -> bool) -> Self {
        self.check = check;
        self
    }
}

fn has_digit(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_digit())
}

/// A Slack token is segments of which the first (after a version) is a number.
fn slack(token: &str) -> bool {
    let mut segments = token.split('-').skip(1).skip_while(|s| s.len() < 2 || s.starts_with("xox"));
    segments.next().is_some_and(|s| s.len() >= 8 && (s.bytes().all(|b| b.is_ascii_digit()) || s.len() >= 40))
        && token.rsplit('-').next().is_some_and(|last| last.len() >= 10)
}

/// OpenAI's keys have the word "OpenAI" in base 64 in the middle.
fn openai(token: &str) -> bool {
    token.split_once("T3BlbkFJ").is_some_and(|(before, after)| before.len() >= 23 && after.len() >= 20)
}

fn gitlab(token: &str) -> bool {
    has_digit(token) || token.bytes().any(|b| b.is_ascii_uppercase())
}

#[rustfmt::skip]
pub(crate) static RULES: &[Rule] = &[
    // AWS: credentials beside access keys, which aws.rs looks for
    rule("aws-bedrock-api-key", "Bedrock API key", &["ABSK"], &[Lit("ABSK"), Run(base64, 109, 269), Run(base64_padded, 0, 2)])
        .class(Class::AwsServiceKey),
    rule("aws-bedrock-short-lived-key", "short-lived Bedrock API key", &["bedrock-api-key-"],
        &[Lit("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t"), Run(base64_any, 20, 4096)])
        .class(Class::AwsTemporaryKey),
    rule("aws-session-token", "AWS session token", &["FwoGZXIvYXdz", "IQoJb3JpZ2lu", "FQoGZXIvYXdz"],
        &[Any(&["FwoGZXIvYXdz", "IQoJb3JpZ2lu", "FQoGZXIvYXdz"]), Run(base64_escaped, 180, 4096)])
        .class(Class::AwsTemporaryKey),
    rule("aws-mws-key", "Amazon MWS key", &["amzn.mws."],
        &[Lit("amzn.mws."), Run(hex, 8, 8), Lit("-"), Run(hex, 4, 4), Lit("-"), Run(hex, 4, 4), Lit("-"), Run(hex, 4, 4), Lit("-"), Run(hex, 12, 12)]),
    rule("aws-appsync-api-key", "AppSync API key", &["da2-"], &[Lit("da2-"), Run(lower_alnum, 26, 26)]).medium().check(has_digit),
    // source hosting and CI
    rule("github-token", "GitHub token", &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        &[Any(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]), Run(alnum, 36, 36)]).check(ends_in_crc62),
    rule("github-fine-grained-token", "GitHub fine-grained token", &["github_pat_"],
        &[Lit("github_pat_"), Run(alnum, 22, 22), Lit("_"), Run(alnum, 59, 59)]),
    rule("gitlab-token", "GitLab token", &["glpat-", "glrt-", "gldt-", "glft-", "glsoat-", "glimt-", "glffct-", "glcbt-", "glptt-", "glagent-"],
        &[Any(&["glpat-", "glrt-", "gldt-", "glft-", "glsoat-", "glimt-", "glffct-", "glcbt-", "glptt-", "glagent-"]), Run(word_dash, 20, 300), Maybe(&[Lit("."), Run(word_dash_dot, 9, 12)])]).check(gitlab),
    rule("gitlab-runner-registration-token", "GitLab runner registration token", &["GR1348941"], &[Lit("GR1348941"), Run(word_dash, 20, 20)]),
    rule("circleci-token", "CircleCI token", &["CCIPAT_"], &[Lit("CCIPAT_"), Run(alnum, 22, 22), Lit("_"), Run(hex, 40, 40)]),
    rule("buildkite-token", "Buildkite token", &["bkua_"], &[Lit("bkua_"), Run(hex, 40, 40)]),
    rule("docker-hub-token", "Docker Hub token", &["dckr_pat_"], &[Lit("dckr_pat_"), Run(word_dash, 27, 27)]),
    rule("atlassian-token", "Atlassian API token", &["ATATT3"], &[Lit("ATATT3"), Run(base64_any, 186, 186)]),
    rule("linear-token", "Linear API key", &["lin_api_", "lin_oauth_"], &[Any(&["lin_api_", "lin_oauth_"]), Run(alnum, 40, 64)]),
    rule("postman-token", "Postman API key", &["PMAK-"], &[Lit("PMAK-"), Run(hex, 24, 24), Lit("-"), Run(hex, 34, 34)]),
    rule("artifactory-token", "Artifactory API key", &["AKCp"], &[Lit("AKCp"), Run(alnum, 69, 69)]),
    rule("artifactory-reference-token", "Artifactory reference token", &["cmVmdGtuO"], &[Lit("cmVmdGtuO"), Run(alnum, 55, 55)]),
    // package registries
    rule("npm-token", "npm token", &["npm_"], &[Lit("npm_"), Run(alnum, 36, 36)]).check(ends_in_crc62),
    rule("pypi-token", "PyPI token", &["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"],
        &[Any(&["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"]), Run(word_dash, 50, 1000)]),
    rule("rubygems-token", "RubyGems token", &["rubygems_"], &[Lit("rubygems_"), Run(hex, 48, 48)]),
    // messaging
    rule("slack-token", "Slack token", &["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-", "xoxe.xox"],
        &[Maybe(&[Lit("xoxe.")]), Any(&["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-"]), Run(alnum_dash, 24, 300)]).check(slack),
    rule("slack-app-token", "Slack app token", &["xapp-"],
        &[Lit("xapp-"), Run(digit, 1, 2), Lit("-A"), Run(upper_alnum, 6, 14), Lit("-"), Run(digit, 8, 16), Lit("-"), Run(lower_alnum, 32, 128)]),
    rule("slack-webhook", "Slack webhook", &["hooks.slack.com/"],
        &[Lit("hooks.slack.com/"), Any(&["services/", "workflows/", "triggers/"]), Run(base64, 40, 90)]).hidden(),
    rule("discord-webhook", "Discord webhook", &["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
        &[Any(&["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"]), Run(digit, 17, 20), Lit("/"), Run(word_dash, 60, 72)]).hidden(),
    rule("telegram-bot-token", "Telegram bot token", &[":AA"], &[Run(digit, 10, 10), Lit(":AA"), Run(word_dash, 33, 33)]).medium().hidden().back(10),
    rule("sendgrid-token", "SendGrid API key", &["SG."], &[Lit("SG."), Run(word_dash, 22, 22), Lit("."), Run(word_dash, 43, 43)]).shown(3),
    rule("mailgun-token", "Mailgun API key", &["key-"], &[Lit("key-"), Run(hex, 32, 32)]).medium(),
    rule("mailchimp-token", "Mailchimp API key", &["-us"], &[Run(hex, 32, 32), Lit("-us"), Run(digit, 1, 2)]).medium().hidden().back(32),
    rule("twilio-key", "Twilio API key", &["SK"], &[Lit("SK"), Run(hex, 32, 32)]).medium().shown(2),
    // money
    rule("stripe-live-key", "Stripe live key", &["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
        &[Any(&["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"]), Run(alnum, 10, 120)]),
    rule("stripe-test-key", "Stripe test key", &["sk_test_", "rk_test_"], &[Any(&["sk_test_", "rk_test_"]), Run(alnum, 10, 120)]).medium(),
    rule("stripe-webhook-secret", "Stripe webhook secret", &["whsec_"], &[Lit("whsec_"), Run(base64_padded, 32, 88)]).medium(),
    rule("square-token", "Square token", &["sq0atp-", "sq0csp-"], &[Any(&["sq0atp-", "sq0csp-"]), Run(word_dash, 22, 43)]),
    rule("shopify-token", "Shopify token", &["shpat_", "shpca_", "shppa_", "shpss_"], &[Any(&["shpat_", "shpca_", "shppa_", "shpss_"]), Run(hex, 32, 32)]),
    // other clouds and platforms
    rule("google-api-key", "Google API key", &["AIza"], &[Lit("AIza"), Run(word_dash, 35, 35)]).medium(),
    rule("google-oauth-secret", "Google OAuth client secret", &["GOCSPX-"], &[Lit("GOCSPX-"), Run(word_dash, 28, 28)]),
    rule("azure-client-secret", "Azure AD client secret", &["Q~"], &[Run(azure, 3, 3), Run(digit, 1, 1), Lit("Q~"), Run(azure, 31, 34)]).hidden().back(4),
    rule("digitalocean-token", "DigitalOcean token", &["dop_v1_", "doo_v1_", "dor_v1_"], &[Any(&["dop_v1_", "doo_v1_", "dor_v1_"]), Run(hex, 64, 64)]),
    rule("cloudflare-origin-ca-key", "Cloudflare origin CA key", &["v1.0-"], &[Lit("v1.0-"), Run(hex, 24, 24), Lit("-"), Run(hex, 146, 146)]),
    rule("databricks-token", "Databricks token", &["dapi"], &[Lit("dapi"), Run(hex, 32, 32), Maybe(&[Lit("-"), Run(digit, 1, 2)])]),
    rule("heroku-token", "Heroku token", &["HRKU-AA"], &[Lit("HRKU-AA"), Run(word_dash, 58, 58)]),
    rule("fly-token", "Fly.io token", &["fo1_", "fm1a_", "fm1r_", "fm2_"], &[Any(&["fo1_", "fm1a_", "fm1r_", "fm2_"]), Run(base64_any, 43, 2048)]),
    rule("planetscale-token", "PlanetScale token", &["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], &[Any(&["pscale_tkn_", "pscale_pw_", "pscale_oauth_"]), Run(word_dash_dot, 32, 64)]),
    rule("supabase-token", "Supabase token", &["sbp_"], &[Lit("sbp_"), Run(hex, 40, 40)]),
    rule("tailscale-key", "Tailscale key", &["tskey-"],
        &[Lit("tskey-"), Any(&["auth-", "api-", "client-", "scim-", "webhook-"]), Run(alnum, 10, 20), Lit("-"), Run(alnum, 20, 48)]),
    // secrets and infrastructure tools
    rule("vault-token", "Vault token", &["hvs.", "hvb.", "hvr."], &[Any(&["hvs.", "hvb.", "hvr."]), Run(word_dash, 24, 400)]).check(has_digit),
    rule("terraform-cloud-token", "HCP Terraform token", &[".atlasv1."], &[Run(alnum, 14, 14), Lit(".atlasv1."), Run(word_dash, 60, 70)]).hidden().back(14),
    rule("pulumi-token", "Pulumi token", &["pul-"], &[Lit("pul-"), Run(hex, 40, 40)]),
    rule("doppler-token", "Doppler token", &["dp.pt.", "dp.ct.", "dp.sa.", "dp.st.", "dp.scim.", "dp.audit."],
        &[Any(&["dp.pt.", "dp.ct.", "dp.sa.", "dp.st.", "dp.scim.", "dp.audit."]), Maybe(&[Run(word_dash, 2, 35), Lit(".")]), Run(alnum, 40, 44)]),
    rule("1password-service-account-token", "1Password service account token", &["ops_eyJ"], &[Lit("ops_eyJ"), Run(base64_any, 250, 2000)]),
    rule("age-secret-key", "age secret key", &["AGE-SECRET-KEY-1"], &[Lit("AGE-SECRET-KEY-1"), Run(upper_alnum, 58, 58)]).class(Class::PrivateKey),
    // observability
    rule("grafana-service-account-token", "Grafana service account token", &["glsa_"], &[Lit("glsa_"), Run(alnum, 32, 32), Lit("_"), Run(|b| b.is_ascii_hexdigit(), 8, 8)]),
    rule("grafana-cloud-token", "Grafana Cloud token", &["glc_eyJ"], &[Lit("glc_eyJ"), Run(base64_padded, 32, 400)]),
    rule("grafana-api-key", "Grafana API key", &["eyJrIjoi"], &[Lit("eyJrIjoi"), Run(base64_padded, 70, 400)]),
    rule("new-relic-key", "New Relic key", &["NRAK-"], &[Lit("NRAK-"), Run(upper_alnum, 27, 27)]),
    rule("new-relic-insights-key", "New Relic insights key", &["NRII-", "NRIQ-"], &[Any(&["NRII-", "NRIQ-"]), Run(word_dash, 32, 32)]),
    rule("new-relic-license-key", "New Relic licence key", &["NRAL"], &[Run(lower_alnum, 36, 36), Lit("NRAL")]).hidden().back(36),
    rule("datadog-token", "Datadog token", &["ddapp_", "ddpat_"], &[Any(&["ddapp_", "ddpat_"]), Run(word, 34, 64)]).medium(),
    rule("dynatrace-token", "Dynatrace token", &["dt0c01.", "dt0s01.", "dt0s16."],
        &[Any(&["dt0c01.", "dt0s01.", "dt0s16."]), Run(upper_alnum, 24, 24), Lit("."), Run(upper_alnum, 64, 64)]),
    rule("sentry-token", "Sentry token", &["sntrys_eyJ"], &[Lit("sntrys_eyJ"), Run(base64_any, 60, 600)]),
    rule("sentry-user-token", "Sentry user token", &["sntryu_"], &[Lit("sntryu_"), Run(hex, 64, 64)]),
    // models
    rule("openai-key", "OpenAI API key", &["sk-proj-", "sk-svcacct-", "sk-admin-"],
        &[Any(&["sk-proj-", "sk-svcacct-", "sk-admin-"]), Run(word_dash, 48, 200)]).shown(3).check(openai),
    rule("openai-legacy-key", "OpenAI API key", &["T3BlbkFJ"], &[Lit("sk-"), Run(alnum, 48, 48)]).shown(3).back(23).check(openai),
    rule("anthropic-key", "Anthropic API key", &["sk-ant-"],
        &[Lit("sk-ant-"), Any(&["api03-", "admin01-", "oat01-", "ort01-"]), Run(word_dash, 95, 95)]).check(|t| t.ends_with("AA")),
    rule("hugging-face-token", "Hugging Face token", &["hf_"], &[Lit("hf_"), Run(alpha, 34, 34)]).shown(3),
    rule("groq-key", "Groq API key", &["gsk_"], &[Lit("gsk_"), Run(alnum, 52, 52)]),
    rule("replicate-token", "Replicate token", &["r8_"], &[Lit("r8_"), Run(alnum, 37, 37)]).shown(3),
];
