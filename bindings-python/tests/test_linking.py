"""bansos.link: what it finds, what it says of it, and that Splink's settings give the same pairs."""

import json
import random
from typing import Any, Dict, List

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bansos

NAMES = ["SITI", "BUDI", "SLAMET", "WAGIYEM", "AGUS", "RINA", "DEWI", "JOKO", "SRI", "TUKIMAN"]


def people(n: int = 600) -> Dict[str, List[Any]]:
    """Invented rows; every second stands twice, with a slip."""
    dice = random.Random(5)
    rows: List[Any] = []
    for i in range(n):
        name = f"{dice.choice(NAMES)} {dice.choice(NAMES)}"
        born = f"{dice.randint(1950, 2010)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        rows.append((i, name, born))
        if i % 2:
            rows.append((i, name.replace("I", "Y", 1), born))
    dice.shuffle(rows)
    return {"person": [r[0] for r in rows], "name": [r[1] for r in rows], "born": [r[2] for r in rows]}


SETTINGS = {
    "blocking": [[{"column": "born"}]],
    "comparisons": [
        {"name": "name", "levels": [
            {"label": "equal", "when": {"exact": {"column": "name"}}},
            {"label": "alike", "when": {"jaro_winkler": {"column": "name", "at_least": 0.88}}},
            {"label": "else", "when": "else"}]},
        {"name": "born", "levels": [
            {"label": "equal", "when": {"exact": {"column": "born"}}, "m": 0.95, "u": 0.00005},
            {"label": "else", "when": "else", "m": 0.05, "u": 0.99995}]},
    ],
}  # fmt: skip

SPLINK = {
    "link_type": "dedupe_only",
    "unique_id_column_name": "person",
    "blocking_rules_to_generate_predictions": [{"blocking_rule": 'l."born" = r."born"', "sql_dialect": "duckdb"}],
    "comparisons": [
        {"output_column_name": "name", "comparison_levels": [
            {"sql_condition": '"name_l" IS NULL OR "name_r" IS NULL', "is_null_level": True},
            {"sql_condition": '"name_l" = "name_r"', "label_for_charts": "equal"},
            {"sql_condition": 'jaro_winkler_similarity("name_l", "name_r") >= 0.88', "label_for_charts": "alike"},
            {"sql_condition": "ELSE", "label_for_charts": "else"}]},
        {"output_column_name": "born", "comparison_levels": [
            {"sql_condition": '"born_l" = "born_r"', "label_for_charts": "equal", "m_probability": 0.95,
             "u_probability": 0.00005},
            {"sql_condition": "ELSE", "label_for_charts": "else", "m_probability": 0.05, "u_probability": 0.99995}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_every_kind_of_frame_gives_the_same(make: Any) -> None:
    data = people()
    linked = bansos.link(make(data), SETTINGS, threshold=0)
    labels = pa.table(linked.clusters).column("cluster").to_pylist()
    assert len(labels) == len(data["person"])
    truth, found = {}, {}
    for row, (person, label) in enumerate(zip(data["person"], labels)):
        truth.setdefault(person, set()).add(row)
        found.setdefault(label, set()).add(row)
    same = sum(rows in truth.values() for rows in found.values())
    assert same / len(truth) > 0.95


def test_the_waterfall_sums_to_the_weight_and_splink_agrees() -> None:
    frame = pd.DataFrame(people())
    ours, theirs = bansos.link(frame, SETTINGS, threshold=0), bansos.link(frame, json.dumps(SPLINK), threshold=0)
    pairs = ours.pairs
    assert len(pairs) > 250
    assert pairs[["row_l", "row_r"]].equals(theirs.pairs[["row_l", "row_r"]])
    for row in pairs.head(20).itertuples():
        assert sum(bits for _, bits in ours.waterfall(row.row_l, row.row_r)) == pytest.approx(row.match_weight, abs=1e-3)
    best = max(point["f1"] for point in ours.curve(frame["person"]))
    assert best > 0.95
    shares = [share for _, share in ours.unlinkables()]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1


def test_a_model_is_data() -> None:
    frame = pd.DataFrame(people())
    first = bansos.link(frame, SETTINGS, threshold=0)
    again = bansos.link(frame, json.loads(json.dumps(first.model)))
    assert again.pairs.equals(first.pairs)


def test_plots_have_something_on_them() -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    frame = pd.DataFrame(people())
    linked = bansos.link(frame, SETTINGS, threshold=0)
    row = linked.pairs.iloc[0]
    assert len(linked.plot_weights().patches) == 5
    assert len(linked.plot_waterfall(int(row["row_l"]), int(row["row_r"])).patches) == 4
    assert len(linked.plot_curve(frame["person"]).lines) == 3
    assert len(linked.plot_unlinkables().lines) == 1


def test_what_cannot_be_linked_says_why() -> None:
    frame = pd.DataFrame(people(20))
    with pytest.raises(bansos.BansosError) as caught:
        bansos.link(frame, {**SETTINGS, "blocking": []})
    assert caught.value.code == "table.no_blocking"
    odd = json.loads(json.dumps(SPLINK).replace("jaro_winkler_similarity", "array_overlap"))
    with pytest.raises(bansos.BansosError) as caught:
        bansos.link(frame, odd)
    assert caught.value.code == "table.splink"
    with pytest.raises(KeyError):
        bansos.link(frame.drop(columns="born"), SETTINGS)
