//! Fixes of this frontend's code.

use super::{Ailing, credentials};
use crate::findings::Fix;

pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    credentials::propose(ailing)
}
