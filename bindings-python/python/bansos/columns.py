"""Columns in and out without copying: pandas, Polars, pyarrow, DuckDB, and whatever speaks the Arrow PyCapsule interface.

The caller gets back the kind that came in. The GIL is released; Ctrl-C stops the work.
"""

from __future__ import annotations

import datetime
from typing import Any, Callable, Dict, NamedTuple, Optional, Sequence, Union

from . import _inputs as inputs
from ._native import Table, nik_columns, rank_columns

__all__ = ["Ranked", "Table", "deciles", "nik"]

NIK_COLUMNS = ("class", "region", "birth_date", "sex", "flags")


class Ranked(NamedTuple):
    """Deciles of a column, and what the ranking says about itself."""

    deciles: Any
    """One for each row: 1 (poorest) to 10, null where not ranked; of the kind that the score came in."""
    report: Dict[str, Any]
    """Sizes, reasons, cuts, in all and by group."""


def nik(
    values: Any,
    *,
    as_of: Union[str, datetime.date],
    columns: Sequence[str] = ("class",),
    progress: Optional[Callable[[int, int], object]] = None,
) -> Any:
    """Judges a column of NIKs.

    :param values: texts: a column of any Arrow library, or a list of ``str``. Numbers are refused: above 2^53 they change.
    :param as_of: the reference date
    :param columns: which of ``class`` (the verdict in one word, as :func:`bansos.nik.examine` gives it), ``region`` (the first
        six digits), ``birth_date`` (the younger one where two are possible), ``sex``, ``flags`` (bits of all findings)
    :param progress: called with (rows done, rows in all) about ten times a second; an exception in it stops the work
    :returns: a table of the kind that came in; :class:`Table` for a list
    :raises bansos.BansosError: for a column that holds no text

    >>> from bansos import columns
    >>> found = columns.nik(["3508126801809001", "350812680180900", None], as_of="2026-11-21")
    >>> found
    <bansos.Table 3 rows: class>
    """
    unknown = [c for c in columns if c not in NIK_COLUMNS]
    if unknown or not columns:
        raise ValueError(f"columns are some of {', '.join(NIK_COLUMNS)}; not {', '.join(unknown) or 'none'}")
    return _like(values, nik_columns(values, as_of, list(columns), progress))


def deciles(
    score: Any,
    *,
    by: inputs.RankBy,
    key: Optional[Any] = None,
    size: Optional[Any] = None,
    group: Optional[Any] = None,
    rule: inputs.RankRule = "start",
    ties: inputs.RankTies = "split",
    scale: inputs.RankScale = "deciles",
    lower_is_poorer: bool = True,
    min_group: int = 0,
    near: Optional[float] = None,
) -> Ranked:
    """Ranks a column of scores: exact, in linear time, by the same rules as :func:`bansos.ranking.deciles`.

    :param score: floats, integers or decimals; null and NaN are not ranked
    :param by: whether each decile holds a tenth of the families or of the persons; official words disagree, so name it
    :param key: orders equal scores; without one the order of the rows does, which is only right where that is settled
    :param size: members of each family, needed when ranking by persons
    :param group: region codes or names, each ranked by itself
    """
    options = {
        "by": by,
        "rule": rule,
        "ties": ties,
        "scale": scale,
        "lower_is_poorer": lower_is_poorer,
        "min_group": min_group,
        "near": near,
    }
    table, reports = rank_columns(score, size, key, [group], options)
    return Ranked(_series(_like(score, table)), reports[0])


def _like(given: Any, table: Table) -> Any:
    """The table in the kind that was given."""
    home = type(given).__module__.split(".")[0]
    if home == "polars":
        import polars  # pyright: ignore

        return polars.DataFrame(table)
    if home == "pandas":
        import pandas  # pyright: ignore

        made: Any = pandas.DataFrame.from_arrow(table) if hasattr(pandas.DataFrame, "from_arrow") else _arrow(table).to_pandas()
        made.index = given.index
        return made
    if home == "pyarrow":
        return _arrow(table)
    if home in ("duckdb", "_duckdb"):
        import duckdb  # pyright: ignore

        return duckdb.from_arrow(_arrow(table))
    return _by_narwhals(given, table)


def _arrow(table: Table) -> Any:
    import importlib

    pyarrow: Any = importlib.import_module("pyarrow")
    return pyarrow.table(table)


def _by_narwhals(given: Any, table: Table) -> Any:
    """Other kinds (modin, cudf, …) as far as narwhals knows them; else the table as it is."""
    try:
        import importlib

        narwhals: Any = importlib.import_module("narwhals")
        known: Any = narwhals.from_native(given, allow_series=True)
        return narwhals.from_arrow(table, backend=known.implementation).to_native()
    except (ImportError, TypeError):
        return table


def _series(frame: Any) -> Any:
    """The one column of a frame, where the kind has columns."""
    for name in ("decile", "percentile"):
        try:
            return frame[name]
        except (KeyError, TypeError, AttributeError):
            continue
    return frame
