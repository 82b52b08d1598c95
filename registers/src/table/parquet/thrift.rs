//! Thrift's compact form, walked before the library reads it. The library sets memory aside for as many row groups as are stated,
//! passes over as many elements as are stated and descends as deep as a schema says; so every count is held against the bytes that
//! are left first, and every field that the library reads against the kind that it takes it for. Whatever the form allows and
//! Parquet does not use is refused.

/// What a field is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Bool,
    Byte,
    Int,
    Double,
    Binary,
    List(&'static Kind),
    Struct(Fields),
}

/// The fields of a struct by their numbers; others are passed over.
pub(super) type Fields = &'static [(i16, Kind)];

/// What was met, under [`key`] of the field.
pub(super) enum Seen {
    Number(i64),
    /// A list of so many.
    List(usize),
    /// The end of a struct.
    End,
}

/// Why it is not walked to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The bytes end first.
    Cut,
    Wrong,
}

/// The numbers of the fields that lead to one, as one number.
pub(super) const fn key(path: &[i16]) -> u32 {
    let (mut key, mut at) = (0, 0);
    while at < path.len() {
        #[allow(clippy::indexing_slicing, reason = "within its length, when it is compiled")]
        let id = path[at];
        key = under(key, id);
        at += 1;
    }
    key
}

/// The key of what no table has.
const UNKNOWN: u32 = u32::MAX;

const fn under(key: u32, id: i16) -> u32 {
    if key >= 1 << 25 || id < 1 || id > 31 { UNKNOWN } else { key << 5 | id.unsigned_abs() as u32 }
}

/// Structs within structs; Parquet has seven.
const DEPTH: u32 = 24;

/// Walks one struct; says how many bytes it takes.
pub(super) fn walk(bytes: &[u8], fields: Fields, seen: &mut dyn FnMut(u32, Seen)) -> Result<usize, Stop> {
    let mut walk = Walk { bytes, at: 0, seen };
    walk.fields(fields, 0, DEPTH)?;
    Ok(walk.at)
}

struct Walk<'b, 's> {
    bytes: &'b [u8],
    at: usize,
    seen: &'s mut dyn FnMut(u32, Seen),
}

impl Walk<'_, '_> {
    fn byte(&mut self) -> Result<u8, Stop> {
        let byte = self.bytes.get(self.at).copied().ok_or(Stop::Cut)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, count: u64) -> Result<(), Stop> {
        let left = self.bytes.len() - self.at;
        match usize::try_from(count) {
            Ok(count) if count <= left => self.at += count,
            _ => return Err(Stop::Cut),
        }
        Ok(())
    }

