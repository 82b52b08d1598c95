//! Models fitted on a register's own sample: sound on invented data, and how they agree with the truth of the example
//! registers where those lie beside the repository.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use bansos::ranking::pmt::{ModelStatus, PmtError, PmtFact};
use bansos_arrow::pmt::{Column, Features, FitOptions, fit, score};
use bansos_arrow::ranking::{Columns, rank_columns};
use std::collections::BTreeMap;
use std::path::Path;

struct Dice(u64);
impl Dice {
    fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
    fn noise(&mut self) -> f64 {
        (0..12).map(|_| self.roll(1 << 20) as f64 / f64::from(1 << 20)).sum::<f64>() - 6.0
    }
}

/// Families whose log spending follows known coefficients.
fn invented(families: usize, noise: f64) -> (Features, Vec<Option<f64>>) {
    let mut dice = Dice(5);
    let floor: Vec<Option<i64>> = (0..families).map(|_| Some([1, 2, 5, 7][dice.roll(4) as usize])).collect();
    let area: Vec<Option<f64>> = (0..families).map(|_| Some(10.0 + dice.roll(90) as f64)).collect();
    let fridge: Vec<Option<i64>> =
        (0..families).map(|_| Some(dice.roll(2) as i64).filter(|_| dice.roll(10) > 0)).collect();
    let spending = (0..families).map(|n| {
        let by_floor = match floor[n] {
            Some(1) => 0.4,
            Some(2) => 0.2,
            Some(5) => 0.0,
            _ => -0.3,
        };
        let log = 13.0 + by_floor + 0.5 * area[n].unwrap().ln() + 0.25 * fridge[n].unwrap_or(0) as f64;
        Some((log + noise * dice.noise()).exp()).filter(|_| n % 5 == 0)
    });
    let spending = spending.collect();
    let mut features = Features::new(families);
    features.code("jenis_lantai", floor);
    features.number("luas_lantai", Some("m2"), area);
    features.code("aset_kulkas", fridge);
    (features, spending)
}

#[test]
fn a_fit_finds_what_made_the_data() {
    let (features, spending) = invented(5000, 0.1);
    let model = fit(&features, &spending, &FitOptions::default()).unwrap();
    model.check().unwrap();
    assert_eq!(model.status, ModelStatus::OwnFit);
    let quality = model.national.fit.unwrap();
    assert_eq!(quality.sample, 1000);
    assert!(quality.r2_out_of_sample > 0.9 && quality.r2_out_of_sample <= quality.r2 + 1e-3, "{quality:?}");
    assert!((quality.error - 0.1).abs() < 0.02, "{quality:?}");
    // the order of the families changes nothing at all
    let turned = |values: Vec<Option<f64>>| values.into_iter().rev().collect::<Vec<_>>();
    let mut reversed = Features::new(5000);
    for feature in features.iter() {
        match &feature.column {
            Column::Code(v) => reversed.code(&feature.name, v.iter().rev().copied().collect()),
            Column::Number(v) => reversed.number(&feature.name, feature.unit.as_deref(), turned(v.clone())),
        }
    }
    assert_eq!(fit(&reversed, &turned(spending), &FitOptions::default()).unwrap(), model);
}

#[test]
fn columns_score_as_rows_do() {
    let (features, spending) = invented(2000, 0.3);
    let model = fit(&features, &spending, &FitOptions::default()).unwrap();
    let scores = score(&model, &features, None).unwrap();
    for (row, by_column) in scores.iter().enumerate() {
        let facts = |name: &str| match &features.get(name)?.column {
            Column::Code(v) => v[row].map(PmtFact::Code),
            Column::Number(v) => v[row].map(PmtFact::Number),
        };
        let by_row = model.score(facts, None).ok().map(|s| s.score);
        assert_eq!(by_row.map(f64::to_bits), by_column.map(f64::to_bits));
    }
}

#[test]
fn no_model_rather_than_a_bad_one() {
    let (features, spending) = invented(2000, 0.3);
    let sampled: Vec<_> = spending.iter().enumerate().map(|(n, s)| s.filter(|_| n < 200)).collect();
    let error = fit(&features, &sampled, &FitOptions::default()).unwrap_err();
    assert_eq!(error, PmtError::SampleTooSmall { sample: 40, needed: 50 });
    let flat = vec![Some(1_000_000.0); 2000];
    assert_eq!(fit(&features, &flat, &FitOptions::default()), Err(PmtError::NothingVaries));
    let mut dice = Dice(1);
    let noise: Vec<_> = (0..2000).map(|n| Some((13.0 + dice.noise()).exp()).filter(|_| n % 10 == 0)).collect();
    let error = fit(&features, &noise, &FitOptions::default());
    assert!(matches!(error, Err(PmtError::NoBetterThanMean { .. })), "{error:?}");
}

