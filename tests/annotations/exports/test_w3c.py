"""Web Annotations, read again by a processor of JSON-LD that knows nothing of us, and by our own reader."""

import copy
import gzip
import io
import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from annotations.exports import w3c
from annotations.exports.format import NotReadable
from annotations.exports.records import ArticleRecord, Losses, PartRecord
from annotations.exports.values import values_of
from annotations.exports.w3c import reading, terms
from tests.annotations.exports.compared import ABOUT, differences
from tests.annotations.exports.samples import MORNING, TEXT, plain, uuid, whole

CONTEXT = json.loads((Path(__file__).parents[2] / "data/exports/anno-context.json").read_text(encoding="utf-8"))
OA, AS = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/activitystreams#")
DC, DCTERMS = Namespace("http://purl.org/dc/elements/1.1/"), Namespace("http://purl.org/dc/terms/")
FOAF, ND = Namespace("http://xmlns.com/foaf/0.1/"), Namespace("urn:newsdesk:terms:1#")
LOST = {"texts.text", "texts.blocks"}


def written(*articles: ArticleRecord) -> tuple[bytes, Losses]:
    file, losses = io.BytesIO(), Losses()
    w3c.write(articles, file, ABOUT, losses)
    return file.getvalue(), losses


@pytest.fixture
def stored(tmp_path):
    def store(content: bytes | str | list | dict) -> Path:
        path = tmp_path / "marks.jsonld"
        content = content if isinstance(content, bytes | str) else json.dumps(content, ensure_ascii=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return store


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The sample as RDF: the standard's address replaced by what it says, as there is no network."""
    document = json.loads(written(whole())[0])
    document["@context"] = [CONTEXT["@context"], *document["@context"][1:]]
    with warnings.catch_warnings():
        # rdflib's own reader of JSON-LD uses a class that rdflib deprecates.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=json.dumps(document), format="json-ld")


def annotation(number: int) -> URIRef:
    return URIRef(f"urn:uuid:{uuid(number)}")


def words(graph: Graph, number: int, purpose: URIRef) -> set[str]:
    bodies = graph.objects(annotation(number), OA.hasBody)
    return {str(graph.value(body, RDF.value)) for body in bodies if (body, OA.hasPurpose, purpose) in graph}


def test_a_collection_has_all_annotations_in_one_page_and_says_who_made_it_with_what(graph):
    (collection,) = graph.subjects(RDF.type, AS.OrderedCollection)
    page = graph.value(collection, AS.first)
    items = list(Collection(graph, graph.value(page, AS["items"])))
    article = whole()
    assert len(items) == len(article.marks) + len(article.mentions) == int(graph.value(collection, AS.totalItems))
    assert all((item, RDF.type, OA.Annotation) in graph for item in items)
    generator = graph.value(collection, AS.generator)
    said = (graph.value(generator, FOAF.name), graph.value(generator, ND.version), graph.value(generator, ND.schema))
    assert [value.toPython() for value in said] == ["Newsdesk", "0.1.0", 1]
    assert str(graph.value(graph.value(collection, DCTERMS.creator), FOAF.name)) == "ليلى"


def test_every_position_counts_code_points_of_the_text_that_the_mark_was_made_on(graph):
    texts = {text.revision: text for text in whole().texts}
    checked = 0
    for target in graph.objects(predicate=OA.hasTarget):
        selectors = {graph.value(found, RDF.type): found for found in graph.objects(target, OA.hasSelector)}
        position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        state = graph.value(target, OA.hasState)
        text = texts[graph.value(state, ND.revision).toPython()]
        assert str(graph.value(state, ND.sha256)) == text.sha256
        start, end = int(graph.value(position, OA.start)), int(graph.value(position, OA.end))
        exact = str(graph.value(quote, OA.exact))
        assert text.text[start:end] == exact
        for before in graph.objects(quote, OA.prefix):
            after = str(graph.value(quote, OA.suffix))
            assert text.text[start - len(before) : end + len(after)] == str(before) + exact + after
        checked += 1
    assert checked == sum(len(mark.parts) for mark in whole().marks) + len(whole().mentions)


def test_nothing_that_is_written_is_unknown_to_json_ld(graph):
    """A key or a word that no context defines would be dropped, or become an address inside the file."""
    document = json.loads(written(whole())[0])
    known = {*CONTEXT["@context"], "@context", "@id", "@type", "@container"}
    keys: set[str] = set()

    def look(value):
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            look(one)
        keys.update(value if isinstance(value, dict) else ())

    look(document)
    assert {key for key in keys if not key.startswith("nd:")} - known <= {"nd"}
    assert all(str(node).startswith(("urn:", "http")) for node in graph.all_nodes() if isinstance(node, URIRef))


def test_tags_notes_comments_and_types_are_bodies_with_their_purposes(graph):
    assert words(graph, 3, OA.tagging) == {"مياه", "<script>alert('سد')</script>", "ميزانية & أرقام"}
    assert words(graph, 3, OA.classifying) == {"quote", "mixed", "assertive", "press_conference", "translated"}
    assert words(graph, 3, OA.describing) == {"في مؤتمر صحفي", "يوم الثلاثاء", "2026-03-24", "على حدّ قولها"}
    assert any(note.startswith("سطر أول") for note in words(graph, 3, OA.commenting))
    first = URIRef(f"{annotation(3)}#comment-0")
    (answer,) = graph.subjects(ND.reply_to, first)
    assert str(graph.value(answer, RDF.value)) == "نعم، في الدقيقة 12."
    assert graph.value(answer, OA.textDirection) == OA.rtlDirection
    assert str(graph.value(graph.value(answer, DCTERMS.creator), FOAF.name)) == "ليلى"


def test_speakers_identify_and_marks_link_to_each_other(graph):
    assert words(graph, 4, OA.identifying) == {"زياد الحلو", "Anna Lindqvist"}
    linked = {
        str(graph.value(body, ND.relation)): graph.value(body, OA.hasSource)
        for number in (4, 8)
        for body in graph.objects(annotation(number), OA.hasBody)
        if (body, OA.hasPurpose, OA.linking) in graph
    }
    assert linked == {"speaker": annotation(5), "quote": annotation(7)}


def test_an_uncertain_speaker_is_called_uncertain(graph):
    links = [graph.value(body, ND.attribution) for body in graph.objects(annotation(6), OA.hasBody)]
    said = {str(graph.value(link, ND.name)): str(graph.value(link, ND.certainty)) for link in links if link}
    assert said == {"مروان الشامي": "uncertain", "وكالة الواحة": "confirmed"}


def test_our_own_reader_gives_back_everything_but_the_texts(stored):
    content, losses = written(whole(), plain())
    found, second = w3c.read(stored(content))
    assert set(differences(whole(), found)) == LOST
    assert set(differences(plain(), second)) == {"texts.text"}
    assert losses.counted == {"texts": 3, "blocks of texts": 14}


def test_a_file_packed_by_gzip_is_read_and_a_damaged_one_refused(stored):
    packed = gzip.compress(written(whole())[0])
    assert next(w3c.read(stored(packed))).marks == whole().marks
    assert only(stored(gzip.compress(json.dumps(HYPOTHESIS).encode())))[1].kind == "claim"
    for damaged in (packed[:-9], packed[:200], packed[:300] + b"xxxx" + packed[304:]):
        with pytest.raises(NotReadable, match="after item"):
            list(w3c.read(stored(damaged)))


def test_a_byte_order_mark_does_no_harm(stored):
    assert only(stored(b"\xef\xbb\xbf" + json.dumps(HYPOTHESIS).encode()))[1].kind == "claim"


def test_articles_without_marks_are_counted(stored):
    content, losses = written(replace(plain(), marks=()), replace(whole(), marks=()))
    (found,) = w3c.read(stored(content))
    assert found.mentions == whole().mentions
    assert losses.counted["articles without marks or names"] == 1
    assert list(w3c.read(stored(written()[0]))) == []


def test_marks_without_a_name_get_one_that_stays_the_same(stored):
    nameless = replace(plain(), marks=(replace(plain().marks[0], uuid=""),))
    first, second = (next(w3c.read(stored(written(nameless)[0]))).marks[0].uuid for _ in range(2))
    assert first == second != ""


def test_an_article_of_very_many_marks_is_read_in_pieces(stored, monkeypatch):
    monkeypatch.setattr(reading, "MOST_TOGETHER", 4)
    pieces = list(w3c.read(stored(written(whole())[0])))
    assert [len(piece.marks) + len(piece.mentions) for piece in pieces] == [4, 4, 4, 2]
    assert sum((piece.marks for piece in pieces), ()) == whole().marks
    assert {piece.id for piece in pieces} == {17}


PAGE = "https://zafaran.example/2026/03/24/سد"
HYPOTHESIS = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "https://notes.example/a/Xy12",
    "type": "Annotation",
    "created": "2026-03-25T10:00:00+00:00",
    "creator": "acct:huda@notes.example",
    "body": [
        {"type": "TextualBody", "value": "من أين الرقم؟", "format": "text/markdown"},
        {"type": "TextualBody", "purpose": "tagging", "value": "ادعاء"},
    ],
    "target": [
        {
            "source": PAGE,
            "selector": [
                {"type": "RangeSelector", "startSelector": {"type": "XPathSelector", "value": "/p[1]"}},
                {"type": "TextPositionSelector", "start": 7, "end": 21},
                {"type": "TextQuoteSelector", "exact": "40 مليون دينار", "prefix": "المشروع ", "suffix": " منذ"},
            ],
        }
    ],
}


