//! One file: find its layout, stream its rows, parse chunks in parallel and keep their order.

use super::ReadOptions;
use super::block;
use super::column::withhold;
use super::further::{self, Further};
use super::join;
use super::listed;
use super::pass::{self, Before, Job, Pass};
use super::plan::Plan;
use crate::layout::{Candidate, Fit, NoFit, Second, best, is_hints, normal};
use crate::receipt::{ListTitle, ReceiptColumns};
use crate::table::{Form, Source};
use crate::{FileNote, FileReport, Intake, Kind, Quarantined, ReadError, RowFault};
use bansos::date::DateStyle;
use bansos::person::PersonRecord;
use bansos::source::{Field, Origin};

/// One table: a file, or a sheet, which is read as if it were the only one.
pub(super) fn table(
    source: &Source,
    name: String,
    options: &ReadOptions<'_>,
    forms: &[Form],
    candidates: &[Candidate],
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let layouts = options.all_layouts();
    // the card of a family is printed as two tables
    let mut seconds: Vec<Option<Second>> = candidates.iter().map(Second::find).collect();
    let whole: Vec<Candidate>;
    let candidates = if seconds.iter().any(Option::is_some) {
        let one = |(candidate, second): (&Candidate, &Option<Second>)| {
            second.as_ref().map_or_else(|| candidate.clone(), |second| second.apply(candidate))
        };
        whole = candidates.iter().zip(&seconds).map(one).collect();
        &whole
    } else {
        candidates
    };
    let mut fit = best(&layouts, candidates).map_err(|e| refused(source, name.clone(), e))?;
    let Some(form) = forms.get(fit.candidate) else { return Err(ReadError::Empty { file: name }) };
    without_unreadable(&mut fit, form, &name)?;
    let style = DateStyle { from_1904: form.counts_from_1904(), as_of: Some(options.as_of), ..DateStyle::default() };
    let mut plan = Plan::new(&fit, style);
    plan.receipts = receipts(&mut fit, candidates, form, source);
    if let Some(receipts) = &plan.receipts {
        fit.is_list(|at| receipts.reads(at));
    }
    let skip = fit.header + fit.depth + below_header(candidates, &fit);
    let rows = candidates.get(fit.candidate).map_or(&[][..], |c| c.rows.as_slice());
    plan.top = rows.iter().take(skip).map(|row| row.iter().map(|cell| normal(cell)).collect()).collect();
    let before = Before::of(intake);
    let second = seconds.get_mut(fit.candidate).and_then(Option::take);
    let second = second.map(|second| Ok((pass::join(source, form, &second)?, second))).transpose()?;
    let file = u16::try_from(before.files).unwrap_or(u16::MAX);
    let mut job = Job { source, form, skip, name: &name, file, options, second, further: Vec::new() };
    let mut pass = job.pass(&plan, intake)?;
    if pass.further.iter().any(Further::is_other) {
        job.further = std::mem::take(&mut pass.further);
        before.restore(intake);
        pass = job.pass(&plan, intake)?;
    }
    let mut notes = std::mem::take(&mut fit.notes);
    if let Form::Parquet { .. } = form {
        notes.retain_mut(is_of_rows);
    }
    // what one remedy uncovers another may need: two columns exchanged hide how the dates are written
    for _ in 0..3 {
        let remedy = plan.remedy.and(pass.tally.remedy());
        if remedy == plan.remedy {
            break;
        }
        notes.extend(remedy.since(plan.remedy).notes(|field| plan.column_name(field).unwrap_or_default(), &pass.tally));
        plan.undo(remedy);
        before.restore(intake);
        pass = job.pass(&plan, intake)?;
    }
    if pass.rows == 0 {
        before.restore(intake);
        return Err(ReadError::HeaderOnly { file: name, layout: fit.layout.id.clone() });
    }
    let Pass { rows, foreign, freed, padded, beside, lines, headings, .. } = pass;

    signed_between(intake, &before);
    if let Some(end) = below_table(intake, &before) {
        intake.receipts.retain(|receipt| receipt.origin.file != file || receipt.origin.row < end);
    }
    if fit.layout.in_order {
        join::in_order(intake.persons.get_mut(before.persons..).unwrap_or_default());
    }
    let persons = intake.persons.get_mut(before.persons..).unwrap_or_default();
    let families = intake.families.get_mut(before.families..).unwrap_or_default();
    let marked = listed::without_marks(persons, families);
    if marked > 0 {
        notes.push(FileNote::ListedNames { rows: marked });
    }
    notes.extend(withhold(persons, families, |field| plan.column_name(field).unwrap_or_default()));
    notes.extend(plan.receipts.as_ref().map(list_note));
    let cards = join::card_of_head(intake.persons.get_mut(before.persons..).unwrap_or_default());
    if cards > 0 {
        notes.push(FileNote::CardOfHead { rows: cards });
    }
    if plan.kind == Kind::Persons {
        let above = job.above(&plan)?.into_iter().chain(headings).collect::<Vec<_>>();
        notes.extend(block::give(intake.persons.get_mut(before.persons..).unwrap_or_default(), &above, &plan).notes());
    }
    let quarantined = (intake.quarantine.len() - before.faults) as u64;
    if foreign > 0 {
        notes.push(FileNote::MixedEncoding { rows: foreign });
    }
    if padded > 0 {
        notes.push(FileNote::ShortRows { rows: padded });
    }
    notes.extend(further::note(&job.further, &lines));
    if let Some((joined, second)) = &job.second {
        let rows = u32::try_from(joined.len()).unwrap_or(u32::MAX);
        notes.push(FileNote::SecondTable { rows, columns: second.names() });
    }
    if beside > 0 {
        notes.push(FileNote::CellsBeside { rows: beside });
    }
    if freed > 0 {
        notes.push(FileNote::OpenQuotes { rows: freed });
    }
    let (encoding, delimiter, sheet) = match form {
        Form::Delimited { encoding, delimiter, in_quotes } => {
            if *in_quotes {
                notes.push(FileNote::QuotedLines);
            }
            (encoding.word(), delimiter.map(char::from), None)
        }
        Form::Sheet { name, hidden, .. } => {
            if *hidden {
                notes.push(FileNote::HiddenSheet);
            }
            ("spreadsheet", None, Some(name.clone()))
        }
        Form::Html { name, .. } => ("html", None, name.clone()),
        Form::Parquet { .. } => ("parquet", None, None),
    };
    intake.files.push(FileReport {
        path: source.name().to_owned(),
        source: fit.layout.source,
        layout: fit.layout.id.clone(),
        kind: fit.kind,
        rows_read: rows,
        accepted: rows - quarantined,
        quarantined,
        encoding,
        delimiter,
        sheet,
        recipients: plan.receipts.is_some(),
        one_of_several: false,
        lines,
        header_row: match form {
            Form::Parquet { .. } => u32::try_from(fit.header).unwrap_or(u32::MAX),
            Form::Html { lines, .. } => {
                lines.get(fit.header).map_or(0, |line| u32::try_from(*line).unwrap_or(u32::MAX))
            }
            _ => u32::try_from(fit.header + 1).unwrap_or(u32::MAX),
        },
        columns: plan.uses(&fit),
        notes,
    });
    Ok(())
}

