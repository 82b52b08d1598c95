//! Deciles: a proxy means test fitted on the register's own sampled spending, and exact ranks of its scores.

use crate::PipelineError;
use crate::choices::{Measure, choices};
use crate::people::People;
use bansos::Bilingual;
use bansos::date::age_on;
use bansos::person::{Attendance, Person, Relation};
use bansos::ranking::{
    By, RankEntry, RankOptions, Ranking,
    pmt::{PmtError, PmtModel},
    rank as rank_rows,
};
use bansos::source::{Origin, Source};
use bansos::{Coded, Date, Decile, Sex};
use bansos_arrow::pmt::{Features, FitOptions, fit, score};
use bansos_linkage::register::Linkage;
use bansos_registers::{FileReport, Intake};
use bansos_report::data::{Indicator, Ranking as ReportRanking, Reason, StatedDeciles};
use rayon::prelude::*;

/// Scores and deciles by family, and how they came about.
pub struct Ranked {
    pub(crate) scores: Vec<Option<f64>>,
    /// Those that decide: the official one where a register states it, else the estimate.
    pub(crate) deciles: Vec<Option<Decile>>,
    /// The row that states the official decile.
    official: Vec<Option<Origin>>,
    by: By,
    /// The model, or why there is none; without one nobody is ranked.
    model: Result<PmtModel, PmtError>,
    ranking: Option<Ranking<f64>>,
}

pub(crate) fn rank(
    people: &People,
    intake: &Intake,
    linkage: &Linkage,
    by: By,
    as_of: Date,
) -> Result<Ranked, PipelineError> {
    let mut ranked = estimate(people, linkage, by, as_of)?;
    let ranks: Vec<Option<usize>> = intake.files.iter().map(official_rank).collect();
    for (at, family) in people.families.iter().enumerate() {
        let rank = |from: Origin| ranks.get(usize::from(from.file)).copied().flatten();
        let stated = family.stated_deciles().iter().filter_map(|kept| Some((rank(kept.from)?, kept)));
        if let Some((_, kept)) = stated.min_by_key(|(rank, kept)| (*rank, kept.from)) {
            ranked.deciles[at] = Some(kept.value);
            ranked.official[at] = Some(kept.from);
        }
    }
    Ok(ranked)
}

/// Which of the official sources a file is.
fn official_rank(file: &FileReport) -> Option<usize> {
    let names = [file.layout.as_str(), file.source.word()];
    choices().official_decile.names.iter().position(|name| names.contains(&name.as_str()))
}

/// A score and a decile for each family from what the register knows of it.
fn estimate(people: &People, linkage: &Linkage, by: By, as_of: Date) -> Result<Ranked, PipelineError> {
    let families = people.families.len();
    let features = features(people, as_of);
    let spending: Vec<Option<f64>> =
        people.families.iter().map(|f| f.spending_per_capita().map(|s| s.value.0 as f64)).collect();
    let options = FitOptions {
        name: "PMT contoh, disusun dari sampel pengeluaran register ini".to_owned(),
        note: "Fitted by bansos run on this register's own sampled spending; not the model of DTSEN, whose weights are not public."
            .to_owned(),
        ..FitOptions::default()
    };
    let model = match fit(&features, &spending, &options) {
        Ok(model) => model,
        Err(why) => {
            let nobody = vec![None; families];
            return Ok(Ranked {
                scores: nobody,
                deciles: vec![None; families],
                official: vec![None; families],
                by,
                model: Err(why),
                ranking: None,
            });
        }
    };
    let scores = score(&model, &features, None)?;
    let keys: Vec<String> = (0u32..).take(families).map(|f| linkage.family_id(f)).collect();
    let entries: Vec<RankEntry<'_, f64>> = (people.families.iter())
        .zip(keys.iter().zip(&scores))
        .map(|(family, (key, score))| {
            let size = u32::try_from(family.members().len()).unwrap_or(u32::MAX);
            RankEntry::new(key.as_bytes(), *score).with_size(size)
        })
        .collect();
    let ranking = rank_rows(&entries, &RankOptions { by, ..RankOptions::default() })?;
    Ok(Ranked {
        scores,
        deciles: ranking.deciles().collect(),
        official: vec![None; families],
        by,
        model: Ok(model),
        ranking: Some(ranking),
    })
}

