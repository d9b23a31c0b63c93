"""The process of one notebook: attached to the cluster's Java process, killed without harm to anything else."""

import os
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

import failure
import notebook
import spark
from recorder import Recorder
from screen import Screen, Terminal

HERE = str(Path(__file__).resolve().parent)


def main(
    file: str,
    parameters: Mapping[str, str],
    gateway: tuple[int, str],
    job_group: str,
    host: Connection,
    output: Connection,
    result: Connection,
    record: bool,
) -> None:
    """Runs the notebook and sends what becomes of it to `result`, as the fields of the protocol's last message.

    Everything it prints goes to `output`; when it is recorded, what it shows goes to `result`, cell by cell. `host`
    reaches its end when the host is gone, and so is this process then.
    """
    threading.Thread(target=_end_with, args=(host,), daemon=True).start()
    _redirect(output)
    screen = Recorder(lambda item: result.send({"type": "shown", "item": item})) if record else Terminal()
    result.send(_run(Path(file), parameters, gateway, job_group, screen))
    sys.stdout.flush()
    sys.stderr.flush()
    # What the notebook left running (threads, an open connection to Java) does not outlive it.
    os._exit(0)


def _run(
    file: Path, parameters: Mapping[str, str], gateway: tuple[int, str], job_group: str, screen: Screen
) -> dict[str, object]:
    _leave_host(file)
    started = time.monotonic()
    try:
        os.chdir(file.parent)
        value = notebook.run(file, spark.attach(*gateway, job_group), parameters, screen)
    except BaseException as error:
        message, text = failure.describe(error)
        return {"type": "failed", "message": message, "traceback": text, "isFinal": failure.is_final(error)}
    return {"type": "succeeded", "exitValue": value, "seconds": round(time.monotonic() - started, 3)}


def _leave_host(file: Path) -> None:
    """The notebook imports from its own folder, and nothing of this one."""
    sys.path = [str(file.parent), *(path for path in sys.path if path != HERE)]
    sys.argv = [str(file)]
    os.environ.pop("PYTHONPATH", None)
    for name, module in list(sys.modules.items()):
        if name != "__main__" and (getattr(module, "__file__", None) or "").startswith(HERE + os.sep):
            del sys.modules[name]


def _redirect(output: Connection) -> None:
    for stream in (1, 2):
        os.dup2(output.fileno(), stream)
    output.close()
    sys.stdout, sys.stderr = _text(1), _text(2)


def _text(descriptor: int) -> TextIO:
    return open(descriptor, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)


def _end_with(host: Connection) -> None:
    try:
        host.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
