//! Who a principal is.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::fact::{Federation, Trustee};
use crate::catalog::iam as catalog;
use crate::facts::document::{Node, Text};
use crate::facts::holes::HOLE;
use crate::model::{BlockKind, Reason, Resource, Unit, terraform_type};
use crate::source::Site;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A principal of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Principal {
    pub(super) is: Trustee,
    pub(super) federation: Federation,
    /// Of a web identity: who issues its tokens, without the scheme; none where it is not known.
    pub(super) issuer: Option<String>,
    /// As it is written, or what it refers to; for people.
    pub(super) said: String,
    pub(super) site: Option<Site>,
    pub(super) reason: Option<Reason>,
}

/// The accounts that a provider's configuration admits, and those that it refuses, as far as they are known.
struct Accounts {
    allowed: Vec<Arc<str>>,
    forbidden: Vec<Arc<str>>,
}

/// What the unit says of accounts and identity providers.
pub(super) struct Known<'u> {
    /// By the address of a provider: the accounts that it may work in, and those that it must not.
    accounts: FxHashMap<Arc<str>, Accounts>,
    /// Identity providers by address.
    federated: FxHashMap<Arc<str>, &'u Resource>,
    users: FxHashSet<Arc<str>>,
    /// The account that the unit is deployed into.
    own: Option<Arc<str>>,
}

impl<'u> Known<'u> {
    pub(super) fn of(unit: &'u Unit) -> Self {
        let mut known = Self {
            accounts: FxHashMap::default(),
            federated: FxHashMap::default(),
            users: FxHashSet::default(),
            own: unit.account.clone(),
        };
        for resource in &unit.resources {
            if resource.kind == BlockKind::Provider {
                if let Some(said) = accounts_of(resource) {
                    known.accounts.insert(Arc::clone(&resource.address), said);
                }
            } else if catalog::identity_provider(&resource.type_name).is_some() {
                known.federated.insert(Arc::clone(&resource.address), resource);
            } else if catalog::is_user(&resource.type_name) {
                known.users.insert(Arc::clone(&resource.address));
            }
        }
        known
    }

    /// Every principal of `Principal`.
    pub(super) fn principals(&self, role: &Resource, node: &Node) -> Vec<Principal> {
        match node {
            Node::Null => Vec::new(),
            Node::Text(_) | Node::List(_) => {
                node.items().iter().filter_map(|item| self.identity(role, item)).collect()
            }
            Node::Unknown { reason, site } => vec![unknown(reason, *site)],
            Node::Object(object) => {
                let mut found = Vec::new();
                for member in &object.members {
                    let items = member.value.items().iter();
                    found.extend(items.filter_map(|item| match &*member.key.text.to_ascii_lowercase() {
                        "service" => Some(plain(Trustee::Service, item)),
                        "federated" => self.federation(item),
                        "aws" | "*" => self.identity(role, item),
                        _ => None,
                    }));
                }
                found.extend(object.open.iter().map(|reason| unknown(reason, node.site())));
                found
            }
        }
    }

    /// A principal of kind `AWS`.
    fn identity(&self, role: &Resource, node: &Node) -> Option<Principal> {
        let text = match node {
            Node::Text(text) => text,
            Node::Unknown { reason, site } => {
                return Some(Principal {
                    is: self.referred(reason),
                    said: reason_subject(reason),
                    ..unknown(reason, *site)
                });
            }
            Node::Null | Node::List(_) | Node::Object(_) => return None,
        };
        let whole = text.holes.first().filter(|_| text.text.chars().eq([HOLE]));
        if let Some(reason) = whole {
            let referred = Node::Unknown { reason: reason.clone(), site: text.site };
            return self.identity(role, &referred);
        }
        let is = if text.text == "*" {
            Trustee::Anyone
        } else if text.text.starts_with("arn:") {
            self.arn(role, text)
        } else {
            self.account(role, text, 0, &text.text)
        };
        Some(Principal { is, ..plain(is, node) })
    }

