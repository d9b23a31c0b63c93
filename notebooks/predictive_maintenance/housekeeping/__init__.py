"""What keeps the tables small, and what shows after a deployment that the pipeline works."""
