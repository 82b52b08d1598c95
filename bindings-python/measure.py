"""What the crossing costs: a column of NIKs by each library over the kernel in the same run, and one call of each size.

    python measure.py [millions of rows]
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any, Callable

import pandas as pd
import polars as pl
import pyarrow as pa

import bansos
from bansos._native import columns

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
    print(f"{MILLIONS:g} m NIKs, the class column, median of 9; *back* is the answer in the kind that came in.\n")
    print("| column | kernel, ms | with crossing, ms | over the kernel | back, ms |\n|---|---:|---:|---:|---:|")
    for name, values in given.items():
        runs: list[tuple[float, float]] = []
        for _ in range(9):
            took, (table, *_) = best(1, lambda v=values: columns("nik", [("nik", v)], {"as_of": AS_OF}))
            runs.append((took, table.kernel_seconds))
        took = statistics.median(t for t, _ in runs)
        kernel = statistics.median(k for _, k in runs)
        over = statistics.median(t / k - 1 for t, k in runs)
        whole, _ = best(5, lambda v=values: bansos.columns.nik(v, as_of=AS_OF))
        print(f"| {name} | {kernel * 1e3:.1f} | {took * 1e3:.1f} | {over:+.1%} | {whole * 1e3:.1f} |")
    call = 2_000
    objects, _ = best(5, lambda: [bansos.nik.examine("3508126801809001", as_of=AS_OF) for _ in range(call)])
    plain, _ = best(5, lambda: [bansos.call("nik.parse", {"nik": "3508126801809001"}) for _ in range(call)])
    print(f"\nOne call: `nik.parse` as plain data {plain / call * 1e6:.1f} µs, `nik.examine` as an object {objects / call * 1e6:.1f} µs.")


main()
