//! The forms that offices have, each by a small file: which layout reads it, and what comes of it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it fails")]

use bansos::person::{PersonRecord, Relation};
use bansos::source::Source;
use bansos::{Coded, Date, Lang, Rupiah, Sex};
use bansos_registers::{FileNote, Intake, Kind, ReadError, ReadOptions, read_bytes};

fn try_read(files: &[(&str, &str)]) -> Result<Intake, ReadError> {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec()));
    read_bytes(files, &ReadOptions::new(Date::constant(2026, 11, 22)))
}

fn read(text: &str) -> Intake {
    let intake = try_read(&[("x.csv", text)]).unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes() && intake.quarantine.is_empty());
    intake
}

fn layout(intake: &Intake) -> &str {
    &intake.files[0].layout
}

fn notes(intake: &Intake) -> Vec<&'static str> {
    intake.files[0].notes.iter().map(|n| n.code()).collect()
}

/// SUTRISNO, born on 11 March 1965, as most of these files have him.
fn is_sutrisno(p: &PersonRecord) {
    assert_eq!(p.name.as_deref(), Some("SUTRISNO"));
    assert_eq!(p.nik.value().map(|n| n.to_digits().to_string()).as_deref(), Some("3508161103659001"));
    assert_eq!(p.birth_date, Some(Date::constant(1965, 3, 11)));
}

fn card(p: &PersonRecord) -> Option<String> {
    p.family_card.value().map(|c| c.to_digits().to_string())
}

#[test]
fn a_list_of_a_desa() {
    for (header, row) in [
        (
            "No,NIK,No KK,Nama,TTL,Kel,Alamat",
            "1,3508161103659001,3508160101209001,SUTRISNO,\"LUMAJANG, 11-03-1965\",L,KRAJAN",
        ),
        (
            "No.|Nama Warga|No. KTP/NIK|Nomor Kartu Keluarga (KK)|Tempat & Tgl Lahir|L/P|Hub. Keluarga",
            "1|SUTRISNO|3508161103659001|3508160101209001|Lumajang/11 Maret 1965|L|Kepala Keluarga",
        ),
        (
            "NAMA LENGKAP *;NO KTP (16 digit);NKK;TGL LAHIR (DD/MM/YYYY);J K;HUBUNGAN DENGAN KK",
            "SUTRISNO;3508161103659001;3508160101209001;11/03/1965;Laki2;KRT",
        ),
        (
            "1. NIK : 16 angka\t2. Nama (sesuai KTP)\t3. Tanggal lahir [wajib]\t4. Jenis Kelamin 1=L 2=P\t5. No KK",
            "3508161103659001\tSUTRISNO\t1965-03-11\t1\t3508160101209001",
        ),
    ] {
        let intake = read(&format!("{header}\n{row}\n"));
        assert_eq!((layout(&intake), intake.files[0].source), ("umum", Source::Other), "{header}");
        let p = &intake.persons[0];
        is_sutrisno(p);
        assert_eq!((p.sex, card(p).as_deref()), (Some(Sex::Male), Some("3508160101209001")), "{header}");
        assert!(!notes(&intake).contains(&"file.unknown_columns"), "{header}: {:?}", intake.files[0].notes);
    }
}

#[test]
fn kel_is_a_village_where_it_names_one() {
    let intake =
        read("NIK,Nama,Kec,Kel,RT/RW,Alamat\n3508161103659001,SUTRISNO,KEDUNGJAJANG,TEMPURSARI,001/002,KRAJAN\n");
    let home = &intake.persons[0].residence;
    assert_eq!((home.village_name.as_deref(), intake.persons[0].sex), (Some("TEMPURSARI"), None));
    assert_eq!(home.address.as_deref(), Some("KRAJAN RT 001/002"));
}

#[test]
fn birthplace_and_date_in_one_cell() {
    for (header, cell) in [
        ("TTL", "LUMAJANG, 11-03-1965"),
        ("Tempat/Tgl Lahir", "LUMAJANG / 11.03.1965"),
        ("TEMPAT, TANGGAL LAHIR", "LUMAJANG 11 Maret 1965"),
        ("Tempat dan Tanggal Lahir", "LUMAJANG,1965-03-11"),
        ("TMPT TGL LAHIR", "LUMAJANG;19650311"),
    ] {
        let intake = read(&format!("IDDTKS;NOKK;NIK;NAMA;\"{header}\"\n1;;3508161103659001;SUTRISNO;\"{cell}\"\n"));
        assert_eq!(layout(&intake), "dtks-bnba");
        is_sutrisno(&intake.persons[0]);
        assert_eq!(intake.persons[0].birth_place.as_deref(), Some("LUMAJANG"), "{cell}");
        assert!(intake.persons[0].findings.is_empty(), "{cell}");
    }
}

