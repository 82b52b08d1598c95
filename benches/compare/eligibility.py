"""PKH and Sembako of the families that the eligibility bench writes: NumPy, Polars and DuckDB expressions and an
OpenFisca country beside ours, in one run.

    target/bench-venv/bin/pip install numpy pandas polars duckdb openfisca-core
    target/bench-venv/bin/python benches/compare/eligibility.py 100000 1000000 10000000

One process for each engine; CPU seconds of all its threads, best of three; memory above the loaded tables. All engines give the same rupiah and the same number of eligible families (checked);
none of these gives a reason, a basis or an unknown. The rule of 1 July 2025 is written out by hand here, which is just what the
library is there to spare people: caps 2 young children, 3 children, 4 elderly, 4 disabled, 4 persons; decile 4 (PKH) and 5
(Sembako); a civil servant bars the family. Greedy filling is exact because no person of this population fits two components.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import polars as pl

TODAY = date(2025, 7, 1)


def born_by(years):
    return (date(TODAY.year - years, TODAY.month, TODAY.day) - date(1970, 1, 1)).days


SEVEN, SIXTY = born_by(7), born_by(60)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def load(folder):
    read = lambda name, kind: np.fromfile(f"{folder}/{name}", dtype=kind)
    columns = {n: read(f"{n}.u8", np.uint8) for n in ("school", "pregnant", "disabled", "civil_servant")}
    columns["birth_day"] = read("birth_day.i32", np.int32)
    return read("offsets.u32", np.uint32), read("decile.u8", np.uint8), columns


def numpy_engine(offsets, decile, c):
    starts = offsets[:-1].astype(np.int64)
    total = lambda mask: np.add.reduceat(mask.astype(np.int8), starts, dtype=np.int64)
    young = np.minimum(total(c["birth_day"] > SEVEN), 2)
    pregnant = total(c["pregnant"])
    both = np.minimum(total(c["disabled"]), 4) + np.minimum(total(c["birth_day"] <= SIXTY), 4)
    left, children = np.full(len(decile), 4), np.full(len(decile), 3)
    year, persons = np.zeros(len(decile), np.int64), np.zeros(len(decile), np.int64)
    school = [total(c["school"] == k) for k in (3, 2, 1)]
    for n, rupiah, child in [(pregnant, 3_000_000, 0), (young, 3_000_000, 1), (both, 2_400_000, 0),
                             (school[0], 2_000_000, 1), (school[1], 1_500_000, 1), (school[2], 900_000, 1)]:
        k = np.minimum(n, left)
        if child:
            k = np.minimum(k, children)
            children = children - k
        left = left - k
        year += k * rupiah
        persons += k
    free = total(c["civil_servant"]) == 0
    pkh = (decile <= 4) & free & (persons > 0)
    sembako = (decile <= 5) & free
    return int(pkh.sum()), int(year[pkh].sum()), int(sembako.sum()), int(sembako.sum()) * 2_400_000


STEPS = [("pregnant", 3_000_000, False), ("young", 3_000_000, True), ("grown", 2_400_000, False),
         ("sma", 2_000_000, True), ("smp", 1_500_000, True), ("sd", 900_000, True)]


def polars_engine(persons, families):
    g = persons.lazy().group_by("family").agg(
        pregnant=pl.col("pregnant").cast(pl.Int64).sum(),
        young=(pl.col("birth_day") > SEVEN).sum().cast(pl.Int64).clip(upper_bound=2),
        grown=pl.col("disabled").cast(pl.Int64).sum().clip(upper_bound=4)
        + (pl.col("birth_day") <= SIXTY).sum().cast(pl.Int64).clip(upper_bound=4),
        sma=(pl.col("school") == 3).sum().cast(pl.Int64),
        smp=(pl.col("school") == 2).sum().cast(pl.Int64),
        sd=(pl.col("school") == 1).sum().cast(pl.Int64),
        servants=pl.col("civil_servant").cast(pl.Int64).sum(),
    ).join(families.lazy(), on="family")
    g = g.with_columns(left=pl.lit(4), children=pl.lit(3), year=pl.lit(0), persons=pl.lit(0))
    for name, rupiah, child in STEPS:
        k = pl.min_horizontal(name, "left", "children") if child else pl.min_horizontal(name, "left")
        g = g.with_columns(k=k)
        g = g.with_columns(left=pl.col("left") - pl.col("k"), year=pl.col("year") + pl.col("k") * rupiah,
                           persons=pl.col("persons") + pl.col("k"),
                           children=pl.col("children") - (pl.col("k") if child else 0))
    free = pl.col("servants") == 0
    pkh = (pl.col("decile") <= 4) & free & (pl.col("persons") > 0)
    sembako = (pl.col("decile") <= 5) & free
    row = g.select(a=pkh.sum(), b=pl.col("year").filter(pkh).sum(), c=sembako.sum()).collect().row(0)
    return row[0], row[1], row[2], row[2] * 2_400_000


def duckdb_engine(con):
    sql = f"""with g as (select family, sum(pregnant)::bigint pregnant,
          least(count(*) filter (birth_day > {SEVEN}), 2) young,
          least(sum(disabled), 4)::bigint + least(count(*) filter (birth_day <= {SIXTY}), 4) grown,
          count(*) filter (school = 3) sma, count(*) filter (school = 2) smp, count(*) filter (school = 1) sd,
          sum(civil_servant) servants from persons group by family),
        s0 as (select *, 4::bigint l, 3::bigint ch, 0::bigint y, 0::bigint n from g join families using (family))"""
    for i, (name, rupiah, child) in enumerate(STEPS):
        k = f"least({name}, l, ch)" if child else f"least({name}, l)"
        sql += f""", k{i} as (select *, {k} k from s{i}),
        s{i + 1} as (select * exclude (l, ch, y, n, k), l - k l, {'ch - k' if child else 'ch'} ch, y + k * {rupiah} y, n + k n from k{i})"""
    sql += f""" select count(*) filter (decile <= 4 and servants = 0 and n > 0),
        coalesce(sum(y) filter (decile <= 4 and servants = 0 and n > 0), 0)::bigint,
        count(*) filter (decile <= 5 and servants = 0) from s{len(STEPS)}"""
    a, b, c = con.execute(sql).fetchone()
    return a, b, c, c * 2_400_000


def status(line):
    for entry in open("/proc/self/status"):
        if entry.startswith(line):
            return int(entry.split()[1]) / 1024
    return 0.0


def engine(name, offsets, decile, c):
    """What is measured of each engine; loading its own kind of table is not, but for OpenFisca, whose build is its cost."""
    family = np.repeat(np.arange(len(decile), dtype=np.uint32), np.diff(offsets))
    if name == "numpy":
        return lambda: numpy_engine(offsets, decile, c)
    if name == "polars":
        persons = pl.DataFrame({"family": family, **c})
        families = pl.DataFrame({"family": np.arange(len(decile), dtype=np.uint32), "decile": decile})
        return lambda: polars_engine(persons, families)
    if name == "duckdb":
        con = duckdb.connect()
        con.execute("set threads to 2")
        con.register("p", pd.DataFrame({"family": family, **c}))
        con.register("f", pd.DataFrame({"family": np.arange(len(decile), dtype=np.uint32), "decile": decile}))
        con.execute("create table persons as select * from p; create table families as select * from f")
        return lambda: duckdb_engine(con)
    import openfisca_country as of

    system, family = of.country(), family.astype(np.int64)
    if name == "openfisca, built":
        # a simulation answers from its cache the second time, so each run takes a fresh one, built beforehand
        ready = [of.build(system, family, decile, c, SEVEN, SIXTY) for _ in range(RUNS)]
        return lambda: of.compute(ready.pop())
    return lambda: of.compute(of.build(system, family, decile, c, SEVEN, SIXTY))


RUNS = 3


def one(name, folder):
    """One engine, in a process of its own."""
    run = engine(name, *load(folder))
    best = (float("inf"), float("inf"))
    peak, answer = 0.0, None
    for _ in range(RUNS):
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
        before, start, wall = status("VmRSS"), cpu(), time.perf_counter()
        answer = run()
        best = min(best[0], cpu() - start), min(best[1], time.perf_counter() - wall)
        peak = max(peak, status("VmHWM") - before)
    print(json.dumps(dict(engine=name, cpu=best[0], wall=best[1], mib=peak, answer=[int(x) for x in answer])))


ENGINES = ["numpy", "polars", "duckdb", "openfisca, built", "openfisca"]


def main(sizes):
    bench = os.environ.get("BANSOS_ELIGIBILITY_BENCH")
    bench = [bench] if bench else ["cargo", "run", "-q", "--release", "-p", "bansos-benches", "--bin", "eligibility", "--"]
    for families in sizes:
        with tempfile.TemporaryDirectory() as folder:
            out = subprocess.run([*bench, str(families), folder], capture_output=True, text=True, check=True).stdout
            rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
            ours = rows[0]  # one thread
            for name in ENGINES:
                code = f"import sys; sys.path.insert(0, {HERE!r}); import eligibility; eligibility.one({name!r}, {folder!r})"
                done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
                if done.returncode:
                    print(f"{name} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                    continue
                rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"\n{families:,} families, PKH and Sembako (load {os.getloadavg()[0]:.1f}); CPU seconds, best of {RUNS}\n")
        print("| engine | CPU s | times bansos' | wall s | MiB extra | PKH eligible | rupiah of both |")
        print("|---|---|---|---|---|---|---|")
        for r in rows:
            a = r["answer"]
            print(f"| {r['engine']} | {r['cpu']:.3f} | {r['cpu'] / ours['cpu']:.1f} | {r['wall']:.3f} | {r['mib']:.0f} | "
                  f"{a[0]:,} | {a[1] + a[3]:,} |")
        assert len({tuple(r["answer"]) for r in rows}) == 1, "the engines disagree"


HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [1_000_000])
