"""Takes the pictures of the HTML pages that the README and the documentation show: our invented class and one of our people.

    python scripts/build_pictures.py            writes docs/pictures/*.png and docs/fr/pictures/*.png

The pages are made of `profiles/` and `rules/` on a day of their own, and a headless Chromium (`CHROMIUM`, else that of the system) takes
the picture of what stands on their first screen. What the pages say is not compared: run it when a page looks different, and look at it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ON = "2024-03-20"
FOLDERS = {"en": ROOT / "docs" / "pictures", "fr": ROOT / "docs" / "fr" / "pictures"}
CLASS = ["batch", "profiles/class/class.csv", "--columns", "profiles/class/class.columns.yaml"]
PAGES = {"class-page": CLASS, "person-page": ["check", "profiles/nadia.yaml"]}
SIZE = {"width": 1120, "height": 720}
MOST = 150_000
"""A picture is no larger than this many bytes: a reader of the README loads all of them."""


def made(command: list[str], language: str, path: Path) -> Path:
    """The page that a command writes."""
    words = [*command, "--rules", "rules", "--on", ON, "--lang", language, "-o", str(path)]
    subprocess.run([sys.executable, "-m", "eligibility", *words], cwd=ROOT, check=True, capture_output=True)
    return path


def main() -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    large = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language, folder in FOLDERS.items():
            folder.mkdir(exist_ok=True)
            for page, command in PAGES.items():
                tab = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce", locale=language)
                tab.goto(made(command, language, Path(name) / f"{page}.{language}.html").as_uri())
                tab.wait_for_timeout(500)  # the script of the page puts itself in order
                picture = folder / f"{page}.png"
                tab.screenshot(path=picture)
                tab.close()
                size = picture.stat().st_size
                large += size > MOST
                print(f"{picture.relative_to(ROOT)}: {size:,} bytes{'' if size <= MOST else f', of at most {MOST:,}'}")
        browser.close()
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main())
