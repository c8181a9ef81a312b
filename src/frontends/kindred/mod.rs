//! HCL of HashiCorp's tools that is no module of Terraform's: tests of modules, Stacks, Packer. Owns what of it hands over
//! credentials and named values, and says that in Terraform's words; evaluation is Terraform's.
//!
//! - tests: <https://developer.hashicorp.com/terraform/language/tests>
//! - queries: <https://developer.hashicorp.com/terraform/language/block/tfquery/list>
//! - Stacks: <https://developer.hashicorp.com/terraform/language/stacks>
//! - Packer: <https://developer.hashicorp.com/packer/docs/templates/hcl_templates>

mod read;
mod written;

pub use read::lowered;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// `*.tftest.hcl`
    Test,
    /// `*.tfquery.hcl`
    Query,
    /// `*.tfcomponent.hcl`, `*.tfstack.hcl`, `*.tfdeploy.hcl`
    Stack,
    /// `*.pkr.hcl`
    Packer,
    /// `*.pkrvars.hcl`
    PackerValues,
}

impl Language {
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let known = [
            (".tftest.hcl", Self::Test),
            // OpenTofu's: <https://opentofu.org/docs/cli/commands/test/>.
            (".tofutest.hcl", Self::Test),
            (".tfquery.hcl", Self::Query),
            (".tfcomponent.hcl", Self::Stack),
            (".tfstack.hcl", Self::Stack),
            (".tfdeploy.hcl", Self::Stack),
            (".pkr.hcl", Self::Packer),
            (".pkrvars.hcl", Self::PackerValues),
        ];
        known.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, language)| language)
    }

    /// Which files of a folder know each other's names.
    #[must_use]
    pub fn family(self) -> Self {
        match self {
            Self::PackerValues => Self::Packer,
            Self::Test | Self::Query | Self::Stack | Self::Packer => self,
        }
    }
}
