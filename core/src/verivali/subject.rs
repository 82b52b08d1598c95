//! Whom an event is about, and the short names by which ledgers call things.

use crate::Text;
use std::fmt;

codes! {
    /// Why a text is no name of a subject, an actor, a ledger, a stage or a system.
    #[derive(Copy, thiserror::Error)]
    pub enum NameError {
        /// Nothing there.
        Empty = "verivali.name_empty", Error,
            id: "namanya kosong",
            en: "the name is empty";
        /// Longer than a name may be.
        TooLong { most: u32 } = "verivali.name_too_long", Error,
            id: "nama paling panjang {most} byte",
            en: "a name has at most {most} bytes";
        /// A blank, a control character or a sign outside the set.
        Charset { position: u32 } = "verivali.name_charset", Error,
            id: "nama hanya berisi huruf, angka, dan . _ : / # -; ada yang lain di posisi {position}",
            en: "a name has letters, digits and . _ : / # - only; something else is at position {position}";
        /// Sixteen digits: a NIK or a family-card number. A ledger goes from hand to hand and never holds one.
        Identifier = "verivali.name_identifier", Error,
            id: "ini tampaknya NIK atau No. KK; buku besar memakai ID register, bukan nomor orang",
            en: "this looks like a NIK or family-card number; a ledger holds register ids, never a person's number";
    }
}

/// A short plain name: the id of a subject or an actor, the name of a ledger, of a system. ASCII letters, digits and
/// `. _ : / # -`, at most 64 bytes, and never sixteen digits (with or without dots), because that is a NIK or a No. KK.
///
/// `Debug` shows its length alone: an id stands for a person.
///
/// ```
/// use bansos::verivali::{PlainName, NameError};
/// assert_eq!(PlainName::new("F000123")?.as_str(), "F000123");
/// assert_eq!(PlainName::new("3508126801809001"), Err(NameError::Identifier));
/// assert_eq!(format!("{:?}", PlainName::new("F000123")?), "Name(7)");
/// # Ok::<(), NameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlainName(Text);

impl PlainName {
    /// The greatest length in bytes.
    pub const MOST: u32 = 64;

    /// Checks and keeps a name.
    ///
    /// # Errors
    /// [`NameError`].
    pub fn new(text: &str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.len() > Self::MOST as usize {
            return Err(NameError::TooLong { most: Self::MOST });
        }
        let odd = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || b"._:/#-".contains(&b)));
        if let Some(at) = odd {
            return Err(NameError::Charset { position: u32::try_from(at + 1).unwrap_or(u32::MAX) });
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits == 16 && text.bytes().all(|b| b.is_ascii_digit() || b".-_".contains(&b)) {
            return Err(NameError::Identifier);
        }
        Ok(Self(text.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Equal to its text, also in a set: `Hash` is that of the text.
impl std::borrow::Borrow<str> for PlainName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PlainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({})", self.0.len())
    }
}

words! {
    /// What kind of thing a subject is. A ruta is not a family: several families may share one.
    pub enum SubjectKind {
        /// Rumah tangga.
        Household = "household", id: "rumah tangga", en: "household";
        /// Keluarga: one No. KK.
        Family = "family", id: "keluarga", en: "family";
        /// A person; in a ruta an ART.
        Person = "person", id: "orang", en: "person";
    }
}

/// Whom an event is about: an id of a register, never a NIK.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Ruta, family or person.
    pub kind: SubjectKind,
    /// Its id in the register that the ledger corrects.
    pub id: PlainName,
}

impl Subject {
    /// A subject by kind and id.
    ///
    /// # Errors
    /// [`NameError`] where the id is no name.
    pub fn new(kind: SubjectKind, id: &str) -> Result<Self, NameError> {
        PlainName::new(id).map(|id| Self { kind, id })
    }
}
