//! `bansos targeting`: how well a programme reaches those it is meant for.

use super::load::Register;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::policy::{PolicyOptions, programmes, say_out};
use bansos::eligibility::{Outcome, Rules};
use bansos::targeting::{Incidence, Reach, Row, Share};
use bansos::{Decile, Lang, Rupiah};
use clap::{Args, ValueEnum};
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
    for (i, covered) in covered.iter().enumerate() {
        let weight = if args.by == Weight::Persons { register.members[i] } else { 1 };
        incidence.add(register.decile[i], weight, *covered, Rupiah(d.at_most.value(i)));
        match register.decile[i] {
            // without a decile nobody knows whether the family is meant: in no denominator, but counted
            None => unranked += 1,
            Some(decile) => reach.add(Row { weight, meant: decile.get() <= args.meant_decile, covered: *covered }),
        }
    }
    if common.json {
        say_out(&json(&reach, &incidence, unranked).to_string());
    } else {
        tell(&reach, &incidence, unranked, lang);
    }
    Ok(ExitCode::SUCCESS)
}

/// Every measure: (stable name, Indonesian, English, value).
fn measures(r: &Reach) -> Vec<(&'static str, &'static str, &'static str, Option<f64>)> {
    let v = |s: Option<Share>| s.map(Share::value);
    vec![
        ("coverage", "cakupan", "coverage", v(r.coverage())),
        ("coverage_of_meant", "cakupan kelompok sasaran", "coverage of those meant", v(r.coverage_of_meant())),
        (
            "exclusion_error",
            "galat eksklusi (dari sasaran)",
            "exclusion error (of those meant)",
            v(r.exclusion_error()),
        ),
        (
            "inclusion_error_of_covered",
            "galat inklusi (dari penerima)",
            "inclusion error (of the covered)",
            v(r.inclusion_error_of_covered()),
        ),
        (
            "inclusion_error_of_not_meant",
            "galat inklusi (dari bukan sasaran)",
            "inclusion error (of those not meant)",
            v(r.inclusion_error_of_not_meant()),
        ),
        ("total_error", "galat total", "total error", v(r.total_error())),
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

fn tell(r: &Reach, incidence: &Incidence, unranked: u64, lang: Lang) {
    let percent = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| format!("{:.1} %", v * 100.0));
    for (_, id, en, value) in measures(r) {
        say_out(&format!("{:<46}{:>10}", say(lang, id, en), percent(value)));
    }
    say_out(&format!(
        "{:<8}{:>14}{:>14}{:>14}",
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
}

fn json(r: &Reach, incidence: &Incidence, unranked: u64) -> serde_json::Value {
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
    serde_json::json!({ "measures": of, "deciles": deciles, "unranked_families": unranked })
}
