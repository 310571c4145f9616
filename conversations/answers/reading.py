"""The way of one message: every slot is looked for in it, and the slot just asked for is read more freely."""

from dataclasses import dataclass

from conversations.answers.age import goes_to_school, read_age, scan_age
from conversations.answers.filling import Filling
from conversations.answers.hours import read_hours, scan_hours
from conversations.answers.phrases import BREAKS, Hit
from conversations.answers.place import find_place, settle, shares_a_home
from conversations.answers.several import child_under_18, says_one_of_several, says_several
from conversations.answers.stance import denies_the_word, read_ending, read_stance, says_own_caring
from conversations.answers.tasks import read_tasks, scan_tasks
from conversations.answers.text import Heard
from conversations.answers.vocabulary import Vocabulary, has, headings, phrases
from conversations.answers.who import Whom, read_whom
from conversations.answers.why import is_the_texters_own, read_why, scan_why
from conversations.answers.work import read_paid, read_work, scan_paid, scan_work
from conversations.answers.yes_no import begins_with_no, read_could_cope, read_yes_no
from conversations.slots import (
    FAMILY,
    AgeBand,
    Answers,
    HoursBand,
    Paid,
    Place,
    Reason,
    Relation,
    Slot,
    Stance,
    Task,
    YesNo,
)
from knowledge.places import Places

NOBODY = Whom()
_YES_OR_NO = frozenset((Slot.HELPS_SOMEONE, Slot.TASKS, Slot.COULD_COPE_WITHOUT, Slot.PAID, Slot.WORK))
_ALSO = frozenset(("also", "too", "both", "plus", "well"))
_SHORT = 8  # words
_FEW_WORDS = 3  # "please", "if that's ok", "I would"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is known after a message, and which slots the message filled."""

    answers: Answers
    heard: frozenset[Slot]


def understand(
    text: str, asked: Slot | None, known: Answers, vocabulary: Vocabulary, places: Places, *, year: int
) -> Understanding:
    """Read one message: what it says in answer to `asked`, what else it says, and what it takes back.

    `year` is that in which it was written, against which "born in 1950" is read.
    """
    said = vocabulary.hear(text)
    reading = _Reading(text=text, said=said, asked=asked, known=known, places=places, year=year)
    skipped = reading.is_plainly_skipped()
    if reading.said.words and not skipped:
        reading.read()
        skipped = reading.is_skipped()
    if skipped and asked is not None:
        reading.keep(skipped=known.skipped | {asked})
    return Understanding(reading.answers, frozenset(reading.heard))


