from typing import Any, List, Mapping

__all__ = ["call", "operations"]

def call(name: str, request: Mapping[str, Any]) -> Any:
    """Calls an operation by name: plain values in, plain values out. The GIL is released while it works."""

def operations() -> List[str]:
    """Names of the operations."""
