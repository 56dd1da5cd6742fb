"""A dossier of years of supervision: which visit a later one looks at again, terms that run anew, duties of later law."""

from datetime import date

import pytest

from simulator.base import language
from simulator.base.days import date_of
from simulator.base.numbers import long_date
from simulator.outcomes.play import Player
from simulator.reports import dossier, dossierforms, formats, render
from simulator.reports.kinds import dossier as kind
from simulator.reports.source import Asked, Scope, Source
from simulator.world import scenario as scenarios


@pytest.fixture(scope="module")
def player():
    shipped = scenarios.load("cyclus-2021")
    return Player(shipped.among(list(shipped.swv)[:30]))


@pytest.fixture(scope="module")
def played(player):
    return player.replication(0)


@pytest.fixture(scope="module")
def told(player, played):
    """The dossiers of all swv."""
    language.choose("en")
    return {code: dossier.data(player, played, code, "run", 0) for code in player.model.codes}


def read(told):
    """A dossier as it stands on the screen, as one line."""
    return " ".join(render.text("dossier.txt.j2", {"lang": "en", **dossierforms.page(told)}, 100).split())


def test_the_term_of_an_upheld_order_says_from_when_it_runs_anew(player, played, told):
    upheld = played.happened.of(player.scenario.kader.file.toezicht.upheld)
    found = {
        (player.model.codes.index(code), one["duty"], one["round"]): one["anew"]
        for code, own in told.items() for one in own["orders"]
    }  # fmt: skip
    assert upheld, "in this replication no order was upheld: then this says nothing"
    assert {key: on for key, on in found.items() if on} == {
        key: date_of(day).isoformat() for key, day in upheld.items()
    }
    code, one = next((code, one) for code, own in told.items() for one in own["orders"] if one["anew"])
    words = (
        f"{long_date(date.fromisoformat(one['until']))} (term anew from {long_date(date.fromisoformat(one['anew']))})"
    )
    assert words in read(told[code])
    rows = dossierforms.sheets(told[code])["Orders"]
    assert one["anew"] in [row[rows[0].index("anew")] for row in rows]
    document = kind.build(Asked((Source(player.scenario, "run"),), None, Scope("swv", code, (code,))))
    assert words in " ".join(formats.written(document, "md").split())


def test_a_herstelonderzoek_says_at_the_orders_of_which_visit_it_looks(told):
    of = set()
    for own in told.values():
        for again in (one for one in own["visits"] if one["visit"] == "herstel"):
            looked_at = next(
                one for one in own["visits"] if (one["visit"], one["dates"]["visited"]) == tuple(again["of"].values())
            )
            assert looked_at["round"] == again["round"]
            assert looked_at["dates"]["visited"] < again["dates"]["visited"]
            assert {one["duty"] for one in own["orders"] if one["round"] == again["round"]}
            what = {"plancheck": "plan check", "onderzoek": "vierjaarlijks onderzoek"}[looked_at["visit"]]
            assert again["label"].endswith(
                f" after the {what} of {long_date(date.fromisoformat(looked_at['dates']['visited']))}"
            )
            of.add(looked_at["visit"])
        assert all(one["of"] is None for one in own["visits"] if one["visit"] != "herstel")
    assert of == {"plancheck", "onderzoek"}


def test_a_duty_of_later_law_is_told_as_not_asked_yet(player, told):
    days = set()
    obligations = player.scenario.kader.obligations
    for own in told.values():
        for visit in own["visits"]:
            later = {one["duty"]: one["since"] for one in visit["not_yet_asked"]}
            assert all(visit["dates"]["visited"] < since <= own["period"][1] for since in later.values())
            assert not later.keys() & {one["duty"] for one in visit["findings"]}
            if visit["visit"] == "onderzoek":
                since = obligations["OJS-1"].versions[0].in_force.start.isoformat()
                days.add(visit["dates"]["visited"] < since)
                found = {one["duty"] for one in visit["findings"]}
                assert ("OJS-1" in later) == (visit["dates"]["visited"] < since and "OJS-1" not in found)
    assert days == {True, False}
    code = next(code for code, own in told.items() if any(one["not_yet_asked"] for one in own["visits"]))
    duty = next(one for visit in told[code]["visits"] for one in visit["not_yet_asked"])
    words = f"{duty['duty']} ({duty['article']}), since {long_date(date.fromisoformat(duty['since']))}: {duty['text']}"
    assert words in read(told[code])
    assert "not_yet_asked" in [row[3] for row in dossierforms.sheets(told[code])["findings"]]
