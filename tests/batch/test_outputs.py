"""What is written: the same verdicts in every format, the same bytes however many processes, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet
import pytest
import python_calamine

from eligibility.batch import run as pool
from eligibility.batch.writers.packed import CLOSINGS, OUTCOMES
from eligibility.outputs import Pending, put_in_place
from eligibility.wording import Words

from .html_made import packed
from .material import CLASS, ROOT, batch, write_folder, write_jsonl

HOSTILE = ["=1+1", "@SUM(A1)", "+33", "-2", "\tx", "=cmd|' /C calc'!A0", "＝1", 'quote " and ; and ,', "Zoë\nX", "<b>x</b>", "{=1}"]
FORMATS = ("csv", "xlsx", "json", "jsonl", "parquet", "html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every format of people whose names and ids attack, one of whom cannot be read."""
    folder = tmp_path_factory.mktemp("hostile")
    people = [{"name": text, "id": text, "citizenships": ["FR"]} for text in HOSTILE]
    source = write_jsonl(folder / "people.jsonl", [*people, {"nmae": "=2+2"}])
    files = {form: folder / f"out.{form}" for form in FORMATS}
    files["long"] = folder / "long.csv"
    assert batch(source, "--jobs", 1, *(word for form in FORMATS for word in ("-o", files[form]))) == 2
    assert batch(source, "--jobs", 1, "--table", "long", "-o", files["long"]) == 2
    return files


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_no_cell_of_csv_is_a_formula(hostile: dict[str, Path]) -> None:
    """B9: names, ids, headers, places; in both tables. JSON holds what was written."""
    for path in (hostile["csv"], hostile["long"]):
        cells = [cell for row in rows_of(path) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    names = [row[2] for row in rows_of(hostile["csv"])[1:]]
    assert names[:3] == ["'=1+1", "'@SUM(A1)", "'+33"]
    assert names[7:9] == ['quote " and ; and ,', "Zoë\nX"]
    assert [one["name"] for one in json.loads(hostile["json"].read_text("utf-8"))["people"]][:-1] == HOSTILE


def test_no_cell_of_excel_is_a_formula_or_a_link(hostile: dict[str, Path]) -> None:
    """B9: every cell with a text is a string, and there are no links."""
    with zipfile.ZipFile(hostile["xlsx"]) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in packed.namelist() if "external" in name.lower() or ("rels" in name and "sheet" in name)]
    assert len(sheets) == 3
    for sheet in sheets:
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert "<autoFilter" in sheet
        assert 'state="frozen"' in sheet
    book = python_calamine.CalamineWorkbook.from_path(str(hostile["xlsx"]))
    assert [row[2] for row in book.get_sheet_by_index(0).to_python()[1:-1]] == HOSTILE


