"""Reports on a visit and dossiers count the same steps as late."""

from datetime import date

from simulator.base.days import NEVER, day_of
from simulator.reports.context import Context
from simulator.reports.pictures import swv as pictures
from simulator.reports.slacks import slacks, whole
from simulator.reports.subject import subject


def test_a_dossier_has_every_row_of_the_report_on_a_visit_and_calls_the_same_late(sources):
    source, seen = sources[0], []
    played = source.replication(0)
    for number, code in enumerate(source.player.model.codes):
        late = {(one.label, one.last): one.late for one in whole(source.player, played, number)}
        of_visit = pictures.slacks(Context(subject(source.player, played, code, None)))
        assert [late[one.label, one.last] for one in of_visit] == [one.late for one in of_visit]
        seen += of_visit
    assert {one.late for one in seen} == {True, False}


def test_the_legal_person_of_the_boards_is_one_of_the_steps(sources):
    source = sources[0]
    found = slacks(source.player, source.replication(0), 0, [day_of(date(2014, 9, 25))])
    assert "GOV-3" in {one.duty for one in found}


def test_what_never_happened_is_late(sources):
    source = sources[1]  # councils are installed late in it
    played, stop = source.replication(0), source.player.model.stop
    found = [one for number in range(12) for one in slacks(source.player, played, number, [stop - 500])]
    never = [one for one in found if one.day == NEVER]
    assert never
    assert all(one.late and one.days is None for one in never)
