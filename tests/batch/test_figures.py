"""Dates and numbers in Arabic and Persian figures; years of other calendars are no years of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.understood import Sort, understand
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

from .material import codes, profiles, read, write_csv

HEADINGS = ["name", "birth_date", "experience[0].from", "experience[0].hours_per_week", "experience[0].rate", "facts.height"]


@pytest.mark.parametrize("cells", [["٢٠٠١-٠٣-٠٤", "٢٠١٩", "٣٥٫٥", "٨٠٪", "١٧٢"], ["۲۰۰۱-۰۳-۰۴", "۲۰۱۹", "۳۵٫۵", "۸۰٪", "۱۷۲"], ["٢٠٠١/٠٣/٠٤", "٢٠١٩", "35,5", "٨٠ %", "172"]])
def test_a_table_in_arabic_figures(cells: list[str], tmp_path: Path) -> None:
    [ann] = profiles(write_csv(tmp_path / "a.csv", [HEADINGS, ["Ann", *cells]]))
    assert (ann["birth_date"], ann["facts"], ann["name"]) == ("2001-03-04", {"height": 172}, "Ann")
    assert ann["experience"][0]["from"] == "2019"
    assert ann["experience"][0]["hours_per_week"] == 35.5
    assert ann["experience"][0]["rate"].replace(" ", "") == "80%"


@pytest.mark.parametrize("cell", ["١٤٤٥", "١٤٤٥-٠٣-٠٤", "١٤٢٢/٠٣/٢٥", "۱۴۰۳", "۱۳۸۰-۰۱-۲۰", "१५/०३/२०५८", "२०५८", "๒๕๔๔-๐๓-๐๔"])
@pytest.mark.parametrize("order", [None, "DD/MM/YYYY", "YYYY/MM/DD"])
def test_a_year_of_another_calendar_stays_unknown(cell: str, order: str | None, tmp_path: Path) -> None:
    found, _ = read(write_csv(tmp_path / "a.csv", [["name", "birth_date", "experience[0].from"], ["Ann", cell, cell]]), None, order, strict=False)
    assert [codes(row) for row in found] == [["W607", "W607"]]


@pytest.mark.parametrize(("text", "value"), [("١٨٩٩", None), ("١٩٠٠", "1900"), ("١٩٠١", "1901"), ("٢١٠٠", "2100"), ("٢١٠١", None), ("١٤ mars ٢٠٠١", "2001-03-14")])
def test_which_years_are_ours(text: str, value: str | None) -> None:
    assert understand(text, Sort.DATE).value == value


def test_a_day_that_may_be_two_is_still_two(tmp_path: Path) -> None:
    assert understand("٤/٣/٢٠٠١", Sort.DATE).readings == ("2001-03-04", "2001-04-03")
    assert profiles(write_csv(tmp_path / "a.csv", [["name", "birth_date"], ["Ann", "٤/٣/٢٠٠١"]]), date_format="DD/MM/YYYY")[0]["birth_date"] == "2001-03-04"


def test_a_profile_in_arabic_figures() -> None:
    loaded = profile_in(read_yaml(Source("me.yaml", "birth_date: ٢٠٠١-٠٣-٠٤\nexperience: [{from: ٢٠١٩, hours_per_week: ٣٥}]\n".encode())), load_reference())
    assert loaded.model is not None
    assert {one.code for one in loaded.diagnostics} == {"N204"}
    loaded = profile_in(read_yaml(Source("me.yaml", "experience: [{from: ١٤٤٥}]\n".encode())), load_reference())
    assert loaded.model is None
