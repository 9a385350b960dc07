"""Requests to the JSON API, as the article's page sends them."""

import json

from django.test import Client
from django.urls import reverse


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, method: str, address: str, body: object = None):
    return client.generic(method, address, json.dumps(body), content_type="application/json")


def address(mark, name="api_mark") -> str:
    return reverse(name, args=[mark.uuid])


def assert_problem(response, status: int, code: str) -> dict:
    """The problem details of a refusal."""
    assert response.status_code == status, response.content.decode()
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    return problem
