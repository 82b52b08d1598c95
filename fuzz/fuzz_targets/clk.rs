//! Any text as the codes of two offices: refused, or pairs in which no row stands twice.
#![no_main]

use bansos::dedup::Clk;
use bansos_linkage::clk::link_codes;
use bansos_registers::table::Table;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;

fuzz_target!(|data: &[u8]| {
    let file = [b"row,clk\n", data].concat();
    let Ok(table) = Table::from_bytes("x.csv", file) else { return };
    let (Ok(clk), Ok(rows)) = (table.column("clk"), table.rows()) else { return };
    let read = rows.map_while(Result::ok).filter_map(|row| Clk::parse(&row.text(clk)));
    let codes: Vec<Clk> = read.take(64).collect();
    for code in &codes {
        assert_eq!(Clk::parse(&code.to_string()), Some(*code));
    }
    let (first, second) = codes.split_at(codes.len() / 2);
    let pairs = link_codes(first, second, 0.5).unwrap();
    let (a, b): (BTreeSet<u32>, BTreeSet<u32>) = pairs.iter().map(|p| (p.a, p.b)).unzip();
    assert!(a.len() == pairs.len() && b.len() == pairs.len());
    assert!(pairs.iter().all(|p| (0.5..=1.0).contains(&p.dice)));
});
