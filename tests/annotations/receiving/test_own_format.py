"""Marks come back from the project's own files as they left."""

import pytest

from tests.accounts import make_user
from tests.annotations.exports.compared import differences
from tests.annotations.exports.samples import whole
from tests.annotations.receiving.arriving import exported, received, stored_sample, told

pytestmark = pytest.mark.django_db
# Numbers that another database gives, and what it knows better: the article's own fields are not the marks'.
OTHER_NUMBERS = {"id", "marks.attributions.entity.id"}


@pytest.fixture
def editor():
    return make_user("editor", username="ليلى")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.jsonl"


def test_every_field_comes_back(editor, path):
    article = stored_sample()
    report = received(path, whole(), by=editor, people={"ليلى": "ليلى"})
    assert told(report) == {"new": 9}, report.lines
    assert not report.left_out
    (found,) = exported(article)
    assert set(differences(whole().marks, found.marks)) == set()