#[test]
fn headers_of_two_and_three_rows() {
    let two = "DAFTAR WARGA;;;;;;;\nKABUPATEN LUMAJANG;;;;;;;\n;;;;;;;\n\
        NO;NAMA;NOMOR;;LAHIR;;BANTUAN SOSIAL;\n;;NIK;KK;TEMPAT;TANGGAL;PKH;BPNT\n(1);(2);(3);(4);(5);(6);(7);(8)\n\
        1;SUTRISNO;3508161103659001;3508160101209001;LUMAJANG;11/03/1965;TIDAK;YA\n";
    let intake = read(two);
    is_sutrisno(&intake.persons[0]);
    let p = &intake.persons[0];
    assert_eq!((p.receives.pkh, p.receives.sembako), (Some(false), Some(true)));
    assert_eq!((p.birth_place.as_deref(), intake.files[0].header_row), (Some("LUMAJANG"), 4));
    assert_eq!(p.residence.regency_name.as_deref(), Some("KABUPATEN LUMAJANG"));
    assert_eq!((intake.persons.len(), intake.files[0].lines.of(1)), (1, 7));
    let three = "DATA DIRI,,,,ALAMAT,,IBU\nNAMA,NIK,LAHIR,,JALAN,WILAYAH,NAMA\nLENGKAP,,TEMPAT,TANGGAL,,DESA,\n\
        SUTRISNO,3508161103659001,LUMAJANG,11/03/1965,KRAJAN,TEMPURSARI,PAINEM\n";
    let intake = read(three);
    let p = &intake.persons[0];
    is_sutrisno(p);
    assert_eq!(p.residence.village_name.as_deref(), Some("TEMPURSARI"));
    assert_eq!(p.mother_name.as_deref(), Some("PAINEM"), "a name under IBU is the mother's");
    // one row is enough where one row says it all: the row below is data
    let intake = read("NIK,NAMA,NO KK,ALAMAT\n,SITI,,KRAJAN\n3508161103659001,SUTRISNO,,KRAJAN\n");
    assert_eq!(intake.persons.len(), 2);
}

#[test]
fn the_place_in_a_title() {
    let title = "DAFTAR PENERIMA;;\nDESA : TEMPURSARI;;\nKecamatan Kedungjajang;;\n";
    let intake = read(&format!("{title}NIK;NAMA;NO KK\n3508161103659001;SUTRISNO;3508160101209001\n"));
    let home = &intake.persons[0].residence;
    assert_eq!(
        (home.village_name.as_deref(), home.district_name.as_deref()),
        (Some("TEMPURSARI"), Some("KEDUNGJAJANG"))
    );
    assert!(intake.files[0].notes.iter().any(|n| matches!(n, FileNote::TitlePlace { .. })));
    // a column of the table goes first
    let intake = read(&format!("{title}NIK;NAMA;DESA\n3508161103659001;SUTRISNO;JATISARI\n"));
    assert_eq!(intake.persons[0].residence.village_name.as_deref(), Some("JATISARI"));
}

#[test]
fn programmes_in_one_column() {
    let intake = read("NIK,NAMA,KEPESERTAAN BANSOS\n3508161103659001,SUTRISNO,PKH+BPNT\n3508164507689002,NGATINI,-\n");
    let got: Vec<_> = intake.persons.iter().map(|p| (p.receives.pkh, p.receives.sembako)).collect();
    assert_eq!(got, [(Some(true), Some(true)), (None, None)]);
}

#[test]
fn a_file_with_niks_is_no_list_of_families() {
    let display = "No,Desil Nasional,Nomor Kartu Keluarga,Nomor Induk Kependudukan,Nama Anggota Keluarga,Hubungan Kepala Keluarga,Jenis Kelamin,Tanggal Lahir,Nama Provinsi,Nama Kabupaten/Kota,Nama Kecamatan,Nama Desa/Kelurahan,Alamat\n\
        1,Desil 1,3508160101209001,3508161103659001,SUTRISNO,Kepala Keluarga,Laki-laki,1965-03-11,JAWA TIMUR,LUMAJANG,KEDUNGJAJANG,TEMPURSARI,KRAJAN\n";
    let intake = read(display);
    assert_eq!((intake.files[0].kind, intake.files[0].source), (Kind::Persons, Source::Dtsen));
    is_sutrisno(&intake.persons[0]);
    assert_eq!(intake.persons[0].relation, Some(Relation::Head));
    assert_eq!(intake.persons[0].stated_decile.map(|d| d.get()), Some(1));
    // a list of families that says the NIK of its heads stands for them
    let heads = "nomor_kartu_keluarga|nik|nama_kepala_keluarga|desil_nasional|luas_lantai|jenis_lantai_terluas\n\
        3508160101209001.0|3508161103659001.0|SUTRISNO|3.0|48.0|6.0\n";
    let intake = read(heads);
    assert_eq!((intake.files[0].kind, intake.files[0].source), (Kind::FamiliesWithHead, Source::Dtsen));
    assert_eq!(intake.persons[0].relation, Some(Relation::Head));
    assert!(intake.persons[0].nik.value().is_some() && intake.persons[0].stated_decile.is_none());
    let family = &intake.families[0];
    assert_eq!((family.stated_decile.map(|d| d.get()), family.welfare.get("luas_lantai")), (Some(3), Some(48)));
}

