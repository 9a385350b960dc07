"""Pages of checks: the lists and the board, one check, and what is done to it."""
