"""Plans drawn from the model of a kader, with everything that a plan can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from simulator.kader import reading
from simulator.plan.details import Board, Decision, Goal, MoneyYear, Organisation, PupilsYear
from simulator.plan.evidence import Evidence
from simulator.plan.model import Answer, Change, Plan, SchoolYears
from simulator.plan.workbook.writing import UNWRITABLE

KADERS = {name: reading.load(name) for name in ("swv-2014", "swv-2017", "swv-2021")}
GEMEENTEN = ["Gouda", "'s-Hertogenbosch", "Súdwest-Fryslân", "Bergen (L.)"]
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=12
)
_TRICKY = st.sampled_from(
    [
        "=1+1",
        "ja",
        "0012",
        "12,5",
        "1e5",
        " met spaties ",
        "regel 1\nregel 2",
        '"aangehaald"',
        "# geen",
        "- a: b",
        "true",
    ]
)
TEXTS = (_TEXT | _TRICKY).filter(lambda text: text.strip() and not UNWRITABLE.search(text))
DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
OCCURRENCES = DATES | st.just(False) | st.none()
AMOUNTS = st.integers(-(10**9), 10**11).map(lambda cents: cents / 100)
FIGURES = st.none() | AMOUNTS | TEXTS
_PLACE = {
    "document": st.none() | TEXTS,
    "page": st.none() | st.integers(1, 999),
    "section": st.none() | TEXTS,
    "quote": st.none() | TEXTS,
    "score": st.none() | st.integers(0, 1000).map(lambda thousands: thousands / 1000),
    "state": st.none() | st.sampled_from(["proposed", "accepted"]),
    "note": st.none() | TEXTS,
}
EVIDENCE = st.builds(Evidence, **_PLACE)
ANSWERS = st.builds(Answer, answer=st.none() | st.booleans(), **_PLACE)


@st.composite
def plans(draw):
    """A plan under one of the shipped kaders."""
    frame = KADERS[draw(st.sampled_from(sorted(KADERS)))]
    sector = draw(st.sampled_from(["po", "vo"]))
    first = frame.file.plan_period.first_school_year
    gemeenten = draw(st.lists(st.sampled_from(GEMEENTEN), unique=True))
    others = ["VO2802", "VO2810"] if sector == "po" else ["PO2801", "PO2814"]
    overlaps = draw(st.lists(st.sampled_from(others), unique=True))
    answers = draw(_answers(frame, sector))
    events = draw(_events(frame, {"gemeenten": gemeenten, "overlaps": overlaps}))
    plan = Plan(
        title=draw(TEXTS), swv="PO2814" if sector == "po" else "VO2802", sector=sector, kader=frame.id,
        period=SchoolYears(first_school_year=first, school_years=draw(st.integers(1, 10))),
        gemeenten=gemeenten, overlaps=overlaps, boards=draw(_boards()), answers=answers, events=events,
        goals=draw(st.lists(_goals(), max_size=2)), money=draw(_money(first)), pupils=draw(_pupils(sector)),
        tlv=draw(st.lists(_decisions(), max_size=2)),
        organisation=draw(_organisations()), changes=draw(st.lists(_changes(frame, sector, gemeenten), max_size=2)),
    )  # fmt: skip
    paths = list(_paths(plan))
    chosen = draw(st.lists(st.sampled_from(paths), max_size=3, unique=True))
    return plan.model_copy(update={"sources": {path: draw(EVIDENCE) for path in chosen}})


def _answers(frame, sector):
    asked = [(name, key) for name in frame.content_obligations for key in frame.parts(name, sector)]
    nested = st.dictionaries(st.sampled_from(asked), ANSWERS, max_size=4)
    return nested.map(lambda flat: {name: {k: v for (n, k), v in flat.items() if n == name} for name, _ in flat})


@st.composite
def _events(draw, frame, items):
    found = {}
    for name in draw(st.lists(st.sampled_from(sorted(frame.events)), max_size=6, unique=True)):
        kind = frame.events[name].items
        each = st.dictionaries(st.sampled_from(items[kind]), OCCURRENCES) if kind and items.get(kind) else st.just({})
        found[name] = draw((each | st.none() | st.just(False)) if kind else OCCURRENCES)
    return found


@st.composite
def _money(draw, first):
    years = draw(st.lists(st.integers(first, first + 9), max_size=3, unique=True))
    amounts = {name: st.none() | AMOUNTS.map(abs) for name in ("support", "schools", "placements", "office")}
    amounts |= {name: st.none() | AMOUNTS for name in ("result", "reserve")}
    row = st.builds(MoneyYear, year=st.just(2020), verevening=AMOUNTS, other=AMOUNTS, **amounts, **_PLACE)
    return [draw(row).model_copy(update={"year": year}) for year in sorted(years)]


@st.composite
def _pupils(draw, sector):
    kinds = ("bao", "bao_zmlk", "sbo") if sector == "po" else ("vo", "vo_lg", "lwoo_pro")
    few = st.integers(0, 99)
    levels = st.lists(few, min_size=3, max_size=3)
    own = {"sbo": few, "sbo_growth": few, "so_young": levels, "so_older": levels} if sector == "po" else {"vso": levels}
    older = {"so_older": levels} if sector == "vo" else {}  # so pupils of 14 and older count for vo in 2011
    base = {"pupils": st.integers(10**4, 10**5), "growth": few, "lgf": st.dictionaries(st.sampled_from(kinds), few)}
    years = draw(st.lists(st.integers(2011, 2030), max_size=2, unique=True))
    return [
        draw(st.builds(PupilsYear, year=st.just(year), **base, **own, **(older if year == 2011 else {}), **_PLACE))
        for year in sorted(years)
    ]


def _goals():
    return st.builds(
        Goal, goal=TEXTS, kind=st.sampled_from(["kwalitatief", "kwantitatief"]), indicator=st.none() | TEXTS,
        baseline=FIGURES, target=FIGURES, achieved=FIGURES, year=st.none() | st.integers(2013, 2100), **_PLACE,
    )  # fmt: skip


def _boards():
    # a name in a workbook is read without the spaces around and between its words
    names = TEXTS.map(lambda text: " ".join(text.split()))
    board = st.builds(Board, name=names, sites=st.none() | st.integers(0, 10_000), **_PLACE)
    return st.lists(board, max_size=3, unique_by=lambda one: one.name)


def _decisions():
    roles = st.lists(st.sampled_from(["orthopedagoog", "arts", "psycholoog"]), max_size=5)
    return st.builds(Decision, case=st.from_regex(r"\A[0-9A-Za-z/-]{1,20}\Z"), on=DATES, experts=roles)


def _organisations():
    days = st.lists(DATES, max_size=8)
    return st.builds(
        Organisation, opr_term_weeks=st.none() | st.integers(1, 26), board_meetings=days, opr_meetings=days
    )


def _changes(frame, sector, gemeenten):
    held = st.dictionaries(st.sampled_from(gemeenten), OCCURRENCES) if gemeenten else st.just({})
    return st.builds(
        Change, title=TEXTS, answers=_answers(frame, sector), opr_consented=OCCURRENCES, oogo_held=held,
        adopted=OCCURRENCES, sent=OCCURRENCES,
    )  # fmt: skip


def _paths(plan):
    yield from ("title", "swv", "sector", "kader", "period/first_school_year", "period/school_years")
    yield "organisation/opr_term_weeks"
    yield from (f"organisation/board_meetings/{day}" for day in plan.organisation.board_meetings)
    yield from (f"gemeenten/{name}" for name in plan.gemeenten)
    yield from (f"overlaps/{name}" for name in plan.overlaps)
    yield from (f"organisation/opr_meetings/{day}" for day in plan.organisation.opr_meetings)
    for name, value in plan.events.items():
        yield f"events/{name}"
        yield from (f"events/{name}/{item}" for item in (value if isinstance(value, dict) else ()))
