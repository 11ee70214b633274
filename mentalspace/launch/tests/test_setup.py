"""The parts of `setup/` that decide something."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from mentalspace.env import ROOT


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "setup"))
    return importlib.import_module("steps")


def test_a_step_is_skipped_until_its_inputs_change(steps: ModuleType, tmp_path: Path) -> None:
    done: list[str] = []
    for inputs in ("one", "one", "two"):
        steps.step("a step", tmp_path / "stamp", inputs, lambda inputs=inputs: done.append(inputs))
    assert done == ["one", "two"]


def test_a_failed_step_is_done_again(steps: ModuleType, tmp_path: Path) -> None:
    def fail() -> None:
        raise steps.Refused("no.")

    with pytest.raises(steps.Refused):
        steps.step("a step", tmp_path / "stamp", "one", fail)
    assert not (tmp_path / "stamp").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("npm error code ENOTFOUND\nnpm error network", "the network"),
        ("WARNING: Retrying ... NewConnectionError(...)\nERROR: No matching distribution", "the network"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("building\nsrc/a.ts(3,1): error TS2304: Cannot find name 'b'.\nnpm error", "Cannot find name 'b'."),
        ("", "it gave no reason"),
    ],
)
def test_a_failure_has_one_reason(steps: ModuleType, text: str, sentence: str) -> None:
    assert sentence in steps.reason(text)
