"""What reading a list of persons costs, beside what a user would read it with.

    pip install polars pandas python-calamine xlsxwriter pyarrow
    python benches/compare/reading.py target/release/bansos [an earlier bansos] [--rows 1000000] [--big]

Each line is a process of its own: CPU seconds (user and system, best of three), MB of the file a CPU second, peak memory. bansos reads, finds
the layout, judges every NIK, date and column and counts what it set aside; the others only bring the cells into memory as texts.
"""

import argparse
import datetime
import os
import random
import sys
import tempfile
from pathlib import Path

HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "JK", "HUBUNGAN", "ALAMAT", "DESA", "KECAMATAN", "KABUPATEN"]
NAMES = ["BUDI SANTOSO", "SITI AMINAH", "AGUS PRASETYO", "TUKIMIN", "SUMIATI", "DEWI LESTARI", "RAHMAT HIDAYAT", "NUR AINI"]
RELATIONS = ["Kepala Keluarga", "Istri", "Anak", "Anak"]

PEERS = {
    "csv": {
        "polars": "import polars; polars.read_csv(FILE, infer_schema_length=0)",
        "pandas": "import pandas; pandas.read_csv(FILE, dtype=str)",
    },
    "xlsx": {
        "python-calamine": "import python_calamine as c; c.CalamineWorkbook.from_path(FILE).get_sheet_by_index(0).to_python()",
    },
    "parquet": {
        "polars": "import polars; polars.read_parquet(FILE)",
    },
}


def rows(count):
    """Made-up persons; serials from 9000 on are issued to nobody."""
    dice = random.Random(1)
    for i in range(count):
        born = datetime.date(1940, 1, 1) + datetime.timedelta(days=dice.randrange(30_000))
        woman = dice.random() < 0.5
        nik = f"350816{born.day + 40 * woman:02d}{born.month:02d}{born.year % 100:02d}{9000 + i % 1000:04d}"
        family = i // 4
        card = f"350816{family % 28 + 1:02d}{family // 28 % 12 + 1:02d}{family // 336 % 20 + 5:02d}{9000 + family % 1000:04d}"
        yield [
            nik, card, dice.choice(NAMES), born.strftime("%d/%m/%Y"), "P" if woman else "L", RELATIONS[i % 4],
            f"JL MELATI {i % 200}", f"DESA {i % 20}", "KEDUNGJAJANG", "LUMAJANG",
        ]  # fmt: skip


def write(folder, count):
    """The same rows in three forms, each in a folder of its own."""
    import polars
    import xlsxwriter

    for form in ("csv", "xlsx", "parquet"):
        (folder / form).mkdir(parents=True, exist_ok=True)
    with open(folder / "csv/a.csv", "w") as text, xlsxwriter.Workbook(folder / "xlsx/a.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADER, *rows(count)]):
            text.write(",".join(row) + "\n")
            sheet.write_row(at, 0, row)
    polars.read_csv(folder / "csv/a.csv", infer_schema_length=0).write_parquet(folder / "parquet/a.parquet")


def big(folder, size):
    """A CSV of so many bytes."""
    (folder / "big").mkdir(exist_ok=True)
    header, _, body = (folder / "csv/a.csv").read_text().partition("\n")
    with open(folder / "big/a.csv", "w") as out:
        out.write(header + "\n")
        for _ in range(size // len(body) + 1):
            out.write(body)


def cost(argv):
    """CPU seconds and peak MiB of one process."""
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.execvp(argv[0], argv)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"failed: {argv}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(name, argv, size, times=3):
    runs = [cost(argv) for _ in range(times)]
    seconds = min(s for s, _ in runs)
    print(f"| {name} | {seconds:.2f} | {size / 1e6 / seconds:.0f} | {max(m for _, m in runs):.0f} |", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("programs", nargs="+")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--big", action="store_true", help="also a CSV of 2 GB")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, given.rows)
        if given.big:
            big(folder, 2_000_000_000)
        print(f"{given.rows} rows\n\n| | CPU s | MB/s | peak MiB |\n|---|---|---|---|")
        for form in ["csv", "xlsx", "parquet"] + ["big"] * given.big:
            file = next((folder / form).iterdir())
            size, times = file.stat().st_size, 1 if form == "big" else 3
            for program in given.programs:
                measure(f"{form}, {size / 1e6:.0f} MB: {Path(program).name}", [program, "read", str(folder / form), "-q"], size, times)
            for peer, code in PEERS.get(form, {}).items():
                measure(f"{form}: {peer}", [sys.executable, "-c", code.replace("FILE", repr(str(file)))], size)


if __name__ == "__main__":
    main()
