"""What people type, and what it means."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import Understanding, understand
from conversations.answers.vocabulary import load_vocabulary
from conversations.identification import identify
from conversations.slots import (
    AgeBand,
    Answers,
    HoursBand,
    Paid,
    Parting,
    Place,
    Reason,
    Relation,
    Slot,
    Stance,
    Task,
    Work,
    YesNo,
)
from knowledge.places_file import load_places

VOCABULARY = load_vocabulary()
PLACES = load_places(Path(__file__).parents[2] / "knowledge" / "places.toml")
NOTHING = Answers()
HER_DAD = Answers(helps_someone=YesNo.YES, who=(Relation.DAD,))


def said(text: str, asked: Slot | None = None, known: Answers = NOTHING) -> Understanding:
    return understand(text, asked, known, VOCABULARY, PLACES, year=2026)


def told(text: str, asked: Slot | None = None, known: Answers = NOTHING) -> Answers:
    return said(text, asked, known).answers


YES = """
    yes | yeh | yh | yeah my mum | yep | yup | ye | yes i do | i do | i do yeah | of course | aye
    yes, my husband | my nan | i look after my brother | just my mum | i suppose so | i guess so | spose so
    yes every day | i have to | haan | tak | ok yes | yessss | i help my mum | well my wife yes | 100% | def | 👍
    i'm his mum so yes | no one else will so yes | not just one, both my parents | i help out with my gran
    i do all the cooking for my mum | i'd say so | all the time | too right | my son, he has autism
    i cook and clean for her | well i care for my husband | both my parents | yes, I do indeed
    I look after my husband, yes | she needs me | yes i take my dad to hospital | im her daughter so yeh
    I am caring for my mother | i am look after my husband | we look after my father in law
    """
NO = """
    no | nah | nope | na | not really | no not really | no one | nobody | never | i don't think so
    not that i know of | no i dont | nie | nahi | dont think so | not me | definitely not | no thanks
    """
UNSURE = """
    not sure | idk | dunno | maybe | sort of | kinda | a bit | sometimes | i dont know | depends | no idea
    hard to say | possibly | not sure if that counts | perhaps | pata nahi | nie wiem | dno
    i don't know if it counts | yes and no
    """


def cases(table: str) -> list[str]:
    """The messages of a table: a bar between two, and lines only for reading."""
    return [case.strip() for line in table.strip().splitlines() for case in line.split("|") if case.strip()]


@pytest.mark.parametrize("text", cases(YES))
def test_helping_someone_yes(text: str) -> None:
    assert told(text, Slot.HELPS_SOMEONE).helps_someone is YesNo.YES


@pytest.mark.parametrize("text", cases(NO))
def test_helping_someone_no(text: str) -> None:
    assert told(text, Slot.HELPS_SOMEONE).helps_someone is YesNo.NO


@pytest.mark.parametrize("text", cases(UNSURE))
def test_helping_someone_unsure(text: str) -> None:
    assert told(text, Slot.HELPS_SOMEONE).helps_someone is YesNo.UNSURE


COULD_NOT = """
    no | nah | no way | he couldnt | not a chance | she'd fall | hed be lost | not for long | she would struggle
    i dont think so | no she cant do anything | she'd starve | not really | for a day maybe | he wouldnt eat
    no one else to do it | theres only me | dread to think | hed be in a home | she cant be left | probably not
    i doubt it | she relies on me | never | wouldn't manage | he would not cope | he'd forget his tablets
    mum wouldn't cope no | not safely | only for an hour or so | no, who would do it | she wouldnt get out of bed
    no chance she'd be in hospital within a week | nope hed burn the house down | without me? no | nahi
    yes for an hour but no more than that | he thinks he could but he couldnt | barely | she'd not wash or eat
    there is nobody else
    """
COULD = """
    yes | yeah | yeah she'd be fine | easily | of course | yes he manages fine on his own | she's very independent
    they'd manage | probably | she doesnt really need me | he looks after himself | course they could
    yh shes fine | yes, they don't need any help | she'd cope fine
    """


@pytest.mark.parametrize("text", cases(COULD_NOT))
def test_they_could_not_cope(text: str) -> None:
    assert told(text, Slot.COULD_COPE_WITHOUT, HER_DAD).could_cope_without is YesNo.NO


@pytest.mark.parametrize("text", cases(COULD))
def test_they_could_cope(text: str) -> None:
    assert told(text, Slot.COULD_COPE_WITHOUT, HER_DAD).could_cope_without is YesNo.YES


WHO = {
    Relation.MUM: """
    my mum | me mam | mum | my mother | mummy | mi mum | mama | my mum, she lives with us | its my mum
    im her daughter | i'm her son | mom | ammi | my mom she is sick | not my dad, my mum | my elderly mother
    mother
    """,
    Relation.DAD: """
    my dad | daddy | father | my father he has stroke | papa | im his son | abbu | bapuji | i am his daughter
    me dad | my poor old dad
    """,
    Relation.PARENTS: """
    both my parents | mum and dad | me mum n dad | my folks | mother and father | my elderly parents | mum & dad
    mum dad | rodzice
    """,
    Relation.WIFE: """
    my wife | the wife | the missus | im her husband | wife of 50 years | my dear wife
    im not a carer im her husband | meri biwi | moja zona
    """,
    Relation.HUSBAND: """
    my husband | hubby | i'm his wife | my hubby hes got ms | husband. | my husbnd | I'm not a carer, I'm his wife
    moj maz
    """,
    Relation.PARTNER: """
    my partner | my girlfriend | boyfriend | gf | my other half | my fiance | im his partner
    """,
    Relation.SON: """
    my son | my lad | our son hes 7 | my boy | im his mum | my 9 year old son | I am his dad | my autistic son
    my little boy | mera beta | my grown up son
    """,
    Relation.DAUGHTER: """
    my daughter | our girl | my little girl | im her mum | my 12 yr old daughter | my dauther | moja corka
    i'm her dad
    """,
    Relation.CHILD: """
    my kids | my child | my baby | my youngest | my 2 boys | the kids | my little one | my eldest | mum of 3
    """,
    Relation.BROTHER: """
    my brother | my big bro | lil brother | my bruv and thats brother | im his sister | my twin brother | bhai
    my older brother he got downs
    """,
    Relation.SISTER: """
    my sister | my sis | me sister | im her brother | my big sister | my lil sis | behen | moja siostra
    """,
    Relation.NAN: """
    my nan | nan | me nanna | granny | gran | grandma | my grandmother | nani | my nan she lives with us | babcia
    im her granddaughter | dadi
    """,
    Relation.GRANDAD: """
    grandad | my grandpa | granddad | my grandfather | gramps | me grandad | im his grandson | dziadek
    """,
    Relation.RELATIVE: """
    my aunt | my auntie | uncle | mother in law | my mother-in-law | my cousin | my niece | my husbands mum
    my father in law | step dad | my wife's mother | my grandson | saas | my uncle he lives alone
    """,
    Relation.FRIEND: """
    a friend | my best mate | my friend | friend from church | flatmate | my mate dave | an old friend
    """,
    Relation.NEIGHBOUR: """
    my neighbour | the lady next door | old man across the road | neighbor | next door | my elderly neighbour
    """,
}


@pytest.mark.parametrize(("relation", "text"), [(who, text) for who, texts in WHO.items() for text in cases(texts)])
def test_who(relation: Relation, text: str) -> None:
    assert told(text, Slot.WHO).who == (relation,)


SEVERAL = """
    both my parents | mum and dad | my mum and my nan | my husband and our son | my two boys both autistic
    mum n my brother | my nan and grandad | my wife, and my mother too | two of them, mum and my sister | my twins
    my mum. and my dad | my dad and his sister | both, mum and dad | my mother in law and my own mum
    my husband and my disabled daughter | both my grandparents | mum, plus my auntie now
    """
ONE = """
    my mum | i live with my mum and dad and its my dad | me and my sister look after mum | my husband
    my dad, mum died | my brother, mum works | my son, i have 2 other kids who are fine | my mum, my brother helps
    dad, since mum passed away | my 3 kids but one has autism | my mum. me and my dad do it between us
    my husband, both legs are bad
    """


@pytest.mark.parametrize("text", cases(SEVERAL))
def test_several_people(text: str) -> None:
    assert told(text, Slot.WHO).several


@pytest.mark.parametrize("text", cases(ONE))
def test_one_person(text: str) -> None:
    assert not told(text, Slot.WHO).several


WHY = {
    Reason.ILLNESS: """
    she has ms | cancer | hes had a stroke | heart failure and copd | parkinsons | parkinson's disease
    diabetic and bad legs | kidney dialysis | epilepsy | shes really ill | he is poorly | motor neurone
    arthritis | chronic pain | long covid | she's sick all the time | ms | bad heart | fits | bimar | rak
    """,
    Reason.DISABILITY: """
    hes disabled | in a wheelchair | cerebral palsy | shes blind | paralysed | cant walk | he is deaf
    he lost his leg | partially sighted | muscular dystrophy | brain injury from a crash | bad back
    she can hardly walk | disabld since birth
    """,
    Reason.OLD_AGE: """
    shes old | hes 87 | old age | shes getting on a bit | frail | he keeps falling | just old | she is 91 now
    elderly and unsteady | getting frail | she's 84
    """,
    Reason.DEMENTIA: """
    dementia | alzheimers | he forgets everything | her memory | alzeimers | demensia | she gets confused
    vascular dementia | lewy body | memory problems | shes very forgetful
    """,
    Reason.MENTAL_HEALTH: """
    depression | bipolar | mental health | shes got anxiety | she just gets sad | he hears voices | ptsd
    schizophrenia | skitzophrenia | she wont get out of bed | ocd | eating disorder | depresion
    he has depression and stuff | her nerves | his mental health is bad | bpd
    """,
    Reason.DRINK_OR_DRUGS: """
    she drinks | alcoholic | drugs | hes an addict | drink problem | heroin | mum drinks too much | alchoholic
    hes on drugs | addiction
    """,
    Reason.LEARNING_OR_AUTISM: """
    autism | hes autistic | adhd | downs syndrome | learning disability | special needs | asd | adhd and odd
    global delay | learning difficulties | he has down's | non verbal autism | shes artistic | autisum
    """,
    Reason.END_OF_LIFE: """
    hes dying | terminal | palliative | weeks to live | end of life care
    """,
    Reason.NONE: """
    no reason | theyre just kids | nothing wrong with them | hes fine | they dont need help | theyre only little
    shes perfectly healthy | just normal kid stuff | she doesnt really need help, likes the company
    no illness or anything | because they are children | hes just lazy | none | she's not ill or anything
    they're 3 and 5 | she is fit as a fiddle | just being neighbourly | he's 2, he's a baby
    no disability, they are just young
    """,
}


@pytest.mark.parametrize(("reason", "text"), [(why, text) for why, texts in WHY.items() for text in cases(texts)])
def test_why(reason: Reason, text: str) -> None:
    assert reason in told(text, Slot.WHY, HER_DAD).why
    if reason is not Reason.NONE:
        assert Reason.NONE not in told(text, Slot.WHY, HER_DAD).why


NOT_NO_REASON = """
    she cant walk, nothing else | he has no legs | she has no memory | not well at all | he isn't well
    shes not been well since the stroke | no strength, shes 90 | he can't see, no sight at all
    hes never been right since the accident
    """


@pytest.mark.parametrize("text", cases(NOT_NO_REASON))
def test_a_reason_with_a_no_in_it(text: str) -> None:
    why = told(text, Slot.WHY, HER_DAD).why
    assert why
    assert Reason.NONE not in why


TASKS = {
    Task.HOUSEHOLD: """
    cooking and cleaning | i do the shopping | cook tea | everything round the house | dinners n washing
    """,
    Task.APPOINTMENTS: "take her to the doctors|hospital appointments|drive him to appts",
    Task.MEDICINES: """
    her meds | tablets | i do his insulin | sort her medication
    """,
    Task.PERSONAL_CARE: """
    wash and dress her | help him in the shower | get her dressed | toilet | lifting her
    """,
    Task.MONEY_AND_LETTERS: """
    bills and letters | paperwork | her money | sort the bank out
    """,
    Task.INTERPRETING: "translate for her|interpret at the doctors|i speak for my mum",
    Task.KEEPING_AN_EYE: """
    keep an eye on him | make sure shes safe | check on her | sit with him
    """,
    Task.CHEERING_UP: """
    cheer her up | listen to her | talk to her when shes sad | keep her company
    """,
    Task.SIBLINGS: "look after my little brother|get my sisters ready for school and take my little sister",
    Task.NONE: """
    nothing | none of them | nothing really | none
    """,
}


@pytest.mark.parametrize(("task", "text"), [(task, text) for task, texts in TASKS.items() for text in cases(texts)])
def test_tasks(task: Task, text: str) -> None:
    assert task in told(text, Slot.TASKS).tasks


@pytest.mark.parametrize("text", ["everything", "all of it", "you name it", "the lot", "loads", "what dont i do"])
def test_everything_is_a_task(text: str) -> None:
    assert told(text, Slot.TASKS).tasks not in ((), (Task.NONE,))


AGE = {
    AgeBand.YOUNG: """
    15 | im 14 | 14 | fourteen | nearly 18 | 18 next month | year 9 | yr 10 | 17 | 17 going on 18 | im in year 6
    9 | i am 12 years old | 15 n a half | 16 in june | im 17 | 10 yrs | still at school | im a teenager
    17 almost 18 | 2012 | born 2010 | i'll be 18 in march | not 18 yet | 18 in 2 weeks | i'm fifteen | 13f
    thirteen | just turned 16 | sixth form | im eleven | my age is 13 | 16 my mum is 45 | almost 17 | u16 im 15
    12 and a half | under 18
    """,
    AgeBand.YOUNG_ADULT: """
    18 | 19 | 21 | im 22 | twenty three | 24 yrs | 25 | early twenties | just turned 18 | 18 last week
    20 years old | i am 25 | 2003 | twenty | 21yo | 23f | in my early 20s | nineteen nearly 20 | nearly 26
    """,
    AgeBand.ADULT: """
    26 | 33 | im 45 | forty five | 52 | 64 | in my forties | late thirties | mid 50s | born 1975 | fifty odd
    I am 60 years of age | early sixties | 55ish | 41 next month | 63 and a half | nearly 65 | middle aged
    50 something | i'm 38 my mum is 70 | 44 my dad is 80 | I was born in 1980 | 65 in march | mam 45 lat
    the wrong side of 50 | 40s | 48 and knackered | im 30 | 58 my husband is 72
    """,
    AgeBand.OLDER: """
    65 | 66 | im 72 | seventy | 81 | born 1950 | pensioner | in my eighties | late 60s | I am 78 years old
    seventy-four | oap | 3 score years and ten | born in 1948 | over 70 | eighty two in june | 1944
    i'm retired, 71 | ninety | seventy years young | I shall be 80 in may | 76 and my wife is 79 | I am in my 70s
    old age pensioner | I am of 69 years
    """,
}


@pytest.mark.parametrize(("band", "text"), [(age, text) for age, texts in AGE.items() for text in cases(texts)])
def test_age(band: AgeBand, text: str) -> None:
    assert told(text, Slot.AGE).age is band


@pytest.mark.parametrize(
    "text",
    [
        "my mum is 82",
        "hes 7",
        "she is 45",
        "my son is 12",
        "dads 70",
        "old enough",
        "why",
        "my 9 year old",
        "none",
        "shes 45 and hes 50",
        "mum 82 dad 84",
        "she'll be 90 in june",
    ],
)
def test_somebody_elses_age_is_not_the_texters(text: str) -> None:
    assert told(text, Slot.AGE).age is None
    assert told(text).age is None


SAID_AGE = {
    AgeBand.YOUNG: """
    im 14 n look after me mum | i'm 12 and my mum is ill | hi im in year 8 my dad drinks
    14 year old girl here looking after my nan | im fifteen and i do everything for my brother
    my teacher said to text, my mum has ms | as a 16 year old its hard | I have my gcses and mum is in bed all day
    im only 10 | hiya im 17 i look after my lil bro hes autistic
    """,
    AgeBand.YOUNG_ADULT: """
    im 19 at uni and my mum has ms | 21 year old here caring for dad | I'm 24 and look after my brother
    """,
    AgeBand.ADULT: """
    im 45 and my mum has dementia | I am 50, I look after my husband whos 60 | hi, 34 years old, looking after mum
    """,
    AgeBand.OLDER: """
    I am 78 and look after my wife | we are both in our 80s, i look after him
    im a pensioner looking after my sister | At 72 I am 72 years old and my husband has dementia
    """,
}


@pytest.mark.parametrize(("band", "text"), [(age, text) for age, texts in SAID_AGE.items() for text in cases(texts)])
def test_age_in_a_first_message(band: AgeBand, text: str) -> None:
    assert told(text).age is band


NO_AGE_SAID = """
    i look after my 9 year old son | my mum is 82 | im a mum of 2 | im doing this 24/7 | i am 100% sure
    im 2 years into this | my dad 75 has parkinsons | he is 14 | my 15 yr old daughter has anorexia
    i do 20 hours | im at my wits end after 10 years | my son is in year 9 | she was 40 when she got ms
    we have been married 50 years | i am 5 minutes away | for my 80 year old mum
    """


@pytest.mark.parametrize("text", cases(NO_AGE_SAID))
def test_no_age_in_a_first_message(text: str) -> None:
    assert told(text).age is None


HOURS = {
    HoursBand.UNDER_20: """
    10 | about 15 | 2 hours a day | most weekends | an hour a day | couple of hours a day | few hours a week
    10-15 | twice a week for 2 hours | not many | less than 20 | under 20 | half an hour every morning
    1 day a week | 2 days a week | hour and a half a day | 4 hours on tuesdays and thursdays | every saturday
    5 hrs | just weekends | hour or 2 a day | 12 hrs a week | an hour each morning and an hour each night
    2 hrs 3 times a week | 10ish | 1 or 2 hours a day | 6 hours at the weekend | couple of evenings
    20 mins a day | 8 to 10 hours
    """,
    HoursBand.FROM_20: """
    20 | 3 hrs a night | 25 | 20-30 | 4 hours a day | about 30 | every evening about 3 hours | 3 days a week
    thirty | 3 hrs every night and all weekend | from 4 till 8 every day | 20+ | over 20 | roughly 25 hours
    3 or 4 hours a day | 4 hours every day | 2 before school and 2 after | 4 full days a week
    half my week, 30 hours | 28ish | three hours a day
    """,
    HoursBand.FROM_35: """
    35 | 40 | 5 or 6 a day | like a full time job | about 45 hours | 6 hours a day | 40+ | 35 to 40
    5 hours every day | 3 in the morning and 3 at night | 8 hours a day 5 days a week | full time job basically
    9 to 5 mon to fri | 5 hours a day at least | forty
    """,
    HoursBand.FROM_50: """
    50 | all day every day | 24/7 | round the clock | 60+ | all day | he cant be left | every waking hour
    8 hours a day | 10 a day | constant | day and night | never stops | 100 | over 50 | 24 hours | full time
    i never get a break its all the time | all the time | 7 days a week all day | 12 hours a day
    dont get a minute, nonstop | twenty four seven | 168 | most of the day | caly czas | whole day and night
    """,
    HoursBand.UNKNOWN: """
    depends | loads | it varies | idk | never counted | no idea | hard to say | lots | too many | dont know
    varies a lot | some weeks more than others | not sure | cant say really | every day | depends how she is
    up and down | i dont count
    """,
}


@pytest.mark.parametrize(("band", "text"), [(hours, text) for hours, texts in HOURS.items() for text in cases(texts)])
def test_hours(band: HoursBand, text: str) -> None:
    assert told(text, Slot.HOURS, HER_DAD).hours is band


PLACE = {
    Place.LEICESTER: """
    le3 | LE5 | leicester | in the city | belgrave | Narborough Road | highfields le2 | beaumont leys
    city centre | evington | lester | le1 | Clarendon Park, Leicester | new parks estate | st matthews
    mum lives in aylestone | same as me, westcotes | hamilton | saffron lane | le5 4ab | stoneygate
    braunstone park
    """,
    Place.LEICESTERSHIRE: """
    oadby | Oadby LE2 | wigston | south wigston | loughborough | lboro | hinkley | birstall le4 | LE18 | coalville
    the county | leics | market harborough | melton | near lutterworth | syston | shepshed | ashby | glenfield
    blaby | le67 | countesthorpe | leicester forest east | wigstan | she lives in Sileby, i live in leicester
    broughton astley | a village near melton mowbray | braunstone town | thurmaston
    """,
    Place.RUTLAND: """
    oakham | near oakham | rutland | uppingham | le15 | ketton | okeham | cottesmore | ryhall
    in rutland near the water | empingham | dad is in Oakham but i'm in Leicester
    """,
    Place.OUTSIDE: """
    nottingham | stamford | derby | peterborough | corby | coventry | shes in nuneaton
    my mum lives in birmingham | kettering | market deeping | london | ng5 | scotland
    i live in Wigston but mum is in Derby
    """,
}


@pytest.mark.parametrize(("place", "text"), [(place, text) for place, texts in PLACE.items() for text in cases(texts)])
def test_place(place: Place, text: str) -> None:
    assert told(text, Slot.PLACE, HER_DAD).place is place


@pytest.mark.parametrize(
    "text",
    [
        "at home",
        "with me",
        "idk",
        "same house",
        "why do you need that",
        "hi",
        "no",
        "just round the corner",
        "next door",
    ],
)
def test_no_place(text: str) -> None:
    assert told(text, Slot.PLACE, HER_DAD).place is None


def test_a_place_in_two_councils_is_asked_about() -> None:
    heard = said("braunstone", Slot.PLACE)
    assert heard.answers.place is None
    assert heard.answers.place_between == (Place.LEICESTER, Place.LEICESTERSHIRE)
    assert Slot.PLACE in heard.heard
    settled = said("the town", Slot.PLACE, heard.answers).answers
    assert settled.place in (None, Place.LEICESTERSHIRE)


WORK = {
    Work.WORKING: """
    yes | part time | i work at tesco | yes full time | self employed | part time cleaner | teacher
    yes nights at amazon | uni and a part time job | work from home | im a nurse | dropped to 3 days | paper round
    yes in an office | 16 hrs at asda | still working | zero hours contract | off sick from work
    i run my own business | yes i work | bus driver | part time in a school | saturday job | 3 days a week
    yes for the council | apprentice | i do a few shifts in a pub | yes, but i had to cut my hours | warehouse
    yes as a teaching assistant | childminder | full time | im on maternity leave
    """,
    Work.STUDYING: """
    school | at college | uni | student | year 9 | sixth form | im at school | doing my a levels | i study at dmu
    no im at school | college course | still at school | studying nursing at uni | gcses | yr 11 | open university
    """,
    Work.NEITHER: """
    no | retired | gave up work to look after him | neither | unemployed | not working | had to leave my job
    no i get carers allowance | on benefits | housewife | lost my job | not any more | i used to work at tesco
    cant work | stay at home mum | not at the moment | no, gave it up | pensioner | I am retired
    had to stop when mum got ill | no, I left my job | im his full time carer | i volunteer at a charity shop
    emeryt | looking for work
    """,
}


@pytest.mark.parametrize(("work", "text"), [(work, text) for work, texts in WORK.items() for text in cases(texts)])
def test_work(work: Work, text: str) -> None:
    assert told(text, Slot.WORK, HER_DAD).work is work


def test_a_child_who_says_yes_is_at_school() -> None:
    assert told("yes", Slot.WORK, Answers(age=AgeBand.YOUNG)).work is Work.STUDYING


UNPAID = """
    no | nope | i wish | unpaid | no hes my dad | nah its my dad | no just carers allowance
    i get carers allowance | not a penny | lol no | no its family | course not | i only get UC
    no, its my own dad | i dont get paid | no i'm his daughter | pocket money sometimes | no he gets pip
    not paid | do it for love | no its voluntary | he gets attendance allowance | why would i get paid
    does carers allowance count | no never
    """


@pytest.mark.parametrize("text", cases(UNPAID))
def test_unpaid(text: str) -> None:
    assert told(text, Slot.PAID, HER_DAD).paid is Paid.UNPAID


@pytest.mark.parametrize(
    "text",
    [
        "im a care assistant but this is my dad",
        "yes im a carer in a care home but not for dad",
        "I work for a care agency but this is my dad, no pay",
        "no, I'm a support worker by day but dad is family",
    ],
)
def test_a_care_worker_with_somebody_of_their_own(text: str) -> None:
    assert told(text, Slot.PAID, HER_DAD).paid in (Paid.BOTH, Paid.UNPAID)


PAID = """
    yes | yeah its my job | yes i work for an agency | i get paid by the care company | yep paid
    yes im employed by the home | its my job | yes, minimum wage | they pay me | yes i am a care assistant
    part of my job | paid by the family
    """


@pytest.mark.parametrize("text", cases(PAID))
def test_paid(text: str) -> None:
    assert told(text, Slot.PAID, Answers(who=(Relation.SOMEONE,))).paid is Paid.PAID


SKIPPED = """
    skip | rather not say | next | pass | none of your business | id rather not | prefer not to say
    dont want to say | thats private | not telling you | next question please | no comment
    I would prefer not to answer | mind your own | skip this one pls | n/a | do i have to
    """


@pytest.mark.parametrize("text", cases(SKIPPED))
@pytest.mark.parametrize("slot", [Slot.AGE, Slot.HOURS, Slot.PLACE, Slot.WHO, Slot.WHY, Slot.WORK])
def test_skipped(text: str, slot: Slot) -> None:
    heard = said(text, slot)
    assert slot in heard.answers.skipped
    assert slot not in heard.heard


VAGUE = """
    why do you need to know | what do you mean | who is this | is this a real person | hang on | eh? | what | ?
    lol | hello | i dont understand | how much does this cost | huh | one sec | sorry what
    can you say that again | is this confidential | thanks | ok
    """


@pytest.mark.parametrize("text", cases(VAGUE))
@pytest.mark.parametrize("slot", [Slot.AGE, Slot.PLACE, Slot.WHO, Slot.WHY, None])
def test_a_vague_reply_fills_nothing(text: str, slot: Slot | None) -> None:
    heard = said(text, slot)
    assert not heard.heard
    assert heard.answers.who == ()
    assert not heard.answers.skipped


@pytest.mark.parametrize("slot", [Slot.AGE, Slot.PLACE, Slot.WHO, Slot.WHY, Slot.WORK])
@pytest.mark.parametrize("text", ["idk", "dunno", "not sure", "no idea"])
def test_not_knowing_fills_nothing(text: str, slot: Slot) -> None:
    assert slot not in said(text, slot).heard


CARED_FOR = """
    my daughter looks after me | no im the one who needs help | i have carers come in | my husband cares for me
    my mum looks after me bc i have epilepsy | i need looking after | no, my wife does everything for me
    its me that needs the help | I'm the one being looked after | i need someone to help me wash and dress
    carers come to me twice a day, my carer is nice | my son helps me get dressed
    other way round, she looks after me
    """


@pytest.mark.parametrize("text", cases(CARED_FOR))
@pytest.mark.parametrize("slot", [None, Slot.HELPS_SOMEONE])
def test_the_one_looked_after(text: str, slot: Slot | None) -> None:
    answers = told(text, slot)
    assert answers.stance is Stance.CARED_FOR
    assert answers.helps_someone is not YesNo.YES


NOT_CARED_FOR = """
    i look after me mum | nobody looks after me | who looks after me when im ill
    im disabled but i look after my son | my sister helps me look after mum | i help me nan
    i take care of me dad | I have MS myself and I care for my husband | look after me brother every day
    mum depends on me
    """


@pytest.mark.parametrize("text", cases(NOT_CARED_FOR))
def test_not_the_one_looked_after(text: str) -> None:
    assert told(text).stance is not Stance.CARED_FOR


PROFESSIONAL = """
    I'm a social worker asking for a client | im a gp with a patient who cares for her husband
    I am a teacher, a pupil of mine looks after her mum | asking on behalf of a patient
    district nurse here, can i refer someone | how do i refer one of my patients
    im a school nurse, one of our students is caring for mum | practice manager, want leaflets for our patients
    social prescriber, ive a patient struggling
    """


@pytest.mark.parametrize("text", cases(PROFESSIONAL))
def test_a_professional(text: str) -> None:
    assert told(text).stance is Stance.PROFESSIONAL


@pytest.mark.parametrize(
    "text",
    [
        "im a nurse and i look after my mum",
        "I'm a teacher and my husband has MS, I look after him",
        "my mums social worker said to text, i care for her",
        "the district nurse told me, i look after my wife",
    ],
)
def test_a_carer_who_is_not_a_professional_here(text: str) -> None:
    assert told(text).stance is not Stance.PROFESSIONAL


PAID_WORKERS = """
    im a carer in a care home | I work as a carer for an agency | i'm a support worker
    I do home care visits for a company, carer by profession | im a hca on nights
    I work in a nursing home looking after residents | live in carer for an old lady, the agency pays me
    """


@pytest.mark.parametrize("text", cases(PAID_WORKERS))
def test_a_paid_worker_says_so_at_once(text: str) -> None:
    assert told(text).paid is Paid.PAID


FORMER = """
    my mum passed away in march, i looked after her | i used to look after my husband, he died
    not any more, he went into a care home | i did until she died | cared for mum for 6 years until she passed
    dad is in a nursing home now for good, i looked after him | I nursed my wife until she passed away last year
    she has gone into a home permanently | i was his carer till he died
    lost my husband in june, cared for him 10 years
    """


@pytest.mark.parametrize("text", cases(FORMER))
def test_caring_that_has_ended(text: str) -> None:
    answers = told(text, Slot.HELPS_SOMEONE)
    assert answers.former
    assert not answers.caring_now


NO_DEATH = """
    my dad died on sunday | when i was 20 my nan died | passed my nvq | he passed out on monday | i work in a care home
    not any more | LE7 | he nearly died last year
    """


@pytest.mark.parametrize("slot", [Slot.PLACE, Slot.AGE, Slot.HOURS, Slot.WORK, Slot.PAID, Slot.WHY])
@pytest.mark.parametrize(
    "text", ["He died in March", "she passed away last week", "my wife died on sunday", "ive lost my wife"]
)
def test_a_death_is_heard_at_any_question(text: str, slot: Slot) -> None:
    answers = told(text, slot, Answers(helps_someone=YesNo.YES, who=(Relation.WIFE,)))
    assert (answers.former, answers.caring_now, answers.parting) == (True, None, Parting.DEATH)


@pytest.mark.parametrize("slot", [Slot.PLACE, Slot.AGE, Slot.HOURS, Slot.WORK])
@pytest.mark.parametrize("text", cases(NO_DEATH))
def test_no_death_of_the_one_looked_after(text: str, slot: Slot) -> None:
    assert told(text, slot, Answers(helps_someone=YesNo.YES, who=(Relation.WIFE,))).parting is None


@pytest.mark.parametrize(
    ("text", "parting"),
    [
        ("my husband passed away last month", Parting.DEATH),
        ("i looked after mum until she died", Parting.DEATH),
        ("my mum has gone into a care home", Parting.CARE_HOME),
        ("i used to look after my nan", None),
    ],
)
def test_how_the_caring_ended(text: str, parting: Parting | None) -> None:
    answers = told(text)
    assert (answers.caring_has_ended, answers.parting, len(answers.who)) == (True, parting, 1)


NOT_FORMER = """
    my dad died years ago and now i look after mum | since dad died i look after mum
    she might have to go into a home | i dont want him going into a home
    mum nearly died last year, i look after her | he goes into respite for a week
    her husband died so i help my neighbour | i passed my driving test so i take her shopping
    i lost my job looking after mum | my nan died and mum got depressed, i look after her
    he is dying and i look after him | i used to work at boots | they want to put her in a home
    """


@pytest.mark.parametrize("text", cases(NOT_FORMER))
@pytest.mark.parametrize("slot", [None, Slot.HELPS_SOMEONE])
def test_caring_that_has_not_ended(text: str, slot: Slot | None) -> None:
    assert not told(text, slot).former


@pytest.mark.parametrize(
    "text",
    [
        "i looked after my dad till he died, now its my mum",
        "mum died in january, i cared for her, now my husband has dementia and i look after him",
        "i was mums carer until she passed. now im looking after my brother with downs",
    ],
)
def test_former_and_caring_again(text: str) -> None:
    answers = told(text, Slot.HELPS_SOMEONE)
    assert answers.former
    assert answers.caring_now


def test_everything_at_once() -> None:
    heard = said("im 14 n look after me mum in wigston shes got MS")
    assert heard.answers == Answers(
        helps_someone=YesNo.YES,
        stance=Stance.CARES,
        who=(Relation.MUM,),
        why=(Reason.ILLNESS,),
        age=AgeBand.YOUNG,
        place=Place.LEICESTERSHIRE,
    )
    assert heard.heard == {Slot.HELPS_SOMEONE, Slot.WHO, Slot.WHY, Slot.AGE, Slot.PLACE}


def test_an_older_persons_first_message() -> None:
    text = (
        "Good afternoon. I am 78 and look after my wife, who has Parkinson's. We live in Oakham. I am up day and night."
    )
    answers = told(text)
    assert answers.who == (Relation.WIFE,)
    assert answers.why == (Reason.ILLNESS,)
    assert answers.age is AgeBand.OLDER
    assert answers.place is Place.RUTLAND
    assert answers.hours is HoursBand.FROM_50


def test_a_parent_s_first_message() -> None:
    answers = told("my lad is 7 and autistic, I look after him all day, had to give up work. we're in Coalville")
    assert answers.who == (Relation.SON,)
    assert answers.child_under_18 is True
    assert answers.why == (Reason.LEARNING_OR_AUTISM,)
    assert answers.work is Work.NEITHER
    assert answers.place is Place.LEICESTERSHIRE


def test_a_working_carers_first_message() -> None:
    answers = told("i work full time and look after my dad with dementia in Loughborough, at the end of my tether")
    assert answers.work is Work.WORKING
    assert answers.who == (Relation.DAD,)
    assert answers.why == (Reason.DEMENTIA,)
    assert answers.place is Place.LEICESTERSHIRE
    assert answers.breaking_down


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("no sorry i meant my dad", {"who": (Relation.MUM,)}, {"who": (Relation.DAD,)}),
        ("sorry its my nan not my mum", {"who": (Relation.MUM,)}, {"who": (Relation.NAN,)}),
        ("i meant my brother sorry", {"who": (Relation.MUM,)}, {"who": (Relation.BROTHER,)}),
        ("actually im 17", {"age": AgeBand.ADULT}, {"age": AgeBand.YOUNG}),
        ("actually she lives in Oakham", {"place": Place.LEICESTER}, {"place": Place.RUTLAND}),
        ("oops i meant 40 hours", {"hours": HoursBand.FROM_50}, {"hours": HoursBand.FROM_35}),
    ],
)
def test_corrections(text: str, known: dict[str, object], expected: dict[str, object]) -> None:
    before = Answers.model_validate(known)
    heard = said(text, Slot.WORK, before)
    for field, value in expected.items():
        assert getattr(heard.answers, field) == value
        assert Slot(field) in heard.heard


def test_somebody_more_is_added() -> None:
    known = Answers(helps_someone=YesNo.YES, who=(Relation.MUM,))
    after = told("and i look after my dad as well", Slot.AGE, known)
    assert after.who == (Relation.MUM, Relation.DAD)
    assert after.several


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no my brother does that", Slot.PAID),
        ("my mum helps sometimes", Slot.HOURS),
        ("my brother is useless", Slot.HOURS),
        ("no", Slot.PAID),
        ("yes my husband works too", Slot.WORK),
        ("my sister lives in derby", Slot.WORK),
    ],
)
def test_a_passing_word_changes_nothing(text: str, asked: Slot) -> None:
    known = Answers(who=(Relation.DAD,), place=Place.RUTLAND, helps_someone=YesNo.YES, age=AgeBand.ADULT)
    after = told(text, asked, known)
    assert (after.who, after.place, after.age) == (known.who, known.place, known.age)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i get carers allowance", True),
        ("im on carers allowance", True),
        ("how do i get carers allowance", None),
        ("i dont get carers allowance", False),
    ],
)
def test_claiming(text: str, expected: bool | None) -> None:
    assert told(text).claims_allowance in ((expected,) if expected is not None else (None, False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my son hes 7", True),
        ("my 34 year old son", False),
        ("my daughter, shes 16", True),
        ("my grown up daughter", False),
        ("my son, he's at primary school", True),
        ("my adult son", False),
        ("my mum shes 82", None),
    ],
)
def test_a_childs_age(text: str, expected: bool | None) -> None:
    assert told(text, Slot.WHO).child_under_18 is expected


def test_who_is_past_sixty_has_grown_up_children_unless_they_say_otherwise() -> None:
    known = told("im 62", Slot.AGE)
    assert told("my son", Slot.WHO, known).child_under_18 is False
    assert told("my son, he's 12", Slot.WHO, known).child_under_18 is True


def test_nothing_in_an_empty_message() -> None:
    for text in ("", " ", "...", "🙂", "?!"):
        assert said(text, Slot.AGE) == Understanding(NOTHING, frozenset())


WORDS = st.sampled_from(
    cases(
        """
    mum | dad | nan | im | i | my | she | he | is | 14 | 82 | 3 | hours | a | day | week | night | look | after | help
    died | home | care | no | yes | not | sure | in | wigston | le3 | ms | dementia | work | school | , | . | ! | and
    but | actually | skip | both | 24/7 | born | 1950
    """
    )
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=30).map(" ".join)), st.sampled_from([None, *Slot]))
def test_any_text_is_read_and_leaves_no_words_behind(text: str, asked: Slot | None) -> None:
    heard = said(text, asked)
    dumped = heard.answers.model_dump_json()
    assert Answers.model_validate_json(dumped) == heard.answers
    assert identify(heard.answers).model_dump_json()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase, min_size=9, max_size=14), st.sampled_from([None, *Slot]))
def test_nothing_of_the_text_is_kept(word: str, asked: Slot | None) -> None:
    vocabulary = NOTHING.model_dump_json() + "".join(
        value
        for enum in (Slot, YesNo, Relation, Reason, Task, Paid, AgeBand, HoursBand, Place, Work, Stance)
        for value in enum
    )
    dumped = said(f"my mum {word} has ms {word}", asked).answers.model_dump_json()
    assert word in vocabulary or word not in dumped


@settings(max_examples=150, deadline=None)
@given(
    st.integers(5, 17),
    st.sampled_from(
        ["im {}", "{}", "i am {} years old", "{} yrs", "im {} and my mum is 45", "only {}", "{} nearly {}"]
    ),
)
def test_no_child_is_ever_an_adult(age: int, way: str) -> None:
    assert told(way.format(age, age + 1), Slot.AGE).age is AgeBand.YOUNG
