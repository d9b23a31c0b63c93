"""What both tables of the bench are measured in: a session of Spark, and the machine that it runs on."""

import os
import platform
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path


@contextmanager
def session(parser: ArgumentParser, folder: Path) -> Iterator:
    """Spark with its tables in `folder`, which is empty before and gone after; Ctrl-C is told by `parser`."""
    import java  # of local/cluster, as is the next; not for who asks for help
    import spark as cluster

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    launch = java.Launch(cluster.half_of_memory(), cluster.THOROUGH)
    spark = cluster.start(folder / "warehouse", java=launch, app="bench")
    try:
        yield spark
    except KeyboardInterrupt:
        parser.exit(130, "bench: interrupted\n")
    finally:
        spark.stop()
    shutil.rmtree(folder)


def circumstances() -> dict[str, object]:
    """When and where, for a written result."""
    return {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()},
    }
