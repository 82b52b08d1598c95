//! A job: what goes in, what it depends on, and the run through all stages.

use crate::decide::decide;
use crate::people::People;
use crate::places::Places;
use crate::progress::{Progress, Stage, Watch};
use crate::rank::rank;
use crate::recipients::{self, Recipients};
use crate::rulings::{self, Rulings};
use crate::{PipelineError, Results, check, read_decisions};
use bansos::Date;
use bansos::policy::{Overlay, Policy};
use bansos::ranking::By;
use bansos::verivali::Event;
use bansos_linkage::register::{Settings, link};
use bansos_linkage::watch::Progress as LinkProgress;
use bansos_registers::layout::Layout;
use bansos_registers::{Intake, ReadOptions, read_bytes, read_folder};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The main job: registers in, results out. Built from where the rows come from and the day to which ages and rules refer;
/// everything else has a default.
#[must_use = "a job does nothing until it is run"]
pub struct Job<'a> {
    input: Input,
    as_of: Date,
    layouts: Vec<Layout>,
    settings: Settings,
    decisions: Option<PathBuf>,
    ledger: Option<Ledger>,
    by: By,
    policy: Policy,
    overlays: Vec<Overlay>,
    watch: Watch<'a>,
}

/// Where the rows come from.
enum Input {
    Folder(PathBuf),
    Files(Vec<(String, Vec<u8>)>),
    Intake(Intake),
}

/// Where decisions about persons and families come from.
enum Ledger {
    File(PathBuf),
    Events(Vec<Event>),
}

impl<'a> Job<'a> {
    /// A job over every register of a folder.
    pub fn from_folder(folder: impl AsRef<Path>, as_of: Date) -> Self {
        Self::new(Input::Folder(folder.as_ref().to_owned()), as_of)
    }

    /// A job over registers in memory, each under its file name: for browsers and portals.
    pub fn from_files<N: Into<String>>(files: impl IntoIterator<Item = (N, Vec<u8>)>, as_of: Date) -> Self {
        Self::new(Input::Files(files.into_iter().map(|(name, bytes)| (name.into(), bytes)).collect()), as_of)
    }

    /// A job over rows that were read and [`check`]ed already.
    pub fn from_intake(intake: Intake, as_of: Date) -> Self {
        Self::new(Input::Intake(intake), as_of)
    }

    fn new(input: Input, as_of: Date) -> Self {
        Self {
            input,
            as_of,
            layouts: Vec::new(),
            settings: Settings::default(),
            decisions: None,
            ledger: None,
            by: By::Families,
            policy: Policy::builtin(),
            overlays: Vec::new(),
            watch: Watch::default(),
        }
    }