def test_csv_is_what_excel_reads(hostile: dict[str, Path], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """B10: a mark, CRLF, and in French semicolons; headers and codes are the same in both languages, sentences are not."""
    assert hostile["csv"].read_bytes().startswith(b"\xef\xbb\xbfnumber,id,name,")
    source = write_folder(tmp_path / "p", [{"name": "Zoé", "citizenships": ["FR"]}, {"nmae": "x"}])
    for lang in ("fr", "en"):
        assert batch(source, "-f", "csv", "--table", "long", lang=lang) == 2
    french, english = [part for part in capsysbinary.readouterr().out.split(b"\xef\xbb\xbf") if part]
    fr = list(csv.reader(io.StringIO(french.decode(), newline=""), delimiter=";"))
    en = list(csv.reader(io.StringIO(english.decode(), newline="")))
    assert [row[:-2] for row in fr] == [row[:-2] for row in en]  # the reason and the option are words
    assert fr[0] == en[0]
    assert sum(a[-2] != b[-2] for a, b in zip(fr, en, strict=True)) > 40
    assert b"\r\n" in french
    assert batch(source, "-f", "csv", "--csv-delimiter", "tab") == 2
    assert capsysbinary.readouterr().out.startswith(b"\xef\xbb\xbfnumber\tid\t")


def verdicts_of_json(people: list[dict[str, Any]]) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    return {
        (person["id"], cell["vacancy"], point["id"]): (cell["outcome"], cell["closing"], point["verdict"])
        for person in people
        for cell in person["vacancies"]
        for point in cell["criteria"]
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample class in every format, both tables."""
    folder = tmp_path_factory.mktemp("class")
    options = ["--columns", CLASS / "class.columns.yaml", "--jobs", 1]
    everything = [word for form in FORMATS for word in ("-o", folder / f"out.{form}")]
    assert batch(CLASS / "class.csv", *options, *everything) == 0
    assert batch(CLASS / "class.csv", *options, "--table", "long", "-o", folder / "long.csv", "-o", folder / "long.parquet") == 0
    return folder


def test_every_format_holds_the_same_verdicts(written: Path) -> None:
    """B8: JSON, JSON Lines, CSV, Excel and Parquet; every criterion of every vacancy of everybody."""
    document = json.loads((written / "out.json").read_text("utf-8"))
    truth = verdicts_of_json(document["people"])
    assert len(truth) > 40 * 6 * 4
    lines = [json.loads(line) for line in (written / "out.jsonl").read_text("utf-8").splitlines()]
    assert lines == document["people"]
    header, *rows = rows_of(written / "long.csv")
    at = {name: index for index, name in enumerate(header)}
    keys = ("id", "vacancy", "criterion"), ("outcome", "closing", "verdict")

    def verdicts(found: list[Any], get: Any) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {tuple(get(row, name) for name in keys[0]): tuple(get(row, name) for name in keys[1]) for row in found}

    assert verdicts(rows, lambda row, name: row[at[name]]) == truth
    table = pyarrow.parquet.read_table(written / "long.parquet").to_pylist()
    assert verdicts(table, lambda row, name: row[name]) == truth
    assert [[str(row[name] if row[name] is not None else "") for name in header] for row in table] == rows
    words = Words("en")
    said = {words.text(f"sheet.word.{code}"): code for code in ("likely_eligible", "more_information_needed", "not_eligible", "closed")}
    said |= {words.text(f"sheet.word.{code}"): code for code in ("pass", "fail", "unknown", "not_applicable", "open", "disputed", "none")}
    book = python_calamine.CalamineWorkbook.from_path(str(written / "out.xlsx"))
    details = book.get_sheet_by_index(2).to_python()[1:]
    assert verdicts(details, lambda row, name: said.get(row[at[name]], row[at[name]])) == truth
    matrix = rows_of(written / "out.csv")
    sheet = book.get_sheet_by_index(0).to_python()
    assert [[said[cell] for cell in row[6:]] for row in sheet[1:]] == [row[6:] for row in matrix[1:]]
    text = (written / "out.html").read_text("utf-8")
    page = packed(text)  # in an order of its own
    words_of = [OUTCOMES[outcome] if CLOSINGS[closing] != "closed" else "closed" for outcome, closing, *_ in page["cells"]]
    numbers, vacancies = re.findall(r'data-at="(\d+)"', text), [offer["id"] for offer in page["offers"]]
    seen = {(int(at), name): words_of[cell] for at, one in zip(numbers, page["people"], strict=True) for name, cell in zip(vacancies, one, strict=True)}
    assert seen == {(at, name): word for at, row in enumerate(matrix[1:]) for name, word in zip(matrix[0][6:], row[6:], strict=True)}
    assert [list(row.values())[6:] for row in pyarrow.parquet.read_table(written / "out.parquet").to_pylist()] == [row[6:] for row in matrix[1:]]


def steps_of_json(people: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What each does next, as the tables have it: empty for nothing."""
    return {
        (person["id"], cell["vacancy"]): (
            *((cell["deadline"] or {}).get(name) or "" for name in ("day", "time", "zone")), cell["next_action"], cell["next_question"] or ""
        )
        for person in people
        for cell in person["vacancies"]
    }  # fmt: skip


def test_every_format_says_what_to_do_next(written: Path, tmp_path: Path) -> None:
    """JSON, CSV, Parquet and Excel: of everybody and every vacancy the same action, question and deadline; nobody is asked of what is closed."""
    document = json.loads((written / "out.json").read_text("utf-8"))
    truth = steps_of_json(document["people"])
    assert len(truth) == 40 * 6
    assert all(action for _, _, _, action, _ in truth.values())
    names = ("deadline", "deadline_time", "deadline_zone", "next_action", "next_question")
    options = ["--columns", CLASS / "class.columns.yaml", "--table", "next", "--jobs", 2]
    assert batch(CLASS / "class.csv", *options, "-o", tmp_path / "a.csv", "-o", tmp_path / "a.parquet") == 0
    header, *rows = rows_of(tmp_path / "a.csv")
    at = {name: index for index, name in enumerate(header)}
    assert {(row[at["id"]], row[at["vacancy"]]): tuple(row[at[name]] for name in names) for row in rows} == truth
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert {(row["id"], row["vacancy"]): tuple(row[name] or "" for name in names) for row in table} == truth
    sheet = python_calamine.CalamineWorkbook.from_path(str(written / "out.xlsx")).get_sheet_by_index(1).to_python()[1:]
    titles = {Words("en").of(one["title"]): one["id"] for one in document["vacancies"]}
    assert {(row[at["id"]], titles[str(row[at["vacancy"]])]): tuple(str(row[at[name]]) for name in names) for row in sheet} == truth
    text = (written / "out.html").read_text("utf-8")
    page = packed(text)
    said = [tuple(page["strings"][one] if one >= 0 else "" for one in step) for step in page["steps"]]
    at_page = {
        (document["people"][int(at)]["id"], offer["id"]): said[cell]
        for at, one in zip(re.findall(r'data-at="(\d+)"', text), page["people"], strict=True)
        for offer, cell in zip(page["offers"], one, strict=True)
    }
    assert at_page == {key: step[3:] for key, step in truth.items()}
    for person in document["people"]:
        for cell in person["vacancies"]:
            settled = cell["closing"] == "closed" or cell["outcome"] != "more_information_needed"
            assert not (settled and cell["next_question"])


def test_what_to_do_next_of_one_who_could_not_be_read(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """One row, with why; and the deadline is the last day that is safe under every reading, with its hour."""
    source = write_folder(tmp_path / "p", [{"nmae": "x"}, {"name": "Zoé", "citizenships": ["FR"]}])
    assert batch(source, "-f", "csv", "--table", "next") == 2
    header, *rows = csv.reader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8-sig"), newline=""))
    at = {name: index for index, name in enumerate(header)}
    refused = [row for row in rows if row[at["status"]] == "could_not_be_read"]
    assert [bool(row[at["problems"]]) for row in refused] == [True]
    found = {row[at["vacancy"]]: row for row in rows if row[at["status"]] == "read"}
    assert found["unesco-culture-ai-2023"][at["deadline"]] == "2023-12-14"  # the notice gives two days
    specialist = found["ai-office-technology-specialist-2024"]
    assert (specialist[at["deadline"]], specialist[at["deadline_time"]]) == ("2024-03-27", "12:00")
    assert specialist[at["next_action"]] == "Answer the next question by 27 March 2024, 12:00 noon Brussels time."
    assert "?" in specialist[at["next_question"]]


def test_names_of_jobs_stay_unsaid_without_names(tmp_path: Path) -> None:
    """--anonymise: sentences speak of a job by its number and days; with names, it is called by its title."""
    job = {"title": "Cartographer", "employer_name": "Polders SA", "from": "2013-09", "to": "2018", "rate": "100%", "field": "ai_ethics"}
    source = write_folder(tmp_path / "p", [{"name": "Zoé", "citizenships": ["FR"], "degrees": [], "languages": [], "experience": [job]}])
    outputs = [word for form in FORMATS for word in ("-o", tmp_path / f"out.{form}")]
    assert batch(source, *outputs) == 0
    assert "your job 1 (Cartographer, September 2013" in (tmp_path / "out.jsonl").read_text("utf-8")
    assert batch(source, "--anonymise", *outputs) == 0
    for path in (tmp_path / "out.jsonl", tmp_path / "out.json"):
        assert "Cartographer" not in path.read_text("utf-8")
        assert "Polders" not in path.read_text("utf-8")


def test_the_same_bytes_however_many_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B18: one process, two, and again: every format, in input order."""
    monkeypatch.setattr(pool, "CHUNK", 7)
    for turn, jobs in enumerate((1, 2, 1)):
        files = [word for form in FORMATS for word in ("-o", tmp_path / f"{turn}.{form}")]
        assert batch(CLASS / "class.csv", "--columns", CLASS / "class.columns.yaml", "--jobs", jobs, *files) == 0
    for form in FORMATS:
        one, two, again = [(tmp_path / f"{turn}.{form}").read_bytes() for turn in range(3)]
        assert one == two == again
    numbers = [json.loads(line)["number"] for line in (tmp_path / "1.jsonl").read_text("utf-8").splitlines()]
    assert numbers == list(range(1, 41))


def test_json_is_strict(hostile: dict[str, Path]) -> None:
    """No NaN, nothing twice, and half characters of a name are not half characters in the file."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    document = json.loads(hostile["json"].read_bytes().decode("utf-8"), object_pairs_hook=once, parse_constant=pytest.fail)
    assert document["schema_version"] == 1
    schema = json.loads((ROOT / "schema" / "batch.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    last = document["people"][-1]
    assert (last["read"], last["vacancies"], last["problems"][0]["code"]) == (False, [], "E203")


def test_codes_without_sentences(tmp_path: Path) -> None:
    """--no-reasons leaves the sentences out, what to do next among them, and nothing else."""
    source = write_folder(tmp_path / "p", [{"name": "Ann", "citizenships": ["FR"]}])
    assert batch(source, "-o", tmp_path / "a.jsonl") == 0
    assert batch(source, "--no-reasons", "-o", tmp_path / "b.jsonl") == 0
    full, codes = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("a.jsonl", "b.jsonl"))
    full.pop("next_question")
    for cell in full["vacancies"]:
        assert cell.pop("next_action")
        cell.pop("next_question")
        for point in cell["criteria"]:
            assert point.pop("reason")
    assert full == codes


# ------------------------------------------------------------------------------------------------- whole or not at all


def test_a_table_that_lies_among_the_profiles_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder reads profiles alone; the table of it is somebody's all the same, with or without a profile beside it, through a link as well."""
    table, below = tmp_path / "p" / "a.csv", tmp_path / "p" / "deep" / "b.jsonl"
    below.parent.mkdir(parents=True)
    table.write_text("name\nAnn\n", "utf-8")
    below.write_text("{}\n", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "p")
    for _ in range(2):
        for place, folder in ((table, "p"), (below, "p"), (tmp_path / "link" / "a.csv", "p"), (table, "link")):
            assert batch(tmp_path / folder, "-o", place) == 2
            assert "one of the inputs" in capsys.readouterr().err
        write_folder(tmp_path / "p", [{"name": "Ann"}])
    assert (table.read_text("utf-8"), below.read_text("utf-8")) == ("name\nAnn\n", "{}\n")
    assert batch(tmp_path / "p", "-o", tmp_path / "p" / "new.csv") == 0
    assert batch(tmp_path / "p" / "deep", "-o", tmp_path / "p" / "new.csv") == 3  # that one lies beside, not among


def test_a_folder_of_tables_alone_says_to_name_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is read of it, and the next thing to type is in the message."""
    (tmp_path / "a.csv").write_text("name\nAnn\n", "utf-8")
    assert batch(tmp_path) == 3
    assert str(tmp_path / "a.csv") in capsys.readouterr().err


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """Until everything is written the old file stays; a failure leaves nothing behind."""
    target = tmp_path / "a.csv"
    target.write_text("old", "utf-8")
    with Pending(str(target)) as pending:
        pending.file.write(b"new")
    assert target.read_text("utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.csv"]
    with Pending(str(target)) as one, Pending(str(tmp_path / "b.csv")) as two:
        one.file.write(b"new")
        two.file.write(b"two")
        put_in_place([one, two])
    assert target.read_text("utf-8") == "new"
    assert sorted(os.listdir(tmp_path)) == ["a.csv", "b.csv"]


def test_no_file_is_replaced_where_another_cannot_be_written(tmp_path: Path) -> None:
    """Several outputs: all of them or none."""
    (tmp_path / "a.csv").write_text("old", "utf-8")
    source = write_folder(tmp_path / "p", [{"name": "Ann"}])
    assert batch(source, "-o", tmp_path / "a.csv", "-o", tmp_path / "missing" / "b.csv") == 2
    assert (tmp_path / "a.csv").read_text("utf-8") == "old"
    assert sorted(os.listdir(tmp_path)) == ["a.csv", "p"]


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A folder or a device under the name of an output is refused; a link goes on leading where it leads."""
    source = write_folder(tmp_path / "p", [{"name": "Ann"}])
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pipe.csv", "folder.csv"):
        assert batch(source, "-o", tmp_path / name) == 2
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert batch(source, "-o", tmp_path / "link.csv") == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("people", [1, 5, 6, 7, 20])
def test_parquet_keeps_every_row_in_order(people: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows become columns a few at a time, and groups of the file: none is lost at the seams."""
    monkeypatch.setattr("eligibility.batch.writers.parquet._ROWS", 3)
    monkeypatch.setattr("eligibility.batch.writers.parquet._BATCHES", 2)
    source = write_jsonl(tmp_path / "a.jsonl", [{"id": f"s{number}"} for number in range(people)])
    assert batch(source, "--jobs", "1", "-o", tmp_path / "a.parquet") == 0
    file = pyarrow.parquet.ParquetFile(tmp_path / "a.parquet")
    assert [row["id"] for row in file.read().to_pylist()] == [f"s{number}" for number in range(people)]
    assert file.num_row_groups == -(-people // 6)
