//! A subject's story from its beginning.

use super::super::{Act, Digest, Event, Subject, SubjectVerdict, Workflows};
use super::ancestry::Ancestry;
use super::standing::{DecisionConflict, Fate, Proposal, Ruling, Standing};
use crate::Date;

/// A decision that no later decision knew.
struct Head {
    at: usize,
    ruling: Ruling,
}

/// The story. `events` are all of the subject, in any order; those after `until` are known of but not visible.
pub(super) fn fold(
    subject: &Subject,
    events: &mut Vec<&Event>,
    until: Option<Date>,
    workflows: &Workflows,
) -> Standing {
    events.sort_unstable_by_key(|e| (e.link.sequence, e.hash()));
    events.dedup_by_key(|e| e.hash());
    let ancestry = Ancestry::of(events);
    let is_visible = |e: &Event| until.is_none_or(|until| e.entry.on <= until);
    let mut story = Story {
        standing: Standing::unknown(subject.clone()),
        heads: Vec::new(),
        rulings: Vec::new(),
        proposed: Vec::new(),
    };
    for (i, event) in events.iter().enumerate() {
        if is_visible(event) {
            story.record(i, event, events, &ancestry, workflows);
        }
    }
    story.end(events, &ancestry)
}

struct Story {
    standing: Standing,
    heads: Vec<Head>,
    /// Every decision so far, in force or not: a resolution may name one that others have replaced meanwhile.
    rulings: Vec<Ruling>,
    /// Place in the events of each proposal of the standing.
    proposed: Vec<usize>,
}

impl Story {
    fn record(&mut self, at: usize, event: &Event, events: &[&Event], ancestry: &Ancestry, workflows: &Workflows) {
        let (entry, s) = (&event.entry, &mut self.standing);
        s.place = entry.place.or(s.place);
        s.parent = entry.parent.clone().or_else(|| s.parent.take());
        s.twin = entry.twin.clone().or_else(|| s.twin.take());
        if !s.passed.contains(&entry.stage) {
            s.passed.push(entry.stage.clone());
        }
        s.last = Some((entry.stage.clone(), entry.on));
        s.workflow = Some(entry.workflow.clone());
        s.events += 1;
        match &entry.act {
            Act::Listed => s.listed = Some(s.listed.map_or(entry.on, |d| d.min(entry.on))),
            Act::Proposed(verdict) => self.propose(at, event, *verdict, false),
            Act::Objected(verdict) => self.propose(at, event, *verdict, true),
            Act::Visited(_) => self.reach(at, event, ancestry),
            Act::Decided(verdict) => {
                let settles = workflows.settles(&entry.workflow, &entry.stage);
                let ruling = Ruling {
                    event: event.hash(),
                    verdict: *verdict,
                    stage: entry.stage.clone(),
                    settles,
                    on: entry.on,
                };
                if settles {
                    self.resolve(at, event, *verdict, ancestry);
                } else {
                    self.reach(at, event, ancestry);
                }
                self.rule(at, ruling, None, ancestry);
            }
            Act::Corrected { what, verdict } => {
                self.supersede(*what, event);
                // the correction takes the place of what it corrects: a decision decides, a proposal waits
                let Some(was) = events.iter().find(|e| e.hash() == *what) else { return };
                match was.entry.act {
                    Act::Proposed(_) => self.propose(at, event, *verdict, false),
                    Act::Objected(_) => self.propose(at, event, *verdict, true),
                    Act::Decided(_) | Act::Corrected { .. } | Act::Resolved { .. } => {
                        let (workflow, stage) = (&was.entry.workflow, was.entry.stage.clone());
                        let settles = workflows.settles(workflow, &stage);
                        let ruling = Ruling { event: event.hash(), verdict: *verdict, stage, settles, on: entry.on };
                        self.rule(at, ruling, Some(*what), ancestry);
                    }
                    _ => {}
                }
            }
            Act::Withdrawn { what } => self.supersede(*what, event),
            Act::Resolved { keeps } => {
                if let Some(kept) = self.rulings.iter().find(|r| r.event == *keeps) {
                    let ruling = Ruling { event: event.hash(), on: entry.on, ..kept.clone() };
                    self.rule(at, ruling, Some(*keeps), ancestry);
                }
            }
            Act::Entered { system } => {
                s.entered = Some((system.clone(), entry.on));
                s.effective = None;
            }
            Act::Effective { system } => {
                if s.entered.as_ref().is_none_or(|(to, _)| to == system) {
                    s.entered.get_or_insert_with(|| (system.clone(), entry.on));
                    s.effective = Some(entry.on);
                }
            }
        }
    }

