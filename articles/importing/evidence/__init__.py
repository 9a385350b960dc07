"""What stands in a page beside its running text: figures, tables and embedded posts, as typed blocks of their own.

Each piece is a mapping of "kind", "after" (the number of the revision's block that it follows; 0 is the headline) and:

    figure  address of the image, alt, caption, credit: at least one of address and caption is not empty
    table   caption, heads (how many of the first rows are headings), rows (lists of cells), cut (whether it had more),
            spans (lists of row, column, rows, columns: cells over several places; the others of these are empty)
    post    platform (one of posts.PLATFORMS), address, handle ("@…"), author (the name shown), text (lines by "\\n")

Everything but heads, rows, cut and spans is a string, empty where the page says nothing. Addresses are absolute, http
or https; nothing is ever fetched from them. What is taken for evidence is taken out of the page, so that no caption and
no post becomes running text.
"""

from articles.importing.evidence.taking import Evidence, take_evidence

__all__ = ["Evidence", "take_evidence"]
