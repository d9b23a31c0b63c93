"""Figures of matplotlib out of a few numbers: counts, quantiles, short series. Nothing here reads a table or a file.

Each function returns a `Figure` of its own, which no global list of matplotlib keeps: it can be displayed, saved or
logged, and made in any thread.
"""
