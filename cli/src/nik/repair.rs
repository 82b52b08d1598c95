//! `bansos nik repair`: what became of each cell. Nothing that changes a digit is done by itself: proposals stand in a column of their own,
//! to be confirmed by somebody.

use super::stream::{Cells, RowStep, Stream, text};
use super::{Beside, BesidePlaces, Which};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::progress::Progress;
use bansos::nik::repair::{Evidence, RepairOutcome, repair};
use bansos::{Coded, Date, FamilyCard, Lang, Nik};
use clap::Args;
use std::collections::BTreeMap;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct RepairArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    stream: Stream,
    #[command(flatten)]
    beside: Beside,
    /// Column with the family card of the row
    #[arg(long, value_name = "COLUMN")]
    family_card: Option<String>,
    /// Column with the NIK another register has for the person
    #[arg(long, value_name = "COLUMN")]
    other: Option<String>,
}

struct Mend {
    at: usize,
    beside: BesidePlaces,
    family_card: Option<usize>,
    other: Option<usize>,
    as_of: Date,
    outcomes: BTreeMap<&'static str, u64>,
    proposals: u64,
}

impl RowStep for Mend {
    fn adds(&self) -> &'static [&'static str] {
        &["nik_outcome", "nik_clean", "nik_proposal", "nik_change", "nik_candidates", "nik_findings"]
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let evidence = Evidence {
            declared: self.beside.read(cells, None),
            family_card: self.family_card.and_then(|at| Some(FamilyCard::read(&text(cells, at)).ok()?.0)),
            other: self.other.and_then(|at| Some(Nik::read(&text(cells, at)).ok()?.0)),
        };
        let found = repair(&text(cells, self.at), &evidence, self.as_of);
        let outcome = match found.outcome {
            RepairOutcome::Clean(_) => "clean",
            RepairOutcome::Lossless(_) => "lossless",
            RepairOutcome::Candidates(_) => "candidates",
            RepairOutcome::Unrecoverable => "unrecoverable",
            RepairOutcome::Missing => "missing",
            RepairOutcome::Temporary => "temporary",
            RepairOutcome::Legacy => "legacy",
        };
        *self.outcomes.entry(outcome).or_default() += 1;
        let proposal = found.proposal();
        self.proposals += u64::from(proposal.is_some());
        let change = proposal.map(|c| match c.change.position() {
            Some(position) => format!("{}@{position}", c.change.word()),
            None => c.change.word().to_owned(),
        });
        let codes: Vec<&str> = found.findings().map(|f| f.code()).collect();
        let more = [
            outcome.to_owned(),
            found.nik().map(Nik::to_digits).unwrap_or_default(),
            proposal.map(|c| c.nik.to_digits()).unwrap_or_default(),
            change.unwrap_or_default(),
            found.candidates().len().to_string(),
            codes.join(";"),
        ];
        cells.extend(more.map(String::into_bytes));
    }
}

pub(super) fn run(args: &RepairArgs, common: &Common, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let as_of = args.which.as_of()?;
    let done = args.stream.run(
        common.json,
        progress,
        say(lang, "memperbaiki", "repairing"),
        &args.which.looking(),
        |top| {
            Ok(Mend {
                at: args.which.place(top)?,
                beside: args.beside.places(top)?,
                family_card: top.optional(args.family_card.as_deref())?,
                other: top.optional(args.other.as_deref())?,
                as_of,
                outcomes: BTreeMap::new(),
                proposals: 0,
            })
        },
    )?;
    if common.json {
        super::print_line(
            &serde_json::json!({ "summary": { "outcomes": done.outcomes, "proposals": done.proposals } }),
        );
    } else if !common.quiet {
        let counts: Vec<String> = done.outcomes.iter().map(|(word, n)| format!("{word} {n}")).collect();
        super::print_line(&format!(
            "{}; {} {}",
            counts.join(", "),
            done.proposals,
            say(lang, "usulan untuk diperiksa", "proposals to check")
        ));
    }
    Ok(ExitCode::SUCCESS)
}
