"""Claims become cases that the newsroom checks: opened, assigned, weighed, decided by two, published and corrected."""
