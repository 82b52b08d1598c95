//! KPM: a family that a programme has taken in.
//!
//! A KPM is neither a family nor a household: one family may be a KPM of several programmes, and programmes count more
//! KPM than there are ruta. What a KPM is paid with (KKS card, account) is an opaque reference: it is kept, handed on and
//! never shown.
//!
//! ```
//! use bansos::kpm::{Kpm, KpmStatus, PaymentReference};
//! use bansos::programme::ids;
//! use bansos::{Coded, Date};
//!
//! let (family, mother) = (12u32, 31u32); // numbers in a register
//! let kpm = Kpm::builder(ids::PKH, family)
//!     .status(KpmStatus::Active)
//!     .from(Date::constant(2024, 1, 1))
//!     .pengurus(mother)
//!     .payment(PaymentReference::new("KKS-0001")?)
//!     .build()?;
//! assert_eq!(kpm.is_member_on(Date::constant(2025, 7, 1)), Some(true));
//! assert_eq!(kpm.is_member_on(Date::constant(2023, 12, 31)), Some(false));
//! assert_eq!(format!("{:?}", kpm.payment().unwrap()), "PaymentReference(masked)");
//!
//! let reversed = Kpm::<u32, u32>::builder(ids::PKH, family)
//!     .from(Date::constant(2025, 1, 1))
//!     .to(Date::constant(2024, 1, 1))
//!     .build();
//! assert_eq!(reversed.unwrap_err().code(), "kpm.dates_reversed");
//! # Ok::<(), bansos::kpm::KpmError>(())
//! ```

mod finding;

pub use finding::KpmFinding;

use crate::household::{Art, Identity, Keluarga};
use crate::person::Person;
use crate::programme::ids;
use crate::source::Origin;
use crate::{Date, Text};
use std::borrow::Cow;
use std::fmt;

words! {
    /// How a family stands to the programme that took it in.
    pub enum KpmStatus {
        /// In the decree for a stage, not paid yet.
        Candidate = "candidate", id: "calon penerima", en: "candidate";
        /// Takes part.
        Active = "active", id: "aktif", en: "active";
        /// Left out of a payment period (*exclude*): can be repaired, and is no verdict.
        Withheld = "withheld", id: "dikecualikan pada tahap ini", en: "left out of this stage";
        /// Left because it no longer needs the programme or has no component any more (*graduasi*).
        Graduated = "graduated", id: "graduasi", en: "graduated";
        /// Left for another reason (*nonaktif*).
        Ended = "ended", id: "nonaktif", en: "ended";
    }
}

codes! {
    /// Why values make no KPM.
    #[derive(Copy, thiserror::Error)]
    pub enum KpmError {
        /// No programme is named.
        ProgrammeMissing = "kpm.programme_missing", Error,
            id: "program tidak disebut",
            en: "no programme is named";
        /// It ends before it begins.
        DatesReversed = "kpm.dates_reversed", Error,
            id: "tanggal akhir kepesertaan mendahului tanggal awalnya",
            en: "the membership ends before it begins";
        /// A reference without a letter or digit, or longer than 64 bytes.
        PaymentReference = "kpm.payment_reference", Error,
            id: "nomor kartu atau rekening kosong atau lebih dari 64 karakter",
            en: "the card or account reference is empty or longer than 64 characters";
    }
}

/// The number of a KKS card or a bank account, as an opaque reference. It has no `Display` and its `Debug` is masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PaymentReference(Text);

impl PaymentReference {
    /// A reference as the bank or the programme writes it.
    ///
    /// # Errors
    /// A text without a letter or digit, or of more than 64 bytes.
    pub fn new(text: &str) -> Result<Self, KpmError> {
        let text = text.trim();
        if text.len() > 64 || !text.chars().any(char::is_alphanumeric) {
            return Err(KpmError::PaymentReference);
        }
        Ok(Self(text.into()))
    }

    /// The reference in clear, for the one file that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaymentReference(masked)")
    }
}

/// A KPM (keluarga penerima manfaat): a family's membership of one programme. `K` and `P` are how the family and the
/// pengurus are named: themselves, or their numbers in a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpm<K = Keluarga, P = Person> {
    programme: Cow<'static, str>,
    family: K,
    status: Option<KpmStatus>,
    from: Option<Date>,
    to: Option<Date>,
    pengurus: Option<P>,
    payment: Option<PaymentReference>,
    stated_in: Option<Origin>,
}

impl<K, P> Kpm<K, P> {
    /// A membership of the programme with this id.
    pub fn builder(programme: impl Into<Cow<'static, str>>, family: K) -> KpmBuilder<K, P> {
        KpmBuilder(Self {
            programme: programme.into(),
            family,
            status: None,
            from: None,
            to: None,
            pengurus: None,
            payment: None,
            stated_in: None,
        })
    }

    /// The programme's id.
    pub fn programme(&self) -> &str {
        &self.programme
    }

    /// The family.
    pub fn family(&self) -> &K {
        &self.family
    }

    /// How it stands; `None`: the source does not say.
    pub fn status(&self) -> Option<KpmStatus> {
        self.status
    }

    /// First day of membership, where known.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// Last day of membership, where it has one that is known.
    pub fn to(&self) -> Option<Date> {
        self.to
    }

    /// Who holds the card and receives for the family, usually the mother.
    pub fn pengurus(&self) -> Option<&P> {
        self.pengurus.as_ref()
    }

    /// The card or account.
    pub fn payment(&self) -> Option<&PaymentReference> {
        self.payment.as_ref()
    }

    /// The row that states the membership.
    pub fn stated_in(&self) -> Option<Origin> {
        self.stated_in
    }

