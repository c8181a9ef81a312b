//! The pure functions of Terraform 1.11, one file a family. Knows values and, through [`FileAccess`], files; no
//! scopes: `try`, `can`, `templatefile` and `templatestring` belong to the evaluator.
//!
//! Reference: <https://developer.hashicorp.com/terraform/language/functions>.

mod call;
mod choices;
mod collection;
mod datetime;
mod decode;
mod digits;
mod encoding;
mod filesystem;
mod format;
mod frame;
mod hash;
mod inside;
mod json;
mod marks;
mod network;
mod numeric;
mod pieces;
mod regular;
mod selection;
mod sets;
mod string;
mod yaml;
mod yaml_read;

pub use choices::distribute;
pub use filesystem::{FileAccess, fileset_matcher};
pub use frame::CallError;
pub(crate) use inside::{collect_origins, marks_of};
pub use json::{encode as json_encode, escape as json_escape};
pub use pieces::Pieces;

use crate::model::{Reason, Value};
use frame::Spec;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::sync::OnceLock;

/// Results with more elements than this are not built.
pub const MAX_ELEMENTS: usize = 250_000;
/// Results with more text than this are not built.
pub const MAX_TEXT: usize = 16 * 1024 * 1024;
/// Parts of a text that is known in part. `"${local.x}${local.x}"`, sixty times over, is small to write.
pub const MAX_PARTS: usize = 50_000;

/// Functions whose result depends on the time, the machine or chance.
const IMPURE: &[&str] =
    &["abspath", "bcrypt", "pathexpand", "plantimestamp", "rsadecrypt", "timestamp", "uuid"];

/// The same name without the `core::` namespace.
fn plain(name: &str) -> &str {
    name.strip_prefix("core::").unwrap_or(name)
}

fn find(name: &str) -> Option<&'static Spec> {
    let families: [&'static [Spec]; 13] = [
        collection::SPECS,
        datetime::SPECS,
        encoding::SPECS,
        filesystem::SPECS,
        format::SPECS,
        hash::SPECS,
        marks::SPECS,
        network::SPECS,
        numeric::SPECS,
        regular::SPECS,
        selection::SPECS,
        sets::SPECS,
        string::SPECS,
    ];
    static BY_NAME: OnceLock<FxHashMap<&'static str, &'static Spec>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        // The first of a name is the one.
        families.into_iter().rev().flatten().map(|spec| (spec.name, spec)).collect()
    });
    by_name.get(name).copied()
}

/// Whether [`call`] knows the function.
#[must_use]
pub fn is_known(name: &str) -> bool {
    let name = plain(name);
    IMPURE.contains(&name) || find(name).is_some()
}

/// Calls a function. `Err` is what Terraform would refuse; what cannot be computed is an unknown value.
///
/// `steps`: what a function has to do beyond going through its arguments once is added there.
pub fn call(
    name: &str,
    args: &[Value],
    files: &dyn FileAccess,
    steps: &Cell<u64>,
) -> Result<Value, CallError> {
    let name = plain(name);
    if let Some(spec) = find(name) {
        return frame::run(spec, args, files, steps);
    }
    if IMPURE.contains(&name) {
        return Ok(frame::finish_unknown(name, args, Reason::Function { name: name.into() }));
    }
    if name.contains("::") {
        let what = format!("the provider's function `{name}`");
        return Ok(frame::finish_unknown(name, args, Reason::Unsupported { what: what.into() }));
    }
    Err(CallError::new(format!("there is no function named \"{name}\"")))
}

#[cfg(test)]
mod tests;
