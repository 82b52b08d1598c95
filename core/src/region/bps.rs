//! BPS codes.

use super::{RegionCode, Status};

/// No BPS table is embedded.
pub(super) const fn status(_code: RegionCode) -> Status {
    Status::Unverified
}

/// No BPS table is embedded.
pub(super) const fn name(_code: RegionCode) -> Option<&'static str> {
    None
}