    fn whole(&mut self) -> Result<u64, Stop> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Stop::Wrong)
    }

    #[allow(clippy::cast_possible_wrap, reason = "the sign is in the last bit")]
    fn number(&mut self) -> Result<i64, Stop> {
        self.whole().map(|n| (n >> 1) as i64 ^ -((n & 1) as i64))
    }

    fn fields(&mut self, fields: Fields, at: u32, depth: u32) -> Result<(), Stop> {
        let depth = depth.checked_sub(1).ok_or(Stop::Wrong)?;
        let mut last = 0i16;
        loop {
            let head = self.byte()?;
            let wire = head & 0x0f;
            if wire == 0 {
                (self.seen)(at, Seen::End);
                return Ok(());
            }
            let id = match head >> 4 {
                0 => i16::try_from(self.number()?).map_err(|_| Stop::Wrong)?,
                step => last.checked_add(step.into()).ok_or(Stop::Wrong)?,
            };
            // no field twice: the library would take the last of them
            if id <= last {
                return Err(Stop::Wrong);
            }
            last = id;
            let kind = fields.iter().find(|(known, _)| *known == id).map(|(_, kind)| *kind);
            self.value(wire, kind, if kind.is_some() { under(at, id) } else { UNKNOWN }, depth)?;
        }
    }

    fn value(&mut self, wire: u8, kind: Option<Kind>, at: u32, depth: u32) -> Result<(), Stop> {
        match (wire, kind) {
            (1 | 2, None | Some(Kind::Bool)) => Ok(()),
            (3, None | Some(Kind::Byte)) => self.pass(1),
            (4..=6, None | Some(Kind::Int)) => {
                let number = self.number()?;
                (self.seen)(at, Seen::Number(number));
                Ok(())
            }
            (7, None | Some(Kind::Double)) => self.pass(8),
            (8, None | Some(Kind::Binary)) => {
                let length = self.whole()?;
                self.pass(length)
            }
            (9, None) => self.list(None, at, depth),
            (9, Some(Kind::List(of))) => self.list(Some(*of), at, depth),
            (12, None) => self.fields(&[], UNKNOWN, depth),
            (12, Some(Kind::Struct(fields))) => self.fields(fields, at, depth),
            _ => Err(Stop::Wrong),
        }
    }

    fn list(&mut self, of: Option<Kind>, at: u32, depth: u32) -> Result<(), Stop> {
        let depth = depth.checked_sub(1).ok_or(Stop::Wrong)?;
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.whole()?,
            count => count.into(),
        };
        let left = self.bytes.len() - self.at;
        let count = usize::try_from(count).ok().filter(|count| *count <= left).ok_or(Stop::Cut)?;
        (self.seen)(at, Seen::List(count));
        // whether an element that is true or false takes a byte, readers do not agree
        match head & 0x0f {
            1 | 2 => Err(Stop::Wrong),
            wire => (0..count).try_for_each(|_| self.value(wire, of, at, depth)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Fields = &[(1, Kind::Int), (2, Kind::List(&Kind::Struct(&[(5, Kind::Int)]))), (3, Kind::Binary)];

    fn seen(bytes: &[u8]) -> Result<(usize, Vec<(u32, i64)>), Stop> {
        let mut all = Vec::new();
        let end = walk(bytes, FORM, &mut |at, seen| match seen {
            Seen::Number(n) => all.push((at, n)),
            Seen::List(n) => all.push((at, n as i64 + 1000)),
            Seen::End => all.push((at, -1)),
        })?;
        Ok((end, all))
    }

    #[test]
    fn what_is_known_is_told_by_its_place_and_the_rest_passed_over() {
        // 1: 7, 2: [{5: 3}, {}], 3: "ab", 9: {1: true}
        let bytes = [0x15, 14, 0x19, 0x2c, 0x55, 6, 0, 0, 0x18, 2, b'a', b'b', 0x6c, 0x11, 0, 0, 99];
        let (list, child) = (key(&[2]), key(&[2, 5]));
        let wanted = [(key(&[1]), 7), (list, 1002), (child, 3), (list, -1), (list, -1), (UNKNOWN, -1), (0, -1)];
        assert_eq!(seen(&bytes), Ok((16, wanted.to_vec())));
        assert!((0..16).all(|end| seen(&bytes[..end]) == Err(Stop::Cut)));
    }

    #[test]
    fn counts_kinds_and_depths_that_lie_are_refused() {
        for (bytes, why) in [
            // a list of 2^31 - 1
            (&[0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 7][..], Stop::Cut),
            // a text where a number is read; a field twice, and one that goes back; an element without bytes
            (&[0x18, 1, b'a', 0][..], Stop::Wrong),
            (&[0x15, 14, 0x05, 2, 14, 0][..], Stop::Wrong),
            (&[0x35, 2, 0x05, 2, 4, 0][..], Stop::Wrong),
            (&[0x99, 0xf1, 0xff, 0xff, 0xff, 0xff, 7][..], Stop::Cut),
            (&[0x99, 0x21, 1, 1, 0][..], Stop::Wrong),
            // a map, a number without end
            (&[0x9b, 0, 0][..], Stop::Wrong),
            (&[0x15, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0][..], Stop::Wrong),
        ] {
            assert_eq!(seen(bytes), Err(why), "{bytes:x?}");
        }
        assert_eq!(seen(&[0x9c; 100_000]), Err(Stop::Wrong));
        assert_eq!(seen(&[0x99; 100_000]), Err(Stop::Wrong));
    }
}