def only(path: Path):
    (article,) = w3c.read(path)
    (mark,) = article.marks
    return article, mark


@pytest.mark.parametrize(
    "wrapped",
    [
        HYPOTHESIS,
        [HYPOTHESIS],
        {"type": "AnnotationPage", "items": [HYPOTHESIS]},
        {"type": "AnnotationCollection", "total": 1, "first": {"items": [HYPOTHESIS]}},
        {"@context": [], "@graph": [HYPOTHESIS]},
    ],
    ids=["alone", "list", "page", "collection", "graph"],
)
def test_an_annotation_of_another_program_is_read_however_it_is_wrapped(stored, wrapped):
    article, mark = only(stored(wrapped))
    assert (article.id, article.url, article.texts) == (None, PAGE, ())
    assert mark.parts == (PartRecord(7, 21, "40 مليون دينار", prefix="المشروع ", suffix=" منذ"),)
    assert (mark.kind, mark.tags, mark.note) == ("claim", ("ادعاء",), "من أين الرقم؟")
    assert (mark.created_by, mark.created_at.day) == ("acct:huda@notes.example", 25)
    assert mark.uuid == only(stored(wrapped))[1].uuid != ""


def test_the_answer_of_a_hypothesis_server_is_read(stored):
    row = {
        "id": "Xy12",
        "user": "acct:huda@notes.example",
        "uri": PAGE,
        "text": "مهم",
        "tags": ["مياه"],
        "document": {"title": ["سد الزعفران"]},
        "target": [{"source": PAGE, "selector": [{"type": "TextQuoteSelector", "exact": "السدّ الجديد"}]}],
    }
    article, mark = only(stored({"total": 1, "rows": [row]}))
    assert (article.title, mark.note, mark.tags) == ("سد الزعفران", "مهم", ("مياه",))
    assert (mark.kind, mark.created_by) == ("", "acct:huda@notes.example")


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        (PAGE, ()),
        ({"id": PAGE}, ()),
        ({"source": PAGE}, ()),
        ({"source": PAGE, "selector": {"type": "TextQuoteSelector", "exact": "ماء"}}, ((0, 0, "ماء"),)),
        ({"source": {"id": PAGE}, "selector": {"type": "TextPositionSelector", "start": 3, "end": 9}}, ((3, 9, ""),)),
        (
            {
                "source": PAGE,
                "selector": {
                    "type": "TextPositionSelector",
                    "start": 3,
                    "end": 90,
                    "refinedBy": {"type": "TextQuoteSelector", "exact": "بيت"},
                },
            },
            ((3, 90, "بيت"),),
        ),
        (
            [
                {"source": PAGE, "selector": {"type": "TextPositionSelector", "start": 1, "end": 2}},
                {"source": PAGE, "selector": {"type": "TextPositionSelector", "start": 5, "end": 8}},
            ],
            ((1, 2, ""), (5, 8, "")),
        ),
        ({"type": "List", "items": [PAGE]}, ()),
    ],
)
def test_targets_may_be_said_in_many_ways(stored, target, parts):
    article, mark = only(stored([{"type": "Annotation", "target": target}]))
    assert article.url == PAGE
    assert tuple((part.start, part.end, part.exact) for part in mark.parts) == parts


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ({"body": "https://other.example/page"}, "https://other.example/page"),
        ({"body": ["سطر", "آخر"]}, "سطر\n\nآخر"),
        ({"bodyValue": "قول مشهور"}, "قول مشهور"),
        (
            {"body": {"type": "SpecificResource", "purpose": "commenting", "source": "https://a.example/"}},
            "https://a.example/",
        ),
        ({"body": None}, ""),
    ],
)
def test_bodies_may_be_plain_strings(stored, said, note):
    assert only(stored([{"target": PAGE, **said}]))[1].note == note


