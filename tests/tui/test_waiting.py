"""A list that takes long says what it reads; one that is there at once, or is read by a program, says nothing."""

from __future__ import annotations

import time

import pytest

from tui.commands import progress


def test_only_what_takes_long_is_told_and_elsewhere_than_at_a_terminal_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    with progress.waiting("Reading every case"):
        pass
    assert capsys.readouterr() == ("", "")
    with progress.waiting("Reading every case", quiet=True):
        time.sleep(0.2)
    assert capsys.readouterr() == ("", "")
    with progress.waiting("Reading every case"):
        time.sleep(1.3)
    out, err = capsys.readouterr()
    assert out == "" and err.count("Reading every case") == 1


def test_what_goes_wrong_meanwhile_is_still_said() -> None:
    with pytest.raises(ValueError, match="wrong"), progress.waiting("Reading every case"):
        raise ValueError("wrong")
