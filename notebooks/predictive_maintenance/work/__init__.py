"""What is to be done about the alerts, in which order, and whether they were right."""
