"""Refuses to be loaded into a subinterpreter, where types and threads of the first one would be shared.

CPython 3.12 and later ask the compiled module and refuse by themselves; before that it would be loaded.
"""

import sys

if sys.version_info < (3, 12):
    try:
        import _xxsubinterpreters as _interpreters  # type: ignore[import-not-found,unused-ignore]
    except ImportError:  # not CPython: it has none
        pass
    else:
        if _interpreters.get_current() != _interpreters.get_main():
            raise ImportError("module bansos does not support loading in subinterpreters")
