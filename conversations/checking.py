"""The self-check: reading an answer to the question that was asked, and asking the next one."""

import re
from dataclasses import replace

from conversations.answers.yes_no import read_yes_no
from conversations.events import Event, EventName
from conversations.flows import ENDING, ChoiceLine, State
from conversations.identification import Outcome, identify
from conversations.interrupts import bare
from conversations.models import NEW, Choice, Found, FoundKind, MessageKind, Session, Step
from conversations.next_steps import ending_choices, ending_text, next_topic
from conversations.parting import sorry
from conversations.slots import Answers, Slot
from conversations.still_open import MEANINGS, SEVERAL_ALLOWED, first_open, forget_answer, is_known, matching_choice
from conversations.turns import Turn, compose, numbered

GENTLE_TRIES = 2


def begin_check(turn: Turn, said: str = "") -> Step:
    """Ask the first question whose answer is not known yet, after `said` or else a word on what is coming."""
    flows = turn.content.flows
    intro = flows.phrases.check_intro_first if turn.session.state == NEW else flows.phrases.check_intro
    session = turn.session.model_copy(update={"trail": (), "tries": 0, "unsure": False, "outcome": None, "resume": ""})
    started = () if EventName.CHECK_STARTED in session.counted else (turn.event(EventName.CHECK_STARTED),)
    session = session.model_copy(update={"counted": session.counted | {EventName.CHECK_STARTED}})
    before = said or f"{sorry(turn)} {turn.say(intro)}".strip()
    step = go_to(replace(turn, session=session), flows.first, said=before)
    return replace(step, events=(*started, *step.events))


def go_to(turn: Turn, state_id: str, said: str = "") -> Step:
    """Ask `state_id`'s question, or the next one whose answer is not known, or tell the outcome."""
    at = first_open(turn, state_id)
    if at == ENDING:
        return _end(turn, said)
    return _ask(turn, turn.content.flows.states[at], said)


def answer_question(turn: Turn, before: Answers) -> Step | None:
    """Read the message as an answer to the waiting question. None: it is not one.

    `before` holds what was known before this message; `turn.answers` what it told when read for this question.
    """
    state = turn.content.flows.states[turn.session.state]
    picked = _picked(turn, state)
    if picked:
        answers = before
        for choice in picked:
            answers = _choose(state, choice, answers, turn)
        if len(picked) > 1 and state.asks is Slot.WHO:
            answers = answers.model_copy(update={"several": True})
        return _move_on(replace(turn, answers=answers), state, picked[0])
    if state.asks in turn.answers.skipped - before.skipped:  # "rather not say", in whatever words
        kept = turn.answers.model_copy(update={"skipped": before.skipped})
        return skip_question(replace(turn, answers=kept))
    if is_known(turn.answers, state.asks):
        return _move_on(turn, state, matching_choice(turn, state))
    if state.asks is Slot.PLACE and turn.answers.place_between and not before.place_between:
        return _ask(turn, state, "")
    return None


def go_on_without_caring(turn: Turn) -> Step:
    """The caring has ended, they have just said: a kind word, and only what is asked of those who cared once."""
    at, answers = turn.session.state, turn.answers
    trail = (*turn.session.trail, at) if is_known(answers, turn.content.flows.states[at].asks) else turn.session.trail
    session = turn.session.model_copy(update={"trail": trail, "tries": 0})
    return go_to(replace(turn, session=session), at, sorry(turn))


def skip_question(turn: Turn, said: str = "") -> Step:
    """Leave the waiting question unanswered, for good."""
    state = turn.content.flows.states[turn.session.state]
    return _leave(replace(turn, answers=_skipped(turn, state, state.leads)), state, state.leads, said)


