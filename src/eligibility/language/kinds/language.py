"""Languages: which, at what level, in which skills, by which test."""

from eligibility.language.kind import Kind

LANGUAGE = Kind(
    name="language",
    source="languages",
    identity="language",
    named_by="language",
    proof="levels",
    other_words="langue langues",
    state=True,
    filters={"of": "language_of", "level": "cefr", "skills": "skills", "test": "test", "valid": "valid", "native": "flag"},
    options=("different",),
    doc="""A language at a level. The level is the lowest of the skills asked for (all of them, unless `skills` names some);
a mother tongue counts as C2. A word such as `{said: fluent}` asks for a range of levels. `at_least: 2` asks for that many
of the languages; `different` for different languages with different demands. `valid: true` asks for the result of a test that is
still valid on the day, by the rule of the test.""",
    examples=(
        "{kind: language, of: [en, fr], level: {at_least: C1}, skills: [writing]}",
        "{kind: language, of: [ar, en, fr], level: {at_least: B2}, at_least: 2}",
        "{kind: language, different: [{of: EU, level: {at_least: C1}}, {of: EU, level: {at_least: B2}}]}",
        "{kind: language, of: en, test: {ielts: 7, toefl_ibt: 95}}",
        "{kind: language, of: en, test: {ielts: 7}, valid: true}",
        "{kind: language, of: fr, level: {said: fluent}}",
    ),
)