def test_what_others_wrote_below_an_annotation_are_comments(stored):
    body = {"type": "TextualBody", "value": "لا أظن", "creator": {"name": "زيد"}}
    mark = only(stored([{"target": PAGE, "creator": {"name": "هدى"}, "body": body}]))[1]
    assert [(comment.author, comment.text) for comment in mark.comments] == [("زيد", "لا أظن")]


def test_an_annotation_of_two_pages_is_a_mark_on_each(stored):
    path = stored([{"id": "https://notes.example/1", "target": [PAGE, "https://other.example/"]}])
    first, second = w3c.read(path)
    assert (first.url, second.url) == (PAGE, "https://other.example/")
    assert first.marks[0].uuid != second.marks[0].uuid


def test_annotations_of_an_address_in_a_row_are_one_article(stored):
    items = [{"target": page} for page in (PAGE, PAGE, "https://other.example/", PAGE)]
    assert [(article.url, len(article.marks)) for article in w3c.read(stored(items))] == [
        (PAGE, 2),
        ("https://other.example/", 1),
        (PAGE, 1),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "not JSON, or cut off"),
        ("<html>", "not JSON, or cut off"),
        ("{}", "no annotations found"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"body": ' + '{"body": ' * 100_000, "nested too deeply"),
        ('[{"target": "' + "ا" * 5_000_000, "without an end"),
        ('[{"target": "https://a.example/", "created": "yesterday"}]', "item 1: created_at: should be a time"),
        ('[{"target": 5}]', "item 1: target: should be an address or an object"),
        ('[{"body": "words"}]', "item 1: target: should name the page"),
        ('[{"target": {"source": ["a"]}}]', "item 1: target.source: should have an address"),
        ('[{"target": "https://a.example/", "body": [7]}]', "item 1: body: should be text or an object"),
        ('[{"target": "https://a.example/", "tags": [7]}]', "item 1: body.value: should be text"),
        ('[{"target": "https://a.example/"}, 3]', "something that is no object"),
        ('[{"target": "https://a.example/", "bodyValue": "a\\u0000b"}]', "holds a NUL"),
        ('[{"target": "https://a.example/", "n": 1' + "0" * 6_000 + "}]", "not JSON, or cut off"),
        ('{"total": 3, "first": {"items": [{"target": "https://a.example/"}]}}', "“total” is 3, but 1"),
        ('{"@context": {"nd": "urn:newsdesk:terms:2#"}, "items": []}', "schema 2 is of a newer Newsdesk"),
        ('{"@context": {"nd": "urn:newsdesk:terms:\\n#"}, "items": []}', "have no number"),
        (b'[{"target": "\xff\xfe"}]', "not JSON, or cut off"),
    ],
)
def test_what_is_no_file_of_annotations_is_told_in_a_line(stored, content, reason):
    with pytest.raises(NotReadable) as told:
        list(w3c.read(stored(content)))
    assert reason in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "selector",
    [{"start": 9, "end": 3}, {"start": -4, "end": 3}, {"start": "0", "end": 3}, {"start": 1.5, "end": 3}, {"start": 0}],
)
def test_positions_that_cannot_be_are_refused_with_their_item(stored, selector):
    target = {"source": PAGE, "selector": {"type": "TextPositionSelector", **selector}}
    with pytest.raises(NotReadable, match="item 2: "):
        list(w3c.read(stored([{"target": PAGE}, {"target": target}])))


