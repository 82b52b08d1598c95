//! One true family as the three registers have it.

use super::damage::Damage;
use super::dice::Dice;
use super::family::{Family, Maker, Person, Role};
use super::fault::{Done, Fault, Rates};
use super::output::Output;
use super::places::{Places, Village};
use super::truth::{Row, Table, Truth};
use super::{SynthError, SynthOptions, io};
use bansos::source::Source;
use bansos::{Date, Sex};
use std::path::Path;

/// Share of the families of each true decile that DTKS has: the poorer half, mostly.
const IN_DTKS: [f64; 10] = [0.90, 0.86, 0.78, 0.65, 0.46, 0.31, 0.17, 0.10, 0.05, 0.02];
/// P3KE ranks all, and keeps the upper deciles only in part.
const IN_P3KE: [f64; 10] = [0.91, 0.90, 0.90, 0.90, 0.89, 0.90, 0.48, 0.51, 0.51, 0.50];
/// Regsosek visited nearly all; of those who moved away it found few.
const IN_REGSOSEK: f64 = 0.96;
const MOVED_IN_REGSOSEK: f64 = 0.28;
/// How many people met before are kept for numbers and children that turn up twice.
const MET: usize = 512;

pub(super) struct Registers {
    dtks: Output,
    p3ke: Output,
    families: Output,
    members: Output,
    rates: Rates,
    /// Numbers of others, for one NIK on two people.
    numbers: Vec<u64>,
    /// Grown children of others, for one person in two families.
    grown: Vec<(Person, u64)>,
    done: Done,
    as_of: Date,
}

/// What the programmes give, and to whom.
#[derive(Clone, Copy)]
struct Aid {
    pkh: bool,
    sembako: bool,
    bst: bool,
}

fn yes(b: bool) -> &'static str {
    if b { "YA" } else { "TIDAK" }
}

fn yes_word(b: bool) -> &'static str {
    if b { "Ya" } else { "Tidak" }
}

impl Registers {
    pub(super) fn create(out: &Path, options: &SynthOptions, places: &Places) -> Result<Self, SynthError> {
        std::fs::create_dir_all(out).map_err(io(out))?;
        let titles = ["DATA TERPADU KESEJAHTERAAN SOSIAL", &places.regency_name.to_uppercase()];
        Ok(Self {
            dtks: Output::dtks(
                out,
                options.dtks,
                &titles,
                &[
                    "IDDTKS",
                    "PROVINSI",
                    "KABUPATEN",
                    "KECAMATAN",
                    "KELURAHAN",
                    "ALAMAT",
                    "NOKK",
                    "NIK",
                    "NAMA",
                    "TEMPAT_LAHIR",
                    "TGL_LAHIR",
                    "JENIS_KELAMIN",
                    "NAMA_IBU_KANDUNG",
                    "HUB_KELUARGA",
                    "PEKERJAAN",
                    "PKH",
                    "BPNT",
                    "BST",
                ],
            )?,
            p3ke: Output::csv(
                out.join("p3ke.csv"),
                &[
                    "Id Keluarga P3KE",
                    "Provinsi",
                    "Kabupaten/Kota",
                    "Kecamatan",
                    "Desa/Kelurahan",
                    "Kode Kemendagri",
                    "Desil Kesejahteraan",
                    "Alamat",
                    "Kepala Keluarga",
                    "NIK",
                    "Padan Dukcapil",
                    "Jenis Kelamin",
                    "Tanggal Lahir",
                    "Pekerjaan",
                    "Jumlah Anggota",
                    "Jenis Atap",
                    "Jenis Dinding",
                    "Jenis Lantai",
                    "Sumber Penerangan",
                    "Bahan Bakar Memasak",
                    "Sumber Air Minum",
                    "Fasilitas Buang Air Besar",
                    "Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya",
                    "Penerima PKH",
                    "Penerima BPNT",
                    "Penerima BST",
                ],
            )?,
            families: Output::csv(
                out.join("regsosek_keluarga.csv"),
                &[
                    "id_keluarga",
                    "kode_wilayah",
                    "no_kk",
                    "nama_kepala_keluarga",
                    "jumlah_anggota",
                    "status_rumah",
                    "luas_lantai",
                    "jenis_lantai",
                    "jenis_dinding",
                    "jenis_atap",
                    "sumber_air_minum",
                    "sumber_penerangan",
                    "daya_listrik",
                    "bahan_bakar_memasak",
                    "fasilitas_bab",
                    "jenis_kloset",
                    "aset_kulkas",
                    "aset_ac",
                    "aset_emas",
                    "aset_motor",
                    "aset_mobil",
                    "aset_laptop",
                    "aset_lahan",
                    "ternak_sapi",
                    "pengeluaran_perkapita",
                ],
            )?,
            members: Output::csv(
                out.join("regsosek_anggota.csv"),
                &[
                    "id_keluarga",
                    "no_urut",
                    "nik",
                    "nama",
                    "hubungan",
                    "jenis_kelamin",
                    "tanggal_lahir",
                    "status_kawin",
                    "partisipasi_sekolah",
                    "jenjang",
                    "status_kehamilan",
                    "disabilitas",
                    "lapangan_usaha",
                    "nama_ibu_kandung",
                ],
            )?,
            rates: options.rates.clone(),
            numbers: Vec::with_capacity(MET),
            grown: Vec::with_capacity(MET),
            done: Done::default(),
            as_of: options.as_of,
        })
    }

