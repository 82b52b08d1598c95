"""Plots for ranking and targeting, and the numbers behind them as small tables. Needs matplotlib.

Every function draws on ``ax`` (a new figure without one) and returns a :class:`Drawn`: the axes and the numbers. ``lang`` is
``"id"`` or ``"en"``. Welfare is a score where low means poor; families are ranked before any transfer.

>>> from bansos import plots
>>> curve = plots.concentration([10.0, 20.0, 30.0, 40.0], [6, 3, 1, 0]).numbers
>>> [round(point, 2) for point in curve["benefit"]]
[0.0, 0.6, 0.9, 1.0, 1.0]
"""

from __future__ import annotations

import importlib
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

__all__ = ["Drawn", "concentration", "coverage", "cut_off", "lorenz", "profile", "transitions"]

RED, BLUE, GREY = "#b5432a", "#2b5d8c", "#9a9a9a"


class Drawn(NamedTuple):
    """A plot and its numbers."""

    ax: Any
    """The matplotlib axes."""
    numbers: Dict[str, List[Any]]
    """Columns of equal length, ready for a data frame."""


def concentration(
    welfare: Any, benefit: Any, weight: Optional[Any] = None, *, label: Optional[str] = None, ax: Any = None, lang: str = "id"
) -> Drawn:
    """The concentration curve: cumulative share of benefits against cumulative share of families (or of ``weight``, for
    instance persons), poorest first. Above the diagonal the poor get more than their share. Families of equal welfare are
    one straight segment.
    """
    np = _numpy()
    w, b, n = _ranked(welfare, benefit, weight)
    people, money = _curve(np, w, n), _curve(np, w, b)
    ax = _axes(ax)
    ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
    ax.plot(people, money, color=RED, label=label or _say(lang, "manfaat", "benefits"))
    ax.set(
        xlim=(0, 1), ylim=(0, 1), aspect="equal",
        xlabel=_line(lang, weight),
        ylabel=_say(lang, "bagian manfaat", "share of benefits"),
    )
    ax.legend(frameon=False, loc="lower right")
    return Drawn(ax, {"population": people.tolist(), "benefit": money.tolist()})


def lorenz(welfare: Any, weight: Optional[Any] = None, *, label: Optional[str] = None, ax: Any = None, lang: str = "id") -> Drawn:
    """The Lorenz curve of an amount such as spending (not of a logarithm), with the Gini index in the numbers."""
    np = _numpy()
    w, b, n = _ranked(welfare, welfare, weight)
    people, amount = _curve(np, w, n), _curve(np, w, b * n)
    gini = float(1 - np.sum(np.diff(people) * (amount[1:] + amount[:-1])))
    ax = _axes(ax)
    ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
    ax.plot(people, amount, color=BLUE, label=f"{label or _say(lang, 'pengeluaran', 'spending')} (Gini {gini:.2f})")
    ax.set(
        xlim=(0, 1), ylim=(0, 1), aspect="equal",
        xlabel=_line(lang, weight),
        ylabel=_say(lang, "bagian pengeluaran", "share of spending"),
    )
    ax.legend(frameon=False, loc="upper left")
    return Drawn(ax, {"population": people.tolist(), "welfare": amount.tolist(), "gini": [gini] * len(people)})


def profile(decile: Any, value: Any, weight: Optional[Any] = None, *, name: str = "", ax: Any = None, lang: str = "id") -> Drawn:
    """The decile profile: the mean of a value (or the share of a yes/no fact) in each decile."""
    d, v, n = _by_decile(decile, value, weight)
    mean = [float((v[d == k] * n[d == k]).sum() / n[d == k].sum()) if (d == k).any() else None for k in range(1, 11)]
    ax = _axes(ax, wide=True)
    ax.bar(range(1, 11), [m or 0.0 for m in mean], color=BLUE)
    ax.set(xlabel=_say(lang, "desil", "decile"), ylabel=name or _say(lang, "rata-rata", "mean"), xticks=range(1, 11))
    return Drawn(ax, {"decile": list(range(1, 11)), "mean": mean, "families": [int((d == k).sum()) for k in range(1, 11)]})


def transitions(before: Any, after: Any, *, ax: Any = None, lang: str = "id") -> Drawn:
    """The transition heat map: of the families of each decile before, the share in each decile after. Families without a
    decile in one of the two are left out; the numbers count them as decile 0.
    """
    np = _numpy()
    a, b = _whole(before), _whole(after)
    if len(a) != len(b):
        raise ValueError("both columns need the same families in the same order")
    matrix = np.zeros((11, 11), dtype=np.int64)
    np.add.at(matrix, (a, b), 1)
    inner = matrix[1:, 1:]
    share = inner / np.maximum(inner.sum(axis=1, keepdims=True), 1)
    ax = _axes(ax)
    ax.imshow(share, cmap="Reds", vmin=0, vmax=1)
    for row in range(10):
        for column in range(10):
            if share[row, column] >= 0.005:
                dark = share[row, column] > 0.55
                ax.text(column, row, f"{100 * share[row, column]:.0f}", ha="center", va="center", fontsize=7,
                        color="white" if dark else "black")
    ticks = range(10)
    ax.set(
        xticks=ticks, yticks=ticks, xticklabels=range(1, 11), yticklabels=range(1, 11),
        xlabel=_say(lang, "desil sesudah", "decile after"), ylabel=_say(lang, "desil sebelum", "decile before"),
        title=_say(lang, "perpindahan desil (% baris)", "moves between deciles (% of row)"),
    )
    where = [(int(i), int(j)) for i in range(11) for j in range(11)]
    return Drawn(ax, {
        "before": [i for i, _ in where], "after": [j for _, j in where], "families": [int(matrix[i, j]) for i, j in where],
    })


