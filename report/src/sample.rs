//! A made-up kabupaten to look at and to test with: 20 kecamatan, about 200 desa, every count closing.

use super::data::*;
use bansos::plumbing::Random;
use bansos::verivali::RemovalReason;
use bansos::{Bilingual, Severity};
use std::collections::BTreeMap;

/// How many of `n` at about `per_mille` each.
fn some(s: &mut Random, n: u64, per_mille: u64) -> u64 {
    (0..n).filter(|_| s.below(1000) < per_mille).count() as u64
}

/// Shares `n` out by weights.
fn share<const N: usize>(s: &mut Random, n: u64, weights: [u64; N]) -> [u64; N] {
    let total: u64 = weights.iter().sum();
    let mut out = [0; N];
    for _ in 0..n {
        let mut x = s.below(total);
        for (o, w) in out.iter_mut().zip(weights) {
            if x < w {
                *o += 1;
                break;
            }
            x -= w;
        }
    }
    out
}

const REASONS: [(RemovalReason, &str, &str); 5] = [
    (RemovalReason::Dead, "salah satu register menyatakan meninggal", "a register says the person has died"),
    (RemovalReason::Moved, "alamat terbaru berada di wilayah lain", "the latest address is elsewhere"),
    (RemovalReason::SharedNik, "NIK dipakai orang lain", "the NIK is carried by somebody else"),
    (
        RemovalReason::Duplicate,
        "tercatat lebih dari sekali dalam register yang sama",
        "entered more than once in one register",
    ),
    (RemovalReason::NotFound, "ada di DTKS, tidak ada di Regsosek", "in DTKS but not in Regsosek"),
];

const KINDS: [(&str, Severity, &str, &str, u64); 14] = [
    (
        "nik.shared",
        Severity::Error,
        "NIK ini dipakai oleh lebih dari satu orang",
        "this NIK is carried by more than one person",
        9,
    ),
    (
        "nik.length",
        Severity::Error,
        "NIK terdiri atas 16 digit; ini {digits} digit",
        "a NIK has 16 digits; this has {digits}",
        14,
    ),
    (
        "nik.impossible_date",
        Severity::Error,
        "tanggal dalam NIK tidak mungkin ada",
        "the date inside the NIK cannot exist",
        6,
    ),
    ("family_card.missing", Severity::Error, "nomor Kartu Keluarga kosong", "the family-card number is missing", 11),
    (
        "date.impossible",
        Severity::Error,
        "tanggal {text} tidak ada dalam kalender",
        "the date {text} is not in the calendar",
        3,
    ),
    (
        "nik.birth_differs",
        Severity::Warning,
        "tanggal lahir dalam NIK berbeda dari yang tercatat",
        "the birth date in the NIK differs from the one recorded",
        41,
    ),
    (
        "nik.region_differs",
        Severity::Warning,
        "wilayah dalam NIK berbeda dari alamat",
        "the region in the NIK differs from the address",
        60,
    ),
    (
        "nik.sex_differs",
        Severity::Warning,
        "jenis kelamin dalam NIK berbeda dari yang tercatat",
        "the sex in the NIK differs from the one recorded",
        17,
    ),
    (
        "dedup.within",
        Severity::Warning,
        "orang ini tercatat lebih dari sekali",
        "this person is entered more than once",
        22,
    ),
    (
        "person.first_january",
        Severity::Warning,
        "tanggal lahir 1 Januari: mungkin tanggal pengganti",
        "born on 1 January: may be a stand-in date",
        28,
    ),
    ("person.mother_missing", Severity::Warning, "nama ibu kandung kosong", "the mother's name is missing", 35),
    (
        "nik.spreadsheet",
        Severity::Info,
        "NIK ditulis ulang oleh lembar kerja dan dapat dipulihkan",
        "a spreadsheet rewrote the NIK; it could be restored",
        44,
    ),
    ("region.retired", Severity::Info, "kode wilayah {code} sudah diganti", "region code {code} has been replaced", 8),
    ("name.title", Severity::Info, "gelar dipisahkan dari nama", "a title was separated from the name", 30),
];

