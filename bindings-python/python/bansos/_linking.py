"""Linking a table of your own: who is who, why, and how well the model works; plots in the style that Splink's users know."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union, cast

from ._native import LinkedTable, link_columns, link_table
from .columns import _like

__all__ = ["Linked", "link"]


def link(frame: Any, settings: Union[str, Mapping[str, Any]], *, threshold: Optional[float] = None) -> "Linked":
    """Links the rows of a table under settings of your own; what the settings leave open is estimated from the table.

    :param frame: a DataFrame (pandas, Polars, pyarrow), or a dictionary of columns
    :param settings: blocking rules, comparisons with their levels, and m and u where known: a dictionary or JSON text. Settings
        and trained models of Splink (3 to 5, DuckDB dialect) are understood where their conditions have a counterpart.
    :param threshold: pairs from this match weight (log2 odds) up are kept and joined; the settings' own, or 0
    :raises bansos.BansosError: for settings that cannot be run, or a condition of Splink without a counterpart

    >>> import bansos
    >>> people = {
    ...     "name": ["SITI AMINAH", "St. Aminah", "BUDI SANTOSO", "JOKO"],
    ...     "born": ["1971-01-06", "1971-01-06", "1980-03-09", "1980-03-09"],
    ... }
    >>> name, born = {"column": "name"}, {"column": "born"}
    >>> settings = {
    ...     "blocking": [[born]],
    ...     "comparisons": [
    ...         {"name": "name", "levels": [
    ...             {"label": "alike", "when": {"name": {"column": "name", "at_least": "variant"}}, "m": 0.9, "u": 0.001},
    ...             {"label": "else", "when": "else", "m": 0.1, "u": 0.999}]},
    ...         {"name": "born", "levels": [
    ...             {"label": "equal", "when": {"exact": born}, "m": 0.95, "u": 0.0001},
    ...             {"label": "else", "when": "else", "m": 0.05, "u": 0.9999}]}],
    ...     "prior": 0.01,
    ... }
    >>> linked = bansos.link(people, settings)
    >>> [round(bits) for _, bits in linked.waterfall(0, 1)]
    [-7, 10, 13]
    """
    text = settings if isinstance(settings, str) else json.dumps(dict(settings))
    wanted = link_columns(text)
    missing = [c for c in wanted if c not in _names(frame)]
    if missing:
        raise KeyError(f"the table has no column {', '.join(missing)}")
    return Linked(frame, link_table([(c, _text(frame, c)) for c in wanted], text, threshold))


class Linked:
    """What :func:`link` found."""

    def __init__(self, frame: Any, native: LinkedTable) -> None:
        self._frame, self._native = frame, native
        self._pairs: Optional[Any] = None

    @property
    def pairs(self) -> Any:
        """Pairs with their match weight, probability and levels (``gamma_…``, 0 for "else", as Splink counts them)."""
        if self._pairs is None:
            self._pairs = _frame_like(self._frame, self._native.pairs())
        return self._pairs

    @property
    def clusters(self) -> Any:
        """The cluster of each row, named by its lowest row."""
        return _frame_like(self._frame, self._native.clusters())

    @property
    def model(self) -> Dict[str, Any]:
        """The trained settings: save them as JSON, give them to :func:`link` again."""
        return json.loads(self._native.model())

    @property
    def rules(self) -> List[Dict[str, int]]:
        """Per blocking rule: its pairs, and the rows of its largest block."""
        return self._native.counts()

    @property
    def weights(self) -> List[Dict[str, Any]]:
        """m, u and match weight of every level of every comparison."""
        names = ("comparison", "level", "m", "u", "match_weight")
        return [dict(zip(names, row)) for row in self._native.weights()]

    def waterfall(self, row_l: int, row_r: int) -> List[Tuple[str, float]]:
        """The steps of the weight of two rows; they sum to it."""
        return self._native.waterfall(row_l, row_r)

    def unlinkables(self) -> List[Tuple[float, float]]:
        """(threshold, share of the rows that could not reach it even against a copy of themselves)."""
        weights = sorted(_values(self._native.self_weights(), "match_weight"))
        out: List[Tuple[float, float]] = []
        n, at = len(weights), 0
        for threshold in range(-10, 41):
            while at < n and weights[at] < threshold:
                at += 1
            out.append((float(threshold), at / n if n else 0.0))
        return out

    def curve(self, truth: Sequence[Any]) -> List[Dict[str, float]]:
        """Precision, recall and F1 of the pairs at every threshold, a bit apart.

        :param truth: per row the true person, as in a file of labels; never used for linking
        """
        labels = list(truth)
        sizes: Dict[Any, int] = {}
        for t in labels:
            sizes[t] = sizes.get(t, 0) + 1
        all_true = sum(n * (n - 1) // 2 for n in sizes.values())
        native = self._native.pairs()
        rows = sorted(
            zip(_values(native, "match_weight"), _values(native, "row_l"), _values(native, "row_r")), reverse=True
        )
        out: List[Dict[str, float]] = []
        at = both = 0
        for threshold in range(40, int(rows[-1][0]) - 2 if rows else 39, -1):
            while at < len(rows) and rows[at][0] >= threshold:
                both += labels[rows[at][1]] == labels[rows[at][2]]
                at += 1
            if at:
                out.append({
                    "match_weight": float(threshold), "precision": both / at, "recall": both / max(all_true, 1),
                    "f1": 2 * both / (at + all_true),
                })  # fmt: skip
        return out[::-1]

    def plot_weights(self, ax: Any = None) -> Any:
        """The match weight of every level: what speaks for and what against."""
        ax = ax or _axes(0.28 * len(self.weights) + 1)
        rows = self.weights[::-1]
        _bars(ax, [f"{w['comparison']}: {w['level']}" for w in rows], [0.0] * len(rows), [w["match_weight"] for w in rows])
        ax.set_xlabel("match weight (log2 of m/u)")
        return ax

    def plot_waterfall(self, row_l: int, row_r: int, ax: Any = None) -> Any:
        """How the weight of two rows comes about, from the prior to the sum."""
        steps = self.waterfall(row_l, row_r)
        ax = ax or _axes(0.35 * len(steps) + 1.4)
        starts: List[float] = []
        at = 0.0
        for _, bits in steps:
            starts.append(at)
            at += bits
        labels = [name for name, _ in steps] + ["sum"]
        _bars(ax, labels[::-1], ([*starts, 0.0])[::-1], ([bits for _, bits in steps] + [at])[::-1])
        ax.set_xlabel(f"match weight (log2 odds); probability {1 / (1 + 2.0 ** -at):.4f}")
        return ax

    def plot_curve(self, truth: Sequence[Any], ax: Any = None) -> Any:
        """Precision, recall and F1 over the threshold."""
        ax = ax or _axes(3.6)
        rows = self.curve(truth)
        for name, style in (("precision", "-"), ("recall", "--"), ("f1", ":")):
            ax.plot([r["match_weight"] for r in rows], [r[name] for r in rows], style, label=name)
        ax.set_xlabel("threshold (match weight)")
        ax.legend()
        return ax

    def plot_unlinkables(self, ax: Any = None) -> Any:
        """The share of rows that no threshold above could link."""
        ax = ax or _axes(3.6)
        rows = self.unlinkables()
        ax.plot([t for t, _ in rows], [100 * share for _, share in rows])
        ax.set_xlabel("threshold (match weight)")
        ax.set_ylabel("unlinkable rows, %")
        return ax


def _bars(ax: Any, labels: List[str], starts: List[float], widths: List[float]) -> None:
    colours = ["#2a7f62" if w >= 0 else "#b3412f" for w in widths]
    ax.barh(range(len(labels)), widths, left=starts, color=colours)
    ax.set_yticks(range(len(labels)), labels)
    ax.axvline(0, color="black", linewidth=0.8)
    for i, (start, width) in enumerate(zip(starts, widths)):
        ax.annotate(f"{width:+.1f}", (start + width, i), xytext=(3 if width >= 0 else -3, 0),
                    textcoords="offset points", va="center", ha="left" if width >= 0 else "right", fontsize=8)  # fmt: skip
    ax.margins(x=0.12)


def _axes(height: float) -> Any:
    import importlib

    plt: Any = importlib.import_module("matplotlib.pyplot")
    return plt.subplots(figsize=(8, height), layout="constrained")[1]


def _names(frame: Any) -> List[str]:
    if isinstance(frame, Mapping):
        return [str(c) for c in cast("Mapping[str, Any]", frame)]
    names = getattr(frame, "column_names", None)  # pyarrow
    return [str(c) for c in (frame.columns if names is None else names)]


def _text(frame: Any, column: str) -> Any:
    """A column as texts: linkage compares what is written."""
    values = frame[column]
    home = type(values).__module__.split(".")[0]
    if home == "pandas":
        return values.astype("string")
    if home == "polars":
        import polars  # pyright: ignore

        return values.cast(polars.String)
    if home == "pyarrow":
        import importlib

        pyarrow: Any = importlib.import_module("pyarrow")
        return values.cast(pyarrow.string())
    return [None if v is None else str(v) for v in values]


def _values(table: Any, column: str) -> List[Any]:
    import importlib

    pyarrow: Any = importlib.import_module("pyarrow")
    return pyarrow.table(table).column(column).to_pylist()


def _frame_like(frame: Any, table: Any) -> Any:
    home = type(frame).__module__.split(".")[0]
    if home == "pandas":
        import importlib

        pyarrow: Any = importlib.import_module("pyarrow")
        return pyarrow.table(table).to_pandas()
    return table if isinstance(frame, Mapping) else _like(frame, table)
