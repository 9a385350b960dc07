"""Claims as schema.org has them: read as JSON-LD, and held to what schema.org says of each property."""

import io
import json
import warnings
from dataclasses import replace
from datetime import date

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from annotations.exports import claimreview
from annotations.exports.records import ArticleRecord, AttributionRecord, EntityRecord, Losses
from tests.annotations.exports.compared import ABOUT
from tests.annotations.exports.samples import plain, uuid, whole

TEXT = str
# Of schema.org 29: the properties that are used of each type, and what may stand there.
SHAPE = {
    "Dataset": {
        "name": TEXT, "version": TEXT, "dateCreated": TEXT, "creator": {"SoftwareApplication"},
        "maintainer": {"Person"}, "description": TEXT, "url": TEXT,
    },
    "SoftwareApplication": {"name": TEXT, "softwareVersion": TEXT},
    "Claim": {
        "text": TEXT, "inLanguage": TEXT, "url": TEXT, "author": {"Person", "Organization", "Thing"},
        "datePublished": TEXT, "appearance": {"NewsArticle"}, "sdPublisher": {"Organization"}, "sdDatePublished": TEXT,
    },
    "NewsArticle": {
        "headline": TEXT, "url": TEXT, "publisher": {"Organization"}, "creditText": TEXT, "datePublished": TEXT,
        "inLanguage": TEXT,
    },
    "Person": {"name": TEXT, "disambiguatingDescription": TEXT},
    "Organization": {"name": TEXT, "url": TEXT, "disambiguatingDescription": TEXT},
    "Thing": {"name": TEXT, "disambiguatingDescription": TEXT},
}  # fmt: skip
REQUIRED = {"Claim": {"@id", "text", "appearance"}, "NewsArticle": {"headline"}, "Person": {"name"}}


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


def lines(*articles: ArticleRecord) -> tuple[list[dict], Losses]:
    file, losses = io.BytesIO(), Losses()
    claimreview.write(articles, file, ABOUT, losses)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()], losses


def claimed(*speakers: AttributionRecord, **more) -> ArticleRecord:
    mark = replace(plain().marks[0], kind="claim", quote_type="", attributions=speakers, **more)
    return replace(plain(), marks=(mark,))


def check(thing: dict) -> None:
    shape = SHAPE[thing["@type"]]
    assert REQUIRED.get(thing["@type"], set()) <= thing.keys()
    for name, value in thing.items():
        if name in ("@context", "@type", "@id"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if shape[name] is TEXT:
                assert isinstance(one, str)
                assert one
            else:
                assert one["@type"] in shape[name]
                check(one)


def test_every_line_is_what_schema_org_knows():
    told, _ = lines(whole(), plain(), claimed(AttributionRecord("زياد الحلو", role="joint"), AttributionRecord("هدى")))
    assert [line["@type"] for line in told] == ["Dataset", "Claim", "Claim"]
    for line in told:
        assert line["@context"] == "https://schema.org"
        check(line)


def test_a_processor_of_json_ld_finds_the_claim_its_claimant_and_where_it_appeared():
    told, _ = lines(whole())
    document = [line | {"@context": {"@vocab": "https://schema.org/"}} for line in told]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        graph = Graph().parse(data=json.dumps(document), format="json-ld")
    schema = Namespace("https://schema.org/")
    claim = URIRef(f"urn:uuid:{uuid(8)}")
    assert (claim, RDF.type, schema.Claim) in graph
    assert str(graph.value(graph.value(claim, schema.author), schema.name)) == "هدى الكرمي"
    appearance = graph.value(claim, schema.appearance)
    assert str(graph.value(appearance, schema.url)) == "https://zafaran.example/2026/03/24/%D8%B3%D8%AF"
    assert str(graph.value(graph.value(appearance, schema.publisher), schema.name)) == "صحيفة الزعفران"


def test_a_claim_has_its_words_its_page_and_no_rating():
    claim = lines(whole())[0][1]
    assert claim["text"] == "أُنفق على المشروع 40 مليون دينار منذ 2019"
    assert claim["url"] == f"https://desk.example/articles/17/#mark-{uuid(8)}"
    assert claim["appearance"]["datePublished"] == "2026-03-24T11:15:00+03:00"
    assert "datePublished" not in claim
    assert "eview" not in json.dumps(claim)


def test_the_first_line_says_what_the_file_is():
    head = lines()[0][0]
    assert head["creator"] == {"@type": "SoftwareApplication", "name": "Newsdesk", "softwareVersion": "0.1.0"}
    assert (head["version"], head["description"], head["url"]) == ("1", ABOUT.scope, ABOUT.site)


def test_only_confirmed_claimants_are_named():
    unsure = AttributionRecord("زيد", certainty="probable")
    claim, losses = lines(claimed(unsure, AttributionRecord("هدى"), AttributionRecord("وكالة", role="relayed")))
    assert claim[1]["author"] == {"@type": "Person", "name": "هدى"}
    assert (losses.counted[claimreview.UNCONFIRMED], losses.counted[claimreview.RELAYING]) == (1, 1)
    assert "author" not in lines(claimed(unsure))[0][1]


@pytest.mark.parametrize(
    ("kind", "type_"), [("person", "Person"), ("organisation", "Organization"), ("place", "Thing"), ("other", "Thing")]
)
def test_a_claimant_is_of_the_kind_of_their_entity(kind, type_):
    link = AttributionRecord("الوزارة", entity=EntityRecord(kind, "وزارة المياه", "في الجنوب"))
    author = lines(claimed(link))[0][1]["author"]
    assert author == {"@type": type_, "name": "وزارة المياه", "disambiguatingDescription": "في الجنوب"}


def test_dates_are_as_precise_as_they_are_known():
    for precision, shown in (("day", "2026-03-24"), ("month", "2026-03")):
        article = replace(claimed(), published_at=whole().published_at, published_precision=precision)
        assert lines(article)[0][1]["appearance"]["datePublished"] == shown
    assert lines(claimed(said_on=date(2026, 3, 23)))[0][1]["datePublished"] == "2026-03-23"


@pytest.mark.parametrize(
    ("changed", "lost"),
    [
        ({"status": "suggested"}, claimreview.UNDECIDED),
        ({"status": "rejected"}, claimreview.UNDECIDED),
        ({"standing": "doubtful"}, claimreview.DOUBTFUL),
        ({"revision": 7}, claimreview.DOUBTFUL),
    ],
)
def test_claims_that_are_undecided_or_of_doubtful_place_do_not_leave(changed, lost):
    told, losses = lines(claimed(**changed))
    assert [line["@type"] for line in told] == ["Dataset"]
    assert losses.counted[lost] == 1


def test_what_is_left_out_is_counted():
    _, losses = lines(whole())
    assert losses.counted.keys() <= set(claimreview.DROPS)
    assert (losses.counted[claimreview.OTHER_KINDS], losses.counted[claimreview.UNDECIDED]) == (7, 1)
    assert losses.counted["note"] == 1


def test_addresses_that_lead_nowhere_on_the_web_are_left_out():
    claim = lines(replace(claimed(), url="javascript:alert(1)", address="ftp://a.example/"))[0][1]
    assert "url" not in claim
    assert "url" not in claim["appearance"]
