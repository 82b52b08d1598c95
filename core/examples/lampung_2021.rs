//! Lampung, March 2021: 1,018,135 poor ruta, yet 792,172 Sembako + 239,349 BST = 1,031,521 families. A KPM is a family, not
//! a ruta: several families can share one. PKH had 471,431 families; 193,003 KPM were not valid, many without a NIK.
//!
//! A synthetic province with those counts: families live in ruta, the poorest come first, BST goes to families with
//! neither PKH nor Sembako (the overlap rules of 2020–21 say so, not this example).
//!
//! `cargo run --release -p bansos --example lampung_2021`
#![allow(clippy::print_stdout, reason = "a program whose result is a table")]

use bansos::allocation::{Allotment, Families, Quota, Slate, allocate};
use bansos::eligibility::Outcome;
use bansos::policy::Policy;
use bansos::{Date, Rupiah};
use std::collections::BTreeMap;

const RUTA: usize = 1_018_135;
const SEMBAKO: u64 = 792_172;
const BST: u64 = 239_349;
const PKH: u64 = 471_431;
const INVALID: usize = 193_003;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let on = Date::constant(2021, 3, 16);
    // Every fourth ruta holds two families: 1,272,668 families in 1,018,135 ruta.
    let ruta_of: Vec<usize> = (0..RUTA).flat_map(|r| std::iter::repeat_n(r, if r % 4 == 0 { 2 } else { 1 })).collect();
    let n = ruta_of.len();
    // Of every family without a valid NIK nothing can be determined; they stand evenly in the ranking.
    let valid = |i: usize| (i + 1) * INVALID / n == i * INVALID / n;
    let standing = |eligible: &dyn Fn(usize) -> bool| -> Vec<Outcome> {
        (0..n)
            .map(|i| match (valid(i), eligible(i)) {
                (false, _) => Outcome::Undetermined,
                (true, true) => Outcome::Eligible,
                (true, false) => Outcome::Ineligible,
            })
            .collect()
    };
    let (with_component, everybody) = (standing(&|i| i % 10 < 7), standing(&|_| true));
    let score: Vec<i64> = (0..n).map(|i| i64::try_from(i).unwrap_or(i64::MAX)).collect();
    let key: Vec<u64> = (0..n as u64).collect();
    let (region, none, sembako, bst) =
        (vec![0u32; n], vec![Rupiah(0); n], vec![Rupiah(2_400_000); n], vec![Rupiah(1_800_000); n]);
    let families = Families::new(&score, &key, &region)?;
    let slates = [
        Slate::new("pkh", &with_component, &none).quota(Quota::ByRegion(vec![PKH])),
        Slate::new("sembako", &everybody, &sembako).quota(Quota::ByRegion(vec![SEMBAKO])),
        Slate::new("bst", &everybody, &bst).quota(Quota::ByRegion(vec![BST])),
    ];
    let done = allocate(&families, &slates, &Policy::builtin(), on)?;
    for (k, name) in done.programmes().iter().enumerate() {
        let line = done.total(k);
        println!(
            "{name:<8} given {:>9}  waiting {:>9}  excluded {:>9}  undetermined {:>9}",
            line.given, line.waiting, line.excluded, line.undetermined
        );
    }
    let mut helped: BTreeMap<usize, u32> = BTreeMap::new();
    for (i, ruta) in ruta_of.iter().enumerate() {
        let any = (1..3).any(|k| done.place(k, i) == Some(Allotment::Given));
        *helped.entry(*ruta).or_default() += u32::from(any);
    }
    let two = helped.values().filter(|n| **n > 1).count();
    println!("Sembako + BST families {}, ruta {RUTA}, ruta with two such families {two}", SEMBAKO + BST);
    assert_eq!([done.total(0).given, done.total(1).given, done.total(2).given], [PKH, SEMBAKO, BST]);
    assert!(done.composition().iter().all(|(set, _)| set & 0b100 == 0 || *set == 0b100), "BST stands alone");
    assert_eq!(done.total(0).undetermined, INVALID as u64);
    assert!(done.closes());
    Ok(())
}

#[test]
fn the_figures_come_out() {
    main().unwrap();
}
