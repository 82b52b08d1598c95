//! Why a ranking was refused, and what was noticed in one.

codes! {
    /// Why a set of families cannot be ranked. Rows are counted from 0.
    #[derive(Copy, thiserror::Error)]
    pub enum RankError {
        /// Ranked by persons, but a family with a score has no size.
        WeightMissing { row: u64 } = "ranking.weight_missing", Error,
            id: "keluarga pada baris {row} mempunyai skor tetapi tidak mempunyai jumlah anggota; pemeringkatan menurut jiwa memerlukannya",
            en: "the family at row {row} has a score but no size; ranking by persons needs one";
        /// A weight below zero.
        WeightNegative { row: u64 } = "ranking.weight_negative", Error,
            id: "bobot pada baris {row} kurang dari nol",
            en: "the weight at row {row} is below zero";
        /// A weight of 2^64 or more.
        WeightTooLarge { row: u64 } = "ranking.weight_too_large", Error,
            id: "bobot pada baris {row} terlalu besar (paling banyak 2^64 - 1)",
            en: "the weight at row {row} is too large (at most 2^64 - 1)";
        /// A score that a double does not hold exactly, where doubles are all that a caller can hand in.
        ScoreTooLarge { row: u64 } = "ranking.score_too_large", Error,
            id: "skor pada baris {row} melebihi 2^53, sehingga mungkin sudah dibulatkan; urutkan lewat kolom bilangan bulat atau desimal",
            en: "the score at row {row} is beyond 2^53, so it may have been rounded already; rank columns of whole numbers or decimals";
        /// A family with a score has no key.
        KeyMissing { row: u64 } = "ranking.key_missing", Error,
            id: "keluarga pada baris {row} tidak mempunyai kunci, sehingga urutan skor yang sama tidak dapat ditetapkan",
            en: "the family at row {row} has no key, so equal scores cannot be put in order";
        /// Two families with scores share one key.
        KeyDoubled { row: u64 } = "ranking.key_doubled", Error,
            id: "kunci pada baris {row} sudah dipakai baris lain; setiap keluarga harus mempunyai kunci sendiri",
            en: "the key at row {row} is used by another row; every family needs a key of its own";
        /// Columns of different lengths.
        Length { column: &'static str, expected: u64, found: u64 } = "ranking.length", Error,
            id: "kolom {column} berisi {found} baris, seharusnya {expected}",
            en: "column {column} has {found} rows, expected {expected}";
        /// A column type that holds no score, weight, key or group.
        ColumnType { column: &'static str } = "ranking.column_type", Error,
            id: "jenis data kolom {column} tidak dapat dipakai untuk pemeringkatan",
            en: "the type of column {column} cannot be used for ranking";
        /// A group number outside the number of groups stated.
        GroupRange { row: u64 } = "ranking.group_range", Error,
            id: "nomor kelompok pada baris {row} di luar jumlah kelompok yang dinyatakan",
            en: "the group number at row {row} is outside the stated number of groups";
        /// More rows than one call in memory can number.
        TooManyRows { rows: u64 } = "ranking.too_many_rows", Error,
            id: "{rows} baris terlalu banyak untuk satu pemanggilan; gunakan pemeringkatan per bagian",
            en: "{rows} rows are too many for one call; rank them in partitions";
        /// The margin is not a finite number of zero or more.
        Margin = "ranking.margin", Error,
            id: "jarak terhadap batas desil harus angka nol atau lebih",
            en: "the margin around a cut must be a finite number of zero or more";
        /// Partial summaries of different plans, options or groupings were put together.
        SummaryMismatch = "ranking.summary_mismatch", Error,
            id: "ringkasan bagian data tidak berasal dari rencana pemeringkatan yang sama",
            en: "the partition summaries do not come from the same ranking plan";
        /// The rows of a later pass are not those of an earlier one.
        DataChanged = "ranking.data_changed", Error,
            id: "data berubah di antara dua pembacaan; pemeringkatan dibatalkan",
            en: "the data changed between two passes; the ranking was abandoned";
        /// Bytes that are no plan, summary or cuts of this version, or of another type of score.
        Bytes = "ranking.bytes", Error,
            id: "isi pesan bukan rencana atau ringkasan pemeringkatan dari versi ini",
            en: "the bytes are no ranking plan or summary of this version";
    }
}

codes! {
    /// What is worth knowing about one family's or one group's rank.
    #[derive(Copy)]
    pub enum RankFinding {
        /// The family has no score and so no decile.
        NoScore = "ranking.no_score", Info,
            id: "keluarga ini tidak mempunyai skor kesejahteraan, sehingga tidak diberi desil",
            en: "this family has no welfare score and was given no decile";
        /// Families with the same score stand on both sides of a cut; the key decided.
        DecidedByKey = "ranking.decided_by_key", Info,
            id: "skor keluarga ini sama dengan keluarga lain di desil sebelah; kunci keluarga yang menentukan",
            en: "this family's score equals that of families in the next decile; the family key decided";
        /// A ranking among few families says little.
        SmallGroup { families: u64 } = "ranking.small_group", Warning,
            id: "kelompok ini hanya berisi {families} keluarga berskor; desilnya kurang bermakna",
            en: "this group has only {families} scored families; its deciles say little";
    }
}