/// The names that a Parquet file states are no row above its header.
fn is_of_rows(note: &mut FileNote) -> bool {
    let FileNote::TitleRows { rows } = note else { return true };
    *rows = rows.saturating_sub(1);
    *rows > 0
}

/// A column of lists or structs has no cells. One that the layout asks for is refused by its name, another is left out and
/// noted: neither is ever an empty column that nobody hears of.
fn without_unreadable(fit: &mut Fit<'_>, form: &Form, file: &str) -> Result<(), ReadError> {
    let name = |at: usize| fit.header_cells.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let needed =
        |field| fit.layout.expected.contains(&field) || fit.layout.required.iter().flatten().any(|f| *f == field);
    let mut left_out = Vec::new();
    for (field, at) in
        fit.fields.iter().map(|(field, _, at)| (Some(*field), *at)).chain(fit.welfare.iter().map(|w| (None, w.1)))
    {
        match form.unreadable(at) {
            None => {}
            Some(kind) if field.is_some_and(needed) => {
                return Err(ReadError::ColumnKind { file: file.to_owned(), column: name(at), kind: kind.to_owned() });
            }
            Some(kind) => left_out.push(format!("{} ({kind})", name(at))),
        }
    }
    fit.fields.retain(|(_, _, at)| form.unreadable(*at).is_none());
    fit.welfare.retain(|(_, at)| form.unreadable(*at).is_none());
    if !left_out.is_empty() {
        fit.notes.push(FileNote::ColumnKind { columns: left_out.join(", ") });
    }
    Ok(())
}