    pub(super) fn family(&mut self, family: &Family, maker: &mut Maker, truth: &mut Truth) -> Result<(), SynthError> {
        let (dice, places) = (&mut maker.dice, &maker.places);
        let at = usize::from(family.decile.clamp(1, 10) - 1);
        let aid = aid(dice, family, at);
        if dice.chance(IN_DTKS[at]) {
            self.dtks_rows(family, aid, dice, places, truth)?;
        }
        if dice.chance(IN_P3KE[at]) {
            self.p3ke_row(family, aid, dice, places, truth)?;
        }
        if dice.chance(if family.moved { MOVED_IN_REGSOSEK } else { IN_REGSOSEK }) {
            self.regsosek_rows(family, dice, places, truth)?;
        }
        self.remember(family, dice);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), SynthError> {
        self.dtks.finish()?;
        self.p3ke.finish()?;
        self.families.finish()?;
        self.members.finish()
    }

    fn remember(&mut self, family: &Family, dice: &mut Dice) {
        let one = &family.members[dice.below(family.members.len())];
        keep(&mut self.numbers, one.nik, dice);
        let grown = family.living().find(|p| {
            p.role == Role::Child
                && bansos::date::age_on(p.born, self.as_of).is_some_and(|age| (18..=40).contains(&age))
        });
        if let Some(child) = grown {
            keep(&mut self.grown, (child.clone(), family.fid), dice);
        }
    }

    fn dtks_rows(
        &mut self,
        family: &Family,
        aid: Aid,
        dice: &mut Dice,
        places: &Places,
        truth: &mut Truth,
    ) -> Result<(), SynthError> {
        // some years old: the youngest are often not in it yet, the dead still are
        let young = |p: &Person| bansos::date::age_on(p.born, self.as_of).is_some_and(|a| a < 3);
        let listed: Vec<&Person> = family.members.iter().filter(|p| !young(p) || dice.chance(0.55)).collect();
        let receiver = listed.iter().position(|p| p.role == Role::Wife).unwrap_or(0);
        for (i, person) in listed.iter().enumerate() {
            let own = Aid { pkh: aid.pkh && i == receiver, sembako: aid.sembako && i == 0, bst: aid.bst && i == 0 };
            self.dtks_row(family, family.fid, person, own, None, dice, places, truth)?;
            if self.damage(Source::Dtks).entered_again(dice) {
                self.dtks_row(family, family.fid, person, own, Some(Fault::ReEntered), dice, places, truth)?;
            }
        }
        if !self.grown.is_empty() && self.damage(Source::Dtks).in_second_family(dice, listed.len()) {
            let (child, _) = self.grown[dice.below(self.grown.len())].clone();
            let none = Aid { pkh: false, sembako: false, bst: false };
            self.dtks_row(family, family.fid, &child, none, Some(Fault::SecondFamily), dice, places, truth)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "one row of one file; a struct for it would be named nowhere else")]
    fn dtks_row(
        &mut self,
        family: &Family,
        fid: u64,
        p: &Person,
        aid: Aid,
        twice: Option<Fault>,
        dice: &mut Dice,
        places: &Places,
        truth: &mut Truth,
    ) -> Result<(), SynthError> {
        let cells = self.cells(Source::Dtks, p, dice);
        let village = &places.villages[family.village];
        let born = cells.born.map(|d| format!("{:02}/{:02}/{:04}", d.day(), d.month(), d.year())).unwrap_or_default();
        self.dtks.write(&[
            &format!("{:04}{fid:07}", places.regency),
            &places.province_name.to_uppercase(),
            &places.regency_name.to_uppercase(),
            &places.districts[village.district].name.to_uppercase(),
            &village.name.to_uppercase(),
            &family.address,
            &format!("{:016}", family.nkk),
            &cells.nik,
            &cells.name.to_uppercase(),
            birth_place(p, places),
            &born,
            if cells.sex == Sex::Male { "LAKI-LAKI" } else { "PEREMPUAN" },
            &cells.mother.map(|m| m.to_uppercase()).unwrap_or_default(),
            p.role.word(),
            p.job,
            yes(aid.pkh),
            yes(aid.sembako),
            yes(aid.bst),
        ])?;
        truth.row(Table::Dtks, &Row { person: p, fid, moved: family.moved, twice, done: &self.done })
    }

