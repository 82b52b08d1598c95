//! `bansos nik mask` and `bansos nik pseudonymise`. A cell that is no number is not let through either.

use super::stream::{Cells, RowStep, Stream, text};
use super::{Kind, Which};
use crate::failure::Failure;
use crate::input::say;
use crate::progress::Progress;
use bansos::nik::Mask;
use bansos::nik::pseudonym::Pseudonymiser;
use bansos::{FamilyCard, Lang, Nik};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct MaskArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    stream: Stream,
    /// What stays to be seen
    #[arg(long, value_enum, default_value = "province")]
    show: Show,
}

#[derive(Clone, Copy, ValueEnum)]
enum Show {
    /// The first two digits
    Province,
    /// The first four
    Region,
    /// The last four, for a clerk with the card in the hand
    LastFour,
    /// Nothing
    Nothing,
}

impl Show {
    const fn mask(self) -> Mask {
        match self {
            Self::Province => Mask::Province,
            Self::Region => Mask::Region,
            Self::LastFour => Mask::LastFour,
            Self::Nothing => Mask::Full,
        }
    }
}

#[derive(Args)]
pub(super) struct PseudonymiseArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    stream: Stream,
    /// File with the secret key: at least 32 random bytes (for example `openssl rand -out kunci 32`)
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
}

/// Replaces one cell.
struct Hide<F> {
    at: usize,
    by: F,
    refused: u64,
}

impl<F: FnMut(&str) -> Option<String>> RowStep for Hide<F> {
    fn adds(&self) -> &'static [&'static str] {
        &[]
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let cell = text(cells, self.at).into_owned();
        let hidden = if bansos::text::is_empty_like(&cell) { Some(String::new()) } else { (self.by)(&cell) };
        self.refused += u64::from(hidden.is_none());
        if let Some(place) = cells.get_mut(self.at) {
            *place = hidden.unwrap_or_else(|| "*".repeat(cell.chars().count().min(16))).into_bytes();
        }
    }
}

fn hide(
    (which, stream): (&Which, &Stream),
    progress: Progress,
    lang: Lang,
    by: impl FnMut(&str) -> Option<String>,
) -> Result<ExitCode, Failure> {
    let what = say(lang, "menyamarkan", "hiding");
    let done = stream
        .run(false, progress, what, &which.looking(), |top| Ok(Hide { at: which.place(top)?, by, refused: 0 }))?;
    if done.refused > 0 {
        let why = say(
            lang,
            "sel bukan nomor 16 digit dan disamarkan seluruhnya",
            "cells are no sixteen digits and were masked whole",
        );
        super::print_line(&format!("{} {why}", done.refused));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn mask(args: &MaskArgs, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let mask = args.show.mask();
    // both kinds are sixteen digits, and masked alike
    hide((&args.which, &args.stream), progress, lang, |cell| Some(Nik::read(cell).ok()?.0.masked(mask).to_string()))
}

pub(super) fn pseudonymise(args: &PseudonymiseArgs, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let key = crate::input::read_key(&args.key_file)?;
    let maker = Pseudonymiser::new(&key).map_err(Failure::usage)?;
    let kind = args.which.kind;
    hide((&args.which, &args.stream), progress, lang, |cell| match kind {
        Kind::Nik => Some(maker.nik(Nik::read(cell).ok()?.0).to_string()),
        Kind::Kk => Some(maker.family_card(FamilyCard::read(cell).ok()?.0).to_string()),
    })
}
