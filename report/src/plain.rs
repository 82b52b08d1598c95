//! Sentences for many rows at once. A code's own sentence speaks of one row ("desil 7, di atas batas desil 4"); where it names
//! particulars or explains at length, the report says shortly what all those rows have in common. Codes without an entry keep their own sentence, with `…` for
//! the particulars.

use bansos::Bilingual;
use bansos::message::capitalised;

/// Code, Indonesian, English.
const PLAIN: &[(&str, &str, &str)] = &[
    ("dedup.nik_shared", "satu NIK dipakai beberapa orang berbeda", "one NIK is used by several persons"),
    ("dedup.same_person", "satu orang tercatat di beberapa baris", "one person is in several rows"),
    (
        "eligibility.components_missing",
        "tidak cukup anggota yang memenuhi komponen program",
        "too few members fit a component",
    ),
    ("eligibility.decile_above", "desil di atas batas program", "the decile is above the programme's ceiling"),
    (
        "eligibility.excluded",
        "menerima program lain yang tidak boleh bersamaan",
        "receives another programme that may not go together",
    ),
    ("eligibility.fact_fails", "ada keterangan yang tidak memenuhi syarat", "a fact does not meet the rule"),
    (
        "eligibility.flag_bars",
        "ada anggota dengan status yang menggugurkan (ASN, TNI/Polri, pensiunan, dan sejenisnya)",
        "a member has a status that bars the family (civil servant, army or police, pensioner and the like)",
    ),
    ("eligibility.members_too_few", "tidak cukup anggota yang memenuhi syarat", "too few members pass the test"),
    ("eligibility.receives", "sudah menerima program yang dimaksud", "already receives the programme in question"),
    ("eligibility.receives_not", "tidak menerima program yang disyaratkan", "does not receive the programme required"),
    (
        "family_card.digit_count",
        "No. KK tidak 16 digit; nomor yang benar tidak bisa dipulihkan dari data ini",
        "the family-card number does not have 16 digits; the right number cannot be recovered from this data",
    ),
    ("household.heads", "jumlah kepala keluarga bukan satu", "the family does not have exactly one head"),
    (
        "household.size_differs",
        "jumlah anggota tertulis berbeda dari yang terdaftar",
        "the stated size differs from the members listed",
    ),
    ("nik.age_implausible", "umur menurut NIK tidak masuk akal", "the age by the NIK is not plausible"),
    (
        "nik.birth_date_differs",
        "tanggal lahir di data berbeda dengan NIK; NIK tidak diubah, periksa tanggalnya",
        "the declared birth date is not the NIK's; the NIK stays, check the date",
    ),
    (
        "nik.date_impossible",
        "tanggal lahir di dalam NIK tidak mungkin ada",
        "the birth date inside the NIK cannot exist",
    ),
    (
        "nik.digit_count",
        "NIK tidak 16 digit; nomor yang benar tidak bisa dipulihkan dari data ini",
        "the NIK does not have 16 digits; the right number cannot be recovered from this data",
    ),
    (
        "nik.letters_for_digits",
        "NIK berisi huruf yang mirip angka (O, l, B, S, Z)",
        "the NIK holds letters that look like digits (O, l, B, S, Z)",
    ),
    (
        "nik.region_differs",
        "alamat di data tidak di kecamatan pada NIK; wajar bila pernah pindah",
        "the declared address is not the NIK's district; normal after a move",
    ),
    (
        "nik.repairable",
        "NIK rusak, ada kemungkinan nomor yang benar; cocokkan dengan KTP/KK",
        "a damaged NIK with numbers that may be the right one; compare them with the identity card or family card",
    ),
    (
        "nik.scientific",
        "NIK ditulis ulang oleh Excel (3,50812E+15); digit belakangnya hilang",
        "a spreadsheet rewrote the NIK (3.50812E+15); its last digits are lost",
    ),
    ("person.age_implausible", "umur tidak masuk akal", "the age is not plausible"),
    (
        "pmt.little_known",
        "keterangan keluarga terlalu sedikit untuk menghitung skor",
        "too little is known of the family for a score",
    ),
    (
        "region.ended",
        "kode wilayah sudah diganti sebelum tanggal pencatatan",
        "the region code was replaced before the day of recording",
    ),
    (
        "region.maybe_newer",
        "nomor kecamatan pada NIK lebih besar daripada yang dikenal; mungkin kecamatan baru",
        "the NIK's district number is above those known; the district may be new",
    ),
    (
        "region.not_yet",
        "kode wilayah baru ada setelah tanggal pencatatan",
        "the region code is younger than the day of recording",
    ),
    (
        "region.retired",
        "kode wilayah lama yang sudah diganti; NIK lama tetap berlaku",
        "an old region code, since replaced; an old NIK stays in force",
    ),
    (
        "region.timor_timur",
        "NIK berawalan 54 (Timor Timur), yang tidak pernah ada di SIAK",
        "the NIK begins with 54 (East Timor), which SIAK never had",
    ),
    (
        "region.unknown_district",
        "kabupaten/kota pada NIK ada, kecamatannya tidak pernah ada",
        "the NIK's regency exists, its district never did",
    ),
    (
        "row.width",
        "jumlah sel pada baris tidak sama dengan judul kolom",
        "the row does not have as many cells as the header",
    ),
    (
        "row.open_quote",
        "tanda petik tidak ditutup, sehingga beberapa baris terbaca sebagai satu sel",
        "a quote is not closed, so that several lines were read as one cell",
    ),
];

/// What the report says of a code, as a sentence of its own.
pub(crate) fn plain(code: &str, own: &Bilingual) -> Bilingual {
    let said = within(code, own);
    Bilingual::from_texts(capitalised(&said.id), capitalised(&said.en))
}

/// The same in the middle of another sentence.
pub(crate) fn within(code: &str, own: &Bilingual) -> Bilingual {
    match PLAIN.iter().find(|p| p.0 == code) {
        Some((_, id, en)) => Bilingual::new(id, en),
        None => Bilingual::from_texts(uncapitalised(&blank(&own.id)), uncapitalised(&blank(&own.en))),
    }
}

/// Without the capital that only the beginning of a sentence asks for: "NIK" keeps its own.
fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// A template's `{parameters}` are particulars of one row: here they become `…`.
fn blank(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((_, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push('…');
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::eligibility::reason_table;

    #[test]
    fn a_code_of_its_own_keeps_its_sentence() {
        let own = Bilingual::new("tanggal ini setelah tanggal acuan", "this date is after the date of reference");
        assert_eq!(plain("date.future", &own).id, "Tanggal ini setelah tanggal acuan");
        assert_eq!(plain("x.y", &Bilingual::new("ada {n} dan {m", "{n}")), Bilingual::new("Ada … dan m", "…"));
        assert_eq!(plain("household.heads", &own).id, "Jumlah kepala keluarga bukan satu");
    }

    #[test]
    fn every_entry_is_a_code_that_exists() {
        let known: Vec<_> = bansos::Finding::table().chain(reason_table()).collect();
        for (code, id, en) in PLAIN.iter().filter(|p| !p.0.starts_with("row.") && !p.0.starts_with("pmt.")) {
            assert!(known.iter().any(|k| k.code == *code), "{code} is no code");
            assert!(!id.contains('{') && !en.contains('{'));
        }
    }
}
