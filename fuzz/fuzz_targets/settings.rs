//! Any JSON as settings of a linkage, ours or Splink's: refused, or a table is linked by them.
#![no_main]

use bansos_linkage::table::{Table, TableLinker, TableSettings};
use bansos_linkage::watch::unwatched;
use libfuzzer_sys::fuzz_target;

const COLUMNS: [&str; 4] = ["first_name", "dob", "nik", "city"];
const ROWS: [[Option<&str>; 4]; 5] = [
    [Some("SITI AMINAH"), Some("1971-01-06"), Some("3508124601719001"), Some("LUMAJANG")],
    [Some("St. Aminah"), Some("1971-06-01"), Some("3508124601719001"), None],
    [Some("BUDI"), Some("1980-03-09"), None, Some("LUMAJANG")],
    [None, None, None, None],
    [Some("BUDI"), Some("09/03/1980"), Some("x"), Some("")],
];

fuzz_target!(|text: &str| {
    let Ok(settings) = TableSettings::from_json(text) else { return };
    let mut table = Table::new(COLUMNS.map(str::to_owned));
    ROWS.into_iter().for_each(|row| table.push(row));
    let Ok(mut linker) = TableLinker::new(table, settings) else { return };
    let Ok(pairs) = linker.predict(&unwatched) else { return };
    for pair in &pairs {
        assert!(pair.a < pair.b && (0.0..=1.0).contains(&pair.probability()), "{pair:?}");
        linker.waterfall(pair);
    }
    let labels = linker.cluster(&pairs, &unwatched).unwrap();
    assert_eq!(labels.len(), ROWS.len());
});
