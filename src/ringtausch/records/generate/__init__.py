"""Generate: random realistic scenarios of any size, for tests, benchmarks and a first look.

In: how many parties, items and periods, the share of whole items, and a seed. Out: a `Scenario` with
rows in every table. It writes no file. The same arguments give the same scenario on every machine.
"""

from ringtausch.records.generate.assemble import generate_scenario

__all__ = ["generate_scenario"]
