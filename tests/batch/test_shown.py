"""Cells mean what they show: the format of a workbook's cell tells the unit, how exact a date is, and keeps zeros; never a guess."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter

from eligibility.batch.cells import Day
from eligibility.batch.sources.shown import shown

from .material import codes, column_map, profiles, read, write_csv, write_jsonl, write_xlsx

SERIAL = 45078.0  # 1 June 2023


@pytest.mark.parametrize(
    ("value", "code", "meaning"),
    [
        (1.0, "0%", "100%"), (0.5, "0%", "50%"), (0.746, "0%", "74.6%"), (0.746, "0.0 %", "74.6%"), (74.6, '0" %"', "74.6%"), (74.6, "0\\ \\%", "74.6%"),
        (0.57, "0%", "57%"), (0.1 + 0.2, "0%", "30%"), (0.0, "0%", "0%"), (1.0, "0.00%", "100%"),
        (0.8, '0%;[Red]-0%;"-"', "80%"), (-0.8, "0%;[Red]-0%", "-80%"),
        (123.0, "00000", "00123"), (123456.0, "00000", "123456"), (7.0, "000-00", "00007"), (1.0, "0", 1), (1.0, "0.00", 1), (74.6, "0", 74.6),
        (1200.5, "#,##0.00", 1200.5), (1500.0, "0.00E+00", 1500), (0.5, "# ?/?", 0.5), (0.5, "# ??/16", 0.5), (12.0, "General", 12), (12.0, "", 12),
        (35000.0, "#,##0,", 35000), (80.0, '0" h/mois"', "80 h/mois"), (3500.0, "#,##0 [$EUR]", "3500 EUR"), (3500.0, '_-* #,##0.00\\ "€"_-', "3500 €"),
        (3500.0, "[$€-40C] #,##0", "€ 3500"), (12.0, "Standard", 12), (5.0, "x" * 300, 5),
        (SERIAL, "yyyy-mm-dd", Day("2023-06-01")), (SERIAL, "dd/mm/yyyy", Day("2023-06-01")), (SERIAL, "mmm-yy", Day("2023-06")),
        (SERIAL, "[$-40C]mmm\\-yy;@", Day("2023-06")), (SERIAL, "yyyy", Day("2023")), (SERIAL, "dd/mm", Day("2023-06-01")),
        (SERIAL, "d mmmm", Day("2023-06-01")), (SERIAL + 0.6, "m/d/yy h:mm", Day("2023-06-01")), (SERIAL, '"week of" dd', Day("2023-06-01")),
        (SERIAL, "yyyy hh:mm", Day("2023")), (0.5, "h:mm", "12:00"), (1.5, "[h]:mm", "36:00"), (0.5, "mm:ss", "12:00"),
        (59.0, "yyyy-mm-dd", Day("1900-02-28")), (60.0, "yyyy-mm-dd", 60), (61.0, "yyyy-mm-dd", Day("1900-03-01")), (0.0, "yyyy-mm-dd", 0),
        (2958465.0, "yyyy-mm-dd", Day("9999-12-31")), (2958466.0, "yyyy-mm-dd", 2958466), (-1.0, "yyyy-mm-dd", -1),
        (5.0, '[<1]0%;0" h"', "5 h"), (0.5, '[<1]0%;0" h"', "50%"),
    ],
)  # fmt: skip
def test_what_a_figure_shows(value: float, code: str, meaning: object) -> None:
    """The figure is the stored one; the format adds its sign, its unit, its zeros, and takes away what it does not show of a date."""
    assert shown(value, code) == meaning


def test_days_from_1904() -> None:
    assert shown(0.0, "yyyy-mm-dd", from_1904=True) == Day("1904-01-01")


def book(path: Path, columns: dict[str, tuple[Any, str]]) -> Path:
    """A workbook of one person, each cell with a format."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    for at, (header, (value, code)) in enumerate(columns.items()):
        sheet.write(0, at, header)
        sheet.write(1, at, value, made.add_format({"num_format": code}))
    made.close()
    return path


