"""A batch that wants words only is checked in columns, and writes the same bytes as one that is checked person by person."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

import eligibility.cli.batch as command
from eligibility.batch.desk import Done, Job
from eligibility.batch.writers import Choice
from eligibility.columns import desk
from tests.worlds.__main__ import rules

from .material import PROFILES, ROOT, VACANCIES

FIRST = {"id": "first", "birth_date": "1990-05-20", "degrees": [{"level": 7, "awarded": "2014-06-30"}]}
ODD: list[Any] = [
    {**FIRST, "degrees": [{"level": 7.0, "awarded": "2014-06-30"}]},
    {**FIRST, "degrees": [{"level": True, "awarded": "2014-06-30"}]},
    {**FIRST, "degrees": [{"level": "7", "awarded": "2014-06-30"}]},
    {**FIRST, "degrees": [{"level": 70, "awarded": "2014-06-30"}]},
    {**FIRST, "degrees": [{"level": None, "awarded": "2014-06-30"}]},
    {**FIRST, "degrees": FIRST["degrees"] * 2},
    {**FIRST, "degrees": {"level": 7}},
    {**FIRST, "degrees": []},
    {**FIRST, "birth_date": 1990},
    {**FIRST, "birth_date": "1990"},
    {**FIRST, "birth_date": "20/05/1990"},
    {**FIRST, "birth_date": ["1990-05-20"]},
    {**FIRST, "birth_date": 1},
    {**FIRST, "birth_date": True},
    {**FIRST, "facts": {"full_rights": None}},
    {**FIRST, "facts": {"full_rights": "yes"}},
    {**FIRST, "facts": {"full_rights": True, "nobody_asks": False}},
    {**FIRST, "facts": {}},
    {**FIRST, "id": 12},
    {**FIRST, "id": ""},
    {**FIRST, "id": "e\u0301lodie", "name": "E\u0301lodie"},
    {**FIRST, "name": "=1+1"},
    {**FIRST, "name": "a\x07b"},
    {**FIRST, "phone": "33"},
    {**FIRST, "citizenships": ["FR", "Atlantis"]},
    {**FIRST, "citizenships": ["France"]},
    {**FIRST, "citizenships": [{"country": "FR"}, {"country": "FR"}]},
    {**FIRST, "citizenships": "FR"},
    {**FIRST, "citizenships": []},
    {**FIRST, "domicile": "CA-QC"},
    {**FIRST, "domicile": ["CA-QC"]},
    {**FIRST, "experience": [{"from": "2020", "to": "2019"}]},
    {**FIRST, "experience": [{"from": "2015-01-01", "to": "ongoing", "employer": "ngo", "field": ["law", "ai_ethics"], "rate": "50%"}]},
    {**FIRST, "experience": [{"from": "2015-01-01", "to": "ongoing", "rate": 50.5, "hours_per_week": 20}]},
    {**FIRST, "experience": [{}]},
    {**FIRST, "experience": ["law"]},
    {**FIRST, "incomplete": ["experience"]},
    {**FIRST, "incomplete": "experience"},
    {**FIRST, "applications": [{"vacancy": VACANCIES[0].id, "submitted": "2024-01-02"}]},
    {**FIRST, "relatives": [{"relation": "spouse", "citizenships": ["DE"]}]},
    {**FIRST, "languages": [{"language": "en", "level": "C1"}, {"language": "français", "level": {"said": "good"}}]},
    {},
]
"""People whom columns may take for others, or for whom they have no place."""


def lines(folder: Path) -> str:
    """Everybody as JSON Lines, with lines that are none, among people of one form."""
    people = [json.dumps(one) for one in (*ODD, *PROFILES)]
    for one in itertools.islice(rules(5), 40):
        people += [json.dumps(meeting.person) for meeting in (one.meetings if one else ())]
    broken = [
        "{", '{"id": "a", "id": "b"}', "[1]", '{"birth_date": NaN}', '{"degrees": [{"level": 1e1}]}', '{"id": "a" , "id" : "b"}',
        '{"degrees": [{"level" :7, "level":6}]}', '{"degrees": [{"level": 7, "level": 7}], "id": "twice"}', '{"id": "two"} {"id": "three"}',
        '{"id":', '{"id": "in two lines"}}', '{"id": "one after"}', '{"id": "a\\u0007b"}', '{"id": "\\ud800"}', '{"id": "a\tb"}',
        '{"id": "a\u202eb"}', '{"domicile": "F\u202eR"}', '{"degrees": [{"level": 99999999999999999999999}]}', '{"degrees": [{"level": -0}]}',
        '{"degrees": [{"level": ' + "9" * 5000 + "}]}", '{"degrees": [{"level": 07}]}', '{"id": "trailing",}', '{"id": "x", "phone": null}',
        '{"birth_date": "1990-05-20T00:00:00"}', '{"birth_date": "1990-05-20 00:00"}', '{"birth_date": "1990-05-20T00:00:00Z"}', "{}", "{ }",
    ]  # fmt: skip
    broken += [json.dumps({**FIRST, "id": f"t{number}", "birth_date": "1990-05-20T00:00:00"}) for number in range(20)]
    alike = [json.dumps({**FIRST, "id": f"p{number}", "domicile": "FR"}) for number in range(20)]
    path = folder / "people.jsonl"
    path.write_text("\n".join([*alike, *people, *alike, *broken]) + "\n", "utf-8")
    return str(path)


def inputs(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    klass = ROOT / "profiles" / "class"
    yield lines(folder), {}
    for name in ("class.csv", "class.xlsx"):
        yield str(klass / name), {"columns": str(klass / "class.columns.yaml")}
    yield str(ROOT / "profiles"), {}


@pytest.mark.parametrize("at", range(4), ids=["jsonl", "csv", "xlsx", "folder"])
@pytest.mark.parametrize(
    ("more", "on"), [({}, "2024-03-27"), ({"anonymise": True}, "2023-09-15T12:00+02:00")], ids=["names", "anonymous"]
)
def test_the_same_bytes_with_columns_and_without(
    at: int, more: dict[str, Any], on: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """CSV on standard output, CSV and Parquet in files, problems on standard error, the exit code; with one process and with two."""
    people, asked = list(inputs(tmp_path))[at]
    together = 0

    def counted(self: desk.TableDesk, number: int, *rest: Any) -> Done:
        nonlocal together
        together += 1
        return made(self, number, *rest)

    made = desk.TableDesk._done
    monkeypatch.setattr(desk.TableDesk, "_done", counted)
    monkeypatch.setattr(desk, "ENOUGH", 4)
    found = []
    for number, (in_columns, jobs) in enumerate([(False, 1), (True, 1), (True, 2)]):
        monkeypatch.setattr(command, "wanted", desk.wanted if in_columns else lambda job: False)
        outputs = [str(tmp_path / f"{number}.csv"), str(tmp_path / f"{number}.parquet")]
        code = command.answer(
            command.Asked([people], str(ROOT / "rules"), on=on, lang=command.Language("en"), output=outputs, form="csv", jobs=jobs, **asked, **more)
        )
        streams = capfdbinary.readouterr()
        found.append((code, streams.out, streams.err, *(Path(path).read_bytes() for path in outputs)))
    assert found[1] == found[0]
    assert found[2] == found[0]
    assert (together > 10) == (at != 3)  # a folder holds people in files, each of whom is read alone
    assert pyarrow.parquet.read_table(tmp_path / "0.parquet").num_rows > 10


def test_who_wants_criteria_or_sentences_is_not_asked_in_columns() -> None:
    job = Job((), date(2024, 1, 1), "en")
    assert desk.wanted(job._replace(outputs=(Choice("csv"), Choice("parquet"))))
    assert not desk.wanted(job)
    assert not desk.wanted(job._replace(outputs=(Choice("csv"),), nearly=1))
    assert not desk.wanted(job._replace(outputs=(Choice("csv"), Choice("parquet", "long"))))
    assert not desk.wanted(job._replace(outputs=(Choice("html"),)))
