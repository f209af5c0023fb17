"""The page of a comparison of two rules over people. It has no script and asks nothing of anybody; every text is made safe and escaped."""

from __future__ import annotations

from eligibility.batch.between import WAYS, Between
from eligibility.batch.writers.templates import environment, markup_file, policy_hash
from eligibility.wording import Words


def page(between: Between, title: str, heading: str, words: Words) -> str:
    """The page as HTML; `heading` says what is compared. Raises MissingExtra."""
    style = markup_file("compared.css")
    made: str = environment().get_template("compared.html").render(
        t=words.text, number=words.number, language=words.language, title=title, heading=heading, between=between, ways=WAYS,
        style=style, hash=policy_hash(str(style)),
    )  # fmt: skip
    return made
