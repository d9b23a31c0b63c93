"""From features to a version of the model, and the gate that decides whether it becomes champion."""
