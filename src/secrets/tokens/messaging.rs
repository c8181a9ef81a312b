//! Chat, mail, telephones.
//!
//! Discord: <https://discord.com/developers/docs/reference#authentication>; a bot's id, in base 64, begins its token.

use super::super::shape::Part::{All, Any, Lit, Maybe, Run};
use super::super::shape::{alnum, alnum_dash, base64, digit, hex, lower_alnum, upper_alnum, word_dash};
use super::{Rule, UUID, has_digit, rule};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A Slack token is segments of which the first (after a version) is a number.
fn slack(token: &str) -> bool {
    let mut segments = token.split('-').skip(1).skip_while(|s| s.len() < 2 || s.starts_with("xox"));
    segments.next().is_some_and(|s| s.len() >= 8 && (s.bytes().all(|b| b.is_ascii_digit()) || s.len() >= 40))
        && token.rsplit('-').next().is_some_and(|last| last.len() >= 10)
}

/// The second of three digits, in base 64.
fn second(b: u8) -> bool {
    b"AEIMQUYcgk".contains(&b)
}

/// The last of three digits, in base 64.
fn third(b: u8) -> bool {
    b"wxyz012345".contains(&b)
}

/// The first segment is the number of a bot.
fn discord(token: &str) -> bool {
    let number = token.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    number.is_some_and(|number| (17..=20).contains(&number.len()) && number.iter().all(u8::is_ascii_digit))
}

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("slack-token", "Slack token", &["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-", "xoxe.xox"],
        &[Maybe(&[Lit("xoxe.")]), Any(&["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-"]), Run(alnum_dash, 24, 300)]).check(slack),
    rule("slack-app-token", "Slack app token", &["xapp-"],
        &[Lit("xapp-"), Run(digit, 1, 2), Lit("-A"), Run(upper_alnum, 6, 14), Lit("-"), Run(digit, 8, 16), Lit("-"), Run(lower_alnum, 32, 128)]),
    rule("slack-webhook", "Slack webhook", &["hooks.slack.com/"],
        &[Lit("hooks.slack.com/"), Any(&["services/", "workflows/", "triggers/"]), Run(base64, 40, 90)]).hidden(),
    rule("teams-webhook", "Microsoft Teams webhook", &["webhook.office.com/webhookb2/"],
        &[Lit("webhook.office.com/webhookb2/"), All(UUID), Lit("@"), All(UUID), Lit("/IncomingWebhook/"), Run(lower_alnum, 32, 32), Lit("/"), All(UUID)])
        .hidden(),
    rule("discord-bot-token", "Discord bot token", &["MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"],
        &[Any(&["MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"]), Run(second, 1, 1), Run(third, 1, 1), Run(alnum, 19, 23), Lit("."), Run(word_dash, 6, 6), Lit("."), Run(word_dash, 27, 40)])
        .hidden().check(discord),
    rule("discord-webhook", "Discord webhook", &["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
        &[Any(&["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"]), Run(digit, 17, 20), Lit("/"), Run(word_dash, 60, 72)]).hidden(),
    rule("telegram-bot-token", "Telegram bot token", &[":AA"], &[Run(digit, 8, 10), Lit(":AA"), Run(word_dash, 33, 33)]).medium().hidden().back_up_to(8, 10),
    rule("sendgrid-token", "SendGrid API key", &["SG."], &[Lit("SG."), Run(word_dash, 22, 22), Lit("."), Run(word_dash, 43, 43)]).shown(3),
    rule("mailgun-token", "Mailgun API key", &["key-"], &[Lit("key-"), Run(hex, 32, 32)]).medium(),
    rule("mailchimp-token", "Mailchimp API key", &["-us"], &[Run(hex, 32, 32), Lit("-us"), Run(digit, 1, 2)]).medium().hidden().back(32),
    rule("brevo-key", "Brevo API key", &["xkeysib-", "xsmtpsib-"], &[Any(&["xkeysib-", "xsmtpsib-"]), Run(hex, 64, 64), Lit("-"), Run(alnum, 16, 16)]),
    rule("twilio-key", "Twilio API key", &["SK"], &[Lit("SK"), Run(hex, 32, 32)]).medium().shown(2).check(has_digit),
];
