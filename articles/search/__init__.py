"""Searching the articles: an index derived from PostgreSQL, what is asked of it, and what is shown of its answers.

index       the index on disk, and how it follows the articles
analysing   the words of documents and queries, read alike
asking      the query language
finding     a page of results
faceting    counts by which results are narrowed
passages    what is shown of a text, with the words that were asked for
"""
