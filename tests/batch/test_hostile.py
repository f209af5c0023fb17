"""The same refusals in every format, and sizes that a file only claims: each costs a person or a file, with a code and a place."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import yaml

from eligibility.batch import desk as desks
from eligibility.batch.columns import read_map
from eligibility.cli import run
from eligibility.diagnostic import Problems
from eligibility.loading.yaml_reader import MAX_TEXT
from eligibility.wording import Words

from .material import batch, codes, column_map, profiles, read, write_csv, write_folder, write_jsonl, write_xlsx
from .test_shown import ods, row, texts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="http://x/r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def raw_xlsx(path: Path, rows: str, shared: str = "", dimension: str = "", head: str = "") -> Path:
    """A workbook whose XML is written by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in PARTS.items():
            packed.writestr(name, content)
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
        packed.writestr("xl/worksheets/sheet1.xml", f'{head}<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>')
    return path


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADERS = f'<row r="1">{inline("A1", "name")}{inline("B1", "domicile")}</row>'
BOB = f'<row r="3">{inline("A3", "Bob")}</row>'


def escaped(text: str) -> str:
    return "".join(f"_x{ord(letter):04X}_" if ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 else letter for letter in text)


# ------------------------------------------------------------------------------------------ the same in every format

TEXTS = {
    "a control character": ("Ann\x07", "E126"), "an escape for the terminal": ("\x1b[31mAnn", "E126"), "a delete": ("Ann\x7f", "E126"),
    "a lone return": ("Ann\rLee", "E126"), "a line separator": ("Ann\u2028Lee", "E126"), "no character": ("Ann\uffff", "E126"),
    "a text turned around": ("\u202eAnn", "E127"), "an isolate": ("Ann\u2066", "E127"), "half a character": ("Ann\ud83d", "E111"),
    "thirty-one marks": ("A" + "\u0301" * 31, "E157"), "a hundred thousand and one letters": ("x" * (MAX_TEXT + 1), "E118"),
}  # fmt: skip
FORMATS = ("yaml", "jsonl", "csv", "xlsx", "ods", "parquet")
IMPOSSIBLE = {  # what the format has no way to write
    "ods": ("a control character", "an escape for the terminal", "half a character", "no character"), "csv": ("half a character",),
    "xlsx": ("no character",), "parquet": ("half a character",),
}  # fmt: skip
OF_THE_FILE = {("yaml", "a line separator"), ("yaml", "a lone return")}


def written(form: str, folder: Path, value: str) -> Path:
    """Somebody with a name, and Bob."""
    path = folder / f"a.{form}"
    match form:
        case "yaml":
            (folder / "people").mkdir()
            (folder / "people" / "a.yaml").write_text(f"name: {json.dumps(value)}\n", "utf-8")
            (folder / "people" / "b.yaml").write_text("name: Bob\n", "utf-8")
            return folder / "people"
        case "jsonl":
            path.write_text(f"{json.dumps({'name': value})}\n" + '{"name": "Bob"}\n', "utf-8")
        case "csv":
            return write_csv(path, [["name", "domicile"], [value, "FR"], ["Bob", ""]])
        case "xlsx":
            person = '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
            return raw_xlsx(path, HEADERS + person + BOB, f"<si><t>{escaped(value)}</t></si>")
        case "ods":
            return ods(path, row(*texts("name", "domicile")) + row(*texts(value.replace("\r", "&#13;"), "FR")) + row(*texts("Bob", "")))
        case _:
            pyarrow.parquet.write_table(pyarrow.table({"name": [value, "Bob"]}), path)
    return path


@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_text_is_refused_alike_in_every_format(form: str, what: str, tmp_path: Path) -> None:
    """With the same code, at its place, and it costs one person."""
    value, code = TEXTS[what]
    if what in IMPOSSIBLE.get(form, ()):
        return
    somebody, bob = read(written(form, tmp_path, value))[0]
    assert codes(somebody) == [code]
    assert (bob.name, codes(bob)) == ("Bob", [])
    if form != "yaml":
        assert somebody.problems[0].place.line == (1 if form in ("jsonl", "parquet") else 2)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "parquet"])