#[test]
fn lists_of_deciles() {
    let rows = "1,3508160101209001,3508161103659001,SUTRISNO,Desil 3\n2,3508160101209001,3508164507689002,NGATINI,Belum Ditentukan\n\
        3,3508160202209002,3508161708709004,PAIJO,03\n4,3508160202209002,3508164212749005,SITI ROHMAH,-\n5,3508160303209003,3508167004509007,MARIYAM,12\n";
    for header in [
        "NO,NO KK,NIK,NAMA,DESIL",
        "No,Nomor KK,NIK,Nama,Desil Nasional",
        "NO,No. KK *,NIK (16 digit),Nama,Pemeringkatan Desil",
    ] {
        let intake = read(&format!("{header}\n{rows}"));
        let deciles: Vec<_> = intake.persons.iter().map(|p| p.stated_decile.map(|d| d.get())).collect();
        assert_eq!(deciles, [Some(3), None, Some(3), None, None], "{header}");
        let said: Vec<usize> = intake.persons.iter().map(|p| p.findings.len()).collect();
        assert_eq!(said, [0, 0, 0, 0, 1], "{header}");
    }
    let intake = read(&format!("NO,NO KK,NIK,NAMA,DESIL\n{rows}"));
    assert_eq!((layout(&intake), intake.files[0].source), ("siks-desil", Source::Other));
}

#[test]
fn dukcapil_and_siak() {
    let header = "NO_KK,NIK,NAMA_LGKP,JENIS_KLMIN,TMPT_LHR,TGL_LHR,STAT_HBKEL,STAT_KWN,JENIS_PKRJN,NAMA_LGKP_IBU,ALAMAT,NO_RT,NO_RW,NO_KEL,NO_KEC,NO_KAB,NO_PROP";
    let words = read(&format!(
        "{header}\n3508160101209001,3508161103659001,SUTRISNO,L,LUMAJANG,1965-03-11,KEPALA KELUARGA,KAWIN,PETANI,-,KRAJAN,001,002,2010,16,8,35\n"
    ));
    let numbers = read(&format!(
        "{header}\n3508160101209001,3508161103659001,SUTRISNO,1,LUMAJANG,11-03-1965,3,2,9,-,KRAJAN,1,2,2010,16,8,35\n"
    ));
    for intake in [&words, &numbers] {
        assert_eq!((layout(intake), intake.files[0].source), ("dukcapil", Source::Other));
        is_sutrisno(&intake.persons[0]);
        assert_eq!(intake.persons[0].residence.region.unwrap().to_string(), "35.08.16.2010");
    }
    assert_eq!(words.persons[0].relation, Some(Relation::Head));
    // SIAK's 3 is the wife, not the child
    assert_eq!(numbers.persons[0].relation, Some(Relation::Spouse));
    assert_eq!(numbers.persons[0].occupation.as_deref(), Some("Petani/pekebun"));
    // its words are known beside those of a register
    let mixed = read(
        "IDDTKS;KECAMATAN;KELURAHAN;NO_KK;NIK;NAMA_LGKP;TGL_LHR;STAT_HBKEL;PKH;BPNT;BST\n\
        1;KEDUNGJAJANG;TEMPURSARI;3508160101209001;3508161103659001;SUTRISNO;11/03/1965;ANAK;YA;YA;TIDAK\n",
    );
    assert_eq!(layout(&mixed), "dtks-bnba");
    is_sutrisno(&mixed.persons[0]);
}

