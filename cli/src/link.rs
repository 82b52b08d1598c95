//! `bansos link`: who is who, and nothing else. The step of the main job that clerks come back to: review pairs, decide,
//! link again.

mod earlier;

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{InputArgs, intake_text, read_settings, read_text, say, unreadable};
use crate::paths::{OutPath, PriorResult};
use crate::progress::Progress;
use bansos::Lang;
use bansos_linkage::register::{Blocking, RuleCount, Settings, Training, link};
use bansos_pipeline::read_decisions;
use bansos_pipeline::write::{crosswalk, duplicates};
use bansos_registers::settings;
use bansos_registers::write::{OutFolder, write_whole};
use clap::Args;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

/// Link persons and families across registers: crosswalk.csv, duplicates.csv, review.csv, model.json
///
/// model.json is the model as estimated from these registers; `--model` uses it again as it is, without training. rows.csv says
/// what each row was called: with `--earlier`, a later run over the same and further files keeps model and identifiers.
#[derive(Args)]
pub(crate) struct LinkArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short, required_unless_present = "count")]
    out: Option<OutPath>,
    /// Only count the pairs that each blocking rule makes
    #[arg(long)]
    count: bool,
    /// Settings (TOML or JSON): thresholds, caps, a model saved earlier as model.json
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// A model saved earlier as model.json: used as it is, so that a later run judges by the same weights
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// An earlier result of `bansos link`: its model is used as it is, and persons and families keep the identifiers they had
    #[arg(long, value_name = "FOLDER", conflicts_with = "model")]
    earlier: Option<PriorResult>,
    /// An earlier review.csv whose column `same` was filled in with yes/ya or no/tidak; never contradicted
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
}

pub(crate) fn run(args: &LinkArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    let out = match (&args.out, args.count) {
        (Some(folder), false) => Some(OutFolder::begin(folder)?),
        _ => None,
    };
    let mut settings = match &args.settings {
        Some(path) => read_settings(path)?,
        None => Settings::default(),
    };
    let model = args.model.clone().or_else(|| args.earlier.as_ref().map(|folder| folder.join("model.json")));
    if let Some(path) = &model {
        settings.model = settings::from_json(&read_text(path)?).map_err(|e| unreadable(path, e))?;
        settings.training = Training::Never;
    }
    let intake = args.input.read(progress, lang)?;
    if let Some(path) = &args.decisions {
        settings.decisions.extend(read_decisions(path, &intake)?);
    }
    let Some(out) = out else {
        tell_rules(Blocking::new(&intake.persons, &intake.families, &settings).counts(), common, lang);
        return Ok(ExitCode::SUCCESS);
    };
    let bar = progress.stage(say(lang, "menautkan orang", "linking persons"), Some(1));
    let watch = |step: bansos_linkage::watch::Progress| {
        bar.set_length(step.total.max(1));
        bar.set_position(step.done);
        ControlFlow::Continue(())
    };
    let mut linkage = link(&intake.persons, &intake.families, &settings, &watch).map_err(Failure::input)?;
    bar.finish_and_clear();
    if let Some(folder) = &args.earlier {
        earlier::keep_ids(&mut linkage, &intake, &folder.join(earlier::ROWS))?;
    }

    crosswalk::write(&intake, &linkage, &out)?;
    duplicates::write(&intake, &linkage, &out)?;
    duplicates::write_review(&intake, &linkage, &out)?;
    earlier::write(&intake, &linkage, &out)?;
    write_whole(&out.path("model.json"), serde_json::to_string_pretty(&linkage.model).unwrap_or_default())?;
    out.finish()?;

    let counts = serde_json::json!({
        "rows": intake.persons.len(), "persons": linkage.person_count, "families": linkage.family_count,
        "compared": linkage.counts.compared, "review": linkage.review.len(), "duplicates": linkage.duplicates.len(),
    });
    if common.json {
        answer!("{counts}");
    } else {
        answer_part!("{}", intake_text(&intake, lang));
        tell_rules(&linkage.counts.rules, common, lang);
        answer!("{} → {} {}", intake.persons.len(), linkage.person_count, say(lang, "orang", "persons"));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_rules(rules: &[RuleCount], common: &Common, lang: Lang) {
    if common.json {
        let all: Vec<_> = rules
            .iter()
            .map(|r| serde_json::json!({ "rule": r.rule, "pairs": r.pairs, "largest": r.largest, "split": r.split }))
            .collect();
        answer!("{}", serde_json::json!({ "rules": all }));
        return;
    }
    for rule in rules {
        answer!("{:<28} {:>12} {}", rule.rule, rule.pairs, say(lang, "pasangan", "pairs"));
    }
}
