#!/usr/bin/env python3
"""Deciles of many families: bansos beside Polars, DuckDB and numpy, in one run, on the same columns.

    python3 -m venv target/bench-venv && target/bench-venv/bin/pip install numpy polars duckdb pandas
    target/bench-venv/bin/python benches/compare/ranking.py 1000000 10000000 50000000
    ENGINES=polars target/bench-venv/bin/python benches/compare/ranking.py 50000000

Every engine does the same: the exact decile floor(10*B/T)+1 of every family, ties settled by row order (Polars and DuckDB
need a key for that or a stable rank; the cheapest right way of each is used), national and by 514 kabupaten, by families and
by persons. One process per engine and case, one thread each; CPU seconds are those of the whole process during the call,
memory is the peak above the loaded columns. Every answer is compared with bansos', row by row.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ["national", "national_weighted", "kabupaten", "kabupaten_weighted"]
ENGINES = os.environ.get("ENGINES", "polars duckdb numpy pandas").split()


def make(folder, rows):
    import numpy as np

    dice = np.random.default_rng(20251122)
    score = np.round(dice.lognormal(13.8, 0.6, rows))
    score[::5] = np.round(score[::5] / 1000) * 1000
    score.astype("<f8").tofile(folder / "score.f64")
    np.minimum(1 + dice.poisson(2.2, rows), 12).astype("<i4").tofile(folder / "size.i32")
    (514 * dice.random(rows) ** 1.7).astype("<u2").tofile(folder / "group.u16")


def load(folder):
    import numpy as np

    read = lambda name, kind: np.fromfile(folder / name, dtype=kind)
    return read("score.f64", "<f8"), read("size.i32", "<i4"), read("group.u16", "<u2")


def numpy_engine(case, score, size, group):
    import numpy as np

    n = len(score)

    def answer():
        if case.startswith("national"):
            order = np.argsort(score, kind="stable")
            if case == "national":
                before, total = np.arange(n, dtype="i8"), n
            else:
                cum = np.cumsum(size[order], dtype="i8")
                before, total = cum - size[order], cum[-1]
            part = 10 * before // total + 1
        else:
            order = np.lexsort((score, group))
            sorted_group = group[order]
            first = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
            which = np.repeat(np.arange(len(first)), np.diff(np.r_[first, n]))
            weight = np.ones(n, "i8") if case == "kabupaten" else size[order].astype("i8")
            cum = np.cumsum(weight)
            start = np.r_[0, cum[first[1:] - 1]]
            total = np.diff(np.r_[start, cum[-1]])
            part = 10 * (cum - weight - start[which]) // total[which] + 1
        out = np.empty(n, "u1")
        out[order] = part
        return out

    return answer


def pandas_engine(case, score, size, group):
    import pandas as pd

    frame = pd.DataFrame({"x": score, "w": size, "g": group})

    def answer():
        if case == "national":
            return ((frame.x.rank(method="first") - 1).astype("i8") * 10 // len(frame) + 1).astype("u1").to_numpy()
        if case == "kabupaten":
            by = frame.groupby("g").x
            return ((by.rank(method="first") - 1).astype("i8") * 10 // by.transform("size") + 1).astype("u1").to_numpy()
        keys = ["x"] if case == "national_weighted" else ["g", "x"]
        line = frame.sort_values(keys, kind="stable")
        if case == "national_weighted":
            cum, total = line.w.cumsum(), int(line.w.sum())
        else:
            cum, total = line.groupby("g").w.cumsum(), line.groupby("g").w.transform("sum")
        return ((cum - line.w) * 10 // total + 1).sort_index().astype("u1").to_numpy()

    return answer


def polars_engine(case, score, size, group):
    import polars as pl

    frame = pl.DataFrame({"x": score, "w": size, "g": group})
    decile = lambda before, total: (before * 10 // total + 1).cast(pl.UInt8).alias("d")
    weight = pl.col("w").cast(pl.Int64)

    def answer():
        rank = pl.col("x").rank("ordinal").cast(pl.Int64) - 1
        if case == "national":
            return frame.select(decile(rank, pl.len())).to_series().to_numpy()
        if case == "kabupaten":
            return frame.select(decile(rank.over("g"), pl.len().over("g"))).to_series().to_numpy()
        if case == "national_weighted":
            line = frame.with_row_index("i").sort("x", maintain_order=True)
            line = line.select("i", decile(weight.cum_sum() - weight, weight.sum()))
        else:
            line = frame.with_row_index("i").sort("g", "x", maintain_order=True)
            line = line.select("i", decile(weight.cum_sum().over("g") - weight, weight.sum().over("g")))
        return line.sort("i").get_column("d").to_numpy()

    return answer


def duckdb_engine(case, score, size, group):
    import duckdb
    import numpy as np

    db = duckdb.connect()
    db.execute("set threads = 1")
    db.execute("set enable_progress_bar = false")  # it would stand before the answer
    x, w, g, i = score, size, group, np.arange(len(score), dtype="i8")
    db.execute("create table t as select x, w, g, i from (select unnest($1) x, 0 w, 0 g, 0 i) where false", [[0.0]])
    db.register("v", {"x": x, "w": w, "g": g, "i": i})
    db.execute("drop table t; create table t as select * from v")
    over = "partition by g" if case.startswith("kabupaten") else ""
    if case.endswith("weighted"):
        decile = f"10 * (sum(w) over (win rows between unbounded preceding and current row) - w) // sum(w) over ({over}) + 1"
    else:
        decile = f"10 * (row_number() over win - 1) // count(*) over ({over}) + 1"
    query = f"select i, ({decile})::utinyint d from t window win as ({over} order by x, i)"

    def answer():
        got = db.execute(query).fetchnumpy()
        out = np.empty(len(score), "u1")
        out[got["i"]] = got["d"]
        return out

    return answer


def status(line):
    for entry in open("/proc/self/status"):
        if entry.startswith(line):
            return int(entry.split()[1]) / 1024
    return 0.0


def one(engine, case, folder, repeats):
    """Runs in a process of its own."""
    folder = pathlib.Path(folder)
    columns = load(folder)
    answer = globals()[engine + "_engine"](case, *columns)
    best_wall = best_cpu = peak = None
    for _ in range(repeats):
        result = None
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
        before, wall, used = status("VmRSS"), time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        result = answer()
        wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
        best_wall = min(wall, best_wall or wall)
        best_cpu = min(cpu, best_cpu or cpu)
        peak = max(status("VmHWM") - before, peak or 0)
    import numpy as np

    ours = np.fromfile(folder / f"bansos_{case}.u8", dtype="u1")
    off = int((ours != result).sum())
    print(json.dumps(dict(engine=engine, case=case, rows=len(ours), threads=1, wall=round(best_wall, 4),
                          cpu=round(best_cpu, 4), peak_mib=round(peak, 1), rows_off=off)))


def run(command, env=None):
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=1200)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print(f"failed ({done.returncode}): {command[-1]}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return lines


def main():
    sizes = [int(n) for n in sys.argv[1:]] or [1_000_000]
    bench = ["cargo", "bench", "-q", "-p", "bansos-benches", "--bench", "ranking", "--"]
    if os.environ.get("BANSOS_RANKING_BENCH"):
        bench = [os.environ["BANSOS_RANKING_BENCH"]]
    env = dict(os.environ, POLARS_MAX_THREADS="1", OMP_NUM_THREADS="1")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            make(folder, rows)
            results = run(bench + [str(folder), str(rows), "1"])
            ours = {r["case"]: r for r in results}
            repeats = 3 if rows <= 10_000_000 else 1
            for case in CASES:
                for engine in ENGINES:
                    if engine == "pandas" and rows > 10_000_000:
                        continue  # tens of seconds and gigabytes, and never the fastest
                    code = f"import sys; sys.path.insert(0, {str(ROOT / 'benches/compare')!r}); import ranking; " \
                           f"ranking.one({engine!r}, {case!r}, {str(folder)!r}, {repeats})"
                    results += run([sys.executable, "-c", code], env)
            print(f"\n{rows:,} families (load {os.getloadavg()[0]:.1f})\n")
            print("| case | engine | wall s | CPU s | times bansos' CPU | peak MiB | rows off |")
            print("|---|---|---|---|---|---|---|")
            for r in sorted(results, key=lambda r: (r["case"], r["cpu"])):
                times = r["cpu"] / max(ours.get(r["case"], r)["cpu"], 1e-4)
                print(f"| {r['case']} | {r['engine']} | {r['wall']:.3f} | {r['cpu']:.3f} | {times:.1f} | "
                      f"{r['peak_mib']:.0f} | {r.get('rows_off', '')} |")


if __name__ == "__main__":
    main()
