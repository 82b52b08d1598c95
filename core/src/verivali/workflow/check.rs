//! Whether an act may follow what has happened.

use super::super::{Act, ActKind, Event, EventEntry, Proposal, Standing, SubjectKind};
use super::model::{Permit, Stage, Workflow};
use super::refusal::{Refusal, Terms};
use crate::date::{from_epoch_days, to_epoch_days};
use crate::{Bilingual, Date, region};

impl Workflow {
    /// Everything that stands against an act, and what is needed instead; empty: it may be done. Warnings are told and
    /// forbid nothing. `story` are the subject's events, `standing` what they come to.
    pub fn check(&self, entry: &EventEntry, standing: &Standing, story: &[&Event]) -> Vec<Refusal> {
        let mut against = Vec::new();
        sense(entry, &mut against);
        if entry.recorded < entry.on {
            against.push(Refusal::RecordedBefore { on: entry.on, recorded: entry.recorded });
        }
        if entry.on < self.from || self.to.is_some_and(|to| entry.on > to) {
            against.push(Refusal::NotInForce { workflow: self.id.clone(), on: entry.on, from: self.from });
        }
        self.subject(entry, standing, story, &mut against);
        match self.stage(&entry.stage) {
            None => {
                let known = self.terms(self.stages.iter().map(|s| s.id.as_str()), false);
                against.push(Refusal::UnknownStage { stage: entry.stage.as_str().to_owned(), known });
            }
            Some(stage) => self.stage_allows(stage, entry, standing, &mut against),
        }
        against
    }

    /// What the subject's story stands against.
    fn subject(&self, entry: &EventEntry, standing: &Standing, story: &[&Event], against: &mut Vec<Refusal>) {
        let act = entry.act.kind();
        let known = standing.listed.is_some() || !standing.proposals.is_empty();
        let named = |d| story.iter().any(|e| e.hash() == d);
        match &entry.act {
            Act::Listed if standing.listed.is_some() => against.push(Refusal::OnListAlready),
            Act::Visited(_) | Act::Decided(_) if !known => against.push(Refusal::NotOnList { act }),
            Act::Decided(_) => {
                if let Some(c) = standing.conflict() {
                    let decisions = u32::try_from(c.of.len()).unwrap_or(u32::MAX);
                    against.push(Refusal::InConflict { decisions });
                }
            }
            Act::Corrected { what, .. } if !named(*what) => against.push(Refusal::UnknownEvent { act }),
            Act::Withdrawn { what } if !standing.proposals.iter().any(|p| p.event == *what && p.is_open()) => {
                against.push(if named(*what) { Refusal::NotOpen } else { Refusal::UnknownEvent { act } });
            }
            Act::Resolved { keeps } if !standing.conflict().is_some_and(|c| c.of.contains(keeps)) => {
                against.push(Refusal::NoConflict);
            }
            Act::Entered { .. } | Act::Effective { .. } if standing.ruling.is_none() => {
                against.push(Refusal::NothingDecided { act });
            }
            _ => {}
        }
    }

    fn stage_allows(&self, stage: &Stage, entry: &EventEntry, standing: &Standing, against: &mut Vec<Refusal>) {
        let act = entry.act.kind();
        let here = || self.terms([stage.id.as_str()], false);
        let passed = |id: &String| standing.passed.iter().any(|p| p.as_str() == id);
        if !stage.after.is_empty() && !stage.after.iter().any(passed) {
            let needed = self.terms(stage.after.iter().map(String::as_str), false);
            against.push(Refusal::TooEarly { stage: here(), needed });
        }
        let permits: Vec<&Permit> = stage.permits.iter().filter(|p| p.act == act).collect();
        if permits.is_empty() {
            let possible = Terms::acts(stage.permits.iter().map(|p| p.act));
            against.push(Refusal::NotHere { act, stage: here(), possible });
            return;
        }
        let role = entry.actor.role.as_str();
        let Some(permit) = permits.iter().find(|p| p.by.iter().any(|r| r == role)) else {
            let needed = self.terms(permits.iter().flat_map(|p| p.by.iter().map(String::as_str)), true);
            let role = self.terms([role], true);
            against.push(Refusal::WrongRole { act, stage: here(), role, needed });
            return;
        };
        let attached = |k| entry.evidence.iter().any(|e| e.kind == k);
        for kind in permit.evidence.iter().copied().filter(|k| !attached(*k)) {
            against.push(Refusal::MissingEvidence { act, needed: Terms::evidence([kind]) });
        }
        if !permit.any_evidence.is_empty() && !permit.any_evidence.iter().any(|k| attached(*k)) {
            let needed = Terms::evidence(permit.any_evidence.iter().copied());
            against.push(Refusal::MissingEvidence { act, needed });
        }
        if let Some((first, last)) = permit.days_of_month
            && !(first..=last).contains(&entry.on.day().unsigned_abs())
        {
            against.push(Refusal::OutsideDays { act, first, last, on: entry.on });
        }
        if let Some(days) = permit.within_days {
            against.extend(lapsed(days, entry, standing));
        }
    }

    fn terms<'a>(&self, ids: impl IntoIterator<Item = &'a str>, roles: bool) -> Terms {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        let label = |id: &str| {
            let known = match roles {
                true => self.roles.iter().find(|r| r.id == id).map(|r| &r.label),
                false => self.stages.iter().find(|s| s.id == id).map(|s| &s.label),
            };
            known.cloned().unwrap_or_else(|| Bilingual { id: id.to_owned().into(), en: id.to_owned().into() })
        };
        Terms(seen.into_iter().map(|id| (id.to_owned(), label(id))).collect())
    }

    /// The time that objections have at the stages of this workflow, where it sets one.
    pub fn objection_days(&self) -> Option<u16> {
        let all = self.stages.iter().flat_map(|s| &s.permits);
        all.filter(|p| matches!(p.act, ActKind::Visited | ActKind::Decided)).filter_map(|p| p.within_days).min()
    }
}

/// Nothing of this century is recorded later; who has a clock is stricter.
const LAST_DAY: Date = Date::constant(2099, 12, 31);

/// What can be true of no subject, under no rules.
fn sense(entry: &EventEntry, against: &mut Vec<Refusal>) {
    if let Some(day) = [entry.on, entry.recorded].into_iter().find(|d| *d > LAST_DAY) {
        against.push(Refusal::ImpossibleDay { day, last: LAST_DAY });
    }
    match &entry.parent {
        Some(parent) if *parent == entry.subject => against.push(Refusal::OwnParent),
        Some(parent) if parent.kind == SubjectKind::Person => against.push(Refusal::ParentPerson),
        _ => {}
    }
    if entry.twin.as_ref() == Some(&entry.subject) {
        against.push(Refusal::OwnTwin);
    }
    if let Some(place) = entry.place.filter(|p| region::never_was(*p)) {
        against.push(Refusal::NoSuchPlace { scheme: place.scheme() });
    }
}

fn lapsed(days: u16, entry: &EventEntry, standing: &Standing) -> Option<Refusal> {
    let made = standing.proposals.iter().filter(|p: &&Proposal| p.objection && p.is_open()).map(|p| p.on).max()?;
    let until = from_epoch_days(to_epoch_days(made).saturating_add(i32::from(days)))?;
    (entry.on > until).then_some(Refusal::Lapsed { days, until, on: entry.on })
}