def test_a_cell_that_is_no_text_is_told_with_what_is_wrong(
    form: str, what: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words of its own, with what can be shown of it; no map is proposed that says what such a text means, for a map cannot hold it."""
    value, code = TEXTS[what]
    if what in IMPOSSIBLE.get(form, ()):
        return
    path = written(form, tmp_path, value)
    batch(path, "-f", "json", lang=language)
    problem = json.loads(capsys.readouterr().out)["people"][0]["problems"][0]
    assert Words(language).why(code) in problem["message"]
    assert Words(language).text("why.other") != Words(language).why(code)
    assert "``" not in problem["message"].replace("\N{NO-BREAK SPACE}", "")
    assert "«»" not in problem["message"].replace("\N{NO-BREAK SPACE}", "")
    assert value not in problem["message"]
    batch(path, lang=language)
    assert "values" not in capsys.readouterr().out
    proposed = tmp_path / "proposed.columns.yaml"
    assert run(["columns", str(path), "-o", str(proposed), "--lang", language]) == (2 if (form, code) == ("csv", "E118") else 0)
    read_map(str(proposed))


@pytest.mark.parametrize("form", FORMATS)
def test_a_text_of_the_longest_length_is_read_in_every_format(form: str, tmp_path: Path) -> None:
    somebody, bob = read(written(form, tmp_path, "x" * MAX_TEXT))[0]
    assert [len(somebody.name or ""), bob.name] == [MAX_TEXT, "Bob"]


@pytest.mark.parametrize("form", FORMATS)
def test_letters_are_composed_in_every_format(form: str, tmp_path: Path) -> None:
    assert read(written(form, tmp_path, "Zoe\u0308"))[0][0].name == "Zoë"


def test_a_text_that_is_no_text_costs_one_person(tmp_path: Path) -> None:
    """Parquet can hold bytes that are no letters; JSON halves of them, also in keys."""
    broken = pyarrow.StringArray.from_buffers(2, pyarrow.py_buffer(b"\0\0\0\0\5\0\0\0\x08\0\0\0"), pyarrow.py_buffer(b"Ann\xff\xffBob"))
    pyarrow.parquet.write_table(pyarrow.table({"name": broken}), tmp_path / "a.parquet")
    assert [codes(one) for one in read(tmp_path / "a.parquet")[0]] == [["E140"], []]
    (tmp_path / "a.jsonl").write_text('{"\\ud83d": 1}\n{"facts": {"\\u202e": true}}\n{"name": "Bob"}\n', "utf-8")
    assert [codes(one) for one in read(tmp_path / "a.jsonl")[0]] == [["E111"], ["E127"], []]


NUMBERS = {"inf": "E122", "-inf": "E122", "nan": "E122", "Infinity": "E122", "9" * 41: "E119", "1." + "9" * 41: "E119"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_without_an_end_is_refused_alike_in_every_format(form: str, number: str, tmp_path: Path) -> None:
    """Infinity hours would pass whatever is asked for."""
    code, header, path = NUMBERS[number], "experience[0].hours", tmp_path / f"a.{form}"
    endless = code == "E122"
    match form:
        case "yaml":
            shown = {"-inf": "-.inf", "nan": ".nan"}.get(number, ".inf") if endless else number
            write_folder(tmp_path / "p", [{"name": "Bob"}])
            (tmp_path / "p" / "a.yaml").write_text(f"experience: [{{hours: {shown}}}]\n", "utf-8")
            path = tmp_path / "p"
        case "jsonl":
            shown = {"-inf": "-Infinity", "nan": "NaN"}.get(number, "1e999") if endless else number
            path.write_text(f'{{"experience": [{{"hours": {shown}}}]}}\n{{"name": "Bob"}}\n', "utf-8")
        case "csv":
            write_csv(path, [["name", header], ["Ann", number], ["Bob", ""]])
        case "xlsx":
            write_xlsx(path, [["name", header], ["Ann", number], ["Bob", ""]])
        case "ods":
            ods(path, row(*texts("name", header)) + row(*texts("Ann", number)) + row(*texts("Bob", "")))
        case _:
            column = pyarrow.array([float(number), None]) if endless else pyarrow.array([number, None])
            pyarrow.parquet.write_table(pyarrow.table({"name": ["Ann", "Bob"], header: column}), path)
    assert [codes(one) for one in read(path)[0]] == [[code], []]


# --------------------------------------------------------------------------------------- sizes that a file only claims


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        (HEADERS + f'<row r="1048576">{inline("XFD1048576", "x")}</row>', "E136", 1048576),
        (HEADERS + f'<row r="100000">{inline("ZZ100000", "x")}</row>', "E136", 100000),
        (HEADERS + '<row r="1048577"/>', "E136", 1048577),
        (HEADERS + f'<row r="2">{inline("XFE2", "x")}</row>', "E136", 2),
        (HEADERS + f'<row r="2">{inline("AAAA2", "x")}</row>', "E614", 2),
        (HEADERS + f'<row r="2">{inline("A0", "x")}</row>', "E614", 2),
        (HEADERS + f'<row r="2">{inline("A99999999999999999999", "x")}</row>', "E614", 2),
        (HEADERS + f'<row r="2">{inline("B2", "x")}{inline("A2", "x")}</row>', "E614", 2),
        (HEADERS + f'<row r="2">{inline("A2", "Ann")}</row><row r="2">{inline("A2", "x")}</row>', "E614", 2),
        (HEADERS + '<row r="2"><c r="A2" t="s"><v>99999</v></c></row>', "E614", 2),
        (HEADERS + '<row r="2"><c r="A2" t="s"><v>x</v></c></row>', "E614", 2),
        (HEADERS + '<row r="2"><c r="A2" a="' + "x" * 1_500_000 + '"/></row>', "E614", 2),
        (HEADERS + '<row r="2"><c', "E614", 2),
    ],
)  # fmt: skip
def test_a_sheet_that_claims_too_much_breaks_off_there(rows: str, code: str, line: int, tmp_path: Path) -> None:
    """Nothing is built that only a reference claims, and the library that would have aborted is not asked."""
    try:
        found, _ = read(raw_xlsx(tmp_path / "a.xlsx", rows))
        problem = found[-1].problems[0]
    except Problems as error:
        problem = error.diagnostics[0]
    assert (problem.code, problem.place.line) == (code, line)


def test_a_proposal_tells_where_the_table_breaks_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`columns` looks at the first rows: what `batch` will refuse of them is told there as well, beside the map."""
    far = raw_xlsx(tmp_path / "a.xlsx", HEADERS + f'<row r="1048576">{inline("XFD1048576", "x")}</row>')
    assert run(["columns", str(far), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert "columns:" in out
    assert "1048576:1: error[E136]" in err
    assert run(["columns", str(write_csv(tmp_path / "a.csv", [["name"], ["Ann"], ["x" * 1_100_000]])), "--lang", "en"]) == 2
    assert "a.csv:3:1: error[" in capsys.readouterr().err


def test_far_columns_of_the_headers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        read(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1048576">{inline("XFD1048576", "x")}</row>'))
    assert [one.code for one in caught.value.diagnostics] == ["E136"]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """No entity stands for more than it says."""
    head = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(Problems) as caught:
        read(raw_xlsx(tmp_path / "a.xlsx", HEADERS, head=head))
    assert [one.code for one in caught.value.diagnostics] == ["E614"]


def test_one_text_for_every_row_is_not_unpacked_without_end(tmp_path: Path) -> None:
    """A hundred thousand letters that are shared by a thousand people: the table breaks off, those before are kept."""
    rows = "".join(f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(2, 1002))
    path = raw_xlsx(tmp_path / "a.xlsx", HEADERS + rows, f"<si><t>{'x' * MAX_TEXT}</t></si>")
    pyarrow.parquet.write_table(pyarrow.table({"name": ["x" * MAX_TEXT] * 1000}), tmp_path / "a.parquet")
    for one in (path, tmp_path / "a.parquet"):
        found, _ = read(one)
        assert 50 < len(found) < 200
        assert codes(found[-1]) == ["E136"]
        assert found[0].read


@pytest.mark.parametrize(("times", "people"), [(2, 3), (1001, 1002), (1002, None), (9_999_999, None)])
def test_rows_that_an_opendocument_sheet_only_repeats(times: int, people: int | None, tmp_path: Path) -> None:
    """Some equal rows are rows; a million of them are 700 bytes that claim to be people."""
    path = ods(tmp_path / "a.ods", row(*texts("name")) + row(*texts("Ann"), number_rows_repeated=str(times)) + row(*texts("Bob")) + row(number_rows_repeated="1000000"))
    found, _ = read(path)
    assert found[-1].name == "Bob" if people else codes(found[-1]) == ["E136"]
    assert people is None or len(found) == people


@pytest.mark.parametrize("times", ["0", "-1", "x", "99999999", "1e3", "١"])
def test_a_silly_number_of_repeats_is_damage(times: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        read(ods(tmp_path / "a.ods", row(*texts("name"), number_rows_repeated=times)))
    assert [one.code for one in caught.value.diagnostics] == ["E614"]


def test_long_names_of_parquet_cost_their_people(tmp_path: Path) -> None:
    """3,000 people with one name of a megabyte, in some kilobytes: each is told, and nothing is unpacked three thousand times."""
    table = pyarrow.table({"name": ["x" * 1_000_000] * 3000 + ["Bob"], "citizenships": [["FR"]] * 3001})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found, _ = read(tmp_path / "a.parquet")
    assert {tuple(codes(one)) for one in found[:-1]} == {("E118",)}
    assert found[-1].name == "Bob"


def test_lists_of_parquet_are_looked_at_before_they_are_unpacked(tmp_path: Path) -> None:
    table = pyarrow.table({"name": ["Ann"] * 500, "citizenships": [["x" * 100_000] * 2] * 500})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found, _ = read(tmp_path / "a.parquet")
    assert codes(found[-1]) == ["E136"]


NESTED = {
    "a map": pyarrow.array([[("a", "b")], None], pyarrow.map_(pyarrow.string(), pyarrow.string())),
    "a structure": pyarrow.array([{"a": "FR"}, None]),
    "a list of lists": pyarrow.array([[["FR"]], None]),
    "a list of structures": pyarrow.array([[{"a": "FR"}], None]),
}


@pytest.mark.parametrize("field", ["citizenships", "birth_date", "shoe size"])
@pytest.mark.parametrize("what", NESTED)
def test_what_parquet_nests_costs_those_whose_field_it_would_be(what: str, field: str, tmp_path: Path) -> None:
    """Never everybody, and nobody where the column is not read."""
    pyarrow.parquet.write_table(pyarrow.table({"name": ["Ann", "Bob"], field: NESTED[what]}), tmp_path / "a.parquet")
    found, _ = read(tmp_path / "a.parquet")
    assert [codes(one) for one in found] == [[] if field == "shoe size" else ["E204"], []]


def test_lists_of_parquet_are_texts_as_people_write_them(tmp_path: Path) -> None:
    table = pyarrow.table({"name": ["Ann", "Bob"], "citizenships": pyarrow.array([[b"FR"], [b"DE", b"IT"]], pyarrow.list_(pyarrow.binary()))})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    assert [one["citizenships"] for one in profiles(tmp_path / "a.parquet")] == [["FR"], ["DE", "IT"]]


# ------------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(("length", "code"), [(999_999, "E118"), (1_000_000, "E118"), (1_000_001, "E136"), (3_000_000, "E136")])
def test_a_line_is_one_line_however_long(length: int, code: str, tmp_path: Path) -> None:
    """It is refused as one, and those after it are counted as in the file."""
    path = tmp_path / "a.csv"
    path.write_text("name,domicile\n" + "x" * (length - 4) + ",FR\nForged,FR\nAnn,CA\n", "utf-8")
    found, _ = read(path)
    assert [(one.name, one.place) for one in found[1:]] == [("Forged", f"{path}:3"), ("Ann", f"{path}:4")]
    assert codes(found[0]) == [code]


def test_a_header_line_that_is_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name," * 250_000 + "\nAnn\n", "utf-8")
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.csv")
    assert [one.code for one in caught.value.diagnostics] == ["E136"]


def test_thousands_of_columns_are_told_in_a_line(tmp_path: Path) -> None:
    """And no header is looked for among all the others."""
    path = write_csv(tmp_path / "a.csv", [["name", *(f"c{number}" for number in range(5000))], ["Ann"]])
    (ann,), told = read(path)
    assert ann.name == "Ann"
    assert [(one.code, one.params["n"]) for one in told] == [("W603", 5000)]
    assert len(str(told[0].params["columns"])) < 1000
    with pytest.raises(Problems) as caught:
        read(path, column_map(tmp_path, "columns: {name: Nom}\n"))
    assert len(str(caught.value.diagnostics[0].params["allowed"])) < 1500


# ------------------------------------------------------------------------------- one person never costs the others


@pytest.mark.parametrize("where", ["folder", "table"])
def test_a_bug_that_one_person_meets_costs_nobody_else(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [{"name": "Ann"}, {"name": "Zed"}, {"name": "Bob"}]
    path = write_folder(tmp_path / "p", people) if where == "folder" else write_jsonl(tmp_path / "p.jsonl", people)
    asked = desks.decide

    def check(*given: Any, **more: Any) -> object:
        if given[1].name == "Zed":
            raise OverflowError("Zed")
        return asked(*given, **more)

    monkeypatch.setattr(desks, "decide", check)
    assert batch(path, "--jobs", 1, "-f", "jsonl") == 2
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    people_found = [one for one in found if "problems" in one]
    assert [one["name"] for one in people_found] == ["Ann", None, "Bob"]
    (problem,) = people_found[1]["problems"]
    assert problem["code"] == "E619"
    assert "OverflowError" in problem["message"]
    assert "Zed" not in json.dumps(problem).replace(str(tmp_path), "")


# -------------------------------------------------------------------------------------------- words that nothing knows

WORDS = [{"id": "1", "name": "Ann", "citizenships": ["Francce"]}, {"id": "2", "name": "Bob", "citizenships": ["Francce"]}]


def sources(folder: Path) -> dict[str, Path]:
    rows = [["id", "name", "Nationalité"], *([one["id"], one["name"], one["citizenships"][0]] for one in WORDS)]
    return {
        "csv": write_csv(folder / "a.csv", rows), "xlsx": write_xlsx(folder / "a.xlsx", rows), "jsonl": write_jsonl(folder / "a.jsonl", WORDS),
        "folder": write_folder(folder / "p", WORDS),
    }  # fmt: skip


@pytest.mark.parametrize("source", ["csv", "xlsx", "jsonl", "folder"])
def test_words_that_nothing_knows_are_told_in_the_summary(source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many, which, and in which column or field; on standard error where standard output is for a machine."""
    path = sources(tmp_path)[source]
    where = "Nationalité" if source in ("csv", "xlsx") else "citizenships"
    assert batch(path) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert f"NOT UNDERSTOOD (2) - {where}" in out.replace(".country", "")
    assert re.search(r"`Francce` is not understood \(2 times\); \d+ answers hang on it; did you mean `FR`\?", out)
    assert ('citizenships: {column: "Nationalité", values: {"Francce": FR}}' in out) == (source in ("csv", "xlsx"))
    assert batch(path, "-f", "csv", "--table", "long") == 1
    told = capsys.readouterr()
    assert "W606" in told.err
    assert "`Francce`" in told.err
    assert "Not understood: the country (`Francce`)." in told.out
    assert "Not said: the country" not in told.out
    assert batch(path, "--anonymise", "-f", "csv", "--table", "long") == 1
    told = capsys.readouterr()
    assert "Francce" not in told.out + told.err
    assert "Not understood: the country." in told.out


def test_check_says_which_word_is_not_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from eligibility.cli import run

    path = tmp_path / "ann.yaml"
    path.write_text(yaml.safe_dump(WORDS[0]), "utf-8")
    for lang, words in (("en", "Not understood: the country (`Francce`)."), ("fr", "N'est pas compris\u00a0: le pays («\u00a0Francce\u00a0»).")):
        run(["check", str(path), "--on", "2024-03-20", "--lang", lang, "--detail"])
        assert words.replace("\u00a0", " ") in " ".join(capsys.readouterr().out.split()).replace("\u00a0", " ")


def test_profiles_of_a_workbook_come_row_by_row(tmp_path: Path) -> None:
    """Nobody is read before somebody asks, and blank rows are nobody."""
    path = raw_xlsx(tmp_path / "a.xlsx", HEADERS + '<row r="2"><c r="A2" s="7"/></row>' + BOB, dimension='<dimension ref="A1:XFD1048576"/>')
    assert profiles(path) == [{"name": "Bob"}]


def test_a_part_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path: Path) -> None:
    """Millions of empty elements are read for a minute, and say nothing."""
    for path in (raw_xlsx(tmp_path / "a.xlsx", HEADERS + "<row/>" * 2_000_000), raw_xlsx(tmp_path / "b.xlsx", HEADERS, "<si/>" * 2_500_000)):
        with pytest.raises(Problems) as caught:
            read(path)
        assert [one.code for one in caught.value.diagnostics] == ["E136"]