    /// A layout of one's own, for files that no built-in one fits.
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layouts.push(layout);
        self
    }

    /// How rows are linked. Default: [`Settings::default`].
    pub fn linkage(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// A verivali ledger over the ids of an earlier run on the same files: its decisions in force on the day are what the
    /// determinations see.
    pub fn ledger(self, path: impl AsRef<Path>) -> Self {
        Self { ledger: Some(Ledger::File(path.as_ref().to_owned())), ..self }
    }

    /// As [`Job::ledger`], with its events in memory.
    pub fn ledger_events(self, events: Vec<Event>) -> Self {
        Self { ledger: Some(Ledger::Events(events)), ..self }
    }

    /// A review file of an earlier run (`review.csv`) whose column `same` was filled in; what it says is never contradicted.
    pub fn decisions(self, path: impl AsRef<Path>) -> Self {
        Self { decisions: Some(path.as_ref().to_owned()), ..self }
    }

    /// What each decile holds an equal share of. Default: families.
    pub fn rank_by(self, by: By) -> Self {
        Self { by, ..self }
    }

    /// The policy that overlays change. Default: the built-in one.
    pub fn policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// A named change of policy parameters; may be repeated. Its name stands in every decision.
    pub fn overlay(mut self, overlay: Overlay) -> Self {
        self.overlays.push(overlay);
        self
    }

    /// Called now and then, from any thread, with how far the job has come.
    pub fn progress(mut self, report: &'a (dyn Fn(Progress) + Sync)) -> Self {
        self.watch.progress = Some(report);
        self
    }

    /// Set to true from any thread, the job ends soon with `pipeline.cancelled`.
    pub fn cancel(mut self, switch: &'a AtomicBool) -> Self {
        self.watch.cancel = Some(switch);
        self
    }

    /// Runs all stages.
    ///
    /// # Errors
    /// The cause of the stage that failed; [`JobError::Cancelled`](crate::JobError::Cancelled) where [`Job::cancel`] was used.
    pub fn run(mut self) -> Result<Results, PipelineError> {
        let clock = Clock::start();
        let read_from = self.reads();
        // before the work, so that an hour is not spent on what cannot be decided
        let mut policy = self.policy;
        for overlay in self.overlays.drain(..) {
            policy = policy.with_overlay(overlay)?;
        }
        let events = match self.ledger {
            None => None,
            Some(Ledger::File(path)) => Some(rulings::read(&path)?),
            Some(Ledger::Events(events)) => Some(events),
        };
        let watch = self.watch;
        let mut intake = self.input.read(self.layouts, self.as_of, watch)?;
        if let Some(path) = &self.decisions {
            self.settings.decisions.extend(read_decisions(path, &intake)?);
        }
        let goes_on = |step: LinkProgress| match watch.step(Stage::Link, step.done, step.total) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        let mut linkage = link(&intake.persons, &intake.families, &self.settings, &goes_on)?;
        recipients::are_no_duplicates(&intake, &mut linkage);
        watch.step(Stage::Consolidate, 0, 0)?;
        let mut people = People::consolidate(&intake, &linkage)?;
        if let Some(events) = &events {
            people.rulings = Rulings::in_force(events, self.as_of, &linkage);
        }
        watch.step(Stage::Rank, 0, 0)?;
        let recipients = Recipients::of(&mut intake, &linkage, &people, &policy, self.as_of);
        let ranking = rank(&people, &intake, &linkage, self.by, self.as_of)?;
        let decisions = decide(&people, &ranking, self.as_of, &policy, watch)?;
        Ok(Results {
            as_of: self.as_of,
            recipients,
            places: Places::learn(&people.families, &intake),
            intake,
            settings: self.settings,
            linkage,
            people,
            ranking,
            decisions,
            elapsed_ms: clock.milliseconds(),
            read_from,
        })
    }

    /// The files and folders that the job reads.
    fn reads(&self) -> Vec<PathBuf> {
        let folder = match &self.input {
            Input::Folder(folder) => Some(folder),
            Input::Files(_) | Input::Intake(_) => None,
        };
        let ledger = match &self.ledger {
            Some(Ledger::File(path)) => Some(path),
            Some(Ledger::Events(_)) | None => None,
        };
        [folder, ledger, self.decisions.as_ref()].into_iter().flatten().cloned().collect()
    }
}

impl Input {
    /// The rows, with the facts of each held against each other.
    fn read(self, layouts: Vec<Layout>, as_of: Date, watch: Watch<'_>) -> Result<Intake, PipelineError> {
        let report = |p: bansos_registers::Progress<'_>| {
            if let Some(report) = watch.progress {
                report(Progress { stage: Stage::Read, done: p.bytes, total: p.of });
            }
        };
        let mut options = ReadOptions::new(as_of).with_progress(&report);
        options.layouts = layouts;
        options.cancel = watch.cancel;
        let mut intake = match self {
            Self::Folder(folder) => read_folder(&folder, &options)?,
            Self::Files(files) => read_bytes(files, &options)?,
            Self::Intake(intake) => return Ok(intake),
        };
        check(&mut intake, as_of);
        Ok(intake)
    }
}

/// Time since the start; where there is no clock (a browser's bundle) it stands still.
struct Clock(#[cfg(not(target_family = "wasm"))] std::time::Instant);

impl Clock {
    #[cfg(not(target_family = "wasm"))]
    fn start() -> Self {
        Self(std::time::Instant::now())
    }
    #[cfg(not(target_family = "wasm"))]
    fn milliseconds(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
    #[cfg(target_family = "wasm")]
    fn start() -> Self {
        Self()
    }
    #[cfg(target_family = "wasm")]
    fn milliseconds(&self) -> u64 {
        0
    }
}
