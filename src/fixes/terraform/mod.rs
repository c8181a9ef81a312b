//! Fixes of this frontend's code.

use super::Ailing;
use crate::findings::Fix;

pub(super) fn propose(_ailing: Ailing<'_>) -> Vec<Fix> {
    Vec::new()
}
