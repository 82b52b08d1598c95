//! `bansos nik …`: checks, decodes, repairs, masks and pseudonymises a column of NIK or No. KK, row by row.

mod check;
mod decode;
mod hide;
mod output;
mod repair;
pub(crate) mod stream;

// for the page of codes
#[cfg(test)]
pub(crate) use stream::StreamError;

use crate::answer::remark;
use crate::args::Common;
use crate::failure::{CliError, Failure};
use crate::progress::Progress;
use bansos::nik::{Declared, Role};
use bansos::region::{RegionCode, Scheme};
use bansos::{Date, Lang, Sex, date};
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;
use stream::{Cells, Top, text};

/// Checks, decodes, repairs, masks or pseudonymises a column of NIK or No. KK
#[derive(Args)]
pub(crate) struct NikArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Adds valid, class and findings to each row; exit code 5 where a number is not valid
    Check(check::CheckArgs),
    /// Adds region, birth date and sex
    Decode(decode::DecodeArgs),
    /// Adds what became of each cell: clean, lossless, candidates, or why nothing can be done
    Repair(repair::RepairArgs),
    /// Replaces the numbers by masked ones
    Mask(hide::MaskArgs),
    /// Replaces the numbers by keyed pseudonyms (HMAC-SHA-256)
    Pseudonymise(hide::PseudonymiseArgs),
}

/// `bansos nik`.
pub(crate) fn run(args: &NikArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    match &args.command {
        Command::Check(args) => check::run(args, common, progress, lang),
        Command::Decode(args) => decode::run(args, common, progress, lang),
        Command::Repair(args) => repair::run(args, common, progress, lang),
        Command::Mask(args) => hide::mask(args, progress, lang),
        Command::Pseudonymise(args) => hide::pseudonymise(args, progress, lang),
    }
}

/// Which identifier a column holds.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// NIK
    Nik,
    /// No. KK, the number of a family card
    Kk,
}

impl Kind {
    /// Names that registers give such a column.
    const fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Nik => &["nik", "no_nik", "nomor_nik", "nik_anggota", "nik_kepala_keluarga", "no_ktp", "nomor_ktp"],
            Self::Kk => &["no_kk", "nokk", "nomor_kk", "nkk", "kk"],
        }
    }
}

/// The column and the day.
#[derive(Args)]
struct Which {
    /// Column with the numbers, by name or place (default: found)
    #[arg(long, short, value_name = "COLUMN")]
    column: Option<String>,
    /// What the column holds
    #[arg(long, value_enum, default_value = "nik")]
    kind: Kind,
    /// Day to which ages and rules refer, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

impl Which {
    fn as_of(&self) -> Result<Date, Failure> {
        match &self.as_of {
            None => Ok(crate::input::today()),
            Some(text) => date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.clone() })),
        }
    }

    /// Names that tell the header from the rows above it.
    fn looking(&self) -> Vec<&str> {
        self.column.as_deref().map_or_else(|| self.kind.usual().to_vec(), |name| vec![name])
    }

    fn place(&self, top: &Top<'_>) -> Result<usize, Failure> {
        top.column_or(self.column.as_deref(), self.kind.usual())
    }
}

/// Columns with what is declared beside the number.
#[derive(Args)]
struct Beside {
    /// Column with the declared birth date
    #[arg(long, value_name = "COLUMN")]
    birth_date: Option<String>,
    /// Column with the declared sex (L/P, 1/2, laki-laki/perempuan)
    #[arg(long, value_name = "COLUMN")]
    sex: Option<String>,
    /// Column with the Kemendagri code of the address
    #[arg(long, value_name = "COLUMN")]
    region: Option<String>,
}

/// Their places.
#[derive(Clone, Copy)]
struct BesidePlaces {
    birth_date: Option<usize>,
    sex: Option<usize>,
    region: Option<usize>,
}

impl Beside {
    fn places(&self, top: &Top<'_>) -> Result<BesidePlaces, Failure> {
        Ok(BesidePlaces {
            birth_date: top.optional(self.birth_date.as_deref())?,
            sex: top.optional(self.sex.as_deref())?,
            region: top.optional(self.region.as_deref())?,
        })
    }
}

impl BesidePlaces {
    fn read(self, cells: &Cells, role: Option<Role>) -> Declared {
        Declared {
            birth_date: self.birth_date.and_then(|at| date::read(&text(cells, at)).date),
            sex: self.sex.and_then(|at| sex(&text(cells, at))),
            region: self.region.and_then(|at| RegionCode::parse(Scheme::Kemendagri, &text(cells, at)).ok()),
            role,
        }
    }
}

/// The ways registers write a sex.
fn sex(text: &str) -> Option<Sex> {
    match text.trim().to_ascii_lowercase().as_str() {
        "l" | "lk" | "1" | "laki-laki" | "laki laki" | "pria" | "m" | "male" => Some(Sex::Male),
        "p" | "pr" | "2" | "perempuan" | "wanita" | "f" | "female" => Some(Sex::Female),
        _ => None,
    }
}

/// A word on standard error, beside the rows on standard output.
fn print_line(what: &dyn std::fmt::Display) {
    remark!("{what}");
}
