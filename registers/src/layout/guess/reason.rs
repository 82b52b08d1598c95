//! Why a column is taken for something, in both languages. No cell is repeated.

use bansos::source::Field;

bansos::codes! {
    /// Why a column is taken for what it is taken for.
    pub enum GuessReason {
        /// A heading that layouts know.
        Heading = "guess.heading", Info,
            id: "judulnya dikenal",
            en: "its heading is known";
        /// A heading like one that layouts know.
        HeadingLike { like: String } = "guess.heading_like", Info,
            id: "judulnya mirip {like}",
            en: "its heading is like {like}";
        /// A word in the heading.
        HeadingWord { word: &'static str } = "guess.heading_word", Info,
            id: "ada kata \"{word}\" di judulnya",
            en: "the word \"{word}\" stands in its heading";
        /// A heading of something that no register needs.
        Useless = "guess.useless", Info,
            id: "judulnya dikenal, dan tidak ada yang perlu dibaca",
            en: "its heading is known, and nothing in it needs to be read";
        /// Cells that fit.
        Cells { percent: u32, what: Field } = "guess.cells", Info,
            id: "{percent}% selnya cocok dengan {what}",
            en: "{percent}% of its cells fit {what}";
        /// Cells that do not fit what the heading says.
        Against { percent: u32, what: Field } = "guess.against", Warning,
            id: "hanya {percent}% selnya cocok dengan {what}",
            en: "only {percent}% of its cells fit {what}";
        /// Another column is that already.
        Taken { what: Field } = "guess.taken", Info,
            id: "kolom lain lebih cocok untuk {what}",
            en: "another column fits {what} better";
        /// Nothing in it.
        Empty = "guess.empty", Info,
            id: "tidak ada isinya di baris yang dilihat",
            en: "nothing stands in it in the rows looked at";
        /// Counts the rows.
        Numbering = "guess.numbering", Info,
            id: "nomor urut",
            en: "it numbers the rows";
        /// Nothing that is known.
        Unclear = "guess.unclear", Info,
            id: "judul dan isinya tidak dikenali",
            en: "neither its heading nor its cells are known";
    }
}
