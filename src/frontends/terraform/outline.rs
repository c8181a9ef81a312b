//! What a module declares, by name: how a plan's source is recognised.

use super::module::{Mode, Module};

impl Module {
    /// Whether a block of this address stands in the module: `aws_instance.a`, `data.aws_ami.b`, `module.c`.
    #[must_use]
    pub fn declares(&self, address: &str) -> bool {
        let parts: Vec<&str> = address.split('.').collect();
        match parts.as_slice() {
            ["module", name] => self.calls.contains_key(*name),
            ["data", kind, name] => self.resource(Mode::Data, kind, name).is_some(),
            [kind, name] => self.resource(Mode::Managed, kind, name).is_some(),
            _ => false,
        }
    }
}