#[test]
fn opensid_keeps_families_in_order() {
    let header = "alamat,dusun,rw,rt,nama,no_kk,nik,sex,tempatlahir,tanggallahir,agama_id,pekerjaan_id,status_kawin,kk_level,hamil";
    let rows = "KRAJAN,KRAJAN,001,002,SUTRISNO,3508160101209001,3508161103659001,1,LUMAJANG,1965-03-11,1,9,2,1,\n\
        KRAJAN,KRAJAN,001,002,PAIJO,0,0,1,LUMAJANG,1970-08-17,1,9,2,1,\n\
        KRAJAN,KRAJAN,001,002,SITI,0,0,2,LUMAJANG,1974-12-02,1,2,2,3,\n\
        KRAJAN,KRAJAN,001,002,MARIYAM,0,0,2,LUMAJANG,1950-04-30,1,9,2,1,\n";
    let intake = read(&format!("{header}\n{rows}"));
    assert_eq!((layout(&intake), intake.files[0].source), ("opensid", Source::Other));
    is_sutrisno(&intake.persons[0]);
    assert_eq!(intake.persons[0].residence.address.as_deref(), Some("KRAJAN RT 002 RW 001"));
    let keys: Vec<_> = intake.persons.iter().map(|p| p.family_key.as_deref()).collect();
    assert_eq!((keys[0], keys[1] == keys[2], keys[1] == keys[3], keys[3].is_some()), (None, true, false, true));
    assert_eq!(intake.persons[2].relation, Some(Relation::Spouse));
}

#[test]
fn siks_ng_offline_joins_its_tables() {
    let rt = "IDBDT,KDPROP,KDKAB,KDKEC,KDDESA,Alamat,AdaPKH,AdaBPNT,Nama_KRT,Jumlah_ART,luas_lantai,lantai,sta_pkh,percentile,NOKK\n\
        350816201000019001,35,08,160,010,KRAJAN,0,1,SUTRISNO,2,48,5,4,12,3508160101209001\n";
    let art = "IDARTBDT,IDBDT,HubKRT,Nama,JnsKel,TglLahir,NIK,NoKK,Hub_KRT,Hubkel,Ada_pkh,DUK_NIK,DUK_NAMA_LGKP\n\
        1,350816201000019001,,SUTRISNO,1,1965-03-11 00:00:00.000,3508161103659001,,1,1,0,3508161103659001,X\n\
        2,350816201000019001,,NGATINI,2,1968-07-05 00:00:00.000,3508164507689002,,2,2,0,,\n";
    // without Hubkel: of two columns of one name, the one that has cells
    let other = art.replace("Hubkel", "Kosong");
    for art in [art, &other] {
        let intake = try_read(&[("ART.csv", art), ("RT.csv", rt)]).unwrap();
        let layouts: Vec<_> = intake.files.iter().map(|f| (f.layout.as_str(), f.source)).collect();
        assert_eq!(layouts, [("siks-offline-art", Source::Bdt), ("siks-offline-rt", Source::Bdt)]);
        is_sutrisno(&intake.persons[0]);
        assert_eq!(intake.persons[1].relation, Some(Relation::Spouse));
        assert_eq!(card(&intake.persons[1]).as_deref(), Some("3508160101209001"), "of the household's row");
        assert_eq!(intake.families[0].receives.sembako, Some(true));
    }
}

#[test]
fn recipients_and_insured() {
    let intake = read(
        "NO,NIK,NAMA,ALAMAT,KELURAHAN,TAHAP,BANSOS,NOMINAL\n1,3508161103659001,SUTRISNO,KRAJAN,TEMPURSARI,1,BPNT,600000\n",
    );
    assert_eq!((layout(&intake), intake.files[0].source), ("siks-penerima", Source::Other));
    assert_eq!(intake.persons[0].receives.sembako, Some(true));
    // a list of recipients needs no family
    assert_eq!((notes(&intake), intake.persons[0].findings.len()), (vec!["file.recipient_list_by_row"], 0));
    let receipt = &intake.receipts[0];
    let said = (receipt.programme, receipt.period.to_string(), receipt.amount);
    assert_eq!(said, (Some("sembako"), "tahap 1".to_owned(), Some(Rupiah(600_000))));
    // anybody else's people do: said once, not of every row
    let other = read("NIK,NAMA,TGL LAHIR,JK\n3508161103659001,SUTRISNO,11/03/1965,L\n");
    assert!(notes(&other).contains(&"file.no_family_column") && other.persons[0].findings.is_empty());
    let intake = read(
        "NIK KPM,NAMA KPM,NOMOR KKS,JENIS BANSOS,TAHAP SALUR,NOMINAL CAIR\n3508161103659001,SUTRISNO,1,PKH,4,750000\n",
    );
    assert_eq!((layout(&intake), intake.persons[0].receives.pkh), ("siks-penerima", Some(true)));
    let intake = read("PSNOKA;NIK;NAMA;SEGMEN;BULAN;TAHUN\n1;3508161103659001;SUTRISNO;PBI;1;2026\n");
    assert_eq!((layout(&intake), intake.files[0].source), ("siks-pbi", Source::Other));
}

