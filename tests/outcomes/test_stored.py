"""What a stored run tells of every swv is what its replications, played again, show."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.base.days import NEVER
from simulator.base.errors import InputError
from simulator.kader.assess import Status
from simulator.outcomes import running, stored
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios


@pytest.fixture
def run(tiny_scenario, tmp_path):
    return running.run(scenarios.load(str(tiny_scenario)), 3, folder=tmp_path / "run")[0]


def test_looks_are_those_of_the_replications(run):
    codes = ["PO2814", "VO2810"]
    looks = stored.looks(run, ["kwaliteit", "sent"], codes)
    player = Player(run.scenario)
    for number in range(3):
        played = player.replication(number)
        days = looks["sent"].days()[number]
        for place, code in enumerate(codes):
            swv = player.model.codes.index(code)
            assert days[place] == min(int(played.seen.days["sent"][swv]), NEVER)
            one = looks["kwaliteit"]
            column = np.flatnonzero((one.replication == number) & (one.swv == place))
            where = [c for c in played.where["kwaliteit"] if played.looked.swv[c] == swv]
            assert len(column) == len(where)
            for stored_column, column_ in zip(column, where, strict=True):
                assert one.on[stored_column] == played.looked.on[column_]
                assert (one.status[:, stored_column] == played.looked.status[:, column_]).all()


def test_means_are_over_looks(run):
    one = stored.looks(run, ["kwaliteit"], list(run.scenario.swv))["kwaliteit"]
    own = {name for name, duty in run.scenario.kader.obligations.items() if any(v.counts for v in duty.versions)}
    missed = one.missed(own)
    rows = [number for number, name in enumerate(one.duties) if name in own]
    assert (missed == (one.status[rows] == Status.NOT_MET).sum(axis=0)).all()
    assert np.nanmean(one.mean_of_replication(missed)) == pytest.approx(float(missed.mean()))
    assert sum(one.mean_of_swv(missed).values()) / 3 == pytest.approx(float(missed.mean()))


def test_an_swv_that_was_not_looked_at_has_no_mean_and_no_day(run):
    one = stored.looks(run, ["kwaliteit"], ["PO2814", "PO2001"])["kwaliteit"]
    assert "PO2001" not in one.mean_of_swv(one.missed({"PROC-9"}))
    assert (one.days()[:, 1] == NEVER).all()


def test_a_run_without_its_statuses_says_so(run):
    for path in (run.folder / "statuses").iterdir():
        path.unlink()
    with pytest.raises(InputError):
        stored.looks(run, ["kwaliteit"], ["PO2814"])
