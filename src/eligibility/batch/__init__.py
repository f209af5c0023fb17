"""Many people against many vacancies: where they come from, how they are checked, what is written."""
