"""The language of a text, by its letters and its commonest words first: templates often declare the wrong one."""

import re
from collections.abc import Sequence

from articles.importing.pages import Block

UNKNOWN = "und"
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# Letters of one script, and the language that news in it is in where its words do not tell.
_SCRIPTS = (
    (re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f]"), "ar"),
    (re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"), ""),
    (re.compile(r"[\u05d0-\u05ea]"), "he"),
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
    (re.compile(r"[\u0530-\u058f]"), "hy"),
    (re.compile(r"[\u10d0-\u10ff]"), "ka"),
    (re.compile(r"[\u0710-\u072f]"), "syr"),
    (re.compile(r"[\u2d30-\u2d67]"), "zgh"),
    (re.compile(r"[\u1200-\u137f]"), "am"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
)
# Declared languages that are believed for text in the script.
_LATIN_DECLARED = re.compile(r"(?!(?:ar|fa|ur|ckb|ps|ug|he|iw|ru|el|hy|am|hi|ja|ko|zh|th)$)[a-z]{2,3}")
_CYRILLIC_DECLARED = frozenset(("ru", "uk", "bg", "sr", "mk", "be", "kk"))
# In Arabic the article is on every third or fourth word; the other languages borrow it in names only.
_ARABIC_ARTICLE = re.compile(r"\b[وفبك]?(?:ال|لل)[\u0620-\u064a]{2}")
_ARTICLE_SHARE = 0.1
# Letters that Arabic does not have. چ پ ژ گ occur in Arabic news as borrowed sounds, but not every few words; ک and ی
# are what a Persian keyboard writes, in Arabic too.
_LETTERS_OF = (
    ("ckb", re.compile(r"[ڕڵۆێە]")),
    ("ps", re.compile(r"[ټډړږښڼځڅۍې]")),
    ("ug", re.compile(r"[ۇۈۋېڭ]")),
    ("ur", re.compile(r"[ٹڈڑےںھہ]")),
    ("fa", re.compile(r"[پچژگکی]")),
)
_FOREIGN_SHARE = 0.03
# The commonest words, which no text of some length does without.
_WORDS_OF = {
    "fa": "از که این را با است برای آن می های یک شد خود تا کرد بر هم بود دو اين كه براي در به",
    "ur": "کے کی میں ہے اور سے کا کو نے پر کہ یہ اس ہیں بھی کر نہیں تھا ایک گیا",
    "en": "the of and to in is that for it was with as his on be at by this had from are have he not but they said",
    "fr": "le la les de des du et en un une est que dans pour qui sur au aux par plus avec ce il pas a été son ses",
    "es": "el la los las de y en que un una es por con para del se su al lo como más no pero sus fue ha",
    "de": "der die das und in den von zu mit ist des auf für im dem nicht ein eine als auch es an werden hat",
    "it": "il la di e che in un una per con del della i le non è sono da al dei nel alla più ha",
    "pt": "o a de e que em do da um uma para com os as no na por não mais dos das ao se foi",
    "tr": "ve bir bu için ile da de olarak olan daha çok sonra en kadar gibi ama ne türkiye olduğu dedi",
    "ku": "û li di de ji bo ku ev ne jî bi wê xwe yên ya bû ye hat",
    "nl": "de het een en van in is dat op te voor met zijn niet aan door die er ook als",
    "id": "yang dan di untuk dengan dari ini itu pada tidak dalam adalah akan ke oleh telah",
    "sv": "och i att det som en på är av för med den till inte har de om ett",
}
_FREQUENT = {language: frozenset(words.split()) for language, words in _WORDS_OF.items()}
_ARABIC_SCRIPT_WORDS = ("fa", "ur")
# A text is told by its beginning, its middle and its end, this much of each (in characters).
_SAMPLE = 1500
# Of all words so many are among a language's commonest ones.
_WORD_SHARE = 0.12
_TAG = re.compile(r"[a-z]{2,3}")


def language_of(title: str, blocks: Sequence[Block], declared: str = "") -> str:
    """An ISO 639 code, "und" where letters and words leave it open; by the body, not its headline.

    `declared` (as in HTML's lang) decides only between languages of the text's own script.
    """
    sample = _sample("\n".join(block.text for block in blocks) or title)
    if not _LETTER.search(sample):
        sample = title
    match = _TAG.match(declared.strip().lower())
    tag = match[0] if match else ""
    most, language = _script(sample)
    if not most:
        return UNKNOWN
    if language == "ar":
        return _of_arabic_script(sample, most)
    if language == "ru":
        return tag if tag in _CYRILLIC_DECLARED else "ru"
    if language:
        return language
    return _by_words(sample, [name for name in _FREQUENT if name not in _ARABIC_SCRIPT_WORDS]) or (
        tag if _LATIN_DECLARED.fullmatch(tag) else UNKNOWN
    )


def _script(sample: str) -> tuple[int, str]:
    """How many letters the sample has of the script that leads in it, and the language that this script stands for."""
    (arabic, name), *others = _SCRIPTS
    count = len(arabic.findall(sample))
    if 2 * count > len(_LETTER.findall(sample)):
        return count, name
    return max((count, name), *((len(letters.findall(sample)), other) for letters, other in others))


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _of_arabic_script(sample: str, letters: int) -> str:
    words = len(_WORD.findall(sample))
    if len(_ARABIC_ARTICLE.findall(sample)) > _ARTICLE_SHARE * words:
        return "ar"
    for language, pattern in _LETTERS_OF:
        if len(pattern.findall(sample)) > _FOREIGN_SHARE * letters:
            # Urdu has the letters of Persian and Persian not those of Urdu; their words are each their own.
            return (_by_words(sample, _ARABIC_SCRIPT_WORDS) or language) if language in ("fa", "ur") else language
    return _by_words(sample, _ARABIC_SCRIPT_WORDS) or "ar"


def _by_words(sample: str, languages: Sequence[str]) -> str:
    """The language of whose commonest words the sample has most; none where it has few of all."""
    words = _WORD.findall(sample.lower())
    shares = {name: sum(word in _FREQUENT[name] for word in words) for name in languages}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _WORD_SHARE * len(words) else ""
