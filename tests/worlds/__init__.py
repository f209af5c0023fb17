"""A second, slow and obvious evaluator of the rule language, and what it says of the engine.

The engine answers with ranges; this package answers for one *world* at a time: every date exact, every fact known, every doubt
settled one way. A world is decided by sets of days and plain loops, from the raw mappings of a rule and a profile (as YAML gives
them), and a key or a form that is not known here is an error. What a profile leaves open makes many worlds, and an answer of the
engine is right when it holds in all of them.

No code is shared with the engine beyond parsing YAML and the reference data (`eligibility.reference`).

The parts, each with what it offers to the others:

- `evaluate.decide(rule, criterion, person, world) -> str` — "pass", "fail", "not_applicable" or "readings" (the answer depends on
  how the recruiter counts, which no fact settles) of one criterion in one world. Raises `world.UnknownKey` for a key, kind or form
  that it does not know.
- `world.World(on, answers, menu, choose)` — the day of application, and the answers to the questions that rule and profile leave open.
  `choose` takes one of the answers that there may be to a question that has none yet. An exact profile asks nothing.
- `worlds.worlds(rule, criterion, person, on) -> Iterator[tuple[World, str]]` — the worlds that fit, each with its answer;
  `worlds.verdict(rule, criterion, person, on) -> (frozenset of answers, exhaustive)`.
- `compare.compare(rule, person, on) -> list[Difference]` — engine and worlds, criterion by criterion. The kinds of difference are
  `unsound_pass`, `unsound_fail`, `needless_unknown`, `key_mismatch` and `crash`.
- `generate`, `grammar` — rules over the whole grammar with profiles near every boundary; `__main__` runs, shrinks and writes cases.

Rules, criteria and profiles are plain mappings; dates are texts or `datetime.date`; `on` is a `datetime.date`.
"""
