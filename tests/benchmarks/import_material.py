"""What the import benchmarks read: the saved real pages made into many, and slices of the newspaper corpus."""

import gzip
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from articles.importing.decoding.encoding import decode

DATA = Path(__file__).parents[3] / "shared" / "data"
CORPUS = DATA / "articles" / "saudinewsnet.jsonl.gz"
PARTS = 20
# Enough for the pages of a round.
_ARTICLES_OF_A_SEED = 500

# What readers see as running text, as opposed to menus; and what says which page it is.
_PASSAGE = re.compile(r"(<[^<>]*>)([^<>]{60,}(?<!\s))")
_MARKS = frozenset('.!؟»"')
_SCRIPTS = re.compile(r"(?is)(<(script|style)\b.*?</\2>)")
_TITLES = re.compile(r"(?is)(<title[^>]*>|<h1[^>]*>)[^<]*")
_OWN_ADDRESS = re.compile(r"""(?is)(<(?:link|meta)\b[^>]*(?:canonical|og:url)[^>]*?(?:href|content)=["'])[^"']*""")
_CHARSET = re.compile(r"""(?i)charset=(["']?)[\w-]+""")


def is_there() -> bool:
    return CORPUS.is_file() and any((DATA / "html").glob("*.html"))


def corpus() -> Iterator[dict[str, str]]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_articles(path: Path, number: int, *, part: int) -> Path:
    """The first so many articles of one of PARTS parts of the corpus; each part is spread over all its outlets."""
    chosen = islice(islice(corpus(), part, None, PARTS), number)
    path.write_text("".join(f"{json.dumps(article, ensure_ascii=False)}\n" for article in chosen), encoding="utf-8")
    return path


def write_pages(folder: Path, number: int, *, seed: int) -> Path:
    """So many pages laid out like the real ones, each with a text, a headline and an address of its own.

    A page's longer passages are replaced by as much running text of the corpus, so that no page is a copy of another.
    """
    folder.mkdir(parents=True)
    templates = [decode(file.read_bytes()) for file in sorted((DATA / "html").glob("*.html"))]
    articles = islice(corpus(), _ARTICLES_OF_A_SEED * seed, None)
    words = (word for article in articles for word in f"{article['title']} {article['text']}".split())
    for place in range(number):
        page = _page(templates[place % len(templates)], words, f"{seed}-{place}")
        (folder / f"{place:05}.html").write_text(page, encoding="utf-8")
    return folder


def _page(template: str, words: Iterator[str], name: str) -> str:
    def passage(found: re.Match[str]) -> str:
        """Of the same length, and with the same mark at its end; links keep their text."""
        tag, before = found.groups()
        if tag.lower().startswith("<a"):
            return found[0]
        end = before.rstrip()[-1]
        return f"{tag}{_text(words, len(before))}{end if end in _MARKS else ''}"

    title = f"{_text(words, 50)} {name}"
    page = "".join(
        part if index % 3 else _PASSAGE.sub(passage, part)
        for index, part in enumerate(_SCRIPTS.split(template))
        if index % 3 != 2
    )
    page = _TITLES.sub(lambda found: f"{found[1]}{title}", page)
    page = _OWN_ADDRESS.sub(lambda found: f"{found[1]}https://bench.example/news/{name}", page)
    return _CHARSET.sub(r"charset=\1utf-8", page)


def _text(words: Iterator[str], length: int) -> str:
    text = ""
    while len(text) < length:
        text += f"{next(words)} "
    return text.rstrip().replace("<", " ")
