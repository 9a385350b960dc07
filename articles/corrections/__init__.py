"""People's corrections of an article: each is a revision of its own, and no import undoes it."""
