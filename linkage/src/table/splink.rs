//! Settings and trained models of Splink (versions 3 to 5, DuckDB dialect), taken over where they map. A condition without
//! a counterpart is an error that shows it; nothing is guessed.

use super::sql::{self, Side, Value};
use super::{Block, Comparison, KeyPart, Level, LinkType, TableError, TableSettings, Take, Test};
use serde::Deserialize;

/// What is read of a Splink settings file; the rest (charts, retained columns) does not change the result.
#[derive(Clone, Debug, Deserialize)]
pub struct SplinkSettings {
    link_type: LinkType,
    #[serde(default)]
    probability_two_random_records_match: Option<f64>,
    #[serde(default)]
    unique_id_column_name: Option<String>,
    #[serde(default)]
    source_dataset_column_name: Option<String>,
    comparisons: Vec<SplinkComparison>,
    #[serde(default)]
    blocking_rules_to_generate_predictions: Vec<SplinkRule>,
    /// Not in Splink's own files, where the rules that teach m are calls in a program: a list of them may be added by hand.
    #[serde(default)]
    training: Vec<SplinkRule>,
}

#[derive(Clone, Debug, Deserialize)]
struct SplinkComparison {
    #[serde(default)]
    output_column_name: String,
    comparison_levels: Vec<SplinkLevel>,
}

#[derive(Clone, Debug, Deserialize)]
struct SplinkLevel {
    sql_condition: String,
    #[serde(default)]
    label_for_charts: String,
    #[serde(default)]
    is_null_level: bool,
    #[serde(default)]
    m_probability: Option<f64>,
    #[serde(default)]
    u_probability: Option<f64>,
    #[serde(default)]
    tf_adjustment_column: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum SplinkRule {
    Text(String),
    Rule { blocking_rule: String },
}

impl TryFrom<SplinkSettings> for TableSettings {
    type Error = TableError;

