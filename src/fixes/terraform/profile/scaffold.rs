//! A role with an instance profile as a person would write them.

use super::super::super::hcl::{Block, Code, Item, NewBlock};
use super::super::module::Module;

/// A role that EC2 may assume, and a profile of it.
pub(super) struct Scaffold {
    pub(super) name: String,
    /// The trust policy is a data source, and not an encoded object.
    as_data: bool,
    with_profile: bool,
    /// The provider configuration that the resource names.
    provider: Option<String>,
}

/// What a scaffold has is made once, for all instances of a resource; names are chosen by AWS, so that modules which are called
/// more than once do not get in each other's way.
impl Scaffold {
    /// None where each instance has a provider configuration of its own: then there is no one role for them.
    pub(super) fn new(
        module: &Module<'_>,
        code: &Code,
        block: &Block<'_>,
        label: &str,
        with_profile: bool,
    ) -> Option<Self> {
        let type_name = block.labels.first().map_or("", String::as_str);
        let data = ("data", "aws_iam_policy_document", "_assume_role");
        let profile = ("resource", "aws_iam_instance_profile", "");
        let policy = ("resource", "aws_iam_role_policy_attachment", "");
        // The same for all of them: what one may have, another one of the module may have to be given.
        let kinds = [("resource", "aws_iam_role", ""), data, profile, policy];
        let as_data =
            code.is_json() || module.mentions("aws_iam_policy_document") || !module.mentions("jsonencode(");
        let provider = block.value("provider").map(|provider| provider.trim_matches('"').to_owned());
        if provider.as_ref().is_some_and(|provider| provider.contains('[')) {
            return None;
        }
        Some(Self { name: module.free_name(label, type_name, &kinds), as_data, with_profile, provider })
    }

    fn block(&self, keyword: &str, type_name: &str, name: &str, items: Vec<Item>) -> NewBlock {
        let provider = self.provider.iter().map(|provider| Item::attribute("provider", provider.clone()));
        NewBlock::new(keyword, &[type_name, name], provider.chain(items).collect())
    }

    fn resource(&self, type_name: &str, name: &str, items: Vec<Item>) -> NewBlock {
        self.block("resource", type_name, name, items)
    }

    /// What tells in which partition a policy of AWS is: the one of the module, or one to be made. In GovCloud and in China it
    /// is not `aws`.
    fn partition(&self, module: &Module) -> (String, Option<NewBlock>) {
        const TYPE: &str = "aws_partition";
        let codes = module.codes(TYPE);
        let known = codes.iter().flat_map(|code| code.of_type("data", TYPE));
        let known: Vec<Block<'_>> = known.collect();
        let is_same = |block: &&Block<'_>| {
            let provider = block.value("provider").map(|provider| provider.trim_matches('"'));
            provider == self.provider.as_deref() && !block.has("count") && !block.has("for_each")
        };
        if let Some(same) = known.iter().find(is_same) {
            return (same.address(), None);
        }
        let is_free = known.iter().all(|block| block.labels.get(1).is_none_or(|label| label != "current"));
        let name = if is_free { "current" } else { &self.name };
        (format!("data.{TYPE}.{name}"), Some(self.block("data", TYPE, name, Vec::new())))
    }

    pub(super) fn blocks(&self, module: &Module<'_>, managed_policies: &[&str]) -> Vec<NewBlock> {
        let Self { name, .. } = self;
        // The longest that a role takes is 38 characters.
        let prefix: String = name.replace('_', "-").chars().take(37).collect();
        let prefix = format!("\"{prefix}-\"");
        let mut blocks = Vec::new();
        let trust = if self.as_data {
            blocks.push(self.document());
            format!("data.aws_iam_policy_document.{name}_assume_role.json")
        } else {
            TRUST.to_owned()
        };
        let role = vec![
            Item::attribute("name_prefix", prefix.clone()),
            Item::attribute("assume_role_policy", trust),
        ];
        blocks.push(self.resource("aws_iam_role", name, role));
        for policy in managed_policies {
            let (partition, new) = self.partition(module);
            blocks.extend(new);
            let arn = format!("\"arn:${{{partition}.partition}}:iam::aws:policy/{policy}\"");
            let items = vec![
                Item::attribute("role", format!("aws_iam_role.{name}.name")),
                Item::attribute("policy_arn", arn),
            ];
            blocks.push(self.resource("aws_iam_role_policy_attachment", name, items));
        }
        if self.with_profile {
            let items = vec![
                Item::attribute("name_prefix", prefix),
                Item::attribute("role", format!("aws_iam_role.{name}.name")),
            ];
            blocks.push(self.resource("aws_iam_instance_profile", name, items));
        }
        blocks
    }

    fn document(&self) -> NewBlock {
        let principals = vec![
            Item::attribute("type", "\"Service\""),
            Item::attribute("identifiers", "[\"ec2.amazonaws.com\"]"),
        ];
        let statement =
            vec![Item::attribute("actions", "[\"sts:AssumeRole\"]"), Item::block("principals", principals)];
        let name = format!("{}_assume_role", self.name);
        let items = vec![Item::block("statement", statement)];
        self.block("data", "aws_iam_policy_document", &name, items)
    }
}

/// A trust policy as an object.
const TRUST: &str = r#"jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRole"
    Principal = { Service = "ec2.amazonaws.com" }
  }]
})"#;
