"""How Sphinx builds one language of the site; `scripts/build_docs.py` builds both, into folders that lie side by side."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import get_type_hints

from sphinx.application import Sphinx
from sphinx.config import Config

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "src"))
os.chdir(ROOT)  # the examples of docstrings read rules/ and profiles/

import eligibility  # noqa: E402  # the path comes first
from eligibility._version import VERSION  # noqa: E402

project = "eligibility"
author = "eligibility"
release = version = VERSION
html_show_copyright = False
html_last_updated_fmt = None

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "attrs_inline", "deflist"]
exclude_patterns = ["fr", "_*"]
locale_dirs = [str(HERE / "_locale")]  # not relative to the pages of one language
templates_path = ["_templates"]
default_role = "code"
highlight_language = "text"
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]
"""An example of a mistake need not be right YAML."""

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
_OURS = "Profile|Vacancy|Report|Finding|Diagnostic|Problems|Verdict|Outcome|Cause|Closing"
nitpick_ignore_regex = [(r"py:.*", rf"(?!eligibility\.({_OURS})$).*")]
"""The types of other projects, and our inner ones, have no page here."""

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"top_of_page_buttons": [], "navigation_with_keys": True}
html_sidebars = {
    "**": [
        "sidebar/brand.html", "sidebar/language.html", "sidebar/search.html", "sidebar/scroll-start.html", "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}  # fmt: skip

TITLES = {"en": "eligibility", "fr": "eligibility"}
LABELS = {"en": ("Language", "Read this page in French"), "fr": ("Langue", "Lire cette page en anglais")}


def of_language(app: Sphinx, config: Config) -> None:
    """What differs between the languages."""
    language = config.language
    other = "fr" if language == "en" else "en"
    config.html_title = TITLES[language]  # type: ignore[attr-defined]  # Sphinx makes them of its settings
    config.html_context = {  # type: ignore[attr-defined]  # the same
        "other_language": other, "other_name": {"en": "English", "fr": "Français"}[other],
        "this_name": {"en": "English", "fr": "Français"}[language], "language_label": LABELS[language],
    }  # fmt: skip


def without_annotations(app: Sphinx) -> None:
    """What Pydantic is told beside a type (how to write it as JSON) says nothing to a reader: only the type is shown."""
    for model in (eligibility.Report, eligibility.Finding):
        model.__annotations__ = {name: hint for name, hint in get_type_hints(model).items() if name in model.__annotations__}


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("config-inited", of_language)
    app.connect("builder-inited", without_annotations)
