//! Who is counted and what is paid, once a family is eligible.

use super::amounts::{Amounts, StageAmount, empty, spread};
use super::rules::{Paid, Rules};
use super::{Counted, FamilyFacts, Outcome, Verdict};
use crate::Rupiah;
use crate::programme::Placement;

impl Rules {
    /// The members counted, and the amounts, of an eligible family.
    pub(super) fn paid(&self, f: &FamilyFacts, verdict: &Verdict) -> (Vec<Counted>, Amounts) {
        let mut amounts = Amounts { at_most: verdict.at_most, ..Amounts::default() };
        if verdict.outcome != Outcome::Eligible {
            return (Vec::new(), amounts);
        }
        amounts.year = verdict.year;
        match &self.paid {
            Paid::Monthly { stages, topups, month, per_person, .. } => {
                let times = per_person.map_or(1, |t| i64::from(self.passing(t, f).0));
                let scale = |all: &[StageAmount]| {
                    all.iter().map(|s| StageAmount { amount: s.amount * times, ..*s }).collect::<Vec<_>>()
                };
                amounts.month = Some(Rupiah(*month) * times);
                amounts.stages = scale(stages);
                amounts.topups = scale(topups);
                amounts.topup_year = amounts.topups.iter().map(|s| s.amount).sum();
                (Vec::new(), amounts)
            }
            Paid::Components { family, calendar, keep_remainder } => {
                let mut stages = empty(calendar);
                let chosen = self.chosen(f);
                let mut counted = Vec::new();
                for (member, c) in chosen.iter().enumerate() {
                    if let Some(part) = c.and_then(|c| self.parts.get(usize::from(c))) {
                        spread(&mut stages, part.amount, *keep_remainder);
                        counted.push(Counted {
                            member,
                            component: part.code.clone(),
                            label: part.label.clone(),
                            year: Rupiah(part.amount),
                        });
                    }
                }
                for s in family.iter().filter(|s| self.family_sum_applies(s, f, false)) {
                    match s.placement {
                        Placement::Spread => spread(&mut stages, s.amount, *keep_remainder),
                        Placement::FirstStage => {
                            if let Some(first) = stages.first_mut() {
                                first.amount += Rupiah(s.amount);
                            }
                        }
                    }
                }
                amounts.stages = stages;
                (counted, amounts)
            }
        }
    }

    /// Each member's component for certain.
    pub(super) fn chosen(&self, f: &FamilyFacts) -> Vec<Option<u8>> {
        let fits: Vec<u16> = f.members.iter().map(|p| self.mark(p).fits).collect();
        let mut chosen = Vec::new();
        self.slots.assign(&fits, &mut chosen);
        chosen
    }
}
