"""From tables to one row per machine and window, of nothing later than the window's end."""
