//! The plan as tables and as a few sentences.

use super::scene::Scene;
use bansos::verivali::plan::{Calendar, Plan, Settings, Travel, Visit};
use bansos::{Coded, Date, Lang};
use bansos_registers::write::{OutFolder, SafeCsv, WriteError, write_whole};
use bansos_report::words::{Both, Day};
use serde_json::json;
use std::collections::BTreeMap;

/// What the plan amounts to.
pub(super) struct PlanSummary {
    read: usize,
    pub(super) targets: usize,
    pub(super) visits: usize,
    quarantined: usize,
    done: usize,
    officers: usize,
    days: usize,
    least: Option<usize>,
    given: usize,
    pub(super) finish: Option<Date>,
    start: Date,
    home: u64,
    district: u64,
    elsewhere: u64,
    km: Option<f64>,
    no_time: usize,
    out_of_reach: usize,
    changed: Option<usize>,
    busiest: f64,
    idlest: f64,
    until: bool,
}

impl PlanSummary {
    #[allow(clippy::cast_precision_loss, reason = "counts of visits")]
    pub(super) fn new(scene: &Scene, plan: &Plan, settings: &Settings) -> Self {
        let used = plan.loads.iter().filter(|l| l.capacity > 0).map(|l| l.visits as f64 / l.capacity as f64);
        let why = |word| plan.unserved.iter().filter(|u| u.why.word() == word).count();
        let Calendar { start, until, .. } = settings.calendar;
        Self {
            read: scene.targets.len() + scene.quarantine.len() + scene.done,
            targets: scene.targets.len(),
            visits: plan.visits.len(),
            quarantined: scene.quarantine.len(),
            done: scene.done,
            officers: scene.officers.len(),
            days: plan.working_days,
            least: plan.least_days,
            given: plan.days_given,
            finish: plan.finish,
            start,
            home: plan.travel.home,
            district: plan.travel.district,
            elsewhere: plan.travel.elsewhere,
            km: (settings.travel == Travel::Distance).then_some(plan.travel.cost as f64 / 10.0),
            no_time: why("no_time"),
            out_of_reach: why("out_of_reach"),
            changed: scene.targets.iter().any(|t| t.keep.is_some()).then(|| plan.changed_hands(&scene.targets)),
            busiest: used.clone().fold(0.0, f64::max),
            idlest: used.fold(1.0, f64::min),
            until: until.is_some(),
        }
    }

    pub(super) fn json(&self) -> serde_json::Value {
        json!({
            "targets_read": self.read,
            "quarantined": self.quarantined,
            "visited_before": self.done,
            "planned": self.visits,
            "unserved": { "no_time": self.no_time, "out_of_reach": self.out_of_reach },
            "closes": self.read == self.quarantined + self.done + self.visits + self.no_time + self.out_of_reach,
            "officers": self.officers,
            "start": self.start.to_string(),
            "finish": self.finish.map(|d| d.to_string()),
            "working_days": self.days,
            "least_working_days": self.least,
            "working_days_before_deadline": self.until.then_some(self.given),
            "visits": { "own_desa": self.home, "own_kecamatan": self.district, "elsewhere": self.elsewhere },
            "kilometres": self.km,
            "changed_hands": self.changed,
            "load": { "least": self.idlest, "most": self.busiest },
        })
    }

    /// The plan in a few sentences.
    pub(super) fn sentences(&self, lang: Lang) -> Vec<String> {
        let n = |n: usize| number(n, lang);
        let share = |part: u64| percent(part, self.visits, lang);
        let load = |part: f64| format!("{:.0} %", part * 100.0);
        let mut all = Vec::new();
        if let (Some(finish), Some(least)) = (self.finish, self.least) {
            all.push(match lang {
                Lang::Id => format!(
                    "{} kunjungan oleh {} petugas: {} hari kerja, selesai {}. Tidak ada rencana yang lebih pendek dari {} hari.",
                    n(self.visits), n(self.officers), self.days, day(finish, lang), least
                ),
                Lang::En => format!(
                    "{} visits by {} officers: {} working days, done on {}. No plan can take fewer than {} days.",
                    n(self.visits), n(self.officers), self.days, day(finish, lang), least
                ),
            });
        }
        if self.least.is_none() {
            all.push(match lang {
                Lang::Id => format!(
                    "{} hari kerja sampai batas waktu tidak cukup untuk {} sasaran; {} dikunjungi.",
                    self.given,
                    n(self.targets),
                    n(self.visits)
                ),
                Lang::En => format!(
                    "The {} working days before the deadline do not suffice for {} targets; {} are visited.",
                    self.given,
                    n(self.targets),
                    n(self.visits)
                ),
            });
        }
        all.push(match lang {
            Lang::Id => format!(
                "Di desa sendiri {} ({}), di kecamatan sendiri {} ({}), di kecamatan lain {} ({}); beban petugas antara {} dan {} dari kapasitasnya.",
                n(self.home as usize), share(self.home), n(self.district as usize), share(self.district),
                n(self.elsewhere as usize), share(self.elsewhere), load(self.idlest), load(self.busiest)
            ),
            Lang::En => format!(
                "In the own desa {} ({}), in the own kecamatan {} ({}), in another kecamatan {} ({}); officers are loaded between {} and {} of their capacity.",
                n(self.home as usize), share(self.home), n(self.district as usize), share(self.district),
                n(self.elsewhere as usize), share(self.elsewhere), load(self.idlest), load(self.busiest)
            ),
        });
        if let Some(changed) = self.changed {
            all.push(match lang {
                Lang::Id => format!("{} sasaran sudah dikunjungi; {} berpindah petugas.", n(self.done), n(changed)),
                Lang::En => format!("{} targets were visited before; {} change hands.", n(self.done), n(changed)),
            });
        }
        let left = self.no_time + self.out_of_reach;
        if left > 0 {
            all.push(match lang {
                Lang::Id => format!(
                    "Tidak dikunjungi: {} ({} tidak cukup waktu, {} di luar jangkauan), lihat unserved.csv.",
                    n(left),
                    n(self.no_time),
                    n(self.out_of_reach)
                ),
                Lang::En => format!(
                    "Not visited: {} ({} for lack of time, {} out of reach), see unserved.csv.",
                    n(left),
                    n(self.no_time),
                    n(self.out_of_reach)
                ),
            });
        }
        if self.quarantined > 0 {
            all.push(match lang {
                Lang::Id => format!("{} baris ditahan, lihat quarantine.csv.", n(self.quarantined)),
                Lang::En => format!("{} rows quarantined, see quarantine.csv.", n(self.quarantined)),
            });
        }
        all
    }
}