def coverage(decile: Any, covered: Any, weight: Optional[Any] = None, *, meant: int = 4, ax: Any = None, lang: str = "id") -> Drawn:
    """Coverage by decile; deciles that the programme is meant for (1 to ``meant``) in another colour."""
    drawn = profile(decile, covered, weight, ax=ax, lang=lang)
    for k, bar in enumerate(drawn.ax.patches[-10:], start=1):
        bar.set_color(BLUE if k <= meant else RED)
    drawn.ax.set(ylabel=_say(lang, "cakupan", "coverage"), ylim=(0, 1))
    numbers = dict(drawn.numbers)
    numbers["coverage"] = numbers.pop("mean")
    return Drawn(drawn.ax, numbers)


def cut_off(
    score: Any, meant: Any, weight: Optional[Any] = None, *, chosen: Optional[float] = None, ax: Any = None, lang: str = "id"
) -> Drawn:
    """Exclusion against inclusion error as the cut-off of a score moves, for families truly ``meant`` (yes/no, for instance
    by measured spending): exclusion is the share of those meant above the cut, inclusion the share of those below the cut
    who are not meant. ``chosen`` marks a share of families that the programme takes in.
    """
    np = _numpy()
    s, m, n = _ranked(score, meant, weight)
    yes, no = np.cumsum(m * n), np.cumsum((1 - m) * n)
    taken = np.cumsum(n) / n.sum()
    exclusion, inclusion = 1 - yes / max(yes[-1], 1), no / np.maximum(yes + no, 1)
    # a cut runs between different scores only
    ends = np.flatnonzero(np.append(s[1:] != s[:-1], True))
    exclusion, inclusion, taken = exclusion[ends], inclusion[ends], taken[ends]
    ax = _axes(ax)
    ax.plot(inclusion, exclusion, color=RED)
    if chosen is not None:
        at = int(np.abs(taken - chosen).argmin())
        ax.plot(inclusion[at], exclusion[at], "o", color=BLUE)
        ax.annotate(f"{100 * taken[at]:.0f} %", (inclusion[at], exclusion[at]), textcoords="offset points", xytext=(8, 4))
    ax.set(
        xlim=(0, 1), ylim=(0, 1), aspect="equal",
        xlabel=_say(lang, "kesalahan inklusi (dari yang diterima)", "inclusion error (of those taken in)"),
        ylabel=_say(lang, "kesalahan eksklusi (dari sasaran)", "exclusion error (of those meant)"),
    )
    return Drawn(ax, {"taken_in": taken.tolist(), "exclusion": exclusion.tolist(), "inclusion": inclusion.tolist()})


def _say(lang: str, indonesian: str, english: str) -> str:
    return english if lang == "en" else indonesian


def _line(lang: str, weight: Optional[Any]) -> str:
    if weight is None:
        return _say(lang, "bagian keluarga, dari yang termiskin", "share of families, poorest first")
    return _say(lang, "bagian bobot (misalnya jiwa), dari yang termiskin", "share of the weight (for instance persons), poorest first")


def _numpy() -> Any:
    return importlib.import_module("numpy")


def _axes(ax: Any, wide: bool = False) -> Any:
    if ax is not None:
        return ax
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    _, made = pyplot.subplots(figsize=(6.4, 3.2) if wide else (4.6, 4.6), layout="constrained")
    return made


def _numbers(column: Any) -> Any:
    """A column of any kind as floats; what is missing is NaN."""
    np = _numpy()
    if hasattr(column, "to_pylist"):
        column = column.to_pylist()
    elif hasattr(column, "to_numpy") and not type(column).__module__.startswith("pandas"):
        column = column.to_numpy()
    elif hasattr(column, "astype") and type(column).__module__.startswith("pandas"):
        return column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    values: Any = column
    return np.array([np.nan if v is None else v for v in values] if isinstance(column, (list, tuple)) else values, dtype="float64")


def _whole(column: Any) -> Any:
    np = _numpy()
    return np.nan_to_num(_numbers(column), nan=0.0).astype(np.int64).clip(0, 10)


def _ranked(welfare: Any, value: Any, weight: Optional[Any]) -> Tuple[Any, Any, Any]:
    """Welfare, value and weight of the rows that have all three, poorest first."""
    np = _numpy()
    w, v = _numbers(welfare), _numbers(value)
    n = np.ones(len(w)) if weight is None else _numbers(weight)
    if not len(w) == len(v) == len(n):
        raise ValueError("the columns differ in length")
    known = np.isfinite(w) & np.isfinite(v) & np.isfinite(n)
    w, v, n = w[known], v[known], n[known]
    if not len(w) or n.sum() <= 0:
        raise ValueError("no row has a score, a value and a weight")
    order = np.argsort(w, kind="stable")
    return w[order], v[order], n[order]


def _curve(np: Any, welfare: Any, amount: Any) -> Any:
    """Cumulative shares at the end of every run of equal welfare, from 0 to 1."""
    ends = np.flatnonzero(np.append(welfare[1:] != welfare[:-1], True))
    total = amount.sum()
    return np.concatenate([[0.0], np.cumsum(amount)[ends] / (total if total else 1.0)])


def _by_decile(decile: Any, value: Any, weight: Optional[Any]) -> Tuple[Any, Any, Any]:
    np = _numpy()
    d, v = _whole(decile), _numbers(value)
    n = np.ones(len(d)) if weight is None else _numbers(weight)
    if not len(d) == len(v) == len(n):
        raise ValueError("the columns differ in length")
    known = (d > 0) & np.isfinite(v) & np.isfinite(n)
    return d[known], v[known], n[known]
