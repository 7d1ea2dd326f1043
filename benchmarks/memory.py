"""How much memory the process has taken at most."""

from __future__ import annotations

import sys


def peak_mb() -> int | None:
    """Tell the greatest resident size of the process so far.

    Returns
    -------
    int or None
        In megabytes; None where the system does not tell.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most // 1_000_000 if sys.platform == "darwin" else most * 1024 // 1_000_000)
