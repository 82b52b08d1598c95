"""The notebook of examples/notebook runs from top to bottom, as a user would run it."""

import pathlib

import jupytext
import pytest
from nbclient import NotebookClient

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "examples" / "notebook"


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.py")), ids=lambda f: f.stem)
def test_notebook_runs(source: pathlib.Path, tmp_path: pathlib.Path) -> None:
    notebook = jupytext.read(source)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = "".join(str(output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    assert "families lose PKH" in shown
    # no NIK in what the notebook shows, but those that a data frame of made-up numbers prints
    assert "NikExamined" in shown and "9109016801809001" not in shown
    assert (tmp_path / "desil.png").stat().st_size > 5_000
