//! Cells in which people write words where a list has one of its own: programmes, deciles, parts of an address.

use bansos::person::Presence;
use bansos::source::Received;

/// Names of the months, in full.
pub(crate) const MONTHS: [&str; 12] = [
    "JANUARI",
    "FEBRUARI",
    "MARET",
    "APRIL",
    "MEI",
    "JUNI",
    "JULI",
    "AGUSTUS",
    "SEPTEMBER",
    "OKTOBER",
    "NOVEMBER",
    "DESEMBER",
];

/// The programmes that a cell names: `PKH+BPNT`, `Sembako/BST`. What it does not name is not known.
pub(crate) fn programmes(text: &str) -> Received {
    let upper = text.to_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = |names: &[&str]| words.iter().any(|word| names.contains(word));
    // "tidak", "bukan penerima", "non bansos"
    if matches!(words.first(), Some(&("TIDAK" | "BUKAN" | "NON" | "BELUM" | "TDK"))) {
        return Received { pkh: Some(false), sembako: Some(false), bst: Some(false) };
    }
    let whole = |text: &str| upper.contains(text);
    Received {
        pkh: (named(&["PKH"]) || whole("KELUARGA HARAPAN")).then_some(true),
        sembako: (named(&["BPNT", "BNPT", "SEMBAKO", "BSP"]) || whole("PANGAN NON TUNAI")).then_some(true),
        bst: (named(&["BST"]) || whole("SOSIAL TUNAI")).then_some(true),
    }
}

/// The decile of a cell, or the number in it that is to be read; nothing where the cell says that there is none.
pub(crate) fn decile(text: &str) -> Option<Result<u8, &str>> {
    let upper = text.trim().to_uppercase();
    let none = ["BELUM", "TIDAK", "TDK", "NON", "TANPA", "BLM"].iter().any(|word| upper.starts_with(word));
    if none || bansos::text::is_empty_like(text) && !text.contains('0') {
        return None;
    }
    let text = text.trim();
    let number =
        text.trim_start_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | ':' | '.' | '_'));
    // `Desil 3 (miskin)`; `6-10` is no decile
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (digits, rest) = number.split_at(digits);
    let word = text
        .get(..text.len() - number.len())
        .unwrap_or_default()
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .to_uppercase();
    let known = matches!(word.as_str(), "" | "D" | "DESIL" | "DECILE" | "DS" | "KE" | "DESIL KE" | "DESIL NASIONAL");
    let said = rest.trim_start();
    let ends = said.is_empty()
        || said.starts_with('(')
        || matches!(said, ".0" | ",0")
        || (rest.starts_with(' ') && said.starts_with(char::is_alphabetic));
    match digits.parse() {
        Ok(number) if known && ends => Some(Ok(number)),
        _ => Some(roman(text).ok_or(text)),
    }
}

/// Whether a remark says that somebody died or moved away. What it says of others, or of where they came from, says nothing.
pub(super) fn gone(text: &str) -> Option<Presence> {
    let bare: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    let dead = ["MD", "ALM", "ALMARHUM", "ALMARHUMAH", "WAFAT", "SUDAHMENINGGAL", "TELAHMENINGGAL", "KPMMENINGGAL"];
    let moved = ["PINDAH", "SUDAHPINDAH", "PINDAHALAMAT", "PINDAHDOMISILI", "PINDAHKELUAR", "PINDAHDESA"];
    if dead.contains(&bare.as_str()) || bare.starts_with("MENINGGAL") || bare.starts_with("DATADITEMUKANMENINGGAL") {
        return Some(Presence::Dead);
    }
    (moved.contains(&bare.as_str()) || bare.starts_with("PINDAHKE")).then_some(Presence::Moved)
}

/// `III`, `Desil IV`; a small `v` or `x` alone is a mark.
fn roman(text: &str) -> Option<u8> {
    const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let word = text.get(..5).filter(|word| word.eq_ignore_ascii_case("desil")).map_or("", |word| word);
    let number = text.get(word.len()..)?.trim_start_matches([' ', '-', '.', ':']);
    ROMAN.iter().position(|roman| *roman == number).and_then(|at| u8::try_from(at + 1).ok())
}