/// A number with its thousands apart.
pub(super) fn number(n: usize, lang: Lang) -> String {
    n.both().get(lang).to_owned()
}

fn percent(part: u64, whole: usize, lang: Lang) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of visits")]
    let text = format!("{:.1} %", part as f64 * 100.0 / whole as f64);
    if lang == Lang::Id { text.replace('.', ",") } else { text }
}

const DAYS: [[&str; 7]; 2] = [
    ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];

/// A day with its weekday, written out.
pub(super) fn day(day: Date, lang: Lang) -> String {
    format!("{} {}", weekday(day, lang), Day(&day.to_string()).both().get(lang))
}

pub(super) fn weekday(day: Date, lang: Lang) -> &'static str {
    DAYS[usize::from(lang == Lang::En)][usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)]
}

/// Per officer and day: the places with their numbers of visits.
pub(super) fn calendar(plan: &Plan) -> BTreeMap<(u32, Date), BTreeMap<u32, usize>> {
    let mut all: BTreeMap<(u32, Date), BTreeMap<u32, usize>> = BTreeMap::new();
    for Visit { day, officer, place, .. } in &plan.visits {
        *all.entry((*officer, *day)).or_default().entry(*place).or_default() += 1;
    }
    all
}

/// The days of a plan with at least one visit.
pub(super) fn dates(plan: &Plan) -> Vec<Date> {
    let mut dates: Vec<Date> = plan.visits.iter().map(|v| v.day).collect();
    dates.dedup();
    dates
}

pub(super) fn tables(
    scene: &Scene,
    plan: &Plan,
    summary: &PlanSummary,
    out: &OutFolder,
    lang: Lang,
) -> Result<(), WriteError> {
    let place_key = |p: u32| scene.place_keys[p as usize].as_str();
    let mut csv =
        SafeCsv::begin(&out.path("visits.csv"), &["date", "officer", "place", "name", "target", "earlier_officer"])?;
    for v in &plan.visits {
        let earlier = scene.targets[v.target as usize].keep.map_or("", |o| &scene.officer_ids[o as usize]);
        let (officer, target) = (&scene.officer_ids[v.officer as usize], &scene.target_ids[v.target as usize]);
        let name = &scene.place_names[v.place as usize];
        csv.row([&*v.day.to_string(), officer, place_key(v.place), name, target, earlier])?;
    }
    csv.finish()?;

    let mut csv = SafeCsv::begin(&out.path("unserved.csv"), &["target", "place", "reason", "sentence"])?;
    for u in &plan.unserved {
        let place = place_key(scene.targets[u.target as usize].place);
        csv.row([&*scene.target_ids[u.target as usize], place, u.why.word(), u.why.label(lang)])?;
    }
    csv.finish()?;

    let mut csv = SafeCsv::begin(&out.path("quarantine.csv"), &["file", "row", "code", "sentence"])?;
    for (file, row, why) in &scene.quarantine {
        csv.row([&**file, &row.to_string(), why.code(), &why.message(lang)])?;
    }
    csv.finish()?;

    let head = ["officer", "home", "visits", "days", "days_out_of_home", "capacity"];
    let mut csv = SafeCsv::begin(&out.path("officers.csv"), &head)?;
    for ((id, officer), load) in scene.officer_ids.iter().zip(&scene.officers).zip(&plan.loads) {
        let numbers = [load.visits, load.days, load.days_out, load.capacity].map(|n| n.to_string());
        csv.row([id.as_str(), place_key(officer.home)].into_iter().chain(numbers.iter().map(String::as_str)))?;
    }
    csv.finish()?;

    let (dates, calendar) = (dates(plan), calendar(plan));
    let names: Vec<String> = dates.iter().map(Date::to_string).collect();
    let head: Vec<&str> = ["officer"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let mut csv = SafeCsv::begin(&out.path("calendar.csv"), &head)?;
    for (id, k) in scene.officer_ids.iter().zip(0u32..) {
        let cell = |day: &Date| calendar.get(&(k, *day)).map_or(String::new(), |places| cell(scene, places));
        let cells: Vec<String> = dates.iter().map(cell).collect();
        csv.row([id.as_str()].into_iter().chain(cells.iter().map(String::as_str)))?;
    }
    csv.finish()?;

    let path = out.path("summary.json");
    write_whole(&path, format!("{:#}\n", summary.json()))
}

/// `Tempeh Lor 9, Pulo 3`.
pub(super) fn cell(scene: &Scene, places: &BTreeMap<u32, usize>) -> String {
    let part = |(place, n): (&u32, &usize)| format!("{} {n}", scene.place_label(*place));
    places.iter().map(part).collect::<Vec<_>>().join(", ")
}
