"""Every letter there is has the same lower case in both engines."""

from __future__ import annotations

from pipelines.matching import lowered
from tests.engines import DuckDBEngine


def test_every_letter_has_one_lower_case(store: DuckDBEngine) -> None:
    every = """
        SELECT chr(i::INTEGER), lower(chr(i::INTEGER)) FROM range(1, 1114112) AS letters(i)
        WHERE NOT i BETWEEN 55296 AND 57343
    """
    with store.bench.database.reading() as con:
        rows = con.execute(every).fetchall()
    assert [letter for letter, lower in rows if lower != lowered(letter)] == []
    assert len(rows) == 0x110000 - 0x800 - 1


def test_the_place_of_a_letter_in_a_word_does_not_matter(store: DuckDBEngine) -> None:
    with store.bench.database.reading() as con:
        for word in ("ΟΔΟΣ", "İSTANBUL", "GROẞ", "ÉVORA", "DŽUNGLA"):
            assert con.execute("SELECT lower(?)", [word]).fetchone() == (lowered(word),)
