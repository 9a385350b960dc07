"""Marks on their way out: database → records → file.

`wanted` says what of the marks is asked for, `scopes` of which articles; `rows` asks the database and `gathering` makes
records of what it answers, as far as the sources' rights let them out; `writing` writes a file, `running` does so in
the background; `told` says in words what was left out.
"""