def ask_again(turn: Turn, *, unsure: bool = False, said: str = "") -> Step:
    """The answer was not understood: put the question once or twice more, after what is `said`, then move on.

    Whoever says "I don't know" is asked once more, and after that not pressed again for the rest of the check.
    """
    if turn.session.tries >= GENTLE_TRIES or (unsure and turn.session.unsure):
        return skip_question(turn, said or turn.say(turn.content.flows.phrases.moving_on))
    state = turn.content.flows.states[turn.session.state]
    session = turn.session.model_copy(update={"tries": turn.session.tries + 1, "unsure": turn.session.unsure or unsure})
    return _ask(replace(turn, session=session), state, said or turn.say(state.again), tries=session.tries)


def go_back(turn: Turn) -> Step:
    """The question before this one, its answer forgotten; or this one again, when there is none before it."""
    flows, trail = turn.content.flows, tuple(s for s in turn.session.trail if s in turn.content.flows.states)
    if not trail:
        return repeat(turn, turn.say(flows.phrases.back_nothing))
    previous = flows.states[trail[-1]]
    session = turn.session.model_copy(update={"trail": trail[:-1], "tries": 0})
    answers = forget_answer(turn.answers, previous.asks)
    return _ask(replace(turn, session=session, answers=answers), previous, "")


def repeat(turn: Turn, said: str) -> Step:
    """The waiting question once more, with a few words before it."""
    return _ask(turn, turn.content.flows.states[turn.session.state], said, tries=turn.session.tries)


def explain(turn: Turn, *, again: bool) -> Step:
    """What the waiting question means, in other words, with its choices. Who is lost `again` and again is let go on."""
    if again and turn.session.tries > GENTLE_TRIES:
        return skip_question(turn, turn.say(turn.content.flows.phrases.moving_on))
    state = turn.content.flows.states[turn.session.state]
    return _put(turn, state, turn.say(state.explains.to(young=turn.young)), turn.session.tries + again)


def choices_of(turn: Turn, state: State) -> tuple[Choice, ...]:
    """What can be answered. Where people answer with a number of their own, the words themselves are the keys."""
    labels = {str(i): (c.young if turn.young and c.young else c.label) for i, c in enumerate(state.choices)}
    if asks_between(turn, state):
        # Under the numbers that they have in the whole list, so that a number always means the same.
        between = {place.value for place in turn.answers.place_between}
        labels = {key: label for key, label in labels.items() if state.choices[int(key)].means in between}
        return tuple(Choice(str(int(key) + 1), label, f"{state.id}:{key}") for key, label in labels.items())
    if state.numbered:
        return numbered(labels, state.id)
    return tuple(Choice(label, label, f"{state.id}:{key}") for key, label in labels.items())


def asks_between(turn: Turn, state: State) -> bool:
    """Whether the place named may lie in one of several councils' areas: then it is asked about, never guessed."""
    return state.asks is Slot.PLACE and bool(turn.answers.place_between) and state.between is not None


def question(turn: Turn, state: State) -> str:
    """The question in this person's wording."""
    said = state.between if state.between is not None and asks_between(turn, state) else None
    if said is not None:
        return said.to(young=turn.young)
    return state.question(young=turn.young, ended=turn.answers.caring_has_ended)


def _picked(turn: Turn, state: State) -> list[ChoiceLine]:
    """The choices that the message names: by button, by number, or in their own words."""
    if turn.message.kind is MessageKind.BUTTON:
        at, _, key = turn.message.button.partition(":")
        by_key = {str(number): choice for number, choice in enumerate(state.choices)}
        return [by_key[key]] if at == state.id and key in by_key else []
    text = bare(turn.message.text)
    yes_no = (
        read_yes_no(turn.content.vocabulary.hear(turn.message.text)) if not is_known(turn.answers, state.asks) else None
    )
    for choice in state.choices:
        if {text, yes_no.value if yes_no else ""} & ({bare(choice.label), bare(choice.young)} - {""}):
            return [choice]
    if not state.numbered or not re.fullmatch(r"\d( (and |n )?\d)*", text):
        return []
    keys = [int(key) for key in re.findall(r"\d", text)]
    if any(not 1 <= key <= len(state.choices) for key in keys) or (len(keys) > 1 and state.asks not in SEVERAL_ALLOWED):
        return []
    return [state.choices[key - 1] for key in dict.fromkeys(keys)]


