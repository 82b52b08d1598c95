//! `bansos allocate`: places by rank, quota and overlap.

use super::load::Register;
use super::quotas::Quotas;
use super::simulate::place as area_name;
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::paths::OutPath;
use crate::policy::{PolicyOptions, programmes};
use bansos::allocation::{Allocation, Allotment, Families, Line, Quota, Slate, allocate};
use bansos::eligibility::{Outcome, Rules};
use bansos::programme::Programme;
use bansos::{Lang, Rupiah};
use bansos_registers::write::SafeCsv;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Who gets a place: programmes in order of priority, poorest families first, nobody twice against an overlap rule
#[derive(Args)]
pub(crate) struct AllocateArgs {
    /// Folder of a result (bansos run)
    result: PathBuf,
    /// Programmes in order of priority, each with its places over the whole result: pkh=1200 (without =: no limit)
    #[arg(long = "place", value_name = "PROGRAMME[=N]", required = true)]
    places: Vec<String>,
    /// Places by area: a table (CSV, XLSX, ODS) with programme, area (Kemendagri code, all of one level) and places; an area left out has none
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,
    /// The most rupiah a programme may spend in the year; may be repeated
    #[arg(long = "budget", value_name = "PROGRAMME=RUPIAH")]
    budgets: Vec<String>,
    /// Families that receive this programme now, as the registers say, come before newcomers; may be repeated
    #[arg(long = "carry-over", value_name = "PROGRAMME")]
    carry_over: Vec<String>,
    /// This programme passes over families that another tier already helps; may be repeated
    #[arg(long = "only-unhelped", value_name = "PROGRAMME")]
    only_unhelped: Vec<String>,
    /// Writes what each family got, and why not the rest, as CSV
    #[arg(long, value_name = "FILE")]
    out: Option<OutPath>,
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
        /// An option names a programme that is not filled.
        NotFilled { programme: String } = "cli.not_filled", Error,
            id: "{programme} tidak ada di antara --place",
            en: "{programme} is not among --place";
        /// The result does not say who receives the programme.
        NoReceipts { programme: String } = "cli.no_receipts", Error,
            id: "hasil ini tidak menyebut siapa penerima {programme}, jadi penerima lama tidak dikenal",
            en: "this result does not say who receives {programme}, so present recipients are unknown";
    }
}

/// `PROGRAMME=NUMBER`, the number left out or not.
fn split(text: &str) -> Result<(String, Option<u64>), Failure> {
    let bad = || Failure::usage(AllocateError::BadPlace { text: text.to_owned() });
    match text.split_once('=') {
        None => Ok((text.to_owned(), None)),
        Some((id, number)) => Ok((id.to_owned(), Some(number.parse().map_err(|_| bad())?))),
    }
}

/// What is asked for of each programme, in order of priority.
struct Asked {
    ids: Vec<String>,
    numbers: Vec<Option<u64>>,
    budgets: Vec<Option<u64>>,
    quotas: Quotas,
}

impl Asked {
    fn of(args: &AllocateArgs) -> Result<Self, Failure> {
        let (ids, numbers): (Vec<_>, Vec<_>) =
            args.places.iter().map(|t| split(t)).collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let named: Vec<(String, Option<u64>)> = args.budgets.iter().map(|t| split(t)).collect::<Result<_, _>>()?;
        if let Some(text) = args.budgets.iter().zip(&named).find_map(|(t, (_, n))| n.is_none().then_some(t)) {
            return Err(Failure::usage(AllocateError::BadPlace { text: text.clone() }));
        }
        let every = named.iter().map(|(p, _)| p).chain(&args.carry_over).chain(&args.only_unhelped);
        if let Some(programme) = every.clone().find(|p| !ids.contains(p)) {
            return Err(Failure::usage(AllocateError::NotFilled { programme: programme.clone() }));
        }
        let budgets = ids.iter().map(|id| named.iter().rev().find(|(p, _)| p == id).and_then(|(_, n)| *n)).collect();
        let quotas = args.quotas.as_deref().map_or_else(|| Ok(Quotas::none()), Quotas::read)?;
        let filled: Vec<(String, bool)> = ids.iter().cloned().zip(numbers.iter().map(Option::is_some)).collect();
        quotas.all_used(&filled)?;
        Ok(Self { ids, numbers, budgets, quotas })
    }
}

/// Families in order of their id break ties, so that the answer does not depend on the order of rows.
fn keys(register: &Register) -> Vec<u64> {
    let mut by_id: Vec<usize> = (0..register.len()).collect();
    by_id.sort_unstable_by(|a, b| register.family_id[*a].cmp(&register.family_id[*b]));
    let mut key = vec![0u64; register.len()];
    for (k, i) in (0u64..).zip(by_id) {
        key[i] = k;
    }
    key
}

