"""A report tells what was known on its own date: no later repair, terms with their last day, dates that have passed."""

from dataclasses import replace

import pytest

from simulator.base import language
from simulator.base.days import NEVER, day_of
from simulator.kader.assess import Status
from simulator.outcomes.play import Player
from simulator.reports import formats, wording
from simulator.reports.context import Context
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Scope
from simulator.reports.subject import held, subject
from simulator.world import scenario as scenarios
from tests.conftest import scenario_of


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    """Four swv under the kader of 2021, whose shortfalls lead to orders."""
    path = tmp_path_factory.mktemp("cycle") / "kringloop.yaml"
    codes = ["PO2814", "PO2815", "PO3001", "VO2708"]
    path.write_text(scenario_of("kringloop", codes, "cyclus-2021"), encoding="utf-8")
    return Player(scenarios.load(str(path)))


def contexts(player, numbers=range(3)):
    for number in numbers:
        played = player.replication(number)
        for place, code in enumerate(player.model.codes):
            for one in held(player, played, place):
                if one.visit.id == player.scenario.kader.file.toezicht.visit:
                    yield Context(subject(player, played, code, one.visit.id))


def test_a_report_knows_nothing_of_what_came_after_it(cycle):
    later = 0
    for context in contexts(cycle):
        adopted = context.about.day(context.about.visit.adopted)
        if adopted is None:
            continue
        then, end = context.seen.became(day_of(adopted)), context.seen.became(NEVER - 1)
        assert all(one.day is None or one.day <= adopted for one in then)
        assert {one.how for one in then} <= {"open", "dropped", "running", "repaired_before_final"}
        later += sum(one.how == "repaired" for one in end)
    assert later


def test_an_order_has_the_last_day_of_its_term(cycle):
    seen = 0
    for context in contexts(cycle):
        for order in context.orders:
            adopted, last = context.about.day(context.about.visit.adopted), context.last_of(order)
            months = (last.year - adopted.year) * 12 + last.month - adopted.month
            assert months == order.months
            assert last.strftime("%Y") in wording.ordered(context, order)
            seen += 1
    assert seen


def findings(sources):
    played = sources[1].replication(0)
    for code in sources[1].player.model.codes:
        context = Context(subject(sources[1].player, played, code, None))
        yield from ((context, duty) for duty in (*context.findings, *context.unseen))


def test_what_should_have_been_done_before_the_visit_is_not_asked_by_a_day_gone_by(sources):
    language.choose("nl")
    late = 0
    for context, duty in findings(sources):
        if duty.status == Status.NOT_MET and duty.due is not None and duty.due < context.about.visited:
            told = "".join(span.text for block in wording.finding(context, duty).blocks if hasattr(block, "text")
                           for span in block.text)  # fmt: skip
            assert "Uiterlijk:" not in told
            assert "Dat had uiterlijk op" in told
            assert ("niet meer te herstellen" in told) == wording.done(context, duty)
            late += 1
    assert late


def test_what_is_met_is_not_said_to_be_beyond_judgement(sources):
    language.choose("nl")
    source, met = sources[1], 0
    for code in source.player.model.codes:
        page = formats.written(bevindingen.build(Asked((source,), None, Scope("swv", code, (code,)))), "md")
        rows = [line for line in page.splitlines() if "| voldaan" in line]
        assert not [line for line in rows if "te beoordelen" in line]
        met += len(rows)
    assert met
    language.choose("en")
    held_by = next(duty for _, duty in findings(sources) if duty.roots)
    assert "assessed" in wording.held_back(replace(held_by, status=Status.NOT_ASSESSABLE))
    assert "assessed" not in wording.held_back(replace(held_by, status=Status.MET))
