"""Families: a large problem solved in parts that share only money and burden.

In: a problem as it stands. Out: answers like the solver's. Items fall into families that share no
stock, debt, need or floor; the rows of money and burden are priced (Dantzig and Wolfe), so that each
family can be solved alone, in another process or on a cluster.
"""

from __future__ import annotations
