"""Numbers as text, exact: the shortest decimal that reads back as the same double."""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray

__all__ = ["number_texts"]


def number_texts(values: FloatArray) -> list[str]:
    """Write numbers; a model has few different ones, so that each is written once.

    >>> number_texts(np.array([1.0, 0.1 + 0.2, -0.0, 1e22, np.inf]))
    ['1', '0.30000000000000004', '0', '1e+22', 'inf']
    """
    different, which = np.unique(values + 0.0, return_inverse=True)  # no minus before a 0
    texts = [repr(value).removesuffix(".0") for value in different.tolist()]
    return [texts[at] for at in which.ravel().tolist()]
