"""Labels that name a moment are read as positions in years."""

import datetime

import pytest

from briefpack.text import moments
from projects import english

ENGLISH = english()
FRENCH = ENGLISH.with_labels(
    {"months": "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre"}
)
CHINESE = ENGLISH.with_labels({"months": ", ".join(f"{month}月" for month in range(1, 13))})
VIETNAMESE = ENGLISH.with_labels({"months": ", ".join(f"tháng {month}" for month in range(1, 13))})


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2014", 2014.5),
        ("In 2014", 2014.5),
        ("2014–15", 2015.0),
        ("2014-15", 2015.0),
        ("1999–00", 2000.0),
        ("1999–2000", 2000.0),
        ("2014–15年", 2015.0),
        ("June 2015", 2015 + 5.5 / 12),
        ("june 2015", 2015 + 5.5 / 12),
        ("Sept 2015", 2015 + 8.5 / 12),
        ("2015-06", 2015 + 5.5 / 12),
        ("2015-12", 2015 + 11.5 / 12),
        ("Q3 2015", 2015.625),
        ("1 January 2015", 2015 + 0.5 / 365),
        ("31 Dec 2016", 2016 + 365.5 / 366),
    ],
)
def test_reads_the_middle_of_a_moment(label, year):
    assert moments.position(label, ENGLISH) == pytest.approx(year)


@pytest.mark.parametrize("label", ["", "May", "15", "2015-13", "30 February 2015", "2015–2014", "5 of 2014", "120,000 of 2,014", "Q5 2015"])  # fmt: skip
def test_reads_nothing_in_a_label_that_names_no_moment(label):
    assert moments.position(label, ENGLISH) is None


@pytest.mark.parametrize("locale", [ENGLISH, FRENCH, CHINESE, VIETNAMESE])
def test_reads_the_months_of_a_language(locale):
    """The twelfth month isn't read as the second, nor March in the middle of a word."""
    year = "2015年" if locale is CHINESE else "2015 "
    for month, name in enumerate(locale.listed("months"), start=1):
        for label in (f"{name} 2015", f"{year}{name}"):
            assert moments.position(label, locale) == pytest.approx(2015 + (month - 0.5) / 12)
        day = datetime.date(2015, month, 3).timetuple().tm_yday
        label = f"2015年{name}3日" if locale is CHINESE else f"3 {name} 2015"
        assert moments.position(label, locale) == pytest.approx(2015 + (day - 0.5) / 365)


@pytest.mark.parametrize(
    ("label", "extent"),
    [
        ("2014", (2014, 2015)),
        ("2014–15", (2014.5, 2015.5)),
        ("2010–2019", (2010, 2020)),
        ("Q2 2015", (2015.25, 2015.5)),
        ("April–November 2024", (2024.25, 2024 + 11 / 12)),
        ("April 2023 – March 2024", (2023.25, 2024.25)),
    ],
)
def test_reads_how_long_a_moment_lasts(label, extent):
    assert moments.extent(label, ENGLISH) == pytest.approx(extent)
