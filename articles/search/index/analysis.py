"""Which analysis made an index: one that was made by another is not asked for what today's would have put into it."""

import hashlib
from functools import cache

from articles.language.clitics import STEMS_FILE
from articles.language.lexicon import DATA
from articles.language.stems import WORD_LISTS
from articles.search.analysing.fields import text_fields

_FILES = (
    STEMS_FILE,
    *(DATA / name for name in (*WORD_LISTS, "spelling_variants.tsv", "countries.tsv", "places.tsv")),
)
# Read by every rule of the analysis once: attached letters, plurals, spellings, marks, digits and Latin letters.
_SAMPLE = (
    "وللوزراء في أميركا وأمريكا قوانينُ جديدة، فبالمستشفيات جرائـمُ ومشاريع",
    "قال نتنياهو ونتانياهو إن ١٢٬٥٠٠ عنصراً من القنابل وصلوا إلى لواشنطن وطهران في 2,015.5 يوماً؛ Reuters و AT&T"
    " سيكتبونها بأسلحتهم، والكاتبتان مسؤولون عن رسائلهم إليكم أو عواصمهما، فسألتمونيها عن الإسرائيليين والعربية",
)


@cache
def analysis_version() -> str:
    """Differs where a data file does, or what becomes of a sample text; that a comment changed in the code does not."""
    digest = hashlib.sha256()
    for file in _FILES:
        digest.update(file.read_bytes())
    for field, terms in sorted(text_fields(*_SAMPLE).items()):
        digest.update(f"{field}: {terms}\n".encode())
    return digest.hexdigest()[:16]
