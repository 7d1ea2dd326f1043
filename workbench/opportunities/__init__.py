"""Possible sales, and where they stand in their sales cycles."""

from __future__ import annotations
