"""Every use case is reached from every front end, or says why not."""

from __future__ import annotations
