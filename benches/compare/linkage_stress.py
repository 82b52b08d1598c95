"""What breaks linkage, beside Splink and GoldenMatch: a heap on one birth date, villages of namesakes, a block of 10^5 rows.

    python benches/compare/linkage_stress.py stress --work DIR [--families 17600] [--tool target/release]
    python benches/compare/linkage_stress.py golden --work DIR FILE.csv:TRUTH ...      # GoldenMatch with its defaults

Rows as linkage.py makes them, the same settings in both engines (its model `persons`); bansos once as it is and once with
blocks of more than 200 rows split (`--cap 200`), which is its answer to such blocks. `golden` needs `pip install goldenmatch`.
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import subprocess
import sys
import time

import linkage

#: Names of the villages of namesakes; invented, all usual.
NAMES = ["SITI AMINAH", "SLAMET", "NUR HAYATI", "AGUS SALIM", "SRI WAHYUNI"]


def population(work, families, heap):
    path = work / f"persons_{families}_{heap}.csv"
    if not path.exists():
        subprocess.run([linkage.TOOL / "linkage", str(families), str(heap), path, "only"], check=True, stdout=subprocess.DEVNULL)
    return path


def namesakes(plain, out):
    """Everybody in ten villages bears one of five names; rows that wore a slip wear one again."""
    rows = list(csv.DictReader(plain.open(newline="")))
    villages = [v for v, _ in collections.Counter(r["village"] for r in rows if r["village"]).most_common(10)]
    usual = collections.defaultdict(collections.Counter)
    home = {r["truth"] for r in rows if r["village"] in villages}
    for r in rows:
        usual[r["truth"]][r["name"]] += 1
    dice = random.Random(7)
    name = {t: NAMES[dice.randrange(len(NAMES))] for t in sorted(home)}
    for r in rows:
        if r["truth"] in home:
            new = name[r["truth"]]
            if r["name"] != usual[r["truth"]].most_common(1)[0][0]:
                at = dice.randrange(1, len(new) - 1)
                new = new[:at] + new[at + 1:]
            r["name"] = new
    write(out, rows)
    return len(home)


def one_block(plain, out):
    """A column that a broken import has filled with one value, and a rule that blocks on it."""
    rows = list(csv.DictReader(plain.open(newline="")))
    for r in rows:
        r["batch"] = "1"
    write(out, rows)


def write(path, rows):
    with path.open("w", newline="") as f:
        w = csv.DictWriter(f, rows[0])
        w.writeheader()
        w.writerows(rows)


def line(case, engine, r):
    q, c = r["quality"], r["cpu"]
    rows = r.get("rows") or ""
    pairs = r.get("block_pairs") or ""
    print(f"| {case} | {engine} | {rows} | {pairs} | {r['kept']} | {q['precision']:.4f} / {q['recall']:.4f} / **{q['best_f1']:.4f}** "
          f"| {c['all']:.1f} | {r['peak_mib']} |", flush=True)


def stress(a):
    print("| case | engine | rows | pairs in blocks | pairs kept | best P / R / F1 | CPU s | peak MiB |\n" + "| --- " * 8 + "|")
    plain, heap = population(a.work, a.families, 0), population(a.work, a.families, 38)
    alike, block = a.work / "namesakes.csv", a.work / "one_block.csv"
    namesakes(plain, alike)
    one_block(plain, block)
    path = linkage.settings_of("persons", a.work)[-1]
    for case, table in (("as it is", plain), ("3.8 % born on one day", heap), ("ten villages of namesakes", alike)):
        line(case, "bansos", linkage.ours(table, path, "truth", "--components"))
        line(case, "bansos, --cap 200", linkage.ours(table, path, "truth", "--components", "--cap", "200"))
        if not a.alone:
            line(case, "Splink 5", linkage.splink("persons", table, "truth", a.work, -15, True))
    wide = json.loads(path.read_text())
    wide["blocking_rules_to_generate_predictions"].append({"blocking_rule": "l.batch = r.batch"})
    wider = a.work / "one_block.json"
    wider.write_text(json.dumps(wide))
    line("a block of all rows", "bansos, --cap 200", linkage.ours(block, wider, "truth", "--components", "--cap", "200"))
    print("A block of 10^5 rows is 5·10^9 pairs: Splink was not asked to make them.")


def golden(a):
    print("| data | rows | P / R / F1 over clusters | CPU s | peak MiB |\n" + "| --- " * 5 + "|")
    for item in a.files:
        path, truth = item.rsplit(":", 1)
        run = subprocess.run([sys.executable, __file__, "_golden", "--work", a.work, path, truth], capture_output=True, text=True)
        if run.returncode:
            print(f"| {pathlib.Path(path).stem} | failed: {run.stderr.strip().splitlines()[-1][:120]} |")
            continue
        r = json.loads(run.stdout.strip().splitlines()[-1])
        print(f"| {pathlib.Path(path).stem} | {r['rows']} | {r['p']:.4f} / {r['r']:.4f} / **{r['f1']:.4f}** | {r['cpu']:.1f} "
              f"| {r['mib']} |", flush=True)


def _golden(a):
    import resource

    import goldenmatch as gm
    import polars as pl

    path, truth = a.files
    frame = pl.read_csv(path, infer_schema=False)
    labels = frame[truth].to_list()
    start, clock = linkage.cpu(), time.time()
    result = gm.dedupe_df(frame.drop([truth, *(c for c in ("unique_id", "rec_id") if c in frame.columns)]))
    spent = linkage.cpu() - start
    of = list(range(len(labels)))
    for cluster in result.clusters.values():
        members = cluster["members"]
        for m in members:
            of[m] = ("c", members[0])
    count = lambda keys: sum(n * (n - 1) // 2 for n in collections.Counter(keys).values())  # noqa: E731
    found, true, both = count(of), count(labels), count(zip(of, labels))
    p, r = both / max(found, 1), both / max(true, 1)
    print(json.dumps({"rows": len(labels), "p": p, "r": r, "f1": 2 * both / max(found + true, 1), "cpu": spent,
                      "s": time.time() - clock, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=["stress", "golden", "_golden"])
    p.add_argument("files", nargs="*")
    p.add_argument("--work", type=pathlib.Path, required=True)
    p.add_argument("--tool", type=pathlib.Path)
    p.add_argument("--families", type=int, default=17_600)
    p.add_argument("--alone", action="store_true", help="without Splink")
    a = p.parse_intermixed_args()
    linkage.TOOL = a.tool or linkage.TOOL
    a.work.mkdir(parents=True, exist_ok=True)
    {"stress": stress, "golden": golden, "_golden": _golden}[a.what](a)


if __name__ == "__main__":
    main()
