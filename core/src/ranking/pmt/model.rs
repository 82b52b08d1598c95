//! A model as data: what a model file (TOML or JSON) holds.

words! {
    /// Where a model comes from. It stands beside every score made with it.
    pub enum ModelStatus {
        /// Invented for teaching or tests. Decides nothing.
        Example = "example", id: "contoh, bukan untuk keputusan", en: "example, not for decisions";
        /// Fitted on the sample of spending in the register it scores. Not DTSEN's model.
        OwnFit = "own_fit", id: "disusun dari contoh pengeluaran register ini sendiri; bukan model DTSEN", en: "fitted on this register's own sample of spending; not DTSEN's model";
        /// Published by whoever decides by it; the note names the publication.
        Published = "published", id: "diterbitkan oleh lembaga yang disebut", en: "published by the body named";
    }
}

words! {
    /// What the equation predicts.
    pub enum ModelTarget {
        /// The natural logarithm of spending.
        Log = "log", id: "logaritma pengeluaran", en: "logarithm of spending";
        /// Spending itself, or an index.
        Level = "level", id: "pengeluaran", en: "spending";
    }
}

words! {
    /// What happens where a fact is missing and its term does not say.
    pub enum IfMissing {
        /// The family gets no score, and so no decile. The default: an unknown is not a no.
        Refuse = "refuse", id: "tidak diberi skor", en: "no score";
        /// The term adds nothing, as for the reference category.
        Reference = "reference", id: "dianggap kategori acuan", en: "taken as the reference";
    }
}

words! {
    /// What is done to a number before its coefficient.
    pub enum Transform {
        /// Nothing.
        Identity = "identity", id: "apa adanya", en: "as it is";
        /// Natural logarithm; the number must be above zero.
        Log = "log", id: "logaritma", en: "logarithm";
        /// Square root; the number must not be below zero.
        Sqrt = "sqrt", id: "akar", en: "square root";
        /// Square.
        Square = "square", id: "kuadrat", en: "square";
    }
}

words! {
    /// What kind of fact a variable is.
    pub enum VariableKind {
        /// A measured number.
        Number = "number", id: "angka", en: "number";
        /// A code of a questionnaire.
        Category = "category", id: "kategori", en: "category";
    }
}

impl Transform {
    /// The transformed number, or `None` outside its domain.
    pub fn apply(self, x: f64) -> Option<f64> {
        let y = match self {
            Self::Identity => x,
            Self::Log => x.ln(),
            Self::Sqrt => x.sqrt(),
            Self::Square => x * x,
        };
        y.is_finite().then_some(y)
    }
}

/// A model: variables, one national equation, and regional ones that replace it where they fit.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PmtModel {
    /// Version of this format: 1.
    pub schema: u32,
    /// Name and edition.
    pub name: String,
    /// Where it comes from.
    pub status: ModelStatus,
    /// Publication, sample and year; whatever a reader must know before believing it.
    pub note: String,
    /// What is predicted.
    pub target: ModelTarget,
    /// Unit of the spending, for instance `rupiah per head and month`.
    pub unit: String,
    /// What happens where a fact is missing.
    pub missing: IfMissing,
    /// Of the terms of an equation, this percentage must rest on known facts; a family of whom less is known gets no score.
    #[cfg_attr(feature = "serde", serde(default))]
    pub least_known: u8,
    /// Scores are rounded to this many decimals, so that a last bit in which two machines' logarithms differ cannot
    /// reorder families. At most 12.
    pub digits: u8,
    /// The facts it uses.
    pub variables: Vec<Variable>,
    /// The equation where no regional one fits.
    pub national: Equation,
    /// Regional equations; the longest code that begins a family's own wins.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub regions: Vec<RegionEquation>,
}

/// A fact the model uses.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Variable {
    /// As the source layouts name it, for instance `luas_lantai`.
    pub name: String,
    /// A number or a code.
    pub kind: VariableKind,
    /// Unit of a number.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unit: Option<String>,
    /// A smaller number counts as this.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<f64>,
    /// A larger number counts as this.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<f64>,
}

