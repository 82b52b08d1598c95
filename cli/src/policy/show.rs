//! Values in force, their history, differences and disputes.

use super::options::{PolicyArgs, read_date};
use crate::answer::say_out;
use crate::failure::Failure;
use crate::input::say;
use bansos::policy::{Basis, DatedValue, InForce, Parameter, Policy, PolicyError, parameters};
use bansos::{Coded as _, Date, Lang};
use std::process::ExitCode;

pub(super) fn show(id: Option<&str>, args: &PolicyArgs, json: bool, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.date()?;
    let policy = args.chosen(args.base()?.0)?;
    let wanted = |p: &&Parameter| id.is_none_or(|id| p.id == id || p.id.starts_with(&format!("{id}.")));
    let found: Vec<&Parameter> = policy.parameters().filter(wanted).collect();
    if let (true, Some(id)) = (found.is_empty(), id) {
        return Err(Failure::usage(PolicyError::UnknownParameter { parameter: id.to_owned() }));
    }
    for p in &found {
        if json {
            say_out(&json_of(&policy, p, on).to_string());
        } else {
            say_out(&format!("{:<34} {}", p.id, in_force(&policy, p, on, lang)));
            if found.len() == 1 {
                say_out(&format!("  {} · {}", p.label.get(lang), p.unit.label(lang)));
                p.values.iter().for_each(|e| say_out(&history(p, e, lang)));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn basis(all: &[Basis]) -> String {
    let one = |b: &Basis| match b.article.as_ref() {
        "" => b.source.to_string(),
        article => format!("{} ({article})", b.source),
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What is in force on a day, in a phrase.
fn in_force(policy: &Policy, p: &Parameter, on: Date, lang: Lang) -> String {
    match policy.at(&p.id, on) {
        Ok(InForce::Value(c)) => {
            let sure = c.confidence.map(|c| format!(", {}", c.label(lang))).unwrap_or_default();
            let by = c.overlay.or(c.alternative).map(|n| format!(" <{n}>")).unwrap_or_default();
            format!("{}{by}  [{}{sure}]", c.value.show(p.unit, lang), basis(c.basis))
        }
        Ok(InForce::NotYet(from)) if from != Date::MAX => format!("– {} {from}", say(lang, "mulai", "from")),
        Ok(InForce::Ended(on)) => format!("– {} {on}", say(lang, "berakhir", "ended")),
        Ok(_) => "–".to_owned(),
        Err(e) => e.message(lang),
    }
}

fn history(p: &Parameter, e: &DatedValue, lang: Lang) -> String {
    let to = e.to.map_or_else(|| "…".to_owned(), |d| d.to_string());
    let mark = match (&e.alternative, e.preferred) {
        (Some(a), _) => format!("  {} {a}", say(lang, "alternatif", "alternative")),
        (None, true) => format!("  {}", say(lang, "diutamakan", "preferred")),
        (None, false) => String::new(),
    };
    let why = e.reason.as_ref().map(|r| format!(" — {}", r.get(lang))).unwrap_or_default();
    let value = e.value.show(p.unit, lang);
    format!("  {} – {to:<10}  {value}  [{}, {}]{mark}{why}", e.from, basis(&e.basis), e.confidence.label(lang))
}

fn json_of(policy: &Policy, p: &Parameter, on: Date) -> serde_json::Value {
    let now = match policy.at(&p.id, on) {
        Ok(InForce::Value(c)) => serde_json::json!({ "value": c.value, "basis": c.basis, "confidence": c.confidence,
            "alternative": c.alternative, "overlay": c.overlay, "from": c.from, "to": c.to }),
        _ => serde_json::Value::Null,
    };
    serde_json::json!({ "parameter": p, "on": on.to_string(), "in_force": now })
}

pub(super) fn diff(from: Option<&str>, args: &PolicyArgs, json: bool, lang: Lang) -> Result<ExitCode, Failure> {
    let on = args.date()?;
    let base = args.base()?.0;
    let chosen = args.chosen(base.clone())?;
    let before = from.map_or(Ok(on), read_date)?;
    for p in base.parameters() {
        let value = |policy: &Policy, day: Date| match policy.at(&p.id, day) {
            Ok(InForce::Value(c)) => Some(c.value.clone()),
            _ => None,
        };
        // between two days the chosen policy is looked at twice; else it is held against the built-in one
        let old = value(if from.is_some() { &chosen } else { &base }, before);
        let new = value(&chosen, on);
        if old == new {
            continue;
        }
        if json {
            say_out(&serde_json::json!({ "parameter": p.id, "before": old, "after": new }).to_string());
        } else {
            let show = |v: &Option<bansos::policy::ParameterValue>| {
                v.as_ref().map_or_else(|| "–".to_owned(), |v| v.show(p.unit, lang))
            };
            say_out(&format!("{:<34} {} → {}", p.id, show(&old), show(&new)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn conflicts(json: bool, lang: Lang) -> ExitCode {
    for p in parameters() {
        let disputed: Vec<&DatedValue> = p.values.iter().filter(|e| e.preferred || e.alternative.is_some()).collect();
        if disputed.is_empty() {
            continue;
        }
        if json {
            say_out(&serde_json::json!({ "parameter": p.id, "label": p.label, "values": disputed }).to_string());
        } else {
            say_out(&format!("{}  {}", p.id, p.label.get(lang)));
            disputed.into_iter().for_each(|e| say_out(&history(p, e, lang)));
        }
    }
    ExitCode::SUCCESS
}