def test_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    """100% is 100%, juin-23 a month, 00123 keeps its zeros, and a format without the year hides nothing."""
    path = book(
        tmp_path / "a.xlsx",
        {
            "id": (123, "00000"), "birth_date": (date(1999, 5, 3), "dd/mm"), "experience[0].from": (date(2023, 6, 1), "mmm-yy"),
            "experience[0].to": (date(2024, 1, 1), "yyyy"), "experience[0].rate": (1, "0%"), "experience[1].rate": (0.5, "0 %"),
            "experience[1].hours": (1200, "# ##0"), "funds[0].amount": (3500, '0 "EUR"'),
        },
    )  # fmt: skip
    (person,) = profiles(path)
    assert person["id"] == "00123"
    assert person["birth_date"] == "1999-05-03"
    assert person["experience"] == [{"from": "2023-06", "to": "2024", "rate": "100%"}, {"rate": "50%", "hours": 1200}]
    assert person["funds"] == [{"amount": "3500 EUR"}]
    assert codes(read(path)[0][0]) == []


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"><office:automatic-styles>
<number:date-style style:name="N1"><number:month/><number:text>-</number:text><number:year/></number:date-style>
<number:date-style style:name="N2"><number:day/><number:text>/</number:text><number:month/></number:date-style>
<style:style style:name="month" style:data-style-name="N1"/><style:style style:name="day" style:data-style-name="N2"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="One">{}</table:table>{}</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, rows: str, more: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", ODS.format(rows, more))
    return path


