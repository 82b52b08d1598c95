//! Plans, summaries and cuts as bytes, so that the parts of a ranking can lie on different machines.
//!
//! Eight bytes say what follows (`BRNK`, version, kind, type of score), then comes the content. Bytes of another version are
//! refused, not guessed at: all parts of one ranking run the same version. What is read is checked until nothing in it can
//! lead out of a table, so damaged bytes give [`RankError::Bytes`] and never a panic.

use super::columns::ColumnScore;
use super::map::{Cells, FINE, Map};
use super::partitions::{Content, Cuts, Summary};
use super::plan::{Counts, FIRST_NODE, Look, Node, OPEN, Plan, Stage, State, Tree};
use bansos::ranking::RankError;
use serde::Serialize;
use serde::de::DeserializeOwned;

const MAGIC: [u8; 4] = *b"BRNK";
/// Goes up with every change of any type that is written.
const VERSION: u16 = 1;

trait Message: Serialize + DeserializeOwned {
    const KIND: u8;
    const SCORE: u8;
    fn is_sound(&self) -> bool;
}

fn write<M: Message>(message: &M) -> Vec<u8> {
    let [low, high] = VERSION.to_le_bytes();
    let head = MAGIC.into_iter().chain([low, high, M::KIND, M::SCORE]).collect();
    // plain numbers and lists: there is nothing that this format could refuse
    postcard::to_extend(message, head).unwrap_or_default()
}

fn read<M: Message>(bytes: &[u8]) -> Result<M, RankError> {
    let (head, body) = bytes.split_at_checked(8).ok_or(RankError::Bytes)?;
    let [low, high] = VERSION.to_le_bytes();
    if !head.iter().eq(MAGIC.iter().chain(&[low, high, M::KIND, M::SCORE])) {
        return Err(RankError::Bytes);
    }
    let (message, rest) = postcard::take_from_bytes::<M>(body).map_err(|_| RankError::Bytes)?;
    if rest.is_empty() && message.is_sound() { Ok(message) } else { Err(RankError::Bytes) }
}

macro_rules! messages {
    ($($type:ident = $kind:literal;)*) => {$(
        impl<S: ColumnScore> Message for $type<S> {
            const KIND: u8 = $kind;
            const SCORE: u8 = S::TAG;
            fn is_sound(&self) -> bool {
                self.holds_together()
            }
        }

        impl<S: ColumnScore> $type<S> {
            /// As bytes, for [`Self::from_bytes`] of the same version.
            pub fn to_bytes(&self) -> Vec<u8> {
                write(self)
            }

            /// From the bytes of [`Self::to_bytes`].
            ///
            /// # Errors
            /// [`RankError::Bytes`] for anything else: another version, another type of score, damage.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, RankError> {
                read(bytes)
            }
        }
    )*};
}

messages! { Plan = 1; Summary = 2; Cuts = 3; }

/// Far more than there are families; sums of such counts cannot overflow.
const MOST: u64 = 1 << 48;

impl Counts {
    fn holds_together(&self) -> bool {
        let weights = self.weights.iter().all(|&w| w <= u128::from(MOST) << 64);
        let length = self.weights.is_empty() || self.weights.len() == self.families.len();
        length && weights && self.families.iter().all(|&n| n <= MOST)
    }
}

impl<S: ColumnScore> Plan<S> {
    fn holds_together(&self) -> bool {
        let map = match &self.map {
            Map::Linear { .. } => S::TAG == f64::TAG,
            Map::Ramp(ramp) => ramp.is_sound(FINE),
        };
        if matches!(self.stage, Stage::Sample) {
            return map && self.trees.is_empty();
        }
        let (stride, coarse) = (self.layout.stride, &self.layout.coarse);
        let layout = if coarse.is_empty() {
            stride == FINE + 1
        } else {
            let last = coarse.last().is_some_and(|&cell| usize::from(cell) + 1 == stride);
            coarse.len() == FINE + 1 && last && coarse.is_sorted()
        };
        let has_parts = !matches!(self.stage, Stage::Count);
        let tree = |(tree, groups): (&Tree<S::Key>, &u32)| {
            tree.groups == *groups && if has_parts { self.tree_holds(tree) } else { tree.parts.is_empty() }
        };
        map && layout && self.trees.len() == self.groups.len() && self.trees.iter().zip(&self.groups).all(tree)
    }

    fn tree_holds(&self, tree: &Tree<S::Key>) -> bool {
        let most = self.options.scale.parts();
        let (slots, groups) = (self.layout.slots(tree.groups), tree.groups as usize);
        let open =
            |(part, node): (&u8, &u32)| *part <= most || (*part == OPEN && tree.nodes.get(*node as usize).is_some());
        let lengths = [tree.parts.len(), tree.node_at.len()] == [slots; 2] && tree.cutters.len() == groups;
        lengths
            && tree.parts.iter().zip(&tree.node_at).all(open)
            && tree.cutters.iter().flatten().all(|cutter| cutter.is_sound(most))
            && tree.nodes.iter().enumerate().all(|(at, node)| node_holds(tree, at, node, most))
    }
}

fn node_holds<K: super::map::Wide>(tree: &Tree<K>, at: usize, node: &Node<K>, most: u8) -> bool {
    const DEEPEST: u32 = 1 << 24;
    let limit = u128::from(MOST) << 64;
    let inside = match &node.state {
        State::Gather => true,
        State::Range { level } => *level < DEEPEST,
        State::Count { level, ramp } => *level < DEEPEST && ramp.is_sound(FINE),
        State::Split { level, ramp, slots } => {
            // a split names later nodes only, so that following splits comes to an end
            let later = |slot: &u32| {
                *slot <= most.into()
                    || slot.checked_sub(FIRST_NODE).is_some_and(|n| (at + 1..tree.nodes.len()).contains(&(n as usize)))
            };
            *level < DEEPEST && ramp.is_sound(slots.len()) && slots.iter().all(later)
        }
    };
    inside && node.group < tree.groups && node.before <= limit && node.weight <= limit && node.families <= MOST
}

impl<S: ColumnScore> Summary<S> {
    fn holds_together(&self) -> bool {
        match &self.content {
            Content::Nothing | Content::Sample(_) | Content::Neighbours(_) => true,
            Content::Counts(all) => all.iter().all(Counts::holds_together),
            Content::Looks(all) => all.iter().flatten().all(|look| match look {
                Look::Count(counts) => counts.holds_together(),
                Look::Range { .. } => true,
            }),
        }
    }
}

impl<S: ColumnScore> Cuts<S> {
    fn holds_together(&self) -> bool {
        self.plan.holds_together() && matches!(self.plan.stage, Stage::Gather(_))
    }
}
