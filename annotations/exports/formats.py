"""Every format that marks leave in, or come back in, by its key."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from annotations.exports import cited, claimreview, label_studio, rows, tool_drops
from annotations.exports.format import About, Format, Read, Write
from annotations.exports.records import ArticleRecord, Losses


def _write(module: str) -> Write:
    """What a format needs (Word, Excel, XML) is loaded when a file of it is written, not by every web process."""

    def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
        import_module(f"annotations.exports.{module}").write(articles, file, about, losses)

    return write


def _read(module: str) -> Read:
    def read(path: Path) -> Iterator[ArticleRecord]:
        yield from import_module(f"annotations.exports.{module}").read(path)

    return read


# In the order in which people are offered them.
FORMATS: dict[str, Format] = {
    one.key: one
    for one in (
        Format(
            "jsonl",
            _("JSONL (صيغة Newsdesk الكاملة)"),
            ".jsonl",
            "application/x-ndjson",
            write=_write("jsonl"),
            read=_read("jsonl"),
            purpose=_("كل ما يُعرف عن العلامات بلا نقصان، لحفظها أو نقلها إلى Newsdesk آخر."),
        ),
        Format(
            "w3c",
            "W3C Web Annotation (JSON-LD)",
            ".jsonld",
            "application/ld+json",
            write=_write("w3c"),
            read=_read("w3c"),
            drops=("texts", "blocks of texts", "articles without marks or names"),
            purpose=_("معيار الويب للعلامات، تقرؤه خوادم العلامات وأدوات القراءة والبيانات المترابطة."),
        ),
        Format(
            "label_studio",
            "Label Studio",
            ".zip",
            "application/zip",
            write=_write("label_studio"),
            needs_text=True,
            drops=label_studio.DROPS,
            purpose=_("نصوص بعلاماتها وواجهة وسم من اليمين إلى اليسار، لفتحها في Label Studio."),
        ),
        Format(
            "claimreview",
            _("ادعاءات بصيغة schema.org"),
            ".jsonl",
            "application/x-ndjson",
            write=_write("claimreview"),
            drops=claimreview.DROPS,
            purpose=_("الادعاءات المقبولة وأصحابها وأين وردت، لقواعد التحقق من الأخبار."),
        ),
        Format(
            "csv",
            _("جدول CSV"),
            ".csv",
            "text/csv; charset=utf-8",
            write=_write("csv_table"),
            drops=rows.DROPS,
            purpose=_("صف لكل علامة، لبرامج الجداول والإحصاء."),
        ),
        Format(
            "xlsx",
            _("جدول Excel"),
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=_write("xlsx"),
            drops=(*rows.DROPS, rows.CUT),
            purpose=_("صف لكل علامة، من اليمين إلى اليسار، بتواريخ وروابط."),
        ),
        Format(
            "docx",
            _("الأقوال بحسب قائليها (Word)"),
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            write=_write("docx"),
            drops=cited.DROPS,
            purpose=_("الاقتباسات المقبولة تحت أسماء قائليها، بمصادرها وتواريخها، للقراءة والطباعة."),
        ),
        Format(
            "brat",
            "brat",
            ".zip",
            "application/zip",
            write=_write("brat"),
            read=_read("brat"),
            needs_text=True,
            drops=tool_drops.BRAT,
            purpose=_("النصوص وعلاماتها في ملفات متجاورة، لفتحها في brat وتعديلها ثم إعادتها."),
        ),
        Format(
            "xmi",
            "INCEpTION (UIMA CAS XMI)",
            ".zip",
            "application/zip",
            write=_write("xmi"),
            read=_read("xmi"),
            needs_text=True,
            drops=tool_drops.XMI,
            purpose=_("العلامات طبقات وعلاقات فوق النص، لفتحها في INCEpTION وتعديلها ثم إعادتها."),
        ),
        Format(
            "webanno_tsv",
            "WebAnno TSV 3.3",
            ".zip",
            "application/zip",
            write=_write("webanno_tsv"),
            needs_text=True,
            drops=tool_drops.WEBANNO_TSV,
            purpose=_("سطر لكل كلمة وعمود لكل خاصية، لأدوات WebAnno وINCEpTION ولمن يكتب برامجه."),
        ),
        Format(
            "conll",
            "CoNLL-U Plus",
            ".conllup",
            "text/plain; charset=utf-8",
            write=_write("conll"),
            needs_text=True,
            drops=tool_drops.CONLL,
            purpose=_("سطر لكل كلمة بوسوم BIO للأسماء والاقتباسات والادعاءات، لتدريب النماذج."),
        ),
        Format(
            "tei",
            "TEI P5",
            ".zip",
            "application/zip",
            write=_write("tei"),
            needs_text=True,
            drops=tool_drops.TEI,
            purpose=_("وثيقة لكل مادة، فقراتها في المتن وعلاماتها بجانبه، للمدونات النصية والطبعات الرقمية."),
        ),
    )
}
