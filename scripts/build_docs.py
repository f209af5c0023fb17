"""Builds the site of the documentation, in English and French, from `docs/`; `docs/fr/` holds the French of every page.

    python scripts/build_docs.py             writes the reference pages, builds both languages into build/docs, checks the result
    python scripts/build_docs.py --check     only says whether the reference pages and the French pages are fresh
    python scripts/build_docs.py --reviewed  notes that the French of every page says what its English says now, and sets its spaces

A warning of Sphinx is an error. A French page keeps, in `docs/fr/reviewed.json`, what each section of its English page was when it was
translated: when that changes, the page is out of date until somebody has looked at it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from docs_reference import DOCS, LANGUAGES, ROOT, pages, spaced

OUTPUT = ROOT / "build" / "docs"
REVIEWED = DOCS / "fr" / "reviewed.json"
_FENCE = re.compile(r"^(```+|~~~+)")


def folder_of(language: str) -> Path:
    """Where the pages of a language are."""
    return DOCS if language == "en" else DOCS / language


def written_pages() -> list[str]:
    """The pages that people write, in English: `semantics.md`."""
    return sorted(path.name for path in DOCS.glob("*.md"))


def sections(text: str) -> list[tuple[str, str]]:
    """The headings of a page with what stands below each; the text before the first heading has an empty one."""
    found: list[tuple[str, list[str]]] = [("", [])]
    closing = ""
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if closing:
            closing = "" if line.strip() == closing else closing
        elif fence:
            closing = fence[1]
        elif re.match(r"#{1,6} ", line):
            found.append((line, []))
            continue
        found[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in found]


def marks(text: str) -> dict[str, str]:
    """For each section of a page, a mark that changes when its words do; what only the program prints is left out."""
    plain = re.sub(r"<!-- run[^>]*-->\n+```console\n(\$ .*\n)(?:.*\n)*?```", r"\1", text)
    plain = re.sub(r"```\w+ \w+\n(?:.*\n)*?```", "", plain)
    return {
        heading.lstrip("# "): hashlib.sha256(" ".join(body.split()).encode()).hexdigest()[:12]
        for heading, body in sections(plain)
        if heading or body.strip()
    }


def stale() -> Iterator[str]:
    """What is not as it should be: reference pages, pages without French, French pages whose English has changed."""
    for language in LANGUAGES:
        folder = folder_of(language) / "reference"
        fresh = pages(language)
        for name, text in fresh.items():
            path = folder / f"{name}.md"
            if not path.exists() or path.read_text("utf-8") != text:
                yield f"{path.relative_to(ROOT)}: stale; run python scripts/build_docs.py"
        for path in sorted(folder.glob("*.md")):
            if path.stem not in fresh:
                yield f"{path.relative_to(ROOT)}: no longer a page"
    yield from untranslated()


def untranslated() -> Iterator[str]:
    """Pages without French, French pages whose English has changed, and French pages of nothing."""
    known = json.loads(REVIEWED.read_text("utf-8"))
    for name in written_pages():
        french = DOCS / "fr" / name
        if not french.exists():
            yield f"docs/fr/{name}: missing; docs/{name} has no French"
            continue
        now, before = marks((DOCS / name).read_text("utf-8")), known.get(name, {})
        for heading in [one for one in now if now[one] != before.get(one)] + [one for one in before if one not in now]:
            yield f"docs/fr/{name}: the English section '{heading}' has changed since it was translated; compare, then run --reviewed"
        ours, theirs = ([re.match("#*", one)[0] for one, _ in sections(path.read_text("utf-8"))] for path in (french, DOCS / name))  # type: ignore[index]  # it matches any text
        if ours != theirs:
            yield f"docs/fr/{name}: its headings are not those of docs/{name}"
    for path in sorted((DOCS / "fr").glob("*.md")):
        if not (DOCS / path.name).exists():
            yield f"docs/fr/{path.name}: has no English page"


def write_reference() -> None:
    """Write every reference page."""
    for language in LANGUAGES:
        folder = folder_of(language) / "reference"
        folder.mkdir(exist_ok=True)
        fresh = pages(language)
        for path in folder.glob("*.md"):
            if path.stem not in fresh:
                path.unlink()
        for name, text in fresh.items():
            path = folder / f"{name}.md"
            if not path.exists() or path.read_text("utf-8") != text:  # an untouched page need not be read again
                path.write_text(text, "utf-8")


def review() -> None:
    """Note what the English pages are now, and give the French ones their spaces."""
    for path in (DOCS / "fr").glob("*.md"):
        path.write_text(spaced(path.read_text("utf-8")), "utf-8")
    known = {name: marks((DOCS / name).read_text("utf-8")) for name in written_pages() if (DOCS / "fr" / name).exists()}
    REVIEWED.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def build() -> int:
    """Build both languages; the number of builds that failed."""
    builds = []
    for language in LANGUAGES:
        command = [
            sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-n", "-b", "html", "-c", str(DOCS), "-D",
            f"language={language}",
            "-d", str(OUTPUT / ".doctrees" / language), str(folder_of(language)), str(OUTPUT / language),
        ]  # fmt: skip
        builds.append(subprocess.Popen(command, cwd=ROOT))
    failed = sum(one.wait() != 0 for one in builds)
    shutil.copy(DOCS / "_first.html", OUTPUT / "index.html")
    return failed


class Links(HTMLParser):
    """What a page loads, what it links to, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids.update(found[name] for name in ("id", "name") if name in found)
        if tag in ("a", "area"):
            self.linked += [found["href"]] if "href" in found else []
        else:
            self.loaded += [found[name] for name in ("src", "href", "data", "poster") if name in found]


def broken(output: Path) -> Iterator[str]:
    """Links to pages or places that are not there, and anything that another host would have to send."""
    seen = {path: Links(path.read_text("utf-8")) for path in sorted(output.rglob("*.html"))}
    for path, links in seen.items():
        name = path.relative_to(output)
        for target in links.loaded:
            if urlsplit(target).scheme not in ("", "data") or target.startswith("//"):
                yield f"{name}: loads {target} from another host"
        for target in (*links.linked, *links.loaded):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not there.is_file():
                yield f"{name}: there is no {target}"
            elif parts.fragment and there.suffix == ".html" and unquote(parts.fragment) not in (*seen[there].ids, "top"):
                yield f"{name}: there is no place {target}"
    for path in sorted(output.rglob("*.css")):
        for target in re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]+)", path.read_text("utf-8")):
            yield f"{path.relative_to(output)}: loads {target} from another host"
    for name in sorted({path.relative_to(output / "en") for path in (output / "en").rglob("*.html")}):
        if not (output / "fr" / name).exists():
            yield f"fr/{name}: missing"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Builds the site of the documentation.")
    parser.add_argument("--check", action="store_true", help="only say whether the reference pages and the French pages are fresh")
    parser.add_argument("--reviewed", action="store_true", help="note that the French of every page is up to date")
    asked = parser.parse_args(arguments)
    if asked.reviewed:
        review()
    if asked.check or asked.reviewed:
        problems = list(stale() if asked.check else untranslated())
        print("\n".join(problems), end="\n" if problems else "")
        return 1 if problems else 0
    write_reference()
    failed = build()
    problems = list(broken(OUTPUT)) if not failed else []
    print("\n".join(problems), end="\n" if problems else "")
    if not failed and not problems:
        print(f"{OUTPUT / 'index.html'}")
    return 1 if failed or problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
