//! What is known of a person beside the number.

use crate::region::RegionCode;
use crate::{Date, Sex};
use std::fmt;

words! {
    /// What is known of the person beside the number.
    pub enum Role {
        /// Holds a KTP: at least 17 (or married).
        CardHolder = "card_holder", id: "pemegang KTP", en: "card holder";
        /// A child of today.
        Child = "child", id: "anak", en: "child";
    }
}

/// What is said of a person beside the number. Unknown is `None`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Declared {
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Where the person lives: a Kemendagri code of any depth; a BPS code is compared as its regency.
    pub region: Option<RegionCode>,
    /// Decides the century where two are possible.
    pub role: Option<Role>,
}

impl fmt::Debug for Declared {
    /// Which facts are there, never what they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Declared")
            .field("birth_date", &self.birth_date.is_some())
            .field("sex", &self.sex.is_some())
            .field("region", &self.region.is_some())
            .field("role", &self.role)
            .finish()
    }
}
