from datetime import date

import pytest

from simulator.base.errors import InputError
from simulator.kader import reading
from simulator.world import population


@pytest.fixture(scope="module")
def everyone():
    return population.everyone()


def test_there_are_152_of_which_two_are_national(everyone):
    sectors = [swv.sector for swv in everyone.values()]
    assert (sectors.count("po"), sectors.count("vo")) == (77, 75)
    assert [swv.code for swv in everyone.values() if swv.national] == ["PO0001", "VO0001"]
    assert list(everyone) == sorted(everyone)


def test_overlaps_are_mutual_and_cross_the_sectors(everyone):
    for swv in everyone.values():
        for other in swv.overlaps:
            assert swv.code in everyone[other].overlaps
            assert everyone[other].sector != swv.sector
            assert set(swv.areas[0].gemeenten) & set(everyone[other].areas[0].gemeenten)
    assert all(swv.overlaps for swv in everyone.values())


def test_the_gemeenten_are_those_of_the_day(everyone):
    midden_holland = everyone["PO2814"]
    assert len(midden_holland.area(date(2013, 6, 18)).gemeenten) == 10  # before the first state: that one
    assert len(midden_holland.area(date(2014, 9, 25)).gemeenten) == 10
    assert len(midden_holland.area(date(2015, 4, 22)).gemeenten) == 10
    assert "Krimpenerwaard" in midden_holland.area(date(2015, 4, 23)).gemeenten
    assert "Zuidplas" in midden_holland.area(date(2014, 9, 25)).in_part


def test_the_sizes_of_four_are_known(everyone):
    known = {swv.code: swv.given["boards"].value for swv in everyone.values() if "boards" in swv.given}
    assert known == {"PO2801": 32, "PO2814": 21, "VO2702": 9, "VO2708": 24}
    assert {given.origin for swv in everyone.values() for given in swv.given.values()} == {"known"}


def test_a_table_in_dutch_excel_gives_any_attribute(everyone, write):
    path = write(
        "mijn-swv.csv",
        "swv;sector;pupils;maturity;founded;visit_simulatie;boards\n"
        "PO2814;po;14.500;-0,35;ja;5-12-2013;\n"
        "VO2802;vo;;;nee;2014-03-01;7\n",
    )
    attributes = reading.load("swv-2014").file.attributes
    found = population.with_table(everyone, path, attributes)
    first, second = found["PO2814"].given, found["VO2802"].given
    assert (first["pupils"].value, first["maturity"].value, first["founded"].value) == (14500, -0.35, 1)
    assert first["visit_simulatie"].value == (date(2013, 12, 5) - date(1970, 1, 1)).days
    assert (first["boards"].value, first["boards"].origin) == (21, "known")  # an empty cell leaves what is known
    assert (second["founded"].value, second["boards"].value, second["boards"].origin) == (0, 7, "given")
    assert found["PO2801"] == everyone["PO2801"]


def test_every_wrong_cell_is_told(everyone, write):
    path = write("t.csv", "swv,pupils,founded\nPO2814,x,ja\nPO9999,1,ja\nVO2802,0,soms\n")
    with pytest.raises(InputError) as caught:
        population.with_table(everyone, path, reading.load("swv-2014").file.attributes)
    assert sorted(problem.line for problem in caught.value.problems) == [2, 3, 4, 4]
