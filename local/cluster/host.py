"""The cluster of a laptop: one Java process with Spark, one Python process per notebook.

Started by `cluster.ts`, and ends when its standard input does. Both sides write one JSON object a line, the version
of the protocol first: commands are in protocol.py, answers in protocol.ts. After its `hello` the host answers `ready`
once; per run `output` and, when it is recorded, `shown` (see recorder.py) any number of times, then one of
`succeeded`, `failed` and `cancelled`; and `fatal` before it gives up.
"""

import json
import multiprocessing
import os
import shutil
import sys
import threading
import traceback
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn, TextIO

import process
import protocol
import spark
import warehouse
from failure import exit_text
from java import Java, Launch, borrow
from pyspark.sql import SparkSession

# Imported once, while Java starts; the process of every notebook begins with them.
PRELOADED = ["process", "pyspark.ml", "delta", "mlflow", "mlflow.spark"]


class Host:
    """Runs notebooks on `session`, each in a process of its own out of `processes`."""

    def __init__(self, session: SparkSession, processes: ForkServerContext, answers: TextIO) -> None:
        self._session = session
        self._processes = processes
        self._answers = answers
        self._lock = threading.Lock()
        self._running: dict[int, BaseProcess] = {}
        self._cancelled: set[int] = set()
        self._has_abandoned = False
        # Nothing is ever sent: a notebook's process reads the end when this process is gone.
        self._lifeline, self._alive = processes.Pipe(duplex=False)

    def obey(self, command: protocol.Run | protocol.Cancel) -> None:
        match command:
            case protocol.Run():
                threading.Thread(target=self._run, args=(command,), daemon=True).start()
            case protocol.Cancel(id):
                self._cancel(id)

    def is_idle(self) -> bool:
        """Whether nothing is left to do in Java: no notebook runs, and none was killed while Java worked for it."""
        with self._lock:
            return not self._running and not self._has_abandoned

    def answer(self, type: str, **fields: object) -> None:
        with self._lock:
            print(json.dumps({"type": type, **fields}), file=self._answers, flush=True)

    def _run(self, run: protocol.Run) -> None:
        id = run.id
        output, output_writer = self._processes.Pipe(duplex=False)
        result, result_writer = self._processes.Pipe(duplex=False)
        job_group = f"notebook-{id}"
        gateway = spark.gateway(self._session)
        streams = (self._lifeline, output_writer, result_writer)
        arguments = (run.file, run.parameters, gateway, job_group, *streams, run.record)
        notebook = self._processes.Process(target=process.main, args=arguments)
        with self._lock:
            if id not in self._cancelled:
                notebook.start()
                self._running[id] = notebook
        output_writer.close()
        result_writer.close()
        printing = threading.Thread(target=self._forward, args=(id, output), daemon=True)
        printing.start()
        while (outcome := _receive(result)) and outcome["type"] == "shown":
            self.answer(**outcome, id=id)
        if id in self._running:
            notebook.join()
        self._has_abandoned |= outcome is None
        # A program the notebook left behind may hold its output open.
        printing.join(timeout=2)
        if id in self._cancelled:
            self._session.sparkContext._jsc.sc().cancelJobGroupAndFutureJobs(job_group)
            outcome = {"type": "cancelled"}
        message = f"the notebook's process ended with {exit_text(notebook.exitcode)} before the notebook did"
        self._running.pop(id, None)  # before the answer, after which somebody may ask whether anything runs
        self.answer(**(outcome or _died(message)), id=id)

    def _forward(self, id: int, output: Connection) -> None:
        with open(output.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines:
            for line in lines:
                self.answer("output", id=id, line=line.rstrip("\n"))

    def _cancel(self, id: int) -> None:
        with self._lock:
            self._cancelled.add(id)
            notebook = self._running.get(id)
        if notebook is not None:
            notebook.kill()


def _died(message: str) -> dict[str, Any]:
    return {"type": "failed", "message": message, "traceback": message, "isFinal": False}


def _receive(result: Connection) -> dict[str, Any] | None:
    try:
        received: dict[str, Any] = result.recv()
        return received
    except EOFError:
        return None


def prepare(state: Path) -> None:
    """Folders and environment of the notebooks; what a killed run left in `tmp` goes."""
    scratch = state / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in (scratch, state / "warehouse", state / "mlruns"):
        folder.mkdir(parents=True, exist_ok=True)
    os.chdir(scratch)
    os.environ |= {
        "PYTHONPATH": os.pathsep.join(filter(None, [process.HERE, os.environ.get("PYTHONPATH")])),
        "PYSPARK_PYTHON": sys.executable,
        "MLFLOW_TRACKING_URI": (state / "mlruns").as_uri(),
        "MLFLOW_REGISTRY_URI": (state / "mlruns").as_uri(),
        # By name it is made when absent; the file store makes its default experiment only together with its folder.
        "MLFLOW_EXPERIMENT_NAME": "predictive-maintenance",
        "MLFLOW_DFS_TMP": str(scratch),
        "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
        "MLFLOW_LOGGING_LEVEL": "WARNING",
        "GIT_PYTHON_REFRESH": "quiet",
        "MPLBACKEND": "agg",  # a notebook opens no window
    }


def fork_server() -> ForkServerContext:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()
    return processes


def watch(java: Java, stopping: threading.Event, answers: TextIO) -> None:
    how = java.wait()
    if not stopping.is_set():
        give_up(answers, f"Spark's Java process ended with {how or 'its keeper'}")


def give_up(answers: TextIO, message: str) -> NoReturn:
    print(json.dumps({"type": "fatal", "message": message}), file=answers, flush=True)
    os._exit(1)


def say_hello(answers: TextIO) -> None:
    """States the version of the protocol, and gives up where the program speaks another."""
    print(json.dumps({"type": "hello", "version": protocol.VERSION}), file=answers, flush=True)
    try:
        protocol.check_version(sys.stdin.readline())
    except protocol.ProtocolError as error:
        give_up(answers, str(error))


def main(state: Path) -> NoReturn:
    # Java and the fork server inherit standard output: the protocol gets a descriptor that they do not have.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    say_hello(answers)
    try:
        prepare(state)
        processes = fork_server()
        java = borrow(Launch(spark.half_of_memory(), spark.THOROUGH))
        scratch = {"spark.local.dir": str(state / "tmp")}
        session = spark.start(state / "warehouse", java=java, app="cluster", more=scratch)
        warehouse.register_tables(session, state / "warehouse")
    except Exception as error:
        traceback.print_exc()
        give_up(answers, str(error).strip().splitlines()[0])
    stopping = threading.Event()
    threading.Thread(target=watch, args=(java, stopping, answers), daemon=True).start()
    host = Host(session, processes, answers)
    host.answer("ready")
    try:
        for line in sys.stdin:
            host.obey(protocol.command(line))
    except protocol.ProtocolError as error:
        give_up(answers, str(error))
    stopping.set()
    if host.is_idle():
        spark.stop(session)
        java.give_back()
    else:
        java.end()
    shutil.rmtree(state / "tmp", ignore_errors=True)
    # Neither threads nor exit handlers have anything left to do; the notebooks end with their lifeline.
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
