"""When a mail is owed: once a day or a week at an hour of the newsroom's, however long nobody was there to send it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.delivering.scheduling import is_due, last_due

RIYADH, BEIRUT = ZoneInfo("Asia/Riyadh"), ZoneInfo("Asia/Beirut")
# A Wednesday, 10:00 in Riyadh.
NOW = datetime(2024, 5, 1, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "weekday", "due"),
    [
        (10, None, "2024-05-01T10:00"),
        (9, None, "2024-05-01T09:00"),
        (11, None, "2024-04-30T11:00"),
        (0, None, "2024-05-01T00:00"),
        (9, 3, "2024-05-01T09:00"),
        (11, 3, "2024-04-24T11:00"),
        (9, 7, "2024-04-28T09:00"),
        (9, 4, "2024-04-25T09:00"),
    ],
)
def test_the_last_time_that_a_mail_was_due(hour, weekday, due):
    expected = datetime.fromisoformat(due).replace(tzinfo=RIYADH)
    assert last_due(NOW, hour=hour, weekday=weekday, zone=RIYADH) == expected


def test_a_mail_is_owed_once_and_not_again_until_the_next_time():
    how = {"hour": 9, "weekday": None, "zone": RIYADH}
    assert is_due(NOW, NOW - timedelta(hours=2), **how)
    assert not is_due(NOW, NOW, **how)
    assert not is_due(NOW + timedelta(hours=22), NOW, **how)
    assert is_due(NOW + timedelta(hours=23, seconds=1), NOW, **how)


def test_a_clock_that_went_back_sends_nothing_twice():
    assert not is_due(NOW - timedelta(hours=20), NOW, hour=9, weekday=None, zone=RIYADH)


def test_a_clock_that_was_years_ahead_silences_nobody_for_years():
    assert is_due(NOW, NOW + timedelta(days=4000), hour=9, weekday=1, zone=RIYADH)


def test_the_night_when_clocks_go_forward_has_its_mail():
    """In Beirut midnight of 31 March 2024 was skipped."""
    after = datetime(2024, 3, 30, 22, 30, tzinfo=UTC)
    due = last_due(after, hour=0, weekday=None, zone=BEIRUT)
    assert after - timedelta(hours=1) < due <= after


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 23),
    st.none() | st.integers(1, 7),
    st.sampled_from([RIYADH, BEIRUT]),
)
def test_the_last_time_lies_within_a_day_or_a_week(now, hour, weekday, zone):
    due = last_due(now, hour=hour, weekday=weekday, zone=zone)
    assert timedelta() <= now - due <= timedelta(days=7 if weekday else 1, hours=1)
    assert weekday in (None, due.astimezone(zone).isoweekday())
