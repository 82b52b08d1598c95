//! Progress of a run, and stopping it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

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

/// Shown every step; may stop the run. Steps come from any of the run's threads.
pub type Watch<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

/// Watches nothing.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

bansos::codes! {
    /// Why a linkage could not be made.
    #[derive(Copy, thiserror::Error)]
    pub enum LinkError {
        /// More rows than 32 bits count.
        TooMany { rows: u64 } = "link.too_many", Error,
            id: "terlalu banyak baris untuk sekali jalan: {rows}",
            en: "too many rows for one run: {rows}";
        /// Pairs of codes that would fill memory.
        TooManyPairs { most: u64 } = "link.too_many_pairs", Error,
            id: "lebih dari {most} pasang sandi mirip satu sama lain; bandingkan per kecamatan, atau naikkan batas kemiripannya",
            en: "more than {most} pairs of codes are alike; compare district by district, or raise the least similarity";
        /// The watcher stopped the run.
        Cancelled = "link.cancelled", Error,
            id: "penautan dihentikan",
            en: "the linkage was stopped";
        /// A setting makes no sense.
        Setting { name: &'static str } = "link.setting", Error,
            id: "pengaturan {name} tidak masuk akal",
            en: "the setting {name} makes no sense";
    }
}

/// A stage at work.
pub(crate) struct Work<'a> {
    watch: Watch<'a>,
    stage: Stage,
    total: u64,
    done: AtomicU64,
    stopped: AtomicBool,
}

impl<'a> Work<'a> {
    /// A stage that nothing has been shown of.
    pub(crate) fn new(watch: Watch<'a>, stage: Stage, total: u64) -> Self {
        Self { watch, stage, total, done: AtomicU64::new(0), stopped: AtomicBool::new(false) }
    }

    /// Shows that a stage begins.
    pub(crate) fn begin(watch: Watch<'a>, stage: Stage, total: u64) -> Result<Self, LinkError> {
        let work = Self::new(watch, stage, total);
        work.advance(0);
        work.end().map(|()| work)
    }

    /// Shows that so much more is done; whether to go on.
    pub(crate) fn advance(&self, by: u64) -> bool {
        let done = self.done.fetch_add(by, Ordering::Relaxed) + by;
        let stop = (self.watch)(Progress { stage: self.stage, done, total: self.total }).is_break();
        if stop {
            self.stopped.store(true, Ordering::Relaxed);
        }
        !stop && !self.stopped.load(Ordering::Relaxed)
    }

    /// # Errors
    /// `link.cancelled` where the watcher stopped the stage, whose result is not whole then.
    pub(crate) fn end(&self) -> Result<(), LinkError> {
        if self.stopped.load(Ordering::Relaxed) { Err(LinkError::Cancelled) } else { Ok(()) }
    }
}
