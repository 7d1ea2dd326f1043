"""Printed reports on contacts, campaigns, sales and questionnaires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.dates import instant, shift
from workbench.contact_rows import export_log
from workbench.errors import ConfigError, nearest
from workbench.questionnaires import Questionnaires
from workbench.reports import addressees, campaign_details, covering, remarks, report_file, statements
from workbench.reports.campaign_details import CampaignDetails
from workbench.reports.results import (
    LABEL_FORMATS,
    REMARKS,
    CompanySummary,
    ContactList,
    CoverSheet,
    CoverSheets,
    LabelFormat,
    Labels,
    PersonSummary,
    QuestionnaireHandout,
    QuestionnaireTest,
    Report,
    ReportFile,
)
from workbench.reports.sales_reports import (
    OpportunityDetails,
    OpportunityRows,
    SalesCycleAnalysis,
    SalespersonOpportunities,
    SalespersonTasks,
    TeamTasks,
)
from workbench.reports.segment_contacts import SegmentContacts
from workbench.reports.selling import SellingReports
from workbench.reports.whom import AnyWhom, OnWorksheet, Whom, addresses, campaign_of, chosen, in_order
from workbench.segments import Segments
from workbench.setup import Setup
from workbench.store import Connection, Database
from workbench.worksheets import headers

__all__ = [
    "LABEL_FORMATS", "REMARKS", "AnyWhom", "CampaignDetails", "CompanySummary", "ContactList", "CoverSheet",
    "CoverSheets", "LabelFormat", "Labels", "OnWorksheet", "OpportunityDetails", "OpportunityRows", "PersonSummary",
    "QuestionnaireHandout", "QuestionnaireTest", "Report", "ReportFile", "Reports", "SalesCycleAnalysis",
    "SalespersonOpportunities", "SalespersonTasks", "SegmentContacts", "TeamTasks", "Whom",
]  # fmt: skip

if TYPE_CHECKING:
    from workbench.campaigns import Campaigns

_NOBODY = np.array([], dtype=np.int64)


class Reports(SellingReports):
    """Everything a workbench prints.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    segments : Segments
        What finds the members of segments.
    questionnaires : Questionnaires
        What lays questionnaires out.
    campaigns : callable
        Gives what knows campaigns, for the one report that needs it.

    Notes
    -----
    Wherever contacts are chosen, a `Whom`, an `OnWorksheet`, numbers of contacts, the name of a saved segment or a
    segment will do.
    """

    def __init__(
        self,
        database: Database,
        setup: Setup,
        segments: Segments,
        questionnaires: Questionnaires,
        campaigns: Callable[[], Campaigns],
    ) -> None:
        self._database, self._setup, self._campaigns = database, setup, campaigns
        self._segments, self._questionnaires = segments, questionnaires

    def contact_list(self, whom: AnyWhom, as_of: dt.date) -> ContactList:
        """List contacts with their figures (Contact - List, report 5050).

        Parameters
        ----------
        whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
            Which contacts.
        as_of : datetime.date
            Later interactions and opportunities are left out.

        Returns
        -------
        ContactList
            Address, type, cost, duration, opportunities and the day of the next task. A company counts the rows of
            its people as well, so columns do not add up.

        Raises
        ------
        NotFoundError
            When there is no such segment or contact.
        """
        with self._database.reading() as con:
            ids, segment = chosen(con, self._segments, whom, as_of)
            rows = self._rows(con, statements.CONTACT_LIST, ids, as_of)
        return ContactList(as_of, ids, segment, (), rows)

    def company_summary(self, whom: AnyWhom, as_of: dt.date) -> CompanySummary:
        """Tell of companies their people, tasks and interactions (Contact - Company Summary, report 5051).

        Parameters
        ----------
        whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
            Which contacts; people among them are left out.
        as_of : datetime.date
            Later interactions are left out.

        Returns
        -------
        CompanySummary
            Interactions that are postponed and tasks that are canceled are left out.

        Raises
        ------
        NotFoundError
            When there is no such segment or contact.
        """
        with self._database.reading() as con:
            ids, segment = chosen(con, self._segments, whom, as_of)
            companies, people, tasks, interactions = (
                self._rows(con, statement, ids, as_of)
                for statement in (
                    statements.COMPANIES, statements.PEOPLE_OF_COMPANIES, statements.TASKS_OF_COMPANIES,
                    statements.INTERACTIONS_OF_COMPANIES,
                )
            )  # fmt: skip
            held = _ids(con, [*companies["contact_no"], *people["contact_no"]])
        notes = _known(remarks.other_type(len(ids) - len(companies)))
        return CompanySummary(as_of, held, segment, notes, companies, people, tasks, interactions)

    def person_summary(self, whom: AnyWhom, as_of: dt.date) -> PersonSummary:
        """Tell of people their tasks and interactions (Contact - Person Summary, report 5053).

        Parameters
        ----------
        whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
            Which contacts; companies among them are left out.
        as_of : datetime.date
            Later interactions are left out.

        Returns
        -------
        PersonSummary
            Interactions that are postponed and tasks that are canceled are left out.

        Raises
        ------
        NotFoundError
            When there is no such segment or contact.
        """
        with self._database.reading() as con:
            ids, segment = chosen(con, self._segments, whom, as_of)
            people, tasks, interactions = (
                self._rows(con, statement, ids, as_of)
                for statement in (statements.PEOPLE, statements.TASKS_OF_PEOPLE, statements.INTERACTIONS_OF_PEOPLE)
            )
            held = _ids(con, list(people["contact_no"]))
        notes = _known(remarks.other_type(len(ids) - len(people)))
        return PersonSummary(as_of, held, segment, notes, people, tasks, interactions)

    def segment_contacts(self, worksheet_no: str, as_of: dt.date) -> SegmentContacts:
        """List the contacts on a worksheet with their figures (Segment - Contacts, report 5063).

        Parameters
        ----------
        worksheet_no : str
            The worksheet.
        as_of : datetime.date
            Later interactions and opportunities are left out.

        Returns
        -------
        SegmentContacts
            One row for each line: address, currency, salesperson, interactions and their cost, opportunities and what
            they are estimated at.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        """
        whom = OnWorksheet(worksheet_no)
        with self._database.reading() as con:
            ids, _ = chosen(con, self._segments, whom, as_of)
            rows = self._rows(con, statements.SEGMENT_CONTACTS, ids, as_of)
            description = headers.found(con, worksheet_no).header.description or ""
        return SegmentContacts(as_of, pd.unique(ids), None, (), worksheet_no, description, rows)

    def cover_sheet(
        self,
        whom: AnyWhom,
        as_of: dt.date,
        *,
        letter_head: str = "",
        remarks: Sequence[str] = (),
        text: str = "",
        log: bool = False,
        interaction_template_code: str | None = None,
        dry_run: bool = False,
    ) -> CoverSheets:
        """Make a cover sheet for each contact (reports 5055, and 5064 for the lines of a worksheet).

        Parameters
        ----------
        whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
            Which contacts; those that are privacy blocked are left out.
        as_of : datetime.date
            The day of the sheets; an alternative address that holds on it is used.
        letter_head : str, optional
            Our own lines at the top, the first in large letters; five at most.
        remarks : sequence of str, optional
            Check boxes that are crossed, of `REMARKS`.
        text : str, optional
            Free text below them.
        log : bool, optional
            Write an interaction for each sheet.
        interaction_template_code : str, optional
            What these interactions begin with: group, cost, duration, campaign; else what setup names for cover sheets.
            Those for a worksheet belong to its campaign.
        dry_run : bool, optional
            Only tell what would be logged.

        Returns
        -------
        CoverSheets
            Addressee, and the formal salutation where the contact's salutation has a formula in its language.

        Raises
        ------
        NotFoundError
            When there is no such segment, contact or interaction template.
        ConfigError
            When there is no such remark.
        """
        covering.check_remarks(remarks)
        writes = log and not dry_run
        with self._database.writing() if writes else self._database.reading() as con:
            ids, segment = chosen(con, self._segments, whom, as_of)
            rows, notes = _allowed(addressees.read(con, ids, as_of, addresses(con, whom)))
            held = rows["contact_id"].to_numpy(np.int64)
            sheets = covering.sheets(con, rows, held, self._setup.marketing())
            template = covering.template(con, interaction_template_code) if log else None
            if writes:
                at = instant(as_of, self._zone).replace(tzinfo=None)
                covering.log(con, held, template, campaign_of(con, whom), as_of, at)
        head = tuple(line.strip() for line in letter_head.splitlines() if line.strip())
        logged = len(sheets) if log else 0
        return CoverSheets(as_of, pd.unique(held), segment, notes, sheets, head, tuple(remarks), text, logged, writes)

    def labels(self, whom: AnyWhom, as_of: dt.date, format: str = "36x70", *, skip: int = 0) -> Labels:
        """Make address labels (reports 5056, and 5065 for the lines of a worksheet).

        Parameters
        ----------
        whom : Whom, OnWorksheet, sequence of str, str, Segment or mapping
            Which contacts; those that are privacy blocked or have no address are left out.
        as_of : datetime.date
            An alternative address that holds on this day is used.
        format : {"36x70", "37x70", "36x105", "37x105"}, optional
            Height by width of a label in millimetres; three columns, or two.
        skip : int, optional
            Labels that are used up on the first sheet.

        Returns
        -------
        Labels
            In the order given or that of the lines, else by number. A line may name an alternative address.

        Raises
        ------
        NotFoundError
            When there is no such segment or contact.
        ConfigError
            When there is no such format, or no label would be left to skip.
        """
        if format not in LABEL_FORMATS:
            raise ConfigError(f'There is no label format "{format}".', nearest(format, LABEL_FORMATS))
        sheet = LABEL_FORMATS[format]
        if not 0 <= skip < sheet.per_sheet:
            raise ConfigError(f"{skip} labels cannot be skipped.", f"A sheet has {sheet.per_sheet} of them.")
        with self._database.reading() as con:
            ids, segment = chosen(con, self._segments, whom, as_of)
            rows, notes = _allowed(addressees.read(con, ids, as_of, addresses(con, whom)))
            is_complete = [addressees.address_of(row).is_complete for row in rows.itertuples(index=False)]
            named, home = addressees.countries(con), self._setup.marketing().default_country_code
        complete = rows[np.array(is_complete, dtype=bool)]
        notes = _known(*notes, remarks.without_address(len(rows) - len(complete)))
        blocks = [(number, "\n".join(lines)) for number, lines in addressees.blocks(complete, home, named)]
        frame = pd.DataFrame(blocks, columns=["contact_no", "block"], dtype="str")
        return Labels(as_of, pd.unique(complete["contact_id"].to_numpy(np.int64)), segment, notes, sheet, frame, skip)

    def campaign_details(self, as_of: dt.date, campaign_nos: Sequence[str] = ()) -> CampaignDetails:
        """Tell of campaigns their statistics, segments and entries (Campaign - Details, report 5060).

        Parameters
        ----------
        as_of : datetime.date
            Later interactions are left out of the statistics.
        campaign_nos : sequence of str, optional
            Which ones; all of them where absent.

        Returns
        -------
        CampaignDetails
            In the order given, else by number.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            return campaign_details.details(con, self._campaigns(), campaign_nos, as_of)

    def questionnaire_handout(
        self, questionnaire_code: str, as_of: dt.date, *, with_classification: bool = False
    ) -> QuestionnaireHandout:
        """Print a questionnaire to be filled in (Questionnaire - Handouts, report 5066).

        Parameters
        ----------
        questionnaire_code : str
            Which questionnaire.
        as_of : datetime.date
            The day that stands on it.
        with_classification : bool, optional
            Also the questions that are answered automatically.

        Returns
        -------
        QuestionnaireHandout
            Questions and answers in their order.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire.
        """
        handout = self._questionnaires.handout(questionnaire_code, with_classification=with_classification)
        return QuestionnaireHandout(as_of, _NOBODY, None, (), handout)

    def questionnaire_test(self, as_of: dt.date, questionnaire_code: str | None = None) -> QuestionnaireTest:
        """Print what is missing in questionnaires (Questionnaire - Test, report 5067).

        Parameters
        ----------
        as_of : datetime.date
            The day that stands on it.
        questionnaire_code : str, optional
            Which questionnaire; all of them where absent.

        Returns
        -------
        QuestionnaireTest
            The warnings.

        Raises
        ------
        NotFoundError
            When there is no such questionnaire.
        """
        return QuestionnaireTest(as_of, _NOBODY, None, (), self._questionnaires.test(questionnaire_code))

    def write(
        self,
        report: Report,
        path: str | Path,
        *,
        overwrite: bool = False,
        place: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> ReportFile:
        """Write a report to a file, and note in the store whom it holds.

        Parameters
        ----------
        report : Report
            What to write.
        path : str or pathlib.Path
            Where to: .pdf; contact list and summaries also .csv, .xlsx and .parquet, with a manifest.
        overwrite : bool, optional
            Whether an existing file is replaced.
        place : str, optional
            What the store notes as the place of the file, where it is handed on from its path.
        progress : callable, optional
            Called with what is done and all there is to do; what it raises cancels the writing.

        Returns
        -------
        ReportFile
            Where it is, how many pages it has, and what could not be printed as it is.

        Raises
        ------
        ConfigError
            When the report cannot have that format.
        ConflictError
            When the file exists and is not to be replaced.
        ExportError
            When it cannot be written, or there is nothing to print.
        """
        written = report_file.write(report, path, overwrite=overwrite, progress=progress)
        if report.contact_ids.size:
            with self._database.writing() as con:
                export_log.note(
                    con, place or export_log.absolute(written.path), written.format, report.contact_ids,
                    row_count=written.rows, sha256=written.sha256, segment_name=report.segment_name,
                )  # fmt: skip
        return written

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._setup.settings().time_zone)

    def _rows(self, con: Connection, statement: str, ids: npt.NDArray[np.int64], as_of: dt.date) -> pd.DataFrame:
        """Run a statement with those of the values that it names."""
        zone = self._zone
        before = instant(shift(as_of, 1, "day"), zone).replace(tzinfo=None)
        values: dict[str, Any] = {"as_of": as_of, "before": before, "zone": zone.key}
        named = {name: value for name, value in values.items() if f"${name}" in statement}
        with in_order(con, ids):
            return _typed(con.execute(statement, named).df())


def _allowed(rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out whom we may not write to."""
    is_blocked = rows["is_privacy_blocked"].astype(bool)
    return rows[~is_blocked], _known(remarks.blocked(int(is_blocked.sum())))


def _ids(con: Connection, numbers: list[str]) -> npt.NDArray[np.int64]:
    query = "SELECT c.contact_id FROM unnest(?) n(contact_no) JOIN contact c USING (contact_no)"
    return np.array([one for (one,) in con.execute(query, [numbers]).fetchall()], dtype=np.int64)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Fix the dtypes that depend on the rows: days as datetime64, texts as text, also where there is none."""
    kinds = {
        name: "datetime64[us]" if name.endswith("_on") else "str"
        for name in frame.columns
        if frame[name].dtype.kind not in "if"
    }
    return frame.astype(kinds)


def _known(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
