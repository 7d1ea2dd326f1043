"""The store: the only part of the workbench that knows DuckDB."""

from workbench.store.cancelling import Cancellation
from workbench.store.connection import Connection
from workbench.store.database import Database

__all__ = ["Cancellation", "Connection", "Database"]