/// Housing and assets as the questionnaire has them, and who the members are.
fn features(people: &People, as_of: Date) -> Features {
    let none = bansos::source::Welfare::default();
    let mut all = Features::from_welfare(people.families.iter().map(|f| f.welfare().map_or(&none, |w| &w.value)));
    for feature in &choices().features {
        let of = |f| measure(feature.measure, &people.present(f).collect::<Vec<_>>(), as_of);
        all.number(&feature.name, feature.unit.as_deref(), people.families.par_iter().map(of).collect());
    }
    all
}

/// A fact about the members who are there; `None` where it is known of none of them.
fn measure(what: Measure, members: &[&Person], as_of: Date) -> Option<f64> {
    let ages = || members.iter().filter_map(|p| age_on(p.birth_date.as_ref()?.value, as_of));
    match what {
        Measure::Members => (!members.is_empty()).then_some(members.len() as f64),
        Measure::ShareYoungerThan(limit) => share(ages().map(|age| age < limit)),
        Measure::ShareFromAge(limit) => share(ages().map(|age| age >= limit)),
        Measure::ShareAttending => {
            share(members.iter().filter_map(|p| Some(p.attendance.as_ref()?.value == Attendance::Attending)))
        }
        Measure::FemaleHead => {
            let head = members.iter().find(|p| p.relation.as_ref().is_some_and(|r| r.value == Relation::Head))?;
            Some(f64::from(u8::from(head.sex.as_ref()?.value == Sex::Female)))
        }
    }
}

/// The share of yes among answers; `None` without any.
fn share(answers: impl Iterator<Item = bool>) -> Option<f64> {
    let (yes, all) = answers.fold((0u32, 0u32), |(yes, all), answer| (yes + u32::from(answer), all + 1));
    (all > 0).then(|| f64::from(yes) / f64::from(all))
}

impl Ranked {
    /// For summary.json.
    pub(crate) fn about(&self) -> serde_json::Value {
        match (&self.model, &self.ranking) {
            (Ok(model), Some(ranking)) => serde_json::json!({
                "model": model,
                "by": ranking.options().by.word(),
                "rule": ranking.options().rule.word(),
                "report": ranking.report.total,
            }),
            (Err(why), _) => serde_json::json!({ "none": { "code": why.code(), "message": why.messages() } }),
            _ => serde_json::Value::Null,
        }
    }

    /// For the report.
    pub(crate) fn report(&self, people: &People, intake: &Intake) -> Option<ReportRanking> {
        let unranked = self.deciles.iter().filter(|d| d.is_none()).count() as u64;
        let model = match &self.model {
            Ok(model) => model,
            Err(why) => {
                let reason = Reason { code: why.code().to_owned(), message: why.messages(), families: unranked };
                return Some(ReportRanking {
                    by: self.by.word().to_owned(),
                    unranked: vec![reason],
                    stated_deciles: self.against_stated(people, intake),
                    ..ReportRanking::default()
                });
            }
        };
        let fit = model.national.fit;
        Some(ReportRanking {
            model: model.name.clone(),
            note: Bilingual::new(
                "Model ini disusun dari keluarga dalam register ini yang pengeluarannya didata. Ini bukan model DTSEN: bobotnya tidak terbuka. Desil di sini bukan desil resmi keluarga.",
                "This model was fitted on the families of this register whose spending was measured. It is not DTSEN's model, whose weights are not public; a decile here is not the family's official decile.",
            ),
            n: fit.map_or(0, |f| f.sample),
            terms: model.national.terms.len() as u64,
            r2: fit.map(|f| f.r2),
            r2_out: fit.map(|f| f.r2_out_of_sample),
            by: self.by.word().to_owned(),
            rule: RankOptions::default().rule.word().to_owned(),
            unranked: match unranked {
                0 => Vec::new(),
                families => vec![Reason {
                    code: "pmt.little_known".to_owned(),
                    message: Bilingual::new(
                        "keterangan perumahan dan asetnya terlalu sedikit untuk menghitung skor",
                        "too little is known of housing and assets for a score",
                    ),
                    families,
                }],
            },
            profile: self.profile(people),
            stated_deciles: self.against_stated(people, intake),
        })
    }