const COMBOS: [(&str, u64); 7] = [
    ("dtks+p3ke+regsosek", 300),
    ("dtks+regsosek", 170),
    ("p3ke+regsosek", 260),
    ("regsosek", 190),
    ("dtks+p3ke", 14),
    ("dtks", 38),
    ("p3ke", 28),
];

/// The made-up kabupaten. `size` scales the families of a desa; 100 gives about 4,000 families a kecamatan.
pub(crate) fn kabupaten(seed: u64, size: u64) -> ReportData {
    let mut s = Random::new(seed);
    let kecamatan = [
        "Sumberwangi",
        "Karanganyar Lor",
        "Tirtomulyo",
        "Banjarsari",
        "Gunungwetan",
        "Pasirian Kidul",
        "Wonorejo",
        "Kedungwaru",
        "Randualas",
        "Tempurejo",
        "Jatiroto Asri",
        "Sukodono",
        "Klakahan",
        "Padangbulan",
        "Ranupane",
        "Senduroan",
        "Candimulyo",
        "Pronojaya",
        "Yosodadi",
        "Rowokangkung",
    ];
    let first =
        ["Sumber", "Karang", "Tirto", "Wono", "Kedung", "Rejo", "Suko", "Banjar", "Jati", "Kali", "Pasir", "Tegal"];
    let last = ["agung", "rejo", "sari", "mulyo", "anyar", "wetan", "kulon", "dadi", "asri", "tengah", "waru", "bendo"];
    let mut areas = Vec::new();
    for (k, kec) in kecamatan.iter().enumerate() {
        let kec_code = format!("3599{:02}", k + 1);
        for d in 0..(8 + s.below(5)) {
            let base = 6 + s.below(40) * size / 10;
            let families = if s.below(25) == 0 { s.below(5) } else { base };
            let name = format!("{}{}", first[s.below(12) as usize], last[s.below(12) as usize]);
            let desa = Place {
                code: format!("{kec_code}20{:02}", d + 1),
                name: format!("{name} {}", ["Lor", "Kidul", ""][s.below(3) as usize]).trim().to_owned(),
            };
            areas.push(area(&mut s, Place { code: kec_code.clone(), name: (*kec).to_owned() }, desa, families));
        }
    }
    areas.push(area(&mut s, Place::default(), Place::default(), 23));
    fill(&mut s, areas)
}

