"""What `cluster.ts` tells the host, a JSON object a line, is read and checked here; `protocol.ts` checks the answers.

`hello` comes first, once, and from both sides: it states the version of the protocol.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 2
"""Whoever changes a message raises it here and in `protocol.ts`."""

FIELDS: Mapping[str, Mapping[str, type]] = {
    "hello": {"version": int},
    "run": {"id": int, "file": str, "parameters": dict, "record": bool},
    "cancel": {"id": int},
}
SHOWN_CHARACTERS = 200
"""As much of a message as an error shows."""


class ProtocolError(Exception):
    """A message that is no command, or a program that speaks another version."""


@dataclass(frozen=True)
class Run:
    """Runs the notebook in `file`; with `record` what it shows is answered too."""

    id: int
    file: str
    parameters: Mapping[str, str]
    record: bool = False


@dataclass(frozen=True)
class Cancel:
    id: int


def check_version(line: str) -> None:
    """Reads the first line; raises ProtocolError unless it states the version of this side."""
    kind, fields = _read(line)
    if kind != "hello":
        raise ProtocolError(f"the program states no version of the protocol, it sent {line.strip()[:SHOWN_CHARACTERS]}")
    if fields["version"] != VERSION:
        raise ProtocolError(f"the program speaks version {fields['version']} of the protocol, its host {VERSION}")


def command(line: str) -> Run | Cancel:
    """Reads a line after the first; raises ProtocolError with what is no command, and why."""
    kind, fields = _read(line)
    match kind:
        case "run":
            return Run(**fields)
        case "cancel":
            return Cancel(**fields)
        case _:
            raise ProtocolError(f"the program sent {kind} after the start")


def _read(line: str) -> tuple[str, dict[str, Any]]:
    """The type of a message and its fields, all of them and of their types."""

    def refused(reason: str) -> ProtocolError:
        return ProtocolError(f"the program sent {line.strip()[:SHOWN_CHARACTERS]}: {reason}")

    try:
        message = json.loads(line)
    except ValueError:
        raise refused("no JSON") from None
    if not isinstance(message, dict) or message.get("type") not in FIELDS:
        raise refused(f"type is none of {', '.join(FIELDS)}")
    kind = message.pop("type")
    wanted = FIELDS[kind]
    if message.keys() != wanted.keys():
        raise refused(f"{kind} has the fields {', '.join(wanted)}")
    for name, type_ in wanted.items():
        # Not isinstance: a bool is an int to Python.
        if type(message[name]) is not type_:
            raise refused(f"{name} is no {type_.__name__}")
    if not all(isinstance(value, str) for value in message.get("parameters", {}).values()):
        raise refused("parameters are not all str")
    return kind, message
