//! `bansos decide`: families in (JSON lines), determinations out.

use crate::answer::say_out;
use crate::args::Common;
use crate::failure::{CliError, Failure, LineFault};
use crate::input::{read_lines, say};
use crate::policy::{PolicyOptions, programmes};
use bansos::Lang;
use bansos_interop::ops::eligibility as op;
use bansos_registers::settings;
use bansos_registers::shown_path;
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Whether a family may have a programme, what it gets and why
///
/// Reads one family a line as JSON: {"id": "…", "decile": 2, "members": [{"birth_date": "2022-05-01"}]}. What is left out is
/// unknown, and unknown is not no. The members are those of the operation eligibility.determine.
#[derive(Args)]
pub(crate) struct DecideArgs {
    /// File of JSON lines; - or nothing: standard input
    file: Option<PathBuf>,
    /// Programme ids, separated by commas (default: all that run on the day)
    #[arg(long = "programme", value_delimiter = ',')]
    programmes: Vec<String>,
    #[command(flatten)]
    policy: PolicyOptions,
}

/// `bansos decide`.
pub(crate) fn run(args: &DecideArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.policy.date()?;
    let (base, own) = args.policy.base()?;
    let policy = args.policy.chosen(base)?;
    let wanted = programmes(&args.programmes, &own, on)?;
    let mut rules = Vec::new();
    for p in wanted {
        rules.push((
            p.label(on, lang).to_owned(),
            bansos::eligibility::Rules::new(p, on, &policy).map_err(Failure::usage)?,
        ));
    }
    let path = args.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    for (n, line) in read_lines(&path)?.enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let (id, family) = read(&line, n as u64 + 1, &path)?;
        for (name, rules) in &rules {
            let answer = op::plain(rules.determine(&family));
            if common.json {
                let mut value = serde_json::to_value(&answer).unwrap_or(Value::Null);
                if let (Value::Object(o), Some(id)) = (&mut value, &id) {
                    o.insert("id".to_owned(), id.clone());
                }
                say_out(&value.to_string());
            } else {
                print(&id, name, &answer, lang);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(line: &str, number: u64, path: &Path) -> Result<(Option<Value>, bansos::eligibility::FamilyFacts), Failure> {
    let at = |why| Failure::input(CliError::BadLine { path: shown_path(path), line: number, why });
    let mut value: Value = settings::from_json(line).map_err(|e| at(LineFault::cause(&e)))?;
    let id = value.as_object_mut().and_then(|o| o.remove("id"));
    let facts = op::family(&value).map_err(|e| {
        let said = |lang| format!("{}: {} [{}]", e.path, e.message.get(lang), e.code);
        at(LineFault::new(&*e.code, bansos::Bilingual::from_fn(said)))
    })?;
    Ok((id, facts))
}

fn print(id: &Option<Value>, name: &str, d: &op::Determination, lang: Lang) {
    let id = match id {
        None => String::new(),
        Some(Value::String(s)) => format!("{s}  "),
        Some(other) => format!("{other}  "),
    };
    let money = bansos::Rupiah(d.amounts.year);
    let amount =
        if d.amounts.year > 0 { format!("  {money} {}", say(lang, "setahun", "a year")) } else { String::new() };
    say_out(&format!("{id}{name}: {}{amount}", d.outcome.0.label(lang)));
    for r in &d.reasons {
        let mark = if r.decides { "•" } else { "·" };
        say_out(&format!("   {mark} {}", r.message.get(lang)));
    }
    for m in &d.missing {
        say_out(&format!("   ? {}", m.message.get(lang)));
    }
    if !d.overlays.is_empty() {
        say_out(&format!("   {} {}", say(lang, "dengan lapisan", "with the overlay"), json!(d.overlays)));
    }
}
