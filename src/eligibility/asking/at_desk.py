"""What to ask each of many people next: the question of `ask`, at the desk of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eligibility.asking.phrases import Phrases
from eligibility.asking.ranking import Ranking, Vacant
from eligibility.batch.desk import Asking, Desk, Job
from eligibility.profile import Profile
from eligibility.redacted import bare, shown_data
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy


class AskingDesk(Desk):
    """Checks whoever comes, and says what to ask them next."""

    def __init__(self, job: Job, reference: Reference | None = None, vacancies: Sequence[Vacancy] | None = None) -> None:
        super().__init__(job, reference, vacancies)
        self._phrases = Phrases(self.words, self.reference, self.vacancies)
        self._phrases.quotes = not job.anonymise

    def asking(self, data: Mapping[str, Any], profile: Profile, vacancies: Sequence[Vacancy]) -> Asking:
        """The question that settles most of each vacancy, and the one that settles most of all."""
        ranking = Ranking([Vacant(one, self.job.on) for one in vacancies], self.reference)
        ranking.learn(data, profile)
        if self.job.redact:  # what is asked follows from what is known; the words hold none of it
            data = shown_data(bare(profile))
        of_all, each = ranking.next(), ranking.next_of_each()
        said = {name: self._phrases.text(question, data) for name, question in each.items()}
        return Asking(said, None if of_all is None else self._phrases.text(of_all, data))