#[test]
fn dtsen_as_it_is_delivered() {
    let families = "\"kode_provinsi\"|\"provinsi\"|\"kode_kabupaten_kota\"|\"kabupaten_kota\"|\"kode_kecamatan\"|\"kecamatan\"|\"kode_kelurahan_desa\"|\"kelurahan_desa\"|\"alamat\"|\"nomor_kartu_keluarga\"|\"nama_anggota_keluarga\"|\"jumlah_anggota_keluarga\"|\"desil_nasional\"|\"jenis_lantai_terluas\"|\"jenis_atap_terluas\"|\"luas_lantai\"|\"aset_bergerak_ac\"\n\
        \"35\"|\"JAWA TIMUR\"|\"3508\"|\"LUMAJANG\"|\"3508160\"|\"KEDUNGJAJANG\"|\"3508160010\"|\"TEMPURSARI\"|\"KRAJAN\"|\"3508160101209001.0\"|\"SUTRISNO\"|\"1.0\"|\"2\"|\"10\"|\"5\"|\"48\"|\"2\"\n";
    let members = "nomor_induk_kependudukan|nomor_kartu_keluarga|nama|tanggal_lahir|jenis_kelamin|status_hubungan_keluarga|status_kawin|pekerjaan_ktp|kelurahan_desa_ktp|provinsi_ktp\n\
        3508161103659001.0|3508160101209001.0|SUTRISNO|1965-03-11|1.0|1|2|PETANI/PEKEBUN|JATISARI|JAWA TIMUR\n";
    let intake = try_read(&[("anggota.csv", members), ("keluarga.csv", families)]).unwrap();
    let layouts: Vec<_> = intake.files.iter().map(|f| f.layout.as_str()).collect();
    assert_eq!(layouts, ["dtsen-bast-anggota", "dtsen-bast-keluarga"]);
    is_sutrisno(&intake.persons[0]);
    let home = &intake.persons[0].residence;
    assert_eq!(home.village_name.as_deref(), Some("TEMPURSARI"), "the family's place, not that of the papers");
    let family = &intake.families[0];
    assert_eq!((family.head_name.as_deref(), family.stated_decile.map(|d| d.get())), (Some("SUTRISNO"), Some(2)));
    assert_eq!((family.welfare.get("jenis_lantai"), family.welfare.get("aset_ac")), (Some(10), Some(0)));
    assert_eq!(home.region.unwrap().to_string(), "3508160010");
}

#[test]
fn abbreviated_extracts_and_proposals() {
    let intake = try_read(&[
        ("a.csv", "id_kel,nik,nm,hub,jk,tgl_lhr\nR1,3508161103659001,SUTRISNO,1,1,1965-03-11\n"),
        ("k.csv", "id_kel,kd_wil,nokk,nm_kk,jml_art,jns_lantai\nR1,3508162010,3508160101209001,SUTRISNO,1,7\n"),
    ])
    .unwrap();
    assert!(intake.files.iter().all(|f| f.source == Source::Regsosek));
    is_sutrisno(&intake.persons[0]);
    assert_eq!(intake.families[0].welfare.get("jenis_lantai"), Some(7));
    let intake = read(
        "nomor_induk_kependudukan,nama,nomor_kartu_keluarga,tanggal_lahir,jenis_kelamin,alamat,status_hubungan_keluarga,status_kawin,pendidikan,pekerjaan,kepemilikan_usaha,penyandang_disabilitas,penyakit_kronis\n3508161103659001,SUTRISNO,3508160101209001,1965-03-11,1,KRAJAN,1,2,3,PETANI,2,2,1\n",
    );
    assert_eq!((layout(&intake), intake.files[0].source), ("usulan-anggota", Source::Other));
    is_sutrisno(&intake.persons[0]);
    let p3ke = read(
        "No,ID Keluarga P3KE,Kode Kemdagri,Desil Kesejahteraan,Id Individu,Nama,NIK,Padan Dukcapil,Jenis Kelamin,Hubungan dengan Kepala Keluarga,Tanggal Lahir,penerima _bpnt\n1,K1,3508162010,1,I1,SUTRISNO,3508161103659001,Ya,Laki-laki,Kepala Keluarga,11/03/1965 0:00:00,Ya\n",
    );
    assert_eq!(layout(&p3ke), "p3ke-individu");
    is_sutrisno(&p3ke.persons[0]);
    assert_eq!(p3ke.persons[0].stated_decile.map(|d| d.get()), Some(1));
}

#[test]
fn a_refusal_names_the_columns_of_the_file() {
    let error = try_read(&[("x.csv", "Nmr Induk;Panggilan;Alamat\n3508161103659001;SUTRISNO;KRAJAN\n")]).unwrap_err();
    assert_eq!(error.code(), "read.unknown_header");
    for lang in [Lang::Id, Lang::En] {
        let text = error.message(lang);
        assert!(text.contains("Panggilan") && text.contains("--layout") && !text.contains("SUTRISNO"), "{text}");
        assert!(text.contains("`bansos layout new x.csv`"), "{text}");
    }
    // nothing is near a running number
    let error = try_read(&[("rincian biaya.csv", "No;Uraian;Volume;Ket\n1;Semen;10;-\n")]).unwrap_err();
    assert_eq!(error.code(), "read.no_known_column");
    let text = error.message(Lang::Id);
    assert!(text.contains("NIK") && text.contains("`bansos layout new \"rincian biaya.csv\"`"), "{text}");
}