    /// Facts that a reader can judge the ranking by, for the registers whose codes we know.
    fn profile(&self, people: &People) -> Vec<Indicator> {
        let mut all = Vec::new();
        for fact in &choices().profile {
            let mut indicator = Indicator { label: fact.label.clone(), ..Indicator::default() };
            for (family, decile) in people.families.iter().zip(&self.deciles) {
                let Some(welfare) = family.welfare().filter(|w| w.from.source == fact.source) else { continue };
                let (Some(code), Some(d)) = (welfare.value.get(&fact.variable), decile) else { continue };
                let at = usize::from(d.get()) - 1;
                indicator.known[at] += 1;
                indicator.yes[at] += u64::from(fact.yes.contains(&code));
            }
            if indicator.yes.iter().sum::<u64>() > 0 {
                all.push(indicator);
            }
        }
        all
    }

    /// The deciles that registers state against our estimates: those that decide, or where no register decides, the first that
    /// each family's rows state.
    pub(crate) fn against_stated(&self, people: &People, intake: &Intake) -> StatedDeciles {
        let mut found = StatedDeciles::default();
        let deciding = self.official.iter().any(Option::is_some);
        for (at, family) in (0u32..).zip(&people.families) {
            let (mut stated, estimate) = (family.stated_deciles().iter(), self.estimate(at));
            let kept = match self.official(at) {
                Some(from) => stated.find(|kept| kept.from == from),
                None if deciding => None,
                None => stated.next(),
            };
            match (kept, estimate) {
                (Some(kept), estimate) => {
                    let file = intake.files.get(usize::from(kept.from.file));
                    let by = match (kept.from.source, file) {
                        (Source::Other, Some(file)) => &file.layout,
                        (source, _) => source.word(),
                    };
                    if !found.by.iter().any(|known| known == by) {
                        found.by.push(by.to_owned());
                    }
                    match estimate {
                        Some(ours) => found.add(kept.value, ours),
                        None => found.stated_only += 1,
                    }
                }
                (None, Some(_)) => found.estimated_only += 1,
                (None, None) => found.neither += 1,
            }
        }
        found.by.sort_unstable();
        found.decides = deciding;
        found
    }

    /// Our estimate for a family, by its number, whatever decides.
    #[must_use]
    pub fn estimate(&self, family: u32) -> Option<Decile> {
        self.ranking.as_ref()?.decile(family as usize)
    }

    /// A score for each family, by number; the higher, the better off. None where too little is known.
    #[must_use]
    pub fn scores(&self) -> &[Option<f64>] {
        &self.scores
    }

    /// The row that states a family's official decile; none where the decile is our estimate, or there is none.
    #[must_use]
    pub fn official(&self, family: u32) -> Option<Origin> {
        self.official.get(family as usize).copied().flatten()
    }

    /// What a family's decile rests on: the layout of the file that states it, `pmt` for our estimate, nothing without one.
    pub(crate) fn basis<'i>(&self, intake: &'i Intake, family: u32) -> &'i str {
        match (self.official(family), self.deciles.get(family as usize)) {
            (Some(from), _) => intake.files.get(usize::from(from.file)).map_or("", |file| file.layout.as_str()),
            (None, Some(Some(_))) => "pmt",
            _ => "",
        }
    }

    /// The decile for each family that decides, by number: the official one where a register states it, else our estimate.
    #[must_use]
    pub fn deciles(&self) -> &[Option<Decile>] {
        &self.deciles
    }

    /// The model, or why there is none; without one nobody is ranked.
    ///
    /// # Errors
    /// Why no model could be fitted on these registers.
    pub fn model(&self) -> Result<&PmtModel, &PmtError> {
        self.model.as_ref()
    }
}
