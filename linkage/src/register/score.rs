//! Weights of pairs: strangers, members of linked families, rows of one listing.

use super::columns::Columns;
use super::household::Links;
use super::{Model, Pair, Situation};
use crate::clusters::Bond;
use crate::model::Weights;
use bansos::dedup::compare::{quick, with_names};
use bansos::dedup::{BirthLevel, CardLevel, ComparedField, HouseholdLevel, Levels, NameLevel, NikLevel, RelationLevel};

/// A model ready for a register: weights per situation, priors per pair of sources.
pub(super) struct Scorer<'a> {
    pub(super) columns: &'a Columns,
    open: Weights,
    family: Weights,
    listing: Weights,
    /// log2 odds before any field, per pair of sources.
    prior: Vec<f32>,
    model: &'a Model,
    /// The most that names can still add.
    names_best: f32,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(columns: &'a Columns, model: &'a Model) -> Self {
        let n = columns.source_rows.len();
        let mut prior = vec![0f32; n * n];
        for a in 0..n {
            for b in 0..n {
                let expected = if a == b { model.open.expected_within } else { model.open.expected_across };
                let others = columns.source_rows[a].max(columns.source_rows[b]).max(2) as f64;
                prior[a * n + b] = (expected / others).log2() as f32;
            }
        }
        let open = model.open.weights();
        // the frequency adjustment adds at most 8 bits for the name and 3 for the mother
        let names_best = open.best(ComparedField::Name as usize) + open.best(ComparedField::Mother as usize) + 11.0;
        Self {
            columns,
            open,
            family: model.family.weights(),
            listing: model.listing.weights(),
            prior,
            model,
            names_best,
        }
    }

    fn prior(&self, a: u32, b: u32) -> f32 {
        let (x, y) = (&self.columns.traits[a as usize], &self.columns.traits[b as usize]);
        self.prior[usize::from(x.source) * self.columns.source_rows.len() + usize::from(y.source)]
    }

    /// The weight of two strangers, if it can reach `least`.
    #[inline]
    pub(super) fn stranger(&self, a: u32, b: u32, least: f32) -> Option<(f32, Levels)> {
        let (x, y) = (&self.columns.traits[a as usize], &self.columns.traits[b as usize]);
        let mut v = quick(x, y);
        let base = self.prior(a, b) + self.open.sum_levels(&v);
        if base + self.names_best < least {
            return None;
        }
        let bits = with_names(&mut v, x, y, &self.columns.names, &self.columns.mothers);
        let weight = self.prior(a, b) + self.open.sum_levels(&v) + bits;
        (weight >= least).then_some((weight, v))
    }

    /// Two rows with everything known of their families.
    pub(super) fn pair(&self, a: u32, b: u32, links: &Links) -> Pair {
        let c = self.columns;
        let (a, b) = if c.rank[a as usize] <= c.rank[b as usize] { (a, b) } else { (b, a) };
        let (x, y) = (&c.traits[a as usize], &c.traits[b as usize]);
        let mut v = quick(x, y);
        let mut frequency = with_names(&mut v, x, y, &c.names, &c.mothers);
        let size = |l: u32| c.listings.members(l).len().max(1);
        let (situation, prior, weights) = if x.listing == y.listing {
            let prior = (self.model.listing.expected_within / size(x.listing) as f64).log2() as f32;
            (Situation::Listing, prior, &self.listing)
        } else if links.one_family(x.listing, y.listing, a, b) {
            let most = size(x.listing).max(size(y.listing)) as f64;
            (Situation::Family, (self.model.family.expected_across / most).log2() as f32, &self.family)
        } else {
            // another card already says that it is another family; it is not said twice
            let alone = size(x.listing) == 1 || size(y.listing) == 1;
            let said = v[ComparedField::Card as usize] == CardLevel::Different as u8;
            v[ComparedField::Household as usize] =
                if alone || said { HouseholdLevel::Missing } else { HouseholdLevel::Different } as u8;
            (Situation::Open, self.prior(a, b), &self.open)
        };
        if situation != Situation::Open {
            // in a family it hardly matters how common a name is in the land, and siblings share words
            frequency = if v[ComparedField::Name as usize] <= NameLevel::Near as u8 { frequency * 0.25 } else { 0.0 };
        }
        let weight = prior + weights.sum_levels(&v) + frequency;
        Pair { a, b, situation, vector: v, frequency, prior, weight }
    }

    /// The pair as clustering sees it.
    pub(super) fn bond(&self, pair: &Pair, threshold: f32) -> Bond {
        let (x, y) = (&self.columns.traits[pair.a as usize], &self.columns.traits[pair.b as usize]);
        let nik = pair.vector[ComparedField::Nik as usize];
        let name = pair.vector[ComparedField::Name as usize];
        let birth = pair.vector[ComparedField::Birth as usize];
        let names_contradict = name >= NameLevel::Some as u8 && name != NameLevel::Missing as u8;
        // one person has one place in a listing, unless the same line was written twice
        let two_places = pair.situation == Situation::Listing && pair.weight < threshold;
        // two sound numbers are two persons unless the names agree
        let two_sound = nik == NikLevel::Different as u8 && x.sound && y.sound && names_contradict;
        // twins: one day of birth, two numbers that both fit it, names that are not the same. A number a slip apart may be
        // one number; two that are further apart are two, unless the names are equal letter for letter. A slip in the date
        // part is no twin's. A family has one head and one spouse, so those are no twins
        let in_family = pair.situation != Situation::Open
            && pair.vector[ComparedField::Relation as usize] != RelationLevel::Unique as u8;
        let one_day = birth == BirthLevel::Equal as u8 || (x.nik_birth == y.nik_birth && !x.nik_birth.is_none());
        let a_slip_apart = nik == NikLevel::Region as u8 || nik == NikLevel::Serial as u8;
        let two_numbers =
            x.fits && y.fits && (a_slip_apart || nik == NikLevel::Different as u8 || nik == NikLevel::Unsound as u8);
        let alike = if a_slip_apart { NameLevel::Variant } else { NameLevel::Equal };
        let twins = in_family && one_day && two_numbers && name > alike as u8 && name != NameLevel::Missing as u8;
        if two_sound || twins {
            return Bond::CannotLink;
        }
        // without a number that agrees, two lines of one listing born on one day may be twins with like names
        let number_agrees = nik <= NikLevel::Worn as u8;
        if two_places && !(in_family && one_day && name <= NameLevel::Near as u8) {
            return Bond::CannotLink;
        }
        if pair.situation == Situation::Listing
            && in_family
            && one_day
            && !number_agrees
            && name > NameLevel::Equal as u8
        {
            return Bond::Doubtful;
        }
        Bond::Weight(pair.weight)
    }
}