    fn arn(&self, role: &Resource, text: &Text) -> Trustee {
        let pieces: Vec<&str> = text.text.splitn(6, ':').collect();
        let [before @ .., account, resource] = pieces.as_slice() else { return Trustee::Role };
        if before.len() != 4 {
            return if text.holes.is_empty() { Trustee::Role } else { Trustee::Unknown };
        }
        let holes = before.iter().flat_map(|piece| piece.chars()).filter(|c| *c == HOLE).count();
        match resource.split('/').next().unwrap_or_default() {
            "root" => self.account(role, text, holes, account),
            "user" => Trustee::User,
            "*" => self.account(role, text, holes, account),
            other if other.contains(HOLE) && !resource.contains('/') => Trustee::Unknown,
            _ => Trustee::Role,
        }
    }

    /// An account by its number, which is a part of a text, behind so many holes.
    fn account(&self, role: &Resource, text: &Text, holes: usize, account: &str) -> Trustee {
        if account.chars().eq([HOLE]) {
            return text.holes.get(holes).map_or(Trustee::SomeAccount, account_of);
        }
        if account.contains(HOLE) {
            return if text.text.contains(':') { Trustee::SomeAccount } else { Trustee::Unknown };
        }
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            // An id of an identity that is no more, an origin of CloudFront: nobody that could be many.
            return Trustee::Role;
        }
        let provider = role.body.entries_at("provider").first().and_then(|entry| entry.value.to_text());
        if let Some(own) = &self.own {
            return if **own == *account { Trustee::ThisAccount } else { Trustee::ForeignAccount };
        }
        let said = provider.and_then(|provider| self.accounts.get(&provider));
        let lists = |all: &[Arc<str>]| all.iter().any(|known| **known == *account);
        match said {
            Some(known) if lists(&known.forbidden) => Trustee::ForeignAccount,
            Some(known) if !known.allowed.is_empty() && !lists(&known.allowed) => Trustee::ForeignAccount,
            Some(known) if known.allowed.len() == 1 => Trustee::ThisAccount,
            Some(_) | None => Trustee::SomeAccount,
        }
    }

    /// What a reference of kind `AWS` is to.
    fn referred(&self, reason: &Reason) -> Trustee {
        if matches!(reason, Reason::PseudoParameter { .. }) {
            return account_of(reason);
        }
        let (Reason::Computed { address, attribute } | Reason::Data { address, attribute }) = reason else {
            return Trustee::Unknown;
        };
        let type_name = terraform_type(address);
        let is_account = ["id", "account_id", "accountid", "Ref"].contains(&&**attribute);
        match type_name {
            _ if self.users.contains(address) => Trustee::User,
            "aws_caller_identity" if is_account => Trustee::ThisAccount,
            _ if catalog::is_user(type_name) => Trustee::User,
            // An account of the same organization is no stranger's.
            "aws_organizations_account" => Trustee::ThisAccount,
            "aws_caller_identity" | "aws_cloudfront_origin_access_identity" => Trustee::Role,
            _ if type_name.starts_with("aws_iam_") || type_name.ends_with("_service_account") => {
                Trustee::Role
            }
            _ if matches!(reason, Reason::Computed { .. }) => Trustee::Role,
            _ => Trustee::Unknown,
        }
    }

    fn federation(&self, node: &Node) -> Option<Principal> {
        let mut found = plain(Trustee::Federated, node);
        match node {
            Node::Text(text) if text.text.chars().eq([HOLE]) => {
                let reason = text.holes.first()?.clone();
                return self.federation(&Node::Unknown { reason, site: text.site });
            }
            Node::Text(text) if text.text == "*" => found.is = Trustee::Anyone,
            Node::Text(text) if text.text.contains("saml-provider/") => found.federation = Federation::Saml,
            Node::Text(text) => match text.text.split_once("oidc-provider/") {
                Some((_, host)) => {
                    found.federation = Federation::WebIdentity;
                    found.issuer = (!host.contains(HOLE)).then(|| self::host(host));
                }
                None if text.holes.is_empty() => {
                    found.federation = Federation::WebIdentity;
                    found.issuer = Some(text.text.to_ascii_lowercase());
                }
                None => {}
            },
            Node::Unknown { reason, .. } => {
                found.said = reason_subject(reason);
                found.reason = Some(reason.clone());
                let (Reason::Computed { address, .. } | Reason::Data { address, .. }) = reason else {
                    return Some(found);
                };
                let resource = self.federated.get(address);
                let type_name =
                    resource.map_or_else(|| terraform_type(address), |resource| &resource.type_name);
                if let Some(provider) = catalog::identity_provider(type_name) {
                    found.federation =
                        if provider.url.is_some() { Federation::WebIdentity } else { Federation::Saml };
                    let urls = provider.url.into_iter().flat_map(|url| {
                        resource.into_iter().flat_map(move |resource| resource.body.entries_at(url))
                    });
                    found.issuer =
                        urls.filter_map(|entry| entry.value.to_text()).next().map(|url| host(&url));
                }
            }
            Node::Null | Node::List(_) | Node::Object(_) => return None,
        }
        Some(found)
    }
}

