//! Tools that the crates of this workspace share and that have nothing to do with the domain. No part of the public
//! interface: they may change in any version.

mod groups;
mod random;
mod reticent;
mod shield;

pub use groups::{Groups, by_group};
pub use random::{Random, mix, nth};
pub use shield::shielded;
