"""How the larger answers show themselves: one line in a console, a card in a notebook."""

from __future__ import annotations

import datetime
import html
from typing import Any, List, Optional, Tuple

from ._values import Record

__all__ = ["ComparedView", "DeterminationView"]

COLOURS = {
    "eligible": "#2e7d4f",
    "same": "#2e7d4f",
    "ineligible": "#b5432a",
    "different": "#b5432a",
    "undetermined": "#8a6d1a",
    "review": "#8a6d1a",
}
MARKS = {"yes": "✓", "no": "✗"}


def rupiah(amount: int) -> str:
    """As Indonesia writes it.

    >>> rupiah(2400000)
    'Rp2.400.000'
    """
    return f"Rp{amount:,}".replace(",", ".")


def _badge(word: str) -> str:
    colour = COLOURS.get(word, "#555")
    return (
        f"<span style='background:{colour};color:#fff;padding:.1em .5em;border-radius:.3em'>{html.escape(word)}</span>"
    )


def _sentences(both: Any) -> str:
    quiet = "font-weight:normal;color:#777"
    return f"{html.escape(both.id)}<br><small style='{quiet}'>{html.escape(both.en)}</small>"


def _row(*cells: str) -> str:
    inner = "".join(f"<td style='text-align:left;vertical-align:top'>{cell}</td>" for cell in cells)
    return f"<tr>{inner}</tr>"


class DeterminationView(Record):
    """Outcome and money first, then the reasons that the outcome depends on, each with its basis."""

    programme: str
    name: Any
    date: datetime.date
    outcome: Any
    amounts: Any
    reasons: Tuple[Any, ...]
    missing: Tuple[Any, ...]
    edition: str
    overlays: Tuple[str, ...]
    alternatives: Tuple[str, ...]

    def __repr__(self) -> str:
        deciding = [r.code for r in self.reasons if r.decides]
        shown = f"{self.programme} {self.date}: {self.outcome}, {rupiah(self.amounts.year)} a year"
        return f"Determination({shown}; {', '.join(deciding) or 'no reason against'})"

    def _repr_html_(self) -> str:
        rows: List[str] = []
        for r in sorted(self.reasons, key=lambda r: not r.decides):
            basis = "; ".join(f"{b.title or b.source} {b.article}".strip() for b in r.basis)
            said = f"<b>{_sentences(r.message)}</b>" if r.decides else _sentences(r.message)
            rows.append(_row(MARKS.get(str(r.truth), "?"), said, f"<small style='color:#777'>{html.escape(basis)}</small>"))
        for m in self.missing:
            rows.append(_row("?", _sentences(m.message), ""))
        money = f"{rupiah(self.amounts.year)} / tahun"
        if self.amounts.at_most > self.amounts.year:
            money += f" (paling banyak {rupiah(self.amounts.at_most)})"
        on_top = ", ".join(self.overlays + self.alternatives)
        edition = f"kebijakan {self.edition}" + (f"; {on_top}" if on_top else "")
        return (
            f"<div><b>{html.escape(self.name.id)}</b> {self.date} {_badge(str(self.outcome))} {money}"
            f"<table>{''.join(rows)}</table><small>{html.escape(edition)}</small></div>"
        )


class ComparedView(Record):
    """The verdict, and the weight taken apart as a waterfall."""

    verdict: Any
    message: Any
    weight: float
    probability: float
    steps: Tuple[Any, ...]

    def __repr__(self) -> str:
        strongest: Optional[Any] = max(self.steps, key=lambda s: abs(s.bits), default=None)
        why = f"; {strongest.label.en} {strongest.bits:+.1f}" if strongest else ""
        return f"DedupCompared({self.verdict}, {self.weight:+.1f} bits{why})"

    def _repr_html_(self) -> str:
        widest = max((abs(s.bits) for s in self.steps), default=1.0) or 1.0
        rows = "".join(
            f"<tr><td style='text-align:left'>{html.escape(s.label.id)}</td><td>{s.bits:+.1f}</td><td style='text-align:left'>"
            f"<span style='display:inline-block;height:.8em;width:{abs(s.bits) / widest * 12:.2f}em;"
            f"background:{'#2e7d4f' if s.bits > 0 else '#b5432a'}'></span></td></tr>"
            for s in self.steps
        )
        head = f"{_badge(str(self.verdict))} {html.escape(self.message.id)}: {self.weight:+.1f} bit ({self.probability:.2%})"
        return f"<div>{head}<table>{rows}</table></div>"
