"""What a person may say about a file instead of having it found: the keyword arguments of plan and load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbench.errors import SourceError, nearest
from workbench.sources import value_mapping

Progress = Callable[[int, int], None]

# What part of the work is done after reading, checking and comparing; writing is the rest.
READ, CHECKED, COMPARED = 0.5, 0.8, 0.9

DATE_ORDERS = ("dmy", "mdy", "ymd")


def _silent(done: int, total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Options:
    """Overrides for one file; everything left out is found from the data.

    Attributes
    ----------
    encoding : str or None
        Encoding of a text file, such as ``"cp1252"``.
    delimiter : str or None
        The sign between the cells of a text file.
    decimal : str or None
        ``"."`` or ``","``.
    date_order : str or None
        ``"dmy"``, ``"mdy"`` or ``"ymd"`` for dates that do not begin with a four-digit year.
    time_zone : str or None
        IANA name of the zone in which times without an offset are meant; the store's when left out.
    sheet : str or int or None
        Name, or position from 1, of a workbook's sheet; the first when left out.
    header_row : int or None
        Row that holds the headers, from 1; the first row that is not blank when left out.
    key : str or None
        Text field that names a contact instead of `contact_no`, for files of contacts.
    contact_key : str or None
        Text field of contacts in which the contact of a row is looked up instead of `contact_no`.
    constants : Mapping[str, object]
        Field to the one value that it gets in every row, for fields that are not in the file.
    values : Mapping
        By column of the file and value in it, the value that it is taken as; ``""`` stands for a blank cell.
    remember : bool
        Whether a mapping that was remembered for such headers is used, and this one remembered; if not, what was
        remembered is forgotten.
    find_duplicates : bool
        Whether the plan looks for contacts of the store that new rows may be the same as.
    progress : callable
        Called with (rows done, rows in all); raising from it cancels the load, and nothing is written.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_order: str | None = None
    time_zone: str | None = None
    sheet: str | int | None = None
    header_row: int | None = None
    key: str | None = None
    contact_key: str | None = None
    constants: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remember: bool = True
    find_duplicates: bool = False
    progress: Progress = _silent

    @classmethod
    def checked(cls, overrides: Mapping[str, object]) -> Options:
        """Take keyword arguments as a user wrote them.

        Parameters
        ----------
        overrides : Mapping[str, object]
            Names and values; a value of None counts as left out.

        Returns
        -------
        Options
            The overrides.

        Raises
        ------
        SourceError
            When a name or a value is not among those described here.
        """
        known = [option.name for option in fields(cls)]
        for name in overrides:
            if name not in known:
                raise SourceError(f'There is no option "{name}" for loading.', nearest(name, known))
        given = {name: value for name, value in overrides.items() if value is not None}
        if "values" in given:
            given["values"] = value_mapping.checked(given["values"])
        options = cls(**given)  # type: ignore[arg-type]
        options._check()
        return options

    def _check(self) -> None:
        if self.decimal not in (None, ".", ","):
            raise SourceError(f'The decimal sign cannot be "{self.decimal}".', 'Use "." or ",".')
        if self.date_order not in (None, *DATE_ORDERS):
            raise SourceError(f'There is no date order "{self.date_order}".', "Use dmy, mdy or ymd.")
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise SourceError(f'The delimiter "{self.delimiter}" is not one sign.', "Use , or ; or | or a tab.")
        if self.header_row is not None and self.header_row < 1:
            raise SourceError(f"There is no header row {self.header_row}.", "Rows are counted from 1.")
        if self.time_zone is not None:
            zone_named(self.time_zone)


def zone_named(name: str) -> ZoneInfo:
    """Find a time zone.

    Parameters
    ----------
    name : str
        An IANA name.

    Returns
    -------
    zoneinfo.ZoneInfo
        The zone.

    Raises
    ------
    SourceError
        When there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SourceError(
            f'There is no time zone "{name}".', "Use an IANA name such as UTC or America/New_York."
        ) from None


def share_done(rows: int, stage: float, part: float = 1.0) -> int:
    """Tell how many rows' worth of work is done.

    Parameters
    ----------
    rows : int
        Rows in all.
    stage : float
        Share of the work at the end of the stage: `READ`, `CHECKED`, `COMPARED` or 1.
    part : float, optional
        How far the stage has come, 0 to 1.

    Returns
    -------
    int
        Rows.
    """
    before = max((end for end in (0.0, READ, CHECKED, COMPARED) if end < stage), default=0.0)
    return int(rows * (before + (stage - before) * part))
