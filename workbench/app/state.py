"""What one visitor's session remembers: every key, and typed ways to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

LANGUAGE = "language"
AS_OF = "as_of"
PAGES = "pages"
CONTACT_SEARCH = "contact_search"
CONTACT_PAGE = "contact_page"
CONTACT_NO = "contact_no"
CONTACT_FILTERS = "contact_filters"
CONTACT_SORT = "contact_sort"
CONTACT_COLUMNS = "contact_columns"
CONTACT_VIEW = "contact_view"
CONTACT_FILE = "contact_file"
CONTACT_PANEL = "contact_panel"
CONTACT_RECEIPT = "contact_receipt"
CONTACT_FORM = "contact_form:"
CONTACT_LINK = "contact_linked"
CONTACT_PRINT = "contact_print"
LINKED_RECORDS = "linked_records"
CONTACT_ACCESS = "contact_access_file"
CONTACT_ERASURE = "contact_erasure"
CLICK_FAILURE = "click_failure"
TIMELINE_ROWS = "timeline_rows"
LOAD_TABLE = "load_table"
LOAD_UPLOAD = "load_upload"
LOAD_UPLOADER = "load_uploader"
LOAD_MAPPING = "load_mapping"
LOAD_VALUES = "load_values"
LOAD_NEW_FIELDS = "load_new_fields"
LOAD_OPTION = "load_option:"
LOAD_PLAN = "load_plan"
LOAD_RECEIPT = "load_receipt"
LOAD_CANCEL = "load_cancel:"
LOAD_DUPLICATES = "load_duplicates"
LOAD_FORGET = "load_forget"
NOTICE = "notice"
SEGMENT_DRAFTS = "segment_drafts"
SEGMENT_FOUND = "segment_found"
SEGMENT_OPEN = "segment_open"
SEGMENT_LINK = "segment_link"
SEGMENT_SHOWN = "segment_shown"
SEGMENT_HAS_WRITTEN = "segment_has_written"
SEGMENT_PICK = "segment_pick"
SEGMENT_NAME = "segment_name"
SEGMENT_DESCRIPTION = "segment_description"
SEGMENT_YAML = "segment_yaml"
SEGMENT_YAML_ERROR = "segment_yaml_error"
SEGMENT_CONFLICT = "segment_conflict"
SEGMENT_FAILURE = "segment_failure"
SEGMENT_OTHER_NAME = "segment_other_name"
SEGMENT_PANEL = "segment_panel"
SEGMENT_COLUMNS = "segment_columns"
SEGMENT_MEMBERS = "segment_members"
SEGMENT_DROPPED = "segment_dropped"
SEGMENT_PROFILE_FIELD = "segment_profile_field"
SEGMENT_PROFILE_AGAINST = "segment_profile_against"
SEGMENT_PROFILE_SMALLEST = "segment_profile_smallest"
SEGMENT_OVERLAP = "segment_overlap"
SEGMENT_STEP = "segment_step"
SEGMENT_PERIODS = "segment_periods"
SEGMENT_SIZES = "segment_sizes"
SEGMENT_COMPARED = "segment_compared"
SEGMENT_SINCE = "segment_since"
SEGMENT_UNTIL = "segment_until"
SEGMENT_WHY = "segment_why"
SEGMENT_EXPORT = "segment_export"
REPORT = "report"
REPORT_FILE = "report_file_ready"
WORKSHEET_NO = "worksheet_no"
WORKSHEET_RECEIPT = "worksheet_receipt"
WORKSHEET_PANEL = "worksheet_panel"
LOGGED_ENTRY = "logged_entry"
WORKSHEET_LINE = "worksheet_line"
WORKSHEET_FILTERS = "worksheet_filters"
WORKSHEET_FIELD = "worksheet_field:"
WORKSHEET_HEADER = "worksheet_header:"
CAMPAIGN_NO = "campaign_no"
CAMPAIGN_LINK = "campaign_link"
CAMPAIGN_PANEL = "campaign_panel"
CAMPAIGN_FIELD = "campaign_field:"
CAMPAIGN_ENTRY = "campaign_entry"
CAMPAIGN_PRICE = "campaign_price"
CAMPAIGN_PARTS = "campaign_parts_by"
CAMPAIGN_RULE = "campaign_rule:"
CAMPAIGN_UPLIFT = "campaign_uplift"
CAMPAIGN_PLAN = "campaign_plan:"
CAMPAIGN_PLANNED = "campaign_planned:"
INTERACTION_PANEL = "interaction_panel"
INTERACTION_ENTRIES = "interaction_entries"
INTERACTION_FILTERS = "interaction_filters"
INTERACTION_LINK = "interaction_link"
INTERACTION_RESUMED = "interaction_resumed"
INTERACTION_CONTACT = "interaction_contact"
INTERACTION_FIELD = "interaction_field:"
INTERACTION_UPLOAD = "interaction_upload"
INTERACTION_PLAN = "interaction_plan"
INTERACTION_RECEIPT = "interaction_receipt"
OPPORTUNITY_NO = "opportunity_no"
OPPORTUNITY_LINK = "opportunity_link"
OPPORTUNITY_PANEL = "opportunity_panel"
OPPORTUNITY_FIELD = "opportunity_field:"
OPPORTUNITY_STEP = "opportunity_step:"
SCORE_NAME = "score_chosen"
SCORE_RUN = "score_run"
SCORE_LINK = "score_link"
SCORE_PANEL = "score_panel"
SCORE_METHOD = "score_method"
SCORE_REPORT = "score_report"
SCORE_OPTION = "score_option:"
SCORE_SEGMENT = "score_segment"
TASK_NO = "task_no"
TASK_LINK = "task_link"
TASK_PANEL = "task_panel"
TASK_PLAN = "task_plan"
TASK_FIELD = "task_field:"
DUPLICATE_PANEL = "duplicate_panel"
DUPLICATE_PAIR = "duplicate_pair"
DUPLICATE_FOUND = "duplicate_found"
DUPLICATE_MERGE = "duplicate_merging"
SETUP_PANEL = "setup_panel"
SETUP_FIELD = "setup_field:"
SETUP_SERIES = "setup_series"
SETUP_TABLE = "setup_table"
SETUP_TEMPLATE = "setup_template"
SETUP_CYCLE = "setup_cycle"
SETUP_SALUTATION = "setup_salutation"
QUESTIONNAIRE_CODE = "questionnaire_code"
QUESTIONNAIRE_PANEL = "questionnaire_panel"
QUESTIONNAIRE_LINE = "questionnaire_line"
QUESTIONNAIRE_FIELD = "questionnaire_field:"
QUESTIONNAIRE_RUN = "questionnaire_run"


def get(key: str, default: Any = None) -> Any:
    """Recall a value.

    Parameters
    ----------
    key : str
        One of this module's keys.
    default : object, optional
        What to give when nothing is remembered.

    Returns
    -------
    object
        The value.
    """
    return st.session_state.get(key, default)


def put(key: str, value: Any) -> None:
    """Remember a value.

    Parameters
    ----------
    key : str
        One of this module's keys; not that of a widget already drawn in this run.
    value : object
        The value.
    """
    st.session_state[key] = value


def start(key: str, value: Any) -> None:
    """Remember a value unless there is one.

    Parameters
    ----------
    key : str
        One of this module's keys.
    value : object
        What to begin with.
    """
    if key not in st.session_state:
        st.session_state[key] = value


def forget(*keys: str) -> None:
    """Forget values.

    Parameters
    ----------
    *keys : str
        Keys of this module, remembered or not.
    """
    for key in keys:
        st.session_state.pop(key, None)


def language() -> str:
    """Tell the language of the pages.

    Returns
    -------
    str
        ``"en"`` or ``"es"``.
    """
    return str(st.session_state.get(LANGUAGE) or "en")


def as_of() -> dt.date:
    """Tell the day on which everything is evaluated.

    Returns
    -------
    datetime.date
        As chosen in the sidebar.

    Raises
    ------
    RuntimeError
        When no sidebar has been drawn, which is a fault of the app.
    """
    day = st.session_state.get(AS_OF)
    if not isinstance(day, dt.date):
        raise RuntimeError("The sidebar has to be drawn before a page asks for the day.")
    return day


def contact_no() -> str | None:
    """Tell whose card is open.

    Returns
    -------
    str or None
        The contact's number.
    """
    number = st.session_state.get(CONTACT_NO)
    return str(number) if number else None


def pages() -> Mapping[str, Any]:
    """Give the pages, for links between them.

    Returns
    -------
    mapping of str to streamlit Page
        By name: home, contacts, segments, data.
    """
    found: Mapping[str, Any] = st.session_state.get(PAGES, {})
    return found
