"""The wheel holds two packages with everything they need, and nothing else."""

from __future__ import annotations