def _choose(state: State, choice: ChoiceLine, answers: Answers, turn: Turn) -> Answers:
    means = choice.young_means if turn.young and choice.young_means else choice.means
    if means == "skip":
        return _skipped(replace(turn, answers=answers), state, choice.leads)
    field, values = MEANINGS[state.asks]
    value = values(means)
    if state.asks in SEVERAL_ALLOWED:
        return answers.model_copy(update={field: tuple(dict.fromkeys((*getattr(answers, field), value)))})
    if state.asks is Slot.PLACE:
        return answers.model_copy(update={field: value, "place_between": ()})
    return answers.model_copy(update={field: value})


def _skipped(turn: Turn, state: State, lead: str) -> Answers:
    """Without an answer to this question; not for good, if the next one asks the same in another way."""
    following = turn.content.flows.states.get(lead)
    if following is not None and following.asks is state.asks:
        return turn.answers
    return turn.answers.model_copy(update={"skipped": turn.answers.skipped | {state.asks}})


def _move_on(turn: Turn, state: State, choice: ChoiceLine | None) -> Step:
    return _leave(turn, state, choice.leads if choice else state.leads, choice.says if choice else "")


def _leave(turn: Turn, state: State, lead: str, said: str) -> Step:
    session = turn.session.model_copy(update={"trail": (*turn.session.trail, state.id), "tries": 0})
    return go_to(replace(turn, session=session), lead, turn.say(said) if said else "")


def _ask(turn: Turn, state: State, said: str, tries: int = 0) -> Step:
    """The question, after a few words. Where both and the choices are too long, they know the question: it waits."""
    asked, choices = turn.say(question(turn, state)), choices_of(turn, state)
    whole = f"{said} {asked}".strip()
    known = bool(said) and state.id == turn.session.state
    short = known and compose(turn, whole, choices).choices != choices
    return _put(turn, state, said if short else whole, tries)


def _put(turn: Turn, state: State, text: str, tries: int) -> Step:
    session = turn.session.model_copy(
        update={"state": state.id, "answers": turn.answers, "tries": tries, "offered": (), "resume": ""}
    )
    reply = compose(turn, text, choices_of(turn, state))
    return Step(session, (reply,), (), Found(FoundKind.CHECK), asks=state.asks)


def _end(turn: Turn, said: str) -> Step:
    outcome = identify(turn.answers)
    text = f"{said} {ending_text(turn, outcome)}".strip()
    events = _ending_events(turn, outcome)
    session = turn.session.model_copy(
        update={
            "state": "ended",
            "answers": turn.answers,
            "outcome": outcome,
            "topic": next_topic(outcome, turn.answers),
            "page": 0,
            "offered": (),
            "tries": 0,
            "counted": turn.session.counted | {event.name for event in events},
        }
    )
    reply = compose(turn, text, ending_choices(turn, outcome))
    return Step(session, (reply,), events, Found(FoundKind.CHECK), outcome=outcome)


def _ending_events(turn: Turn, outcome: Outcome) -> tuple[Event, ...]:
    name = EventName.IDENTIFIED if outcome.carer else EventName.NOT_IDENTIFIED
    if name in turn.session.counted:
        return ()
    event = replace(turn.event(name), area=outcome.area)
    if not outcome.carer:
        return (replace(event, reason_not=outcome.reason_not),)
    kinds = tuple(sorted(outcome.kinds))
    return (replace(event, kinds=kinds, hours=outcome.hours, stage=outcome.stage),)


def fresh(session: Session) -> Session:
    """The same person, with everything they told put aside; what was counted stays counted."""
    return Session(counted=session.counted, source=session.source, last_seen=session.last_seen)
