//! Of which programme a list is, by what stands around it.

use super::Period;
use super::programme::{named, words};

/// The programme and the time that a list's surroundings name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListTitle {
    pub(crate) programme: Option<&'static str>,
    /// It is a list of recipients of several programmes: which row receives which, a column has to say.
    pub(crate) several: bool,
    pub(crate) period: Period,
}

/// Words that make a list none of recipients: who may become one, and who is none.
const NO_LIST: [&str; 11] =
    ["CALON", "USULAN", "USUL", "KELAYAKAN", "BUKAN", "NON", "BELUM", "TIDAK", "GRADUASI", "SANGGAH", "CADANGAN"];

/// Words for those who receive.
const RECIPIENTS: [&str; 6] = ["PENERIMA", "KPM", "TERIMA", "REALISASI", "PENYALURAN", "PESERTA"];

impl ListTitle {
    /// Of this programme, whatever stands around.
    pub(crate) fn or_programme(self, programme: Option<&'static str>) -> Self {
        Self { programme: self.programme.or(programme), ..self }
    }

    /// What the texts say, the nearest first: the rows above the table, its sheet's name, its file's. The first that names a programme
    /// decides; none does where it names several.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut title = Self::default();
        let mut decided = false;
        for text in texts {
            title.period = title.period.or(Period::of(text));
            let programmes = named(text);
            if decided || programmes.is_empty() {
                continue;
            }
            decided = true;
            let text = words(text);
            // PANGAN NON TUNAI says no "non"
            let said = text.replace("PANGAN NON TUNAI", "").replace("TIDAK LAYAK HUNI", "");
            let none = said.split(' ').any(|word| NO_LIST.contains(&word));
            title.programme = programmes.first().copied().filter(|_| programmes.len() == 1 && !none);
            title.several = programmes.len() > 1 && !none && said.split(' ').any(|word| RECIPIENTS.contains(&word));
        }
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_text_that_names_a_programme_decides() {
        let of = |texts: &[&str]| {
            let title = ListTitle::of(texts.iter().copied());
            (title.programme, title.period.to_string())
        };
        assert_eq!(
            of(&["DAFTAR PENERIMA PKH", "TAHAP 2 TAHUN 2026", "bpnt.csv"]),
            (Some("pkh"), "2026 tahap 2".into())
        );
        assert_eq!(of(&["Sheet1", "Penerima BPNT 2026.xlsx"]), (Some("sembako"), "2026".into()));
        assert_eq!(of(&["PENERIMA DAN NON PENERIMA PKH"]), (None, String::new()));
        assert_eq!(of(&["CALON PENERIMA BLT DANA DESA", "blt desa.xlsx"]), (None, String::new()));
        assert_eq!(of(&["DATA WARGA PENERIMA PKH DAN BPNT"]), (None, String::new()));
        assert!(ListTitle::of(["DATA WARGA PENERIMA PKH DAN BPNT"]).several);
        assert!(!ListTitle::of(["PENERIMA PKH DAN BUKAN PENERIMA BPNT"]).several);
        assert_eq!(of(&["PENERIMA BANTUAN PANGAN NON TUNAI"]), (Some("sembako"), String::new()));
    }
}
