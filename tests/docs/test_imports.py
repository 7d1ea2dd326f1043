"""What importing costs, and what help says."""

from __future__ import annotations
