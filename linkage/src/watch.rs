//! Progress of a run, and stopping it.

use std::ops::ControlFlow;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Done so far.
    pub done: u64,
    /// Of how many; 0 where unknown.
    pub total: u64,
}

/// The stages of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Names, numbers and places become columns.
    Prepare,
    /// Blocking keys.
    Block,
    /// m and u.
    Train,
    /// Candidate pairs.
    Compare,
    /// Clusters of persons.
    Cluster,
    /// Families.
    Families,
}

/// Told of every step; may stop the run.
pub type Watch<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// Watches nothing.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
