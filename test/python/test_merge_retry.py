"""What a writer does that loses to another one."""

import pytest

from predictive_maintenance import merge
from predictive_maintenance.merge import retried


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "LONGEST_PAUSE", 0)


class Loser:
    """Loses some times, with an error that begins so, and then wins."""

    def __init__(self, times: int, error: str):
        self.times, self.error, self.tries = times, error, 0

    def __call__(self) -> int:
        self.tries += 1
        if self.tries <= self.times:
            raise RuntimeError(f"[{self.error}] somebody else was first")
        return self.tries


@pytest.mark.parametrize(
    "error",
    [
        "DELTA_CONCURRENT_APPEND",
        "DELTA_TABLE_ALREADY_EXISTS",
        "TABLE_OR_VIEW_ALREADY_EXISTS",
        "FIELDS_ALREADY_EXISTS",
        "DELTA_DUPLICATE_COLUMNS_FOUND",
    ],
)
def test_who_loses_to_another_writer_tries_again(error: str):
    assert retried(Loser(2, error)) == 3


def test_any_other_error_is_raised_at_once():
    loser = Loser(1, "UNRESOLVED_COLUMN")
    with pytest.raises(RuntimeError, match="UNRESOLVED_COLUMN"):
        retried(loser)
    assert loser.tries == 1


def test_who_always_loses_gives_up_after_twelve_times():
    loser = Loser(100, "DELTA_TABLE_ALREADY_EXISTS")
    with pytest.raises(RuntimeError, match="ALREADY_EXISTS"):
        retried(loser)
    assert loser.tries == 12
