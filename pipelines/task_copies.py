"""Whose copies there are of a task: members of a team who are to do it, and everybody who attends a meeting.

References
----------
Business Central, table 5080: `InsertTaskAndRelatedData`, `CreateOrganizerTask`, `CreateAttendeesFromTeam`,
`ChangeTeam`, `ReassignTeamTaskToSalesperson` and `ReassignSalespersonTaskToTeam`; table 5199, Attendee.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

ORGANIZER, REQUIRED, OPTIONAL = "organizer", "required", "optional"
ATTENDANCES = (REQUIRED, OPTIONAL, ORGANIZER)


@dataclass(frozen=True)
class Copy:
    """Somebody's copy of a task.

    Attributes
    ----------
    role : {"organizer", "salesperson_attendee", "contact_attendee"}
        Whose it is. Each member of a team organizes what the team is to do; of a meeting there is one organizer.
    salesperson_code : str or None
        The salesperson; None for the copy of a contact.
    contact_id : int or None
        The contact; None for the copy of a salesperson.
    attendance : {"required", "optional", "organizer"} or None
        How somebody attends a meeting; None for the copy of a task that is none.
    """

    role: str
    salesperson_code: str | None = None
    contact_id: int | None = None
    attendance: str | None = None

    @property
    def whose(self) -> tuple[str | None, int | None]:
        """Who has it; nobody has two of one task."""
        return self.salesperson_code, self.contact_id


@dataclass(frozen=True)
class Difference:
    """What has to be done to the copies of a task.

    Attributes
    ----------
    added, removed, changed : tuple of Copy
        Copies to write, to delete, and to give another role or attendance.
    """

    added: tuple[Copy, ...]
    removed: tuple[Copy, ...]
    changed: tuple[Copy, ...]


def guest(contact_id: int, attendance: str = REQUIRED) -> Copy:
    """Give the copy of a contact who attends a meeting.

    Parameters
    ----------
    contact_id : int
        The contact.
    attendance : {"required", "optional"}, optional
        How.

    Returns
    -------
    Copy
        With the role of a contact.
    """
    return Copy("contact_attendee", contact_id=contact_id, attendance=attendance)


def colleague(salesperson_code: str, attendance: str = REQUIRED) -> Copy:
    """Give the copy of a salesperson who attends a meeting.

    Parameters
    ----------
    salesperson_code : str
        The salesperson.
    attendance : {"required", "optional", "organizer"}, optional
        How.

    Returns
    -------
    Copy
        With the role of an organizer, or of a salesperson.
    """
    role = ORGANIZER if attendance == ORGANIZER else "salesperson_attendee"
    return Copy(role, salesperson_code, attendance=attendance)


def of_new(
    is_meeting: bool, members: Sequence[str] = (), organizer: str | None = None, attendees: Sequence[Copy] = ()
) -> tuple[Copy, ...]:
    """Tell the copies of a new task.

    Parameters
    ----------
    is_meeting : bool
        Whether it is a meeting.
    members : sequence of str, optional
        The members of the team whose task it is; nobody for the task of a salesperson.
    organizer : str, optional
        Who organizes the meeting of a team. A salesperson's own meeting is the salesperson's, without a copy.
    attendees : sequence of Copy, optional
        Who else attends a meeting.

    Returns
    -------
    tuple of Copy
        Nobody twice: a meeting's organizer first, then its attendees as they were given, then the members of the team;
        of a team's task that is no meeting, a copy for each member.
    """
    if not is_meeting:
        return tuple(Copy(ORGANIZER, member) for member in members)
    first = [] if organizer is None else [colleague(organizer, ORGANIZER)]
    return _each_once([*first, *attendees, *map(colleague, members)])


def of_other_team(
    is_meeting: bool, present: Sequence[Copy], before: Collection[str], after: Sequence[str]
) -> tuple[Copy, ...]:
    """Tell the copies of a task that passes from one team to another.

    Parameters
    ----------
    is_meeting : bool
        Whether it is a meeting.
    present : sequence of Copy
        Its copies.
    before : collection of str
        The members of the team that had it.
    after : sequence of str
        The members of the team that gets it.

    Returns
    -------
    tuple of Copy
        Without those who are in the old team only, save the organizer of a meeting, and with those of the new one.
    """
    if not is_meeting:
        return of_new(False, after)
    leaving = set(before) - set(after)
    stay = [one for one in present if one.attendance == ORGANIZER or one.salesperson_code not in leaving]
    return _each_once([*stay, *map(colleague, after)])


def of_team(
    is_meeting: bool, present: Sequence[Copy], salesperson_code: str | None, members: Sequence[str]
) -> tuple[Copy, ...]:
    """Tell the copies of a task that passes from a salesperson to a team.

    Parameters
    ----------
    is_meeting : bool
        Whether it is a meeting.
    present : sequence of Copy
        Its copies.
    salesperson_code : str or None
        Who had it, and goes on organizing a meeting.
    members : sequence of str
        The members of the team.

    Returns
    -------
    tuple of Copy
        As for a new task of the team.
    """
    return of_new(is_meeting, members, salesperson_code if is_meeting else None, present)


def of_salesperson(is_meeting: bool, present: Sequence[Copy], salesperson_code: str) -> tuple[Copy, ...]:
    """Tell the copies of a task that passes from a team to a salesperson.

    Parameters
    ----------
    is_meeting : bool
        Whether it is a meeting.
    present : sequence of Copy
        Its copies.
    salesperson_code : str
        Who gets it, and needs no copy any more.

    Returns
    -------
    tuple of Copy
        The other attendees of a meeting, who had organized it among them; nobody of another task.
    """
    if not is_meeting:
        return ()
    others = (one for one in present if one.salesperson_code != salesperson_code)
    return tuple(_only_attending(one) for one in others)


def difference(present: Iterable[Copy], wanted: Iterable[Copy]) -> Difference:
    """Tell how the copies of a task become those that are wanted.

    Parameters
    ----------
    present, wanted : iterable of Copy
        Copies; nobody has two.

    Returns
    -------
    Difference
        Copies that stay as they are are in none of its parts.
    """
    old, new = ({one.whose: one for one in copies} for copies in (present, wanted))
    return Difference(
        added=tuple(one for whose, one in new.items() if whose not in old),
        removed=tuple(one for whose, one in old.items() if whose not in new),
        changed=tuple(one for whose, one in new.items() if whose in old and old[whose] != one),
    )


def _only_attending(one: Copy) -> Copy:
    return replace(one, role="salesperson_attendee", attendance=REQUIRED) if one.attendance == ORGANIZER else one


def _each_once(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    first: dict[tuple[str | None, int | None], Copy] = {}
    for one in copies:
        first.setdefault(one.whose, one)
    return tuple(first.values())
