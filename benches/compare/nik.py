#!/usr/bin/env python3
"""NIK columns: bansos beside python-stdnum and npm nik-parser, in one run, on the same numbers.

    python3 -m venv target/bench-venv && target/bench-venv/bin/pip install pyarrow python-stdnum ./bindings-python
    npm install --prefix target/bench-node nik-parser@1.0.1
    target/bench-venv/bin/python benches/compare/nik.py 1000000

CPU seconds of the process, so that a busy machine does not tell on anybody; the best of three. The engines do not do the same: python-stdnum
looks at the province and the date, nik-parser at the district's name and at no date, bansos at all that `nik.examine` does. The last column
says how many of the numbers each calls valid; all of them are, but for one in a hundred with month 13.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_OF = "2026-11-21"


def numbers(count):
    """Synthetic numbers (serial 9000-9999) over the districts in force."""
    districts = []
    for line in (ROOT / "core/src/region/table.rs").read_text().splitlines():
        if line.strip().startswith("now("):
            code, _, ranges = line.strip()[4:].split(", ", 1)[0], None, line.split('"')[3]
            for part in ranges.split():
                first, _, last = part.partition("-")
                districts += [f"{code}{n:02}" for n in range(int(first), int(last or first) + 1)]
    dice = random.Random(11)
    for i in range(count):
        day = dice.randint(1, 28) + 40 * dice.randint(0, 1)
        month = 13 if i % 100 == 0 else dice.randint(1, 12)
        yield f"{dice.choice(districts)}{day:02}{month:02}{dice.randint(0, 99):02}{dice.randint(9000, 9999)}"


def best(call, times=3):
    spent = []
    for _ in range(times):
        start = time.process_time()
        answer = call()
        spent.append(time.process_time() - start)
    return min(spent), answer


def say(name, count, seconds, valid):
    print(f"| {name} | {count / seconds / 1e6:10.3f} | {seconds / count * 1e9:9.1f} | {valid / count:.4f} |", flush=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    cells = list(numbers(count))
    print(f"{count} numbers, one thread where the engine lets one choose\n")
    print("| engine | M NIK per CPU second | ns each | called valid |")
    print("|---|---:|---:|---:|")
    try:
        import pyarrow as pa
        from bansos import columns

        for kind, column in [("bansos, Arrow string", pa.array(cells)), ("bansos, Arrow string view", pa.array(cells, pa.string_view()))]:
            seconds, found = best(lambda: columns.nik(column, as_of=AS_OF), 20)
            classes = pa.table(found).column(0)
            words = pa.chunked_array([c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in classes.chunks])
            valid = sum(1 for w in words.to_pylist() if str(w).startswith("valid"))
            say(kind, count, seconds, valid)
        seconds, _ = best(lambda: columns.nik(cells, as_of=AS_OF))
        say("bansos, list of str", count, seconds, valid)
    except ImportError as why:
        print(f"| bansos | skipped: {why} | | |")
    few = cells[: max(1, count // 10)]
    try:
        from stdnum.id import nik

        seconds, valid = best(lambda: sum(map(nik.is_valid, few)))
        say("python-stdnum is_valid", len(few), seconds, valid)
    except ImportError as why:
        print(f"| python-stdnum | skipped: {why} | | |")
    script = """
        const { nikParser } = require('nik-parser');
        const cells = JSON.parse(require('fs').readFileSync(process.argv[1]));
        let best = Infinity, valid = 0;
        for (let t = 0; t < 3; t++) {
            const start = process.cpuUsage();
            valid = 0;
            for (const cell of cells) { try { if (nikParser(cell).isValid()) valid++; } catch {} }
            const spent = process.cpuUsage(start);
            best = Math.min(best, (spent.user + spent.system) / 1e6);
        }
        console.log(JSON.stringify([best, valid]));
    """
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(few, file)
        file.flush()
        node = subprocess.run(
            ["node", "-e", script, file.name], capture_output=True, text=True, cwd=ROOT, env={"PATH": __import__("os").environ["PATH"], "NODE_PATH": str(ROOT / "target/bench-node/node_modules")}
        )
    if node.returncode == 0:
        seconds, valid = json.loads(node.stdout)
        say("npm nik-parser isValid", len(few), seconds, valid)
    else:
        print(f"| npm nik-parser | skipped: {node.stderr.strip().splitlines()[-1] if node.stderr.strip() else 'node failed'} | | |")


main()