    fn p3ke_row(
        &mut self,
        family: &Family,
        aid: Aid,
        dice: &mut Dice,
        places: &Places,
        truth: &mut Truth,
    ) -> Result<(), SynthError> {
        let head = family.head();
        let cells = self.cells(Source::P3ke, head, dice);
        // the mother's name is not in the file, so its damages happen to nobody
        let village = &places.villages[family.village];
        let house = &family.housing;
        #[allow(clippy::cast_possible_truncation, reason = "a few deciles up or down")]
        let own_decile = (f64::from(family.decile) + 1.4 * dice.normal()).round() as i64;
        // an odd number times the place, in a ring of 10^9: no two alike
        let id = (family.fid.wrapping_mul(402_653_189) + 38_198_050) % 1_000_000_000;
        let matched = if self.done.has_nik() { dice.chance(0.15) } else { dice.chance(0.97) };
        let mut street = family.address.split(" RT ");
        self.p3ke.write(&[
            &format!("{:04}{id:09}", places.regency),
            &places.province_name,
            &places.regency_name,
            &places.districts[village.district].name,
            &village.name,
            &village.code,
            &own_decile.clamp(1, 10).to_string(),
            street.next().unwrap_or_default(),
            &cells.name,
            &cells.nik,
            yes_word(matched),
            if cells.sex == Sex::Male { "Laki-laki" } else { "Perempuan" },
            &cells.born.map(|d| d.to_string()).unwrap_or_default(),
            &title_case(head.job),
            &family.living().count().to_string(),
            house.roof_word(),
            house.wall_word(),
            house.floor_word(),
            house.lighting_word(),
            house.fuel_word(),
            house.water_word(),
            house.toilet_word(),
            yes_word(house.savings),
            yes_word(aid.pkh),
            yes_word(aid.sembako),
            yes_word(aid.bst),
        ])?;
        truth.row(
            Table::P3ke,
            &Row { person: head, fid: family.fid, moved: family.moved, twice: None, done: &self.done },
        )
    }

