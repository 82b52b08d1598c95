//! What a ranking says about itself: who was ranked, how large each part is, how much hung on the key.

/// Families and persons of one part of the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RankCell {
    /// Families.
    pub families: u64,
    /// Their members, as far as sizes are known.
    pub persons: u128,
}

impl RankCell {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.families += other.families;
        self.persons += other.persons;
    }
}

/// Why families were given no place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Unranked {
    /// No score.
    pub missing: u64,
    /// A score that is not a finite number.
    pub not_finite: u64,
    /// A score, but no group (an unknown region) in this grouping.
    pub no_group: u64,
    /// In a group smaller than the caller ranks.
    pub small_group: u64,
    /// In a group whose families all weigh nothing.
    pub no_weight: u64,
}

impl Unranked {
    /// All of them.
    pub const fn sum(&self) -> u64 {
        self.missing + self.not_finite + self.no_group + self.small_group + self.no_weight
    }
}

/// Counts of a ranking; `families = ranked + unranked.sum()` always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RankTally {
    /// Families that came in.
    pub families: u64,
    /// Families with a place.
    pub ranked: u64,
    /// Families without, by reason.
    pub unranked: Unranked,
    /// Ranked families whose size is not known; their members are missing from every `persons`.
    pub size_unknown: u64,
    /// Size of each part, poorest first: 10 or 100 cells.
    pub cells: Vec<RankCell>,
    /// Families in a run of equal scores that a cut runs through: the key decided for each of them.
    pub decided_by_key: u64,
    /// Families no further from the next part's nearest score than the margin asked for; `None`: not asked.
    pub near_cut: Option<u64>,
}

/// The scores on both sides of a cut. `None` where no family stands on that side.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cut<S> {
    /// The least poor score before the cut.
    pub poorer: Option<S>,
    /// The poorest score after it.
    pub richer: Option<S>,
}

/// One group's ranking.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GroupReport<S> {
    /// Its number.
    pub group: u32,
    /// Ranked families.
    pub ranked: u64,
    /// The weight that was cut in ten: families or persons.
    pub weight: u128,
    /// Size of each part, poorest first.
    pub cells: Vec<RankCell>,
    /// The cuts between the parts, 9 or 99.
    pub cuts: Vec<Cut<S>>,
    /// Families in a run of equal scores that a cut runs through.
    pub decided_by_key: u64,
    /// Families near a cut.
    pub near_cut: Option<u64>,
}

/// What a ranking says about itself, in all and for each group.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RankReport<S> {
    /// All groups together.
    pub total: RankTally,
    /// Each group that was ranked, by number.
    pub groups: Vec<GroupReport<S>>,
    /// Groups with one to nine scored families, whether ranked or not.
    pub small_groups: u64,
}

impl<S> RankReport<S> {
    /// The same report with its scores written another way, for instance as text.
    pub fn map<T>(self, write: impl Fn(S) -> T) -> RankReport<T> {
        let cut = |c: Cut<S>| Cut { poorer: c.poorer.map(&write), richer: c.richer.map(&write) };
        let group = |g: GroupReport<S>| GroupReport {
            group: g.group,
            ranked: g.ranked,
            weight: g.weight,
            cells: g.cells,
            cuts: g.cuts.into_iter().map(cut).collect(),
            decided_by_key: g.decided_by_key,
            near_cut: g.near_cut,
        };
        let groups = self.groups.into_iter().map(group).collect();
        RankReport { total: self.total, groups, small_groups: self.small_groups }
    }

    /// The report of one group.
    pub fn group(&self, group: u32) -> Option<&GroupReport<S>> {
        let at = self.groups.binary_search_by_key(&group, |g| g.group).ok()?;
        self.groups.get(at)
    }
}
