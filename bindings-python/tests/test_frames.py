"""Deciles of frames by column names, and the plots' numbers."""

from __future__ import annotations

import random
from typing import Any, Dict, List

import matplotlib

matplotlib.use("Agg")
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bansos
from bansos import plots


def families(n: int = 400) -> Dict[str, List[Any]]:
    dice = random.Random(7)
    regency = [dice.choice(["3508", "6402", "6403"]) for _ in range(n)]
    return {
        "id": [f"F{i * 7919 % 1009:04}" for i in range(n)],
        "score": [None if i % 31 == 0 else float(dice.randint(10, 60)) for i in range(n)],
        "size": [dice.randint(1, 8) for _ in range(n)],
        "province": [code[:2] for code in regency],
        "kabupaten": regency,
    }


WANTED = dict(score="score", by="persons", size="size", key="id", group=["province", "kabupaten"])
ADDED = ["decile", "decile_province", "decile_kabupaten"]


def slow(rows: Dict[str, List[Any]], within: List[str]) -> List[Any]:
    """Straight from the definition, a row at a time."""
    ranked = [i for i, s in enumerate(rows["score"]) if s is not None]
    out: List[Any] = [None] * len(within)
    for i in ranked:
        line = sorted((j for j in ranked if within[j] == within[i]), key=lambda j: (rows["score"][j], rows["id"][j]))
        before = sum(rows["size"][j] for j in line[: line.index(i)])
        out[i] = min(10, 10 * before // sum(rows["size"][j] for j in line) + 1)
    return out


def test_three_groupings_of_one_call_agree_with_the_definition_in_every_kind_of_frame() -> None:
    rows = families()
    expected = [slow(rows, w) for w in (["all"] * 400, rows["province"], rows["kabupaten"])]
    arrow = pa.table(rows)
    frames = [arrow, pl.DataFrame(rows), pl.LazyFrame(rows), pd.DataFrame(rows, index=range(1000, 1400)), duckdb.from_arrow(arrow), rows]
    for frame in frames:
        got = bansos.deciles(frame, **WANTED)  # type: ignore[arg-type]
        if isinstance(got, pd.DataFrame):
            assert list(got.index) == list(range(1000, 1400)) and str(got["decile"].dtype) == "UInt8"
            lists = [[None if pd.isna(v) else int(v) for v in got[name]] for name in ADDED]
        elif isinstance(got, dict):
            lists = [got[name] for name in ADDED]
        elif isinstance(got, duckdb.DuckDBPyRelation):
            lists = [got.arrow().read_all()[name].to_pylist() if hasattr(got.arrow(), "read_all") else got.to_arrow_table()[name].to_pylist() for name in ADDED]
        elif isinstance(got, pl.DataFrame):
            lists = [got[name].to_list() for name in ADDED]
        else:
            assert isinstance(got, pa.Table)
            lists = [got[name].to_pylist() for name in ADDED]
        assert lists == expected, type(frame)


def test_the_report_counts_what_was_not_ranked_and_a_wrong_name_is_told() -> None:
    frame = pl.DataFrame(families())
    got, reports = bansos.deciles(frame, **WANTED, report=True)  # type: ignore[call-overload]
    assert list(reports) == ADDED and got.columns[-3:] == ADDED
    assert reports["decile"]["report"]["total"]["unranked"]["missing"] == frame["score"].null_count()
    assert reports["decile_kabupaten"]["groups"] == ["3508", "6402", "6403"]
    for wrong in (frame, frame.to_pandas(), frame.to_arrow(), frame.to_dict(as_series=False)):
        with pytest.raises(KeyError, match="skor"):
            bansos.deciles(wrong, score="skor", by="families")
    percent = bansos.deciles(frame, score="score", by="families", scale="percentiles")
    assert percent["percentile"].max() > 90


def test_curves_and_tables_have_the_numbers_of_the_definition() -> None:
    lorenz = plots.lorenz([1.0, 1.0, 2.0, 4.0], lang="en")
    assert np.allclose(lorenz.numbers["welfare"], [0, 0.25, 0.5, 1]) and np.allclose(lorenz.numbers["population"], [0, 0.5, 0.75, 1])
    # mean absolute difference over twice the mean
    assert abs(lorenz.numbers["gini"][0] - 5 / 16) < 1e-12
    equal = plots.concentration([3.0, 3.0, 3.0], [9, 0, 0]).numbers
    assert equal["benefit"] == [0.0, 1.0]  # equal welfare: one straight segment
    weighted = plots.concentration([2.0, 1.0], [1, 3], [1, 3]).numbers
    assert np.allclose(weighted["population"], [0, 0.75, 1]) and np.allclose(weighted["benefit"], [0, 0.75, 1])

    moves = plots.transitions([1, 1, 2, None], [1, 2, 2, 3]).numbers
    cells = {(b, a): n for b, a, n in zip(moves["before"], moves["after"], moves["families"]) if n}
    assert cells == {(1, 1): 1, (1, 2): 1, (2, 2): 1, (0, 3): 1}

    reach = plots.coverage(pl.Series([1, 1, 2, None]), pl.Series([1, 0, 1, 1])).numbers
    assert reach["coverage"][:3] == [0.5, 1.0, None] and reach["families"][:2] == [2, 1]

    # four families, the two poorest meant; the score swaps the middle ones
    errors = plots.cut_off([1.0, 3.0, 2.0, 4.0], [1, 1, 0, 0], chosen=0.5).numbers
    assert errors["exclusion"] == [0.5, 0.5, 0.0, 0.0] and np.allclose(errors["inclusion"], [0, 0.5, 1 / 3, 0.5])
    with pytest.raises(ValueError):
        plots.lorenz([None, None])
