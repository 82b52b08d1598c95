//! Deciles of columns: exact, in linear time, without a sort, on all cores.
//!
//! The rules are those of [`bansos::ranking`] and so are the answers, row for row. What differs is how: scores are counted
//! in a few thousand cells; a cell that lies in one decile whatever its order is settled at once; only the few families in
//! cells with a cut are looked at one by one. Beside the answer (one byte a row) this takes well under a byte a row.
//!
//! - [`rank_columns`]: slices in memory, several groupings (nation, province, kabupaten) in one call;
//! - [`report()`]: sizes, cuts, families decided by key or near a cut;
//! - [`Plan`], [`Summary`], [`Cuts`]: the same answer from parts of the data, for files larger than memory and clusters;
//! - [`rank_arrays`]: from Arrow arrays.

mod array;
mod by_cells;
mod by_group;
mod columns;
mod cutter;
mod gathered;
mod keys;
mod linear;
mod map;
mod memory;
pub mod partitions;
mod plan;
mod report;
mod resolve;
mod scan;
mod sharpen;
mod stretches;
mod wire;

pub use array::{Arrays, Ranked, rank_arrays, to_array};
pub use columns::{ColumnScore, Columns, Groups, Keys, Sizes, encode_groups};
pub use memory::rank_columns;
pub use partitions::{Cuts, Round, Summary};
pub use plan::Plan;
pub use report::{GroupCuts, Margins, Survey, report};

use bansos::Decile;

/// The decile in a byte of [`rank_columns`]; `None` for 0, which is *not ranked*.
pub const fn decile_at(part: u8) -> Option<Decile> {
    Decile::new(part)
}
