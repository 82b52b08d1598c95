"""Refuses to be loaded into a subinterpreter, where types and threads of the first one would be shared.

CPython 3.12 and later ask the compiled module and refuse by themselves; before that it would be loaded.
"""

import sys

if sys.version_info < (3, 12):
    from importlib import import_module
    from typing import Any

    try:
        # private, and without types
        interpreters: Any = import_module("_xxsubinterpreters")
    except ImportError:  # not CPython: it has none
        pass
    else:
        if interpreters.get_current() != interpreters.get_main():
            raise ImportError("module bansos does not support loading in subinterpreters")
