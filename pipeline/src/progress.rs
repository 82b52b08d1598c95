//! How far a job has come, and whether it is to go on.

use crate::JobError;
use std::sync::atomic::{AtomicBool, Ordering};

bansos::closed_list! {
    /// The stages of a job, in order.
    #[non_exhaustive]
    pub enum Stage {
        /// Files become rows, and the facts of each row are held against each other.
        Read = "read", id: "membaca register", en: "reading registers";
        /// Which rows are one person, which families are one.
        Link = "link", id: "menautkan orang", en: "linking persons";
        /// Rows become persons and families.
        Consolidate = "consolidate", id: "menyatukan catatan", en: "consolidating";
        /// Families get a decile.
        Rank = "rank", id: "memeringkat keluarga", en: "ranking families";
        /// Families get what programmes give.
        Decide = "decide", id: "menentukan kelayakan", en: "determining";
        /// Files of the result.
        Write = "write", id: "menulis hasil", en: "writing";
    }
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Done so far, in the stage's own unit (bytes of a file, pairs, families).
    pub done: u64,
    /// Of how many; 0 where unknown.
    pub total: u64,
}

/// Who looks on, and the switch that stops the job.
#[derive(Clone, Copy, Default)]
pub(crate) struct Watch<'a> {
    pub(crate) progress: Option<&'a (dyn Fn(Progress) + Sync)>,
    pub(crate) cancel: Option<&'a AtomicBool>,
}

impl Watch<'_> {
    /// Reports a step, or ends the job.
    pub(crate) fn step(self, stage: Stage, done: u64, total: u64) -> Result<(), JobError> {
        if let Some(report) = self.progress {
            report(Progress { stage, done, total });
        }
        match self.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
            true => Err(JobError::Cancelled),
            false => Ok(()),
        }
    }
}
