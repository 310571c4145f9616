"""What a person may tell us about themselves: closed vocabularies, and nothing in anyone's own words.

These values are all that a session ever keeps of a conversation. There is no place here for a name, a sentence or a
number that belongs to one person, so none can be stored by mistake.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Slot(StrEnum):
    """What a state asks for. The ids are those of labelled dialogues."""

    OPENING = "opening"
    HELPS_SOMEONE = "helps_someone"
    WHO = "who"
    WHY = "why"
    TASKS = "tasks"
    COULD_COPE_WITHOUT = "could_cope_without"
    PAID = "paid"
    AGE = "age"
    HOURS = "hours"
    PLACE = "place"
    WORK = "work"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Relation(StrEnum):
    """Who is looked after, in the word that is said back ("your nan")."""

    MUM = "mum"
    DAD = "dad"
    PARENT = "parent"  # one of them, not said which
    PARENTS = "parents"
    WIFE = "wife"
    HUSBAND = "husband"
    PARTNER = "partner"
    SON = "son"
    DAUGHTER = "daughter"
    CHILD = "child"
    BROTHER = "brother"
    SISTER = "sister"
    SIBLING = "sibling"
    NAN = "nan"
    GRANDAD = "grandad"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    SOMEONE = "someone"


CHILDREN = frozenset((Relation.SON, Relation.DAUGHTER, Relation.CHILD))
FAMILY = frozenset(Relation) - {Relation.FRIEND, Relation.NEIGHBOUR, Relation.SOMEONE}


class Reason(StrEnum):
    """Why they need help."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    OLD_AGE = "old-age"
    DEMENTIA = "dementia"
    MENTAL_HEALTH = "mental-health"
    DRINK_OR_DRUGS = "drink-or-drugs"
    LEARNING_OR_AUTISM = "learning-or-autism"
    END_OF_LIFE = "end-of-life"
    NONE = "none"  # nothing beyond what any child or household needs


class Task(StrEnum):
    """What the person does, as scenes in which people recognise themselves."""

    HOUSEHOLD = "household"
    APPOINTMENTS = "appointments"
    MEDICINES = "medicines"
    PERSONAL_CARE = "personal-care"
    MONEY_AND_LETTERS = "money-and-letters"
    INTERPRETING = "interpreting"
    KEEPING_AN_EYE = "keeping-an-eye"
    CHEERING_UP = "cheering-up"
    SIBLINGS = "siblings"
    NONE = "none"


class Paid(StrEnum):
    """Whether the looking after is paid work. A carer's benefit is not pay."""

    UNPAID = "unpaid"
    PAID = "paid"
    BOTH = "both"  # a paid care worker who also looks after someone of their own


class AgeBand(StrEnum):
    YOUNG = "young"  # under 18
    YOUNG_ADULT = "young-adult"  # 18 to 25
    ADULT = "adult"  # 26 to 64
    OLDER = "older"  # 65 and over


class HoursBand(StrEnum):
    """Hours of looking after, a week."""

    UNDER_20 = "under-20"
    FROM_20 = "20-34"
    FROM_35 = "35-49"
    FROM_50 = "50-plus"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """Whose council it is; `outside` is anywhere that is not Leicester, Leicestershire or Rutland."""

    LEICESTER = "leicester"
    LEICESTERSHIRE = "leicestershire"
    RUTLAND = "rutland"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Work(StrEnum):
    WORKING = "working"  # employed or self-employed, any hours
    STUDYING = "studying"
    NEITHER = "neither"


class Stance(StrEnum):
    """From where the person speaks, when they say so."""

    CARES = "cares"
    CARED_FOR = "cared-for"  # is the one looked after
    PROFESSIONAL = "professional"  # asks for a patient, pupil or client
    WORRIED = "worried"  # asks about somebody else's caring


class Parting(StrEnum):
    """How the caring ended, where that is told."""

    DEATH = "death"
    CARE_HOME = "care-home"  # a move for good


class Answers(BaseModel):
    """All that is known of one person. `None` and empty mean not yet told; `skipped` that they would rather not say."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    helps_someone: YesNo | None = None
    stance: Stance | None = None
    who: tuple[Relation, ...] = ()
    several: bool = False  # looks after two or more people now
    child_under_18: bool | None = None  # of the person's own child, when that is who it is
    why: tuple[Reason, ...] = ()
    tasks: tuple[Task, ...] = ()
    could_cope_without: YesNo | None = None
    paid: Paid | None = None
    age: AgeBand | None = None
    hours: HoursBand | None = None
    place: Place | None = None
    place_between: tuple[Place, ...] = ()  # the authorities an ambiguous place may lie in
    work: Work | None = None
    former: bool | None = None  # the caring has ended, by death or a permanent move into care
    parting: Parting | None = None  # with `former`: how it ended
    caring_now: bool | None = None  # with `former`: somebody else is looked after today
    breaking_down: bool = False  # said that it is getting too much (short of danger)
    claims_allowance: bool | None = None  # said that they get Carer's Allowance
    skipped: frozenset[Slot] = frozenset()

    @property
    def caring_has_ended(self) -> bool:
        """Whether there was somebody to look after, and is nobody now."""
        return bool(self.former) and not self.caring_now

    @property
    def bereaved(self) -> bool:
        return self.caring_has_ended and self.parting is Parting.DEATH