#[test]
fn a_column_that_nobody_names_is_known_by_its_cells_where_they_leave_no_doubt() {
    let rows = [
        "3508161103659001;3508160101209001;SUTRISNO;KEPALA KELUARGA;L;11/03/1965",
        "3508164507689002;3508160101209001;NGATINI;ISTRI;P;05/07/1968",
        "3508162201999003;3508160101209001;BUDI SANTOSO;ANAK;L;22/01/1999",
    ];
    let file = |header: &str| format!("{header}\n{}\n", rows.join("\n"));
    let intake = read(&file("NIK;NO KK;NAMA;STATUS KELUARGA;KELAMINNYA;LAHIR PADA"));
    let wife = &intake.persons[1];
    assert_eq!(
        (wife.relation, wife.sex, wife.birth_date),
        (Some(Relation::Spouse), Some(Sex::Female), bansos::date::new(1968, 7, 5))
    );
    assert_eq!(notes(&intake), ["file.guessed_column"; 3]);
    // a day may be anything, a number anybody's
    let other_days =
        file("NIK;NO KK;NAMA;HUBUNGAN;JK;TERDAFTAR PADA").replace("/03/1965", "/04/2019").replace("/07/", "/09/");
    let intake = read(&other_days);
    assert_eq!(
        (intake.persons[1].birth_date, notes(&intake)),
        (None, vec!["file.missing_columns", "file.unknown_columns"])
    );
    let refused = try_read(&[("a.csv", &file("KODE ORANG;NO KK;NAMA;HUBUNGAN;JK;TGL LAHIR"))]).unwrap_err();
    assert_eq!(refused.code(), "read.unread_column");
}

#[test]
fn a_card_in_a_merged_cell_is_the_members_too() {
    let file = |second: &str| {
        format!(
            "NO KK;NIK;NAMA;HUBUNGAN\n3508160101209001;3508161103659001;SUTRISNO;KEPALA KELUARGA\n;3508164507689002;NGATINI;ISTRI\n\
             {second};3508160202709003;PAIJO;KEPALA KELUARGA\n;3508162201999004;BUDI;ANAK\n"
        )
    };
    let cards = |intake: &Intake| intake.persons.iter().map(card).collect::<Vec<_>>();
    let intake = read(&file("3508160202209002"));
    let [first, second] = ["3508160101209001", "3508160202209002"].map(|c| Some(c.to_owned()));
    assert_eq!(cards(&intake), [first.clone(), first.clone(), second.clone(), second]);
    assert_eq!(notes(&intake), ["file.missing_columns", "file.card_of_head"]);
    // a head without a card ends the family above and is not written so
    let intake = read(&file(""));
    assert_eq!(cards(&intake), [first, None, None, None]);
}

