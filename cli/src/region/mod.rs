//! `bansos region …`: what a code is or was, places by name, and both for a column of a file.

mod columns;

use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::progress::Progress;
use bansos::region::{self, EDITION, Level, RegionCode, RegionError, Scheme};
use bansos::{Date, Lang};
use bansos_villages::VillageStatus;
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Region codes of Kemendagri: what a code is or was, places by name
#[derive(Args)]
pub(crate) struct RegionArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What a code is: its name, whether it is in force, what took its place
    Show {
        /// Codes with or without dots: 35, 35.08, 35.08.16, 3508162010
        #[arg(required = true)]
        codes: Vec<String>,
    },
    /// Places by name; spelling slips, "Kab.", "Kota", short forms and old names are understood
    Search {
        /// The name
        text: String,
        /// Provinces, regencies or districts (default: all of them)
        #[arg(long, value_enum)]
        level: Option<LevelArg>,
        /// Only in this place
        #[arg(long, value_name = "CODE")]
        within: Option<String>,
    },
    /// What lies directly below a place; without a code, the provinces
    Children {
        /// The place
        code: Option<String>,
    },
    /// Which list is built in
    Edition,
    /// Adds names and status to a column of codes
    Name(columns::NameArgs),
    /// Adds codes to columns of names
    Code(columns::CodeArgs),
}

#[derive(Clone, Copy, ValueEnum)]
enum LevelArg {
    /// Provinsi
    Province,
    /// Kabupaten, kota
    Regency,
    /// Kecamatan
    District,
}

/// `bansos region`.
pub(crate) fn run(args: &RegionArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    let rows = match &args.command {
        Command::Show { codes } => codes.iter().map(|c| Ok(place(read(c)?))).collect::<Result<Vec<_>, Failure>>()?,
        Command::Search { text, level, within } => {
            let within = within.as_deref().map(read).transpose()?;
            let levels: &[Level] = match level {
                Some(LevelArg::Province) => &[Level::Province],
                Some(LevelArg::Regency) => &[Level::Regency],
                Some(LevelArg::District) => &[Level::District],
                None => &[Level::Province, Level::Regency, Level::District],
            };
            let mut found: Vec<_> = levels.iter().flat_map(|level| region::search(text, *level, within)).collect();
            // the likest first, of equals the larger place
            found.sort_by_key(|m| std::cmp::Reverse(m.score));
            found.truncate(10);
            found.iter().map(|m| Place { score: Some(m.score), matched: Some(m.matched), ..place(m.code) }).collect()
        }
        Command::Children { code } => match code {
            Some(code) => {
                let code = read(code)?;
                let villages = bansos_villages::villages(code).map(|(village, _)| village);
                region::children(code).chain(villages).map(place).collect()
            }
            None => region::provinces().map(place).collect(),
        },
        Command::Edition => return Ok(edition(common.json, lang)),
        Command::Name(args) => return columns::name(args, common, progress, lang),
        Command::Code(args) => return columns::code(args, common, progress, lang),
    };
    for row in &rows {
        say_out(&if common.json { row.json().to_string() } else { row.line(lang) });
    }
    Ok(ExitCode::SUCCESS)
}

fn read(code: &str) -> Result<RegionCode, Failure> {
    RegionCode::parse(Scheme::Kemendagri, code).map_err(|e: RegionError| Failure::usage(e))
}

/// What a code is; of a village's own number the villages know more than the core, which has no list of them.
fn status(code: RegionCode) -> region::Status {
    match bansos_villages::status(code) {
        VillageStatus::InForce(_) => region::Status::Current,
        VillageStatus::Former(former) if former.successor.is_some() => region::Status::Retired,
        VillageStatus::Former(_) => region::Status::RetiredInferred,
        _ => region::status(code),
    }
}

