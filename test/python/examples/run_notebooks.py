"""Runs notebooks one after the other, in a process of its own that is attached to the Java of the tests.

Reads `{"gateway": [port, secret], "notebooks": [[file, parameters], …]}`; what `"$start_date"` or `"$to_date"` stands
for is in the exit value of the first notebook. The last line that it prints is the list of the exit values.
"""

import json
import sys
from pathlib import Path

import notebook
import spark

asked = json.load(sys.stdin)
session = spark.attach(*asked["gateway"], "notebooks")
exits: list[dict] = []
for file, parameters in asked["notebooks"]:
    given = {name: exits[0][text[1:]] if text.startswith("$") else text for name, text in parameters.items()}
    exits.append(json.loads(notebook.run(Path(file), session, given) or "{}"))
print(json.dumps(exits))
