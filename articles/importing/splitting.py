"""Formats that hold many articles in one stream, and what divides each into records."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO

from articles.importing.lines import json_records
from articles.importing.readers.csv import table_records
from articles.importing.readers.warc import response_records
from articles.importing.records import ReadingOptions, Record

# Each takes a buffered stream, its name for people and the options; one record's fault never ends the others.
SPLITTERS: Mapping[str, Callable[[BinaryIO, str, ReadingOptions], Iterator[Record]]] = {
    "jsonl": json_records,
    "csv": table_records,
    "tsv": partial(table_records, delimiter="\t"),
    "warc": response_records,
}
