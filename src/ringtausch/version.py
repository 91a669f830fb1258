"""The version of the library, in one place that costs nothing to import.

A test holds it against `pyproject.toml` and `CITATION.cff`.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
