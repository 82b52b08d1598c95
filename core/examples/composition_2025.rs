//! The composition of 2025 from rank, components and quotas: PKH only 398,714; Sembako only 8,675,797; both 9,601,286.
//!
//! A synthetic population of families in rank order is sent through `allocate` with the quotas of the built-in policy. In
//! this population 9,601,286 of the poorest 18,277,083 families have a PKH component (52.53 %), spread evenly, and the same
//! share goes on behind them. Sembako goes by rank alone, PKH needs a component: so PKH, whose 10 million places reach
//! further down the ranking than the Sembako places do, ends with families that have PKH only. Nothing else is assumed.
//!
//! `cargo run --release --example composition_2025`

use bansos::allocation::{Families, Quota, Slate, Standing, allocate};
use bansos::policy::Policy;
use bansos::{Date, Rupiah};

const BOTH: u64 = 9_601_286;
const PKH_ONLY: u64 = 398_714;
const SEMBAKO_ONLY: u64 = 8_675_797;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let on = Date::constant(2025, 10, 1);
    let policy = Policy::builtin();
    let quota = |id: &str| policy.at(id, on).map(|q| q.int().and_then(|n| u64::try_from(n).ok()).unwrap_or(0));
    let (pkh, sembako) = (quota("pkh.quota_families")?, quota("sembako.quota_families")?);

    // Rank r has a component when the evenly spread count passes a whole number there.
    let families = 20_000_000usize;
    let has_component = |r: u64| (r + 1) * BOTH / (BOTH + SEMBAKO_ONLY) > r * BOTH / (BOTH + SEMBAKO_ONLY);
    let mut standing = Vec::with_capacity(families);
    let mut r = 0;
    while standing.len() < families {
        standing.push(if has_component(r) { Standing::Eligible } else { Standing::Ineligible });
        r += 1;
    }
    let everybody = vec![Standing::Eligible; families];
    let (pkh_year, sembako_year) = (vec![Rupiah(0); families], vec![Rupiah(2_400_000); families]);
    let score: Vec<i64> = (0..families).map(|i| i64::try_from(i).unwrap_or(i64::MAX)).collect();
    let key: Vec<u64> = (0..families as u64).collect();
    let region = vec![0u32; families];

    let ranked = Families::new(&score, &key, &region)?;
    let slates = [
        Slate::new("pkh", &standing, &pkh_year).quota(Quota::National(pkh)),
        Slate::new("sembako", &everybody, &sembako_year).quota(Quota::National(sembako)),
    ];
    let done = allocate(&ranked, &slates, &policy, on)?;
    let count = |set: u32| done.composition().iter().find(|(s, _)| *s == set).map_or(0, |(_, n)| *n);
    println!("PKH only      {:>12}", count(0b01));
    println!("Sembako only  {:>12}", count(0b10));
    println!("both          {:>12}", count(0b11));
    println!("PKH           {:>12}  quota {pkh}", done.total(0).given);
    println!("Sembako       {:>12}  quota {sembako}", done.total(1).given);
    println!("Sembako costs {}", done.total(1).rupiah);
    assert_eq!((count(0b01), count(0b10), count(0b11)), (PKH_ONLY, SEMBAKO_ONLY, BOTH));
    assert!(done.closes());
    Ok(())
}
