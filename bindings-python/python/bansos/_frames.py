"""Columns and frames of every kind in, and the kind that came in out again: what the generated functions stand on."""

from __future__ import annotations

import importlib
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Tuple, Type

from ._native import Table, column_needs, columns

Progress = Optional[Callable[[int, int], object]]


class Ranked(NamedTuple):
    """Deciles of a column, and what the ranking says about itself."""

    deciles: Any
    """One for each row: 1 (poorest) to 10, null where not ranked; of the kind that the score came in."""
    report: Dict[str, Any]
    """Sizes, reasons, cuts, in all and by group."""

    @classmethod
    def _of(cls: Type[Ranked], operation: str, arrays: Mapping[str, Any], options: Mapping[str, Any]) -> Ranked:
        """By one grouping: all rows, or each value of the group."""
        there = {name: array for name, array in arrays.items() if array is not None}
        asked = {**options, **{name: name for name in there}, "overall": "group" not in there}
        table, _, reports = columns(operation, list(there.items()), asked)
        name = table.column_names[0].split("_")[0]
        return cls(_series(like(arrays["score"], table.renamed([name])), name), next(iter(reports.values())))


def on_column(operation: str, values: Any, options: Mapping[str, Any], progress: Progress = None) -> Any:
    """An operation on one column."""
    return like(values, columns(operation, [("", values)], options, progress)[0])


def on_frame(operation: str, frame: Any, options: Mapping[str, Any], report: bool = False, progress: Progress = None) -> Any:
    """An operation on columns of a frame, which comes back with those that the operation made."""
    home = _home(frame)
    if home == "polars" and hasattr(frame, "collect"):
        frame = frame.collect()
    if home in ("duckdb", "_duckdb"):
        frame = frame.to_arrow_table() if hasattr(frame, "to_arrow_table") else frame.arrow()
    needed = dict.fromkeys(column_needs(operation, options))
    table, _, reports = columns(operation, [(name, _column(frame, name)) for name in needed], options, progress)
    added = _with(frame, home, table)
    return (added, reports) if report else added


def like(given: Any, table: Table) -> Any:
    """The table in the kind that was given."""
    home = _home(given)
    if home == "polars":
        return library("polars").DataFrame(table)
    if home == "pandas":
        pandas = library("pandas")
        made: Any = pandas.DataFrame.from_arrow(table) if hasattr(pandas.DataFrame, "from_arrow") else arrow(table).to_pandas()
        made.index = given.index
        return made
    if home == "pyarrow":
        return arrow(table)
    if home in ("duckdb", "_duckdb"):
        return library("duckdb").from_arrow(arrow(table))
    return _by_narwhals(given, table)


def arrow(table: Any) -> Any:
    """The table as pyarrow's."""
    return library("pyarrow").table(table)


def library(name: str) -> Any:
    """A library that only some callers have."""
    return importlib.import_module(name)


def _home(given: Any) -> str:
    return type(given).__module__.split(".")[0]


def _by_narwhals(given: Any, table: Table) -> Any:
    """Other kinds (modin, cudf, …) as far as narwhals knows them; else the table as it is."""
    try:
        narwhals = library("narwhals")
        known: Any = narwhals.from_native(given, allow_series=True)
        return narwhals.from_arrow(table, backend=known.implementation).to_native()
    except (ImportError, TypeError):
        return table


def _series(frame: Any, name: str) -> Any:
    """The one column of a frame, where the kind has columns."""
    try:
        return frame[name]
    except (KeyError, TypeError, AttributeError):
        return frame


def _column(frame: Any, name: str) -> Any:
    try:
        column: Any = frame[name]
        return library("pyarrow").array(column) if isinstance(column, (list, tuple)) else column
    except (KeyError, TypeError, IndexError) as why:
        raise KeyError(f"the frame has no column {name!r}") from why
    except Exception as why:  # Polars has an error of its own
        if type(why).__name__ == "ColumnNotFoundError":
            raise KeyError(f"the frame has no column {name!r}") from None
        raise


def _with(frame: Any, home: str, table: Table) -> Any:
    """The frame with the table's columns."""
    names: List[str] = table.column_names
    if isinstance(frame, dict):
        made: Any = arrow(table)
        columns: Dict[str, Any] = dict(frame)  # pyright: ignore
        columns.update((name, made.column(at).to_pylist()) for at, name in enumerate(names))
        return columns
    if home == "polars":
        made = library("polars").DataFrame(table)
        return frame.with_columns([made.to_series(at).alias(name) for at, name in enumerate(names)])
    if home == "pandas":
        # whole numbers that know nulls, not floats
        kind: Any = library("pandas").UInt8Dtype()
        made = arrow(table).to_pandas(types_mapper={library("pyarrow").uint8(): kind}.get)
        made.index = frame.index
        return frame.assign(**{name: made.iloc[:, at] for at, name in enumerate(names)})
    if home in ("pyarrow", "duckdb", "_duckdb"):
        new = arrow(table)
        for at, name in enumerate(names):
            frame = frame.append_column(name, new.column(at).combine_chunks())
        return frame if home == "pyarrow" else library("duckdb").from_arrow(frame)
    narwhals = library("narwhals")
    known: Any = narwhals.from_native(frame)
    made = narwhals.from_arrow(table, backend=known.implementation)
    return known.with_columns(*(made[name] for name in names)).to_native()


def texts(frame: Any, names: Mapping[str, None]) -> List[Tuple[str, Any]]:
    """Columns as texts: what is written."""
    missing = [name for name in names if name not in _names(frame)]
    if missing:
        raise KeyError(f"the table has no column {', '.join(missing)}")
    return [(name, _text(frame[name])) for name in names]


def _names(frame: Any) -> List[str]:
    if isinstance(frame, Mapping):
        return [str(c) for c in frame]  # pyright: ignore
    names = getattr(frame, "column_names", None)  # pyarrow
    return [str(c) for c in (frame.columns if names is None else names)]


def _text(values: Any) -> Any:
    home = _home(values)
    if home == "pandas":
        return values.astype("string")
    if home == "polars":
        return values.cast(library("polars").String)
    if home == "pyarrow":
        return values.cast(library("pyarrow").string())
    return [None if v is None else str(v) for v in values]
