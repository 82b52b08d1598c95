"""The notebooks of examples/notebook run from top to bottom, as a user would run them."""

import csv
import os
import pathlib
import shutil
import subprocess

import jupytext
import pytest
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "notebook"


def run(name: str, folder: pathlib.Path) -> str:
    """Everything the notebook shows."""
    for table in FOLDER.glob("*.csv"):
        shutil.copy(table, folder)
    notebook = jupytext.read(FOLDER / name)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return "".join(str(output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)


def test_who_is_eligible(tmp_path: pathlib.Path) -> None:
    shown = run("siapa_berhak.py", tmp_path)
    assert "families lose PKH" in shown
    # no NIK in what the notebook shows, but those that a data frame of made-up numbers prints
    assert "NikExamined" in shown and "9109016801809001" not in shown
    assert (tmp_path / "desil.png").stat().st_size > 5_000


def test_a_model_is_fitted_and_its_file_gives_the_same_deciles_on_the_command_line(tmp_path: pathlib.Path) -> None:
    shown = run("pmt.py", tmp_path)
    assert "out of sample 0." in shown and "of all families stand within one standard error" in shown
    assert all((tmp_path / picture).stat().st_size > 20_000 for picture in ("pmt_kesalahan.png", "pmt_desil.png"))
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = next((p for p in (target / "debug" / "bansos", target / "release" / "bansos") if p.exists()), shutil.which("bansos"))
    if program is None:
        pytest.skip("the command-line program is not built: cargo build -p bansos-cli")
    table = ["rank", "regsosek_keluarga.csv", "--model", "pmt.json", "--key", "id_keluarga", "--out", "cli.csv"]
    subprocess.run([program, *table], cwd=tmp_path, check=True, capture_output=True)
    read = lambda name: list(csv.DictReader((tmp_path / name).open(encoding="utf-8-sig")))
    by_python = {row["id_keluarga"]: row["decile"] for row in read("desil.csv")}
    by_program = {row["id_keluarga"]: row["desil"] for row in read("cli.csv")}
    assert len(by_python) > 2000 and by_python == by_program
