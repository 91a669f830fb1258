"""Benchmarks: how long the program takes and how much memory, and whether it still answers the same.

`python -m benchmarks` runs `registry` (cases) through `processes` and `phases` (how they are measured)
and hands the results to `results` (JSON lines and a table). README.md says what is not measured.
"""