    fn propose(&mut self, at: usize, event: &Event, verdict: SubjectVerdict, objection: bool) {
        self.proposed.push(at);
        self.standing.proposals.push(Proposal {
            event: event.hash(),
            objection,
            verdict,
            on: event.entry.on,
            fate: Fate::Open { stage: event.entry.stage.clone(), since: event.entry.on },
        });
    }

    /// Open proposals that this event knew lie at its stage now.
    fn reach(&mut self, at: usize, event: &Event, ancestry: &Ancestry) {
        for (proposal, place) in self.standing.proposals.iter_mut().zip(&self.proposed) {
            if proposal.is_open() && ancestry.knew(at, *place) {
                proposal.fate = Fate::Open { stage: event.entry.stage.clone(), since: event.entry.on };
            }
        }
    }

    /// Open proposals that this event knew are decided by it.
    fn resolve(&mut self, at: usize, event: &Event, verdict: SubjectVerdict, ancestry: &Ancestry) {
        for (proposal, place) in self.standing.proposals.iter_mut().zip(&self.proposed) {
            if proposal.is_open() && ancestry.knew(at, *place) {
                proposal.fate = Fate::Decided { by: event.hash(), on: event.entry.on, verdict };
            }
        }
    }

    fn supersede(&mut self, what: Digest, event: &Event) {
        if let Some(proposal) = self.standing.proposals.iter_mut().find(|p| p.event == what && p.is_open()) {
            proposal.fate = Fate::Superseded { by: event.hash(), on: event.entry.on };
        }
    }

    /// A new decision takes the place of those it knew, and of the one it names.
    fn rule(&mut self, at: usize, ruling: Ruling, names: Option<Digest>, ancestry: &Ancestry) {
        let replaced = |h: &Head| ancestry.knew(at, h.at) || names == Some(h.ruling.event);
        let gone: Vec<&Head> = self.heads.iter().filter(|h| replaced(h)).collect();
        if disagree(gone.iter().map(|h| &h.ruling)) {
            let of = rising(gone.iter().map(|h| h.ruling.event));
            self.standing.conflicts.push(DecisionConflict { of, ended_by: Some(ruling.event) });
        }
        self.heads.retain(|h| !replaced(h));
        self.rulings.push(ruling.clone());
        self.heads.push(Head { at, ruling });
        self.standing.entered = None;
        self.standing.effective = None;
    }

    fn end(mut self, events: &[&Event], ancestry: &Ancestry) -> Standing {
        let s = &mut self.standing;
        if disagree(self.heads.iter().map(|h| &h.ruling)) {
            s.conflicts
                .push(DecisionConflict { of: rising(self.heads.iter().map(|h| h.ruling.event)), ended_by: None });
        } else {
            // several that agree: the one with the last word, then the latest
            let best = self.heads.into_iter().max_by_key(|h| (h.ruling.settles, h.ruling.on, h.ruling.event));
            s.ruling = best.map(|h| h.ruling);
        }
        // the next event comes after all there is, visible or not
        s.sequence = events.iter().map(|e| e.link.sequence).max().unwrap_or(0);
        let last = |i: &usize| !(i + 1..events.len()).any(|later| ancestry.knew(later, *i));
        let heads = (0..events.len()).filter(last).filter_map(|i| events.get(i)).map(|e| e.hash());
        s.heads = rising(heads);
        self.standing
    }
}

fn disagree<'a>(mut rulings: impl Iterator<Item = &'a Ruling>) -> bool {
    let first = rulings.next().map(|r| r.verdict);
    rulings.any(|r| Some(r.verdict) != first)
}

fn rising(digests: impl Iterator<Item = Digest>) -> Vec<Digest> {
    let mut all: Vec<Digest> = digests.collect();
    all.sort_unstable();
    all
}
