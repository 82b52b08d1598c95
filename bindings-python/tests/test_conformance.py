"""Every vector: once through the plain door, and once through the typed function where it has an answer."""

import importlib
import json
import os
import pathlib
from typing import Any, Dict, Iterator, Tuple

import jsonschema
import pytest
from agree import difference

import bansos

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "conformance"
SCHEMA = json.loads((FOLDER / "schema.json").read_text())
XFAIL = {
    x["id"]: x["reason"]
    for x in json.loads((FOLDER / "exceptions.json").read_text())["xfail"]
    if x["surface"] == "python"
}
FILES = sorted((FOLDER / "vectors").glob("*/*.json"))


def cases() -> Iterator[Any]:
    for file in FILES:
        group = json.loads(file.read_text())
        for case in group["cases"]:
            marks = [pytest.mark.xfail(reason=XFAIL[case["id"]], strict=True)] if case["id"] in XFAIL else []
            yield pytest.param(case.get("operation", group["operation"]), case, id=case["id"], marks=marks)


def envelope(operation: str, request: Any) -> Dict[str, Any]:
    try:
        return {"ok": bansos.call(operation, request)}
    except bansos.BansosError as e:
        return {"error": {"code": e.code, "path": e.path, "params": e.params, "message": e.messages}}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_schema(file: pathlib.Path) -> None:
    jsonschema.validate(json.loads(file.read_text()), SCHEMA)


@pytest.fixture(scope="module")
def counts() -> Iterator[Dict[str, int]]:
    """What docs/PARITY.md is made of."""
    counts = {"passed": 0, "failed": 0, "xfail": len(XFAIL)}
    yield counts
    if "BANSOS_PARITY" in os.environ:
        (pathlib.Path(os.environ["BANSOS_PARITY"]) / "python.json").write_text(json.dumps(counts))


@pytest.mark.parametrize(("operation", "case"), list(cases()))
def test_vector(operation: str, case: Dict[str, Any], counts: Dict[str, int]) -> None:
    counts["failed"] += 1
    answer = envelope(operation, case["input"])
    assert difference(case["expect"], answer) is None
    if "ok" in answer:
        assert typed(operation, case["input"]).to_dict() == answer["ok"]
    counts["failed"] -= 1
    counts["passed"] += 1


def typed(operation: str, request: Dict[str, Any]) -> Any:
    """The same through the typed function: its arguments are the request's members."""
    area, _, what = operation.rpartition(".")
    module = importlib.import_module(f"bansos.{area or '_root'}")
    return getattr(module, what)(**request)


def test_every_operation_has_its_function() -> None:
    for operation in bansos.operations():
        area, _, what = operation.rpartition(".")
        assert callable(getattr(importlib.import_module(f"bansos.{area or '_root'}"), what))
        assert hasattr(bansos, area or what), f"bansos.{area or what} is not imported"
