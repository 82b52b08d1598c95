"""PKH and Sembako of the families that the eligibility bench writes: NumPy, Polars and DuckDB expressions beside ours.

    cargo run --release -p bansos-benches --bin eligibility -- 1000000 /tmp/families
    target/bench-venv/bin/python benches/compare/eligibility.py /tmp/families

CPU seconds of the process, best of three. All engines give the same rupiah and the same number of eligible families (checked);
none of these gives a reason, a basis or an unknown. The rule of 1 July 2025 is written out by hand here, which is just what the
library is there to spare people: caps 2 young children, 3 children, 4 elderly, 4 disabled, 4 persons; decile 4 (PKH) and 5
(Sembako); a civil servant bars the family. Greedy filling is exact because no person of this population fits two components.
"""

import resource
import sys
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


def main(folder):
    offsets, decile, c = load(folder)
    family = np.repeat(np.arange(len(decile), dtype=np.uint32), np.diff(offsets))
    persons = pl.DataFrame({"family": family, **c})
    families = pl.DataFrame({"family": np.arange(len(decile), dtype=np.uint32), "decile": decile})
    con = duckdb.connect()
    con.execute("set threads to 2")
    con.register("p", pd.DataFrame({"family": family, **c}))
    con.register("f", pd.DataFrame({"family": np.arange(len(decile), dtype=np.uint32), "decile": decile}))
    con.execute("create table persons as select * from p; create table families as select * from f")
    print(f"{len(decile)} families, {len(family)} persons; CPU seconds, best of three, tables loaded")
    answers = set()
    for name, run in [("numpy", lambda: numpy_engine(offsets, decile, c)), ("polars", lambda: polars_engine(persons, families)),
                      ("duckdb", lambda: duckdb_engine(con))]:
        spent = []
        for _ in range(3):
            start = cpu()
            answer = run()
            spent.append(cpu() - start)
        answers.add(tuple(int(x) for x in answer))
        print(f"{name:8} {min(spent):8.3f} s   PKH {answer[0]} eligible, Rp {answer[1]}   Sembako {answer[2]}, Rp {answer[3]}")
    assert len(answers) == 1, "the engines disagree"


if __name__ == "__main__":
    main(sys.argv[1])