def cell(content: str = "", **attributes: str) -> str:
    written = "".join(f' {("office" if "value" in key or key == "currency" else "table")}:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{written}>{content}</table:table-cell>"


def row(*cells: str, **attributes: str) -> str:
    written = "".join(f' table:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-row{written}>{''.join(cells)}</table:table-row>"


def texts(*words: str) -> list[str]:
    return [cell(f"<text:p>{word}</text:p>", value_type="string") for word in words]


def test_opendocument_is_read_as_it_shows(tmp_path: Path) -> None:
    """Types tell the unit, styles how exact a date is, also by the column; remarks and covered cells are no content."""
    headers = texts("id", "name", "birth_date", "experience[0].from", "experience[0].rate", "experience[0].hours", "facts.x")
    person = [
        cell("<text:p>00123</text:p>", value_type="float", value="123"),
        cell("<office:annotation><text:p>remark</text:p></office:annotation><text:p>Ann<text:s text:c='2'/>Lee</text:p><text:p>Dr</text:p>", value_type="string"),
        cell("<text:p>03/05</text:p>", value_type="date", date_value="1999-05-03", style_name="day"),
        cell("<text:p>juin-23</text:p>", value_type="date", date_value="2023-06-01"),
        cell("<text:p>75 %</text:p>", value_type="percentage", value="0.746"),
        cell("<text:p>1 200,5</text:p>", value_type="float", value="1200.5"),
        cell("<text:p>VRAI</text:p>", value_type="boolean", boolean_value="true"),
    ]
    columns = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:default-cell-style-name="month"/>'
    path = ods(tmp_path / "a.ods", columns + row(number_rows_repeated="3") + row(*headers) + row(*person), '<table:table table:name="Two"/>')
    (found,) = profiles(path)
    assert found["id"] == "00123"
    assert found["name"] == "Ann  Lee\nDr"
    assert found["birth_date"] == "1999-05-03"
    assert found["experience"] == [{"from": "2023-06", "rate": "74.6%", "hours": 1200.5}]
    assert found["facts"] == {"x": True}
    rows, told = read(path)
    assert [one.code for one in told] == ["W602", "N605"]
    assert rows[0].place == f"{path}:5"


SHARES = [("1", "100%"), ("1.0", "100%"), ("1,0", "100%"), ("0,8", "80%"), ("0.5", "50%"), ("0.333", "33.3%")]


@pytest.mark.parametrize(("cell", "meant"), SHARES)
def test_a_share_without_a_sign_is_asked_about(cell: str, meant: str, tmp_path: Path) -> None:
    """1 is all of it for some and a hundredth for others: refused with what was meant, unless the map says which."""
    rows = [["name", "rate"], ["Ann", cell]]
    number = float(cell.replace(",", "."))
    table = pyarrow.table({"name": ["Ann", "Bob"], "rate": [Decimal(cell.replace(",", ".")), Decimal("1.00")]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    paths = [write_csv(tmp_path / "a.csv", rows, ";"), write_xlsx(tmp_path / "a.xlsx", [rows[0], ["Ann", number]]), tmp_path / "a.parquet"]
    for path in paths:
        asked = read(path, column_map(tmp_path, "columns: {name: name, 'experience[0].rate': rate}\n"))[0][0]
        assert codes(asked) == ["E618"]
        assert asked.problems[0].params["suggestion"] == meant
        mapped = column_map(tmp_path, "columns: {name: name, 'experience[0].rate': rate}\nrate_unit: fraction\n")
        assert profiles(path, mapped)[0]["experience"] == [{"rate": meant}]
        mapped = column_map(tmp_path, "columns: {name: name, 'experience[0].rate': rate}\nrate_unit: percent\n")
        assert profiles(path, mapped)[0]["experience"] == [{"rate": f"{number:g}%"}]


@pytest.mark.parametrize(("cell", "found"), [("0", "0%"), ("1 %", "1 %"), ("1%", "1%"), ("80", "80%"), ("100", "100%"), ("37,5 %", "37.5%")])
def test_shares_that_mean_one_thing(cell: str, found: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["name", "experience[0].rate"], ["Ann", cell]], ";")
    assert profiles(path)[0]["experience"] == [{"rate": found}]


def test_a_map_with_another_unit_is_told(tmp_path: Path) -> None:
    from eligibility.diagnostic import Problems

    with pytest.raises(Problems) as caught:
        column_map(tmp_path, "columns: {name: name}\nrate_unit: tenths\n")
    assert [one.code for one in caught.value.diagnostics] == ["E205"]


@pytest.mark.parametrize(("rate", "code"), [("1", "W207"), ("1.0", "W207"), ("0.5", "W207"), ("true", "E224")])
def test_a_bare_share_of_a_profile_is_asked_about_or_refused(rate: str, code: str, tmp_path: Path) -> None:
    """In YAML and JSON Lines, too: full time is 100%."""
    (tmp_path / "a.yaml").write_text(f"experience: [{{rate: {rate}}}]\n", "utf-8")
    (tmp_path / "a.jsonl").write_text(f'{{"experience": [{{"rate": {rate}}}]}}\n', "utf-8")
    for path in (tmp_path / "a.yaml", tmp_path / "a.jsonl"):
        assert codes(read(path)[0][0]) == [code]


@pytest.mark.parametrize(
    ("header", "cell"),
    [("experience[0].rate", "120%"), ("experience[0].rate", "-5%"), ("experience[0].hours_per_week", "200"), ("degrees[0].level", "9"), ("degrees[0].level", "6.5")],
)
def test_a_number_out_of_its_range_costs_the_field(header: str, cell: str, tmp_path: Path) -> None:
    """The rest of the row is read, what depends on the field is unknown, and the cell is told."""
    (found,) = read(write_csv(tmp_path / "a.csv", [["name", header], ["Ann", cell]]))[0]
    assert found.read
    assert codes(found) == ["W607"]
    assert found.problems[0].params["cell"] == "B2"
    write_jsonl(tmp_path / "a.jsonl", [{"name": "Ann", "experience": [{"rate": "120%"}]}])
    assert not read(tmp_path / "a.jsonl")[0][0].read


def test_a_timestamp_with_a_zone_is_no_day(tmp_path: Path) -> None:
    """Which day it is depends on where one stands; one without a zone is the day it shows. A day no calendar has costs its person only."""
    times = [datetime(2001, 5, 20, 23, tzinfo=UTC), None]
    plain = [datetime(2001, 5, 20, 23), None]
    pyarrow.parquet.write_table(pyarrow.table({"name": ["Ann", "Bob"], "birth_date": times}), tmp_path / "a.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"name": ["Ann", "Bob"], "birth_date": plain}), tmp_path / "b.parquet")
    far = pyarrow.array([10**18, 0], pyarrow.timestamp("us"))
    pyarrow.parquet.write_table(pyarrow.table({"name": ["Ann", "Bob"], "birth_date": far}), tmp_path / "c.parquet")
    assert [codes(one) for one in read(tmp_path / "a.parquet")[0]] == [["E616"], []]
    assert profiles(tmp_path / "b.parquet")[0]["birth_date"] == "2001-05-20"
    assert [codes(one) for one in read(tmp_path / "c.parquet")[0]] == [["E105"], []]
    path = write_csv(tmp_path / "a.csv", [["name", "birth_date"], ["Ann", "2001-05-20T22:00:00+02:00"], ["Bob", "2001-05-20T22:00:00Z"]])
    assert [codes(one) for one in read(path)[0]] == [["E616"], ["E616"]]


# ---------------------------------------------------------------------------------------------------------- headers


@pytest.mark.parametrize("header", ["né(e) le", "NÉ(E) LE", "ne\u0301(e) le", "Né(e)\u00a0 le"])
def test_headers_are_compared_without_capitals_and_composition(header: str, tmp_path: Path) -> None:
    mapped = column_map(tmp_path, "columns: {birth_date: Né(e) le}\n")
    assert profiles(write_csv(tmp_path / "a.csv", [[header], ["2001"]]), mapped) == [{"birth_date": "2001"}]


def test_the_exact_header_comes_first_and_two_alike_are_not_chosen_from(tmp_path: Path) -> None:
    from eligibility.diagnostic import Problems

    path = write_csv(tmp_path / "a.csv", [["Name", "name"], ["Ann", "Bob"]])
    assert profiles(path, column_map(tmp_path, "columns: {name: name}\n")) == [{"name": "Bob"}]
    with pytest.raises(Problems) as caught:
        read(path, column_map(tmp_path, "columns: {name: NAME}\n"))
    assert [one.code for one in caught.value.diagnostics] == ["E612"]


# -------------------------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_unicode_text_of_excel_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((b"\xfe\xff" if encoding == "utf-16-be" else b"") + "name\tdomicile\r\nZoé\tFR\r\n".encode(encoding))
    assert profiles(path) == [{"name": "Zoé", "domicile": "FR"}]


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "\ufeffsep=;\r\n"])
def test_a_first_line_that_names_the_separator_is_no_header(first: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{first}name;domicile\r\nAnn, Dr;FR\r\n", "utf-8", newline="")
    found, _ = read(path)
    assert [(one.name, one.place) for one in found] == [("Ann, Dr", f"{path}:3")]


def test_the_people_of_an_opendocument_workbook_are_found_on_another_sheet(tmp_path: Path) -> None:
    """The first sheet explains the others; what stands in a table inside a cell is nobody."""
    about = row(*texts("About this file")) + row(*texts("made in March"))
    inner = f'<table:table table:name="Inner">{row(*texts("Nobody", "1990-01-01"))}</table:table>'
    people = row(*texts("name", "birth_date")) + row(*texts("Ann", "1999-05-03"), cell(inner)) + row(*texts("Bob", "2000-01-02"))
    path = ods(tmp_path / "a.ods", about, f'<table:table table:name="People">{people}</table:table><table:table table:name="Three">{about}</table:table>')
    assert [one["name"] for one in profiles(path)] == ["Ann", "Bob"]
    told = [one for one in read(path)[1] if one.code == "W602"]
    assert [(one.params["sheet"], one.params["n"], one.params["form"]) for one in told] == [("People", 2, "found")]


def test_the_first_sheet_is_read_where_another_one_has_no_more_headings(tmp_path: Path) -> None:
    people = [row(*texts("name", "birth_date")) + row(*texts(name, "1999-05-03")) for name in ("Ann", "Bob")]
    path = ods(tmp_path / "a.ods", people[0], f'<table:table table:name="Two">{people[1]}</table:table>')
    assert [one["name"] for one in profiles(path)] == ["Ann"]
