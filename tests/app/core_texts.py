"""What the core says to users, as templates: taken from its code, so that the app's catalogues cannot miss any.

The core writes plain English, values in it; every expression of an f-string becomes a placeholder, one that is
itself a text to be translated with ``!s`` behind its number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines import campaign_plan, places
from pipelines.schema import FieldType

ROOT = Path(__file__).parents[2]
CORE = [
    *sorted((ROOT / "pipelines").glob("*.py")),
    *(
        path
        for path in sorted((ROOT / "workbench").rglob("*.py"))
        if path.parts[len(ROOT.parts) + 1] not in ("app", "cli")
    ),
]
# At which positions a call says something to users; errors do with their first two arguments.
_SAYING = {
    "refuse": (0, 1), "_refused_where": (3,), "_refused_number": (1,), "refusals": (2,), "MisshapenRow": (2,),
    "_finite": (2,), "_sentence": (0,), "_refuse_formula": (2,), "refusal": (1, 3), "_NoFilter": (0,),
    "require_not_blocked": (2,),
}  # fmt: skip
_FOR_PROGRAMMERS = {"TypeError", "AttributeError", "ImportError"}
# Functions that put texts together and give them back.
_WRITERS = {
    "pipelines/errors.py": ("nearest",),
    "pipelines/look_back.py": ("check",),
    "pipelines/date_formula.py": ("_named_complaint",),
    "pipelines/notes.py": ("_traps",),
    "pipelines/filter_text.py": ("_no_such",),
    "pipelines/telephones.py": ("doubt",),
    "pipelines/propensity_reasons.py": ("_reason", "_written"),
    "pipelines/places.py": ("_explained", "_unknown_key", "_not_one_of", "_unknown_kind", "_kind_hint"),
    "workbench/campaigns/remarks.py": ("people_alone", "left_over", "without_prices"),
    "workbench/campaigns/plan_remarks.py": (
        "nobody_held_out", "nothing_expected", "empty_arm", "cannot_tell", "drawn_together", "launched_before",
        "shares_forgotten",
    ),
    "workbench/campaigns/uplift_remarks.py": ("no_rank", "beyond_targets", "kept_as_now"),
    "workbench/campaigns/response_remarks.py": (
        "no_targets", "no_holdout", "tied_to_campaign", "undated", "open_windows", "late_only", "not_loaded",
        "contaminated", "sizes_off", "corrected", "gone",
    ),
    "workbench/contacts/given.py": ("_expected",),
    "workbench/contacts/writing.py": ("_to_review",),
    "workbench/exporting/rows.py": ("row_name",),
    "workbench/scoring/choosing.py": ("varying",),
    "workbench/scoring/clusters.py": ("_notes",),
    "workbench/scoring/lifetime_value.py": ("_notes", "_offers"),
    "workbench/scoring/lifetime_value_holdout.py": ("tested",),
    "workbench/scoring/look_alike.py": ("_notes", "_offers"),
    "workbench/scoring/rfm.py": ("_notes", "_offers", "_bounds_of"),
    "pipelines/rfm_map_findings.py": ("sentences",),
    "workbench/scoring/propensity.py": ("_offers",),
    "workbench/scoring/propensity_notes.py": ("on_cohorts", "on_figures", "on_features"),
    "workbench/segments/filtering.py": ("_one_field",),
    "workbench/segments/noting.py": ("on", "on_score", "on_snapshot"),
    "workbench/exporting/sheet_limits.py": ("_complaint", "_of_text"),
    "workbench/questionnaires/paper.py": ("_of_question", "_of_automatic", "_of_answer"),
    "workbench/questionnaires/running.py": ("_notes",),
    "workbench/segments/drifting.py": ("_notes",),
    "workbench/segments/testing.py": ("_why", "_beyond", "_wrong_size"),
    "workbench/segments/sizes.py": ("note",),
    "workbench/setup/settings.py": ("_zone_hint",),
    "workbench/sources/checking.py": ("_completed",),
    "workbench/sources/column_dialects.py": ("_number", "_date", "_question"),
    "workbench/sources/converting.py": ("_read", "_no_number", "_no_date", "_with_lost_digits"),
    "workbench/sources/dialects.py": ("_mixed",),
    "workbench/sources/likenesses.py": ("_too_many", "_notes"),
    "workbench/sources/mapping.py": ("_notes",),
    "workbench/sources/planning.py": ("questions", "_about_fields", "_notes", "_origin", "_links", "_contacts_of"),
    "workbench/sources/reading.py": ("_near",),
    "workbench/sources/unknown_values.py": ("_note",),
    "workbench/sources/value_mapping.py": ("_note",),
    "workbench/sources/workbooks.py": ("_other_sheets", "_laid_out"),
    "workbench/templates/attachments.py": ("_kept_already",),
    "workbench/interactions/address_book.py": ("_several",),
    "workbench/interactions/remarks.py": ("without_address",),
    "workbench/pipeline_figures/remarks.py": (
        "in_several_teams", "closed_since", "without_creation_date", "not_begun", "beyond_history", "no_estimates",
        "nothing_tested", "nearer_by_mean",
    ),
    "workbench/privacy/remarks.py": ("files", "definitions", "blocks"),
    "workbench/reports/remarks.py": (
        "blocked", "without_address", "other_type", "replaced", "cut", "without_entries",
    ),
    "workbench/opportunities/remarks.py": ("stage_chances", "quote_counts", "blocked"),
    "workbench/tasks/remarks.py": ("blocked", "reopened", "nobody_to_record"),
    "workbench/worksheets/remarks.py": (
        "emptied", "people_not_named", "companies_lost", "one_of_several", "all_lines_deleted", "rebuilt",
        "without_correspondence",
    ),
}  # fmt: skip
# Modules that go through a table of texts.
_TABLES = ("workbench/sources/text_files.py",)
# Expressions whose values are texts although their code does not show it: the words and texts below, and meanings.
_TEXTS = (
    "kind", "doing", "complaint", ".meaning", "type.value", "type_.value", "['msg']", "error", "error.message",
    "meaning", "_written(value)",
    "reason(error)", "kinds.a(kind)", "kinds.spoken(kind)", ".replace('row', 'Row', 1)", "row_name(position)",
)  # fmt: skip
_WORDS = (
    *(type_.value for type_ in FieldType),
    "segment", "snapshot", "list", "campaign", "written", "read",
    "figure", "status", "opportunities", "entries",
    "unknown", "privacy blocked", "there already", "twice in the file", "no date", "among ourselves", "no sender",
    "direction not known", "no salesperson", "task", "Word template",
    "salesperson", "team", "sales cycle", "opportunity", "quote", "order",
    "customer", "vendor", "bank account", "employee", "a customer", "a vendor", "a bank account", "an employee",
)  # fmt: skip
# What pydantic and the system say, as far as users are likely to see it; and what the core changes by a function.
_OF_OTHERS = (
    "Input should be a valid string",
    "Input should be a valid integer",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid integer, got a number with a fractional part",
    "Input should be a valid boolean",
    "Input should be a valid boolean, unable to interpret input",
    "Input should be a valid list",
    "Input should be a valid tuple",
    "Input should be a valid dictionary or instance of {0}",
    "Input should be greater than {0}",
    "Input should be greater than or equal to {0}",
    "Input should be less than or equal to {0}",
    "Input should be less than {0}",
    "Input should be a valid number, unable to parse string as a number",
    "String should have at least {0} character",
    "Tuple should have at least {0} item after validation, not {1}",
    "Permission denied",
    "No such file or directory",
    "No space left on device",
    "permission denied",
    "no space left on device",
    "Row {0}",
    "Row {0} (contact_no {1})",
)


def core_texts() -> Iterator[tuple[str, str]]:
    """List what the core says to users.

    Yields
    ------
    tuple of str
        The template, with ``{0}``, ``{1}``, … for its values, and the file it stands in; some more than once.
    """
    for path in CORE:
        place = path.relative_to(ROOT).as_posix()
        for text in _Module(place, path.read_text(encoding="utf-8")).texts():
            yield text, place
    yield from ((word, "pipelines/schema.py") for word in _WORDS)
    yield from ((text, "pipelines/places.py") for text in _OF_OTHERS)


def place_texts() -> Iterator[str]:
    """List the words for places in a definition, which stand before what is wrong there.

    Yields
    ------
    str
        ``"step {0}"``, ``"where"``, …
    """
    yield from (f"{word} {{0}}" for word in places._COUNTED.values())
    yield from places._PARTS.values()
    yield places.WHOLE
    yield "plan"
    yield from (f"{word} {{0}}" for word in campaign_plan._PLACES.values())
    yield from campaign_plan._PARTS
    yield "in segment {0}"
    yield "filter on {0}"
    yield from ("response rule", "response", "revenue")


class _Module:
    """One module of the core, and what its names stand for."""

    def __init__(self, place: str, code: str) -> None:
        self.place, self.tree = place, ast.parse(code)
        self.values: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._keep(target, node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                self._keep(node.target, node.value)
            elif isinstance(node, ast.For) and place in _TABLES:
                for name in ast.walk(node.target):
                    self._keep(name, node.iter)

    def _keep(self, target: ast.AST, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, its in zip(target.elts, value.elts, strict=False):
                self._keep(one, its)

    def texts(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self._of_call(node)
            elif isinstance(node, ast.FunctionDef) and node.name in _WRITERS.get(self.place, ()):
                yield from self._of_writer(node)

    def _of_call(self, call: ast.Call) -> Iterator[str]:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        positions = _SAYING.get(name, (0, 1) if name.endswith("Error") and name not in _FOR_PROGRAMMERS else ())
        is_sentence = name == "_sentence" or (name == "ValueError" and self.place.startswith("pipelines/"))
        said = [argument for position, argument in enumerate(call.args) if position in positions]
        said += [keyword.value for keyword in call.keywords if positions and keyword.arg in ("message", "hint")]
        for argument in said:
            for text in self.said(argument):
                yield _sentence(text) if is_sentence else text

    def _of_writer(self, function: ast.FunctionDef) -> Iterator[str]:
        inner = {part for node in ast.walk(function) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
                 if part is not node}  # fmt: skip
        for node in ast.walk(function):
            if node in inner or node is _doc(function):
                continue
            if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and " " in str(node.value)):
                yield from self.said(node)

    def said(self, node: ast.expr, through: tuple[str, ...] = ()) -> Iterator[str]:
        """The templates an expression can stand for, and those of the values in it."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _has_words(node.value):
            yield _escaped(node.value)
        elif isinstance(node, ast.JoinedStr) and _has_words(text := self._template(node, through)):
            yield text
        elif isinstance(node, ast.Name):
            if node.id in through:
                return
            through = (*through, node.id)
        for part in self._parts(node):
            yield from self.said(part, through)

    def _parts(self, node: ast.expr) -> list[ast.expr]:
        """The expressions whose texts are texts of an expression."""
        match node:
            case ast.JoinedStr():
                return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            case ast.IfExp():
                return [node.body, node.orelse]
            case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
                return parts
            case ast.Name(id=name):
                return self.values.get(name, [])
            case ast.Subscript(value=ast.Name(id=name)):
                return [part for table in self.values.get(name, ()) for part in _held(table)]
            case ast.Call(func=ast.Attribute(value=ast.Dict() as table, attr="get")):
                return _held(table)
        return []

    def _template(self, node: ast.JoinedStr, through: tuple[str, ...]) -> str:
        text, number = "", 0
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                text += f"{{{number}!s}}" if self._is_text(part.value, through) else f"{{{number}}}"
                number += 1
            elif isinstance(part, ast.Constant):
                text += _escaped(str(part.value))
        return text

    def _is_text(self, value: ast.expr, through: tuple[str, ...]) -> bool:
        code = ast.unparse(value)
        return code.startswith("nearest(") or code.endswith(_TEXTS) or any(self.said(value, through))


def _held(table: ast.expr) -> list[ast.expr]:
    if isinstance(table, ast.DictComp):
        return [table.value]
    return table.values if isinstance(table, ast.Dict) else []


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _has_words(text: str) -> bool:
    """Whether there is something to translate: two letters beside the placeholders."""
    return sum(sign.isalpha() for sign in re.sub(r"\{\d+!s\}", "", text)) > 1


def _sentence(text: str) -> str:
    """As `pipelines.places` makes sentences of what the grammar says."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "…")) else ".")


def _doc(function: ast.FunctionDef) -> ast.expr | None:
    first = function.body[0]
    return first.value if isinstance(first, ast.Expr) else None
