//! What policies of IAM say: whom a role trusts and on which conditions, what people may do without a second factor, what
//! guests may do.

mod claims;
mod fact;
mod grants;
mod guest;
mod pattern;
mod permission;
mod policy;
mod principal;
mod role;
mod trust;

pub use fact::*;

pub(crate) use guest::lower as guests;
pub(crate) use permission::lower as permissions;
pub(crate) use role::lower as sessions;
pub(crate) use trust::lower as trusts;
