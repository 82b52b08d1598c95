//! Why a file, a row or a layout could not be read, in both languages. No value of a row is ever repeated.

use crate::damage::{Damage, Spot};
use crate::layout::LayoutFault;
use bansos::message::{Cause, Lang, Param, Value};
use bansos::{Coded, codes};

codes! {
    /// A file, folder or layout could not be read.
    #[derive(thiserror::Error)]
    pub enum ReadError {
        /// The operating system refused.
        Io { file: String, #[source] reason: Cause } = "read.io", Error,
            id: "{file}: tidak dapat dibaca ({reason})",
            en: "{file}: cannot be read ({reason})";
        /// There is no such folder.
        NoFolder { folder: String } = "read.no_folder", Error,
            id: "{folder}: folder ini tidak ada",
            en: "{folder}: there is no such folder";
        /// The folder holds no file of a known form.
        NoFiles { folder: String } = "read.no_files", Error,
            id: "{folder}: tidak ada berkas .csv, .txt, .tsv, .xlsx, .xls, .ods atau .parquet di folder ini",
            en: "{folder}: no .csv, .txt, .tsv, .xlsx, .xls, .ods or .parquet file in this folder";
        /// More files than can be numbered.
        TooManyFiles { folder: String, limit: u16 } = "read.too_many_files", Error,
            id: "{folder}: lebih dari {limit} berkas; bagi folder ini",
            en: "{folder}: more than {limit} files; split the folder";
        /// Not one file of the folder is a register.
        NothingRecognised { folder: String, files: u32, #[source] first: Box<ReadError> } = "read.nothing_recognised", Error,
            id: "{folder}: tidak satu pun dari {files} berkas dapat dibaca sebagai register; yang pertama: {first}",
            en: "{folder}: none of {files} files could be read as a register; the first: {first}";
        /// The file has no byte, or only blank lines.
        Empty { file: String } = "read.empty", Error,
            id: "{file}: berkas ini kosong",
            en: "{file}: the file is empty";
        /// A header and nothing below it.
        HeaderOnly { file: String, layout: String } = "read.header_only", Error,
            id: "{file}: hanya ada baris judul kolom ({layout}), tidak ada data",
            en: "{file}: there is a header ({layout}) and no data below it";
        /// No layout fits; the nearest, what it lacks, and the columns of the file that are most like it.
        UnknownHeader { file: String, columns: u32, nearest: Box<str>, missing: Box<str>, like: Box<str>, command: Box<str> } = "read.unknown_header", Error,
            id: "{file}: judul kolom tidak cocok dengan tata letak mana pun ({columns} kolom terbaca); paling dekat {nearest}, yang tidak ada: {missing}; kolom berkas ini yang paling mirip: {like}; ganti judulnya, atau buat tata letak sendiri dengan `{command}` dan pakai dengan --layout",
            en: "{file}: the header fits no layout ({columns} columns read); the nearest is {nearest}, which lacks: {missing}; the columns of the file that are most like it: {like}; change their heading, or make a layout of your own with `{command}` and use it with --layout";
        /// A column that matters would stay unread.
        UnreadColumn { file: String, layout: String, columns: String, command: String } = "read.unread_column", Error,
            id: "{file}: dengan tata letak {layout} kolom penting ini tidak terbaca: {columns}; ganti judulnya, atau buat tata letak sendiri dengan `{command}` dan pakai dengan --layout",
            en: "{file}: under the layout {layout} these columns that matter stay unread: {columns}; change their heading, or make a layout of your own with `{command}` and use it with --layout";
        /// No layout knows any column. The cells read are not shown: without a header they are somebody's data.
        NoKnownColumn { file: String, columns: u32, command: String } = "read.no_known_column", Error,
            id: "{file}: tidak ada judul kolom yang dikenal ({columns} kolom terbaca); daftar orang memerlukan kolom nama dan salah satu dari NIK, No. KK dan tanggal lahir; pastikan baris judulnya ada, atau buat tata letak dari judul dan isinya dengan `{command}`",
            en: "{file}: no column heading is known ({columns} columns read); a list of persons needs a column of names and one of NIK, No. KK and birth date; make sure that the row of headings is there, or make a layout from headings and cells with `{command}`";
        /// Two layouts fit equally well.
        Ambiguous { file: String, first: String, second: String } = "read.ambiguous", Error,
            id: "{file}: judul kolom cocok dengan {first} dan {second} sama baiknya; sebutkan tata letaknya",
            en: "{file}: the header fits {first} and {second} equally well; name the layout";
        /// The header names a needed column twice.
        DoubledColumn { file: String, column: String } = "read.doubled_column", Error,
            id: "{file}: kolom {column} ada lebih dari satu; hapus salah satunya",
            en: "{file}: the column {column} occurs more than once; remove one";
        /// A column that is needed holds lists, structs or the like.
        ColumnKind { file: String, column: String, kind: String } = "read.column_kind", Error,
            id: "{file}: kolom {column} berjenis {kind}, yang tidak dapat dibaca sebagai sel; simpan kolom ini sebagai teks",
            en: "{file}: the column {column} is of kind {kind}, which cannot be read as cells; save it as text";
        /// The table has no column of that name.
        NoColumn { file: String, column: String, nearest: String } = "read.no_column", Error,
            id: "{file}: tidak ada kolom {column}; yang paling mirip: {nearest}",
            en: "{file}: there is no column {column}; the nearest are: {nearest}";
        /// One line is longer than any register row can be.
        LineTooLong { file: String, row: u64, limit_mib: u32 } = "read.line_too_long", Error,
            id: "{file}: baris data {row} lebih dari {limit_mib} MiB; pemisah baris hilang atau tanda petik tidak ditutup",
            en: "{file}: data row {row} is longer than {limit_mib} MiB; line breaks are missing or a quote is not closed";
        /// Only part of a workbook or Parquet file is there, or it is no such file.
        Damaged { file: String, form: &'static str, reason: Damage, place: Spot } = "read.damaged", Error,
            id: "{file}: berkas {form} ini rusak atau terpotong ({reason}{place})",
            en: "{file}: this {form} file is damaged or cut off ({reason}{place})";
        /// A web page without a table of cells, whatever its name; also one in parts (MHTML), and a workbook of Excel 2003 in XML.
        WebPage { file: String } = "read.web_page", Error,
            id: "{file}: ini halaman web (HTML) tanpa tabel yang dapat dibaca; buka di Excel atau LibreOffice lalu simpan sebagai XLSX",
            en: "{file}: this is a web page (HTML) without a table that can be read; open it in Excel or LibreOffice and save it as XLSX";
        /// The workbook asks for a password.
        Protected { file: String } = "read.protected", Error,
            id: "{file}: buku kerja ini dilindungi kata sandi; simpan tanpa kata sandi",
            en: "{file}: the workbook is password-protected; save it without a password";
        /// A file that has to be read whole is larger than the limit.
        TooLarge { file: String, limit_mib: u64 } = "read.too_large", Error,
            id: "{file}: berkas ini lebih dari {limit_mib} MiB dan harus dibaca sekaligus; simpan sebagai CSV",
            en: "{file}: this file is larger than {limit_mib} MiB and has to be read whole; save it as CSV";
        /// Somebody wrote to the file meanwhile: what was read may be half of the old and half of the new.
        Changed { file: String } = "read.changed", Error,
            id: "{file}: berkas ini berubah selagi dibaca; ulangi setelah selesai ditulis",
            en: "{file}: this file changed while it was read; try again when nobody writes to it";
        /// A stream gives its rows once.
        ReadOnce { file: String } = "read.once", Error,
            id: "{file}: masukan ini hanya dapat dibaca satu kali; simpan dulu sebagai berkas",
            en: "{file}: this input can be read only once; save it as a file first";
        /// More rows than a row number can count.
        TooManyRows { file: String } = "read.too_many_rows", Error,
            id: "{file}: lebih dari 4 miliar baris; bagi berkas ini",
            en: "{file}: more than 4 billion rows; split the file";
        /// Millions of rows, and most of them are none of a register.
        TooManyFaults { file: String, rows: u64 } = "read.too_many_faults", Error,
            id: "{file}: dari {rows} baris pertama lebih dari separuh tidak dapat dibaca; ini bukan register",
            en: "{file}: of the first {rows} rows more than half cannot be read; this is no register";
        /// Whoever started the reading stopped it.
        Cancelled = "read.cancelled", Error,
            id: "pembacaan dihentikan",
            en: "the reading was stopped";
        /// A layout or code list file that is no good.
        Layout { file: String, #[source] reason: LayoutFault } = "read.layout", Error,
            id: "{file}: tata letak ini tidak dapat dipakai: {reason}",
            en: "{file}: this layout cannot be used: {reason}";
    }
}

impl Value for Box<ReadError> {
    fn param(&self) -> Param {
        Param::Text(self.code().to_owned())
    }

    fn show(&self, lang: Lang) -> String {
        self.message(lang)
    }
}

codes! {
    /// Why a row was set aside.
    pub enum RowFault {
        /// More or fewer cells than the header.
        Width { cells: u32, columns: u32 } = "row.width", Error,
            id: "baris ini mempunyai {cells} sel, judul kolomnya {columns}",
            en: "the row has {cells} cells, the header {columns}";
        /// No cell has content.
        Blank = "row.blank", Error,
            id: "baris kosong",
            en: "the row is blank";
        /// Neither a name nor an identifier.
        Nobody = "row.nobody", Error,
            id: "tidak ada nama, NIK maupun No. KK: baris ini tidak dapat mewakili siapa pun",
            en: "no name, NIK or family-card number: the row can stand for nobody";
        /// Neither an own key, a family card nor the name of a head.
        NoFamily = "row.no_family", Error,
            id: "tidak ada ID keluarga, No. KK maupun nama kepala keluarga: baris ini tidak dapat mewakili keluarga",
            en: "no family ID, family-card number or name of the head: the row can stand for no family";
        /// A repeated header in the middle of the data.
        RepeatedHeader = "row.repeated_header", Error,
            id: "judul kolom terulang di tengah data",
            en: "the header is repeated in the middle of the data";
        /// Columns are numbered: `1 2 3`, `(1) (2) (3)`.
        Numbering = "row.numbering", Error,
            id: "baris nomor kolom, bukan orang atau keluarga",
            en: "a row of column numbers, no person and no family";
        /// A line that counts the others.
        Total = "row.total", Error,
            id: "baris jumlah, bukan orang atau keluarga",
            en: "a line of totals, no person and no family";
        /// Who signed, where and when.
        Signature = "row.signature", Error,
            id: "baris tanda tangan, bukan orang atau keluarga",
            en: "a line of a signature, no person and no family";
        /// A remark, a source or a page number.
        Remark = "row.remark", Error,
            id: "baris keterangan, bukan orang atau keluarga",
            en: "a line with a remark, no person and no family";
        /// The card, the head or the address of the family below it.
        FamilyHeading = "row.family_heading", Error,
            id: "baris kepala blok keluarga (No. KK, kepala keluarga, alamat), bukan orang",
            en: "a line above a family (No. KK, its head, its address), no person";
        /// A row of a second table of the same persons.
        SecondTable = "row.second_table", Error,
            id: "baris tabel kedua tentang orang yang sama; isinya dibaca di baris tabel pertama yang bernomor sama",
            en: "a row of a second table of the same persons; it was read with the row of the first that has its number";
        /// A name alone, below the end of the table.
        BelowTable = "row.below_table", Error,
            id: "baris di bawah tabel, tanpa nomor, tanggal lahir, jenis kelamin dan hubungan",
            en: "a line below the table, without number, birth date, sex and relation";
    }
}

codes! {
    /// What was noticed about a file as a whole.
    pub enum FileNote {
        /// Rows above the header.
        TitleRows { rows: u32 } = "file.title_rows", Info,
            id: "{rows} baris judul di atas judul kolom dilewati",
            en: "{rows} title rows above the header were skipped";
        /// Names of places above the header, for rows that have none.
        TitlePlace { place: String } = "file.title_place", Info,
            id: "tempat di judul dipakai untuk baris yang tidak mempunyai kolomnya: {place}",
            en: "the place in the title stands for rows that have no column of it: {place}";
        /// Columns that the layout does not know.
        UnknownColumns { columns: String } = "file.unknown_columns", Info,
            id: "kolom yang tidak dikenal dan tidak dibaca: {columns}",
            en: "columns not known and not read: {columns}";
        /// Columns that the layout expects.
        MissingColumns { columns: String } = "file.missing_columns", Warning,
            id: "kolom yang diharapkan tetapi tidak ada: {columns}",
            en: "expected columns that are not there: {columns}";
        /// No column that says which family a person belongs to.
        NoFamilyColumn = "file.no_family_column", Warning,
            id: "tidak ada kolom keluarga (No. KK atau kunci keluarga); orang-orangnya bertemu keluarganya hanya lewat register lain",
            en: "no column says the family (No. KK or a key); these people meet their families through other registers only";
        /// Columns of lists, structs or the like.
        ColumnKind { columns: String } = "file.column_kind", Warning,
            id: "kolom yang jenisnya tidak dapat dibaca sebagai sel dan tidak dibaca: {columns}",
            en: "columns whose kind cannot be read as cells, not read: {columns}";
        /// A misspelt column name.
        GuessedColumn { column: String, meant: String } = "file.guessed_column", Info,
            id: "kolom {column} dibaca sebagai {meant}",
            en: "the column {column} was read as {meant}";
        /// Another file of the same register.
        SameSource { other: String } = "file.same_source", Info,
            id: "register yang sama juga ada di {other}; keduanya dibaca",
            en: "the same register is also in {other}; both are read";
        /// Rows in another encoding.
        MixedEncoding { rows: u32 } = "file.mixed_encoding", Warning,
            id: "{rows} baris bukan UTF-8 dan dibaca sebagai Windows-1252",
            en: "{rows} rows are not UTF-8 and were read as Windows-1252";
        /// Numbers of villages that are no longer in force, read as those that took their place.
        FormerVillages { rows: u64, decree: String } = "file.former_villages", Info,
            id: "{rows} baris memakai kode desa lama; dibaca dengan kode penggantinya menurut {decree}",
            en: "{rows} rows have a village's code of before; read as the code that took its place by {decree}";
        /// A spreadsheet had taken each line for one cell.
        QuotedLines = "file.quoted_lines", Info,
            id: "setiap baris berkas ini diapit tanda petik seperti satu sel; isinya dibaca sel demi sel",
            en: "every line of this file is quoted as if it were one cell; it was read cell by cell";
        /// Quotes that are not closed; the lines they swallowed were read one by one.
        OpenQuotes { rows: u32 } = "file.open_quotes", Warning,
            id: "tanda petik yang tidak ditutup menelan {rows} baris; baris-baris itu dibaca satu per satu",
            en: "quotes that are not closed swallowed {rows} lines; they were read one by one";
        /// Rows that end early, and have what a row must have.
        ShortRows { rows: u32 } = "file.short_rows", Warning,
            id: "{rows} baris berakhir sebelum kolom terakhir; sel yang tidak ada dibaca kosong",
            en: "{rows} rows end before the last column; the cells that are not there were read as empty";
        /// One value that too many rows of a column have to be of each of them.
        Repeated { column: String, percent: u32 } = "file.repeated", Warning,
            id: "{percent}% baris di kolom {column} berisi satu nilai yang sama: isian bawaan, bukan milik masing-masing orang; nilai itu tidak dipakai",
            en: "{percent}% of the rows of column {column} have one and the same value: a default, and not each person's own; it is not used";
        /// A column whose cells belong to another, and the other way round.
        ColumnsExchanged { first: String, second: String } = "file.columns_exchanged", Warning,
            id: "isi kolom {first} dan {second} tertukar; dibaca setelah ditukar kembali",
            en: "the columns {first} and {second} are exchanged; they were read the other way round";
        /// A list of recipients, by what stands around it.
        RecipientList { programme: &'static str, period: String } = "file.recipient_list", Info,
            id: "dibaca sebagai daftar penerima {programme} {period} menurut judul, nama lembar atau nama berkasnya",
            en: "read as a list of recipients of {programme} {period} by its title, sheet or file name";
        /// A list of recipients whose rows name their programme.
        RecipientListByRow = "file.recipient_list_by_row", Info,
            id: "dibaca sebagai daftar penerima; programnya tertulis di tiap baris",
            en: "read as a list of recipients; each row names its programme";
        /// A list of recipients of nobody knows what.
        ProgrammeUnknown = "file.programme_unknown", Warning,
            id: "daftar penerima ini tidak menyebut program yang dikenal; tulis nama programnya di atas tabel atau di nama berkas",
            en: "this list of recipients names no programme that is known; write it above the table or into the file's name";
        /// Another table below the first, with columns in another order, more or fewer.
        FurtherTable { line: u64, columns: String } = "file.further_table", Warning,
            id: "mulai baris {line} ada tabel lain di bawahnya dengan susunan kolom berbeda; dibaca menurut judulnya sendiri. Kolom yang hanya ada di sana tidak dibaca: {columns}",
            en: "from row {line} on another table stands below the first, with other columns; read by its own headings. Columns that only it has are not read: {columns}";
        /// A title that names several programmes, and no column that says who receives which.
        ProgrammesSeveral = "file.programmes_several", Warning,
            id: "judul daftar ini menyebut beberapa program dan tidak ada kolom program; tidak dihitung sebagai daftar penerima. Tambahkan kolom PROGRAM, atau pisahkan menjadi satu berkas per program",
            en: "the title of this list names several programmes and no column says who receives which; not counted as a list of recipients. Add a column PROGRAM, or make a file for each programme";
        /// The card stands on the row of the head alone.
        CardOfHead { rows: u32 } = "file.card_of_head", Info,
            id: "No. KK hanya tertulis di baris kepala keluarga (sel gabungan); {rows} anggota di bawahnya dibaca dengan nomor itu",
            en: "No. KK stands on the row of the head alone (merged cells); {rows} members below were read with it";
        /// Names with the number or the dash of a list in front.
        ListedNames { rows: u32 } = "file.listed_names", Info,
            id: "{rows} nama diawali nomor urut atau tanda daftar (3. BUDI, - SITI); dibaca tanpa itu",
            en: "{rows} names begin with the number or the mark of a list (3. BUDI, - SITI); they were read without it";
        /// Two tables of the same persons, one below the other.
        SecondTable { rows: u32, columns: String } = "file.second_table", Info,
            id: "tabel kedua di bawah tabel pertama dibaca bersama {rows} barisnya menurut nomor urut: {columns}",
            en: "the second table, below the first, was read with {rows} of its rows by their numbers: {columns}";
        /// A recapitulation or remarks to the right of the table of a sheet.
        CellsBeside { rows: u32 } = "file.cells_beside", Info,
            id: "di kanan tabel, pada {rows} baris, ada isi tanpa judul kolom (rekap atau catatan); tidak dibaca",
            en: "to the right of the table {rows} rows have cells without a heading (a recapitulation, remarks); they were not read";
        /// The card stands above the rows of each family.
        CardAbove { rows: u32 } = "file.card_above", Info,
            id: "No. KK tertulis di atas baris tiap keluarga; {rows} anggota di bawahnya dibaca dengan nomor itu",
            en: "No. KK is written above the rows of each family; {rows} members below were read with it";
        /// What stands above a family is no number of a card, or not its own.
        CardAboveUnreadable { rows: u32 } = "file.card_above_unreadable", Warning,
            id: "{rows} anggota tanpa No. KK: di atas keluarganya tidak ada No. KK 16 angka yang pasti milik mereka; tulis No. KK di barisnya",
            en: "{rows} members without No. KK: above their family there is no number of 16 digits that is surely theirs; write it into their rows";
        /// A hidden sheet, read because no visible one fits.
        HiddenSheet = "file.hidden_sheet", Warning,
            id: "lembar ini tersembunyi; dibaca karena tidak ada lembar terlihat yang cocok",
            en: "this sheet is hidden; it was read because no visible one fits";
        /// The column of identifiers went through a spreadsheet.
        LostDigits { column: String, percent: u32 } = "file.lost_digits", Warning,
            id: "{percent}% nomor di kolom {column} berakhir 0: digit terakhir tampaknya hilang di Excel; yang berakhir 0 tidak dipakai sebagai identitas; minta berkas aslinya",
            en: "{percent}% of the numbers in column {column} end in 0: a spreadsheet seems to have lost the last digit; those are not used as identity; ask for the original file";
        /// Dates of an American spreadsheet.
        MonthFirst { column: String } = "file.month_first", Warning,
            id: "tanggal di kolom {column} ditulis bulan/hari/tahun (bulan di depan) dan dibaca begitu",
            en: "the dates of column {column} are written month first (month/day/year) and were read so";
        /// Dates of both orders in one column.
        BothOrders { column: String } = "file.both_orders", Warning,
            id: "di kolom {column} ada tanggal hari/bulan dan bulan/hari (bulan di depan); tiap sel dibaca sendiri, bila perlu menurut NIK-nya",
            en: "column {column} has dates of day/month and of month/day (month first); each was read by itself, where needed by its NIK";
        /// Days and months that a spreadsheet exchanged on their way in.
        SwappedDays { column: String } = "file.swapped_days", Warning,
            id: "hari dan bulan di kolom {column} tertukar oleh Excel (dibaca bulan di depan); dikembalikan menurut NIK",
            en: "a spreadsheet took the dates of column {column} for month first and exchanged day and month; undone as the NIK say";
        /// Dates that lie 1,462 days off.
        Shifted { column: String, days: i32 } = "file.shifted_days", Warning,
            id: "tanggal di kolom {column} bergeser 1.462 hari (hari pertama Excel 1900 atau 1904); digeser {days} hari menurut NIK",
            en: "the dates of column {column} lie 1,462 days off (Excel's first day is of 1900 or 1904); moved by {days} days as the NIK say";
        /// NIK and No. KK in each other's column.
        Exchanged { nik: String, card: String } = "file.exchanged", Warning,
            id: "isi kolom {nik} dan {card} tertukar (NIK dan No. KK); dibaca setelah ditukar kembali",
            en: "the columns {nik} and {card} are exchanged (NIK and No. KK); they were read the other way round";
    }
}

codes! {
    /// Why a sheet of a workbook was not read while others were.
    pub enum SheetFault {
        /// Its header fits no layout: a recapitulation, a list of codes, a cover.
        NoLayout { rows: u64 } = "sheet.no_layout", Warning,
            id: "lembar ini ({rows} baris) tidak cocok dengan tata letak mana pun dan tidak dibaca",
            en: "this sheet ({rows} rows) fits no layout and was not read";
        /// Hidden, and a visible sheet was read.
        Hidden { rows: u64 } = "sheet.hidden", Warning,
            id: "lembar tersembunyi ini ({rows} baris) tidak dibaca, sebab ada lembar terlihat yang dibaca",
            en: "this hidden sheet ({rows} rows) was not read, for a visible one was";
        /// Byte for byte another file of the folder.
        SameContent { other: String } = "file.same_content", Warning,
            id: "isi berkas ini sama persis dengan {other}; dibaca sekali saja",
            en: "this file has exactly the content of {other}; it is read once";
        /// A folder within the folder.
        Folder = "file.folder", Warning,
            id: "folder di dalam folder tidak dibuka; pindahkan berkas-berkasnya ke folder yang dibaca",
            en: "a folder within the folder is not opened; move its files to the folder that is read";
        /// A pipe, a device: it may never end, or never begin.
        NoFile = "file.no_file", Warning,
            id: "ini bukan berkas (pipa atau perangkat) dan tidak dibuka",
            en: "this is no file (a pipe or a device) and was not opened";
        /// A ZIP or another archive.
        Archive = "file.archive", Warning,
            id: "arsip ini tidak dibuka; ekstrak dulu lalu baca berkas di dalamnya",
            en: "this archive is not opened; extract it and read the files in it";
        /// What Windows or macOS keeps beside files.
        System = "file.system", Info,
            id: "berkas sistem komputer, bukan data; abaikan saja",
            en: "a file of the operating system, no data; ignore it";
        /// The lock of a workbook that somebody has open.
        Lock { of: String } = "file.lock", Info,
            id: "berkas kunci: {of} sedang terbuka di Excel; perubahan yang belum disimpan tidak ikut terbaca; berkas kunci ini diabaikan saja",
            en: "a lock file: {of} is open in Excel, and what is not saved yet is not read; ignore the lock file itself";
        /// A database, a statistics program's file, a document.
        OtherForm = "file.other_form", Warning,
            id: "bentuk berkas ini tidak dapat dibaca; simpan sebagai CSV, XLSX, XLS, XLSB, ODS atau Parquet",
            en: "this form of file cannot be read; save it as CSV, XLSX, XLS, XLSB, ODS or Parquet";
        /// A header without data.
        HeaderOnly = "sheet.header_only", Info,
            id: "lembar ini hanya berisi judul kolom",
            en: "this sheet has a header and no data";
    }
}
