"""Where the noun phrase that names a speaker ends: before the verb's object, a circumstance, or another clause."""

from annotations.detection.agreement import DEFINITE, begins_object, is_quality, stays_definite
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.passage import Passage
from annotations.detection.unlisted_names import (
    begins_name,
    goes_on_with_name,
    is_present_verb,
    is_surname,
    is_surname_of_people,
    run_end,
)
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import (
    is_accusative,
    is_complementiser,
    is_listener,
    is_preposition,
    is_relative,
    is_speaker_noun,
    is_speaking_head,
)
from articles.language.clitics import clitic_splits
from articles.language.lexicon import nationalities, ordinary_words, word_set
from articles.language.name_words import is_given

_KUNYA = ("ام", "ابو")
_SHORTEST_STRANGE = 4
_LONGEST_WITHOUT_NAME = 8
_LONGEST_CONSTRUCT = 4
_LONGEST_JOINED_TITLE = 9
# ف on these begins the clause after its source (وحسب المصادر فالاتحاد، فإن، فقد).
_GOD = "الله"
_THEN = ("فال", "فان", "فقد")


class PhraseEnd:
    """Judges word by word whether the phrase that begins at `begin` goes on.

    `person` becomes true with the first person in it: after a name only a title, more of the name, or what the person
    belongs to may follow.
    """

    def __init__(self, passage: Passage, entities: EntityTokens, begin: int) -> None:
        self.passage = passage
        self.reading = passage.reading
        self.entities = entities
        self.begin = begin
        self.person_first: int | None = None
        self.person_stop: int | None = None
        self.named_stop: int | None = None
        self.unlisted: tuple[int, int] | None = None

    def pass_name(self, first: int, stop: int, *, person: bool) -> None:
        self.named_stop = stop
        if person:
            self.person_first, self.person_stop = first, stop

    def pass_unlisted(self, token: int, stop: int) -> int | None:
        """The token after a name that the recogniser did not find and that starts here; None where none does."""
        if self.person_stop is not None or not self._may_open_name(token):
            return None
        end = run_end(self.reading, token, stop)
        before = self.reading.forms[token - 1]
        if before.startswith("ال") and self._stands_for_name(token):
            end = max(end, token + 1)
        elif end - token < 2 and not (end > token > self.begin and before.startswith("ال") and is_speaker_noun(before)):
            return None
        self.unlisted = (token, end)
        self.pass_name(token, end, person=True)
        return end

    def _stands_for_name(self, token: int) -> bool:
        """The last word before what was said, after a title: a given name, or one with no other meaning."""
        form, head = self.reading.forms[token], self.reading.forms[self.begin]
        if not self._is_last(token) or token == self.begin or not self.reading.is_word[token]:
            return False
        if is_given(form):
            return not is_preposition(self.reading, token)
        known = classes_of(form) or form in nationalities() or form in ordinary_words() or form.startswith("ال")
        attached = clitic_splits(self.reading.surface(token))[0].prefix or is_accusative(self.reading, token)
        one = in_class(head, "person") and not head.endswith(("ون", "ين")) and form not in particles("same")
        return len(form) >= _SHORTEST_STRANGE and one and not known and not attached and is_surname(form)

    def _may_open_name(self, token: int) -> bool:
        """First in the phrase and known as a given name, or after a title with its complement."""
        forms = self.reading.forms
        if token == self.begin:
            kunya = forms[token] in _KUNYA and token + 1 < len(forms) and is_given(forms[token + 1])
            return kunya or is_given(forms[token])
        before = forms[token - 1]
        if not any(is_speaker_noun(form) for form in forms[self.begin : token]) or self._is_eponym(token):
            return False
        if is_speaker_noun(before) and not before.startswith("ال") and forms[token].startswith("ال"):
            # «وزير الري»: what the title is of.
            return is_given(forms[token])
        if is_speaker_noun(before) or before == "." or token == self.named_stop or not self.reading.is_word[token - 1]:
            return True
        return before.startswith(DEFINITE) and (not forms[token].startswith("ال") or is_given(forms[token]))

    def _is_eponym(self, token: int) -> bool:
        """«مستشفى الملك فهد»: the name belongs to what it is called after."""
        title = token - 1
        if title <= self.begin or self.reading.forms[title] not in word_set("honoured"):
            return False
        before = self.reading.forms[title - 1]
        return not (before.startswith(DEFINITE) or is_speaker_noun(before) or title == self.named_stop)

    def at(self, token: int) -> bool:
        reading = self.reading
        form = reading.forms[token]
        if not reading.is_word[token] or is_relative(form) or is_complementiser(reading, token) or form[0].isdigit():
            return True
        if token == self.begin:
            return False
        if is_preposition(reading, token):
            return not self._leads_on(token)
        if self._listens(token) or token in self.entities.outside:
            return True
        if reading.forms[token - 1] in word_set("name_particles") and token not in self.passage.cues:
            # «هاني أبو راس», «آل مغرم»: the name is never the particle alone.
            return False
        if token in self.passage.cues or is_accusative(reading, token) or self._tells_circumstance(token):
            return True
        if self._follows_name(token):
            return not self._belongs_after_name(token)
        return self._leaves_phrase(token)

    def _listens(self, token: int) -> bool:
        """لصحيفة، لرويترز، للصحافيين: whom the words were said to; after a body they are rather in its name."""
        form = self.reading.forms[token]
        if form[:1] == "ل" and (in_class(form[1:], "document") or form[1:] in particles("outlet")):
            return True
        return form in particles("listener") and not in_class(self.reading.forms[self.begin], "body")

    def _tells_circumstance(self, token: int) -> bool:
        form, before = self.reading.forms[token], self.reading.forms[token - 1]
        if form in particles("object_noun") and (before.startswith("ال") or token == self.named_stop):
            return True
        if before in particles("friday"):
            return False
        if form in particles("blessing") and self.reading.forms[token + 1 : token + 2] == [_GOD]:
            return True
        told = any(form in particles(name) for name in ("circumstance", "clause_word", "describing_verb"))
        return told or bool(classes_of(form) & {"time", "aside", "around"})

    def _follows_name(self, token: int) -> bool:
        """Since the person's name no title has begun a phrase of its own (فلان رئيس اللجنة المنظمة)."""
        if self.person_stop is None:
            return False
        forms = self.reading.forms[self.person_stop : token]
        return not any(is_speaker_noun(form) or is_speaker_noun(form.removeprefix("و")) for form in forms)

    def _belongs_after_name(self, token: int) -> bool:
        if is_speaker_noun(self.reading.forms[token]) or self._joins_another(token):
            return True
        joined = token == self.person_stop and not is_listener(self.reading, token)
        if joined and (
            goes_on_with_name(self.reading, token)
            or self._is_surname_of_one(token)
            or is_surname_of_people(self.reading, token)
        ):
            self.person_stop = token + 1
            return True
        return False

    def _joins_another(self, token: int) -> bool:
        """«الوزير فلان والسفيرة فلانة»: a second title with its name."""
        form = self.reading.forms[token]
        if token != self.person_stop or not form.startswith("و") or not is_speaker_noun(form[1:]):
            return False
        return any(
            named.entity.kind == "person" for named in self.entities.within(token, token + _LONGEST_JOINED_TITLE)
        )

    def _is_surname_of_one(self, token: int) -> bool:
        """After a single given name a definite word is the family's, whatever else it means (محمد المخرج أن)."""
        forms = self.reading.forms
        titled_one = token - 2 >= self.begin and is_speaker_noun(forms[token - 2])
        alone = self.person_first == token - 1 and (is_given(forms[token - 1]) or titled_one)
        if self.person_first is not None and token - self.person_first == 2:
            # «محمد علي النقي أن»
            alone = all(map(is_given, forms[self.person_first : token])) and self._is_last(token)
        titled = token + 1 < len(forms) and is_speaker_noun(forms[token + 1]) and not forms[token + 1].startswith("ال")
        return alone and forms[token].startswith("ال") and (titled or self._is_last(token))

    def _is_last(self, token: int) -> bool:
        """Whether a sign, a cue or the reported clause follows."""
        after = token + 1
        if after >= len(self.reading) or not self.reading.is_word[after] or after in self.passage.cues:
            return True
        return is_complementiser(self.reading, after)

    def _leads_on(self, token: int) -> bool:
        """Whether what the preposition governs still tells who speaks (مصدر في الشرطة، المشرف على الدوري)."""
        forms = self.reading.forms
        form, following = forms[token], forms[token + 1] if token + 1 < len(forms) else ""
        if form == "ل" or in_class(following, "time") or (form == "في" and in_class(following, "occasion")):
            return False
        if self._follows_name(token):
            named = self.entities.by_first.get(token + 1)
            of_body = in_class(following, "body") or (
                named is not None and named.entity.kind in ("organisation", "place")
            )
            return form == "من" and token == self.person_stop and of_body
        if form in particles("inner_preposition"):
            return token - self.begin <= _LONGEST_WITHOUT_NAME and self._tells_of_speaker(token + 1)
        return any(word in particles("governing") for word in map(_bare, forms[self.begin : token]))

    def _tells_of_speaker(self, token: int) -> bool:
        """After في and من: a name, a definite noun, or for an indefinite source any noun but of circumstance."""
        forms = self.reading.forms
        if token >= len(forms) or forms[token] in particles("circumstance_noun"):
            return False
        if forms[token - 1] == "من" and forms[self.begin].startswith("ال"):
            # «حذر الناطق باسم الحركة من السياسة»: what the verb warns of.
            return False
        indefinite = is_speaking_head(forms[self.begin]) and not forms[self.begin].startswith("ال")
        return indefinite or is_speaking_head(forms[token]) or self._leads_to_definite(token)

    def _leads_to_definite(self, token: int) -> bool:
        """في المنطقة، في عدن، في مجال حقوق الإنسان، في «الصحيفة»."""
        forms = self.reading.forms
        for word in range(token, min(len(forms), token + _LONGEST_CONSTRUCT)):
            if word in self.entities.by_first or word in self.passage.marks.by_open or forms[word].startswith("ال"):
                return True
            if not self.reading.is_word[word] or word in self.passage.cues:
                return False
        return False

    def _leaves_phrase(self, token: int) -> bool:
        """After a definite noun an indefinite one is the verb's object, unless it is a title or a name."""
        reading = self.reading
        form, before = reading.forms[token], reading.forms[token - 1]
        if not reading.is_word[token - 1] or self._abbreviates(token):
            return False
        if is_present_verb(reading, token) or form.startswith(_THEN):
            return True
        if form == _GOD and before.startswith("ال"):
            # «دعا قائد المنطقة الجنوبية الله أن»
            return True
        if self._names_after_place(token):
            return False
        if form in particles("same") or form in particles("title_link"):
            return False
        if form in particles("branch") and is_speaker_noun(before):
            return False
        if token == self.begin + 1 and self._follows_unknown_name(token):
            return True
        if before.startswith("ال") and begins_object(before, form, alone=token == self.begin + 1):
            return True
        if before.startswith(DEFINITE) or token == self.named_stop:
            return not (stays_definite(reading, token) or begins_name(reading, token))
        if form.startswith("بال") and is_speaker_noun(reading.forms[self.begin]) and token > self.begin + 1:
            return not stays_definite(reading, token)
        if self._is_unnamed_source(token):
            return not (stays_definite(reading, token) or is_quality(form))
        return False

    def _names_after_place(self, token: int) -> bool:
        """«مديرة الشعبة بسجون حائل فلانة»: where the office is, and then its holder's name."""
        place = self.entities.by_first.get(token + 1)
        if place is None or place.entity.kind != "place" or self.reading.forms[token][0] != "ب":
            return False
        if place.stop >= len(self.reading) or clitic_splits(self.reading.surface(token))[0].prefix != "ب":
            return False
        person = self.entities.by_first.get(place.stop)
        named = person is not None and person.entity.kind == "person"
        return named or is_speaker_noun(self.reading.forms[place.stop]) or begins_name(self.reading, place.stop)

    def _abbreviates(self, token: int) -> bool:
        """The title in «المدير العام م. محمد العمري»."""
        forms = self.reading.forms
        return len(forms[token]) == 1 and token + 1 < len(forms) and forms[token + 1] == "."

    def _follows_unknown_name(self, token: int) -> bool:
        """«وصف بوسنين الحادث بأنه»: a surname that no list knows, and the verb's object."""
        head, form = self.reading.forms[self.begin], self.reading.forms[token]
        ordinary = form in ordinary_words() or form[2:] in ordinary_words()
        known = classes_of(head) or classes_of(form) or form in nationalities()
        unknown = not head.startswith("ال") and begins_name(self.reading, self.begin)
        return form.startswith("ال") and ordinary and unknown and not known

    def _is_unnamed_source(self, token: int) -> bool:
        """«مصدر أمني تفاصيل …»: an indefinite source with its adjective ends before another noun."""
        forms = self.reading.forms
        head, before = forms[self.begin], forms[token - 1]
        unnamed = in_class(head, "source") or head in particles("governing")
        if not unnamed or before.startswith("ال"):
            return False
        # «مصدر مطلع إقرار …»: a verbal noun of that pattern describes nobody.
        verbal = self.reading.surface(token).startswith("إ") and not forms[token].endswith(("ي", "يه"))
        return before in nationalities() or (before in particles("quality") and verbal)


def _bare(form: str) -> str:
    return form.removeprefix("ال")
