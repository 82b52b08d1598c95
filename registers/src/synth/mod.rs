//! Invented registers of any regency and size, with the truth beside them: what a program that cleans registers is measured
//! against, and what a demonstration can be shown on.
//!
//! People, names and villages are invented; region codes are real; every identifier has a serial from 9000 on, which no
//! office issues. One seed gives the same files on every machine. Memory does not grow with the number of families.
//!
//! ```
//! use bansos_registers::synth::{SynthOptions, generate};
//! use bansos::region::RegionCode;
//! let dir = tempfile::tempdir()?;
//! let lumajang = RegionCode::kemendagri(35_08).unwrap();
//! let made = generate(dir.path(), &SynthOptions::new(20, lumajang, 1), &|_| {})?;
//! assert_eq!(made.families, 20);
//! assert!(dir.path().join("p3ke.csv").is_file() && dir.path().join("truth/rows.csv").is_file());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod damage;
mod dice;
mod family;
mod fault;
mod housing;
mod names;
mod output;
mod places;
mod serial;
mod sources;
mod truth;

pub use fault::{Fault, Rates};
pub use output::DtksForm;

use bansos::Date;
use bansos::codes;
use bansos::message::Cause;
use bansos::region::RegionCode;
use dice::Dice;
use family::Maker;
use places::Places;
use sources::Registers;
use std::collections::BTreeMap;
use std::path::Path;
use truth::Truth;

codes! {
    /// Why registers could not be made.
    #[derive(thiserror::Error)]
    pub enum SynthError {
        /// Not a regency or city in force with districts.
        UnknownRegency { code: String } = "synth.unknown_regency", Error,
            id: "{code} bukan kode kabupaten/kota Kemendagri yang berlaku; contoh: 35.08",
            en: "{code} is no Kemendagri code of a regency or city in force; an example: 35.08";
        /// `--rate` that cannot be read.
        UnknownRate { text: String } = "synth.unknown_rate", Error,
            id: "laju kerusakan \"{text}\" tidak dikenal; tulis seperti dtks:nik:scientific=0.02",
            en: "the damage rate \"{text}\" is not known; write it like dtks:nik:scientific=0.02";
        /// More families than distinct identifiers, or a date outside what identifiers can say.
        TooMany { families: u64, most: u64 } = "synth.too_many", Error,
            id: "{families} keluarga terlalu banyak untuk kabupaten/kota ini; paling banyak {most}",
            en: "{families} families are too many for this regency; at most {most}";
        /// A sheet cannot hold the rows.
        SheetFull { rows: u32 } = "synth.sheet_full", Error,
            id: "lembar XLSX hanya memuat {rows} baris; buat DTKS sebagai CSV",
            en: "an XLSX sheet holds {rows} rows only; make DTKS a CSV";
        /// The disk or folder refused.
        Io { file: String, #[source] reason: Cause } = "synth.io", Error,
            id: "{file}: tidak dapat ditulis ({reason})",
            en: "{file}: cannot be written ({reason})";
    }
}

/// What to make.
#[derive(Clone, Debug)]
pub struct SynthOptions {
    /// Number of true families.
    pub families: u64,
    /// Kabupaten or kota, Kemendagri.
    pub regency: RegionCode,
    /// The same seed gives the same files.
    pub seed: u64,
    /// The day the registers are of.
    pub as_of: Date,
    /// How often each damage happens.
    pub rates: Rates,
    /// Form of the DTKS file.
    pub dtks: DtksForm,
}

impl SynthOptions {
    /// The usual damage, at the end of 2025, DTKS as a semicolon CSV.
    pub fn new(families: u64, regency: RegionCode, seed: u64) -> Self {
        let as_of = Date::constant(2025, 12, 31);
        Self { families, regency, seed, as_of, rates: Rates::default(), dtks: DtksForm::default() }
    }
}

/// What was made; `truth/summary.json` says the same.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Summary {
    /// True families.
    pub families: u64,
    /// True people, living and dead.
    pub people: u64,
    /// Rows per file.
    pub rows: BTreeMap<String, u64>,
    /// Damages done, by source and kind.
    pub faults: BTreeMap<String, u64>,
    /// What else is in the truth: twins, namesakes born on the same day, families moved away, the dead.
    pub planted: BTreeMap<String, u64>,
    /// The seed.
    pub seed: u64,
    /// The regency.
    pub regency: String,
    /// The day the registers are of.
    pub as_of: String,
}

/// Makes the registers in a folder (made if it is not there) and the truth in `truth/`. `progress` hears the number of
/// families done, about every thousandth.
///
/// # Errors
///
/// The regency is not known, has not enough room for so many synthetic identifiers, or the files cannot be written.
pub fn generate(out: &Path, options: &SynthOptions, progress: &dyn Fn(u64)) -> Result<Summary, SynthError> {
    let mut dice = Dice::new(options.seed);
    let places = Places::of(options.regency, &mut dice)?;
    // a thousand cards a district and day since 2005; leave room so that the search for a free day stays short
    let days = bansos::date::to_epoch_days(options.as_of) - bansos::date::to_epoch_days(Date::constant(2005, 1, 1));
    let most = places.own as u64 * u64::try_from(days.max(0)).unwrap_or(0) * 500;
    if options.families > most {
        return Err(SynthError::TooMany { families: options.families, most });
    }
    let mut maker = Maker::new(dice, places, options.as_of);
    let mut registers = Registers::create(out, options, &maker.places)?;
    let mut truth = Truth::create(out)?;
    let step = (options.families / 1000).max(1);
    for fid in 0..options.families {
        let family = maker.family(fid);
        truth.family(&family, &maker.places)?;
        registers.family(&family, &mut maker, &mut truth)?;
        if fid % step == 0 {
            progress(fid);
        }
    }
    registers.finish()?;
    let mut summary = truth.counts();
    summary.planted.insert("twin_pairs".into(), maker.twins);
    summary.planted.insert("namesakes_born_the_same_day".into(), maker.namesakes);
    summary.seed = options.seed;
    summary.regency = options.regency.to_string();
    summary.as_of = options.as_of.to_string();
    truth.finish(&summary)?;
    progress(options.families);
    Ok(summary)
}

fn unwritten(file: &Path) -> impl Fn(crate::write::WriteError) -> SynthError {
    let file = crate::table::file_name(file);
    move |e| SynthError::Io { file: file.clone(), reason: Cause::beneath(&e) }
}

fn io(file: &Path) -> impl Fn(std::io::Error) -> SynthError {
    let file = crate::table::file_name(file);
    move |e| SynthError::Io { file: file.clone(), reason: Cause::from(e) }
}
