"""Numbers that measure something else than they are used for, and teams that keep nobody together."""

import pytest

from simulator.base.errors import InputError
from simulator.kader import reading
from tests.conftest import OWN_KADER

STEP = """nodes:
  - id: feedback
    step:
      label: {nl: f, en: f}
      actor: inspectie
      source: x
      confidence: assumed
"""


def problems(write, text):
    with pytest.raises(InputError) as caught:
        reading.load(str(write("eigen.yaml", OWN_KADER + text)))
    return [(one.line, one.message, one.hint) for one in caught.value.problems]


def line_of(text, part):
    return next(number for number, line in enumerate((OWN_KADER + text).splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("pools: [inspecteur_swv]\n      time: {takes: seen_wrongly}", "seen_wrongly"),
        ("hours: {swv: feedback_days}", "feedback_days"),
        ("time: {term: {weeks: 3}, share: reaction_days}", "reaction_days"),
        ("time: {takes: feedback_days, scaled: [{by: team_waits, when: {bit: visited}}]}", "team_waits"),
    ],
)
def test_a_number_must_measure_what_it_is_used_for(write, field, said):
    text = STEP + f"      {field}\n"
    ((line, message, _),) = problems(write, text)
    assert said in message
    assert line == line_of(text, "id: feedback")


@pytest.mark.parametrize(
    ("field", "name"),
    [("team: onderzoek", "team"), ("time: {takes: research_day, calendar: working, whole_days: true}", "whole_days")],
)
def test_a_team_and_whole_days_go_with_people(write, field, name):
    (found, *_) = problems(write, STEP + f"      {field}\n")
    assert "pools" in found[1]


def test_whole_days_are_working_days(write):
    (found, *_) = problems(
        write, STEP + "      pools: [inspecteur_swv]\n      time: {takes: notice_days, whole_days: true}\n"
    )
    assert "whole_days" in found[1]


def test_an_unknown_team_is_told_with_the_name_that_is_near(write):
    (found, *_) = problems(write, STEP + "      pools: [inspecteur_swv]\n      team: onderzoeck\n")
    assert found[2].endswith("onderzoek?")


def test_a_team_of_one_step_and_a_wait_that_is_no_time_are_told_together(write):
    text = "teams:\n  samen: {label: {nl: x, en: x}, waits: seen_wrongly, source: x, confidence: assumed}\n"
    found = problems(write, text)
    assert {line for line, _, _ in found} == {line_of(text, "samen:")}
    assert ["seen_wrongly" in message for _, message, _ in found].count(True) == 1
    assert len(found) == 2


def test_a_team_that_another_kader_names_is_no_mistake_where_its_steps_are_gone(write):
    step = STEP.replace("id: feedback", "id: herstel_draft") + "      time: {takes: draft_days}\n"
    assert "herstel" in reading.load(str(write("eigen.yaml", OWN_KADER + step))).file.teams


@pytest.mark.parametrize("number", ["{dist: chance, value: 0.5,", "{dist: fixed, value: 10, unit: hours,"])
def test_the_wait_of_a_team_of_another_kader_is_refused_at_its_number(write, number):
    text = f"parameters:\n  team_waits: {number} source: x, confidence: assumed}}\n"
    ((line, message, _),) = problems(write, text)
    assert "team_waits" in message
    assert line == line_of(text, "team_waits:")
