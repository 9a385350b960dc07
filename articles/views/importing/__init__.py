"""/imports/: starting an import, watching it, what failed in it; and feeds."""
