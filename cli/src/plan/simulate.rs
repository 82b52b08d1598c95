//! `bansos simulate`: what a change of rules would do to a finished result, before it is decreed.

use super::load::Register;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::policy::{PolicyOptions, programmes, say_out};
use bansos::eligibility::Rules;
use bansos::targeting::{Cell, Change, ChangeCell, change, suppress};
use bansos::{Lang, Rupiah};
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

/// `bansos simulate`.
pub(crate) fn run(args: &SimulateArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
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
            say_out(&json(&programme.id, &changed, &chosen.overlay_names(), args.small_cell).to_string());
        } else {
            tell(programme.label(on, lang), &changed, args.small_cell, lang);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A count as it may be shown.
fn shown(cell: Cell) -> String {
    match cell {
        Cell::Shown(n) => n.to_string(),
        Cell::Small => "<".to_owned(),
        Cell::Hidden => "*".to_owned(),
    }
}

fn tell(name: &str, c: &Change, small: u64, lang: Lang) {
    say_out(name);
    say_out(&format!(
        "{:<12}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>22}",
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
    lines.extend(c.regions.iter().map(|(code, cell)| (code.to_string(), cell)));
    for (label, cell) in lines {
        let s = suppress(&[cell.before, cell.after, cell.entered, cell.left, cell.more, cell.less], small);
        let cells: String = s.iter().map(|x| format!("{:>10}", shown(*x))).collect();
        // a cost of few families would tell their amounts
        let few = cell.entered + cell.left + cell.more + cell.less;
        let cost = if few > 0 && few < small { "<".to_owned() } else { cell.cost().to_string() };
        say_out(&format!("{label:<12}{cells}{cost:>22}"));
    }
}

fn json(programme: &str, c: &Change, overlays: &[String], small: u64) -> serde_json::Value {
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
