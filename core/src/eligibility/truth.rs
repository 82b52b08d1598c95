//! Kleene's three truths.

words! {
    /// Yes, no, or unknown.
    pub enum Truth {
        /// It does not hold.
        No = "no", id: "tidak", en: "no";
        /// A fact is missing.
        Unknown = "unknown", id: "tidak diketahui", en: "unknown";
        /// It holds.
        Yes = "yes", id: "ya", en: "yes";
    }
}

impl Truth {
    /// Of a fact that may be unknown.
    pub const fn from_fact(fact: Option<bool>) -> Self {
        match fact {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
    /// Both: no goes before unknown, unknown before yes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }
    /// Either: yes goes before unknown, unknown before no.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;
    /// The contrary; unknown stays unknown.
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl Truth {
    pub(crate) const fn bits(self) -> u64 {
        match self {
            Self::No => 0,
            Self::Unknown => 1,
            Self::Yes => 2,
        }
    }
    pub(crate) const fn from_bits(bits: u64) -> Self {
        match bits & 3 {
            0 => Self::No,
            1 => Self::Unknown,
            _ => Self::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kleene_tables() {
        use Truth::*;
        for &a in Truth::ALL {
            assert_eq!(!!a, a);
            assert_eq!(a.and(No), No);
            assert_eq!(a.or(Yes), Yes);
            assert_eq!(a.and(Yes), a);
            assert_eq!(a.or(No), a);
            assert_eq!(Truth::from_bits(a.bits()), a);
            for &b in Truth::ALL {
                assert_eq!(!(a.and(b)), (!a).or(!b));
            }
        }
    }
}
