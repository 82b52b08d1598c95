//! Sixteen digits to a number and back; shared with family cards.

/// Ten to the sixteenth: the first number with seventeen digits.
pub(crate) const LIMIT: u64 = 10_000_000_000_000_000;

/// Why a text is not sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Digits only, but this many.
    Length(u32),
    /// The 1-based place, in characters, of the first thing that is no ASCII digit.
    Charset(u32),
}

/// Reads exactly sixteen ASCII digits.
pub(crate) fn read(text: &str) -> Result<u64, Shape> {
    let bytes = text.as_bytes();
    if let (16, Some((high, low))) = (bytes.len(), bytes.split_first_chunk::<8>())
        && let (Some(high), Some(low)) = (eight(*high), low.first_chunk::<8>().and_then(|low| eight(*low)))
    {
        return Ok(high * 100_000_000 + low);
    }
    match text.chars().position(|c| !c.is_ascii_digit()) {
        Some(place) => Err(Shape::Charset(u32::try_from(place + 1).unwrap_or(u32::MAX))),
        None => Err(Shape::Length(u32::try_from(bytes.len()).unwrap_or(u32::MAX))),
    }
}

/// Eight ASCII digits at once: the bytes are checked and then folded in pairs, fours and eights inside one word.
fn eight(bytes: [u8; 8]) -> Option<u64> {
    const HIGH: u64 = 0xf0f0_f0f0_f0f0_f0f0;
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let word = u64::from_le_bytes(bytes);
    // a digit is 0x30..=0x39: its upper half is 3, and stays 3 when 6 is added
    if word & HIGH != ZEROS || word.wrapping_add(0x0606_0606_0606_0606) & HIGH != ZEROS {
        return None;
    }
    let v = word ^ ZEROS;
    let pairs = (v.wrapping_mul(10)).wrapping_add(v >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100)).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff)
}

/// The sixteen digits, without an allocation.
pub(crate) fn write(number: u64) -> [u8; 16] {
    let mut out = [b'0'; 16];
    let mut rest = number;
    for place in out.iter_mut().rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(text: &str) -> Result<u64, Shape> {
        if let Some(i) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(Shape::Charset(u32::try_from(i + 1).unwrap()));
        }
        if text.len() == 16 {
            Ok(text.parse().unwrap())
        } else {
            Err(Shape::Length(u32::try_from(text.len()).unwrap()))
        }
    }

    #[test]
    fn every_byte_at_every_place() {
        for place in 0..16 {
            for byte in 0..=127u8 {
                let mut text = *b"3508126801019001";
                text[place] = byte;
                let text = std::str::from_utf8(&text).unwrap();
                assert_eq!(read(text), slowly(text), "byte {byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(n in 0..LIMIT) {
            prop_assert_eq!(read(std::str::from_utf8(&write(n)).unwrap()), Ok(n));
        }

        #[test]
        fn same_as_slowly(text in "[0-9a٣ ]{14,18}") {
            prop_assert_eq!(read(&text), slowly(&text));
        }
    }
}