    fn try_from(from: SplinkSettings) -> Result<Self, TableError> {
        let comparisons = from.comparisons.iter().map(comparison).collect::<Result<_, _>>()?;
        let rules = |rules: &[SplinkRule]| -> Result<Vec<Block>, TableError> {
            let text = |r: &SplinkRule| match r {
                SplinkRule::Text(text) | SplinkRule::Rule { blocking_rule: text } => block(text),
            };
            rules.iter().map(text).collect()
        };
        let blocking = rules(&from.blocking_rules_to_generate_predictions)?;
        let training = rules(&from.training)?;
        let source = (from.link_type != LinkType::DedupeOnly)
            .then(|| from.source_dataset_column_name.unwrap_or_else(|| "source_dataset".to_owned()));
        Ok(Self {
            link_type: from.link_type,
            unique_id: from.unique_id_column_name.unwrap_or_else(|| "unique_id".to_owned()),
            source,
            // Splink writes its default of one in ten thousand before it has estimated anything
            prior: from.probability_two_random_records_match.filter(|p| (*p - 0.0001).abs() > 1e-12),
            comparisons,
            blocking,
            training,
            clustering: super::Clustering::Components,
            ..Self::default()
        })
    }
}

fn unknown(condition: &str) -> TableError {
    TableError::Splink { condition: condition.to_owned() }
}

/// A blocking rule as Splink writes it: `l.surname = r.surname AND substr(l.dob, 1, 4) = substr(r.dob, 1, 4)`.
pub fn block(text: &str) -> Result<Block, TableError> {
    let rule = sql::parse(text).ok_or_else(|| unknown(text))?;
    let mut parts = Vec::new();
    for one in rule.all() {
        let part = one.equal().and_then(|(a, b)| same_part(a, b)).ok_or_else(|| unknown(text))?;
        parts.push(part);
    }
    Ok(parts)
}

fn comparison(from: &SplinkComparison) -> Result<Comparison, TableError> {
    let (mut needs, mut levels) = (Vec::new(), Vec::new());
    for l in &from.comparison_levels {
        if l.is_null_level {
            let condition = sql::parse(&l.sql_condition).ok_or_else(|| unknown(&l.sql_condition))?;
            needs = condition.all().iter().map(|c| c.columns()).collect();
            continue;
        }
        let when = if l.sql_condition.trim().eq_ignore_ascii_case("else") {
            Test::Else
        } else {
            let condition = sql::parse(&l.sql_condition).ok_or_else(|| unknown(&l.sql_condition))?;
            test(&condition).ok_or_else(|| unknown(&l.sql_condition))?
        };
        let label = if l.label_for_charts.is_empty() { &l.sql_condition } else { &l.label_for_charts };
        levels.push(Level {
            label: label.clone(),
            when,
            m: l.m_probability,
            u: l.u_probability,
            frequency: l.tf_adjustment_column.clone(),
        });
    }
    Ok(Comparison { name: from.output_column_name.clone(), needs, levels })
}

fn test(condition: &Value) -> Option<Test> {
    match condition {
        Value::Or(of) => Some(Test::Any { of: of.iter().map(test).collect::<Option<_>>()? }),
        Value::And(of) => exchanged(of).or_else(|| Some(Test::All { of: of.iter().map(test).collect::<Option<_>>()? })),
        Value::Compare(op, a, b) => match (op.as_str(), a.as_ref(), b.as_ref()) {
            ("=", a, b) => Some(Test::Exact { of: same_part(a, b)? }),
            (">=" | ">", Value::Call(name, of), Value::Number(at_least)) => {
                let of = same_part(of.first()?, of.get(1)?)?;
                match name.as_str() {
                    "jaro_winkler_similarity" | "jaro_winkler" => Some(Test::JaroWinkler { of, at_least: *at_least }),
                    "jaro_similarity" | "jaro_sim" => Some(Test::Jaro { of, at_least: *at_least }),
                    _ => None,
                }
            }
            (op @ ("<=" | "<"), Value::Call(name, of), Value::Number(n)) => {
                let most = if op == "<" { n - 1.0 } else { *n };
                match name.as_str() {
                    "levenshtein" => {
                        Some(Test::Levenshtein { of: same_part(of.first()?, of.get(1)?)?, at_most: most as u32 })
                    }
                    "damerau_levenshtein" => {
                        Some(Test::DamerauLevenshtein { of: same_part(of.first()?, of.get(1)?)?, at_most: most as u32 })
                    }
                    "abs" => apart(of.first()?, *n),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}

/// `abs(epoch(…l…) - epoch(…r…)) <= seconds`, or `abs(x_l - x_r) <= n`.
fn apart(difference: &Value, at_most: f64) -> Option<Test> {
    let Value::Minus(a, b) = difference else { return None };
    match (a.as_ref(), b.as_ref()) {
        (Value::Call(f, x), Value::Call(g, y)) if f == "epoch" && g == "epoch" => {
            Some(Test::DaysApart { of: same_part(x.first()?, y.first()?)?, at_most: at_most / 86_400.0 })
        }
        (a, b) => Some(Test::NumberApart { of: same_part(a, b)?, at_most }),
    }
}

/// `a_l = b_r AND a_r = b_l`.
fn exchanged(of: &[Value]) -> Option<Test> {
    let [one, two] = of else { return None };
    let pair = |v: &Value| -> Option<(String, String)> {
        match v.equal()? {
            (Value::Column(x, left), Value::Column(y, right)) if x != y && left != right => {
                Some(if *x == Side::Left { (left.clone(), right.clone()) } else { (right.clone(), left.clone()) })
            }
            _ => None,
        }
    };
    let ((a, b), (c, d)) = (pair(one)?, pair(two)?);
    (a == d && b == c).then_some(Test::Exchanged { a, b })
}

/// The part of a column that both sides show in the same way.
fn same_part(a: &Value, b: &Value) -> Option<KeyPart> {
    let ((x, a), (y, b)) = (part(a)?, part(b)?);
    (x != y && a == b).then_some(a)
}

fn part(value: &Value) -> Option<(Side, KeyPart)> {
    match value {
        Value::Column(side, column) => Some((*side, KeyPart::whole(column))),
        Value::Call(name, of) => {
            let (side, mut inner) = part(of.first()?)?;
            let number = |i: usize| match of.get(i) {
                Some(Value::Number(n)) if *n >= 0.0 => Some(*n as u16),
                _ => None,
            };
            match (name.as_str(), inner.take) {
                ("substr" | "substring", Take::Whole) => {
                    inner.take = Take::Part { from: number(1)?.saturating_sub(1), chars: number(2)? };
                }
                ("left", Take::Whole) => inner.take = Take::Part { from: 0, chars: number(1)? },
                ("right", Take::Whole) => inner.take = Take::Last { chars: number(1)? },
                // everything before the mark, as Splink's comparison of mail addresses has it
                ("regexp_extract", Take::Whole) if of.get(1) == Some(&Value::Text("^[^@]+".to_owned())) => {
                    inner.take = Take::Before { mark: '@' };
                }
                // an empty part is a missing one here, and a date is read where days are compared
                ("nullif" | "try_strptime" | "strptime" | "cast", _) => {}
                _ => return None,
            }
            Some((side, inner))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocking_rules() {
        let rule =
            block(r#"(l."surname" = r."surname") AND (SUBSTRING(l.dob, 1, 4) = SUBSTRING(r.dob, 1, 4))"#).unwrap();
        let year = KeyPart { column: "dob".to_owned(), take: Take::Part { from: 0, chars: 4 } };
        assert_eq!(rule, [KeyPart::whole("surname"), year]);
        for bad in ["l.a = r.b", "l.a like r.a", "soundex(l.a) = soundex(r.a)", "l.a = r.a and", ""] {
            assert!(matches!(block(bad), Err(TableError::Splink { .. })), "{bad}");
        }
    }

    #[test]
    fn conditions_of_its_comparison_library() {
        let of = |column: &str| KeyPart::whole(column);
        for (sql, want) in [
            (r#""a_l" = "a_r""#, Test::Exact { of: of("a") }),
            (r#"jaro_winkler_similarity("a_l", "a_r") >= 0.92"#, Test::JaroWinkler { of: of("a"), at_least: 0.92 }),
            (r#"levenshtein("dob_l", "dob_r") <= 1"#, Test::Levenshtein { of: of("dob"), at_most: 1 }),
            (
                r#"ABS(EPOCH(try_strptime("d_l", '%Y-%m-%d')) - EPOCH(try_strptime("d_r", '%Y-%m-%d'))) <= 864000.0"#,
                Test::DaysApart { of: of("d"), at_most: 10.0 },
            ),
            (r#""a_l" = "b_r" AND "a_r" = "b_l""#, Test::Exchanged { a: "a".to_owned(), b: "b".to_owned() }),
            (
                r#"NULLIF(regexp_extract("e_l", '^[^@]+', 0), '') = NULLIF(regexp_extract("e_r", '^[^@]+', 0), '')"#,
                Test::Exact { of: KeyPart { column: "e".to_owned(), take: Take::Before { mark: '@' } } },
            ),
        ] {
            assert_eq!(sql::parse(sql).as_ref().and_then(test), Some(want), "{sql}");
        }
        assert_eq!(sql::parse(r#"array_length(list_intersect("a_l", "a_r")) >= 1"#).as_ref().and_then(test), None);
    }
}
