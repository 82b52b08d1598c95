//! Pages about the domain and the house. They hold no code: they stand here so that they are at hand where the code is read.

macro_rules! pages {
    ($($(#[$meta:meta])* $name:ident = $page:literal;)*) => {
        $(
            $(#[$meta])*
            #[doc = include_str!(concat!("../docs/", $page))]
            pub mod $name {}
        )*
    };
}

pages! {
    /// The words of the field, in both languages, and how the code calls them.
    glossary = "GLOSSARY.md";
    /// What people believe about numbers, families and deciles.
    falsehoods = "FALSEHOODS.md";
    /// Which rooms the house has, and what may build on what.
    architecture = "ARCHITECTURE.md";
    /// Questions about why things are as they are, and answers.
    design = "DESIGN.md";
    /// How two rows come to be one person.
    linkage = "LINKAGE.md";
    /// How a score becomes a decile.
    ranking = "RANKING.md";
    /// How law becomes data, and data a determination.
    policy = "POLICY.md";
    /// What has to be true of a verivali, and how the ledger keeps it.
    verivali = "VERIVALI.md";
}
