//! Clouds, and services that run things.
//!
//! Azure: <https://github.com/microsoft/security-utilities> (SEC101), a fixed signature in every key. Cloudflare:
//! <https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/>. Vercel:
//! <https://vercel.com/changelog/new-token-formats-and-secret-scanning>.

use super::super::Class;
use super::super::checksum::ends_in_crc62;
use super::super::shape::Part::{All, Any, Lit, Maybe, Run};
use super::super::shape::{
    alnum, azure, base64, base64_any, base64_escaped, base64_padded, digit, hex, lower_alnum, upper_alnum,
    word_dash, word_dash_dot,
};
use super::{Rule, UUID, ends_mixed, has_digit, is_mixed, rule};

/// What no key but one of today holds: 32 random bytes lie before the signature, and what follows is no digest.
fn is_random(token: &str) -> bool {
    is_mixed(token) && token.bytes().filter(u8::is_ascii_digit).count() >= 3
}

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // AWS: credentials beside access keys, which aws.rs looks for
    rule("aws-bedrock-api-key", "Bedrock API key", &["ABSK"], &[Lit("ABSK"), Run(base64, 109, 269), Run(base64_padded, 0, 2)])
        .class(Class::AwsServiceKey),
    rule("aws-bedrock-short-lived-key", "short-lived Bedrock API key", &["bedrock-api-key-"],
        &[Lit("bedrock-api-key-"), Lit("YmVkcm9jay5hbWF6b25hd3MuY29t"), Run(base64_any, 20, 4096)])
        .class(Class::AwsTemporaryKey),
    rule("aws-session-token", "AWS session token", &["FwoGZXIvYXdz", "IQoJb3JpZ2lu", "FQoGZXIvYXdz"],
        &[Any(&["FwoGZXIvYXdz", "IQoJb3JpZ2lu", "FQoGZXIvYXdz"]), Run(base64_escaped, 180, 4096)])
        .class(Class::AwsTemporaryKey),
    rule("aws-mws-key", "Amazon MWS key", &["amzn.mws."], &[Lit("amzn.mws."), All(UUID)]),
    rule("aws-appsync-api-key", "AppSync API key", &["da2-"], &[Lit("da2-"), Run(lower_alnum, 26, 26)]).medium().check(has_digit),
    // Google
    rule("google-api-key", "Google API key", &["AIza"], &[Lit("AIza"), Run(word_dash, 35, 35)]).medium(),
    rule("google-oauth-secret", "Google OAuth client secret", &["GOCSPX-"], &[Lit("GOCSPX-"), Run(word_dash, 28, 28)]),
    rule("google-oauth-token", "Google OAuth access token", &["ya29."], &[Lit("ya29."), Run(word_dash, 40, 1024)]).medium().check(is_mixed),
    // Azure
    rule("azure-client-secret", "Azure AD client secret", &["0Q~", "1Q~", "2Q~", "3Q~", "4Q~", "5Q~", "6Q~", "7Q~", "8Q~", "9Q~"],
        &[Run(azure, 3, 3), Any(&["0Q~", "1Q~", "2Q~", "3Q~", "4Q~", "5Q~", "6Q~", "7Q~", "8Q~", "9Q~"]), Run(azure, 31, 34)]).hidden().back(3),
    rule("azure-account-key", "Azure account key", &["+ASt", "ACDb", "+ABa", "+AMC", "APIM"],
        &[Run(base64, 76, 76), Any(&["+ASt", "ACDb", "+ABa", "+AMC", "APIM"]), Run(base64, 6, 6), Lit("==")])
        .hidden().back(76).check(is_random),
    rule("azure-access-key", "Azure access key", &["+ASb", "+AEh", "+ARm", "AIoT", "AzCa", "AZEG"],
        &[Run(base64, 33, 33), Any(&["+ASb", "+AEh", "+ARm", "AIoT", "AzCa", "AZEG"]), Run(base64, 6, 6), Lit("=")])
        .hidden().back(33).check(is_random),
    rule("azure-search-key", "Azure AI Search key", &["AzSe"], &[Run(alnum, 42, 42), Lit("AzSe"), Run(alnum, 6, 6)]).hidden().back(42).check(is_random),
    rule("azure-function-key", "Azure Functions key", &["AzFu"], &[Run(word_dash, 44, 44), Lit("AzFu"), Run(word_dash, 6, 6), Lit("==")])
        .hidden().back(44).check(is_random),
    rule("azure-registry-key", "Azure container registry password", &["+ACR"], &[Run(base64, 42, 42), Lit("+ACR"), Run(base64, 6, 6)])
        .hidden().back(42).check(is_random),
    rule("azure-service-key", "Azure service key", &["JQQJ9"],
        &[Run(alnum, 52, 52), Lit("JQQJ9"), Any(&["9", "D", "H"]), Run(alnum, 26, 28), Maybe(&[Lit("==")])]).hidden().back(52).check(is_random),
    // others
    rule("alibaba-access-key-id", "Alibaba Cloud access key id", &["LTAI"], &[Lit("LTAI"), Run(alnum, 20, 20)]).check(is_mixed),
    rule("tencent-secret-id", "Tencent Cloud secret id", &["AKID"], &[Lit("AKID"), Run(alnum, 32, 32)]).medium().check(is_mixed),
    rule("yandex-api-key", "Yandex Cloud API key", &["AQVN"], &[Lit("AQVN"), Run(word_dash, 35, 38)]).check(is_mixed),
    rule("scaleway-access-key", "Scaleway access key", &["SCW"], &[Lit("SCW"), Run(upper_alnum, 17, 17)]).medium().check(has_digit),
    rule("digitalocean-token", "DigitalOcean token", &["dop_v1_", "doo_v1_", "dor_v1_"], &[Any(&["dop_v1_", "doo_v1_", "dor_v1_"]), Run(hex, 64, 64)]),
    rule("cloudflare-token", "Cloudflare token", &["cfk_", "cfut_", "cfat_"], &[Any(&["cfk_", "cfut_", "cfat_"]), Run(word_dash, 41, 64)]).check(has_digit),
    rule("cloudflare-origin-ca-key", "Cloudflare origin CA key", &["v1.0-"], &[Lit("v1.0-"), Run(hex, 24, 24), Lit("-"), Run(hex, 146, 146)]),
    rule("heroku-token", "Heroku token", &["HRKU-AA"], &[Lit("HRKU-AA"), Run(word_dash, 58, 58)]),
    rule("fly-token", "Fly.io token", &["fo1_", "fm1a_", "fm1r_", "fm2_"], &[Any(&["fo1_", "fm1a_", "fm1r_", "fm2_"]), Run(base64_any, 43, 2048)]).check(has_digit),
    rule("vercel-token", "Vercel token", &["vcp_", "vci_", "vca_", "vcr_", "vck_"],
        &[Any(&["vcp_", "vci_", "vca_", "vcr_", "vck_"]), Run(word_dash, 50, 50), Run(alnum, 6, 6)]).checksum(vercel),
    rule("netlify-token", "Netlify token", &["nfp_"], &[Lit("nfp_"), Run(alnum, 36, 48)]).check(ends_mixed),
    rule("render-key", "Render API key", &["rnd_"], &[Lit("rnd_"), Run(alnum, 32, 32)]).medium().check(ends_mixed),
    rule("scalingo-token", "Scalingo token", &["tk-us-"], &[Lit("tk-us-"), Run(word_dash, 48, 48)]).check(is_mixed),
    rule("docker-hub-token", "Docker Hub token", &["dckr_pat_", "dckr_oat_"], &[Any(&["dckr_pat_", "dckr_oat_"]), Run(word_dash, 27, 36)]).check(has_digit),
    rule("docker-swarm-token", "Docker Swarm join token", &["SWMTKN-1-"], &[Lit("SWMTKN-1-"), Run(lower_alnum, 50, 60), Lit("-"), Run(lower_alnum, 24, 30)]),
    rule("docker-swarm-unlock-key", "Docker Swarm unlock key", &["SWMKEY-1-"], &[Lit("SWMKEY-1-"), Run(base64, 43, 43)]),
    rule("openshift-token", "OpenShift token", &["sha256~"], &[Lit("sha256~"), Run(word_dash, 43, 43)]).check(is_mixed),
    rule("rancher-token", "Rancher token", &["token-"], &[Lit("token-"), Run(lower_alnum, 5, 5), Lit(":"), Run(lower_alnum, 54, 54)]).check(has_digit),
    rule("tailscale-key", "Tailscale key", &["tskey-"],
        &[Lit("tskey-"), Any(&["auth-", "api-", "client-", "scim-", "webhook-"]), Run(alnum, 10, 20), Lit("-"), Run(alnum, 20, 48)]),
    rule("terraform-cloud-token", "HCP Terraform token", &[".atlasv1."], &[Run(alnum, 14, 14), Lit(".atlasv1."), Run(word_dash, 60, 70)]).hidden().back(14),
    rule("pulumi-token", "Pulumi token", &["pul-"], &[Lit("pul-"), Run(hex, 40, 40)]),
    rule("infracost-key", "Infracost API key", &["ico-"], &[Lit("ico-"), Run(alnum, 32, 32)]).check(is_mixed),
    rule("harness-token", "Harness token", &["pat.", "sat."], &[Any(&["pat.", "sat."]), Run(word_dash, 22, 22), Lit("."), Run(alnum, 24, 24), Lit("."), Run(alnum, 20, 20)])
        .check(has_digit),
    rule("octopus-key", "Octopus Deploy API key", &["API-"], &[Lit("API-"), Run(upper_alnum, 26, 26)]).medium().check(has_digit),
    rule("prefect-key", "Prefect API key", &["pnu_", "pnb_"], &[Any(&["pnu_", "pnb_"]), Run(alnum, 36, 36)]).check(ends_mixed),
    rule("maxmind-license-key", "MaxMind licence key", &["_mmk"], &[Run(alnum, 6, 6), Lit("_"), Run(alnum, 29, 29), Lit("_mmk")]).hidden().back(36),
    rule("contentful-token", "Contentful token", &["CFPAT-"], &[Lit("CFPAT-"), Run(word_dash, 43, 43)]),
    rule("shopify-token", "Shopify token", &["shpat_", "shpca_", "shppa_", "shpss_"], &[Any(&["shpat_", "shpca_", "shppa_", "shpss_"]), Run(hex, 32, 32)]),
    rule("mapbox-secret-token", "Mapbox secret token", &["sk.eyJ"], &[Lit("sk.eyJ"), Run(word_dash, 40, 300), Lit("."), Run(word_dash, 20, 30)]).shown(3),
    rule("hubspot-token", "HubSpot private app token", &["pat-na1-", "pat-na2-", "pat-eu1-", "pat-ap1-"],
        &[Any(&["pat-na1-", "pat-na2-", "pat-eu1-", "pat-ap1-"]), All(UUID)]),
    rule("okta-token", "Okta API token", &["SSWS 00"], &[Lit("SSWS "), Lit("00"), Run(word_dash, 40, 40)]).check(is_mixed),
    rule("adobe-client-secret", "Adobe client secret", &["p8e-"], &[Lit("p8e-"), Run(alnum, 32, 32)]).check(has_digit),
    rule("figma-token", "Figma token", &["figd_"], &[Lit("figd_"), Run(word_dash, 38, 45)]).check(is_mixed),
    rule("notion-token", "Notion token", &["ntn_"], &[Lit("ntn_"), Run(digit, 11, 11), Run(alnum, 35, 35)]),
    rule("notion-legacy-token", "Notion token", &["secret_"], &[Lit("secret_"), Run(alnum, 43, 43)]).medium().check(ends_mixed),
    rule("airtable-token", "Airtable token", &["pat"], &[Lit("pat"), Run(alnum, 14, 14), Lit("."), Run(hex, 64, 64)]).shown(3),
    rule("typeform-token", "Typeform token", &["tfp_"], &[Lit("tfp_"), Run(word_dash_dot, 40, 64)]).check(is_mixed),
    rule("readme-key", "ReadMe API key", &["rdme_"], &[Lit("rdme_"), Run(lower_alnum, 70, 72)]),
];

/// Vercel computes the checksum over what stands between prefix and checksum.
fn vercel(token: &str) -> bool {
    token.get(4..).is_some_and(ends_in_crc62)
}
