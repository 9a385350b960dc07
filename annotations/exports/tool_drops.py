"""What the formats of annotation tools and corpora leave out, beside what all formats with one text count alike.

Here, and not in the formats' own modules, so that a list of formats is shown without loading what writes them.
"""

from annotations.exports.dropped import (
    BLOCKS,
    DISTINCTION,
    EARLIER_TEXT,
    EARLIER_WORDS,
    ENTITY,
    NO_TEXT,
    NOT_STANDING,
    RECOGNISER,
    REJECTED,
    dropped_words,
)

# brat
BLANK = "mark over white space alone"
BORDER = "border of a part of a mark at the end of a line"
# CoNLL
OVERLAP = "mark over another one in its column"
GROWN = "place of a mark within a word"
CUT = "mark that goes on in the next sentence"
INTERRUPTED = "link between the parts of a mark"
# WebAnno TSV
GAP = "white space between sentences"
NO_SPEAKER = "attribution to no marked words"
WHO = "name or entity of an attribution"
# XML
ILLEGAL = "character that XML cannot hold"
COMMENT_DETAILS = "answer, edit, deletion or mention of a comment"

# The fields of articles and marks that a format says.
CONLL_KEPT = frozenset({"quote_type", "url", "source", "published_at", "language"})
WEBANNO_TSV_KEPT = frozenset({"uuid", "status", "note", "quote_type", "stance", "translated", "quote", "attributions"})

_ONE_TEXT = (NO_TEXT, EARLIER_TEXT, EARLIER_WORDS, NOT_STANDING)
BRAT = (*_ONE_TEXT, BLANK, BORDER)
XMI = (*_ONE_TEXT, RECOGNISER, ILLEGAL)
TEI = (*_ONE_TEXT, ILLEGAL, COMMENT_DETAILS)
CONLL = (
    *(*_ONE_TEXT, REJECTED, OVERLAP, GROWN, CUT, INTERRUPTED, BLOCKS, ENTITY, DISTINCTION, RECOGNISER),
    *dropped_words(kept=CONLL_KEPT),
)
WEBANNO_TSV = (
    *(*_ONE_TEXT, GAP, NO_SPEAKER, WHO, BLOCKS, DISTINCTION, RECOGNISER),
    *dropped_words(kept=WEBANNO_TSV_KEPT),
)
