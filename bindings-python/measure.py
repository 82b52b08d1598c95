"""What the crossing costs: a column of NIKs by each library over the kernel in the same run, and one call of each size.

    python measure.py [millions of rows]
"""

from __future__ import annotations

import sys
import time
from typing import Any, Callable

import pandas as pd
import polars as pl
import pyarrow as pa

import bansos
from bansos._native import nik_columns

MILLIONS = float(sys.argv[1]) if len(sys.argv) > 1 else 10
AS_OF = "2026-11-21"


def best(of: int, work: Callable[[], Any]) -> tuple[float, Any]:
    times = []
    for _ in range(of):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start, result))
    return min(times, key=lambda t: t[0])


def main() -> None:
    rows = int(MILLIONS * 1_000_000)
    cells = pa.array([f"350812{i % 28 + 1:02}{i % 12 + 1:02}{i % 50 + 50:02}{9000 + i % 1000}" for i in range(100_000)])
    column = pa.concat_arrays([cells] * (rows // 100_000))
    given: dict[str, Any] = {
        "pyarrow": column,
        "polars": pl.Series("nik", column),
        "pandas (str)": pd.Series(column.to_pandas(), dtype="str"),
        "pandas (Arrow)": pd.Series(column, dtype=pd.ArrowDtype(pa.string())),
    }
    bansos.columns.nik(column, as_of=AS_OF)
    print(f"{MILLIONS:g} m NIKs, class column, best of 7")
    for name, values in given.items():
        took, table = best(7, lambda v=values: nik_columns(v, AS_OF, ["class"]))
        whole, _ = best(7, lambda v=values: bansos.columns.nik(v, as_of=AS_OF))
        kernel = table.kernel_seconds
        print(
            f"  {name:<15} kernel {kernel * 1e3:7.1f} ms ({MILLIONS / kernel:5.0f} m/s)   with crossing {took * 1e3:7.1f} ms"
            f" (+{(took / kernel - 1) * 100:4.1f} %)   back in its kind {whole * 1e3:7.1f} ms"
        )
    took, _ = best(5, lambda: [bansos.nik.examine("3508126801809001", as_of=AS_OF) for _ in range(2_000)])
    plain, _ = best(5, lambda: [bansos.call("nik.parse", {"nik": "3508126801809001"}) for _ in range(2_000)])
    print(f"one nik.examine as an object {took / 2_000 * 1e6:.1f} µs, one nik.parse as plain data {plain / 2_000 * 1e6:.1f} µs")


main()
