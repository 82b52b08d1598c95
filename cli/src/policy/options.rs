//! Which policy: the day, selected alternatives, overlays, a region's own file.

use crate::failure::{CliError, Failure};
use crate::input::{read_settings, today};
use bansos::policy::{Overlay, Policy};
use bansos::programme::{PolicyFile, Programme, all};
use bansos::{Date, date};
use clap::Args;
use std::path::PathBuf;

/// Options of every command that asks the policy.
#[derive(Args)]
pub(crate) struct PolicyArgs {
    /// The day asked about, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// An alternative of a disputed figure, parameter/alternative; may be repeated
    #[arg(long = "alternative", value_name = "ID")]
    pub(crate) alternatives: Vec<String>,
    /// A named change of parameters (TOML); may be repeated, the last one decides
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
    /// A region's own programme (TOML); may be repeated
    #[arg(long = "own", value_name = "FILE")]
    own: Vec<PathBuf>,
}

pub(crate) fn read_date(text: &str) -> Result<Date, Failure> {
    date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.to_owned() }))
}

impl PolicyArgs {
    pub(crate) fn date(&self) -> Result<Date, Failure> {
        self.on.as_deref().map_or_else(|| Ok(today()), read_date)
    }

    /// The built-in policy with the region's own parameters; the region's programmes.
    pub(crate) fn base(&self) -> Result<(Policy, Vec<Programme>), Failure> {
        let (mut policy, mut programmes) = (Policy::builtin(), Vec::new());
        for path in &self.own {
            let file: PolicyFile = read_settings(path)?;
            let programme;
            (policy, programme) = file.add_to(policy).map_err(Failure::usage)?;
            programmes.extend(programme);
        }
        Ok((policy, programmes))
    }

    /// The base with what was chosen on top.
    pub(crate) fn chosen(&self, mut policy: Policy) -> Result<Policy, Failure> {
        for name in &self.alternatives {
            let (parameter, alternative) = name.split_once('/').unwrap_or((name, ""));
            policy = policy.with_alternative(parameter, alternative).map_err(Failure::usage)?;
        }
        for path in &self.overlays {
            let overlay: Overlay = read_settings(path)?;
            policy = policy.with_overlay(overlay).map_err(Failure::usage)?;
        }
        Ok(policy)
    }
}

bansos::codes! {
    /// Why a programme cannot be asked for.
    pub enum PolicyArgsError {
        /// No programme has this id.
        UnknownProgramme { programme: String, known: String } = "cli.unknown_programme", Error,
            id: "tidak ada program {programme}; yang ada: {known}",
            en: "there is no programme {programme}; there are: {known}";
    }
}

/// The programmes of these ids; all that run on the date when none is named.
pub(crate) fn programmes<'a>(ids: &[String], own: &'a [Programme], on: Date) -> Result<Vec<&'a Programme>, Failure> {
    let every = || own.iter().chain(all());
    if ids.is_empty() {
        return Ok(every().filter(|p| p.period(on).is_some()).collect());
    }
    ids.iter()
        .map(|id| {
            every().find(|p| p.id == *id).ok_or_else(|| {
                let known = every().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
                Failure::usage(PolicyArgsError::UnknownProgramme { programme: id.clone(), known })
            })
        })
        .collect()
}