    /// Whether the membership covers a day. `None` where what is known does not say: unknown is not no.
    pub fn is_member_on(&self, day: Date) -> Option<bool> {
        if self.from.is_some_and(|from| day < from) || self.to.is_some_and(|to| day > to) {
            return Some(false);
        }
        // one that has left did so on a day, and a candidate begins on one: without it nothing is known
        let open = matches!(self.status, Some(KpmStatus::Active | KpmStatus::Withheld));
        (self.from.is_some() && (self.to.is_some() || open)).then_some(true)
    }
}

impl<P: Identity, K> Kpm<K, P> {
    /// What the membership and its family's members say of each other.
    pub fn check(&self, members: &[Art<P>]) -> Vec<KpmFinding> {
        let outside = |p: &P| !members.is_empty() && !members.iter().any(|m| m.person().is_same(p));
        self.pengurus.as_ref().filter(|p| outside(p)).map(|_| KpmFinding::PengurusOutside).into_iter().collect()
    }
}

/// Makes a [`Kpm`].
#[derive(Clone, Debug)]
#[must_use]
pub struct KpmBuilder<K = Keluarga, P = Person>(Kpm<K, P>);

impl<K, P> KpmBuilder<K, P> {
    /// How it stands.
    pub fn status(mut self, status: KpmStatus) -> Self {
        self.0.status = Some(status);
        self
    }

    /// First day of membership.
    pub fn from(mut self, day: Date) -> Self {
        self.0.from = Some(day);
        self
    }

    /// Last day of membership.
    pub fn to(mut self, day: Date) -> Self {
        self.0.to = Some(day);
        self
    }

    /// Who receives for the family.
    pub fn pengurus(mut self, person: P) -> Self {
        self.0.pengurus = Some(person);
        self
    }

    /// Card or account.
    pub fn payment(mut self, reference: PaymentReference) -> Self {
        self.0.payment = Some(reference);
        self
    }

    /// The row that states the membership.
    pub fn stated_in(mut self, row: Origin) -> Self {
        self.0.stated_in = Some(row);
        self
    }

    /// The membership.
    ///
    /// # Errors
    /// No programme is named; it ends before it begins.
    pub fn build(self) -> Result<Kpm<K, P>, KpmError> {
        if self.0.programme.trim().is_empty() {
            return Err(KpmError::ProgrammeMissing);
        }
        if matches!((self.0.from, self.0.to), (Some(from), Some(to)) if to < from) {
            return Err(KpmError::DatesReversed);
        }
        Ok(self.0)
    }
}

/// The memberships that the sources of a family state: one for each programme that a row says is received, with that row.
/// They say neither since when nor through whom.
pub fn stated<K: Clone, P>(family: K, keluarga: &Keluarga<P>) -> impl Iterator<Item = Kpm<K, P>> {
    [ids::PKH, ids::SEMBAKO, ids::BST].into_iter().filter_map(move |programme| {
        let receives = keluarga.receives(programme).filter(|k| k.value)?;
        let kpm = Kpm::builder(programme, family.clone()).status(KpmStatus::Active).stated_in(receives.from);
        kpm.build().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Coded;
    use crate::source::{Received, Source};

    #[test]
    fn a_pengurus_outside_the_family_is_a_finding() {
        let members = [Art::head(1u32), Art::new(2)];
        let of = |pengurus| Kpm::builder(ids::PKH, 9u32).pengurus(pengurus).build().unwrap();
        assert!(of(2).check(&members).is_empty());
        assert!(of(3).check(&[]).is_empty(), "a family whose members nobody lists says nothing");
        let codes: Vec<_> = of(3).check(&members).iter().map(Coded::code).collect();
        assert_eq!(codes, ["kpm.pengurus_outside"]);
    }

    #[test]
    fn only_what_is_known_is_answered() {
        let day = Date::constant(2025, 7, 1);
        let of = |status| Kpm::<u32, u32>::builder(ids::PKH, 9).status(status);
        assert_eq!(of(KpmStatus::Active).build().unwrap().is_member_on(day), None, "since when is not known");
        let since = |status| of(status).from(Date::constant(2024, 1, 1));
        assert_eq!(since(KpmStatus::Active).build().unwrap().is_member_on(day), Some(true));
        assert_eq!(since(KpmStatus::Ended).build().unwrap().is_member_on(day), None, "it left on a day nobody says");
        let ended = since(KpmStatus::Ended).to(Date::constant(2025, 6, 30)).build().unwrap();
        assert_eq!(ended.is_member_on(day), Some(false));
    }

    #[test]
    fn a_source_that_says_no_makes_no_kpm() {
        let row = Origin { source: Source::Dtks, file: 0, row: 4 };
        let family = Keluarga::<u32>::builder(row)
            .receives(Received { pkh: Some(true), sembako: Some(false), bst: None })
            .build()
            .unwrap();
        let stated: Vec<Kpm<u32, u32>> = stated(9, &family).collect();
        assert_eq!(stated.iter().map(|k| (k.programme(), k.stated_in())).collect::<Vec<_>>(), [("pkh", Some(row))]);
    }

    #[test]
    fn references_are_kept_and_never_shown() {
        let reference = PaymentReference::new(" 6032-9000 ").unwrap();
        assert_eq!(reference.reveal(), "6032-9000");
        assert!(!format!("{reference:?}").contains("6032"));
        assert_eq!(PaymentReference::new(" - ").unwrap_err().code(), "kpm.payment_reference");
        assert_eq!(Kpm::<u32, u32>::builder(" ", 9).build().unwrap_err().code(), "kpm.programme_missing");
    }
}
