"""What praktijktoetsen with all swv of a scenario gave, as plain data and as words."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import figure, long_date
from simulator.plan import casebook
from simulator.plan.walking import Outcome
from simulator.reports import practising
from simulator.reports.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.duties import Version
    from simulator.outcomes.tallies import Lack, Practices, Tally

CASES = (
    "case", "sector", "start", "n", "stuck", "detour", "open", "through", "broken", "median_days", "stuck_at", "stuck_on",
    "stuck_on_share",
)  # fmt: skip
DUTIES = ("duty", "sector", "article", "lacking", "cases_stuck_per_swv", "cases")
_UNITS = {
    **dict.fromkeys(("stuck", "detour", "open", "through", "broken", "stuck_on_share", "lacking"), "share"),
    "n": "count", "median_days": "days", "cases_stuck_per_swv": "count",
}  # fmt: skip
_SHOWN = 2
"""So many of the places where a case gets stuck are shown; the data has all."""


def data(found: Practices) -> dict[str, Any]:
    """The outcome over all swv and replications; shares are of swv, averaged over replications."""
    scenario = found.scenario
    return {
        "format": "praktijktoetsen/1",
        "scenario": scenario.id,
        "seed": scenario.seed,
        "kader": scenario.kader.id,
        "n": found.n,
        "failed": found.failed,
        "swv": len(scenario.swv),
        "from": found.start.isoformat(),
        "cases": [_tally(found, one) for one in found.tallies],
        "duties": [_lack(found, one) for one in found.lacks],
        "notes": [pick(gap.note) for gap in found.gaps],
        "law_read_until": scenario.kader.read_until.isoformat(),
        "disclaimer": say("praktijktoets.no_judgement"),
    }


def _tally(found: Practices, one: Tally) -> dict[str, Any]:
    shares = {outcome.value: one.outcomes[outcome] / one.n if one.n else 0.0 for outcome in Outcome}
    return {
        "case": one.case.id,
        "title": pick(one.case.title),
        "sector": one.sector,
        "start": one.start.isoformat(),
        "n": one.n,
        **shares,
        "broken": one.broken / one.n if one.n else 0.0,
        "median_days": median(one.days) if one.days else None,
        "where": [_where(found, one, step, need, number) for (step, need), number in _ordered(one)],
    }


def _ordered(one: Tally) -> list[tuple[tuple[str, str], int]]:
    return sorted(one.where.items(), key=lambda pair: (-pair[1], pair[0]))


def _where(found: Practices, one: Tally, step: str, need: str, number: int) -> dict[str, Any]:
    book = casebook.shipped()
    term = book.terms.get(step)
    what = pick(term.label) if term else next(pick(own.what) for own in book.steps(one.case) if own.id == step)
    duty, _, part = need.partition(".")
    version = found.scenario.kader.obligations[duty].on(one.start, one.sector)
    return {
        "step": step,
        "what": what,
        "need": need,
        "article": version.article[one.sector] if version else "",
        "ask": practising.question(version, part) if version else "",
        "share": number / one.n,
    }


def _lack(found: Practices, one: Lack) -> dict[str, Any]:
    version = _version(found, one)
    return {
        "duty": one.duty,
        "sector": one.sector,
        "article": version.article[one.sector] if version else "",
        "text": pick(version.text) if version else "",
        "lacking": one.lacking / one.n,
        "cases_stuck_per_swv": one.stuck / one.n,
        "cases": sorted(one.cases),
    }


def _version(found: Practices, one: Lack) -> Version | None:
    """The duty as it holds on the first day on which a case leans on it."""
    starts = sorted(tally.start for tally in found.tallies if tally.sector == one.sector)
    versions = [found.scenario.kader.obligations[one.duty].on(day, one.sector) for day in starts]
    return next((version for version in versions if version is not None), None)


def page(found: Practices) -> dict[str, Any]:
    """The data with the words that a reader needs, by sector."""
    told = data(found)
    for row in told["cases"]:
        for name in ("stuck", "detour", "open", "through", "broken"):
            row[f"{name}_words"] = figure(row[name], "share")
        row["days_words"] = "-" if row["median_days"] is None else f"{row['median_days']:.0f}"
        row["stops"] = [{"need": one["need"], "words": figure(one["share"], "share")} for one in row["where"][:_SHOWN]]
        row["where_words"] = "; ".join(f"{one['need']} ({one['words']})" for one in row["stops"])
    for row in told["duties"]:
        row["words"] = say("praktijktoets.lacking", n=len(row["cases"]), share=figure(row["lacking"], "share"))
    sectors = list(dict.fromkeys(row["sector"] for row in told["cases"]))
    return {
        **told,
        "title": pick(found.scenario.title),
        "moment": say(
            "praktijktoets.scenario_held",
            replications=say("praktijktoets.so_many", n=found.n),
            swv=say("asking.swv", n=told["swv"]),
            start=long_date(found.start),
        ),
        "sectors": [
            {
                "sector": say(f"report.sector_{sector}"),
                "cases": sorted((row for row in told["cases"] if row["sector"] == sector), key=_severity),
                "duties": [row for row in told["duties"] if row["sector"] == sector],
                "stopping": [row for row in told["duties"] if row["sector"] == sector and row["cases_stuck_per_swv"]],
            }
            for sector in sectors
        ],
        "failed_words": say("praktijktoets.failed", n=found.failed) if found.failed else "",
    }


def _severity(row: dict[str, Any]) -> tuple[float, float, str]:
    return -row["stuck"], -row["detour"], row["case"]


def tables(told: dict[str, Any]) -> list[Table]:
    """A row per case, sector and need on which it got stuck; and the duties that are missing."""
    duties = [{**row, "cases": " ".join(row["cases"])} for row in told["duties"]]
    notes = (*told["notes"], say("praktijktoets.scenario_drawn"), told["disclaimer"])
    return [
        Table("cases", say("praktijktoets.cases"), practising.columns(CASES, _UNITS), list(_cases(told)), notes),
        Table("duties", say("praktijktoets.scenario_actions"), practising.columns(DUTIES, _UNITS), duties, notes),
    ]


def _cases(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for case in told["cases"]:
        for one in case["where"] or [{}]:
            stuck = {"stuck_at": one.get("step"), "stuck_on": one.get("need"), "stuck_on_share": one.get("share")}
            yield {**practising.dated(case), **stuck}
