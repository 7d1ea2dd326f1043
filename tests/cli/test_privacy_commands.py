"""The commands about what is held of a contact."""

from __future__ import annotations

import zipfile

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")


def test_what_is_held_is_told_and_written(own: Shell) -> None:
    held = own.run("privacy", "access", "C1", *DAY, "--json").json
    assert [(row["held"], row["row_count"]) for row in held] == [("contact", 1), ("interaction", 2), ("mention", 2)]

    written = own.run("privacy", "access", "C1", "--out", "ana.zip", *DAY)
    assert written.out == "5 rows about C1 are in ana.zip.\n"
    with zipfile.ZipFile(own.folder / "ana.zip") as file:
        assert file.namelist() == ["held.json", "held.html"]
    again = own.run("privacy", "access", "C1", "--out", "ana.zip", *DAY)
    assert again.complaint == (
        '"ana.zip" exists already.',
        "Choose another name, or allow it to be overwritten.",
    )
    assert own.run("privacy", "access", "C1", "--out", "ana.zip", "--overwrite", *DAY, "--json").json["row_count"] == 5


def test_a_contact_is_erased_and_its_files_stay_known(own: Shell) -> None:
    own.run("segment", "export", "in-prague", "list.csv", *DAY, "--force")
    assert own.run("privacy", "erase", "C1", *DAY).complaint == (
        "Nothing brings C1 back once it is erased.",
        "Say --yes, or look first with --dry-run.",
    )
    planned = own.run("privacy", "erase", "C1", "--dry-run", *DAY, "--json").json
    assert planned["is_written"] is False
    done = own.run("privacy", "erase", "C1", "--yes", "--reason", "no_longer_needed", *DAY)
    assert done.out.splitlines()[0] == "C1 was erased"
    assert "Files that held it" in done.out
    assert "segment in-prague" in done.out
    assert done.out.splitlines()[-1].startswith("The file of the store may hold what was removed")

    (export,) = own.run("privacy", "exports", "C1", "--json").json
    assert (export["segment_name"], export["place"]) == ("in-prague", str(own.folder / "list.csv"))
    (erasure,) = own.run("privacy", "erasures", "--json").json
    assert erasure["reason"] == "no_longer_needed"
    gone = own.run("privacy", "access", "C1", *DAY)
    assert (gone.code, gone.err.startswith('The contact "C1" is gone: erased on')) == (14, True)
    assert b"ana@example.com" not in own.store.read_bytes() or own.run("privacy", "compact").code == 0
    compacted = own.run("privacy", "compact", "--json").json
    assert b"ana@example.com" not in own.store.read_bytes()
    assert compacted["bytes_after"] == own.store.stat().st_size
