"""Java outlives its user and is lent to the next one, but never with work that is left in it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import java
import process
import pytest
from java import Java, JavaError, Launch, borrow

SMALL = Launch("1g", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for address in tmp_path.iterdir():
        address.unlink()


def test_java_is_lent_to_one_user_at_a_time_who_hears_how_it_ended_and_again_once_it_is_given_back(place: Path):
    first = borrow(SMALL, place)
    first.give_back()
    again = borrow(SMALL, place)
    assert again.pid == first.pid
    other = borrow(SMALL, place)
    assert other.pid != first.pid
    os.kill(again.pid, signal.SIGKILL)
    assert again.wait() == "SIGKILL"
    other.give_back()
    assert borrow(SMALL, place).pid == other.pid


def test_java_ends_with_a_user_who_goes_without_a_word(place: Path):
    program = (
        f"from java import *; from pathlib import Path; print(borrow({SMALL}, Path({str(place)!r})).pid, flush=True)"
    )
    user = subprocess.Popen(
        [sys.executable, "-c", f"{program}; input()"],
        env=os.environ | {"PYTHONPATH": process.HERE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    pid = int(user.stdout.readline())
    user.kill()
    _until(lambda: not _exists(pid))


def test_java_ends_when_its_address_is_removed(place: Path):
    lent = borrow(SMALL, place)
    (place / SMALL.kind()).unlink()
    time.sleep(1)
    assert _runs(lent)
    lent.give_back()
    _until(lambda: not _runs(lent))


def test_a_java_that_does_not_start_is_one_line(place: Path):
    with pytest.raises(JavaError, match=r"^\[JAVA_GATEWAY_EXITED\].*"):
        borrow(Launch("1g", "-XX:+UseSerialGC -XX:+UseParallelGC"), place)


def test_other_options_are_another_java():
    kinds = {launch.kind() for launch in (SMALL, Launch("2g", SMALL.options), Launch("1g", ""))}
    assert len(kinds) == 3
    assert java.PLACE.parent.name == ".runtime"


def _runs(lent: Java) -> bool:
    return _exists(lent.pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited 20 s"
        time.sleep(0.1)