@dataclass(kw_only=True)
class _Reading(Filling):
    """One message being read, with what it has changed so far."""

    text: str
    said: Heard
    places: Places
    year: int
    whom: Whom = NOBODY

    def __post_init__(self) -> None:
        super().__post_init__()
        self.correcting = has(self.said, "correction") or begins_with_no(self.said)

    def read(self) -> None:
        """Look for every slot, who it is about first, since the others are understood by it."""
        asked_who = self.asked in (Slot.WHO, Slot.HELPS_SOMEONE)
        self.whom = read_whom(self.said, self.known.who, asked=asked_who)
        if self._is_over() or self._is_about_an_animal():
            return
        self._read_stance()
        self._read_who()
        self._read_several()
        self._read_ending()
        self._read_helps_someone()
        self._read_why()
        self._read_tasks()
        self._read_could_cope()
        self._read_age()
        self._read_work()
        self._read_paid()
        self._read_hours()
        self._read_place()
        self._read_signs()

    def is_plainly_skipped(self) -> bool:
        """Whether the message says that they would rather not answer, and hardly anything else."""
        if self.said.words == ("next",):
            return True
        hits = [hit for hit in phrases(self.said, "skip") if hit.value != "nobody" or self._is_all_of_it(hit)]
        if self.asked is None or not hits or (self.asked in _YES_OR_NO and hits[0].value == "no_thanks"):
            return False
        rest = len([word for word in self.said.words if word not in BREAKS]) - sum(hit.end - hit.start for hit in hits)
        return rest <= _FEW_WORDS

    def is_skipped(self) -> bool:
        """Whether they would rather not answer what was asked, though they said something else."""
        unwilling = any(heading != "nobody" for heading in headings(self.said, "skip"))
        return unwilling and self.asked is not None and self.asked not in self.heard

    def _is_all_of_it(self, hit: Hit) -> bool:
        """ "No one", said to the question who: there is nobody to name."""
        return self.asked is Slot.WHO and (hit.start, hit.end) == (0, len(self.said.words))

    def is_about_caring(self) -> bool:
        """Whether the message speaks of looking after somebody, or answers a question about it."""
        return self.asked in (Slot.WHO, Slot.HELPS_SOMEONE, Slot.TASKS) or self.whom.sure or says_own_caring(self.said)

    def _is_over(self) -> bool:
        """ "She's all better now": nobody needs help any more, and that is no end of caring to be sorry for."""
        values = set(headings(self.said, "recovered"))
        if self.asked not in (Slot.WHY, Slot.HELPS_SOMEONE, Slot.TASKS) or values != {"recovered"}:
            return False
        self._take_nobody()
        return True

    def _is_about_an_animal(self) -> bool:
        """An animal alone: kindly meant, but nobody is looked after."""
        if self.asked not in (Slot.HELPS_SOMEONE, Slot.WHO, Slot.WHY, Slot.TASKS):
            return False
        if self.whom.relations or not has(self.said, "animals") or (self.asked is Slot.TASKS and read_tasks(self.said)):
            return False
        self._take_nobody()
        if self.asked is Slot.WHO:
            self.take(Slot.WHO, (Relation.SOMEONE,))
        return True

    def _take_nobody(self) -> None:
        """There is nobody who needs help."""
        self.take(Slot.WHY, (Reason.NONE,))
        if self.asked is not Slot.WHY:
            self.keep(helps_someone=YesNo.NO)
        if self.asked is Slot.TASKS:
            self.take(Slot.TASKS, (Task.NONE,))
        self.heard.update({self.asked} if self.asked else ())

    def _says_helping(self) -> bool:
        if self.asked is Slot.HELPS_SOMEONE and read_yes_no(self.said) is YesNo.YES:
            return True
        return self.known.helps_someone is YesNo.YES

    def _read_stance(self) -> None:
        if self.asked not in (
            Slot.OPENING,
            Slot.HELPS_SOMEONE,
            Slot.WHO,
            Slot.WHY,
            Slot.PAID,
            Slot.TASKS,
            Slot.COULD_COPE_WITHOUT,
            None,
        ):
            return
        if self.asked is Slot.WHY and is_the_texters_own(self.said):
            self.keep(stance=Stance.CARED_FOR)
            return
        stance = read_stance(
            self.said, self.whom, asked_who=self.asked in (Slot.WHO, Slot.HELPS_SOMEONE), helps=self._says_helping()
        )
        if stance is None or (stance is Stance.CARES and self.known.stance is not None):
            return
        if stance is Stance.PROFESSIONAL and self.known.paid is Paid.PAID and self.known.stance is Stance.CARES:
            return  # a care worker's clients, not a professional's
        if stance is Stance.PROFESSIONAL and FAMILY & set(self.known.who):
            return  # a nurse may look after her mother
        if stance is Stance.CARED_FOR and self.known.helps_someone is YesNo.YES and self.known.who:
            return
        self.keep(stance=stance)

    def _read_who(self) -> None:
        relations = self.whom.relations
        if self.answers.stance is Stance.CARED_FOR and self.asked is not Slot.WHO:
            return
        if not relations or not (
            self.is_about_caring() or (self.correcting and self.known.who) or self._says_yes_to_whom()
        ):
            if (self.asked is Slot.WHO and self.answers.stance in (Stance.PROFESSIONAL, Stance.CARED_FOR)) or (
                self.asked is Slot.WHO and has(self.said, "paid", "care_worker")
            ):
                self.take(Slot.WHO, (Relation.SOMEONE,))
            self._read_child()
            return
        if self.known.who and self.asked is not Slot.WHO and not self._corrects_who():
            self._add_who(relations)
        else:
            self.take(Slot.WHO, relations)
            self.keep(several=self.whom.several)
        self._read_child()

    def _says_yes_to_whom(self) -> bool:
        """ "Yes my mum", said to the question after the one that it answers."""
        return self.asked is Slot.AGE and self.whom.own and read_yes_no(self.said) is YesNo.YES

    def _corrects_who(self) -> bool:
        """Whether another person takes the place of the one known: "sorry, my dad", and not "my dad as well"."""
        if _ALSO & set(self.said.words):
            return False
        plain_no = self.asked not in _YES_OR_NO and begins_with_no(self.said) and len(self.said.words) <= _SHORT
        return has(self.said, "correction") or plain_no

    def _add_who(self, relations: tuple[Relation, ...]) -> None:
        """Somebody more ("and my dad too"), only where it is said that they are looked after as well."""
        also = _ALSO & set(self.said.words)
        new = tuple(relation for relation in relations if relation not in self.known.who)
        if new and also and self.whom.sure:
            self.heard.add(Slot.WHO)
            self.keep(who=(*self.known.who, *new), several=True)

    def _read_child(self) -> None:
        if self.asked in (Slot.PLACE, Slot.WORK, Slot.AGE, Slot.PAID):
            return
        known = self.answers.who
        under_18 = (
            self.whom.child_under_18 if self.whom.child_under_18 is not None else child_under_18(self.said, known)
        )
        if under_18 is not None and (not self.answers.child_under_18 or self.asked is Slot.WHO or self.correcting):
            self.keep(child_under_18=under_18)

    def _read_several(self) -> None:
        """ "They're both autistic": more than one child, though only "my kids" was said before."""
        about_them = self.asked in (Slot.WHY, Slot.TASKS) and {Relation.CHILD, Relation.PARENTS} & set(self.answers.who)
        if about_them and says_several(self.said):
            self.keep(several=True)
        elif about_them and says_one_of_several(self.said):
            self.keep(several=False)

    def _read_ending(self) -> None:
        if self.answers.stance in (Stance.CARED_FOR, Stance.PROFESSIONAL):
            return
        ending = read_ending(self.said, self.whom, asked=self.asked, known=self.known.who)
        if ending.former:
            self.keep(former=True, parting=ending.parting or self.answers.parting)
            if not self.answers.who and self.whom.lost:
                self.take(Slot.WHO, self.whom.lost)
        if ending.caring_now:
            self.keep(caring_now=True)

    def _read_helps_someone(self) -> None:
        if self.answers.stance is Stance.CARED_FOR and self.known.stance is not Stance.CARED_FOR:
            self.heard.add(Slot.HELPS_SOMEONE)
            self.keep(helps_someone=YesNo.NO)
            return
        caring = says_own_caring(self.said) and bool(
            self.whom.relations or self.known.who or self.asked is Slot.HELPS_SOMEONE
        )
        if self.asked is Slot.TASKS and self.whom.own and read_yes_no(self.said) is YesNo.YES:
            self.heard.add(Slot.HELPS_SOMEONE)
            self.keep(helps_someone=YesNo.YES)  # "yes my mum", to the question before this one
            return
        if self.asked is not Slot.HELPS_SOMEONE:
            if caring and self.known.helps_someone is None and self.answers.stance is not Stance.PROFESSIONAL:
                self.take(Slot.HELPS_SOMEONE, YesNo.YES)
            return
        plain = read_yes_no(self.said, hedged=YesNo.YES)
        if plain is not YesNo.YES and (caring or (plain is None and self.whom.relations)):
            plain = YesNo.YES if plain is None or (caring and plain is YesNo.NO) else plain
        if plain is YesNo.UNSURE and self.whom.own:
            plain = YesNo.YES  # "sort of, my mum": whom they mean they know
        if plain is YesNo.NO and denies_the_word(self.said):
            plain = YesNo.YES  # "I'm not a carer, I'm his wife": it is the word that they deny, not what they do
        if plain is None and self.answers.former:
            plain = YesNo.YES
        if plain is not None:
            self.take(Slot.HELPS_SOMEONE, plain)

    def _read_why(self) -> None:
        if self.asked is Slot.WHY:
            reasons = read_why(self.said)
            if reasons:
                self.take(Slot.WHY, reasons)
            return
        if not self.is_about_caring() and not self.whom.relations and not self.known.who:
            return
        reasons = scan_why(self.said, self.whom.hits)
        if reasons and self.answers.stance is not Stance.CARED_FOR:
            self.add(Slot.WHY, reasons)

    def _read_tasks(self) -> None:
        if self.asked is Slot.TASKS:
            tasks = read_tasks(self.said)
            if tasks:
                self.take(Slot.TASKS, tasks)
        elif says_own_caring(self.said):
            tasks = scan_tasks(self.said)
            if tasks:
                self.add(Slot.TASKS, tasks)

    def _read_could_cope(self) -> None:
        if self.asked is Slot.COULD_COPE_WITHOUT:
            value = read_could_cope(self.said)
            if value is not None:
                self.take(Slot.COULD_COPE_WITHOUT, value)

    def _read_age(self) -> None:
        age = read_age(self.said, self.year) if self.asked is Slot.AGE else scan_age(self.said, self.year)
        if age is None or (self.answers.stance is Stance.PROFESSIONAL and self.asked is not Slot.AGE):
            return  # "a student in my class" tells of the student
        if self.known.age is not None and age.band is AgeBand.YOUNG:
            self.correcting = True  # whoever says that they are a child is taken at their word
        self.take(Slot.AGE, age.band)
        if age.past_young_children and self.answers.child_under_18 is None:
            self.keep(child_under_18=False)  # unless they say otherwise

    def _read_work(self) -> None:
        work = read_work(self.said, self.answers.age) if self.asked is Slot.WORK else scan_work(self.said)
        if self.asked is Slot.WORK and self.answers.age is None and goes_to_school(self.said):
            self.take(Slot.AGE, AgeBand.YOUNG)  # who would not say how old they are, and is at school
        if self.asked is Slot.WORK and self.known.paid is Paid.PAID and has(self.said, "paid", "care_worker"):
            self.keep(stance=Stance.CARES)  # the clients of a care agency, and not of a professional
        if work is not None:
            self.take(Slot.WORK, work)

    def _read_paid(self) -> None:
        if self.asked is Slot.PAID:
            paid = read_paid(self.said, self.whom.relations or self.answers.who)
            if paid is not None:
                self.take(Slot.PAID, paid)
            if paid is Paid.PAID and has(self.said, "paid", "care_worker"):
                self.keep(stance=Stance.CARES)
            return
        if self.asked in (Slot.WORK, Slot.AGE, Slot.PLACE, Slot.HOURS):
            return  # "I work in a care home" is there an answer about work
        paid = scan_paid(self.said, self.whom.relations)
        if paid is not None and self.known.paid is None:
            self.take(Slot.PAID, paid)
            if paid is Paid.PAID:
                self.keep(stance=Stance.CARES)
        elif self.known.paid is Paid.PAID and FAMILY & set(self.whom.relations) and self.whom.sure:
            self.keep(paid=Paid.BOTH)

    def _read_hours(self) -> None:
        if self.asked is Slot.HOURS:
            hours = read_hours(self.said)
            if hours is None and has(self.said, "hours", HoursBand.UNKNOWN):
                hours = HoursBand.UNKNOWN
        else:
            hours = scan_hours(self.said) if self.is_about_caring() or self.correcting else None
        if hours is not None:
            self.take(Slot.HOURS, hours)

    def _read_place(self) -> None:
        asked = self.asked is Slot.PLACE
        found, is_own = find_place(self.text, self.places, asked=asked)
        if found is None:
            return
        if is_own and not asked and not shares_a_home(self.answers.who, young=self.answers.age is AgeBand.YOUNG):
            return
        place, between = settle(found)
        if place is None and self.known.place is not None and not asked:
            return
        if place is None:
            self.heard.add(Slot.PLACE)
            self.keep(place=None, place_between=between)
            return
        self._take_place(place)

    def _take_place(self, place: Place) -> None:
        self.take(Slot.PLACE, place)
        if self.answers.place is place:
            self.keep(place_between=())

    def _read_signs(self) -> None:
        signs = set(headings(self.said, "signs"))
        if "breaking_down" in signs:
            self.keep(breaking_down=True)
        if "claims_not" in signs:
            self.keep(claims_allowance=False)
        elif "claims" in signs:
            self.keep(claims_allowance=True)
