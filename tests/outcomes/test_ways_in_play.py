"""What is said beforehand of the ways through a werkwijze holds when it is played: days, and time between acts."""

from datetime import timedelta

import pytest

from simulator.base.days import DAY_SECONDS
from simulator.kader import lawful
from simulator.kader.ways import Ways
from simulator.outcomes import eventlog, frames
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


def visits_of(scenario, sector):
    opens = lawful._file().opens
    ways = Ways(scenario.kader.file.attributes, scenario.parameters, opens, sector)
    return {visit.node: visit for visit in ways.visits(scenario.kader.file.werkwijze, scenario.period.start)}


@pytest.mark.parametrize("base", ["invoering-2014", "plancyclus-2018", "plancyclus-2026"])
def test_no_step_comes_before_its_earliest_day(write, base):
    scenario = scenarios.load(str(write("klein.yaml", scenario_of("klein", TWELVE, base))))
    player = Player(scenario)
    visits = {sector: visits_of(scenario, sector) for sector in ("po", "vo")}
    later = 0
    for number in range(3):
        events = frames.happened(player.model, player.replication(number).trace, number)
        rows = eventlog.executions(eventlog.EventLog(scenario, number, events))
        for code, step, asked in rows.select("swv", "step", "requested").iter_rows():
            visit = visits[scenario.swv[code].sector][step]
            day = scenario.period.start + timedelta(days=asked // DAY_SECONDS)
            assert visit.earliest <= day, (code, step)
            later += visit.earliest > scenario.period.start
    assert later > 0  # some bound said more than the first day


def test_the_time_between_acts_is_never_less_than_was_said(write):
    scenario = scenarios.load(str(write("klein.yaml", scenario_of("klein", TWELVE))))
    player = Player(scenario)
    checked = 0
    for number in range(3):
        events = frames.happened(player.model, player.replication(number).trace, number)
        rows = eventlog.executions(eventlog.EventLog(scenario, number, events)).drop_nulls("ended")
        ended = {(code, step): end for code, step, end in rows.select("swv", "step", "ended").iter_rows()}
        for sector in ("po", "vo"):
            publish = visits_of(scenario, sector)["kwaliteit_publish"]
            least, most = publish.since("adopt", "publish")
            assert (least, most) == (pytest.approx(29), pytest.approx(35))
            for code in (code for code in scenario.swv if scenario.swv[code].sector == sector):
                if (code, "kwaliteit_publish") in ended:
                    days = (ended[code, "kwaliteit_publish"] - ended[code, "kwaliteit_adopt"]) / DAY_SECONDS
                    assert least - 1e-4 <= days <= most + 1e-4
                    checked += 1
    assert checked > 20
