"""A table of your own, linked: who is who, why, and how well the model works; plots in the style that Splink's users know."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Type

from ._frames import arrow, library, like, texts
from ._native import LinkedTable, column_needs, link_table

__all__ = ["Linked"]


class Linked:
    """What :func:`bansos.link` found.

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

    def __init__(self, frame: Any, native: LinkedTable) -> None:
        self._frame, self._native = frame, native
        self._pairs: Optional[Any] = None
        self._report = native.report()

    @classmethod
    def _of(cls: Type[Linked], operation: str, frame: Any, options: Mapping[str, Any]) -> Linked:
        settings = options["settings"]
        options = {**options, "settings": settings if isinstance(settings, str) else dict(settings)}
        needed = dict.fromkeys(column_needs(operation, options))
        return cls(frame, link_table(texts(frame, needed), options))

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
        return self._report["model"]

    @property
    def rules(self) -> List[Dict[str, int]]:
        """Per blocking rule: its pairs, and the rows of its largest block."""
        return self._report["rules"]

    @property
    def weights(self) -> List[Dict[str, Any]]:
        """m, u and match weight of every level of every comparison."""
        return self._report["weights"]

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
        """The match weight of every level: the evidence for and against."""
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
    return library("matplotlib.pyplot").subplots(figsize=(8, height), layout="constrained")[1]


def _values(table: Any, column: str) -> List[Any]:
    return arrow(table).column(column).to_pylist()


def _frame_like(frame: Any, table: Any) -> Any:
    if type(frame).__module__.split(".")[0] == "pandas":
        return arrow(table).to_pandas()
    return table if isinstance(frame, Mapping) else like(frame, table)
