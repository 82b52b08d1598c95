//! How to rank: every convention that changes somebody's decile has a name.

words! {
    /// What each decile holds a tenth of.
    ///
    /// The head of BPS speaks of ten equal groups of *people* (about 28.7 million each); DTSEN extracts and most regional
    /// material class ten equal groups of *families*. Poorer families are larger, so the two differ: with person weights
    /// the lower deciles hold fewer families.
    pub enum By {
        /// Ten equal parts of the families.
        Families = "families", id: "keluarga", en: "families";
        /// Ten equal parts of the persons; each family weighs its number of members.
        Persons = "persons", id: "jiwa", en: "persons";
    }
}

words! {
    /// Which point of a family's own stretch of the line decides, when that stretch lies across a cut.
    pub enum Rule {
        /// Where it begins: `floor(10·B/T) + 1`. A heavy family on a cut falls to the poorer decile. The default.
        Start = "start", id: "awal", en: "start";
        /// Where it ends: `ceil(10·(B+w)/T)`. A heavy family on a cut goes to the richer decile.
        Upper = "upper", id: "akhir", en: "upper";
        /// Its middle: `floor(10·(B+w/2)/T) + 1`.
        Midpoint = "midpoint", id: "tengah", en: "midpoint";
    }
}

words! {
    /// What happens to families with the same score.
    pub enum Ties {
        /// The stable key orders them; a cut may run through them. Deciles keep their sizes. The default.
        Split = "split", id: "dipisah menurut kunci", en: "split by key";
        /// They share one decile: the run counts as one family with the weight of all. Decile sizes may differ.
        Together = "together", id: "disatukan", en: "kept together";
    }
}

words! {
    /// Into how many parts the line is cut.
    pub enum Scale {
        /// 1..=10.
        Deciles = "deciles", id: "desil", en: "deciles";
        /// 1..=100.
        Percentiles = "percentiles", id: "persentil", en: "percentiles";
    }
}

impl Scale {
    /// 10 or 100.
    pub const fn parts(self) -> u8 {
        match self {
            Self::Deciles => 10,
            Self::Percentiles => 100,
        }
    }
}

/// How to rank. The default: deciles of families, lowest score poorest, ties split by key, [`Rule::Start`], every group
/// ranked however small, near-cut families not counted.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct RankOptions {
    /// What each part holds an equal share of.
    pub by: By,
    /// Which point of a family's interval decides.
    pub rule: Rule,
    /// What happens to equal scores.
    pub ties: Ties,
    /// `true` where a low score means poor (spending, a PMT score); `false` where a high score means poor (a poverty
    /// index). Getting it backwards turns every answer round, so check it on a few families known to be poor.
    pub lower_is_poorer: bool,
    /// Ten parts or a hundred.
    pub scale: Scale,
    /// Groups with fewer ranked families than this get no decile at all (0: rank every group). A decile among three
    /// families says little; groups under ten are counted in the report whatever is set here.
    pub min_group: u64,
    /// Count families whose score is at most this far from the next part's nearest score, in units of the score (for a
    /// decimal score: of its last digit). `None`: not counted.
    pub near: Option<f64>,
}

impl Default for RankOptions {
    fn default() -> Self {
        Self {
            by: By::Families,
            rule: Rule::Start,
            ties: Ties::Split,
            lower_is_poorer: true,
            scale: Scale::Deciles,
            min_group: 0,
            near: None,
        }
    }
}
