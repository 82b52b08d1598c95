//! Programmes by the names that offices write.

use bansos::programme::ids;
use bansos::source::Received;
use std::sync::LazyLock;

/// Ids and names; a name within another stands behind it. What is no programme of the policy data has an id of its own.
const PROGRAMMES: [(&str, &[&str]); 20] = [
    (ids::PKH, &["PROGRAM KELUARGA HARAPAN", "KELUARGA HARAPAN", "PKH"]),
    (
        ids::SEMBAKO,
        &[
            "BANTUAN PANGAN NON TUNAI",
            "PANGAN NON TUNAI",
            "PROGRAM SEMBAKO",
            "KARTU SEMBAKO",
            "SEMBAKO",
            "BPNT",
            "BNPT",
            "BSP",
        ],
    ),
    ("pkh-daerah", &["PKH PLUS", "PKH APBD", "PKH DAERAH"]),
    ("sembako-daerah", &["SEMBAKO APBD", "SEMBAKO DAERAH", "BPNT DAERAH", "BPNT APBD", "BPNTD"]),
    (ids::BST, &["BANTUAN SOSIAL TUNAI", "SOSIAL TUNAI", "BST"]),
    (
        ids::BLT_DANA_DESA,
        &[
            "BANTUAN LANGSUNG TUNAI DANA DESA",
            "BANTUAN LANGSUNG TUNAI DESA",
            "BLT DANA DESA",
            "BLT DESA",
            "BLT DD",
            "BLTDD",
            "BLTD",
        ],
    ),
    (ids::BLTS_KESRA, &["BLTS KESRA", "BLT KESRA", "BLT KESEJAHTERAAN RAKYAT", "BLTS"]),
    ("pbi-apbd", &["PBI APBD", "PBI DAERAH", "JAMKESDA"]),
    (ids::PBI_JKN, &["PBI JKN", "PBI JK", "PBI APBN", "JKN PBI", "PENERIMA BANTUAN IURAN", "PBI"]),
    ("blt-minyak-goreng", &["BLT MINYAK GORENG", "BLT MIGOR"]),
    ("blt-bbm", &["BLT BBM"]),
    ("blt-el-nino", &["BLT EL NINO"]),
    (
        "blt-daerah",
        &["BLT DAERAH", "BLT APBD", "BLT PROVINSI", "BLT KABUPATEN", "BLT KOTA", "BANSOS APBD", "BANSOS DAERAH"],
    ),
    ("bantuan-pangan", &["BANTUAN PANGAN", "BANTUAN BERAS", "BERAS CPP", "BANPANG", "CPP", "CBP"]),
    ("pip", &["PROGRAM INDONESIA PINTAR", "INDONESIA PINTAR", "PIP"]),
    ("baznas", &["BAZNAS", "MUSTAHIK"]),
    ("atensi-yapi", &["ATENSI YAPI", "YAPI"]),
    ("atensi", &["ATENSI"]),
    ("kartu-lansia-jakarta", &["KARTU LANSIA JAKARTA", "KLJ"]),
    ("rutilahu", &["RUMAH TIDAK LAYAK HUNI", "BEDAH RUMAH", "RUTILAHU", "RTLH", "BSPS"]),
];

/// Names with a space on both sides, the longer ones first: BLT DESA is no BLTS, PANGAN NON TUNAI no BANTUAN PANGAN.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let of = |(id, names): &(&'static str, &'static [&'static str])| {
        let id = *id;
        names.iter().map(move |name| (format!(" {name} "), id))
    };
    let mut names: Vec<_> = PROGRAMMES.iter().flat_map(of).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
});

/// The id of a programme as this library has it.
pub(crate) fn id(word: &str) -> Option<&'static str> {
    PROGRAMMES.iter().map(|(id, _)| *id).find(|id| *id == word)
}

/// The programmes that a text names, in the order of the table.
pub(super) fn named(text: &str) -> Vec<&'static str> {
    let mut open = format!(" {} ", words(text));
    let mut found = Vec::new();
    for (name, id) in NAMES.iter() {
        while open.contains(name) {
            open = open.replacen(name, " ", 1);
            found.push(*id);
        }
    }
    let place = |id: &&str| PROGRAMMES.iter().position(|(known, _)| known == id);
    found.sort_by_key(place);
    found.dedup();
    found
}

/// Words in upper case with one space between.
pub(super) fn words(text: &str) -> String {
    let upper = text.to_uppercase();
    upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Notes one of the three programmes that rows of registers state.
pub(super) fn note(receives: &mut Received, programme: &str) {
    match programme {
        ids::PKH => receives.pkh = Some(true),
        ids::SEMBAKO => receives.sembako = Some(true),
        ids::BST => receives.bst = Some(true),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programmes_as_offices_write_them() {
        for (text, ids) in [
            ("DAFTAR PENERIMA PKH TAHAP 1", vec!["pkh"]),
            ("bpnt.csv", vec!["sembako"]),
            ("PKH+BPNT", vec!["pkh", "sembako"]),
            ("Bantuan Pangan Non Tunai", vec!["sembako"]),
            ("Bantuan Pangan Beras CPP", vec!["bantuan-pangan"]),
            ("KPM BLT-DD Tahun Anggaran 2026", vec!["blt-dana-desa"]),
            ("BLT Dana Desa", vec!["blt-dana-desa"]),
            ("BLT Kesra", vec!["blts-kesra"]),
            ("PBI APBD Kabupaten", vec!["pbi-apbd"]),
            ("Data Mustahik BAZNAS", vec!["baznas"]),
            ("PKH Plus Provinsi Jawa Timur", vec!["pkh-daerah"]),
            ("SEMBAKO APBD", vec!["sembako-daerah"]),
            ("Daftar penduduk", vec![]),
        ] {
            assert_eq!(named(text), ids, "{text}");
        }
    }
}
