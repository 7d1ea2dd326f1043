"""App, notebook and loader share one store for a while without an error."""

from __future__ import annotations
