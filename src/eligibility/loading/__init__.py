"""Files to models: bytes, YAML with places, profiles and vacancies; every problem with its line and column."""
