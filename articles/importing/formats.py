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
}
FORMATS = tuple(dict.fromkeys(_FORMATS.values()))


def format_of(path: PurePath | str, given: str = "") -> str:
    """The format of a file, or nothing for one of another kind.

    What is given goes before what the name says, except that a ZIP stays one: the format is then its members'.
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    told = _FORMATS.get("".join(suffixes[-2:])) or _FORMATS.get("".join(suffixes[-1:]), "")
    return told if told == "zip" else given or told