/// `bansos allocate`.
pub(crate) fn run(args: &AllocateArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.policy.date()?;
    let (base, own) = args.policy.base()?;
    let policy = args.policy.chosen(base)?;
    let asked = Asked::of(args)?;
    let wanted = programmes(&asked.ids, &own, on)?;
    let register = Register::read(&args.result)?;
    let rules: Vec<Rules> =
        wanted.iter().map(|p| Rules::new(p, on, &policy)).collect::<Result<_, _>>().map_err(Failure::usage)?;
    let determined = register.determine(&rules.iter().collect::<Vec<_>>())?;
    let outcome = |o: u8| Outcome::ALL.get(usize::from(o)).copied().unwrap_or(Outcome::Undetermined);
    let standing: Vec<Vec<Outcome>> =
        determined.iter().map(|d| d.outcome.values().iter().map(|o| outcome(*o)).collect()).collect();
    let amounts: Vec<Vec<Rupiah>> =
        determined.iter().map(|d| d.year.values().iter().map(|y| Rupiah(*y)).collect()).collect();
    let area: Vec<u64> = register.district.iter().map(|d| asked.quotas.area(*d)).collect();
    let mut areas = area.clone();
    areas.sort_unstable();
    areas.dedup();
    let index = |a: &u64| areas.binary_search(a).ok().and_then(|i| u32::try_from(i).ok()).unwrap_or(0);
    let region: Vec<u32> = area.iter().map(index).collect();
    let families = Families::new(&register.scores()?, &keys(&register), &region).map_err(Failure::input)?;
    let present: Vec<Option<Vec<bool>>> = wanted
        .iter()
        .map(|p| {
            let asked = args.carry_over.contains(&p.id);
            let none = || Failure::input(AllocateError::NoReceipts { programme: p.id.clone() });
            asked.then(|| register.receives(&p.id).ok_or_else(none)).transpose()
        })
        .collect::<Result<_, _>>()?;
    let mut idle = vec![0; wanted.len()];
    let mut slates = Vec::new();
    for (k, p) in wanted.iter().enumerate() {
        let quota = match (asked.quotas.of(&p.id, &areas), asked.numbers[k]) {
            (Some((quota, beyond)), _) => {
                idle[k] = beyond;
                quota
            }
            (None, Some(n)) => Quota::National(n),
            (None, None) => Quota::Unlimited,
        };
        let mut slate = Slate::new(&p.id, &standing[k], &amounts[k]).tier(p.tier).quota(quota);
        if let Some(most) = asked.budgets[k] {
            slate = slate.budget(Rupiah(i64::try_from(most).unwrap_or(i64::MAX)));
        }
        if let Some(present) = &present[k] {
            slate = slate.carry_over(present);
        }
        if args.only_unhelped.contains(&p.id) {
            slate = slate.only_unhelped_by_other_tiers();
        }
        slates.push(slate);
    }
    let done = allocate(&families, &slates, &policy, on).map_err(Failure::usage)?;
    for (k, p) in wanted.iter().enumerate() {
        if common.json {
            let by: serde_json::Map<_, _> = (0..areas.len())
                .filter_map(|r| Some((areas[r].to_string(), serde_json::json!(done.line(k, r)?))))
                .collect();
            let answer = serde_json::json!({ "programme": p.id, "total": done.total(k), "areas": by,
                "places_in_other_areas": idle[k], "closes": done.closes() });
            say_out(&answer.to_string());
        } else {
            print(&p.id, &done.total(k), lang);
            if asked.quotas.any() && asked.quotas.of(&p.id, &areas).is_some() {
                tell_areas(&done, k, &areas, idle[k], lang);
            }
        }
    }
    args.out.as_deref().map_or(Ok(()), |path| write(path, &register, &wanted, &done))?;
    Ok(ExitCode::SUCCESS)
}

fn print(programme: &str, t: &Line, lang: Lang) {
    let words = [
        (say(lang, "diberi", "given"), t.given),
        (say(lang, "menunggu", "waiting"), t.waiting),
        (say(lang, "dikecualikan", "excluded"), t.excluded),
        (say(lang, "tidak layak", "ineligible"), t.ineligible),
        (say(lang, "belum tentu", "undetermined"), t.undetermined),
    ];
    let line: Vec<String> = words.iter().map(|(word, n)| format!("{word} {n}")).collect();
    say_out(&format!("{programme:<20} {}  {}", line.join(" · "), t.rupiah));
}

/// Each area's places, and what is left of them.
fn tell_areas(done: &Allocation, k: usize, areas: &[u64], idle: u64, lang: Lang) {
    let heads = [
        say(lang, "kuota", "places"),
        say(lang, "diberi", "given"),
        say(lang, "tersisa", "left"),
        say(lang, "menunggu", "waiting"),
    ];
    say_out(&format!("  {:<28}{}", "", heads.map(|h| format!("{h:>10}")).concat()));
    for (r, area) in areas.iter().enumerate() {
        let Some(line) = done.line(k, r) else { continue };
        let quota = line.quota.unwrap_or(0);
        let cells = [quota, line.given, quota.saturating_sub(line.given), line.waiting];
        say_out(&format!("  {:<28}{}", area_name(*area, lang), cells.map(|n| format!("{n:>10}")).concat()));
    }
    if idle > 0 {
        let word =
            say(lang, "kuota di wilayah tanpa keluarga dalam hasil ini", "places in areas without families here");
        say_out(&format!("  {word}: {idle}"));
    }
}

fn write(path: &Path, register: &Register, wanted: &[&Programme], done: &Allocation) -> Result<(), Failure> {
    let mut csv = SafeCsv::begin(path, &["family_id", "programme", "place", "detail"])?;
    for (k, programme) in wanted.iter().enumerate() {
        for (i, place) in done.places(k).iter().enumerate() {
            let detail = match place {
                Allotment::Waiting(n) => n.to_string(),
                Allotment::Excluded(by) => done.programmes().get(usize::from(*by)).cloned().unwrap_or_default(),
                _ => String::new(),
            };
            let row = [register.family_id[i].as_str(), programme.id.as_str(), place.word(), detail.as_str()];
            csv.row(row)?;
        }
    }
    Ok(csv.finish()?)
}
