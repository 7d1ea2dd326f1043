"""The panel Why?: any contact can be asked about, on the page Segments and from its card."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open, words
from tests.app.test_segments_page import apply, told

SPENDERS = """
name: spenders
steps:
- add: {field: city, op: is, value: Prague}
- refine: {related: sales_entry, measure: {sum: sales_amount}, op: at_least, value: 2000}
suppress: [privacy_blocked]
"""


def asked(app: AppTest, contact_no: str) -> str:
    """What the panel says of a contact."""
    app.session_state["segment_panel"] = "Why?"
    app.run()
    app.text_input(key="segment_why").set_value(contact_no).run()
    assert not app.exception
    return unescape(told(app))


def on_the_card(open_page: Open, shop: Path, contact_no: str, language: str = "en") -> str:
    """What the card of a contact says of the only saved segment, unfolded."""
    tab = {"en": "Segments", "es": "Segmentos"}[language]
    remembered = {"contact_panel": tab, "contact_in:praguers": True}
    app = open_page(shop, "contacts", language, remembered, contact=contact_no)
    assert not app.exception
    return unescape(told(app))


def test_the_unsaved_draft_is_explained(shop: Path, open_page: Open) -> None:
    said = asked(apply(open_page(shop, "segments"), SPENDERS), "CT1")
    assert "CT1 is out: step 2 removed it, because it is not so that the sum of sales amount" in said
    assert "needs at least $2,000.00, has $1,234.56: $765.44 more" in said
    assert "Step 2: keep only · removed the contact · decides" in said
    assert "2 rows decided" in said
    assert "Never those: blocked for privacy · does not hold" in said


def test_what_is_not_recorded_is_unknown(shop: Path, open_page: Open) -> None:
    said = asked(apply(open_page(shop, "segments"), SPENDERS), "CT2")
    assert "city would have to be Prague; now: not recorded" not in said  # it would take more than that
    assert "No single change would." in said
    assert '<span class="wb-why-mark wb-why-unknown">?</span>city is Prague' in said


def test_before_anybody_is_asked_about_the_panel_says_who_can_be(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments")
    app.session_state["segment_panel"] = "Why?"
    app.run()
    assert "Any contact can be asked about, in the segment or not." in words(app)


def test_an_unknown_number_is_refused_with_the_nearest(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments")
    asked(app, "CT11")
    assert app.error[0].value == 'There is no contact "CT11".\n\nDid you mean "CT1"?'


def test_it_is_said_in_spanish(shop: Path, open_page: Open) -> None:
    said = on_the_card(open_page, shop, "CT2", "es")
    assert "CT2 está fuera: el paso 1 no lo añadió, porque no se cumple que ciudad es Prague [sin registrar]." in said
    assert "ciudad tendría que ser Prague; ahora: sin registrar" in said
    assert "Paso 1: añadir · no cambió nada · decide" in said


def test_values_are_no_markup(own_shop: Path, open_page: Open) -> None:
    app = apply(open_page(own_shop, "segments"), "name: x\nsteps:\n- add: {field: city, op: is, value: <b>x</b>}\n")
    app.session_state["segment_panel"] = "Why?"
    app.run()
    app.text_input(key="segment_why").set_value("CT1").run()
    assert "<b>x</b>" not in told(app).replace("&lt;", "")
    assert "&lt;b&gt;x&lt;/b&gt;" in told(app)


@pytest.mark.parametrize(
    ("contact_no", "verdict"), [("CT1", "is in: step 1 added it"), ("CT2", "is out: step 1 did not")]
)
def test_a_card_says_why_the_contact_is_in_a_saved_segment(
    shop: Path, open_page: Open, contact_no: str, verdict: str
) -> None:
    assert f"{contact_no} {verdict}" in on_the_card(open_page, shop, contact_no)