/// The columns that say what is received, of a list of recipients: its layout is of such lists, or it is a general list and what stands
/// around it names one programme, while no column says who receives it or how the people of a family stand to each other.
fn receipts(fit: &mut Fit<'_>, candidates: &[Candidate], form: &Form, source: &Source) -> Option<ReceiptColumns> {
    let above = candidates.get(fit.candidate).and_then(|c| c.rows.get(..fit.header)).unwrap_or_default();
    let texts = above.iter().flatten().map(String::as_str).chain(form.sheet()).chain([source.name()]);
    let title = ListTitle::of(texts).or_programme(fit.layout.programme);
    // whole families are a register, whatever its name
    let families = fit.fields.iter().any(|(field, ..)| *field == Field::Relation);
    let register = |(field, ..): &(Field, _, _)| {
        use Field as F;
        matches!(field, F::Programmes | F::ReceivesPkh | F::ReceivesSembako | F::ReceivesBst | F::Relation)
    };
    let columns = ReceiptColumns::new(&fit.header_cells, title);
    let by_row = |f: &(Field, _, usize)| title.several && columns.is_programme(f.2);
    let named = title.programme.is_some() || (title.several && columns.names_programmes());
    let general = fit.layout.general && named && !fit.fields.iter().any(|f| register(f) && !by_row(f));
    let list = (fit.layout.recipients && !families) || general;
    if title.several && !list && !fit.fields.iter().any(register) {
        fit.notes.push(FileNote::ProgrammesSeveral);
    }
    list.then_some(columns)
}

/// Says of which programme a list is.
fn list_note(columns: &ReceiptColumns) -> FileNote {
    let title = columns.title();
    match title.programme {
        _ if columns.names_programmes() => FileNote::RecipientListByRow,
        Some(programme) => FileNote::RecipientList { programme, period: title.period.to_string() },
        None => FileNote::ProgrammeUnknown,
    }
}

/// Whether a row says more of somebody than a name; a row that stands for a family and its head has its relation from us.
fn tells(p: &PersonRecord, with_families: bool, by_sex: bool) -> bool {
    !p.nik.is_missing()
        || !p.family_card.is_missing()
        || p.birth_date.is_some()
        || (by_sex && p.sex.is_some())
        || (p.relation.is_some() && !with_families)
        || p.family_key.is_some()
}

fn below(p: &PersonRecord) -> Quarantined {
    let Origin { source, file, row } = p.origin;
    Quarantined { file, source, row, column: None, reason: RowFault::BelowTable }
}

/// Names alone between a signature and the next family or page: whoever signed there.
fn signed_between(intake: &mut Intake, before: &Before) {
    if intake.families.len() > before.families {
        return;
    }
    let (mut open, mut signed) = (None, Vec::new());
    for row in intake.quarantine.get(before.faults..).unwrap_or_default() {
        match row.reason {
            RowFault::Signature => open = open.or(Some(row.row)),
            RowFault::FamilyHeading | RowFault::RepeatedHeader => signed.extend(open.take().map(|from| from..row.row)),
            _ => {}
        }
    }
    if signed.is_empty() {
        return;
    }
    let is_signer = |p: &PersonRecord| !tells(p, false, true) && signed.iter().any(|rows| rows.contains(&p.origin.row));
    let rows = intake.persons.split_off(before.persons);
    let (signers, persons): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_signer);
    intake.persons.extend(persons);
    set_aside_below(intake, before, signers.iter().map(below).collect());
}

