"""Our string kernels beside rapidfuzz (C++, Python's; and the Rust crate) and DuckDB's, on the same names, in one run.

    pip install rapidfuzz duckdb numpy pyarrow
    cargo build --release -p bansos-benches --bins
    python benches/compare/kernels.py persons.csv        # written by: target/release/linkage 17600 0 persons.csv only

Million comparisons a CPU second, one thread. Sums of the same pairs stand beside, so that a kernel that computes something
else is seen.
"""

import csv
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

import duckdb
import pyarrow as pa
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

TOOL = pathlib.Path(__file__).parents[2] / "target/release"
MANY, ONES = 20_000, 200


def cpu():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


def timed(work):
    before = cpu()
    total = work()
    return ONES * MANY / 1e6 / max(cpu() - before, 0.001), total


def main():
    tool = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else TOOL
    with open(sys.argv[1], newline="") as f:
        names = [r["name"] for r in csv.DictReader(f) if r["name"] and r["name"].isascii()][: MANY + ONES]
    ones, many = names[:ONES], names[-MANY:]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
        f.write("\n".join(names))
        f.flush()
        run = subprocess.run([tool / "kernels", f.name], capture_output=True, text=True, check=True)
    rows = [(k, v["millions_per_s"], v["sum"]) for k, v in json.loads(run.stdout).items()]

    for name, scorer in (("jaro_winkler", JaroWinkler.similarity), ("levenshtein", Levenshtein.distance), ("osa", OSA.distance)):
        speed, total = timed(lambda: process.cdist(ones, many, scorer=scorer, workers=1).sum(dtype=float))
        rows.append((f"rapidfuzz C++ {name}, one to many", speed, total))
    con = duckdb.connect()
    con.execute("set threads to 1")
    con.register("ones", pa.table({"a": ones}))
    con.register("many", pa.table({"b": many}))
    for name, call in (("jaro_winkler", "jaro_winkler_similarity"), ("levenshtein", "levenshtein"), ("osa", "damerau_levenshtein")):
        speed, total = timed(lambda: con.execute(f"select sum({call}(a, b)) from ones, many").fetchall()[0][0])
        rows.append((f"DuckDB {call}, all pairs", speed, total))
    print("| kernel | million a CPU second | sum over the pairs |\n| --- | --- | --- |")
    for name, speed, total in sorted(rows, key=lambda r: (r[0].split(" ")[-4 if "crate" in r[0] else -1], r[0])):
        print(f"| {name} | {speed:.1f} | {float(total):.1f} |")


if __name__ == "__main__":
    main()
