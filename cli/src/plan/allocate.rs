//! `bansos allocate`: places by rank, quota and overlap.

use super::load::Register;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::policy::{PolicyOptions, programmes, say_out};
use bansos::allocation::{Families, Place, Quota, Slate, Standing, allocate};
use bansos::eligibility::{Outcome, Rules};
use bansos::{Lang, Rupiah};
use bansos_registers::write::SafeCsv;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Who gets a place: programmes in order of priority, poorest families first, nobody twice against an overlap rule
#[derive(Args)]
pub(crate) struct AllocateArgs {
    /// Folder of a result (bansos run)
    result: PathBuf,
    /// Programmes in order of priority, each with its places over the whole result: pkh=1200 (without =: no limit)
    #[arg(long = "place", value_name = "PROGRAMME[=N]", required = true)]
    places: Vec<String>,
    /// Writes what each family got, and why not the rest, as CSV
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyOptions,
}

bansos::codes! {
    /// Why places cannot be given.
    pub enum AllocateError {
        /// A place is written in a way that says no number.
        BadPlace { text: String } = "cli.bad_place", Error,
            id: "{text} bukan PROGRAM=JUMLAH",
            en: "{text} is not PROGRAMME=NUMBER";
    }
}

/// `bansos allocate`.
pub(crate) fn run(args: &AllocateArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.policy.date()?;
    let (base, own) = args.policy.base()?;
    let policy = args.policy.chosen(base)?;
    let register = Register::read(&args.result)?;
    let mut ids = Vec::new();
    let mut quotas = Vec::new();
    for text in &args.places {
        let (id, number) = text.split_once('=').map_or((text.as_str(), None), |(id, n)| (id, Some(n)));
        ids.push(id.to_owned());
        quotas.push(match number {
            None => Quota::Unlimited,
            Some(n) => {
                let bad = || Failure::usage(AllocateError::BadPlace { text: text.clone() });
                Quota::National(n.parse().map_err(|_| bad())?)
            }
        });
    }
    let wanted = programmes(&ids, &own, on)?;
    let rules: Vec<Rules> =
        wanted.iter().map(|p| Rules::new(p, on, &policy)).collect::<Result<_, _>>().map_err(Failure::usage)?;
    let determined = register.determine(&rules.iter().collect::<Vec<_>>())?;
    let outcome = |o: u8| Outcome::ALL.get(usize::from(o)).copied().unwrap_or(Outcome::Undetermined);
    let standing: Vec<Vec<Standing>> =
        determined.iter().map(|d| d.outcome.values().iter().map(|o| outcome(*o).into()).collect()).collect();
    let amounts: Vec<Vec<Rupiah>> =
        determined.iter().map(|d| d.year.values().iter().map(|y| Rupiah(*y)).collect()).collect();
    // families in order of their id break ties, so that the answer does not hang on the order of rows
    let mut by_id: Vec<usize> = (0..register.len()).collect();
    by_id.sort_unstable_by(|a, b| register.family_id[*a].cmp(&register.family_id[*b]));
    let mut key = vec![0u64; register.len()];
    for (k, i) in (0u64..).zip(by_id) {
        key[i] = k;
    }
    let mut districts: Vec<u64> = register.district.clone();
    districts.sort_unstable();
    districts.dedup();
    let region: Vec<u32> = register
        .district
        .iter()
        .map(|d| districts.binary_search(d).ok().and_then(|i| u32::try_from(i).ok()).unwrap_or(0))
        .collect();
    let families = Families::new(&register.scores()?, &key, &region).map_err(Failure::input)?;
    let slates: Vec<Slate<'_>> = wanted
        .iter()
        .zip(&standing)
        .zip(&amounts)
        .zip(quotas)
        .map(|(((p, s), a), q)| Slate::new(&p.id, s, a).tier(p.tier).quota(q))
        .collect();
    let done = allocate(&families, &slates, &policy, on).map_err(Failure::usage)?;
    let words = ["given", "waiting", "excluded", "ineligible", "undetermined"];
    for (k, p) in wanted.iter().enumerate() {
        let t = done.total(k);
        if common.json {
            say_out(&serde_json::json!({ "programme": p.id, "total": t, "closes": done.closes() }).to_string());
        } else {
            let counts = [t.given, t.waiting, t.excluded, t.ineligible, t.undetermined];
            let ids = ["diberi", "menunggu", "dikecualikan", "tidak layak", "belum tentu"];
            let line: Vec<String> = counts
                .iter()
                .zip(words.iter().zip(ids))
                .map(|(n, (en, id))| format!("{} {n}", say(lang, id, en)))
                .collect();
            say_out(&format!("{:<20} {}  {}", p.id, line.join(" · "), t.rupiah));
        }
    }
    if let Some(path) = &args.out {
        let mut csv = SafeCsv::begin(path, &["family_id", "programme", "place", "detail"]).map_err(Failure::input)?;
        for (k, programme) in wanted.iter().enumerate() {
            for (i, place) in done.places(k).iter().enumerate() {
                let detail = match place {
                    Place::Waiting(n) => n.to_string(),
                    Place::Excluded(by) => done.programmes().get(usize::from(*by)).cloned().unwrap_or_default(),
                    _ => String::new(),
                };
                let row = [register.family_id[i].as_str(), programme.id.as_str(), place.word(), detail.as_str()];
                csv.row(row).map_err(Failure::input)?;
            }
        }
        csv.finish().map_err(Failure::input)?;
    }
    Ok(ExitCode::SUCCESS)
}
