import datetime
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union, final

__all__ = ["LinkedTable", "Table", "call", "link_columns", "link_table", "nik_columns", "operations", "rank_columns"]

@final
class Table:
    """Columns of the library: every Arrow library takes them by `__arrow_c_stream__`, without a copy."""

    @property
    def kernel_seconds(self) -> float:
        """Seconds that the kernel took, without the crossing."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> Any: ...

def call(name: str, request: Mapping[str, Any]) -> Any:
    """Calls an operation by name: plain values in, plain values out. The GIL is released while it works."""

def operations() -> List[str]:
    """Names of the operations."""

def nik_columns(
    values: Any,
    as_of: Union[str, datetime.date],
    wanted: Sequence[str],
    progress: Optional[Callable[[int, int], object]] = None,
) -> Table:
    """Judges a column of NIKs: one row for each cell, with the columns wanted."""

def rank_columns(
    score: Any,
    size: Optional[Any],
    key: Optional[Any],
    groupings: Sequence[Optional[Any]],
    options: Mapping[str, Any],
) -> Tuple[Table, List[Dict[str, Any]]]:
    """Ranks columns by each grouping, `None` for all rows together: the parts of each row, and a report for each."""

@final
class LinkedTable:
    """A table linked: pairs, clusters, and the model."""

    def pairs(self) -> Table: ...
    def clusters(self) -> Table: ...
    def model(self) -> str: ...
    def weights(self) -> List[Tuple[str, str, Optional[float], Optional[float], float]]: ...
    def waterfall(self, row_l: int, row_r: int) -> List[Tuple[str, float]]: ...
    def self_weights(self) -> Table: ...
    def counts(self) -> List[Dict[str, int]]: ...

def link_columns(settings: str) -> List[str]:
    """The columns that settings name."""

def link_table(
    columns: Sequence[Tuple[str, Any]], settings: str, threshold: Optional[float] = None
) -> LinkedTable:
    """Links the rows of columns of text."""
