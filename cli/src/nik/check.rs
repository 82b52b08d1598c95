//! `bansos nik check`.

use super::stream::{Cells, RowStep, Stream, text};
use super::{Beside, BesidePlaces, Kind, Which};
use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::say;
use crate::progress::Progress;
use bansos::nik::column::{Holds, NikTally};
use bansos::nik::{Class, NikFinding};
use bansos::{Coded, Date, FamilyCard, Finding, Lang, Nik, family_card};
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    stream: Stream,
    #[command(flatten)]
    beside: Beside,
    /// Column to look at the numbers by (desa, file): damage to a whole column is looked for in each group
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Findings as sentences instead of codes
    #[arg(long)]
    sentences: bool,
}

struct Check {
    at: usize,
    beside: BesidePlaces,
    by: Option<usize>,
    kind: Kind,
    as_of: Date,
    sentences: Option<Lang>,
    all: NikTally,
    groups: BTreeMap<String, NikTally>,
    valid: u64,
    filled: u64,
}

impl RowStep for Check {
    fn adds(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Nik => &["nik_valid", "nik_class", "nik_findings"],
            Kind::Kk => &["kk_valid", "kk_findings"],
        }
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let cell = text(cells, self.at).into_owned();
        self.all.push(Some(&cell), self.as_of);
        if let Some(by) = self.by {
            self.groups.entry(text(cells, by).trim().to_owned()).or_default().push(Some(&cell), self.as_of);
        }
        let (class, valid, findings) = match self.kind {
            Kind::Nik => self.nik(&cell, cells),
            Kind::Kk => self.family_card(&cell),
        };
        // an empty cell is neither valid nor not
        let filled = class != Class::Empty;
        self.filled += u64::from(filled);
        self.valid += u64::from(valid);
        cells.push(if filled { valid.to_string().into_bytes() } else { Vec::new() });
        if self.kind == Kind::Nik {
            cells.push(class.word().into());
        }
        cells.push(self.say(&findings).into_bytes());
    }
}

impl Check {
    fn nik(&self, cell: &str, cells: &Cells) -> (Class, bool, Vec<Finding>) {
        let class = Class::from_text(cell, self.as_of);
        let findings = match Nik::parse(cell) {
            Ok(nik) if class != Class::Empty => {
                nik.examine(&self.beside.read(cells, None), self.as_of).findings().collect()
            }
            _ if class == Class::Empty => Vec::new(),
            _ => match Nik::read(cell) {
                // sixteen digits once cleaned: not valid as it stands, and `bansos nik repair` says how
                Ok(_) => vec![NikFinding::Cleaned.into()],
                Err(loss) => NikFinding::from_loss(loss).map(Finding::from).into_iter().collect(),
            },
        };
        (class, class.is_valid(), findings)
    }

    fn family_card(&self, cell: &str) -> (Class, bool, Vec<Finding>) {
        use family_card::FamilyCardFinding;
        match (FamilyCard::parse(cell), FamilyCard::read(cell)) {
            (Ok(card), Ok(_)) => {
                let found = card.examine(None, self.as_of);
                (Class::Valid, found.is_valid(), found.findings().collect())
            }
            (_, Ok(_)) => (Class::Charset, false, vec![FamilyCardFinding::Cleaned.into()]),
            (_, Err(loss)) => match FamilyCardFinding::from_loss(loss) {
                Some(finding) => (Class::Length, false, vec![finding.into()]),
                None => (Class::Empty, false, Vec::new()),
            },
        }
    }

    fn say(&self, findings: &[Finding]) -> String {
        let each = findings.iter().map(|f| match self.sentences {
            Some(lang) => f.message(lang),
            None => f.code().to_owned(),
        });
        each.collect::<Vec<_>>().join(if self.sentences.is_some() { "; " } else { ";" })
    }

    fn holds(&self) -> Holds {
        match self.kind {
            Kind::Nik => Holds::Nik,
            Kind::Kk => Holds::FamilyCard,
        }
    }

    /// Counts and what the column as a whole shows, for a terminal.
    fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        let cells = self.all.cells();
        let _ = writeln!(
            out,
            "{cells} {}, {} {}, {} {}, {} {}",
            say(lang, "baris", "rows"),
            self.filled,
            say(lang, "terisi", "filled"),
            self.valid,
            say(lang, "sah", "valid"),
            self.filled - self.valid,
            say(lang, "tidak sah", "not valid"),
        );
        if self.kind == Kind::Nik {
            for class in Class::ALL.iter().filter(|c| self.all.class(**c) > 0) {
                let _ = writeln!(out, "  {:>9}  {}", self.all.class(*class), class.label(lang));
            }
        }
        for finding in self.all.findings(self.holds()) {
            let _ = writeln!(out, "! {}", finding.message(lang));
        }
        for (group, tally) in &self.groups {
            for finding in tally.findings(self.holds()) {
                let _ = writeln!(out, "! {group}: {}", finding.message(lang));
            }
        }
        out
    }

    fn json(&self) -> serde_json::Value {
        let findings = |t: &NikTally| -> Vec<serde_json::Value> {
            let each = |f: &bansos::nik::column::ColumnFinding| {
                let params: serde_json::Map<String, serde_json::Value> = f
                    .params()
                    .into_iter()
                    .map(|(k, v)| (k.to_owned(), serde_json::to_value(v).unwrap_or_default()))
                    .collect();
                serde_json::json!({ "code": f.code(), "params": params })
            };
            t.findings(self.holds()).iter().map(each).collect()
        };
        let classes: serde_json::Map<String, serde_json::Value> =
            Class::ALL.iter().map(|c| (c.word().to_owned(), self.all.class(*c).into())).collect();
        let groups: serde_json::Map<String, serde_json::Value> = self
            .groups
            .iter()
            .map(|(name, tally)| {
                (name.clone(), serde_json::json!({ "rows": tally.cells(), "findings": findings(tally) }))
            })
            .collect();
        serde_json::json!({ "summary": {
            "rows": self.all.cells(), "filled": self.filled, "valid": self.valid,
            "classes": classes, "findings": findings(&self.all), "groups": groups,
        } })
    }
}

pub(super) fn run(args: &CheckArgs, common: &Common, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let as_of = args.which.as_of()?;
    let check =
        args.stream.run(common.json, progress, say(lang, "memeriksa", "checking"), &args.which.looking(), |top| {
            Ok(Check {
                at: args.which.place(top)?,
                beside: args.beside.places(top)?,
                by: top.optional(args.by.as_deref())?,
                kind: args.which.kind,
                as_of,
                sentences: args.sentences.then_some(lang),
                all: NikTally::default(),
                groups: BTreeMap::new(),
                valid: 0,
                filled: 0,
            })
        })?;
    if common.json {
        super::print_line(&check.json());
    } else if !common.quiet {
        super::print_line(&check.text(lang).trim_end());
    }
    Ok(if check.valid == check.filled { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}
