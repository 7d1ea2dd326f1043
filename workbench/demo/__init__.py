"""A store worth exploring: public retail data, three segments and one target list."""

from __future__ import annotations

from workbench.demo.complete_journey import DemoReceipt, make

__all__ = ["DemoReceipt", "make"]
