from __future__ import annotations

import datetime as dt

import pytest

from workbench.errors import ConfigError
from workbench.setup import Settings, Setup
from workbench.store import Database


@pytest.fixture
def database() -> Database:
    return Database(":memory:")


@pytest.fixture
def setup(database: Database) -> Setup:
    return Setup(database)


def test_a_new_store_has_defaults(setup: Setup) -> None:
    assert setup.settings() == Settings("UTC", "monday", "01-01", "", None)


def test_settings_are_kept(setup: Setup, database: Database) -> None:
    setup.set("time_zone", "America/New_York")
    setup.set("week_starts_on", "Sunday")
    setup.set("fiscal_year_starts_on", "04-01")
    setup.set("currency_code", "usd")
    expected = Settings("America/New_York", "sunday", "04-01", "USD", dt.date(2018, 1, 1))
    assert setup.set("as_of", dt.date(2018, 1, 1)) == expected
    assert setup.settings() == Setup(database).settings() == expected


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_nothing_gives_the_default_back(setup: Setup, nothing: object) -> None:
    setup.set("as_of", "2018-01-01")
    setup.set("time_zone", "Europe/Prague")
    setup.set("time_zone", nothing)
    assert setup.set("as_of", nothing) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("time_zone", "new york", '"new york" is not a time zone. Did you mean "America/New_York"?'),
        ("time_zone", "Mars", '"Mars" is not a time zone. Use an IANA name such as "America/New_York".'),
        ("time_zone", "America", '"America" is not a time zone.'),
        ("time_zone", "../../etc/passwd", '"../../etc/passwd" is not a time zone.'),
        ("time_zone", "/etc/localtime", '"/etc/localtime" is not a time zone.'),
        ("week_starts_on", "munday", '"munday" is not a weekday. Did you mean "sunday"?'),
        ("fiscal_year_starts_on", "02-29", '"02-29" is not a day that every year has. Write it as month-day: 04-01.'),
        ("fiscal_year_starts_on", "4-1", '"4-1" is not a day that every year has.'),
        ("fiscal_year_starts_on", "04-31", '"04-31" is not a day that every year has.'),
        ("fiscal_year_starts_on", "W05-1", '"W05-1" is not a day that every year has.'),
        ("currency_code", "euro", '"euro" is not a currency code. Use three letters, such as "EUR".'),
        ("as_of", "1.1.2018", '"1.1.2018" is not a date. Write it as year-month-day: 2018-01-01.'),
        ("timezone", "UTC", 'There is no setting "timezone". Did you mean "time_zone"?'),
    ],
)
def test_what_cannot_be_set_is_refused_and_leaves_what_was(setup: Setup, name: str, value: str, text: str) -> None:
    setup.set("time_zone", "Europe/Prague")
    with pytest.raises(ConfigError) as caught:
        setup.set(name, value)
    assert text in str(caught.value)
    assert setup.settings() == Settings("Europe/Prague")


def test_settings_show_as_a_table(setup: Setup) -> None:
    setup.set("as_of", "2018-01-01")
    frame = setup.settings().frame()
    assert dict(frame.itertuples(index=False, name=None)) == {
        "time_zone": "UTC", "week_starts_on": "monday", "fiscal_year_starts_on": "01-01", "currency_code": "",
        "as_of": "2018-01-01",
    }  # fmt: skip
    assert "<td>2018-01-01</td>" in setup.settings()._repr_html_()
