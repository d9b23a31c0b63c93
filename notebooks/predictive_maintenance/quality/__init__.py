"""What came true, and how good what was said was: labels, and figures by window and by failure event."""
