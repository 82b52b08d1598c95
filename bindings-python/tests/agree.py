"""When an answer agrees with an expectation: conformance/README.md, "When an answer agrees"."""

from typing import Any, Optional


def difference(expected: Any, actual: Any) -> Optional[str]:
    if "error" in expected:
        if "error" not in actual:
            return f"expected the error {expected['error']['code']}, got an answer"
        want, have = expected["error"], actual["error"]
        for member in ("code", "path", "params"):
            if member in want and want[member] != have[member]:
                return f"/{member}: expected {want[member]}, got {have[member]} ({have['code']})"
        return _walk("/message", want.get("message", {}), have["message"])
    if "ok" not in actual:
        return f"expected an answer, got the error {actual['error']['code']} at {actual['error']['path']}"
    return _walk("", expected["ok"], actual["ok"])


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _walk(path: str, want: Any, have: Any) -> Optional[str]:
    if isinstance(want, dict) and isinstance(have, dict):
        for key, value in want.items():
            if found := _walk(f"{path}/{key}", value, have.get(key)):
                return found
        return None
    if isinstance(want, list) and isinstance(have, list):
        if len(want) != len(have):
            return f"{path}: expected {len(want)} items, got {len(have)}: {have}"
        for i, (w, h) in enumerate(zip(want, have)):
            if found := _walk(f"{path}/{i}", w, h):
                return found
        return None
    if _number(want) and _number(have):
        same = want == have or abs(want - have) <= 1e-9 * max(abs(want), abs(have))
        return None if same else f"{path}: expected {want}, got {have}"
    return None if type(want) is type(have) and want == have else f"{path}: expected {want!r}, got {have!r}"
