"""Deciles of a data frame: by column names, the same kind of frame back."""

from __future__ import annotations

import importlib
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union, overload

from typing import TYPE_CHECKING

from ._native import rank_columns

if TYPE_CHECKING:
    from typing import Literal

    from . import _inputs as inputs

__all__ = ["deciles"]


@overload
def deciles(
    frame: Any, *, score: str, by: inputs.RankBy, group: Union[None, str, Sequence[str]] = None, key: Optional[str] = None,
    size: Optional[str] = None, rule: inputs.RankRule = "start", ties: inputs.RankTies = "split",
    scale: inputs.RankScale = "deciles", lower_is_poorer: bool = True, min_group: int = 0, near: Optional[float] = None,
    report: Literal[False] = False,
) -> Any: ...
@overload
def deciles(
    frame: Any, *, score: str, by: inputs.RankBy, group: Union[None, str, Sequence[str]] = None, key: Optional[str] = None,
    size: Optional[str] = None, rule: inputs.RankRule = "start", ties: inputs.RankTies = "split",
    scale: inputs.RankScale = "deciles", lower_is_poorer: bool = True, min_group: int = 0, near: Optional[float] = None,
    report: Literal[True],
) -> Tuple[Any, Dict[str, Any]]: ...
def deciles(
    frame: Any,
    *,
    score: str,
    by: inputs.RankBy,
    group: Union[None, str, Sequence[str]] = None,
    key: Optional[str] = None,
    size: Optional[str] = None,
    rule: inputs.RankRule = "start",
    ties: inputs.RankTies = "split",
    scale: inputs.RankScale = "deciles",
    lower_is_poorer: bool = True,
    min_group: int = 0,
    near: Optional[float] = None,
    report: bool = False,
) -> Any:
    """Adds deciles to a data frame: ``decile`` among all rows, and ``decile_<column>`` within each value of every group
    column, all in one pass over the scores. Exact, and the same for any order of rows once a key is named.

    :param frame: pandas, Polars (a lazy frame is collected), pyarrow, DuckDB, or a dict of lists
    :param score: column of welfare scores: floats, integers or decimals; null and NaN are not ranked
    :param by: ``"families"`` or ``"persons"``: what each decile holds a tenth of; official words disagree, so name it
    :param group: column or columns of region codes or names, for instance ``["province", "kabupaten"]``
    :param key: column with an identifier of each family: it orders equal scores; without one the order of the rows does
    :param size: column with the number of members, needed when ranking by persons
    :param scale: ``"percentiles"`` adds ``percentile`` and ``percentile_<column>`` instead
    :param near: counts families whose score is at most this far from the next decile's, for the report
    :param report: also gives, by name of the new column, sizes, cuts, and how many were unranked, tie-decided or near a cut
    :returns: the frame with the new columns, of the kind that came in; with ``report`` a pair of it and the reports

    >>> import bansos
    >>> families = {"score": [3.5, None, 1.5, 2.0], "kabupaten": ["3508", "3508", "6402", "6402"]}
    >>> bansos.deciles(families, score="score", by="families", group="kabupaten")["decile_kabupaten"]
    [1, None, 1, 6]
    """
    groups: List[str] = [] if group is None else [group] if isinstance(group, str) else list(group)
    home = type(frame).__module__.split(".")[0]
    if home == "polars" and hasattr(frame, "collect"):
        frame = frame.collect()
    if home in ("duckdb", "_duckdb"):
        frame = frame.to_arrow_table() if hasattr(frame, "to_arrow_table") else frame.arrow()
    options = {
        "by": by, "rule": rule, "ties": ties, "scale": scale, "lower_is_poorer": lower_is_poorer, "min_group": min_group,
        "near": near,
    }
    within = [None, *(_column(frame, name) for name in groups)]
    table, reports = rank_columns(_column(frame, score), _column(frame, size), _column(frame, key), within, options)
    word = "decile" if scale == "deciles" else "percentile"
    names = [word, *(f"{word}_{name}" for name in groups)]
    added = _with(frame, home, table, names)
    return (added, dict(zip(names, reports))) if report else added


def _column(frame: Any, name: Optional[str]) -> Any:
    if name is None:
        return None
    try:
        column: Any = frame[name]
        return _library("pyarrow").array(column) if isinstance(column, (list, tuple)) else column
    except (KeyError, TypeError, IndexError) as why:
        raise KeyError(f"the frame has no column {name!r}") from why
    except Exception as why:  # Polars has an error of its own
        if type(why).__name__ == "ColumnNotFoundError":
            raise KeyError(f"the frame has no column {name!r}") from None
        raise


def _with(frame: Any, home: str, table: Any, names: List[str]) -> Any:
    """The frame with the table's columns under these names."""
    if isinstance(frame, dict):
        made: Any = _arrow(table)
        columns: Dict[str, Any] = dict(frame)  # pyright: ignore
        columns.update((name, made.column(at).to_pylist()) for at, name in enumerate(names))
        return columns
    if home == "polars":
        made = _library("polars").DataFrame(table)
        return frame.with_columns([made.to_series(at).alias(name) for at, name in enumerate(names)])
    if home == "pandas":
        # whole numbers that know nulls, not floats
        kind: Any = _library("pandas").UInt8Dtype()
        made = _arrow(table).to_pandas(types_mapper={_library("pyarrow").uint8(): kind}.get)
        made.index = frame.index
        return frame.assign(**{name: made.iloc[:, at] for at, name in enumerate(names)})
    if home in ("pyarrow", "duckdb", "_duckdb"):
        arrow = _arrow(table)
        for at, name in enumerate(names):
            frame = frame.append_column(name, arrow.column(at).combine_chunks())
        if home == "pyarrow":
            return frame
        return _library("duckdb").from_arrow(frame)
    narwhals = _library("narwhals")
    known: Any = narwhals.from_native(frame)
    made = narwhals.from_arrow(table, backend=known.implementation)
    return known.with_columns(*(made[old].alias(new) for old, new in zip(made.columns, names))).to_native()


def _arrow(table: Any) -> Any:
    return _library("pyarrow").table(table)


def _library(name: str) -> Any:
    """A library that only some callers have."""
    return importlib.import_module(name)
