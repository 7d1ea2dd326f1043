"""What was measured, as text."""

from __future__ import annotations

from typing import Any

from benchmarks.engines import ENGINES


def printed(results: dict[str, Any], repeat: int) -> None:
    """Print times in milliseconds, and in brackets how many times the hand-written statement's.

    Parameters
    ----------
    results : dict
        As from `segments.measured`.
    repeat : int
        Runs of each.
    """
    print(
        f"Milliseconds, best of {repeat}; in brackets the ratio to the hand-written statement's, or to what is named."
    )
    if "questions" in results:
        _questions(results["questions"])
        for engine, reason in results["absent"].items():
            print(f"No column for {engine}: {reason}.")
        _costs(results)
    _edits(results["edits"])
    print(f"\nAfter these edits, before any other engine ran: peak memory of the process {results['peak_mb']:,} MB, "
          f"of which masks and values of ten rules {results['kept_mb']:,.1f} MB.")  # fmt: skip


def _questions(rows: list[dict[str, Any]]) -> None:
    names = [name for name in ("cold", "warm", *ENGINES) if name in rows[0]]
    whole = {name: sum(row[name] for row in rows) for name in ("sql", *names)}
    print(f"\n{'segment':<28}{'contacts':>10}{'SQL':>8}" + "".join(f"{name:>16}" for name in names))
    for row in rows:
        print(f"{row['question']:<28}{row['total']:>10,}{row['sql']:>8.1f}{_ratios(row, names)}")
    print(f"{'all of them':<28}{'':>10}{whole['sql']:>8.1f}{_ratios(whole, names)}")


def _ratios(row: dict[str, Any], names: list[str]) -> str:
    return "".join(f"{row[name]:>9.1f} {'(' + format(row[name] / row['sql'], '.2f') + ')':>6}" for name in names)


def _costs(results: dict[str, Any]) -> None:
    print("\nEach rule alone, cumulative and left out, beside the plain count (both cold):")
    for row in results["questions"]:
        print(f"{row['question']:<30}{_beside(row['cold'], row['plain'])}")
    print("\nMany numbers at once, beside statements written by hand:")
    for name, what in (("costs", "ten nested rules, 30 numbers"), ("overlap", "overlap of twelve segments")):
        print(f"{what:<30}{_beside(results[name]['cold'], results[name]['sql'])}")


def _edits(rows: list[dict[str, Any]]) -> None:
    print("\nEditing one rule of ten, beside that rule's own query; what the edit takes of all processors together:")
    for row in rows:
        ours = _beside(row["edit"], row["own_query"])
        print(f"{'rule ' + str(row['rule']):<30}{ours}{row['processor']:>11.1f}")


def _beside(ours: float, other: float) -> str:
    return f"{ours:>9.1f} / {other:>8.1f} ({ours / other:4.2f})"