    fn regsosek_rows(
        &mut self,
        family: &Family,
        dice: &mut Dice,
        places: &Places,
        truth: &mut Truth,
    ) -> Result<(), SynthError> {
        let id = format!("R{:08}", family.fid);
        // who moved within the regency was met at the new place
        let village: &Village = match family.moved {
            true => &places.villages[dice.below(places.villages.len())],
            false => &places.villages[family.village],
        };
        let living = family.living().count();
        let stated = if dice.chance(0.01) { living + 1 } else { living };
        let card = if dice.chance(0.02) { String::new() } else { format!("{:016}", family.nkk) };
        let h = &family.housing;
        let bit = |b: bool| if b { "1" } else { "0" };
        let spending = if dice.chance(0.10) { h.spending.to_string() } else { String::new() };
        self.families.write(&[
            &id,
            &village.digits,
            &card,
            &family.head().name.to_uppercase(),
            &stated.to_string(),
            &h.tenure.to_string(),
            &h.area.to_string(),
            &h.floor.to_string(),
            &h.wall.to_string(),
            &h.roof.to_string(),
            &h.water.to_string(),
            &h.lighting.to_string(),
            &h.power.to_string(),
            &h.fuel.to_string(),
            &h.toilet.to_string(),
            &h.closet.to_string(),
            bit(h.fridge),
            bit(h.ac),
            bit(h.gold),
            bit(h.motorcycle),
            bit(h.car),
            bit(h.laptop),
            bit(h.land),
            &h.cattle.to_string(),
            &spending,
        ])?;
        self.done.clear();
        let head = family.head();
        let head_row = Row { person: head, fid: family.fid, moved: family.moved, twice: None, done: &self.done };
        truth.row(Table::Families, &head_row)?;
        let mut number = 0u32;
        // where the head has died, the wife is the head in most answers
        let wife_heads = !head.alive && dice.chance(0.6);
        let members: Vec<&Person> = family.members.iter().filter(|p| p.alive || dice.chance(0.15)).collect();
        for p in members {
            let role = if wife_heads && p.role == Role::Wife { Role::Head } else { p.role };
            number += 1;
            self.member_row(&id, number, family, p, role, None, dice, truth)?;
            if self.damage(Source::Regsosek).entered_again(dice) {
                number += 1;
                self.member_row(&id, number, family, p, role, Some(Fault::ReEntered), dice, truth)?;
            }
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "one row of one file; a struct for it would be named nowhere else")]
    fn member_row(
        &mut self,
        id: &str,
        number: u32,
        family: &Family,
        p: &Person,
        role: Role,
        twice: Option<Fault>,
        dice: &mut Dice,
        truth: &mut Truth,
    ) -> Result<(), SynthError> {
        let cells = self.cells(Source::Regsosek, p, dice);
        let years = bansos::date::age_on(p.born, self.as_of).unwrap_or(0);
        let married = matches!(role, Role::Wife)
            || (role == Role::Head && family.members.iter().any(|m| m.role == Role::Wife && m.alive));
        let marital = match role {
            _ if married => "2",
            Role::Child => "1",
            Role::Head if p.sex == Sex::Male && years < 35 => "1",
            _ => "4",
        };
        let attendance = match p.school {
            Some(_) => "2",
            None if years < 7 => "1",
            None => "3",
        };
        let level = match p.school {
            Some("SD") => "1",
            Some("SMP") => "2",
            Some(_) => "3",
            None => "",
        };
        let asked = p.sex == Sex::Female && (10..=54).contains(&years);
        let pregnant = match (asked, p.pregnant) {
            (true, true) => "1",
            (true, false) => "2",
            _ => "",
        };
        self.members.write(&[
            id,
            &number.to_string(),
            &cells.nik,
            &cells.name.to_uppercase(),
            role.code(),
            if cells.sex == Sex::Male { "1" } else { "2" },
            &cells.born.map(|d| d.to_string()).unwrap_or_default(),
            marital,
            attendance,
            level,
            pregnant,
            if p.disabled { "1" } else { "0" },
            p.job,
            &cells.mother.map(|m| m.to_uppercase()).unwrap_or_default(),
        ])?;
        truth.row(Table::Members, &Row { person: p, fid: family.fid, moved: family.moved, twice, done: &self.done })
    }

    fn damage(&self, source: Source) -> Damage<'_> {
        Damage { rates: &self.rates, source }
    }

    /// The damaged cells of a person; `self.done` says what was done.
    fn cells(&mut self, source: Source, p: &Person, dice: &mut Dice) -> Cells {
        let mut done = std::mem::take(&mut self.done);
        done.clear();
        let damage = self.damage(source);
        let name = damage.name(dice, &p.name, &mut done);
        // P3KE has no column for the mother: nothing can happen to her name there
        let mother = if source == Source::P3ke { None } else { damage.mother(dice, &p.mother, &mut done) };
        let other = if self.numbers.is_empty() { None } else { Some(*dice.pick(&self.numbers)) };
        let nik = damage.nik(dice, p.nik, other, &mut done);
        let born = damage.born(dice, p.born, &mut done);
        let sex = damage.sex(dice, p.sex, &mut done);
        self.done = done;
        Cells { name, mother, nik, born, sex }
    }
}

struct Cells {
    name: String,
    mother: Option<String>,
    nik: String,
    born: Option<Date>,
    sex: Sex,
}

/// Keeps a few, the newest in the place of a random older one.
fn keep<T>(all: &mut Vec<T>, new: T, dice: &mut Dice) {
    if all.len() < MET {
        all.push(new);
    } else {
        let at = dice.below(MET);
        all[at] = new;
    }
}

fn aid(dice: &mut Dice, family: &Family, at: usize) -> Aid {
    const PKH: [f64; 10] = [0.55, 0.48, 0.40, 0.28, 0.18, 0.10, 0.06, 0.04, 0.02, 0.01];
    let component = family.members.iter().any(|p| p.school.is_some() || p.pregnant || p.disabled);
    let pkh = component && dice.chance(PKH[at]);
    let sembako = dice.chance(if pkh { 0.8 } else { PKH[at] * 0.9 });
    Aid { pkh, sembako, bst: !pkh && !sembako && dice.chance(PKH[at] * 0.25) }
}

fn birth_place<'p>(p: &Person, places: &'p Places) -> &'p str {
    match usize::from(p.birth_place).checked_sub(1).and_then(|i| places.elsewhere.get(i)) {
        Some(place) => place,
        None => &places.regency_short,
    }
}

fn title_case(text: &str) -> String {
    let mut start = true;
    text.chars()
        .map(|c| {
            let c = if start { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            start = !c.is_ascii_alphabetic();
            c
        })
        .collect()
}