fn area(s: &mut Random, kecamatan: Place, desa: Place, families: u64) -> AreaCounts {
    let persons: u64 = (0..families).map(|_| 1 + s.below(5)).sum();
    let rows = persons * 19 / 10 + families;
    let findings = KINDS.iter().map(|k| (k.0.to_owned(), some(s, rows, k.4))).filter(|(_, n)| *n > 0).collect();
    let registers = COMBOS
        .iter()
        .map(|c| c.0.to_owned())
        .zip(share(s, families, COMBOS.map(|c| c.1)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let tilt = s.below(60);
    let d = share(
        s,
        families,
        std::array::from_fn::<u64, 11, _>(|i| if i == 10 { 15 } else { 100 + (tilt * (i as u64 + 3)) % 60 }),
    );
    let p = share(s, persons, std::array::from_fn::<u64, 11, _>(|i| if i == 10 { 12 } else { 110 - 3 * i as u64 }));
    let r = share(s, persons, [880, 22, 30, 12, 41, 15]);
    let verivali = REASONS.iter().zip(&r[1..]).map(|(a, n)| (a.0, *n)).filter(|(_, n)| *n > 0).collect();
    let mut decisions = BTreeMap::new();
    for (code, weights, rupiah) in [("pkh", [24_u64, 68, 8], 2_275_000_i64), ("sembako", [38, 55, 7], 2_400_000)] {
        let o = share(s, families, weights);
        decisions.insert(
            code.to_owned(),
            Outcomes {
                eligible: o[0],
                ineligible: o[1],
                undetermined: o[2],
                amount_year: o[0] as i64 * rupiah,
                receives_ineligible: some(s, o[1], 70),
                eligible_not_receiving: some(s, o[0], 240),
            },
        );
    }
    AreaCounts {
        kecamatan,
        desa,
        rows,
        persons,
        families,
        findings,
        registers,
        deciles: std::array::from_fn(|i| d[i]),
        unranked: d[10],
        decile_persons: std::array::from_fn(|i| p[i]),
        unranked_persons: p[10],
        verivali,
        decisions,
    }
}

fn fill(s: &mut Random, areas: Vec<AreaCounts>) -> ReportData {
    let mut all = AreaCounts::default();
    for a in &areas {
        super::places::add(&mut all, a);
    }
    let split = |n: u64| -> Vec<Overlap> {
        let whole: u64 = COMBOS.iter().map(|c| c.1).sum();
        let mut left = n;
        COMBOS
            .iter()
            .enumerate()
            .map(|(i, (key, w))| {
                let count = if i == 6 { left } else { n * w / whole };
                left -= count;
                Overlap { sources: key.split('+').map(str::to_owned).collect(), count }
            })
            .collect()
    };
    let person_registers = split(all.persons);
    let within = vec![
        WithinSource { source: "dtks".into(), persons: 812, extra_rows: 871 },
        WithinSource { source: "p3ke".into(), persons: 3, extra_rows: 3 },
        WithinSource { source: "regsosek".into(), persons: 96, extra_rows: 97 },
    ];
    let in_source = |name: &str| -> u64 {
        let w: u64 = within.iter().filter(|w| w.source == name).map(|w| w.extra_rows).sum();
        w + person_registers.iter().filter(|o| o.sources.iter().any(|s| s == name)).map(|o| o.count).sum::<u64>()
    };
    let file = |name: &str, layout: &str, source: &str, unit: &str, accepted: u64, quarantined: u64| InputFile {
        name: name.into(),
        layout: layout.into(),
        source: source.into(),
        unit: unit.into(),
        rows_read: accepted + quarantined,
        rows_accepted: accepted,
        rows_quarantined: quarantined,
        rows_with_findings: accepted / 7,
    };
    let files = vec![
        file("dtks.xlsx", "dtks-bnba", "dtks", "person", in_source("dtks"), 61),
        file("p3ke.csv", "p3ke-keluarga", "p3ke", "family_head", in_source("p3ke"), 7),
        file("regsosek_anggota.csv", "regsosek-anggota", "regsosek", "person", in_source("regsosek"), 18),
        file("regsosek_keluarga.csv", "regsosek-keluarga", "regsosek", "family", all.families * 92 / 100, 0),
    ];
    let stated = |code: &str| {
        let o = &all.decisions[code];
        let yes = [o.eligible * 6 / 10, o.receives_ineligible, o.undetermined / 3];
        let no = [o.eligible_not_receiving, o.ineligible * 7 / 10, o.undetermined / 3];
        Some(StatedReceipt {
            source: "P3KE".into(),
            yes,
            no,
            meant: Some(4),
            // an even fall from the poorest on; the classes of a decile need not agree with the outcomes
            deciles: std::array::from_fn(|d| {
                let share = |n: u64| n * (10 - d as u64) / 55;
                let (yes, no): (u64, u64) = (yes.iter().sum(), no.iter().sum());
                [share(yes), no / 10, all.families / 100]
            }),
            unknown: [o.eligible - yes[0] - no[0], o.ineligible - yes[1] - no[1], o.undetermined - yes[2] - no[2]],
        })
    };
    let reason = |code: &str, id: &'static str, en: &'static str, families: u64| Reason {
        code: code.into(),
        message: Bilingual::new(id, en),
        families,
    };
    let pkh = all.decisions["pkh"].clone();
    let sembako = all.decisions["sembako"].clone();
    let profile = [
        ("Lantai tanah", "Earth floor", 46_u64),
        ("Tanpa jamban sendiri", "No own latrine", 58),
        ("Listrik 450 VA atau tanpa listrik", "450 VA or no electricity", 81),
        ("Memasak dengan kayu", "Cooks with wood", 63),
        ("Memiliki sepeda motor", "Owns a motorcycle", 0),
        ("Kepala keluarga perempuan", "Headed by a woman", 33),
    ]
    .map(|(id, en, top)| Indicator {
        label: Bilingual::new(id, en),
        yes: std::array::from_fn(|i| {
            let i = i as u64;
            let share = if top == 0 { 25 + 7 * i } else { top.saturating_sub(top * i / 10) };
            all.deciles[i as usize] * 9 / 10 * share / 100
        }),
        known: all.deciles.map(|n| n * 9 / 10),
    })
    .to_vec();
    let person_rows = files.iter().filter(|f| f.unit != "family").map(|f| f.rows_accepted).sum();
    ReportData {
        about: About {
            region: "Kabupaten Contoh".into(),
            province: "Jawa Timur".into(),
            as_of: "2026-11-22".into(),
            editions: vec![
                Edition { name: "wilayah".into(), edition: "Kepmendagri 300.2.2-2138/2025".into() },
                Edition { name: "policy/pkh".into(), edition: "2025.1".into() },
            ],
            overlay: None,
            version: "0.1.0".into(),
            elapsed_ms: 2380,
            synthetic: true,
        },
        skipped: vec![SkippedFile {
            name: "catatan rapat.docx".into(),
            reason: Bilingual::new("bukan tabel yang dikenal", "not a table that is known"),
        }],
        totals: Totals { person_rows, persons: all.persons, families: all.families },
        findings: KINDS
            .iter()
            .map(|k| FindingKind { code: k.0.into(), severity: k.1, message: Bilingual::new(k.2, k.3) })
            .collect(),
        quarantine: vec![
            QuarantineReason {
                file: "dtks.xlsx".into(),
                code: "source.row_empty".into(),
                message: Bilingual::new("baris tidak berisi nama maupun NIK", "the row has neither a name nor a NIK"),
                rows: 42,
            },
            QuarantineReason {
                file: "dtks.xlsx".into(),
                code: "source.row_torn".into(),
                message: Bilingual::new(
                    "jumlah kolom {n} tidak sesuai dengan judul",
                    "the row has {n} columns, not as many as the header",
                ),
                rows: 19,
            },
            QuarantineReason {
                file: "p3ke.csv".into(),
                code: "source.row_torn".into(),
                message: Bilingual::new(
                    "jumlah kolom {n} tidak sesuai dengan judul",
                    "the row has {n} columns, not as many as the header",
                ),
                rows: 7,
            },
            QuarantineReason {
                file: "regsosek_anggota.csv".into(),
                code: "source.orphan_member".into(),
                message: Bilingual::new(
                    "keluarga yang dirujuk tidak ada di berkas keluarga",
                    "the family it refers to is not in the family file",
                ),
                rows: 18,
            },
        ],
        duplicates: Duplicates {
            within,
            shared_niks: 214,
            shared_nik_persons: 437,
            persons_two_niks: 388,
            persons_two_families: 129,
            shared_cards: 41,
            review_pairs: 176,
        },
        person_registers,
        verivali: REASONS.map(|(reason, id, en)| VerivaliReason { reason, evidence: Bilingual::new(id, en) }).to_vec(),
        ranking: Some(Ranking {
            model: "contoh-pengeluaran".into(),
            note: Bilingual::new(
                "Model contoh, dipasang dari pengeluaran per kapita di Regsosek. Bukan bobot resmi DTSEN, yang tidak dibuka untuk umum.",
                "An example model fitted on per-capita spending in Regsosek. Not DTSEN's official weights, which are not public.",
            ),
            n: all.families / 11,
            terms: 19,
            r2: Some(0.612),
            r2_out: Some(0.574),
            by: "families".into(),
            rule: "start".into(),
            unranked: vec![reason(
                "ranking.no_housing",
                "tidak ada keterangan rumah dan aset",
                "no housing or asset facts",
                all.unranked,
            )],
            profile,
            stated_deciles: StatedDeciles {
                by: vec!["p3ke".into()],
                table: std::array::from_fn(|r| {
                    std::array::from_fn(|c| {
                        let gap = c.abs_diff(r) as u64;
                        (all.families / 60).saturating_sub(gap * gap * 18) / (gap + 1)
                    })
                }),
                ..StatedDeciles::default()
            },
        }),
        programmes: vec![
            Programme {
                code: "pkh".into(),
                name: Bilingual::new("PKH", "PKH"),
                edition: "2025.1".into(),
                basis: vec!["Permensos 1/2018".into(), "Inpres 4/2025".into()],
                in_force: true,
                ineligible: vec![
                    reason(
                        "pkh.decile_over",
                        "desil di atas batas program",
                        "decile above the programme's ceiling",
                        pkh.ineligible * 81 / 100,
                    ),
                    reason(
                        "pkh.no_component",
                        "tidak ada anggota yang memenuhi komponen",
                        "no member fits a component",
                        pkh.ineligible * 37 / 100,
                    ),
                    reason(
                        "pkh.excluded_work",
                        "anggota keluarga ASN, TNI atau Polri",
                        "a member is a civil servant, soldier or police officer",
                        4,
                    ),
                ],
                missing: vec![
                    reason(
                        "fact.school",
                        "partisipasi sekolah anak tidak diketahui",
                        "a child's school attendance is not known",
                        pkh.undetermined * 6 / 10,
                    ),
                    reason(
                        "fact.decile",
                        "desil tidak diketahui",
                        "the decile is not known",
                        pkh.undetermined * 4 / 10,
                    ),
                ],
                components: vec![
                    Component {
                        name: Bilingual::new("Ibu hamil", "Pregnant women"),
                        persons: 61,
                        amount_year: 61 * 3_000_000,
                    },
                    Component {
                        name: Bilingual::new("Anak usia dini", "Young children"),
                        persons: pkh.eligible * 28 / 100,
                        amount_year: (pkh.eligible * 28 / 100) as i64 * 3_000_000,
                    },
                    Component {
                        name: Bilingual::new("Anak SD", "Primary pupils"),
                        persons: pkh.eligible * 41 / 100,
                        amount_year: (pkh.eligible * 41 / 100) as i64 * 900_000,
                    },
                    Component {
                        name: Bilingual::new("Lanjut usia", "Elderly"),
                        persons: pkh.eligible * 22 / 100,
                        amount_year: (pkh.eligible * 22 / 100) as i64 * 2_400_000,
                    },
                ],
                stated: stated("pkh"),
            },
            Programme {
                code: "sembako".into(),
                name: Bilingual::new("Sembako (BPNT)", "Sembako (BPNT)"),
                edition: "2025.1".into(),
                basis: vec!["Perpres 63/2017".into()],
                in_force: true,
                ineligible: vec![reason(
                    "sembako.decile_over",
                    "desil di atas batas program",
                    "decile above the programme's ceiling",
                    sembako.ineligible,
                )],
                missing: vec![reason(
                    "fact.decile",
                    "desil tidak diketahui",
                    "the decile is not known",
                    sembako.undetermined,
                )],
                components: vec![],
                stated: stated("sembako"),
            },
            Programme {
                code: "bst".into(),
                name: Bilingual::new("BST", "BST"),
                edition: "2021.1".into(),
                basis: vec![],
                in_force: false,
                ..Programme::default()
            },
        ],
        linkage: Some(Linkage {
            pairs_compared: 1_214_882,
            pairs_linked: 51_220,
            pairs_review: 176,
            threshold_link: 6.0,
            threshold_review: 1.0,
            em_rounds: 14,
            cluster_sizes: vec![
                (1, all.persons * 4 / 10),
                (2, all.persons * 35 / 100),
                (3, all.persons / 4 - 7),
                (4, 812),
                (5, 31),
                (6, 3),
            ],
            refused_by_constraint: 962,
            weights: (-30..40)
                .map(|w| {
                    (
                        f64::from(w),
                        if w < -4 {
                            (40_000.0 * (-(f64::from(w) + 18.0).powi(2) / 60.0).exp()) as u64
                        } else if w < 6 {
                            20 + s.below(30)
                        } else {
                            (6_000.0 * (-(f64::from(w) - 24.0).powi(2) / 70.0).exp()) as u64
                        },
                    )
                })
                .collect(),
        }),
        files,
        areas,
    }
}