/// What took a code's place.
fn successor(code: RegionCode) -> Option<RegionCode> {
    match bansos_villages::status(code) {
        VillageStatus::InForce(_) => None,
        VillageStatus::Former(former) => former.successor,
        _ => region::succession(code).map(|s| s.successor),
    }
}

fn full_name(code: RegionCode) -> Option<String> {
    let village = bansos_villages::name(code).map(str::to_owned);
    village.or_else(|| region::lookup(code).and_then(|r| r.full_name()))
}

/// One place, to be told.
struct Place {
    code: RegionCode,
    score: Option<u16>,
    matched: Option<&'static str>,
}

fn place(code: RegionCode) -> Place {
    Place { code, score: None, matched: None }
}

impl Place {
    fn line(&self, lang: Lang) -> String {
        let code = self.code;
        let status = status(code);
        let name = full_name(code).unwrap_or_else(|| "-".to_owned());
        let above = code.parent().and_then(region::lookup).and_then(|r| r.full_name());
        let mut line = format!("{:<14} {name}", code.to_string());
        if let Some(above) = above {
            line += &format!(", {above}");
        }
        if status != region::Status::Current {
            line += &format!("  [{}]", status.label(lang));
        }
        line += &self.succession(lang);
        if let Some(matched) = self.matched.filter(|m| Some(*m) != region::name(code)) {
            line += &format!("  ({} {matched})", say(lang, "ditemukan sebagai", "found as"));
        }
        line
    }

    /// What took its place, and by what law; of a village the law is not known, only the last list that has it.
    fn succession(&self, lang: Lang) -> String {
        match (bansos_villages::status(self.code), region::succession(self.code)) {
            (VillageStatus::Former(former), _) => {
                let now = former
                    .successor
                    .map_or_else(|| say(lang, "tidak diketahui", "unknown").to_owned(), |s| s.to_string());
                format!("  → {now} ({} {})", say(lang, "terakhir di daftar", "last in the list of"), former.last_list)
            }
            (VillageStatus::Unknown, Some(s)) => format!("  → {} ({}, {})", s.successor, s.basis.law, day(s.basis)),
            _ => String::new(),
        }
    }

    fn json(&self) -> serde_json::Value {
        let code = self.code;
        let found = region::lookup(code);
        let basis =
            |b: region::RegionLaw| serde_json::json!({ "law": b.law, "on": b.on.to_string(), "exact": b.exact });
        serde_json::json!({
            "code": code.to_string(),
            "level": code.level().word(),
            "status": status(code).word(),
            "name": bansos_villages::name(code).or_else(|| found.as_ref().and_then(|r| r.name)),
            "full_name": full_name(code),
            "successor": successor(code).map(|code| code.to_string()),
            "succession": found.as_ref().and_then(|r| r.succession).map(|s| basis(s.basis)),
            "formed": found.as_ref().and_then(|r| r.formed).map(basis),
            "score": self.score,
            "matched": self.matched,
        })
    }
}

/// A law's day, or its year where only that is known.
fn day(basis: region::RegionLaw) -> String {
    if basis.exact { basis.on.to_string() } else { basis.on.year().to_string() }
}

fn edition(json: bool, lang: Lang) -> ExitCode {
    let e = EDITION;
    let on: Date = e.on;
    say_out(&if json {
        serde_json::json!({ "decree": e.decree, "on": on.to_string(), "provinces": e.provinces,
            "regencies": e.regencies, "districts": e.districts, "villages": bansos_villages::COUNT })
        .to_string()
    } else {
        format!(
            "{} ({on}): {} {}, {} {}, {} {}, {} {}",
            e.decree,
            e.provinces,
            say(lang, "provinsi", "provinces"),
            e.regencies,
            say(lang, "kabupaten/kota", "regencies and cities"),
            e.districts,
            say(lang, "kecamatan", "districts"),
            bansos_villages::COUNT,
            say(lang, "desa/kelurahan", "villages"),
        )
    });
    ExitCode::SUCCESS
}
