"""What the README and CONTRIBUTING show works as it stands there."""

from __future__ import annotations
