//! Spellings of one name brought to one.

/// A name as names are compared: Latin letters without accents, lower case, and digits; short forms written out ("Kep.",
/// "Gn.", "Adm."), nothing else.
///
/// ```
/// use bansos::region::fold;
/// assert_eq!(fold("Kep. Siau-Tagulandang Biaro"), "kepulauansiautagulandangbiaro");
/// assert_eq!(fold("RA'AS"), "raas");
/// ```
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for word in words(name) {
        out.push_str(match word.as_str() {
            "kep" => "kepulauan",
            "gn" | "gng" => "gunung",
            "tj" | "tg" => "tanjung",
            "sei" => "sungai",
            "adm" | "administrasi" => "",
            "btg" => "batang",
            word => word,
        });
    }
    out
}

/// Lower-case words; an apostrophe does not divide one.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    for c in name.chars().map(plain) {
        match c {
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            '\'' | '\u{2019}' | '\u{2018}' | '`' | '"' => {}
            // accents that stand behind their letter
            '\u{300}'..='\u{36f}' => {}
            _ => {
                if !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
            }
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

/// Base letters of U+00C0 to U+017F (é, ū, ñ …); `?` where there is none.
const LATIN: &[u8; 192] = b"aaaaaa?ceeeeiiii?nooooo??uuuuy??aaaaaa?ceeeeiiii?nooooo??uuuuy?y\
    aaaaaaccccccccdd??eeeeeeeeeegggggggghh??iiiiiiiii???jjkk?llllll?\
    ???nnnnnn???oooooo??rrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzzs";

/// An accented or full-width letter as the plain one; other characters as they are. Names of Indonesian places need no
/// more, and the whole of Unicode would be a third of what a browser loads.
fn plain(c: char) -> char {
    match u32::from(c) {
        n @ 0xc0..=0x17f => match LATIN.get(n as usize - 0xc0) {
            Some(b'?') | None => c,
            Some(base) => char::from(*base),
        },
        n @ 0xff01..=0xff5e => char::from_u32(n - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
