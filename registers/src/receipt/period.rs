//! When a payment is for: a year, a month, a stage.

use super::programme::words;
use crate::read::words::MONTHS;
use std::fmt;

/// When a payment is for, as far as the list says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Calendar year.
    pub year: Option<u16>,
    /// Stage (tahap, triwulan) of the year, from 1.
    pub stage: Option<u8>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
}

impl fmt::Display for Period {
    /// `2026 tahap 1`, `2026-03`, `2026`; nothing where nothing is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        match (self.stage, self.month) {
            (Some(stage), _) if year.is_empty() => write!(f, "tahap {stage}"),
            (Some(stage), _) => write!(f, "{year} tahap {stage}"),
            (None, Some(month)) if year.is_empty() => write!(f, "bulan {month}"),
            (None, Some(month)) => write!(f, "{year}-{month:02}"),
            (None, None) => f.write_str(&year),
        }
    }
}

impl Period {
    /// What a text says: `TAHAP 1 TAHUN 2026`, `TW II 2025`, `Bulan Maret 2026`.
    pub(super) fn of(text: &str) -> Self {
        let text = words(text);
        let mut period = Self::default();
        let mut before = "";
        for word in text.split(' ') {
            let number = || word.parse().ok().filter(|month| (1..=12).contains(month));
            if matches!(before, "TAHAP" | "TRIWULAN" | "TW" | "TERMIN") {
                period.stage = period.stage.or_else(|| stage(word));
            } else if matches!(before, "BULAN" | "BLN") {
                period.month = period.month.or_else(number);
            } else if word.len() == 4 {
                period.year = period.year.or_else(|| word.parse().ok().filter(|year| (2005..=2099).contains(year)));
            }
            period.month = period.month.or_else(|| month(word));
            before = word;
        }
        period
    }

    /// What a heading is called that is one month's or stage's and nothing else: `Jan-26`, `BULAN 3`, `01/2026`, `TAHAP II 2026`.
    pub(super) fn of_column(heading: &str) -> Option<Self> {
        const BESIDE: [&str; 15] = [
            "TAHAP",
            "TRIWULAN",
            "TW",
            "TERMIN",
            "BULAN",
            "BLN",
            "RP",
            "PENYALURAN",
            "REALISASI",
            "PEMBAYARAN",
            "PENCAIRAN",
            "NOMINAL",
            "BANTUAN",
            "SALUR",
            "TAHUN",
        ];
        let text = words(heading);
        let all: Vec<&str> = text.split(' ').collect();
        let year = |word: &str| word.parse().ok().filter(|year| (2005..=2099).contains(year));
        let number = |word: &str| word.parse().ok().filter(|month| (1..=12).contains(month));
        let of_numbers = match all.as_slice() {
            [month, of] if of.len() == 4 => number(month).zip(year(of)),
            // a day of the month, as a spreadsheet has it
            [of, month, "01", ..] if of.len() == 4 => number(month).zip(year(of)),
            [name, of] if of.len() == 2 => month(name).zip(year(&format!("20{of}"))),
            _ => None,
        };
        if let Some((month, year)) = of_numbers {
            return Some(Self { year: Some(year), stage: None, month: Some(month) });
        }
        let known = |word: &&str| {
            BESIDE.contains(word) || month(word).is_some() || stage(word).is_some() || year(word).is_some()
        };
        let period = Self::of(heading);
        (all.iter().all(known) && (period.stage.is_some() || period.month.is_some())).then_some(period)
    }

    /// What a cell of a column of stages says: `1`, `II`, `Tahap 3 2026`.
    pub(super) fn of_stage(text: &str) -> Self {
        let bare = words(text);
        Self { stage: stage(&bare).or(Self::of(text).stage), ..Self::of(text) }
    }

    /// What a cell of a column of months says: `3`, `Maret 2026`.
    pub(super) fn of_month(text: &str) -> Self {
        let number = text.trim().parse().ok().filter(|month| (1..=12).contains(month));
        Self { month: number.or(Self::of(text).month), ..Self::of(text) }
    }

    /// This, and where it says nothing the other.
    pub(super) fn or(self, other: Self) -> Self {
        let year = self.year.or(other.year);
        Self { year, stage: self.stage.or(other.stage), month: self.month.or(other.month) }
    }
}

/// A month in full, or by its first letters: `JAN`, `AGT`, `SEPT`.
fn month(word: &str) -> Option<u8> {
    let short = |month: &&str| (3..=4).contains(&word.len()) && month.starts_with(word);
    let at = MONTHS.iter().position(|month| *month == word).or_else(|| MONTHS.iter().position(short));
    at.and_then(|at| u8::try_from(at + 1).ok()).or(match word {
        "PEBRUARI" | "PEB" => Some(2),
        "AGT" | "AGS" | "AGST" => Some(8),
        "NOPEMBER" | "NOP" => Some(11),
        _ => None,
    })
}

fn stage(word: &str) -> Option<u8> {
    let roman = ["I", "II", "III", "IV", "V", "VI"].iter().position(|roman| *roman == word);
    let roman = roman.and_then(|at| u8::try_from(at + 1).ok());
    roman.or_else(|| word.parse().ok().filter(|stage| (1..=12).contains(stage)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_people_write_them() {
        for (text, said) in [
            ("DAFTAR PENERIMA PKH TAHAP 1 TAHUN 2026", "2026 tahap 1"),
            ("TW II 2025", "2025 tahap 2"),
            ("Bulan Maret 2026", "2026-03"),
            ("Tahun Anggaran 2026", "2026"),
            ("Tahap III", "tahap 3"),
            ("DAFTAR PENERIMA", ""),
        ] {
            assert_eq!(Period::of(text).to_string(), said, "{text}");
        }
        assert_eq!(Period::of_stage("II").or(Period::of("2026")).to_string(), "2026 tahap 2");
        assert_eq!(Period::of_month("4").to_string(), "bulan 4");
        for (text, number) in [("JAN", 1), ("Agt", 8), ("Sept", 9), ("Okt", 10), ("NOP", 11), ("Mei", 5), ("Mar", 3)] {
            assert_eq!(Period::of(text).month, Some(number), "{text}");
        }
        assert_eq!(Period::of("MA").month, None);
        for (heading, said) in [
            ("Jan-26", "2026-01"),
            ("BULAN 3", "bulan 3"),
            ("01/2026", "2026-01"),
            ("2026-02-01 00:00:00", "2026-02"),
            ("PENYALURAN BULAN MEI", "bulan 5"),
            ("Tahap II 2026", "2026 tahap 2"),
        ] {
            assert_eq!(Period::of_column(heading).map(|p| p.to_string()).as_deref(), Some(said), "{heading}");
        }
        for heading in ["Tanggal Lahir", "Jumlah", "2026", "RT 01", "Maret s.d. April orang"] {
            assert_eq!(Period::of_column(heading), None, "{heading}");
        }
    }
}
