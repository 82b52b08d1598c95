"""What a host can get wrong: always an exception of Python's own kind, with a code, never a crash."""

import pickle
import threading

import numpy as np
import pytest

import bansos


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