/// Eight people, of a file whose columns are written by this.
fn eight(row: impl Fn(usize, &str, &str, &str, &str) -> String) -> String {
    let people = [
        ("SUTRISNO", "11031965", "L"),
        ("NGATINI", "45071968", "P"),
        ("BUDI SANTOSO", "22011999", "L"),
        ("PAIJO", "02021970", "L"),
        ("SITI ROHMAH", "48081972", "P"),
        ("DEWI LESTARI", "63121998", "P"),
        ("MARIYAM", "57051960", "P"),
        ("TUKIMIN", "19101955", "L"),
    ];
    let rows = people.iter().enumerate().map(|(at, (name, born, sex))| {
        let day: u8 = born[..2].parse().unwrap();
        let date = format!("{:02}/{}/{}", if day > 40 { day - 40 } else { day }, &born[2..4], &born[4..]);
        row(at, &format!("350816{}{}{:04}", &born[..4], &born[6..], 9001 + at), name, &date, sex)
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_value_that_everybody_has_is_nobodys() {
    let read_as = |rows: String| read(&format!("NIK;NO KK;NAMA;TGL LAHIR;JK;HUBUNGAN\n{rows}\n"));
    let card = |at: usize| format!("35081601012090{:02}", 1 + at / 4);
    // a default date gives way to what the NIK says; whose NIK says the same keeps it
    let intake = read_as(eight(|at, nik, name, _, sex| format!("{nik};{};{name};02/02/1970;{sex};ANAK", card(at))));
    let dates: Vec<Option<Date>> = intake.persons.iter().map(|p| p.birth_date).collect();
    assert_eq!(dates.iter().flatten().count(), 1, "{dates:?}");
    assert!(notes(&intake).contains(&"file.repeated"));
    // one number and one card for all
    let one =
        eight(|_, _, name, date, sex| format!("3508161103659001;3508160101209001;{name};{date};{sex};KEPALA KELUARGA"));
    let intake = read_as(one);
    assert!(intake.persons.iter().all(|p| p.nik.value().is_none() && p.family_card.value().is_none()));
    assert_eq!(intake.persons[0].nik.raw(), Some("3508161103659001"));
    assert_eq!(notes(&intake), ["file.repeated"; 2]);
    // of families too
    let rows = eight(|at, nik, name, _, _| format!("K{at};3508160101209001;{name};{nik}"));
    let intake = read(&format!("ID KELUARGA P3KE;NO KK;KEPALA KELUARGA;NIK\n{rows}\n"));
    assert!(intake.families.iter().all(|f| f.family_card.value().is_none()), "{:?}", notes(&intake));
    assert!(intake.persons.iter().all(|p| p.family_card.value().is_none()));
    // one family has one card, and a list of women one sex
    let family = eight(|at, nik, name, date, sex| {
        format!("{nik};3508160101209001;{name};{date};{sex};{}", if at == 0 { "KEPALA KELUARGA" } else { "ANAK" })
    });
    assert!(notes(&read_as(family)).is_empty());
    let men = eight(|at, nik, name, date, _| format!("{nik};{};{name};{date};L;ANAK", card(at)));
    assert!(read_as(men).persons.iter().all(|p| p.sex.is_none()));
}

#[test]
fn columns_in_each_others_place_are_read_the_other_way_round() {
    let right = read(&format!(
        "NIK;NAMA;TGL LAHIR;JK;HUBUNGAN\n{}\n",
        eight(|_, nik, name, date, sex| format!("{nik};{name};{date};{sex};ANAK"))
    ));
    for (header, row) in [
        ("NIK;TGL LAHIR;NAMA;JK;HUBUNGAN", "file.columns_exchanged"),
        ("NIK;NAMA;TGL LAHIR;HUBUNGAN;JK", "file.columns_exchanged"),
        ("NAMA;NIK;TGL LAHIR;JK;HUBUNGAN", "file.columns_exchanged"),
    ] {
        let intake = read(&format!(
            "{header}\n{}\n",
            eight(|_, nik, name, date, sex| format!("{nik};{name};{date};{sex};ANAK"))
        ));
        assert!(notes(&intake).contains(&row), "{header}: {:?}", notes(&intake));
        for (a, b) in right.persons.iter().zip(&intake.persons) {
            assert!(
                (&a.name, a.birth_date, a.sex, a.relation) == (&b.name, b.birth_date, b.sex, b.relation),
                "{header}"
            );
            assert!(a.nik == b.nik, "{header}");
        }
    }
}

#[test]
fn what_counts_or_heads_a_part_of_a_table_is_nobody() {
    let people = eight(|at, nik, name, date, sex| {
        format!("{};350816010120{};{nik};{name};{date};{sex};ANAK", at + 1, 9001 + at / 4)
    });
    for row in [
        ";JUMLAH DUSUN KRAJAN;;6 jiwa;;;",
        ";2 KK;;6 Jiwa;;;",
        "JUMLAH;;;6 Jiwa;;;",
        ";;;JUMLAH KRAJAN;6;;",
        ";;;Rata-rata umur;45;;",
        ";DUSUN KRAJAN;;;;;",
        "I;DUSUN KRAJAN;;;;;",
        "A;PENERIMA LAMA;;;;;",
        ";RW 03;RT 02;;;;",
        ";;;DUSUN KRAJAN;;;",
        ";;;RT 01 RW 02;;;",
        ";;;L = 3, P = 3;;;",
        ";;;NIHIL;;;",
        ";;;Terbilang: sepuluh orang;;;",
        ";;;Pindah ke halaman berikutnya;;;",
        // recapitulations
        ";;;L;4;;",
        ";;;Perempuan;;4;",
        "L;4;;;;;",
        ";Laki-laki;4;;;;",
        "Jumlah KK;4;;;;;",
        "L;4;P;4;;;",
        ";;;Usia 0-5 tahun;;2;",
        ";;;Lansia;;3;",
        // what is signed
        ";;;Lumajang, ...................... 2026;;;",
        ";;;Tempursari, 12-11-2026;;;",
        ";;;( ................ );;;",
        ";(__________);;;;;",
        ";;....................;;;;",
        ";;;TKSK;;;",
        ";;;Kasi Kesra;;;",
        ";;;Ketua RT 01;;;",
        ";;;Pendamping PKH;;;",
    ] {
        let intake =
            try_read(&[("x.csv", &format!("NO;NO KK;NIK;NAMA;TGL LAHIR;JK;HUBUNGAN\n{people}\n{row}\n"))]).unwrap();
        assert_eq!((intake.persons.len(), intake.quarantine.len()), (8, 1), "{row}");
    }
    // whoever has no number yet is somebody
    for row in [
        ";BELUM PUNYA;MENYUSUL;DUSUN;01/02/1990;L;ANAK",
        ";-;BELUM ADA;JUMLAH SARI;01/02/1990;P;",
        ";;;JUMLAH SARI;;;",
        "9;;;JUMLAH;;L;",
        "9;;;TOTAL;01/02/1990;;",
        ";;;TOTAL;;;KEPALA KELUARGA",
        ";;3508160102909010;L;;;",
        ";;;SITI ....;;;",
        ";;;SITI;;2;",
    ] {
        let intake = read(&format!("NO;NO KK;NIK;NAMA;TGL LAHIR;JK;HUBUNGAN\n{people}\n{row}\n"));
        assert_eq!(intake.persons.len(), 9, "{row}");
    }
}

#[test]
fn marks_of_a_list_are_no_part_of_a_name() {
    let people = eight(|at, nik, name, date, sex| {
        let mark = if at == 0 { String::new() } else { format!("{}. ", at + 1) };
        format!(
            "350816010120{};{nik};{mark}{name};{date};{sex};{}",
            9001 + at / 4,
            if at == 0 { "KK/Suami" } else { "Anak 2" }
        )
    });
    let intake = read(&format!("NO KK;NIK;NAMA;TGL LAHIR;JK;HUBUNGAN\n{people}\n;;- SITI;01/02/1990;P;Ank\n"));
    let names: Vec<_> = intake.persons.iter().filter_map(|p| p.name.as_deref()).collect();
    assert_eq!((names[0], names[1], names[2], names[8]), ("SUTRISNO", "NGATINI", "BUDI SANTOSO", "SITI"));
    assert!(intake.files[0].notes.contains(&FileNote::ListedNames { rows: 8 }));
    let child = intake.persons.iter().filter(|p| p.relation == Some(bansos::person::Relation::Child)).count();
    assert_eq!((intake.persons[0].relation, child), (Some(bansos::person::Relation::Head), 8));
}

#[test]
fn a_key_of_each_person_is_no_familys() {
    let file = |key: fn(usize) -> usize| {
        let rows = ["KEPALA KELUARGA", "ISTRI", "ANAK", "KEPALA KELUARGA", "ISTRI"].into_iter().enumerate();
        let rows = rows.map(|(at, relation)| {
            format!("A{};350816010120{};350816110365900{at};WARGA {at};{relation}", 9000 + key(at), 9001 + at / 3)
        });
        read(&format!("IDDTKS;NOKK;NIK;NAMA;HUB_KELUARGA\n{}\n", rows.collect::<Vec<_>>().join("\n")))
    };
    let found = |intake: &Intake| {
        intake.persons.iter().flat_map(|p| &p.findings).filter(|n| n.finding.code() == "household.heads").count()
    };
    assert_eq!(found(&file(|at| at)), 0, "one key for each");
    assert_eq!(found(&file(|at| at / 3)), 0, "one for each family");
    assert_eq!(found(&file(|at| if at < 3 { 0 } else { at })), 1, "keys of families, and one without a head");
}

#[test]
fn years_that_nobody_was_born_in() {
    let intake =
        read("NIK;NAMA;TGL LAHIR\n3508161103659001;SUTRISNO;11-03-0065\n3508164507689002;NGATINI;1 Januari 0000\n");
    assert_eq!((intake.persons[0].birth_date, intake.persons[1].birth_date), (bansos::date::new(1965, 3, 11), None));
}

#[test]
fn a_card_under_another_heading_and_places_by_code_alone() {
    let rows = eight(|at, nik, name, date, sex| {
        format!("350816010120{};{nik};{name};{date};{sex};ANAK;35.08.16.2010", 9001 + at / 4)
    });
    for heading in ["NOMER KK", "NO.KARTU KLG", "NOMOR KELUARGA"] {
        let intake = read(&format!("{heading};NIK;NAMA;TGL LAHIR;JK;HUBUNGAN;KODE DESA\n{rows}\n"));
        assert_eq!(card(&intake.persons[0]).as_deref(), Some("3508160101209001"), "{heading}");
        assert_eq!(intake.persons[0].residence.village_name.as_deref(), Some("Tempursari"));
    }
    // sixteen digits of several people, and nobody says whose
    let refused =
        try_read(&[("a.csv", &format!("NOMER;NIK;NAMA;TGL LAHIR;JK;HUBUNGAN;KODE DESA\n{rows}\n"))]).unwrap_err();
    assert_eq!(refused.code(), "read.unread_column");
}
