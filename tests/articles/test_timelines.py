"""Bars over time."""

from datetime import date

import pytest

from articles.timelines import HEIGHT, WIDTH, timeline, unit_for


@pytest.mark.parametrize(
    ("last", "unit"), [("2024-01-01", "day"), ("2024-03-31", "day"), ("2024-06-01", "month"), ("2031-01-01", "year")]
)
def test_the_longer_the_time_the_longer_what_a_bar_stands_for(last, unit):
    assert unit_for(date(2024, 1, 1), date.fromisoformat(last)) == unit


def test_bars_stand_where_their_time_is_and_gaps_stay_empty():
    drawn = timeline({date(2024, 1, 1): 4, date(2024, 4, 1): 1}, "month", backwards=False)
    first, second = drawn.bars
    assert (first.x, second.x) == (0, 3 * WIDTH / 4)
    assert (first.height, second.height) == (HEIGHT, HEIGHT / 4)
    assert second.y + second.height == HEIGHT
    assert (first.until, second.until) == (date(2024, 1, 31), date(2024, 4, 30))


def test_backwards_is_the_mirror_image():
    numbers = {date(2020, 1, 1): 1, date(2023, 1, 1): 2}
    forwards, backwards = timeline(numbers, "year", backwards=False), timeline(numbers, "year", backwards=True)
    mirrored = [round(WIDTH - bar.x - bar.width, 2) for bar in backwards.bars]
    assert mirrored == [bar.x for bar in forwards.bars]


def test_every_bar_lies_inside_the_drawing_and_can_be_seen():
    numbers = {date(1700, 1, 1): 1, date(2199, 1, 1): 100_000}
    for bar in timeline(numbers, "year", backwards=True).bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert bar.height >= 2


def test_nothing_gives_no_bars():
    assert timeline({}, "day", backwards=False).bars == []
