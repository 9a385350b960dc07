"""Asking the API in the tests: as somebody, as a program with a token, and whole lists page by page."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Source
from newsdesk.api.models import make_token
from tests.accounts import make_user


def client_of(role: str | None) -> Client:
    client = Client()
    if role:
        client.force_login(make_user(role))
    return client


def program_of(role: str) -> Client:
    """A program with a token of a new person in this role; it has no cookies."""
    _row, token = make_token(by=make_user(role), name="برنامج")
    return Client(headers={"Authorization": f"Bearer {token}"})


def answered(client: Client, name: str, *args: Any, **asked: Any) -> dict[str, Any]:
    response = client.get(reverse(name, args=args), asked)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def pages(client: Client, name: str, key: str, *args: Any, **asked: Any) -> list[list[dict]]:
    """Every page of a list, each by the address that the one before it gives."""
    answer = answered(client, name, *args, **asked)
    found = [answer[key]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        found.append(answer[key])
        assert len(found) < 50
    return found


def all_of(client: Client, name: str, key: str, *args: Any, **asked: Any) -> list[dict]:
    return [row for page in pages(client, name, key, *args, **asked) for row in page]


def let_out(rights: str) -> None:
    """What may leave of every source there is."""
    Source.objects.update(rights=rights)
