"""The site: its reference pages are fresh, every page and sentence has French, its examples run, and its links are looked at.

`scripts/build_docs.py` builds it, which needs Sphinx; CI does. These tests need no more than the others.
"""

from __future__ import annotations

import doctest
import json
import re
import sys
from pathlib import Path

import pytest

from eligibility import cli

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "scripts"))

import build_docs  # noqa: E402  # after the path
import docs_reference  # noqa: E402


def test_pages_are_fresh_and_translated() -> None:
    """Reference pages are what the code gives, and the French of every page is up to date."""
    assert list(build_docs.stale()) == []


def test_reference_is_the_same_in_every_process() -> None:
    """Nothing in a page depends on the order of a set."""
    assert docs_reference.pages("fr") == docs_reference.pages("fr")


def test_sentences_of_the_site_have_french() -> None:
    """Both files of words have the same keys."""
    english, french = (json.loads((DOCS / "_words" / f"{name}.json").read_text("utf-8")) for name in ("en", "fr"))
    assert set(english) == set(french)


def test_usage_lines_have_no_brackets_in_brackets() -> None:
    """`eligibility explain [CODE]`: Typer adds the brackets, a name for people has none."""
    for command in cli.program(cli.COMMANDS).commands.values():
        for parameter in command.params:
            assert "[" not in (parameter.metavar or "")


def test_a_changed_english_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new page, a new section and a changed sentence make the French out of date; a changed output of the program does not."""
    (tmp_path / "fr").mkdir()
    page = "# Title\n\nOne.\n\n## Two\n\n<!-- run -->\n```console\n$ eligibility list\nold\n```\n"
    monkeypatch.setattr(build_docs, "DOCS", tmp_path)
    monkeypatch.setattr(build_docs, "REVIEWED", tmp_path / "fr" / "reviewed.json")
    (tmp_path / "page.md").write_text(page, "utf-8")
    (tmp_path / "fr" / "page.md").write_text("# Titre\n\n## Deux\n", "utf-8")
    build_docs.review()
    assert list(build_docs.untranslated()) == []
    (tmp_path / "page.md").write_text(page.replace("\nold", "\nnew"), "utf-8")
    assert list(build_docs.untranslated()) == []
    (tmp_path / "page.md").write_text(page.replace("One.", "Three."), "utf-8")
    assert [line.partition(":")[0] for line in build_docs.untranslated()] == ["docs/fr/page.md"]
    (tmp_path / "page.md").write_text(f"{page}\n## More\n", "utf-8")
    assert len(list(build_docs.untranslated())) == 2
    (tmp_path / "other.md").write_text("# Other\n", "utf-8")
    assert "docs/fr/other.md: missing; docs/other.md has no French" in list(build_docs.untranslated())


def test_what_the_site_loads_and_links_to(tmp_path: Path) -> None:
    """Another host, a page that is missing, a place that is missing and a page without French are told."""
    for language in ("en", "fr"):
        (tmp_path / language).mkdir()
    (tmp_path / "en" / "a.html").write_text('<a href="b.html#there">b</a><a href="a.html#x">x</a><a href="https://example.org">e</a>', "utf-8")
    (tmp_path / "en" / "b.html").write_text('<p id="there"><img src="https://example.org/i.png"><a href="c.html">c</a>', "utf-8")
    (tmp_path / "fr" / "a.html").write_text("", "utf-8")
    (tmp_path / "en" / "s.css").write_text("@import url(https://fonts.example/x.css);", "utf-8")
    assert sorted(build_docs.broken(tmp_path)) == [
        "en/a.html: there is no place a.html#x",
        "en/b.html: loads https://example.org/i.png from another host",
        "en/b.html: there is no c.html",
        "en/s.css: loads https://fonts.example/x.css from another host",
        "fr/b.html: missing",
    ]


@pytest.mark.parametrize("path", sorted((DOCS / "fr").rglob("*.md")), ids=lambda path: path.name)
def test_french_typography(path: Path) -> None:
    """A space before `: ; ? ! »` and after `«` is one at which no line breaks; `--reviewed` sees to it."""
    text = path.read_text("utf-8")
    assert build_docs.spaced(text) == text


def test_spaces_are_set_in_text_only() -> None:
    """Code, links and comments are left as they are."""
    page = "« a » : b ? **c :** `d : e`\n\n<!-- f : g -->\n```yaml\nh : i\n```\n[j : k](l : m)\n"
    assert build_docs.spaced(page) == page.replace("« a » : b ?", "«\u00a0a\u00a0»\u00a0: b\u00a0?").replace("**c :**", "**c\u00a0:**").replace("[j :", "[j\u00a0:")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_examples_of_the_library(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page on the library shows is what Python says; so is the example of the package itself."""
    import eligibility

    monkeypatch.chdir(ROOT)
    path = DOCS / "library.md" if language == "en" else DOCS / language / "library.md"
    examples = "\n".join(re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.S)) + (eligibility.__doc__ or "")
    test = doctest.DocTestParser().get_doctest(examples, {}, path.name, str(path), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.summarize(verbose=False).attempted > 8
    assert runner.summarize(verbose=False).failed == 0