/// Puts rows among those that are set aside, in order.
fn set_aside_below(intake: &mut Intake, before: &Before, rows: Vec<Quarantined>) {
    if !rows.is_empty() {
        intake.quarantine.extend(rows);
        if let Some(of_file) = intake.quarantine.get_mut(before.faults..) {
            of_file.sort_by_key(|q| q.row);
        }
    }
}

/// Names alone that stand below the end of a table: whoever signed it. The end is the last row that tells of somebody, and
/// something that is no row has to stand between.
fn below_table(intake: &mut Intake, before: &Before) -> Option<u32> {
    let with_families = intake.families.len() > before.families;
    let rows = intake.persons.get(before.persons..).unwrap_or_default();
    let set_aside = intake.quarantine.get(before.faults..).unwrap_or_default();
    let last_told = |by_sex| rows.iter().rev().find(|p| tells(p, with_families, by_sex)).map(|p| p.origin.row);
    // below a line of totals or a signature a number in the column of sexes counts them
    let ends = |row: &u32| {
        let end = |q: &Quarantined| q.row > *row && matches!(q.reason, RowFault::Total | RowFault::Signature);
        set_aside.iter().any(end)
    };
    let last = last_told(false).filter(ends).or_else(|| last_told(true))?.max(below_heading(set_aside));
    let end = set_aside.iter().map(|q| q.row).find(|row| *row > last)?;
    let keep = before.persons + rows.partition_point(|p| p.origin.row < end);
    let families = intake.families.get(before.families..).unwrap_or_default();
    // the two lists go together
    let both = families.len() - families.partition_point(|f| f.origin.row < end);
    intake.families.truncate(intake.families.len() - both);
    let rows: Vec<Quarantined> = intake.persons.drain(keep..).map(|p| below(&p)).collect();
    set_aside_below(intake, before, rows);
    Some(end)
}

/// The last row of what heads the last family: whoever stands there tells by it.
fn below_heading(set_aside: &[Quarantined]) -> u32 {
    let mut last = 0;
    for row in set_aside {
        let heads = matches!(row.reason, RowFault::FamilyHeading);
        if heads || (last > 0 && row.row == last + 1) {
            last = row.row;
        }
    }
    last
}

pub(super) fn refused(source: &Source, file: String, why: NoFit) -> ReadError {
    let command = layout_command(source.name());
    match why {
        NoFit::Unknown { columns, nearest } => {
            let columns = u32::try_from(columns).unwrap_or(u32::MAX);
            match nearest {
                Some((nearest, missing, like)) => {
                    let [nearest, missing, like] = [nearest, missing, like].map(String::into_boxed_str);
                    ReadError::UnknownHeader { file, columns, nearest, missing, like, command: command.into() }
                }
                None => ReadError::NoKnownColumn { file, columns, command },
            }
        }
        NoFit::Ambiguous { first, second } => ReadError::Ambiguous { file, first, second },
        NoFit::Doubled { column } => ReadError::DoubledColumn { file, column },
        NoFit::Unread { layout, columns } => ReadError::UnreadColumn { file, layout, columns, command },
    }
}

/// What makes a layout of a file, to be copied into a shell.
pub(crate) fn layout_command(file: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    if file.chars().all(plain) { format!("bansos layout new {file}") } else { format!("bansos layout new \"{file}\"") }
}

/// Rows below the header that say how to fill the columns, or number them: `(1) (2) (3)`, `KOLOM 1 2 3`.
fn below_header(candidates: &[Candidate], fit: &Fit<'_>) -> usize {
    let rows = candidates.get(fit.candidate).and_then(|c| c.rows.get(fit.header + fit.depth..)).unwrap_or_default();
    rows.iter().take_while(|row| is_hints(row) || is_numbered(row)).count()
}

fn is_numbered(row: &[String]) -> bool {
    let cells: Vec<&str> = row.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let number = |c: &str| c.trim_matches(['(', ')']).parse::<usize>().ok();
    let numbered = cells.iter().filter_map(|c| number(c)).collect::<Vec<_>>();
    let words = cells.iter().filter(|c| c.eq_ignore_ascii_case("kolom")).count();
    let ascending = numbered.windows(2).all(|w| w[0] + 1 == w[1]);
    numbered.len() >= 3 && ascending && numbered.len() + words == cells.len()
}