/// The URL of an issuer as IAM names it in keys: without scheme and last slash.
fn host(url: &str) -> String {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.trim_end_matches('/').to_ascii_lowercase()
}

/// Whose an account is that a text takes from elsewhere.
fn account_of(reason: &Reason) -> Trustee {
    const OWN: [&str; 3] =
        ["aws_caller_identity", "aws_organizations_account", "aws_organizations_organization"];
    if let Reason::PseudoParameter { name } = reason
        && &**name == "AWS::AccountId"
    {
        return Trustee::ThisAccount;
    }
    // An account of the same organization is no stranger's.
    if let Reason::Data { address, .. } | Reason::Computed { address, .. } = reason
        && OWN.contains(&terraform_type(address))
    {
        return Trustee::ThisAccount;
    }
    Trustee::SomeAccount
}

fn plain(is: Trustee, node: &Node) -> Principal {
    let said = match node {
        Node::Text(text) => text.text.replace(HOLE, "…"),
        Node::Unknown { reason, .. } => reason_subject(reason),
        Node::Null | Node::List(_) | Node::Object(_) => String::new(),
    };
    Principal { is, federation: Federation::None, issuer: None, said, site: node.site(), reason: None }
}

pub(super) fn unknown(reason: &Reason, site: Option<Site>) -> Principal {
    Principal {
        is: Trustee::Unknown,
        federation: Federation::None,
        issuer: None,
        said: String::new(),
        site,
        reason: Some(reason.clone()),
    }
}

fn reason_subject(reason: &Reason) -> String {
    if let Reason::Computed { address, .. } | Reason::Data { address, .. } = reason {
        return address.to_string();
    }
    reason.to_string()
}

fn accounts_of(provider: &Resource) -> Option<Accounts> {
    let list = |path: &str| -> Option<Vec<Arc<str>>> {
        let mut found = Vec::new();
        for entry in provider.body.entries_at(path) {
            for item in entry.value.as_list()?.iter() {
                found.push(item.to_text()?);
            }
        }
        Some(found)
    };
    let mut allowed = list("allowed_account_ids").unwrap_or_default();
    let roles = provider.body.entries_at("assume_role.role_arn");
    if let [role] = roles.as_slice()
        && let Some(account) = role.value.to_text().and_then(|arn| arn.split(':').nth(4).map(Arc::from))
    {
        allowed = vec![account];
    }
    let forbidden = list("forbidden_account_ids").unwrap_or_default();
    (!allowed.is_empty() || !forbidden.is_empty()).then_some(Accounts { allowed, forbidden })
}
