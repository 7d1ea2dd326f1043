"""What the core says in English comes out in Spanish, with its values."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pandas as pd
import pytest

import workbench as wb
from tests.app.conftest import DAY
from tests.app.core_texts import core_texts, place_texts
from tests.app.messages import committed
from workbench.app.language import CORE, PLACE, core_templates
from workbench.errors import WorkbenchError
from workbench.store.turnstile import busy

SPANISH = core_templates("es")
TEMPLATES = sorted({text for text, _place in core_texts()})
SAID: dict[str, dict[str, str]] = {CORE: {}, PLACE: {}}
for _message in committed("es"):
    if _message.context in SAID:
        SAID[_message.context][str(_message.id)] = str(_message.string)


def spanish(error: WorkbenchError) -> tuple[str, str]:
    return SPANISH.translated(error.message), SPANISH.translated(error.hint)


def refused(definition: dict[str, object], store: Path) -> tuple[str, str]:
    with pytest.raises(WorkbenchError) as caught:
        wb.open(store).segments.validate(definition)
    return spanish(caught.value)


class TestARefusedSegmentIsSaidInSpanish:
    def test_with_the_place_and_the_nearest_field(self, shop: Path) -> None:
        rule = {"all": [{"field": "name", "op": "is_known"}, {"field": "citty", "op": "is", "value": "Prague"}]}
        assert refused({"steps": [{"add": rule}]}, shop) == (
            'Paso 1, condición 2: No existe el campo "citty".',
            '¿Quería decir "city"?',
        )

    def test_with_the_operators_that_go(self, shop: Path) -> None:
        message, hint = refused({"steps": [{"add": {"field": "city", "op": "at_least", "value": 3}}]}, shop)
        assert message == 'Paso 1, condición 1: "at_least" no sirve para city, que es de tipo texto.'
        assert hint.startswith("Use uno de estos: is, is_not, ")

    def test_with_a_blank_value(self, shop: Path) -> None:
        assert refused({"steps": [{"add": {"field": "city", "op": "is", "value": " "}}]}, shop) == (
            "Paso 1, condición 1: Si city está en blanco, es desconocido y no es igual a nada.",
            "Use is_unknown para encontrarlo.",
        )

    def test_with_a_value_that_is_itself_a_template(self, shop: Path) -> None:
        rule = {"field": "score", "op": "is", "value": "Known: text."}
        message, _hint = refused({"steps": [{"add": {"field": "Known: text.", "op": "is", "value": "a"}}]}, shop)
        assert message == 'Paso 1, condición 1: No existe el campo "Known: text.".'
        assert refused({"steps": [{"reduce": rule}]}, shop)[0].endswith("El primer paso debe ser add, no reduce.")

    def test_with_what_the_grammar_finds(self, shop: Path) -> None:
        message, hint = refused({"steps": [{"add": {"field": "city", "op": "iss", "value": "a"}}]}, shop)
        assert message == 'Paso 1, condición 1: "iss" no vale como operador.'
        assert hint == '¿Quería decir "is"?'

    def test_with_the_kind_of_what_is_missing(self, shop: Path) -> None:
        message, _hint = refused({"steps": [{"add": {"segment": "pragers"}}]}, shop)
        assert message == 'Paso 1, condición 1: No existe: segmento "pragers".'


class TestAFileIsSpokenOfInSpanish:
    def test_when_it_has_columns_to_ask_about(self, shop: Path, tmp_path: Path) -> None:
        path = tmp_path / "new.csv"
        path.write_text("contact_no,Shoe Size\nCT9,41\n")
        plan = wb.open(shop).sources.plan("contact", path)
        assert [SPANISH.translated(text) for text in plan.questions] == [
            'Ningún campo de contact corresponde a estas columnas: "Shoe Size" (number).'
        ]
        assert SPANISH.translated(plan.hints[0]) == (
            'Indique new_fields="add" o new_fields="ignore" (--new-fields add) o asígnelas: '
            'mapping={"Shoe Size": "..."} (--map "Shoe Size=...").'
        )

    def test_when_nobody_decided_about_them(self, own_shop: Path) -> None:
        with pytest.raises(WorkbenchError) as caught:
            wb.open(own_shop).sources.load("contact", pd.DataFrame({"contact_no": ["CT9"], "Shoe Size": [41]}))
        assert "Ningún campo de contact corresponde a estas columnas" in spanish(caught.value)[0]

    def test_when_a_needed_column_is_missing(self, shop: Path) -> None:
        with pytest.raises(WorkbenchError) as caught:
            wb.open(shop).sources.plan("interaction", pd.DataFrame({"occurred_at": ["2017-05-01"]}))
        assert spanish(caught.value)[0] == (
            "Ninguna columna del archivo va a contact_no, que necesita cada interaction: número del contacto."
        )

    def test_when_rows_are_rejected(self, shop: Path) -> None:
        days, flows = ["May", "2017-05-01", "2017-05-02"], ["inbound", "inbound", "sideways"]
        rows = pd.DataFrame({"contact_no": ["CT1", "CT77", "CT2"], "occurred_at": days, "information_flow": flows})
        plan = wb.open(shop).sources.plan("interaction", rows, date_order="ymd")
        said = {SPANISH.translated(reason) for reason in plan.problems["reason"]}
        assert said >= {"no es una fecha (año, mes, día)", "ningún contacto tiene este contact_no"}
        assert any(text.startswith("no es ninguno de estos: ") for text in said)


class TestOthersAreSaidInSpanish:
    def test_that_the_store_is_busy(self) -> None:
        assert spanish(busy("/data/shop.duckdb", "4711"))[0] == (
            "El almacén /data/shop.duckdb está ocupado: lo tiene el proceso 4711."
        )

    def test_that_an_export_exists(self, shop: Path, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("mine")
        segments = wb.open(shop).segments
        with pytest.raises(WorkbenchError) as caught:
            segments.export("praguers", path, DAY)
        assert spanish(caught.value) == (
            f'"{path}" ya existe.',
            "Elija otro nombre o permita que se sobrescriba.",
        )

    def test_that_an_example_does_not_hold(self, shop: Path) -> None:
        count = wb.open(shop).segments.count(
            wb.Segment.from_dict(
                {
                    "steps": [{"add": {"field": "city", "op": "is", "value": "Nowhere"}}],
                    "examples": {"inside": ["CT1", "CT99"], "outside": []},
                }
            ),
            DAY,
        )
        assert [SPANISH.translated(text) for text in count.failed_examples] == [
            "CT1 está fuera, pero debería estar dentro",
            "CT99 no existe, pero debería estar dentro",
        ]

    def test_but_not_what_no_template_fits(self) -> None:
        assert SPANISH.translated("Nobody wrote this: never.") == "Nobody wrote this: never."


class TestATemplate:
    @pytest.mark.parametrize("text", TEMPLATES)
    def test_is_found_with_its_values(self, text: str) -> None:
        values = [f"w{position}x" for position in range(10)]
        assert SPANISH.translated(text.format(*values)) == SAID[CORE][text].format(*values)

    def test_of_a_place_is_found_before_any_sentence(self) -> None:
        for text in place_texts():
            place = text.format("2")
            found = SPANISH.translated(f"{place[:1].upper()}{place[1:]}, step 3: Leave it out.")
            words = SAID[PLACE][text].format("2")
            assert found == f"{words[:1].upper()}{words[1:]}, paso 3: Quítelo."

    def test_has_no_more_values_in_english_than_it_gives(self) -> None:
        for text in TEMPLATES:
            fields = [name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None]
            assert fields == [str(position) for position in range(len(fields))]