def test_a_file_that_was_cut_off_gives_what_is_whole_and_then_says_so(stored):
    content, _ = written(plain(), whole())
    for size in range(40, len(content) - 1, 997):
        found = []
        with pytest.raises(NotReadable):
            found.extend(w3c.read(stored(content[:size])))
    path = stored(content[: content.index(b"#comment-1")])
    articles = w3c.read(path)
    assert next(articles).title == plain().title
    with pytest.raises(NotReadable, match="after item 3: "):
        list(articles)


def places_in(value, path=()):
    """The keys that lead to each value of a document."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places_in(inner, (*path, key))


def assert_read_or_refused(path: Path) -> None:
    refused = ""
    try:
        for article in w3c.read(path):
            values_of(article)
    except NotReadable as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1


OWN_DOCUMENT = json.loads(written(whole())[0])
ODD = (None, True, -1, 1.5, 10**30, "", "x", "urn:uuid:x#comment-9", [], [[]], [3], ["a", {}], {}, {"a": 1}, {"id": 7})


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([OWN_DOCUMENT, [HYPOTHESIS]]), st.data())
def test_whatever_stands_where_something_else_should_is_read_or_refused(stored, document, data):
    document = copy.deepcopy(document)
    path = data.draw(st.sampled_from([path for path in places_in(document) if path]))
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(st.sampled_from(ODD))
    assert_read_or_refused(stored(document))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(stored, data):
    content = bytearray(written(plain(), whole())[0])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert_read_or_refused(stored(bytes(content)))


def test_purposes_and_types_may_be_lists(stored):
    target = {"source": PAGE, "selector": {"type": ["TextQuoteSelector"], "exact": "ماء"}}
    body = {"type": ["TextualBody"], "purpose": ["tagging", "classifying"], "value": "مياه"}
    mark = only(stored([{"target": target, "body": body}]))[1]
    assert (mark.tags, mark.parts[0].exact) == (("مياه",), "ماء")


def test_what_people_wrote_stays_text(stored):
    """Markup in tags and names is neither escaped nor cut: whoever shows it escapes it."""
    mark = next(w3c.read(stored(written(whole())[0]))).marks[2]
    assert "<script>alert('سد')</script>" in mark.tags
    assert mark.comments[0].created_at == MORNING
    assert TEXT[mark.parts[1].places[0].start :].startswith("سيروي")


def test_own_terms_do_not_hide_what_the_standard_calls_otherwise():
    assert not {term.removeprefix(terms.OWN) for term in terms.CONTEXT[1]} & {"id", "type", "source", "target"}
