//! Makers and hosts of language models.

use super::super::shape::Part::{All, Any, Lit, Run};
use super::super::shape::{alnum, alpha, hex, lower_alnum, word_dash};
use super::{Rule, UUID, ends_mixed, is_mixed, rule};

/// OpenAI's keys have the word "OpenAI" in base 64 in the middle.
fn openai(token: &str) -> bool {
    token.split_once("T3BlbkFJ").is_some_and(|(before, after)| before.len() >= 23 && after.len() >= 20)
}

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("openai-key", "OpenAI API key", &["sk-proj-", "sk-svcacct-", "sk-admin-"],
        &[Any(&["sk-proj-", "sk-svcacct-", "sk-admin-"]), Run(word_dash, 48, 200)]).shown(3).check(openai),
    rule("openai-legacy-key", "OpenAI API key", &["T3BlbkFJ"], &[Lit("sk-"), Run(alnum, 48, 48)]).shown(3).back(23).check(openai),
    rule("anthropic-key", "Anthropic API key", &["sk-ant-"],
        &[Lit("sk-ant-"), Any(&["api03-", "admin01-", "oat01-", "ort01-"]), Run(word_dash, 95, 95)]).check(|t| t.ends_with("AA")),
    rule("hugging-face-token", "Hugging Face token", &["hf_", "api_org_"], &[Any(&["hf_", "api_org_"]), Run(alpha, 34, 34)]).shown(3),
    rule("groq-key", "Groq API key", &["gsk_"], &[Lit("gsk_"), Run(alnum, 52, 52)]),
    rule("replicate-token", "Replicate token", &["r8_"], &[Lit("r8_"), Run(alnum, 37, 37)]).shown(3).check(ends_mixed),
    rule("perplexity-key", "Perplexity API key", &["pplx-"], &[Lit("pplx-"), Run(alnum, 48, 48)]),
    rule("xai-key", "xAI API key", &["xai-"], &[Lit("xai-"), Run(alnum, 80, 80)]),
    rule("openrouter-key", "OpenRouter API key", &["sk-or-v1-"], &[Lit("sk-or-v1-"), Run(hex, 64, 64)]),
    rule("langfuse-key", "Langfuse secret key", &["sk-lf-"], &[Lit("sk-lf-"), All(UUID)]),
    rule("langsmith-key", "LangSmith API key", &["lsv2_pt_", "lsv2_sk_"], &[Any(&["lsv2_pt_", "lsv2_sk_"]), Run(hex, 32, 32), Lit("_"), Run(hex, 10, 10)]),
    rule("nvidia-key", "NVIDIA API key", &["nvapi-"], &[Lit("nvapi-"), Run(word_dash, 60, 70)]).check(is_mixed),
    rule("cerebras-key", "Cerebras API key", &["csk-"], &[Lit("csk-"), Run(lower_alnum, 48, 48)]),
    rule("together-key", "Together AI API key", &["tgp_v1_"], &[Lit("tgp_v1_"), Run(word_dash, 43, 43)]).check(is_mixed),
];
