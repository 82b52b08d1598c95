//! `bansos simulate`: what a change of rules would do to a finished result, before it is decreed.

use super::load::Register;
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::policy::{PolicyOptions, programmes};
use bansos::eligibility::{Outcome, Rules};
use bansos::region::{self, RegionCode, Scheme};
use bansos::targeting::{Cell, ChangeCell, RegisterChange, change, suppress};
use bansos::{Lang, Rupiah};
use bansos_arrow::eligibility::Determined;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Who gains, who loses and what it costs if rules change: before and after an overlay, by decile and kecamatan
#[derive(Args)]
pub(crate) struct SimulateArgs {
    /// Folder of a result (bansos run)
    result: PathBuf,
    /// Programme ids, separated by commas (default: all that run on the day)
    #[arg(long = "programme", value_delimiter = ',')]
    programmes: Vec<String>,
    /// Counts from 1 to this minus one are not shown
    #[arg(long, default_value_t = 5)]
    small_cell: u64,
    #[command(flatten)]
    policy: PolicyOptions,
}

bansos::codes! {
    /// Why there is nothing to simulate.
    pub enum SimulateError {
        /// Before and after are the same rules.
        NoChange = "cli.no_change", Error,
            id: "tidak ada yang diubah; beri --overlay BERKAS atau --alternative PARAMETER/ALTERNATIF",
            en: "nothing is changed; give --overlay FILE or --alternative PARAMETER/ALTERNATIVE";
    }
}

/// `bansos simulate`.
pub(crate) fn run(args: &SimulateArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    if args.policy.overlays.is_empty() && args.policy.alternatives.is_empty() {
        return Err(Failure::usage(SimulateError::NoChange));
    }
    let on = args.policy.date()?;
    let (base, own) = args.policy.base()?;
    let chosen = args.policy.chosen(base.clone())?;
    let register = Register::read(&args.result)?;
    for programme in programmes(&args.programmes, &own, on)? {
        let before = Rules::new(programme, on, &base).map_err(Failure::usage)?;
        let after = Rules::new(programme, on, &chosen).map_err(Failure::usage)?;
        let both = register.determine(&[&before, &after])?;
        let [old, new] = both.as_slice() else { continue };
        let rows = (0..register.len())
            .map(|i| (register.decile[i], register.district[i], Rupiah(old.year.value(i)), Rupiah(new.year.value(i))));
        let changed = change(rows);
        if common.json {
            let mut answer = json(&programme.id, &changed, &chosen.overlay_names(), args.small_cell);
            answer["undetermined"] = serde_json::json!({ "before": open(old), "after": open(new) });
            say_out(&answer.to_string());
        } else {
            print(programme.label(on, lang), &changed, args.small_cell, lang);
            // a family that nobody could decide is in no column: the true numbers lie between these and more
            let (before, after) = (open(old), open(new));
            if before + after > 0 {
                let words = say(lang, "belum dapat ditentukan, tidak dihitung", "undetermined, not counted");
                say_out(&format!("{words}: {before} → {after}"));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Families that lack a fact.
fn open(determined: &Determined) -> usize {
    determined.outcome.values().iter().filter(|o| **o == Outcome::Undetermined as u8).count()
}

/// A count as it may be shown.
fn shown(cell: Cell) -> String {
    match cell {
        Cell::Shown(n) => n.to_string(),
        Cell::Small => "<".to_owned(),
        Cell::Hidden => "*".to_owned(),
    }
}

fn print(name: &str, c: &RegisterChange, small: u64, lang: Lang) {
    say_out(name);
    if c.all.entered + c.all.left + c.all.more + c.all.less == 0 {
        let families = say(lang, "keluarga, tidak berubah", "families, no change");
        return say_out(&format!("  {} {families}", c.all.before));
    }
    say_out(&format!(
        "{:<28}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>22}",
        "",
        say(lang, "sebelum", "before"),
        say(lang, "sesudah", "after"),
        say(lang, "masuk", "entered"),
        say(lang, "keluar", "left"),
        say(lang, "naik", "more"),
        say(lang, "turun", "less"),
        say(lang, "tambahan biaya", "extra cost"),
    ));
    let mut lines: Vec<(String, &ChangeCell)> = vec![(say(lang, "semua", "all").to_owned(), &c.all)];
    lines.extend((1..).zip(&c.deciles).map(|(d, cell)| (format!("{} {d}", say(lang, "desil", "decile")), cell)));
    lines.push((say(lang, "tanpa desil", "no decile").to_owned(), &c.unranked));
    lines.extend(c.regions.iter().map(|(code, cell)| (place(*code, lang), cell)));
    let mut hidden = false;
    // where nobody is paid before or after there is nothing to read
    for (label, cell) in lines.into_iter().filter(|(_, cell)| cell.before + cell.after > 0) {
        let s = suppress(&[cell.before, cell.after, cell.entered, cell.left, cell.more, cell.less], small);
        hidden |= s.iter().any(|cell| !matches!(cell, Cell::Shown(_)));
        let cells: String = s.iter().map(|x| format!("{:>10}", shown(*x))).collect();
        // a cost of few families would tell their amounts
        let few = cell.entered + cell.left + cell.more + cell.less;
        let cost = if few > 0 && few < small { "<".to_owned() } else { rupiah(cell.cost()) };
        say_out(&format!("{label:<28}{cells}{cost:>22}"));
    }
    if hidden {
        say_out(&format!(
            "<: 1–{}; *: {}",
            small.saturating_sub(1),
            say(lang, "disembunyikan supaya < tidak dapat dihitung", "hidden so that < cannot be worked out")
        ));
    }
}

fn rupiah(amount: i128) -> String {
    i64::try_from(amount).map_or_else(|_| amount.to_string(), |n| Rupiah(n).to_string())
}

/// A kecamatan by code and name.
pub(super) fn place(code: u64, lang: Lang) -> String {
    if code == 0 {
        return say(lang, "wilayah tidak diketahui", "place not known").to_owned();
    }
    let digits = code.to_string();
    let name = RegionCode::parse(Scheme::Kemendagri, &digits).ok().and_then(region::name).unwrap_or_default();
    format!("{digits} {}", name.chars().take(20).collect::<String>())
}

fn json(programme: &str, c: &RegisterChange, overlays: &[String], small: u64) -> serde_json::Value {
    let cell = |x: &ChangeCell| {
        let s = suppress(&[x.before, x.after, x.entered, x.left, x.more, x.less], small);
        let names = ["before", "after", "entered", "left", "more", "less"];
        let mut map: serde_json::Map<String, serde_json::Value> = names
            .iter()
            .zip(s)
            .map(|(n, c)| {
                let value = if let Cell::Shown(n) = c { serde_json::json!(n) } else { serde_json::Value::Null };
                ((*n).to_owned(), value)
            })
            .collect();
        let few = x.entered + x.left + x.more + x.less;
        let hidden = few > 0 && few < small;
        map.insert(
            "cost".to_owned(),
            if hidden { serde_json::Value::Null } else { serde_json::json!(x.cost().to_string()) },
        );
        serde_json::Value::Object(map)
    };
    serde_json::json!({
        "programme": programme, "overlays": overlays, "all": cell(&c.all),
        "deciles": c.deciles.iter().map(cell).collect::<Vec<_>>(), "unranked": cell(&c.unranked),
        "regions": c.regions.iter().map(|(code, x)| (code.to_string(), cell(x))).collect::<serde_json::Map<_, _>>(),
    })
}
