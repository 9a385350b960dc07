from typing import NamedTuple
class Split(NamedTuple):
    prefix: str
    stem: str
    suffix: str
def clitic_splits(word: str) -> list[Split]:
    return [Split("", word, "")]
