"""What a proposal counts for until a person accepts it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from simulator.base import language, resources
from simulator.cli import latest
from simulator.kader.assess import Status
from simulator.plan import checking, facts, reading, repair
from simulator.plan.checking import Kind
from simulator.reports import checked as told_of
from simulator.reports import exchange, todo, waiting
from simulator.world import population

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.plan.checking import Checked

    Check = Callable[..., Checked]

EXAMPLE = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")


@pytest.fixture
def check(write: Callable[[str, str], Path]) -> Check:
    def made(text: str, on: date | None = None) -> Checked:
        return checking.check(reading.load(str(write("plan.yaml", text)), set(population.everyone())), on)

    return made


def changed(*pairs: tuple[str, str]) -> str:
    text = EXAMPLE
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def sources(**states: str) -> str:
    """The example with where some of it stands."""
    lines = [
        f'  {path}: {{document: op.pdf, page: 7, quote: "zo staat het er", state: {state}}}\n'
        for path, state in states.items()
    ]
    return EXAMPLE + "sources:\n" + "".join(lines)


def status(checked: Checked, name: str) -> Status:
    return next(one.status for one in checked.findings if one.obligation == name)


def finding(checked: Checked, name: str) -> dict:
    return next(one for one in told_of.page(checked)["findings"] if one["obligation"] == name)


@pytest.mark.parametrize("path", ["events/opr_consented", "events/oogo_held", "events/oogo_held/Gouda"])
def test_a_proposed_date_has_not_happened_until_it_is_accepted(check: Check, path: str) -> None:
    duty = "OPR-6" if "opr" in path else "PROC-2"
    after = date(2022, 4, 30)
    assert status(check(EXAMPLE, after), duty) == Status.MET
    proposed = check(sources(**{path: "proposed"}), after)
    assert status(proposed, duty) == Status.NOT_ASSESSABLE
    assert next(one.kind for one in proposed.findings if one.obligation == duty) == Kind.UNKNOWN
    assert proposed.failed
    assert status(check(sources(**{path: "accepted"}), after), duty) == Status.MET


def test_an_item_that_is_accepted_counts_though_the_whole_is_proposed(check: Check) -> None:
    text = sources(**{"events/oogo_held": "proposed", "events/oogo_held/Gouda": "accepted"})
    known = check(text).plan.known_events["oogo_held"]
    assert known["Gouda"] == date(2022, 1, 20)
    assert {day for item, day in known.items() if item != "Gouda"} == {None}


def test_a_proposed_day_of_sending_does_not_set_the_day_of_the_check(check: Check) -> None:
    proposed = check(sources(**{"events/sent": "proposed"}))
    assert proposed.on == date(2022, 4, 30)
    assert finding(proposed, "PROC-9")["kind"] == "todo"
    assert latest.last_known(check(sources(**{"events/adopted": "proposed"})).plan) == date(2022, 3, 15)


def test_the_check_tells_the_proposed_date_with_its_quote_and_what_to_do(check: Check) -> None:
    language.choose("nl")
    proposed = check(sources(**{"events/opr_consented": "proposed"}), date(2022, 4, 30))
    row = finding(proposed, "OPR-6")
    (day,) = row["proposed_dates"]
    assert day["value"] == "17 februari 2022"
    assert day["quote"] == "zo staat het er"
    assert "op.pdf" in day["where"]
    line = proposed.file.document.lines[int(day["places"]) - 1]
    assert "events/opr_consented" in line
    assert "opr_consented" not in row["dates"]  # there is something to accept, not to fill in
    assert "voorgesteld, nog niet aanvaard: opr_consented" in exchange.message(row)


def test_the_repair_is_to_accept_the_date_and_solves_it(check: Check) -> None:
    proposed = check(sources(**{"events/opr_consented": "proposed"}), date(2022, 4, 30))
    found = repair.least(proposed)
    change = next(one for one in found.changes if one.name == "opr_consented")
    words = next(one["what"] for one in todo.data(proposed, found)["changes"] if one["id"] == change.id)
    assert "accept" in words
    assert status(repair.apply(proposed, found.changes), "OPR-6") == Status.MET


ANSWER = "area_designated: {answer: ja, page: 9}"


def test_a_proposed_yes_counts_as_claimed_and_is_told(check: Check) -> None:
    proposed = check(changed((ANSWER, "area_designated: {answer: ja, page: 9, state: proposed}")))
    assert status(proposed, "GOV-2") == status(check(EXAMPLE), "GOV-2")
    told = told_of.data(proposed)
    (one,) = told["proposals"]
    assert (one["kind"], one["name"], one["counts"]) == ("answer", "GOV-2.area_designated", True)
    counted = next(row["counts"] for row in told["findings"] if row["obligation"] == "GOV-2")
    assert told["rests_on_proposals"] == (["GOV-2"] if counted else [])


def test_a_proposed_no_speaks_against_nothing(check: Check) -> None:
    text = "all_sites: {answer: ja, page: 10}"
    assert status(check(changed((text, "all_sites: {answer: nee, page: 10}"))), "GOV-1") == Status.NOT_MET
    proposed = check(changed((text, "all_sites: {answer: nee, page: 10, state: proposed}")))
    assert status(proposed, "GOV-1") == Status.NOT_ASSESSABLE


def _money(state: str, years: range) -> str:
    mark = f", state: {state}" if state else ""
    rows = "".join(
        f"  - {{year: {year}, support: 100, schools: 50, placements: 40, office: 10{mark}}}\n" for year in years
    )
    head, _, rest = EXAMPLE.partition("\nmoney:")
    return f"{head}\nmoney:\n{rows}\n" + rest[rest.index("\n\n") :]


def test_a_proposed_budget_counts_and_one_that_falls_short_is_no_shortfall(check: Check) -> None:
    whole, short = range(2023, 2027), range(2023, 2024)
    assert status(check(_money("", short)), "PLAN-b") == Status.NOT_MET
    assert status(check(_money("proposed", short)), "PLAN-b") == Status.NOT_ASSESSABLE
    proposed = check(_money("proposed", whole))
    assert status(proposed, "PLAN-b") == Status.MET
    told = told_of.page(proposed)
    assert "PLAN-b" in told["rests_on_proposals"]
    assert any("PLAN-b" in words for words in told["proposed_words"])
    assert any("not yet accepted" in note for note in told["money_notes"])


def test_a_quote_that_puts_off_is_a_risk_only_when_a_person_stands_for_it(check: Check) -> None:
    quoted = 'area_designated: {{answer: ja, page: 9, quote: "de grens is nader te bepalen"{}}}'
    assert facts.content_of(check(EXAMPLE).plan, check(EXAMPLE).file.kader, date(2022, 4, 30))["CASE-1"] is True
    for state, expected in (("", False), (", state: accepted", False), (", state: proposed", None)):
        made = check(changed((ANSWER, quoted.format(state))))
        assert facts.content_of(made.plan, made.file.kader, date(2022, 4, 30))["CASE-1"] is expected


def test_the_frame_counts_and_says_so(check: Check) -> None:
    proposed = check(
        sources(**{"swv": "proposed", "period/first_school_year": "proposed", "gemeenten/Gouda": "proposed"})
    )
    assert status(proposed, "PROC-2") == Status.MET
    told = waiting.frame(proposed)
    assert any("PO2814" in one for one in told)
    assert any("2022-2026" in one for one in told)
    assert any(one.startswith("1 of the 6") for one in told)
    assert waiting.frame(check(EXAMPLE)) == []


def test_a_proposed_meeting_with_the_opr_was_not_held(check: Check) -> None:
    text = changed(("organisation: {opr_term_weeks: 6}", 'organisation: {opr_meetings: ["2021-10-01", "2022-03-01"]}'))
    path = "organisation/opr_meetings/2022-03-01"
    made = check(text + f"sources:\n  {path}: {{page: 3, state: proposed}}\n")
    assert made.plan.known_meetings == [date(2021, 10, 1)]
    assert [one["name"] for one in told_of.data(made)["proposals"]] == ["opr_meetings"]


def test_without_proposals_nothing_is_said(check: Check) -> None:
    told = told_of.page(check(EXAMPLE))
    assert (told["proposed"], told["proposals"], told["rests_on_proposals"], told["proposed_words"]) == (0, [], [], [])