/// Puts the hamlet, the RT or the RW behind an address that does not say it yet. RT and RW may share a cell.
pub(super) fn add_to_address(address: &mut String, word: &str, part: &str) {
    let part = part.trim();
    let upper = address.to_uppercase();
    let said =
        upper.split(|c: char| !c.is_alphanumeric()).any(|w| w.trim_end_matches(|c: char| c.is_ascii_digit()) == word);
    let part_upper = part.to_uppercase();
    if said || (!part_upper.is_empty() && upper.contains(&part_upper) && !part.bytes().all(|b| b.is_ascii_digit())) {
        return;
    }
    if !address.is_empty() {
        address.push(' ');
    }
    let has_word = part_upper.starts_with(word)
        || (word == "DUSUN" && (part_upper.starts_with("DSN") || part_upper.starts_with("LINGK")));
    if !has_word {
        address.push_str(word);
        address.push(' ');
    }
    address.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programmes_by_name() {
        let said = |text| {
            let r = programmes(text);
            (r.pkh, r.sembako, r.bst)
        };
        assert_eq!(said("PKH+BPNT"), (Some(true), Some(true), None));
        assert_eq!(said("Penerima Sembako / BST"), (None, Some(true), Some(true)));
        assert_eq!(said("Program Keluarga Harapan"), (Some(true), None, None));
        assert_eq!(said("Tidak menerima"), (Some(false), Some(false), Some(false)));
        assert_eq!((said("-"), said("BLT DD")), ((None, None, None), (None, None, None)));
    }

    #[test]
    fn deciles_as_people_write_them() {
        for text in
            ["3", "03", "3.0", "Desil 3", "DESIL 3", "desil-3", "D3", "Desil ke-3", "3 (rentan)", "Desil 3 nasional"]
        {
            assert_eq!(decile(text), Some(Ok(3)), "{text}");
        }
        for (text, number) in [("III", 3), ("Desil IV", 4), ("DESIL-X", 10), ("VIII", 8)] {
            assert_eq!(decile(text), Some(Ok(number)), "{text}");
        }
        for text in ["", "-", "Belum Ditentukan", "Tidak ada", "NULL", "belum diperingkat"] {
            assert_eq!(decile(text), None, "{text}");
        }
        for text in ["6-10", "tiga", "> 5", "RT 3", "v", "1-X"] {
            assert!(matches!(decile(text), Some(Err(_))), "{text}");
        }
        assert_eq!(decile("0"), Some(Ok(0)), "a number, and out of range");
    }

    #[test]
    fn remarks_of_somebody_who_is_gone() {
        for text in ["Meninggal", "MENINGGAL DUNIA", "Alm.", "MD", "Meninggal dunia tgl 12/03/2025"] {
            assert_eq!(gone(text), Some(Presence::Dead), "{text}");
        }
        for text in ["Pindah", "pindah ke Jember", "PINDAH DOMISILI"] {
            assert_eq!(gone(text), Some(Presence::Moved), "{text}");
        }
        for text in ["", "ayah meninggal", "pindahan dari Malang", "Pindah datang", "Lansia", "anak alm. Sutrisno"] {
            assert_eq!(gone(text), None, "{text}");
        }
    }

    #[test]
    fn parts_of_an_address() {
        let mut address = "KRAJAN".to_owned();
        for (word, part) in [("DUSUN", "KRAJAN"), ("RT", "001"), ("RW", "RW 002")] {
            add_to_address(&mut address, word, part);
        }
        assert_eq!(address, "KRAJAN RT 001 RW 002");
        let mut address = "Jl. Raya RT 01".to_owned();
        add_to_address(&mut address, "RT", "1");
        assert_eq!(address, "Jl. Raya RT 01");
        let mut none = String::new();
        add_to_address(&mut none, "RT", "001/002");
        assert_eq!(none, "RT 001/002");
    }
}
