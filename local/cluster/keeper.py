"""Keeps a Java process for the clusters that come one after the other; see java.py.

It ends with its Java: when nobody used it for some minutes, when a user went without a word, when Java ends by itself.
"""

import contextlib
import json
import os
import select
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from subprocess import Popen
from typing import Any

from failure import exit_text
from java import DONE, Launch
from pyspark import SparkConf
from pyspark.java_gateway import launch_gateway

IDLE_SECONDS = 600
LOOK_SECONDS = 0.5


class Output:
    """What Java writes goes to whoever uses it."""

    def __init__(self) -> None:
        self._reader, self.writer = os.pipe()
        self._to = os.dup(2)
        threading.Thread(target=self._forward, daemon=True).start()

    def turn(self, to: int) -> None:
        """From now on it goes to the file descriptor `to`, which is closed at the next turn."""
        before, self._to = self._to, to
        os.close(before)

    def _forward(self) -> None:
        while chunk := os.read(self._reader, 65536):
            with contextlib.suppress(OSError):  # a full disk, or a descriptor that was just closed
                os.write(self._to, chunk)


class Keeper:
    """Lends `java` to one user at a time, who asks at `server`."""

    def __init__(
        self, java: Popen[bytes], server: socket.socket, address: Path, greeting: bytes, output: Output
    ) -> None:
        self._java = java
        self._server = server
        self._address = address
        self._greeting = greeting
        self._output = output
        self._user: socket.socket | None = None
        self._used_at = time.monotonic()

    def keep(self) -> None:
        """Returns when Java has ended."""
        while self._java.poll() is None and (self._user or self._can_be_used()):
            waiting = [self._server] if self._user is None else [self._server, self._user]
            ready, _, _ = select.select(waiting, [], [], LOOK_SECONDS)
            if self._user in ready and not self._is_given_back():
                break
            if self._server in ready:
                self._lend()
        self._java.kill()
        code = self._java.wait()
        if self._user is not None:
            with contextlib.suppress(OSError):  # the user is gone
                self._user.sendall(exit_text(code).encode())
            self._user.close()

    def _can_be_used(self) -> bool:
        """Whether somebody may still come: the address leads here, and the last one went not long ago."""
        path = str(self._server.getsockname())
        found = os.path.exists(path) and self._address.exists() and self._address.read_text(encoding="utf-8") == path
        return found and time.monotonic() - self._used_at < IDLE_SECONDS

    def _lend(self) -> None:
        user, _ = self._server.accept()
        if self._user is None:
            _, descriptors, _, _ = socket.recv_fds(user, 16, 1)
            self._output.turn(descriptors[0])
            user.sendall(self._greeting)
            self._user = user
        else:
            user.close()

    def _is_given_back(self) -> bool:
        user = self._user
        if user is None or user.recv(len(DONE)) != DONE:
            return False
        user.close()
        self._output.turn(os.open(os.devnull, os.O_WRONLY))
        self._user = None
        self._used_at = time.monotonic()
        return True


def main(launch: Launch, address: Path) -> None:
    output = Output()
    # The path of a socket is short; TMPDIR may be long, and may be gone before Java is.
    with tempfile.TemporaryDirectory(prefix="java-", dir="/tmp", ignore_cleanup_errors=True) as place:
        os.chdir(place)  # Java leaves things in the folder that it starts in
        try:
            conf = SparkConf(loadDefaults=False).setAll(list(launch.settings().items()))
            streams = {"stdout": output.writer, "stderr": output.writer}
            gateway: Any = launch_gateway(conf, streams)  # type: ignore[no-untyped-call] # Spark has no types for it
        except Exception as error:
            _answer(error=str(error).strip().splitlines()[0])
            return
        path = f"{place}/socket"
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen()
        _write(address, path)
        _answer(socket=path)
        _let_go()
        greeting = {
            "port": gateway.gateway_parameters.port,
            "secret": gateway.gateway_parameters.auth_token,
            "pid": gateway.proc.pid,
        }
        Keeper(gateway.proc, server, address, f"{json.dumps(greeting)}\n".encode(), output).keep()


def _answer(**fields: str) -> None:
    print(json.dumps(fields), flush=True)


def _let_go() -> None:
    """Closes the streams of whoever started it, who may be read to their end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _write(file: Path, text: str) -> None:
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


if __name__ == "__main__":
    main(Launch(memory=sys.argv[1], options=sys.argv[2]), Path(sys.argv[3]))
