//! `bansos nik decode`.

use super::stream::{Cells, RowStep, Stream, text};
use super::{Beside, BesidePlaces, Kind, Which};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::progress::Progress;
use bansos::family_card::Recorded;
use bansos::nik::BirthDate;
use bansos::region::{self, Level, RegionCode};
use bansos::{Date, FamilyCard, Lang, Nik};
use clap::Args;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct DecodeArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    stream: Stream,
    #[command(flatten)]
    beside: Beside,
}

struct Decode {
    at: usize,
    beside: BesidePlaces,
    kind: Kind,
    as_of: Date,
}

impl RowStep for Decode {
    fn adds(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Nik => &[
                "nik_region",
                "nik_region_status",
                "nik_region_now",
                "nik_place",
                "nik_birth_date",
                "nik_birth_date_other",
                "nik_sex",
            ],
            Kind::Kk => &["kk_region", "kk_region_status", "kk_region_now", "kk_place", "kk_recorded"],
        }
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let cell = text(cells, self.at).into_owned();
        let more: Vec<String> = match self.kind {
            Kind::Nik => match Nik::read(&cell) {
                Ok((nik, _)) => self.nik(nik, cells),
                Err(_) => vec![String::new(); self.adds().len()],
            },
            Kind::Kk => match FamilyCard::read(&cell) {
                Ok((card, _)) => self.family_card(card),
                Err(_) => vec![String::new(); self.adds().len()],
            },
        };
        cells.extend(more.into_iter().map(String::into_bytes));
    }
}

impl Decode {
    fn nik(&self, nik: Nik, cells: &Cells) -> Vec<String> {
        let found = nik.examine(&self.beside.read(cells, None), self.as_of);
        let mut more = place(nik.region());
        let (date, other) = match found.birth {
            BirthDate::Certain(date) => (date.to_string(), String::new()),
            BirthDate::Ambiguous { younger, older } => (younger.to_string(), older.to_string()),
            BirthDate::Impossible | BirthDate::Future => Default::default(),
        };
        more.extend([date, other, found.sex.map(|s| s.word().to_owned()).unwrap_or_default()]);
        more
    }

    fn family_card(&self, card: FamilyCard) -> Vec<String> {
        let mut more = place(card.region());
        more.push(match card.examine(None, self.as_of).recorded {
            Recorded::On(date) => date.to_string(),
            _ => String::new(),
        });
        more
    }
}

/// Code, status, code of today, and the place in words from district to province.
fn place(district: Option<RegionCode>) -> Vec<String> {
    let Some(code) = district else { return vec![String::new(); 4] };
    let status = region::status(code);
    let now = match region::succession(code) {
        Some(s) => Some(s.successor),
        None => code.at(Level::Regency).and_then(region::succession).map(|s| s.successor),
    };
    let shown = now.unwrap_or(code);
    let names = [Level::District, Level::Regency, Level::Province]
        .into_iter()
        .filter_map(|level| region::lookup(shown.at(level)?)?.full_name());
    let words = if status.was_issued() { names.collect::<Vec<_>>().join(", ") } else { String::new() };
    vec![code.to_string(), status.word().to_owned(), now.map(|c| c.to_string()).unwrap_or_default(), words]
}

pub(super) fn run(args: &DecodeArgs, common: &Common, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let as_of = args.which.as_of()?;
    args.stream.run(common.json, progress, say(lang, "menguraikan", "decoding"), &args.which.looking(), |top| {
        Ok(Decode { at: args.which.place(top)?, beside: args.beside.places(top)?, kind: args.which.kind, as_of })
    })?;
    Ok(ExitCode::SUCCESS)
}
