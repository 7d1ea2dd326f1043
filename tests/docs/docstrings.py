"""Checks the docstrings of everything public: `python -m tests.docs.docstrings`."""

from __future__ import annotations
