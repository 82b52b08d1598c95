//! Birthplace and birth date in one cell: `LUMAJANG, 11-03-1965`, `Lumajang / 11 Maret 1965`, `11-03-1965 LUMAJANG`.

use bansos::date::{DateFinding, read};

const BETWEEN: [char; 9] = [',', '/', ';', ':', '-', '.', '|', '(', ')'];

/// The place and the date of a cell; of what is no date, the place alone. The split is where the rest reads as a date.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let starts = || starts(text);
    let whole = |is: fn(&str) -> bool| {
        let behind =
            starts().filter_map(|at| Some((text.get(..at)?, bare(text.get(at..)?)))).find(|(_, rest)| is(rest));
        behind.or_else(|| {
            let fronts = starts().filter_map(|at| Some((bare(text.get(..at)?), text.get(at..)?)));
            fronts.filter(|(front, _)| is(front)).last().map(|(date, place)| (place, date))
        })
    };
    if let Some((place, date)) = whole(is_date).or_else(|| whole(is_part_of_one)) {
        return (bare(place), date);
    }
    match text.find(|c: char| c.is_ascii_digit()) {
        // no date that is known: what is written is kept where the date is looked for
        Some(at) => (bare(text.get(..at).unwrap_or_default()), bare(text.get(at..).unwrap_or_default())),
        None => (text, ""),
    }
}

/// Where a date may begin or a place: at the front, behind a sign, and where digits begin or end.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let between = |c: char| c.is_whitespace() || BETWEEN.contains(&c);
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let last = std::mem::replace(&mut before, c);
        (!between(c) && (between(last) || c.is_ascii_digit() != last.is_ascii_digit())).then_some(at)
    })
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || BETWEEN.contains(&c))
}

/// Day numbers stand in columns of dates, not behind a place.
pub(crate) fn is_date(text: &str) -> bool {
    let cell = read(text);
    cell.date.is_some() && cell.finding != Some(DateFinding::ExcelSerial)
}

fn is_part_of_one(text: &str) -> bool {
    matches!(read(text).finding, Some(DateFinding::NoDay | DateFinding::Impossible))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_date_whatever_stands_between() {
        for text in [
            "LUMAJANG, 11-03-1965",
            "LUMAJANG,11/03/1965",
            "LUMAJANG / 11.03.1965",
            "LUMAJANG/11-03-1965",
            "LUMAJANG 11 03 1965",
            "LUMAJANG; 1965-03-11",
            "LUMAJANG - 11 Maret 1965",
            "LUMAJANG,11 Mar 1965",
            "LUMAJANG\n11-03-1965",
            "LUMAJANG11-03-1965",
            "LUMAJANG (11-03-1965)",
            "11-03-1965, LUMAJANG",
            "11 Maret 1965 / LUMAJANG",
            "LUMAJANG, 1965-03-11 00:00:00",
            "LUMAJANG : 19650311",
        ] {
            let (place, date) = split(text);
            assert_eq!((place, read(date).date), ("LUMAJANG", bansos::date::new(1965, 3, 11)), "{text}");
        }
        assert_eq!(split("KAB. LUMAJANG, 11-03-1965"), ("KAB. LUMAJANG", "11-03-1965"));
        assert_eq!(split("BANJAR MEI, 11 Mei 1965"), ("BANJAR MEI", "11 Mei 1965"));
        assert_eq!(split("11-03-1965"), ("", "11-03-1965"));
        assert_eq!(split("LUMAJANG"), ("LUMAJANG", ""));
        assert_eq!(split("LUMAJANG, 1965"), ("LUMAJANG", "1965"));
        assert_eq!(split("LUMAJANG, 31-02-1965"), ("LUMAJANG", "31-02-1965"));
        assert_eq!(split("LUMAJANG, 03/25/1965"), ("LUMAJANG", "03/25/1965"));
        assert_eq!(split("LUMAJANG, 12 tahun"), ("LUMAJANG", "12 tahun"));
        assert_eq!((split(""), split("-")), (("", ""), ("-", "")));
    }
}