#[test]
fn a_family_of_whom_nothing_is_known_gets_no_score() {
    let (features, spending) = invented(2000, 0.1);
    let model = fit(&features, &spending, &FitOptions::default()).unwrap();
    let mut unknown = Features::new(3);
    unknown.code("jenis_lantai", vec![None, Some(2), Some(99)]);
    unknown.number("luas_lantai", None, vec![None, Some(40.0), Some(40.0)]);
    unknown.code("aset_kulkas", vec![None, None, Some(1)]);
    let scores = score(&model, &unknown, None).unwrap();
    assert!(scores[0].is_none() && scores[1].is_some() && scores[2].is_some());
    let lacking = Features::new(3);
    assert!(matches!(score(&model, &lacking, None), Err(PmtError::Missing { .. })));
}

fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn fitted_deciles_agree_with_the_truth_of_the_example_registers() {
    for (place, exact, within_one) in [("lumajang", 0.3, 0.7), ("kutai-kartanegara", 0.2, 0.55)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/registers").join(place);
        if !folder.exists() {
            println!("skipped: {place} is not beside the repository");
            continue;
        }
        let families = table(&folder.join("regsosek_keluarga.csv"));
        let welfare: Vec<bansos::source::Welfare> = families
            .iter()
            .map(|f| {
                let skip = [
                    "id_keluarga",
                    "kode_wilayah",
                    "no_kk",
                    "nama_kepala_keluarga",
                    "jumlah_anggota",
                    "pengeluaran_perkapita",
                ];
                let facts = f.iter().filter(|(name, _)| !skip.contains(&name.as_str()));
                let (names, values): (Vec<bansos::Text>, Vec<Option<i32>>) =
                    facts.map(|(name, value)| (name.as_str().into(), value.parse().ok())).unzip();
                bansos::source::Welfare::new(names.into(), values)
            })
            .collect();
        let number = |name: &str| families.iter().map(|f| f[name].parse::<f64>().ok()).collect::<Vec<_>>();
        let mut features = Features::from_welfare(welfare.iter());
        features.number("jumlah_anggota", Some("jiwa"), number("jumlah_anggota"));
        let model = fit(&features, &number("pengeluaran_perkapita"), &FitOptions::default()).unwrap();
        let scores = score(&model, &features, None).unwrap();
        let valid = scores.iter().map(Option::is_some).collect();
        let plain: Vec<f64> = scores.iter().map(|s| s.unwrap_or(f64::NAN)).collect();
        let columns = Columns { valid: Some(&valid), ..Columns::new(&plain) };
        let deciles = rank_columns(&columns, &bansos::ranking::RankOptions::default()).unwrap().remove(0);
        // the truth only measures
        let true_decile: BTreeMap<String, u8> = table(&folder.join("truth/families.csv"))
            .iter()
            .map(|f| (f["fid"].clone(), f["decile"].parse().unwrap()))
            .collect();
        let mut pairs = Vec::new();
        for row in table(&folder.join("truth/rows.csv")).iter().filter(|r| r["source"] == "regsosek_keluarga") {
            let at: usize = row["row"].parse().unwrap();
            if let Some(decile) = true_decile.get(&row["fid"]).filter(|_| deciles[at - 1] > 0) {
                pairs.push((deciles[at - 1], *decile));
            }
        }
        let share = |most: u8| pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= most).count() as f64 / pairs.len() as f64;
        println!(
            "{place}: sample {}, R2 {:.3}, out of sample {:.3}, error {:.3}; scored {} of {}; exact {:.3}, within one {:.3}, rank correlation {:.3}",
            model.national.fit.unwrap().sample,
            model.national.fit.unwrap().r2,
            model.national.fit.unwrap().r2_out_of_sample,
            model.national.fit.unwrap().error,
            valid.len() - valid.null_count(),
            families.len(),
            share(0),
            share(1),
            correlation(&pairs),
        );
        if std::env::var_os("SHOW").is_some() {
            println!("{model:#?}");
        }
        assert!(share(0) > exact && share(1) > within_one);
    }
}

/// Correlation of deciles, which are ranks already.
fn correlation(pairs: &[(u8, u8)]) -> f64 {
    let n = pairs.len() as f64;
    let mean = |of: fn(&(u8, u8)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|p| p.0.into()), mean(|p| p.1.into()));
    let sum =
        |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(f64::from(p.0) - a, f64::from(p.1) - b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}
