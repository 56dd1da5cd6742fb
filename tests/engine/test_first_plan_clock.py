"""The clock of the first plan (Wet passend onderwijs IXa), played to its last days."""

import re
import shutil
from datetime import date

import pytest

from simulator.base import resources
from simulator.base.days import NEVER, date_of, day_at
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.world import scenario as scenarios

LAST_MOMENT = """format: scenario/1
id: klok
extends: invoering-2014
title: {nl: "Klok", en: "Clock"}
question: {nl: "Klok?", en: "Clock?"}
kader: klok-kader.yaml
population: {swv: [PO2814]}
parameters:
  elect_members: {dist: fixed, value: 1}
  install_opr: {dist: fixed, value: 1}
  adopt_reglement: {dist: fixed, value: 1}
  draft_element: {dist: fixed, value: 1}
  opr_refuses: {value: 1}
  opr_term_share: {dist: fixed, value: 1}
  lcg_file_share: {dist: fixed, value: 1}
  lcg_share: {dist: fixed, value: 1}
  lcg_sides_with_opr: {value: 0}
  hurried: {value: 0}
"""


@pytest.fixture
def last_moment(write):
    """The shipped kader, but the proposal is laid before the OPR on the last day that the law allows."""
    kader = (resources.KADERS / "swv-2014.yaml").read_text(encoding="utf-8")
    before = re.compile(r"time: \{takes: submit_opr, .*\}$", re.MULTILINE)
    assert len(before.findall(kader)) == 1
    kader = before.sub('time: {until: "2014-02-01"}', kader)
    write("klok-kader.yaml", kader.replace("id: swv-2014", "id: klok-kader", 1))
    shutil.copy(resources.KADERS / "obligations.yaml", write("klok.yaml", LAST_MOMENT).parent)
    return Model(scenarios.load(str(write("klok.yaml", LAST_MOMENT))))


def test_the_clock_of_the_first_plan_holds_to_the_day(last_moment):
    draws = last_moment.draw(0).draws
    trace = play(last_moment, draws)
    day = {}
    for event, row in last_moment.unrolled.marks:
        if last_moment.tables.visit[row] == "1" and trace.end[row] < NEVER:
            day[event] = date_of(day_at(trace.end[row], last_moment.start))
    assert day["opr_submitted"] == date(2014, 2, 1)  # a Saturday: a fixed date does not move
    assert day["opr_decided"] == day["opr_refused"] == date(2014, 3, 3)  # Monday, moved from Saturday 1 March
    assert day["lcg_filed"] == date(2014, 3, 17)  # Monday, two weeks on, not moved
    assert day["lcg_ruled"] == day["lcg_allowed"] == date(2014, 4, 15)  # Tuesday
    assert (date(2014, 4, 30) - day["lcg_ruled"]).days == 15
