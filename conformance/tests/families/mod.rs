//! Vectors of `eligibility.determine` through the columns: one family as two tables.

use super::{Trouble, agrees};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray, UInt32Array};
use bansos::date::to_epoch_days;
use bansos::eligibility::{FamilyFacts, Outcome, Rules};
use bansos::person::Flag;
use bansos::policy::Policy;
use bansos::programme::{builtin, ids};
use bansos_arrow::eligibility::{Options, determine_columns};
use bansos_conformance::Case;
use libtest_mimic::Failed;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Whether a case asks only what columns take: a built-in programme under the built-in policy, and an answer.
pub(super) fn is_column(case: &Case) -> bool {
    let programme = case.input["programme"].as_str().and_then(builtin);
    programme.is_some() && case.input.get("policy").is_none() && case.expect.get("ok").is_some()
}

/// Outcome and amounts, as the columns have them.
pub(super) fn eligibility(case: &Case) -> Result<(), Failed> {
    let programme = case.input["programme"].as_str().and_then(builtin).ok_or("no programme")?;
    let family = bansos_interop::ops::eligibility::family(&case.input["family"]).map_err(|e| e.code.clone())?;
    let rules = Rules::new(programme, super::day(&case.input["date"])?, &Policy::builtin())?;
    let (heads, persons) = tables(&family)?;
    let done = determine_columns(&[&rules], &heads, &persons, &Options::default())?;
    let columns = done.first().ok_or("no answer")?;
    let outcome = Outcome::ALL.get(usize::from(columns.outcome.value(0))).ok_or("no outcome")?;
    let answer = json!({ "ok": {
        "outcome": outcome.word(),
        "amounts": { "year": columns.year.value(0), "at_most": columns.at_most.value(0) },
    }});
    let want = &case.expect["ok"];
    let mut kept = Map::new();
    if let Some(outcome) = want.get("outcome") {
        kept.insert("outcome".to_owned(), outcome.clone());
    }
    let amounts = want["amounts"].as_object().into_iter().flatten();
    let amounts: Map<String, Value> = amounts
        .filter(|(n, _)| ["year", "at_most"].contains(&n.as_str()))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    kept.insert("amounts".to_owned(), amounts.into());
    agrees(&json!({ "ok": kept }), &answer)
}

fn tables(f: &FamilyFacts) -> Result<(RecordBatch, RecordBatch), Trouble> {
    let truth = |b: Option<bool>| -> ArrayRef { Arc::new(BooleanArray::from(vec![b])) };
    let number = |n: Option<i64>| -> ArrayRef { Arc::new(Int64Array::from(vec![n])) };
    let region = f.region.map(|r| r.to_string());
    let mut heads: Vec<(String, ArrayRef)> = vec![
        ("decile".into(), number(f.decile.map(|d| i64::from(d.get())))),
        ("registered".into(), truth(f.registered)),
        ("remote".into(), truth(f.remote)),
        ("size".into(), number(f.size.map(i64::from))),
        ("region".into(), Arc::new(StringArray::from(vec![region]))),
    ];
    for id in [ids::PKH, ids::SEMBAKO, ids::BST] {
        heads.push((format!("receives_{id}"), truth(f.receives(id))));
    }
    heads.extend(f.extra.iter().map(|(name, n)| (format!("fact_{name}"), number(Some(*n)))));
    let m = &f.members;
    macro_rules! words {
        ($fact:ident) => {
            Arc::new(m.iter().map(|p| p.$fact.map(|w| w.word())).collect::<StringArray>()) as ArrayRef
        };
    }
    macro_rules! truths {
        ($fact:ident) => {
            Arc::new(m.iter().map(|p| p.$fact).collect::<BooleanArray>()) as ArrayRef
        };
    }
    let mut persons: Vec<(String, ArrayRef)> = vec![
        ("family_row".into(), Arc::new(UInt32Array::from(vec![0; m.len()]))),
        ("birth_date".into(), Arc::new(m.iter().map(|p| p.birth.map(to_epoch_days)).collect::<Date32Array>())),
        ("age".into(), Arc::new(m.iter().map(|p| p.age.map(i64::from)).collect::<Int64Array>())),
        ("sex".into(), words!(sex)),
        ("relation".into(), words!(relation)),
        ("presence".into(), words!(presence)),
        ("attendance".into(), words!(attendance)),
        ("school_level".into(), words!(school_level)),
        ("pregnant".into(), truths!(pregnant)),
        ("severe_disability".into(), truths!(severe_disability)),
        ("rights_victim".into(), truths!(rights_victim)),
        ("registered".into(), truths!(registered)),
        (
            "pregnancy_order".into(),
            Arc::new(m.iter().map(|p| p.pregnancy_order.map(i64::from)).collect::<Int64Array>()),
        ),
    ];
    for flag in Flag::ALL {
        let said: BooleanArray = m.iter().map(|p| p.flags.get(*flag)).collect();
        persons.push((format!("flag_{}", flag.word()), Arc::new(said)));
    }
    let table = |columns: Vec<(String, ArrayRef)>| {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
    };
    Ok((table(heads)?, table(persons)?))
}
