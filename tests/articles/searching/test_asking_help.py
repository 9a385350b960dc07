"""The help beside the search box: what it shows is understood as it says."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from articles.search.asking import read_asked


class _Everything:
    def __contains__(self, _app):
        return True

    def __getitem__(self, _app):
        return self

    def __getattr__(self, _name):
        return True


def examples(**context) -> list[str]:
    page = render_to_string("articles/search_help.html", {"user": AnonymousUser(), **context})
    return [unescape(text) for text in re.findall(r"<code[^>]*>(.*?)</code>", page)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_example_is_read_without_a_note(language):
    with translation.override(language):
        shown = [text for text in examples() if not text.endswith(":")]
        assert len(shown) > 20
        for text in shown:
            asked = read_asked(text)
            assert asked.part.parts, text
            assert asked.notes == (), text


def test_only_who_sees_the_unpublished_is_told_of_statuses():
    assert not any("حالة" in text for text in examples())
    assert any("حالة" in text for text in examples(perms=_Everything()))
