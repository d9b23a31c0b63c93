"""The protocol: a command is read field by field, and a program of another version is refused."""

import json
import subprocess
import sys
from pathlib import Path

import process
import protocol
import pytest

CANCEL = '{"type": "cancel", "id": 1}'
RUN = {"type": "run", "id": 1, "file": "/a.py", "parameters": {"a": "b"}, "record": True}


def line(message: object) -> str:
    return f"{json.dumps(message)}\n"


def test_commands_are_read():
    assert protocol.command(line(RUN)) == protocol.Run(1, "/a.py", {"a": "b"}, record=True)
    assert protocol.command(line({"type": "cancel", "id": 2})) == protocol.Cancel(2)
    protocol.check_version(line({"type": "hello", "version": protocol.VERSION}))


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("run", "type is none of hello, run, cancel"),
        ({"type": "stop"}, "type is none of hello, run, cancel"),
        ({"type": "cancel"}, "cancel has the fields id"),
        ({"type": "cancel", "id": 1, "why": ""}, "cancel has the fields id"),
        ({"type": "cancel", "id": True}, "id is no int"),
        ({**RUN, "id": "1"}, "id is no int"),
        ({**RUN, "record": 1}, "record is no bool"),
        ({**RUN, "parameters": {"a": 1}}, "parameters are not all str"),
        ({"type": "hello", "version": 1}, "the program sent hello after the start"),
    ],
)
def test_a_malformed_command_is_refused(message: object, reason: str):
    with pytest.raises(protocol.ProtocolError, match=reason):
        protocol.command(line(message))


def test_what_is_no_json_is_refused():
    with pytest.raises(protocol.ProtocolError, match=r"the program sent {: no JSON"):
        protocol.command("{\n")


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ({"type": "hello", "version": 99}, "the program speaks version 99 of the protocol, its host 2"),
        ({"type": "cancel", "id": 1}, f"the program states no version of the protocol, it sent {CANCEL}"),
    ],
)
def test_a_host_says_its_version_and_gives_up_on_another_before_spark_starts(
    tmp_path: Path, first: object, reason: str
):
    host = [sys.executable, str(Path(process.HERE, "host.py")), str(tmp_path)]
    ended = subprocess.run(host, input=line(first), capture_output=True, text=True, timeout=60)
    answers = [json.loads(answer) for answer in ended.stdout.splitlines()]
    assert answers == [{"type": "hello", "version": protocol.VERSION}, {"type": "fatal", "message": reason}]
    assert ended.returncode == 1
    assert list(tmp_path.iterdir()) == []
