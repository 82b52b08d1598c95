"""Columns of every kind, in and out; row and column agree; Ctrl-C and progress."""

import datetime
import os
import signal
import threading
import time
from typing import Any, Callable, List, Optional

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bansos
from bansos import columns

AS_OF = "2026-11-21"
CELLS: List[Optional[str]] = [
    "3508126801809001", "9109016801809001", "350812680180900", "35O8126801809001", None, "", "3508123201809001",
    "3508126801809001 ", "9999016801809001", "3508121501209003",
]  # fmt: skip

KINDS: List[Callable[[List[Optional[str]]], Any]] = [
    pa.array,
    lambda v: pa.array(v, pa.large_string()),
    lambda v: pa.array(v, pa.string_view()),
    lambda v: pa.array(v).dictionary_encode(),
    lambda v: pa.chunked_array([v[:3], v[3:], []], pa.string()),
    lambda v: pa.table({"nik": v}),
    lambda v: pl.Series("nik", v),
    lambda v: pl.DataFrame({"nik": v}),
    lambda v: pd.Series(v, dtype="str"),
    lambda v: pd.Series(v, dtype="object"),
    lambda v: pd.Series(v, dtype=pd.ArrowDtype(pa.string())),
    lambda v: duckdb.from_arrow(pa.table({"nik": v})),
    list,
    tuple,
]


def classes(frame: Any) -> List[str]:
    return pl.DataFrame(pa.table(frame))["class"].cast(pl.String).to_list()


def row(cell: Optional[str]) -> str:
    """The verdict by the operation for one cell."""
    try:
        return bansos.nik.examine(cell or "", as_of=AS_OF).class_
    except bansos.BansosError as e:
        return "empty" if not (cell or "").strip() else e.code.split(".")[1]


@pytest.mark.parametrize("kind", KINDS)
def test_row_and_column_agree(kind: Callable[[Any], Any]) -> None:
    assert classes(columns.nik(kind(CELLS), as_of=AS_OF)) == [row(c) for c in CELLS]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (pa.array(CELLS), pa.Table),
        (pl.Series(CELLS), pl.DataFrame),
        (pd.Series(CELLS), pd.DataFrame),
        (duckdb.from_arrow(pa.table({"nik": CELLS})), duckdb.DuckDBPyRelation),
        (CELLS, columns.Table),
    ],
)
def test_the_caller_gets_the_kind_it_gave(given: Any, kind: type) -> None:
    assert isinstance(columns.nik(given, as_of=datetime.date(2026, 11, 21)), kind)


def test_pandas_keeps_its_index() -> None:
    series = pd.Series(CELLS, index=[f"r{i}" for i in range(len(CELLS))])
    assert list(columns.nik(series, as_of=AS_OF).index) == list(series.index)


def test_every_column() -> None:
    found = pl.DataFrame(columns.nik(CELLS[:1], as_of=AS_OF, columns=columns.NIK_COLUMNS)).row(0, named=True)
    assert found["class"] == "valid" and found["sex"] == "female" and found["region"] == 350812
    assert found["birth_date"] == datetime.date(1980, 1, 28) and found["flags"] == 0


def test_columns_that_hold_no_text() -> None:
    for bad in (pa.array([3508126801809001]), pd.Series([3508126801809001.0]), pl.Series([1])):
        with pytest.raises(bansos.BansosError, match=r"2\^53"):
            columns.nik(bad, as_of=AS_OF)
    with pytest.raises(bansos.InputError) as caught:
        columns.nik(["3508126801809001", 3508126801809001], as_of=AS_OF)
    assert (caught.value.code, caught.value.path) == ("input.identifier_number", "/1")
    with pytest.raises(bansos.InputError):
        columns.nik(["\ud800"], as_of=AS_OF)
    with pytest.raises(TypeError):
        columns.nik(object(), as_of=AS_OF)
    with pytest.raises(TypeError):
        columns.nik(pa.table({"a": ["1"], "b": ["2"]}), as_of=AS_OF)
    with pytest.raises(bansos.InputError):
        columns.nik(CELLS, as_of="yesterday")
    with pytest.raises(ValueError):
        columns.nik(CELLS, as_of=AS_OF, columns=["klass"])


def test_a_reader_gives_its_rows_once() -> None:
    reader = pa.table({"nik": CELLS}).to_reader()
    assert columns.nik(reader, as_of=AS_OF).num_rows == len(CELLS)
    assert columns.nik(reader, as_of=AS_OF).num_rows == 0


def test_nothing_gives_nothing() -> None:
    assert len(columns.nik([], as_of=AS_OF)) == 0
    assert len(columns.nik(pl.Series([], dtype=pl.String), as_of=AS_OF)) == 0


def test_progress_and_its_exception() -> None:
    cells = pa.array(CELLS * 1_000)
    seen: List[Any] = []
    columns.nik(cells, as_of=AS_OF, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(cells), len(cells))

    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        columns.nik(cells, as_of=AS_OF, progress=stop)


def test_ctrl_c() -> None:
    cells = pa.array(["3508126801809001"] * 1_000_000)
    many = pa.chunked_array([cells] * 40)
    # a process started in the background ignores the signal, and Python then leaves it so
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            while time.monotonic() - start < 20:
                columns.nik(many, as_of=AS_OF, columns=columns.NIK_COLUMNS)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - start < 20


