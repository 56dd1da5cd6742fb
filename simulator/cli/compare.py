"""`inspectie-sim compare`: runs side by side, with differences under the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results, subjects

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.choosing import Choice
    from simulator.outcomes.comparing import Comparison
    from simulator.reports.source import Asked

FORMATS = ("text", "json", "csv", "xlsx", "md", "html")


@common.command(
    "compare",
    examples=[
        "inspectie-sim compare invoering-2014 late-opr",
        "inspectie-sim compare invoering-2014 late-opr --group zeeland --format html -o verschil.html",
        "inspectie-sim compare invoering-2014 late-opr mijn-scenario.yaml --best plan_on_time",
    ],
)
@click.argument("runs", nargs=-1, required=True)
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), help=say("compare.n"))
@click.option("--best", "kpi", metavar="KENGETAL", help=say("compare.best"))
@click.option("--lowest", is_flag=True, help=say("compare.lowest"))
@click.option("--error", type=click.FloatRange(0, 0.5, min_open=True), default=0.05, help=say("compare.error"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    runs: tuple[str, ...], group: str | None, replications: int | None, kpi: str | None, lowest: bool, error: float,
    kind: str, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Compare runs."""
    from simulator.outcomes import comparing
    from simulator.reports import comparison

    if len(runs) < 2:
        raise click.UsageError(say("compare.two"))
    kind = "json" if as_json else kind
    if kind == "xlsx" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    there = subjects.all_of(runs, replications, lambda ones: asking.members_of_each(ones, group))
    chosen = asking.members_of_each([one.scenario for one in there], group)
    if group is not None:
        quiet = as_json or asking.quiet()
        there = [asking.of_codes(run, codes, quiet=quiet) for run, codes in zip(there, chosen, strict=True)]
    found = comparing.compare(there)
    choice = _best(found, kpi, lowest=lowest, error=error) if kpi else None
    told = {
        **comparison.data(found, choice),
        "group": None if group is None else {"group": group, "swv": len(chosen[0])},
    }
    if kind == "text" and output is None:
        _show(comparison.page(told, found), choice)
        codes = found.runs[-1].scenario.swv
        shown = "PO2814" if "PO2814" in codes else next(iter(codes))
        why = [] if found.apart[1] else [f"inspectie-sim why {runs[0]} {runs[1]}"]
        common.next_command(*why, f"inspectie-sim report {runs[-1]} --swv {shown}")
        return
    results.show(_rendered(told, found, choice, kind, chosen[0], runs), output)


def _best(found: Comparison, kpi: str, *, lowest: bool, error: float) -> Choice:
    from simulator.outcomes import choosing

    asking.known_figure(kpi, set.intersection(*(set(run.kpis) for run in found.runs)) - {"replication"})
    return choosing.best(found, kpi, lowest=lowest, error=error)


def _rendered(
    told: dict[str, Any], found: Comparison, choice: Choice | None, kind: str, codes: list[str], names: tuple[str, ...]
) -> str | bytes:
    from simulator.reports import comparison, formats
    from simulator.reports.kinds import vergelijking

    if kind == "json":
        return common.as_json(told)
    if kind == "csv":
        return comparison.table(told)
    if kind == "xlsx":
        return comparison.workbook(told)
    words = (asking.group_words(told["group"]), _words(comparison.page(told, found), choice))
    return formats.written(
        vergelijking.of(_asked(found, told["group"], codes, names), words), "md" if kind == "text" else kind
    )


def _asked(found: Comparison, group: dict[str, Any] | None, codes: list[str], names: tuple[str, ...]) -> Asked:
    from simulator.reports import source

    sources = tuple(source.Source.of_run(run) for run in found.runs)
    everybody = source.scope(sources[0].scenario, None, None, None)
    scope = source.Scope("group", group["group"], tuple(codes)) if group else everybody
    return source.Asked(sources, None, scope, names=tuple(map(common.quoted, names)))


def _words(page: dict[str, Any], choice: Choice | None) -> str:
    """The outcome of the selection in one sentence."""
    from simulator.base.numbers import plain

    if choice is None:
        return ""
    names = page["names"]
    key = "compare.one_best" if len(choice.kept) == 1 else "compare.some_best"
    kept = ", ".join(names[one] for one in choice.kept)
    return say(key, kpi=choice.kpi, kept=kept, error=f"{plain(100 * choice.error)}%")


def _show(page: dict[str, Any], choice: Choice | None) -> None:
    names, base = page["names"], page["base"]
    for table in page["tables"]:
        rows = [
            (row["label"], row["base_words"], row["mean_words"], row["diff_words"] + ("*" if row["sure"] else ""),
             row["interval_words"], row["p_words"], row["reduction_words"])
            for row in table["rows"]
        ]  # fmt: skip
        other = table["run"]["id"]
        header = [say("table.kpi"), names[base["id"]], names[other], say("table.difference"), say("table.interval")]
        title = f"{base['title']} / {table['run']['title']}"
        common.show_table(
            title, [*header, say("compare.p"), say("compare.gain")], rows, right=range(1, 7), wide_only=(6,),
            whole=(3, 4, 5),
        )  # fmt: skip
        results.tell(table["pairing"])
    if page["group"]:
        results.tell(asking.group_words(page["group"]))
    results.tell(say("compare.star"))
    if choice is not None:
        results.tell(_words(page, choice))
    results.tell(say("compare.inputs") if page["inputs"] else say("compare.same_inputs"))
    for row in page["inputs"]:
        results.tell(f"  {row['name']}: {' -> '.join(row['values'])}", 4)
