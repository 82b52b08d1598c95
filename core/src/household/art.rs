//! ART, a member of a household or family.

use crate::Nik;
use crate::person::{Person, PersonFacts, PersonRecord, Relation};

/// An ART (anggota rumah tangga): a person as a member, and the relation to the head of that family or household. The
/// same person may be a child on one card and the head of another, so the relation belongs to the membership.
///
/// `P` is how the person is named: the [`Person`] or its row, or its number in a register of millions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Art<P = Person> {
    person: P,
    relation: Option<Relation>,
}

impl<P> Art<P> {
    /// A member whose relation to the head is not known.
    pub fn new(person: P) -> Self {
        Self { person, relation: None }
    }

    /// The head of the family or household.
    pub fn head(person: P) -> Self {
        Self::new(person).with_relation(Relation::Head)
    }

    /// The same member with a relation.
    #[must_use]
    pub fn with_relation(self, relation: impl Into<Option<Relation>>) -> Self {
        Self { relation: relation.into(), ..self }
    }

    /// Who it is.
    pub fn person(&self) -> &P {
        &self.person
    }

    /// The relation to the head; `None`: not known.
    pub fn relation(&self) -> Option<Relation> {
        self.relation
    }

    /// Whether this is the head.
    pub fn is_head(&self) -> bool {
        self.relation == Some(Relation::Head)
    }
}

impl From<Person> for Art {
    /// The member that a person says to be.
    fn from(person: Person) -> Self {
        let relation = person.relation.as_ref().map(|r| r.value);
        Self { person, relation }
    }
}

impl From<PersonRecord> for Art<PersonRecord> {
    /// The member that a row says to be.
    fn from(row: PersonRecord) -> Self {
        let relation = row.relation;
        Self { person: row, relation }
    }
}

impl From<PersonFacts> for Art<PersonFacts> {
    /// The member that the facts say to be.
    fn from(facts: PersonFacts) -> Self {
        Self { person: facts, relation: facts.relation }
    }
}

/// What a family or household names its members by: knows which two names are certainly one thing.
///
/// Two persons with one NIK are *not* certainly one: a NIK may be shared by mistake, and that is a finding
/// (`dedup.nik_shared`), never a reason to refuse a family.
pub trait Identity {
    /// Whether both are certainly the same.
    fn is_same(&self, other: &Self) -> bool;
}

impl Identity for u32 {
    /// Numbers of a register.
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Identity for Nik {
    /// Where the NIK itself is the name, it is taken at its word.
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Identity for Person {
    /// One row stands for one person.
    fn is_same(&self, other: &Self) -> bool {
        self.rows.iter().any(|row| other.rows.contains(row))
    }
}

impl Identity for PersonRecord {
    /// One row stands for one person.
    fn is_same(&self, other: &Self) -> bool {
        self.origin == other.origin
    }
}

impl Identity for PersonFacts {
    /// Facts name nobody.
    fn is_same(&self, _: &Self) -> bool {
        false
    }
}

/// Whether one of the names stands for the same as another.
pub(super) fn any_twice<'a, T: Identity + 'a>(names: impl Iterator<Item = &'a T> + Clone) -> bool {
    let mut rest = names;
    while let Some(one) = rest.next() {
        if rest.clone().any(|other| one.is_same(other)) {
            return true;
        }
    }
    false
}
