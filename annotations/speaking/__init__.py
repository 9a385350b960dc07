"""Who said what, and what was said about whom, across articles: lists that stay quick however large the archive is.

selecting.py says which quotes are somebody's, paging.py goes through them from the newest articles on, loading.py
brings them with their words as they stand now, telling.py makes entries of them (templates/annotations/said.html).
"""
