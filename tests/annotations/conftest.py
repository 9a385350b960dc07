import pytest

from tests.accounts import make_user


@pytest.fixture
def annotator():
    return make_user("annotator")