impl Variable {
    /// A measured number.
    pub fn number(name: &str, unit: &str) -> Self {
        Self { name: name.into(), kind: VariableKind::Number, unit: Some(unit.into()), min: None, max: None }
    }

    /// A code.
    pub fn category(name: &str) -> Self {
        Self { name: name.into(), kind: VariableKind::Category, unit: None, min: None, max: None }
    }

    /// With bounds: what lies outside counts as the bound.
    #[must_use]
    pub fn between(self, min: f64, max: f64) -> Self {
        Self { min: Some(min), max: Some(max), ..self }
    }

    /// A number kept within the bounds.
    pub fn bounded(&self, x: f64) -> f64 {
        let x = self.min.map_or(x, |min| x.max(min));
        self.max.map_or(x, |max| x.min(max))
    }
}

/// Intercept and terms.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Equation {
    /// What a family has before any term.
    pub intercept: f64,
    /// What each fact adds, in this order.
    pub terms: Vec<Term>,
    /// How well it fits, where that is known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub fit: Option<Fit>,
}

impl Equation {
    /// An equation of unknown fit.
    pub const fn new(intercept: f64, terms: Vec<Term>) -> Self {
        Self { intercept, terms, fit: None }
    }
}

/// An equation for one region.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct RegionEquation {
    /// Digits of the region code, for instance `3508`; dots are ignored.
    pub region: String,
    /// Its equation.
    pub equation: Equation,
}

/// How well an equation fits the families it was fitted on, and others.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Fit {
    /// Families in the sample.
    pub sample: u64,
    /// Share of the variance explained in the sample.
    pub r2: f64,
    /// The same for families left out of the fit, by cross-validation. The figure to judge by.
    pub r2_out_of_sample: f64,
    /// Standard error of a prediction for a family left out, in units of the score.
    pub error: f64,
}

/// What a fact adds to the score.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)
)]
pub enum Term {
    /// So much per unit of a number.
    Number {
        /// The variable.
        variable: String,
        /// What is done to it first.
        transform: Transform,
        /// Per unit of the transformed number.
        coefficient: f64,
        /// What is added where the fact is missing; `None`: the model's rule.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        if_missing: Option<f64>,
    },
    /// So much for each code.
    Category {
        /// The variable.
        variable: String,
        /// Coefficient of each code.
        levels: Vec<CodeTerm>,
        /// What is added for a code that is not listed; `None`: no score.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        if_other: Option<f64>,
        /// What is added where the fact is missing; `None`: the model's rule.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        if_missing: Option<f64>,
    },
    /// An interaction: the product of several facts.
    Product {
        /// Numbers, and codes that count 1 where they hold and 0 elsewhere.
        of: Vec<Factor>,
        /// Per unit of the product.
        coefficient: f64,
        /// What is added where a factor is missing; `None`: the model's rule.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        if_missing: Option<f64>,
    },
}

/// A code's coefficient.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CodeTerm {
    /// The code, as the source's code list has it.
    pub code: i64,
    /// What it adds.
    pub coefficient: f64,
}

impl CodeTerm {
    /// A code and what it adds.
    pub const fn new(code: i64, coefficient: f64) -> Self {
        Self { code, coefficient }
    }
}

/// A factor of an interaction.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged, deny_unknown_fields))]
pub enum Factor {
    /// 1 where the variable has the code, else 0.
    Is {
        /// The variable.
        variable: String,
        /// The code.
        is: i64,
    },
    /// A number.
    Number {
        /// The variable.
        variable: String,
        /// What is done to it first.
        transform: Transform,
    },
}

impl Factor {
    /// The variable it looks at.
    pub fn variable(&self) -> &str {
        match self {
            Self::Is { variable, .. } | Self::Number { variable, .. } => variable,
        }
    }
}
