"""Small values and errors: what the generated answers are made of."""

from __future__ import annotations

import dataclasses
import datetime
import html
from typing import Any, Dict, List, Mapping, Tuple, Type, Union, cast

__all__ = ["BansosError", "Decile", "FamilyCard", "InputError", "Nik", "Record", "RegionCode"]


class _Masked(str):
    """A text that does not show itself: ``str(x)`` is the digits, ``repr(x)`` is not."""

    __slots__ = ()

    @property
    def masked(self) -> str:
        """The first two digits and asterisks: safe for logs and screens."""
        return self[:2] + "*" * (len(self) - 2)

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{self.masked}')"

    def _repr_html_(self) -> str:
        return f"<code>{html.escape(self.masked)}</code>"


class Nik(_Masked):
    """A NIK: sixteen digits, masked in ``repr`` and in notebooks. ``str(nik)`` gives the digits.

    >>> Nik("3508126801019001")
    Nik('35**************')
    >>> str(Nik("3508126801019001"))[:6]
    '350812'
    """

    __slots__ = ()


class FamilyCard(_Masked):
    """A family-card number (No. KK), masked like a NIK."""

    __slots__ = ()


class RegionCode(str):
    """A region code.

    >>> RegionCode("350812")
    RegionCode('350812')
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"RegionCode('{self}')"


class Decile(int):
    """A welfare decile: 1 is the poorest tenth, 10 the richest. Unranked is ``None``, never 0.

    >>> Decile(3)
    Decile(3)
    >>> Decile(0)
    Traceback (most recent call last):
        ...
    ValueError: a decile is 1 to 10 / desil adalah 1 sampai 10
    """

    __slots__ = ()

    def __new__(cls, value: int) -> Decile:
        made = super().__new__(cls, value)
        if not 1 <= made <= 10:
            raise ValueError("a decile is 1 to 10 / desil adalah 1 sampai 10")
        return made

    def __repr__(self) -> str:
        return f"Decile({int(self)})"

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<span style='display:inline-block;width:.6em;height:1em;margin-right:1px;background:"
            f"{'#b5432a' if i == self else '#ddd'}'></span>"
            for i in range(1, 11)
        )
        return f"<span title='desil {int(self)}'>{cells} {int(self)}</span>"


class Record:
    """An answer: attributes, ``to_dict()``, and a table in notebooks."""

    def to_dict(self) -> Dict[str, Any]:
        """Plain values, as every language gives them."""
        return {
            f.name.rstrip("_"): _plain(getattr(self, f.name)) for f in dataclasses.fields(cast(Any, self))
        }

    def __repr__(self) -> str:
        shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(cast(Any, self)))
        return f"{type(self).__name__}({shown})"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(f.name)}</th>"
            f"<td style='text-align:left'>{_html(getattr(self, f.name))}</td></tr>"
            for f in dataclasses.fields(cast(Any, self))
        )
        return f"<table>{rows}</table>"


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(v) for v in cast(Tuple[Any, ...], value)]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value


def _html(value: Any) -> str:
    if hasattr(value, "_repr_html_"):
        return str(value._repr_html_())
    if isinstance(value, tuple):
        items = cast(Tuple[Any, ...], value)
        return "<br>".join(_html(v) for v in items) if items else "–"
    if value is None:
        return "–"
    return html.escape(str(value))


class BansosError(ValueError):
    """A question that cannot be answered. Never repeats a person's value.

    >>> import bansos
    >>> try:
    ...     bansos.nik.parse("123")
    ... except bansos.BansosError as e:
    ...     print(e.code, e.path, e.params, e.messages["id"])
    nik.length /nik {'digits': 3} NIK terdiri atas 16 digit; ini 3 digit
    """

    code: str
    """Stable code, ``area.what``."""
    path: str
    """Where in the request (RFC 6901), empty when it is not about one place."""
    params: Mapping[str, Union[int, str]]
    """The code's parameters."""
    messages: Mapping[str, str]
    """The sentence: ``id`` in Indonesian, ``en`` in English."""

    def __init__(
        self, code: str, path: str, params: Mapping[str, Union[int, str]], messages: Mapping[str, str]
    ) -> None:
        at = f" ({path})" if path else ""
        super().__init__(f"{code}{at}: {messages['id']} / {messages['en']}")
        self.code, self.path, self.params, self.messages = code, path, params, messages

    def __reduce__(self) -> Tuple[Type[BansosError], Tuple[Any, ...]]:
        return (type(self), (self.code, self.path, self.params, self.messages))

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.code)}</b> {html.escape(self.messages['id'])}"


class InputError(BansosError, TypeError):
    """The request itself is wrong: a missing member, another type, a number where an identifier belongs."""


def exception(plain: Mapping[str, Any]) -> BansosError:
    """The exception for an error of the library; called from Rust."""
    made: List[Any] = [plain["code"], plain["path"], plain["params"], plain["message"]]
    return (InputError if plain["code"].startswith("input.") else BansosError)(*made)
