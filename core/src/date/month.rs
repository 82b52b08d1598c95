//! Words of dates: months and weekdays, Indonesian and English, in full, short, and in the spelling before 1972.

/// Each month's words: whatever begins like the first and goes on with one of the others' letters would let too much in, so
/// every word is named.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "djanuari", "jan", "djan", "i"],
    &["februari", "february", "pebruari", "febuari", "feb", "peb", "febr", "pebr", "ii"],
    &["maret", "march", "mar", "mrt", "mart", "iii"],
    &["april", "apr", "iv"],
    &["mei", "may", "mey", "v"],
    &["juni", "june", "djuni", "jun", "djun", "vi"],
    &["juli", "july", "djuli", "jul", "djul", "vii"],
    &["agustus", "august", "agoestoes", "agu", "ags", "agt", "agst", "agust", "agus", "aug", "viii"],
    &["september", "sep", "sept", "ix"],
    &["oktober", "october", "okt", "oct", "x"],
    &["november", "nopember", "nov", "nop", "xi"],
    &["desember", "december", "des", "dec", "dese", "xii"],
];

const WEEKDAYS: &[&str] = &[
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "jum'at",
    "jum\u{2019}at",
    "sabtu",
    "minggu",
    "ahad",
    "sen",
    "sel",
    "rab",
    "kam",
    "jum",
    "sab",
    "min",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// The month that a word stands for, 1 to 12.
pub(super) fn month(word: &str) -> Option<i32> {
    let known = |words: &&[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    MONTHS.iter().position(known).and_then(|at| i32::try_from(at + 1).ok())
}

/// Whether a word may stand before a date and says nothing: a weekday, `tgl`.
pub(super) fn is_before_a_date(word: &str) -> bool {
    let said = |known: &&str| known.eq_ignore_ascii_case(word);
    WEEKDAYS.iter().chain(&["tgl", "tanggal"]).any(said)
}
