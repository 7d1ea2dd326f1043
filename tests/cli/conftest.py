"""A store made through the command line itself, once for all tests that only read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Shell

CONTACTS = """\
No.,Name,Type,City,E-Mail,Mobile,Joined
C1,Ana,person,Prague,ana@example.com,+420 601,01.02.2024
C2,Ben,person,Madrid,,+34 602,15.03.2024
C3,Cid,person,,cid@example.com,,31.12.2024
C4,Dot,person,Prague,dot@example.com,,
C5,Prague Works,company,Prague,info@works.example,,02.01.2024
"""
INTERACTIONS = """\
interaction_no,contact_no,occurred_at,template,flow
I1,C1,2024-11-30 10:00:00,NEWS,outbound
I2,C1,2024-12-10 10:00:00,NEWS,outbound
I3,C4,2024-12-20 10:00:00,NEWS,outbound
"""
IN_PRAGUE = """\
name: in-prague
description: Persons in Prague who may be written to
base: {type: person}
steps:
- add: {field: city, op: is, value: Prague}
- reduce: {related: interaction, within: {in_last: {n: 30, unit: day}}, op: at_least, value: 2}
suppress: [privacy_blocked]
examples: {inside: [C1], outside: [C2]}
"""


def filled(folder: Path) -> Shell:
    """A folder with a store of five contacts and one saved segment."""
    shell = Shell(folder, folder / "shop.duckdb")
    assert shell.run("init").code == 0
    made = [
        ("load", "contact", shell.file("contacts.csv", CONTACTS), "--new-fields", "add"),
        ("load", "interaction", shell.file("interactions.csv", INTERACTIONS)),
        ("segment", "save", shell.file("in-prague.yaml", IN_PRAGUE)),
    ]
    for arguments in made:
        done = shell.run(*arguments)
        assert done.code == 0, done.err
    return shell


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The store for tests that only read it."""
    return filled(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def own(shop: Shell, tmp_path: Path) -> Shell:
    """A filled store of the test's own."""
    shutil.copytree(shop.folder, tmp_path / "own")
    return Shell(tmp_path / "own", tmp_path / "own" / shop.store.name)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An empty folder; the store is still to be made."""
    return Shell(tmp_path, tmp_path / "new.duckdb")
