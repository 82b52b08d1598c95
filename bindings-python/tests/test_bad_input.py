"""What a host can get wrong: always an exception of Python's own kind, with a code, never a crash."""

import os
import pickle
import subprocess
import sys
import threading

import numpy as np
import pyarrow as pa
import pytest

import bansos
from bansos import columns


def code(request: object, operation: str = "nik.parse") -> str:
    with pytest.raises(bansos.InputError) as caught:
        bansos.call(operation, request)  # type: ignore[arg-type]
    assert isinstance(caught.value, (ValueError, TypeError))
    return caught.value.code


def test_numbers_where_identifiers_belong() -> None:
    assert code({"nik": 3508126801019001}) == "input.identifier_number"
    assert code({"nik": 3508126801019001.0}) == "input.identifier_number"
    assert code({"nik": np.int64(3508126801019001)}) == "input.identifier_number"
    assert code({"nik": 2**200}) == "input.range"
    with pytest.raises(TypeError, match=r"2\^53"):
        bansos.nik.parse(3508126801019001)  # type: ignore[arg-type]


def test_wrong_types() -> None:
    assert code({"nik": None}) == "input.type"
    assert code({"nik": True}) == "input.type"
    assert code({"nik": ["a"]}) == "input.type"
    assert code({"nik": {}}) == "input.type"
    assert code({"nik": b"3508126801019001"}) in ("input.type", "input.host")
    assert code({"nik": float("nan")}) == "input.not_finite"
    assert code({"nik": float("inf")}) == "input.not_finite"
    assert code({"nik": object()}) == "input.host"
    assert code({"nik": lambda: None}) == "input.host"
    assert code(None) == "input.type"
    assert code(["3508126801019001"]) == "input.type"
    assert code([]) == "input.missing"
    assert code("nik") == "input.type"
    assert code({1: "nik"}) == "input.host"
    assert code({}, "nik.guess") == "input.operation"


def test_text_that_is_no_text() -> None:
    assert code({"nik": "\ud800"}) == "input.unicode"
    assert code({"\ud800": "x"}) == "input.host"
    with pytest.raises(bansos.BansosError) as caught:
        bansos.nik.parse("9" * 50_000_000)
    assert caught.value.params == {"digits": 50_000_000}
    with pytest.raises(bansos.BansosError):
        bansos.nik.parse("35081268\x0001019001")


def test_depth_and_circles() -> None:
    circle: list = []
    circle.append(circle)
    assert code({"nik": circle}) == "input.depth"

    class Endless:
        def to_dict(self) -> "Endless":
            return self

        def __len__(self) -> int:
            return 1

    assert code({"nik": Endless()}) == "input.depth"

    class Throws:
        def to_dict(self) -> None:
            raise RuntimeError

    assert code({"nik": Throws()}) == "input.host"


def test_the_path_leads_to_the_place() -> None:
    with pytest.raises(bansos.InputError) as caught:
        bansos.call("nik.parse", {"nik": {"a": [0, float("nan")]}})
    assert caught.value.path == "/nik/a/1"


def test_errors_travel_and_never_show_the_value() -> None:
    with pytest.raises(bansos.BansosError) as caught:
        bansos.nik.parse("35081268010190011")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.code, again.params) == ("nik.length", {"digits": 17})
    assert "3508" not in str(caught.value) + repr(caught.value)
    assert "3508126" not in repr(bansos.nik.parse("3508126801019001"))
    assert "3508126" not in bansos.nik.parse("3508126801019001")._repr_html_()


