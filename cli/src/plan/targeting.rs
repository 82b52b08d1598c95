//! `bansos targeting`: how well a programme reaches those it is meant for.

use super::load::Register;
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::policy::{PolicyOptions, programmes};
use bansos::eligibility::{Outcome, Rules};
use bansos::targeting::{Incidence, Reach, Row, Share, cgh_index, concentration_index};
use bansos::{Decile, Lang, Rupiah};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Exclusion and inclusion error in each published denominator, coverage, incidence by decile
#[derive(Args)]
pub(crate) struct TargetingArgs {
    /// Folder of a result (bansos run)
    result: PathBuf,
    /// The programme
    #[arg(long, default_value = "pkh")]
    programme: String,
    /// The programme is meant for deciles 1 to this
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=10))]
    meant_decile: u8,
    /// Who counts as covered
    #[arg(long, value_enum, default_value = "receives")]
    covered: Covered,
    /// What a family weighs
    #[arg(long, value_enum, default_value = "families")]
    by: Weight,
    /// Kecamatan in which fewer families than this are meant, or reached, are not shown
    #[arg(long, default_value_t = 5)]
    small_cell: u64,
    #[command(flatten)]
    policy: PolicyOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Covered {
    /// Families that receive it, as the registers say
    Receives,
    /// Families that the rules find eligible
    Eligible,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Weight {
    /// One each
    Families,
    /// Their members
    Persons,
}

/// `bansos targeting`.
pub(crate) fn run(args: &TargetingArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.policy.date()?;
    let (base, own) = args.policy.base()?;
    let policy = args.policy.chosen(base)?;
    let register = Register::read(&args.result)?;
    let wanted = programmes(std::slice::from_ref(&args.programme), &own, on)?;
    let Some(programme) = wanted.first() else { return Ok(ExitCode::SUCCESS) };
    let rules = Rules::new(programme, on, &policy).map_err(Failure::usage)?;
    let determined = register.determine(&[&rules])?;
    let Some(d) = determined.first() else { return Ok(ExitCode::SUCCESS) };
    let eligible: Vec<bool> = (0..register.len()).map(|i| d.outcome.value(i) == Outcome::Eligible as u8).collect();
    let covered = match args.covered {
        Covered::Eligible => eligible,
        Covered::Receives => register.receives(&args.programme).unwrap_or_else(|| vec![false; register.len()]),
    };
    let (mut reach, mut incidence, mut unranked) = (Reach::default(), Incidence::default(), 0u64);
    let mut places: BTreeMap<u64, (Reach, Reach)> = BTreeMap::new();
    let mut curve: Vec<(f64, u64, i64)> = Vec::new();
    let scores = register.scores()?;
    for (i, covered) in covered.iter().enumerate() {
        let weight = if args.by == Weight::Persons { register.members[i] } else { 1 };
        incidence.add(register.decile[i], weight, *covered, Rupiah(d.at_most.value(i)));
        match register.decile[i] {
            // without a decile nobody knows whether the family is meant: in no denominator, but counted
            None => unranked += 1,
            Some(decile) => {
                let row = Row { weight, meant: decile.get() <= args.meant_decile, covered: *covered };
                reach.add(row);
                let here = places.entry(register.district[i]).or_default();
                here.0.add(row);
                here.1.add(Row { weight: 1, ..row });
                let benefit = if *covered { d.at_most.value(i) } else { 0 };
                #[allow(clippy::cast_precision_loss, reason = "a welfare score; only its order matters")]
                curve.push((scores[i] as f64, weight, benefit));
            }
        }
    }
    let cgh = cgh_index(&curve, f64::from(args.meant_decile) / 10.0).map_err(Failure::usage)?;
    let money = Money { poorest: args.meant_decile * 10, cgh, concentration: concentration_index(&curve) };
    let every = places.len();
    places.retain(|_, (_, families)| !families.is_small(args.small_cell));
    let withheld = every - places.len();
    if common.json {
        let mut answer = json(&reach, &incidence, &money, &places, unranked);
        answer["withheld_districts"] = withheld.into();
        answer["small_cell"] = args.small_cell.into();
        say_out(&answer.to_string());
    } else {
        say_out(&head(args, lang));
        print(&reach, &incidence, &money, unranked, lang);
        tell_places(&places, lang);
        if withheld > 0 {
            say_out(&match lang {
                Lang::Id => format!(
                    "{withheld} wilayah tidak ditampilkan: ada kelompok yang berisi kurang dari {} keluarga",
                    args.small_cell
                ),
                Lang::En => {
                    format!("{withheld} areas withheld: a group there has fewer than {} families", args.small_cell)
                }
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What was measured: for whom, against whom, counted in what.
fn head(args: &TargetingArgs, lang: Lang) -> String {
    let (programme, decile) = (&args.programme, args.meant_decile);
    let covered = match args.covered {
        Covered::Receives => say(lang, "yang tercatat menerima", "those who receive it"),
        Covered::Eligible => say(lang, "yang layak menurut aturan", "those eligible by the rules"),
    };
    let unit = match args.by {
        Weight::Families => say(lang, "keluarga", "families"),
        Weight::Persons => say(lang, "jiwa", "persons"),
    };
    match lang {
        Lang::Id => format!("{programme}: sasaran desil 1–{decile}, penerima = {covered}, dihitung dalam {unit}\n"),
        Lang::En => format!("{programme}: meant for deciles 1–{decile}, covered = {covered}, counted in {unit}\n"),
    }
}

/// Where the money goes.
struct Money {
    /// The poorest part that the CGH index looks at, in percent.
    poorest: u8,
    cgh: Option<f64>,
    concentration: Option<f64>,
}

/// Whether a kecamatan's four cells would tell of a few families.
trait Few {
    fn is_small(&self, small: u64) -> bool;
}

impl Few for Reach {
    fn is_small(&self, small: u64) -> bool {
        let cells = [self.meant_covered, self.meant_missed, self.other_covered, self.other_missed];
        cells.into_iter().any(|n| n > 0 && n < u128::from(small))
    }
}

/// Under- and over-coverage by kecamatan, the least reached first.
fn tell_places(places: &BTreeMap<u64, (Reach, Reach)>, lang: Lang) {
    let mut lines: Vec<_> = places.iter().filter_map(|(code, (r, _))| Some((*code, r, r.exclusion_error()?))).collect();
    if lines.is_empty() {
        return;
    }
    lines.sort_by(|a, b| b.2.value().total_cmp(&a.2.value()).then(a.0.cmp(&b.0)));
    say_out(&format!(
        "\n{:<28}{:>18}{:>18}",
        say(lang, "kecamatan", "kecamatan"),
        say(lang, "kesalahan eksklusi", "exclusion error"),
        say(lang, "kesalahan inklusi", "inclusion error")
    ));
    for (code, reach, exclusion) in lines {
        let inclusion = percent(reach.inclusion_error_of_covered().map(Share::value));
        say_out(&format!(
            "{:<28}{:>18}{inclusion:>18}",
            super::simulate::place(code, lang),
            percent(Some(exclusion.value()))
        ));
    }
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| format!("{:.1} %", v * 100.0))
}

/// Every measure: (stable name, Indonesian, English, value).
fn measures(r: &Reach) -> Vec<(&'static str, &'static str, &'static str, Option<f64>)> {
    let v = |s: Option<Share>| s.map(Share::value);
    vec![
        ("coverage", "cakupan", "coverage", v(r.coverage())),
        ("coverage_of_meant", "cakupan kelompok sasaran", "coverage of those meant", v(r.coverage_of_meant())),
        (
            "exclusion_error",
            "kesalahan eksklusi (dari sasaran)",
            "exclusion error (of those meant)",
            v(r.exclusion_error()),
        ),
        (
            "inclusion_error_of_covered",
            "kesalahan inklusi (dari penerima)",
            "inclusion error (of the covered)",
            v(r.inclusion_error_of_covered()),
        ),
        (
            "inclusion_error_of_not_meant",
            "kesalahan inklusi (dari bukan sasaran)",
            "inclusion error (of those not meant)",
            v(r.inclusion_error_of_not_meant()),
        ),
        ("total_error", "kesalahan total", "total error", v(r.total_error())),
        ("total_accuracy", "ketepatan total", "total accuracy", v(r.total_accuracy())),
        ("bpac", "BPAC", "BPAC", v(r.bpac())),
        (
            "targeting_differential_grosh",
            "selisih sasaran (Grosh dkk. 2022)",
            "targeting differential (Grosh et al. 2022)",
            r.targeting_differential_grosh(),
        ),
        (
            "targeting_differential_ravallion",
            "selisih sasaran (Ravallion)",
            "targeting differential (Ravallion)",
            r.targeting_differential_ravallion(),
        ),
    ]
}

fn print(r: &Reach, incidence: &Incidence, money: &Money, unranked: u64, lang: Lang) {
    for (_, id, en, value) in measures(r) {
        say_out(&format!("{:<46}{:>10}", say(lang, id, en), percent(value)));
    }
    let number = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| format!("{v:.3}"));
    let cgh = match lang {
        Lang::Id => format!("indeks CGH ({} % termiskin; 1 netral)", money.poorest),
        Lang::En => format!("CGH index (poorest {} %; 1 is neutral)", money.poorest),
    };
    say_out(&format!("{cgh:<46}{:>10}", number(money.cgh)));
    let index =
        say(lang, "indeks konsentrasi (negatif: ke yang miskin)", "concentration index (negative: to the poor)");
    say_out(&format!("{index:<46}{:>10}", number(money.concentration)));
    say_out(&format!(
        "\n{:<8}{:>14}{:>14}{:>14}",
        say(lang, "desil", "decile"),
        say(lang, "cakupan", "coverage"),
        say(lang, "penerima", "recipients"),
        say(lang, "manfaat", "benefit"),
    ));
    for decile in (1..=10u8).filter_map(Decile::new) {
        let share = |s: Option<Share>| percent(s.map(Share::value));
        say_out(&format!(
            "{:<8}{:>14}{:>14}{:>14}",
            decile.get(),
            share(incidence.coverage(decile)),
            share(incidence.beneficiary_incidence(decile)),
            share(incidence.benefit_incidence(decile)),
        ));
    }
    say_out(&format!(
        "{}: {unranked}",
        say(lang, "keluarga tanpa desil, tidak dihitung", "families without a decile, not counted")
    ));
    say_out(say(
        lang,
        "manfaat: rupiah setahun yang diberikan aturan kepada penerima, bukan yang dibayarkan",
        "benefit: rupiah a year that the rules give to those covered, not what was paid",
    ));
}

fn json(
    r: &Reach,
    incidence: &Incidence,
    money: &Money,
    places: &BTreeMap<u64, (Reach, Reach)>,
    unranked: u64,
) -> serde_json::Value {
    let of: serde_json::Map<String, serde_json::Value> =
        measures(r).into_iter().map(|(name, _, _, v)| (name.to_owned(), serde_json::json!(v))).collect();
    let deciles: Vec<serde_json::Value> = (1..=10u8)
        .filter_map(Decile::new)
        .map(|d| {
            serde_json::json!({
                "decile": d.get(),
                "coverage": incidence.coverage(d).map(Share::value),
                "beneficiary_incidence": incidence.beneficiary_incidence(d).map(Share::value),
                "benefit_incidence": incidence.benefit_incidence(d).map(Share::value),
            })
        })
        .collect();
    let places: serde_json::Map<String, serde_json::Value> = places
        .iter()
        .map(|(code, (reach, _))| {
            let of: serde_json::Map<_, _> =
                measures(reach).into_iter().map(|(name, _, _, v)| (name.to_owned(), serde_json::json!(v))).collect();
            (code.to_string(), of.into())
        })
        .collect();
    serde_json::json!({
        "measures": of, "cgh_index": money.cgh, "cgh_poorest_percent": money.poorest, "concentration_index": money.concentration,
        "deciles": deciles, "districts": places, "unranked_families": unranked,
    })
}
