"""Kinds of files, told by their names."""

from pathlib import PurePath

_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".tsv": "tsv",
    ".tsv.gz": "tsv",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".zip": "zip",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "xml",
    ".xml.gz": "xml",
}
# What lists pages that stand elsewhere. XML may be either, or a page of XHTML; its first element tells.
LISTS = ("feed", "sitemap", "addresses")
FORMATS = tuple(dict.fromkeys((*(kind for kind in _FORMATS.values() if kind != "xml"), *LISTS)))


def format_of(path: PurePath | str, given: str = "") -> str:
    """The format of a file, or nothing for one of another kind.

    What is given goes before what the name says, except that a ZIP stays one: the format is then its members'.
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    told = _FORMATS.get("".join(suffixes[-2:])) or _FORMATS.get("".join(suffixes[-1:]), "")
    return told if told == "zip" else given or told


def content_format_of(path: PurePath | str, given: str = "") -> str:
    """The same for a file that was not named itself: what only lists pages elsewhere is none of a folder's or ZIP's."""
    kind = format_of(path, given)
    return kind if given or kind not in ("xml", *LISTS) else ""
