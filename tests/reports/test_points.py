"""Points to improve without orders: what becomes of them adds up to what was seen; notes speak of rows that are there."""

import json

import pytest

from simulator.base import language

FATES = ("points_repaired", "points_open", "points_unfollowed")


@pytest.mark.parametrize("by", ["year", "article"])
def test_what_becomes_of_points_adds_up_to_what_was_seen(command, by):
    code, out, _ = command("toezicht", "vervolg-2016", "-n", "1", "--by", by, "--json")
    rows = json.loads(out)["toezicht"]
    assert code == 0
    if by == "year":
        figures = {row["id"]: [value for name, value in row.items() if name[:2] == "20"] for row in rows}
    else:
        figures = {name: [row[name] for row in rows] for name in ("seen", *FATES)}
    assert sum(figures["seen"]) > 100
    assert all(sum(figures[name]) > 0 for name in FATES)
    assert [sum(each) for each in zip(*(figures[name] for name in FATES), strict=True)] == figures["seen"]


@pytest.mark.parametrize(("tongue", "judged"), [("nl", "eindoordeel: voldoende"), ("en", "judgement: sufficient")])
def test_notes_are_of_rows_that_are_there_and_tell_what_judgements_rest_on(command, tongue, judged):
    language.choose(tongue)
    text = " ".join(command("toezicht", "vervolg-2016", "-n", "1")[1].split())
    assert judged in text
    assert "taakverwaarlozing" not in text
    assert "inspectie-sim kader show swv-2014" in text
