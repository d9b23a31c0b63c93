"""The Java process of a cluster. It outlives a run by some minutes: the next one finds its classes loaded and compiled.

A keeper (keeper.py) owns it and lends it to one user at a time, through a socket in a folder that only this user reads.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RUNTIME = HERE.parents[1] / ".runtime"
PLACE = RUNTIME / "java"
"""Has a file for each kind of Java that is kept, which names the socket of its keeper. Without the file Java ends."""
DONE = b"done"
"""Says a user whose work in Java has ended. When one goes without a word, Java goes with its work."""


class JavaError(Exception):
    """Java did not start; the message is one line that says why."""


@dataclass(frozen=True)
class Launch:
    """How Java is started."""

    memory: str
    """As Spark writes it: `"6g"`."""
    options: str

    def settings(self) -> Mapping[str, str]:
        """The settings of Spark that are of use only before Java starts."""
        return {
            "spark.driver.extraClassPath": os.pathsep.join(
                str(jar) for jar in sorted((RUNTIME / "jars").glob("*.jar"))
            ),
            "spark.driver.memory": self.memory,
            "spark.driver.extraJavaOptions": f"{self.options} -Duser.timezone=UTC",
        }

    def kind(self) -> str:
        """The same for all that are as good as this one."""
        read = [os.environ.get(name) for name in ("JAVA_HOME", "JDK_JAVA_OPTIONS", "SPARK_CONF_DIR")]
        return hashlib.sha256(repr((read, self.settings())).encode()).hexdigest()[:16]


class Java:
    """A Java that is lent to this process, and to no other until it is given back."""

    def __init__(self, keeper: socket.socket, *, port: int, secret: str, pid: int) -> None:
        self._keeper = keeper
        self.port = port
        self.secret = secret
        self.pid = pid

    def wait(self) -> str:
        """How Java ended, once it has: `"SIGKILL"`, or `"exit code 1"`."""
        return self._keeper.makefile().read()

    def give_back(self) -> None:
        """Leaves Java to its next user: no work of this one is left in it."""
        self._keeper.sendall(DONE)
        self._keeper.shutdown(socket.SHUT_WR)

    def end(self) -> None:
        """Ends Java with all work in it, and waits until it is gone."""
        self._keeper.shutdown(socket.SHUT_WR)
        self.wait()


def borrow(launch: Launch, place: Path = PLACE) -> Java:
    """A Java that was kept in `place`, or a new one, whose output comes to the standard error of this process.

    Raises a `JavaError` where none starts.
    """
    place.mkdir(parents=True, exist_ok=True)
    address = place / launch.kind()
    if address.exists() and (java := _ask(address.read_text(encoding="utf-8"))):
        return java
    java = _ask(_start_keeper(launch, address))
    if java is None:
        raise JavaError("Java was gone as soon as it had started")
    return java


def _ask(path: str) -> Java | None:
    """None where there is no keeper, or its Java is lent to somebody else."""
    keeper = socket.socket(socket.AF_UNIX)
    try:
        keeper.connect(path)
        socket.send_fds(keeper, [b"output"], [2])
        answer = keeper.makefile().readline()
    except OSError:
        answer = ""
    if not answer:
        keeper.close()
        return None
    fields: dict[str, Any] = json.loads(answer)
    return Java(keeper, **fields)


def _start_keeper(launch: Launch, address: Path) -> str:
    """Returns the path of its socket."""
    keeper = subprocess.Popen(
        [sys.executable, str(HERE / "keeper.py"), launch.memory, launch.options, str(address)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C and a terminal that is closed are not for it
        # Of Spark's Python workers too. This process may be connected to another Java: the keeper starts its own.
        env={name: value for name, value in os.environ.items() if not name.startswith("PYSPARK_GATEWAY_")}
        | {"PYTHONPATH": str(HERE)},
    )
    said = keeper.stdout.readline() if keeper.stdout else ""
    answer: dict[str, str] = json.loads(said or '{"error": "the keeper of Java ended"}')
    if "error" in answer:
        raise JavaError(answer["error"])
    return answer["socket"]
