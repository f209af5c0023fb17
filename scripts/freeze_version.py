"""Keep the rules, profiles and cases of this version, and what it answers, in `tests/compatibility/VERSION`: what was written for it has to
read and answer the same in every later one.

    python scripts/freeze_version.py     once, when a version is made
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eligibility import check, load_profile, load_vacancy
from eligibility._version import VERSION

ROOT = Path(__file__).resolve().parent.parent
ON = date(2024, 1, 10)
FOLDERS = {"rules": ROOT / "rules", "profiles": ROOT / "profiles", "cases": ROOT / "tests" / "cases"}


def answers(folder: Path) -> Iterator[str]:
    """What each profile of a folder is answered, vacancy by vacancy, as lines of YAML."""
    vacancies = [load_vacancy(path) for path in sorted((folder / "rules").glob("*.yaml")) if ".cases." not in path.name]
    for path in sorted((folder / "profiles").glob("*.yaml")):
        yield f"{path.stem}:"
        person = load_profile(path)
        for vacancy in vacancies:
            report = check(vacancy, person, ON)
            told = {"outcome": report.outcome, **{one.id: one.verdict for one in report.findings}}
            yield f"  {vacancy.id}: {{{', '.join(f'{name}: {word}' for name, word in told.items())}}}"


def main() -> None:
    folder = ROOT / "tests" / "compatibility" / VERSION
    if folder.exists():
        raise SystemExit(f"{folder} is there: what a version answered is never written again")
    for name, source in FOLDERS.items():
        (folder / name).mkdir(parents=True)
        for path in sorted(source.glob("*.yaml")):
            shutil.copy(path, folder / name)
    first = f"# What version {VERSION} answered on {ON:%-d %B %Y}: profile, vacancy, then the outcome and each criterion."
    (folder / "answers.yaml").write_text("\n".join([first, *answers(folder), ""]), "utf-8")


if __name__ == "__main__":
    main()