def test_the_gil_is_free() -> None:
    cells = pa.chunked_array([pa.array(["3508126801809001"] * 1_000_000)] * 20)
    ticks: List[int] = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks.append(1)
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    columns.nik(cells, as_of=AS_OF, columns=columns.NIK_COLUMNS)
    took = time.monotonic() - start
    stop.set()
    thread.join()
    assert took < 0.02 or len(ticks) > 2


def test_deciles_agree_with_rows() -> None:
    scores = [12.9, 12.1, None, 14.0, 13.3, 12.1, float("nan"), 15.0]
    sizes = [1, 4, 2, 3, 5, 6, 1, 2]
    keys = [f"F{i}" for i in range(len(scores))]
    groups = ["3508", "3508", "3508", "6402", "6402", "3508", "6402", "6402"]
    for by in ("families", "persons"):
        families = [
            {"key": k, "score": None if s is None or s != s else s, "size": n, "group": g}
            for k, s, n, g in zip(keys, scores, sizes, groups)
        ]
        rows = [p.decile for p in bansos.ranking.deciles(families, by=by).places]  # type: ignore[arg-type]
        ranked = columns.deciles(
            pl.Series(scores, strict=False), by=by, key=pl.Series(keys), size=pl.Series(sizes), group=pl.Series(groups)
        )  # type: ignore[arg-type]
        assert isinstance(ranked.deciles, pl.Series)
        assert ranked.deciles.to_list() == rows
        categories = [pl.Series(groups, dtype=pl.Categorical), pa.array(groups).dictionary_encode(), pd.Series(groups, dtype="category")]
        for group in categories:
            again = columns.deciles(pl.Series(scores, strict=False), by=by, key=pl.Series(keys), size=pl.Series(sizes), group=group)
            assert again.deciles.to_list() == rows and again.report == ranked.report
    assert ranked.report["groups"] == ["3508", "6402"]


def test_deciles_of_bad_columns() -> None:
    with pytest.raises(bansos.BansosError) as caught:
        columns.deciles(pa.array([1.0, 2.0]), by="families", key=pa.array(["A", "A"]))
    assert caught.value.code == "ranking.key_doubled"
    with pytest.raises(bansos.BansosError) as caught:
        columns.deciles(pa.array(["a"]), by="families")
    assert caught.value.code == "ranking.column_type"
    with pytest.raises(bansos.InputError):
        columns.deciles(pa.array([1.0]), by="heads")  # type: ignore[arg-type]
    with pytest.raises(bansos.BansosError):
        columns.deciles(pa.array([1.0]), by="persons")


NOTHING = [
    pl.Series("n", [None, None, None]),
    pl.Series("n", [None] * 9)[3:6],
    pl.concat([pl.Series("n", [None]), pl.Series("n", [None, None])], rechunk=False),
    pl.DataFrame({"n": [None, None, None]}),
    pa.nulls(3),
    pa.chunked_array([pa.nulls(1), pa.nulls(2)]),
    pd.Series([None, None, None], dtype=object),
]


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__module__)
def test_a_column_of_nothing_has_nothing_in_every_row(given: Any) -> None:
    assert list(pa.table(columns.nik(given, as_of=AS_OF)).column("class").to_pylist()) == ["empty"] * 3
    ranked = columns.deciles(given, by="families")
    assert pl.Series(ranked.deciles).to_list() == [None] * 3
    scores = pl.Series([3.0, 1.0, 2.0])
    assert pl.Series(columns.deciles(scores, by="families", group=given).deciles).to_list() == [None] * 3


def test_a_column_of_nothing_links_nobody() -> None:
    frame = pl.DataFrame({"name": ["SITI AMINAH", "SITI AMINAH"], "born": [None, None]})
    assert frame["born"].dtype == pl.Null
    exact = {"levels": [{"label": "equal", "m": 0.9, "u": 0.01, "when": {"exact": {"column": "born"}}}, {"label": "else", "m": 0.1, "u": 0.99, "when": "else"}]}
    settings = {"blocking": [[{"column": "born"}]], "comparisons": [{"name": "born", **exact}], "prior": 0.01}
    assert len(pa.table(bansos.link(frame, settings, threshold=0).pairs)) == 0


def test_a_column_of_nothing_may_have_no_row() -> None:
    for given in (pl.Series("n", [], dtype=pl.Null), pa.nulls(0), pa.chunked_array([], type=pa.null())):
        assert len(pa.table(columns.nik(given, as_of=AS_OF))) == 0


MIXED = [
    (pd.Series(["3508161103659001", 3508164507689002], dtype=object), "int, str"),
    (pd.Series(["3508161103659001", None, {"nik": 1}], dtype=object), "dict, str"),
    (pd.Series(["3508161103659001", 3], dtype="category"), "int, str"),
    (pd.DataFrame({"nik": ["3508161103659001", 3]}), "int, str"),
]


@pytest.mark.parametrize(("given", "kinds"), MIXED)
def test_cells_of_several_kinds_are_refused_in_our_words(given: Any, kinds: str) -> None:
    with pytest.raises(bansos.BansosError) as caught:
        columns.nik(given, as_of=AS_OF)
    assert caught.value.code == "input.column_mixed"
    assert caught.value.params["kinds"] == kinds
    assert "3508161103659001" not in str(caught.value)
    with pytest.raises(bansos.BansosError, match="input.column_mixed"):
        columns.deciles(given, by="families")
