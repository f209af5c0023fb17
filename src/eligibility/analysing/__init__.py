"""What is true of rules whoever comes: who passes and who just fails, what nobody can meet, what a change changes.

People are made up and searched for; the engine says what each of them gets, and nothing is claimed that it has not said.
"""
