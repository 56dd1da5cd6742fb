"""`inspectie-sim toets`: everything a quality officer wants to know about one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results

if TYPE_CHECKING:
    from simulator.plan.checking import Checked

MOST = 3


@common.command("toets", examples=["inspectie-sim toets voorbeeld-po", "inspectie-sim toets mijn-plan.yaml -n 50"])
@click.argument("plan")
@click.option("--kader", "kader_name", help=say("check.kader"))
@click.option("-n", "--replications", type=click.IntRange(1, 10_000), default=40, help=say("run.replications"))
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("latest.on"))
@common.json_option()
def command(plan: str, kader_name: str | None, replications: int, on_text: str | None, as_json: bool) -> int:
    """Check, play, repair and plan."""
    from simulator.cli import check, latest
    from simulator.plan import checking
    from simulator.reports import checked, render, schedule
    from simulator.world import population

    everyone = population.everyone()
    file = common.plan_file(plan, kader_name)
    found = checking.check(file)
    today = asking.day(on_text) if on_text else latest.last_known(file.plan)
    planned = schedule.data(found, everyone[file.plan.swv], today)
    told = {
        "format": "toets/1",
        **{key: value for key, value in checked.data(found).items() if key != "format"},
        "played": _played(found, replications),
        "repair": check.mended(found, cheapest=False),
        "latest": planned,
    }
    if as_json:
        common.show_json(told)
    else:
        page = {
            **checked.page(found),
            **{key: told[key] for key in ("played", "repair")},
            "own_changes": [one for one in told["repair"]["changes"] if "swv" in one["whose"]],
            "latest": schedule.page(planned),
        }
        click.echo(render.text("toets.txt.j2", {**page, "most": MOST}, results.width()), nl=False)
        name = common.quoted(plan)
        common.next_command(f"inspectie-sim check {name}", f"inspectie-sim latest {name}")
    return 1 if found.failed else 0


def _played(found: Checked, n: int) -> dict[str, Any] | None:
    """What the Inspectie would find, with how often; nothing when no scenario plays plans of that year."""
    from simulator.kader import judgement
    from simulator.outcomes import trying

    file = found.file
    if not trying.fits(file):
        return None
    tried = trying.play(file, n)
    rule = file.kader.file.decision.orders
    rows = [
        {
            "obligation": name,
            "article": version.article[file.plan.sector],
            "chance": chance,
            "months": rule.months(file.kader.obligations[name].group) if rule else None,
            "standards": list(judgement.standards_of(file.kader.file, name)),
        }
        for name, chance in sorted(tried.not_met.items(), key=lambda pair: (-pair[1], pair[0]))
        if (version := _version(found, name)) is not None
    ]
    return {"scenario": tried.scenario, "n": tried.n, "on_time": tried.on_time, "seen": tried.seen, "orders": rows}


def _version(found: Checked, name: str) -> Any:
    versions = [one for one in found.file.kader.obligations[name].versions if one.sector in (found.plan.sector, "both")]
    return found.assessment.law.versions.get(name) or (versions[-1] if versions else None)