def test_many_threads_at_once() -> None:
    wrong = []

    def work() -> None:
        for i in range(2000):
            nik = f"35081268010{i % 10}9{i % 1000:03}"[-16:].rjust(16, "3")
            if bansos.nik.parse(nik).nik != nik:
                wrong.append(nik)

    threads = [threading.Thread(target=work) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert not wrong


def damaged(values: object, at: int) -> None:
    """A column whose bytes lie is refused with its name and row, and the process lives."""
    with pytest.raises(bansos.InputError) as caught:
        columns.nik(values, as_of="2026-11-22")  # type: ignore[arg-type]
    assert caught.value.code == "input.column_damaged"
    assert caught.value.params["row"] == at


def test_bytes_that_are_no_text() -> None:
    good = b"3508126801019001"
    for bad in ("JOSÉ".encode("latin1"), b"\xc3", b"\xff\xfe\xc3", b"\xed\xa0\x80", b"a\x80"):
        for kind in (pa.string(), pa.large_string()):
            for rows, at in (([bad], 0), ([good, bad], 1), ([good] * 5000 + [bad] + [good] * 77, 5000)):
                damaged(pa.array(rows, pa.binary()).cast(kind, safe=False), at)
        chunks = [pa.array([good] * 3).cast(pa.string()), pa.array([good, bad], pa.binary()).cast(pa.string(), safe=False)]
        damaged(pa.chunked_array(chunks), 4)
        values = pa.array([good, bad], pa.binary()).cast(pa.string(), safe=False)
        damaged(pa.DictionaryArray.from_arrays(pa.array([0, 1, 0]), values), 0)
    name = pa.array([b"JOS\xc9"] * 2, pa.binary()).cast(pa.string(), safe=False)
    equal = [{"label": "equal", "when": {"exact": {"column": "name"}}}, {"label": "else", "when": "else"}]
    settings = {"blocking": [[{"column": "name"}]], "comparisons": [{"name": "name", "levels": equal}]}
    with pytest.raises(bansos.InputError) as caught:
        bansos.link(pa.table({"name": name}), settings)
    assert caught.value.code == "input.column_damaged"
    assert caught.value.params == {"column": "name", "row": 0}


def test_offsets_that_lie() -> None:
    text = pa.py_buffer("é3508126801019001".encode())
    for offsets in ([0, 1, 3], [0, 8, 4], [4, 2, 18], [0, -1, 4]):
        buffers = [None, pa.py_buffer(np.array(offsets, np.int32).tobytes()), text]
        with pytest.raises(bansos.InputError) as caught:
            columns.nik(pa.Array.from_buffers(pa.string(), 2, buffers), as_of="2026-11-22")
        assert caught.value.code in ("input.column_damaged", "internal.fault")
    view = np.zeros(16, np.uint8)
    view[0], view[12] = 99, 200  # 99 bytes from byte 200 on of a buffer that has fewer
    views = pa.Array.from_buffers(pa.string_view(), 1, [None, pa.py_buffer(view.tobytes()), text])
    damaged(views, 0)


def test_an_array_is_taken_once() -> None:
    class Once:
        def __init__(self, column: pa.Array) -> None:
            self.pair = column.__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema: object = None) -> object:
            return self.pair

    for column in (
        pa.array(["3508126801019001"]),
        pa.array([1.5]),
        pa.array([{"a": "3508126801019001"}]),
        pa.array(["3508126801019001"]).cast(pa.string_view()),
    ):
        once = Once(column)
        try:
            columns.nik(once, as_of="2026-11-22")
        except bansos.BansosError:
            pass
        with pytest.raises(ValueError, match="read before"):
            columns.nik(once, as_of="2026-11-22")


def test_what_a_null_row_hides_is_no_value() -> None:
    child = pa.array(["3508126801019001", "3508126801019001"])
    rows = pa.StructArray.from_arrays([child], ["nik"], mask=pa.array([False, True]))
    plain = pa.array(["3508126801019001", None])
    assert pa.table(columns.nik(rows, as_of="2026-11-22")) == pa.table(columns.nik(plain, as_of="2026-11-22"))


FORKED = """
import os, signal, sys
import pyarrow as pa
from bansos import columns
work = lambda n: len(columns.nik(pa.array(["3508126801019001"] * n), as_of="2026-11-22"))
work(300_000)
child = os.fork()
if child == 0:
    signal.alarm(30)
    os._exit(0 if work(300_000) == 300_000 else 1)
status = os.waitpid(child, 0)[1]
sys.exit(status != 0 or work(1000) != 1000)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_work_goes_on_after_a_fork() -> None:
    assert subprocess.run([sys.executable, "-c", FORKED], timeout=120).returncode == 0


IN_A_SUBINTERPRETER = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import bansos
inner = '''
import sys
sys.path[:] = {path!r}
try:
    import {module}
except ImportError as refused:
    print(refused, flush=True)
else:
    print("imported", flush=True)
'''
for module in ("bansos", "bansos._native"):
    interpreters.run_string(interpreters.create(), inner.format(path=sys.path, module=module))
print(bansos.nik.parse("3508126801019001").nik.masked)
"""


def test_a_subinterpreter_is_refused() -> None:
    pytest.importorskip("_xxsubinterpreters" if sys.version_info < (3, 13) else "_interpreters")
    said = subprocess.run([sys.executable, "-c", IN_A_SUBINTERPRETER], capture_output=True, text=True, timeout=60)
    lines = said.stdout.splitlines()
    assert said.returncode == 0 and len(lines) == 3, said.stderr
    assert all("does not support loading in subinterpreters" in line for line in lines[:2]), lines
    # and the first interpreter goes on
    assert lines[2] == "35**************"
