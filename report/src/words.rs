//! Saying things in both languages at once: numbers, shares and sums of money are written as each language writes them.

use super::suppress::Shown;
use bansos::Bilingual;

/// Something that reads differently in the two languages.
pub trait Both {
    /// As both are written.
    fn both(&self) -> Bilingual;
}

impl Both for Bilingual {
    fn both(&self) -> Bilingual {
        self.clone()
    }
}

impl Both for str {
    fn both(&self) -> Bilingual {
        Bilingual::from_texts(self.to_owned(), self.to_owned())
    }
}

impl<T: Both + ?Sized> Both for &T {
    fn both(&self) -> Bilingual {
        (**self).both()
    }
}

impl Both for String {
    fn both(&self) -> Bilingual {
        self.as_str().both()
    }
}

impl Both for u64 {
    fn both(&self) -> Bilingual {
        Bilingual::from_texts(grouped(*self, '.'), grouped(*self, ','))
    }
}

impl Both for usize {
    fn both(&self) -> Bilingual {
        u64::try_from(*self).unwrap_or(u64::MAX).both()
    }
}

/// A count as it may be shown, with the k of the report.
#[derive(Clone, Copy)]
pub(crate) struct Count(pub(crate) Shown, pub(crate) u64);

impl Both for Count {
    fn both(&self) -> Bilingual {
        match self.0 {
            Shown::Exact(n) => n.both(),
            Shown::Small => format!("<{}", self.1).both(),
            Shown::Withheld => "•".both(),
        }
    }
}

/// A number with this many decimals.
pub(crate) struct Decimal(pub(crate) f64, pub(crate) usize);

impl Both for Decimal {
    fn both(&self) -> Bilingual {
        // Half goes up, as people round, not to the even digit.
        let scale = 10_f64.powi(i32::try_from(self.1).unwrap_or(0));
        let en = format!("{:.*}", self.1, (self.0 * scale).round() / scale);
        Bilingual::from_texts(en.replace('.', ","), en)
    }
}

/// A share of a whole as a percentage: without decimals from 10 % on, with one below. Nothing of nothing is a dash.
pub(crate) struct Share(pub(crate) u64, pub(crate) u64);

impl Both for Share {
    #[allow(clippy::cast_precision_loss, reason = "counts of people stay far below 2^52")]
    fn both(&self) -> Bilingual {
        if self.1 == 0 {
            return "–".both();
        }
        let percent = self.0 as f64 * 100.0 / self.1 as f64;
        let decimals = usize::from(percent > 0.0 && percent < 9.95 || percent > 99.0 && percent < 100.0);
        let said = Decimal(percent, decimals).both();
        Bilingual::from_texts(format!("{} %", said.id), format!("{}%", said.en))
    }
}

/// Rupiah for reading: three figures and a word. The exact sums stand in `decisions.parquet`.
pub(crate) struct Money(pub(crate) i64);

impl Both for Money {
    #[allow(clippy::cast_precision_loss, reason = "rounded to three figures")]
    fn both(&self) -> Bilingual {
        let rupiah = self.0 as f64;
        for (unit, id, en) in [
            (1e12, "triliun", "trillion"),
            (1e9, "miliar", "billion"),
            (1e6, "juta", "million"),
            (1e3, "ribu", "thousand"),
        ] {
            if rupiah.abs() >= unit * 0.9995 {
                let n = rupiah / unit;
                let decimals = if n.abs() >= 99.95 {
                    0
                } else if n.abs() >= 9.995 {
                    1
                } else {
                    2
                };
                let said = Decimal(n, decimals).both();
                return Bilingual::from_texts(format!("Rp{} {id}", said.id), format!("Rp{} {en}", said.en));
            }
        }
        format!("Rp{}", self.0).both()
    }
}

/// `2026-11-22` as people write it; anything else as it is.
pub struct Day<'a>(pub &'a str);

impl Both for Day<'_> {
    fn both(&self) -> Bilingual {
        const ID: [&str; 12] = [
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let mut parts = self.0.split('-').map(str::parse::<usize>);
        if let (Some(Ok(y)), Some(Ok(m)), Some(Ok(d)), None) = (parts.next(), parts.next(), parts.next(), parts.next())
            && let (Some(id), Some(en)) = (ID.get(m.wrapping_sub(1)), EN.get(m.wrapping_sub(1)))
        {
            return Bilingual::from_texts(format!("{d} {id} {y}"), format!("{d} {en} {y}"));
        }
        self.0.both()
    }
}

/// A whole number with a separator every three digits.
#[must_use]
pub fn grouped(n: u64, separator: char) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

/// Both sentences, with the same values written in each language's way: `say!("{n} orang", "{n} persons", n = 1234_u64)`.
macro_rules! say {
    ($id:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $crate::words::Both::both(&$value);)*
        let id = { $(#[allow(unused_variables)] let $name = &*$name.id;)* format!($id) };
        let en = { $(#[allow(unused_variables)] let $name = &*$name.en;)* format!($en) };
        bansos::Bilingual::from_texts(id, en)
    }};
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(said: Bilingual) -> (String, String) {
        (said.id.into_owned(), said.en.into_owned())
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!(pair(1_234_567_u64.both()), ("1.234.567".into(), "1,234,567".into()));
        assert_eq!(pair(Decimal(0.8125, 2).both()), ("0,81".into(), "0.81".into()));
        assert_eq!(pair(Share(1, 8).both()), ("13 %".into(), "13%".into()));
        assert_eq!(pair(Share(1, 400).both()), ("0,3 %".into(), "0.3%".into()));
        assert_eq!(pair(Share(400, 400).both()).0, "100 %");
        assert_eq!(pair(Share(0, 0).both()).0, "–");
        assert_eq!(pair(Count(Shown::Small, 5).both()).0, "<5");
    }

    #[test]
    fn money_has_three_figures() {
        assert_eq!(pair(Money(4_212_000_000).both()), ("Rp4,21 miliar".into(), "Rp4.21 billion".into()));
        assert_eq!(Money(2_400_000).both().id, "Rp2,40 juta");
        assert_eq!(Money(24_040_000).both().id, "Rp24,0 juta");
        assert_eq!(Money(999_999_999).both().id, "Rp1,00 miliar");
        assert_eq!(Money(1_250_000_000_000).both().en, "Rp1.25 trillion");
        assert_eq!(Money(0).both().id, "Rp0");
    }

    #[test]
    fn days_are_written_out() {
        assert_eq!(pair(Day("2026-11-02").both()), ("2 November 2026".into(), "2 November 2026".into()));
        assert_eq!(Day("2026-13-02").both().id, "2026-13-02");
    }

    #[test]
    fn a_sentence_in_both() {
        let said = say!("{n} orang di {place}", "{n} persons in {place}", n = 2500_u64, place = "Tempeh");
        assert_eq!(pair(said), ("2.500 orang di Tempeh".into(), "2,500 persons in Tempeh".into()));
    }
}
