from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, final

__all__ = ["LinkedTable", "Table", "call", "column_needs", "columns", "link_table", "operations"]

@final
class Table:
    """Columns of the library: every Arrow library takes them by `__arrow_c_stream__`, without a copy."""

    @property
    def kernel_seconds(self) -> float:
        """Seconds that the kernel took, without the crossing."""

    @property
    def column_names(self) -> List[str]:
        """Names of the columns."""

    def renamed(self, names: Sequence[str]) -> Table:
        """The same columns under other names."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> Any: ...

def call(name: str, request: Mapping[str, Any]) -> Any:
    """Calls an operation by name: plain values in, plain values out. The GIL is released while it works."""

def operations() -> List[str]:
    """Names of the operations."""

def column_needs(name: str, options: Mapping[str, Any]) -> List[str]:
    """The names of the caller's columns that a call of a column operation reads."""

def columns(
    name: str,
    table: Sequence[Tuple[str, Any]],
    options: Mapping[str, Any],
    progress: Optional[Callable[[int, int], object]] = None,
) -> Tuple[Table, Dict[str, Table], Dict[str, Any]]:
    """Runs a column operation: its columns, the tables beside them by name, and what it says of its work by column."""

@final
class LinkedTable:
    """A table linked: pairs, clusters, and the model."""

    def pairs(self) -> Table: ...
    def clusters(self) -> Table: ...
    def report(self) -> Dict[str, Any]: ...
    def waterfall(self, row_l: int, row_r: int) -> List[Tuple[str, float]]: ...
    def self_weights(self) -> Table: ...

def link_table(table: Sequence[Tuple[str, Any]], options: Mapping[str, Any]) -> LinkedTable:
    """Links the rows of columns: the column operation `link` with the linker kept."""
