"""The tables of codes that marketing setup keeps: groups, levels, territories, salespeople, teams, sales cycles."""

from __future__ import annotations

from pipelines.columns import Column, FieldType, Table, column, flag, text

PROBABILITY_CALCULATIONS = ("multiply", "add", "chances_of_success", "completed")


def _codes(name: str, meaning: str, *more: Column) -> Table:
    own = (text("code", "code", "no", name, nullable=False), text("description", "description", "name"))
    return Table(name, meaning, (*own, *more), key=("code",))


NAME_PARTS = ("job_title", "first_name", "middle_name", "surname", "initials", "company_name")

SALUTATION_FORMULA = Table(
    "salutation_formula",
    "how contacts of a salutation are addressed in a language, formally or informally",
    (
        text("salutation_code", "salutation", "salutation code", nullable=False),
        text("language_code", "language", "language", nullable=False),
        text("salutation_type", "formal or informal", "type", choices=("formal", "informal"), nullable=False),
        text("salutation", "text with %1 to %5 in the place of names"),
        *(
            text(f"name_{place}", f"what %{place} stands for", f"name {place}", choices=NAME_PARTS)
            for place in range(1, 6)
        ),
    ),
    key=("salutation_code", "language_code", "salutation_type"),
)

SALESPERSON = Table(
    "salesperson",
    "somebody who sells or buys for us",
    (
        text("code", "code", "salesperson code", nullable=False),
        text("name", "name"),
        column(FieldType.NUMBER, "commission_rate", "commission, 0 to 1", "commission"),
        text("email", "e-mail address", "e-mail", "email address"),
        text("phone_no", "telephone", "phone"),
        text("job_title", "job title"),
        flag("is_privacy_blocked", "privacy blocked", "privacy blocked"),
        flag("is_blocked", "blocked", "blocked"),
    ),
    key=("code",),
)

USER_SETUP = Table(
    "user_setup",
    "which salesperson a user of the workbench is",
    (
        text("user_name", "name of the user", "user id", nullable=False),
        text("salesperson_code", "salesperson", "salespers purch code", "salesperson"),
        text("email", "e-mail address", "e-mail"),
    ),
    key=("user_name",),
)

TEAM_SALESPERSON = Table(
    "team_salesperson",
    "a salesperson's place in a team",
    (
        text("team_code", "team", "team code", nullable=False),
        text("salesperson_code", "salesperson", "salesperson", nullable=False),
    ),
    key=("team_code", "salesperson_code"),
)

ACTIVITY_STEP = Table(
    "activity_step",
    "one task of an activity",
    (
        text("activity_code", "activity", "activity code", nullable=False),
        column(FieldType.NUMBER, "step_no", "place in the activity", nullable=False),
        text("type", "kind of task", choices=("meeting", "phone_call")),
        text("description", "description"),
        text("priority", "priority", choices=("low", "normal", "high")),
        text("date_formula", "when, from the first day of the activity"),
    ),
    key=("activity_code", "step_no"),
)

SALES_CYCLE_STAGE = Table(
    "sales_cycle_stage",
    "one stage of a sales cycle",
    (
        text("sales_cycle_code", "sales cycle", "sales cycle", nullable=False),
        column(FieldType.NUMBER, "stage_no", "number of the stage, from 1", "stage", nullable=False),
        text("description", "description"),
        column(FieldType.NUMBER, "completed_rate", "completed, 0 to 1", "completed"),
        column(FieldType.NUMBER, "chances_rate", "chances of success, 0 to 1", "chances of success"),
        text("activity_code", "tasks of the stage", "activity"),
        flag("is_quote_required", "a quote is needed to get there", "quote required"),
        flag("allows_skip", "may be skipped", "allow skip"),
        text("date_formula", "when it is expected to close, from the day of the step", "date formula"),
    ),
    key=("sales_cycle_code", "stage_no"),
)

CODE_TABLES = (
    _codes("industry_group", "a line of business that companies are in"),
    _codes("mailing_group", "a group of contacts that get the same mailings"),
    _codes("job_responsibility", "something that people are responsible for at work"),
    _codes("organizational_level", "a place in the hierarchy of a company"),
    _codes("business_relation_type", "what a contact can be for us, such as customer or lawyer"),
    _codes(
        "web_source",
        "a place on the web where contacts are searched for",
        text("url", "address, with %1 for the search word"),
    ),
    _codes("territory", "a sales territory"),
    _codes("language", "a language that contacts are written to in"),
    _codes("country", "a country or region, by its ISO 3166 code"),
    _codes("salutation", "a way to address contacts"),
    SALUTATION_FORMULA,
    SALESPERSON,
    USER_SETUP,
    _codes("interaction_group", "kinds of interactions that belong together"),
    _codes("campaign_status", "where a campaign stands"),
    _codes(
        "sales_cycle",
        "the stages that opportunities of a kind go through",
        text(
            "probability_calculation",
            "how its probability is worked out",
            "probability calculation",
            choices=PROBABILITY_CALCULATIONS,
        ),
        flag("is_blocked", "blocked", "blocked"),
    ),
    SALES_CYCLE_STAGE,
    _codes(
        "close_opportunity_code",
        "why opportunities are won or lost",
        text("type", "won or lost", "type", choices=("won", "lost"), nullable=False),
    ),
    _codes("team", "salespeople who work together"),
    TEAM_SALESPERSON,
    _codes("activity", "tasks that belong together"),
    ACTIVITY_STEP,
)
