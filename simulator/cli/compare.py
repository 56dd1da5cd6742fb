"""`inspectie-sim compare`: runs side by side, with differences under the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base.language import pick, say
from simulator.cli import common

if TYPE_CHECKING:
    from simulator.outcomes.comparing import Row
    from simulator.outcomes.store import Run


@common.command("compare", examples=["inspectie-sim compare invoering-2014 late-opr"])
@click.argument("runs", nargs=-1, required=True)
@common.json_option()
def command(runs: tuple[str, ...], as_json: bool) -> None:
    """Compare runs."""
    from simulator.outcomes import comparing, store

    if len(runs) < 2:
        raise click.UsageError(say("compare.two"))
    found = [store.find(name) for name in runs]
    rows = comparing.compare(found)
    if as_json:
        common.show_json(
            {"format": "comparison/1", "runs": [run.id for run in found], "rows": [_data(row) for row in rows]}
        )
        return
    for other in found[1:]:
        _show(found[0], other, rows)
    codes = found[-1].scenario.swv
    shown = "PO2814" if "PO2814" in codes else next(iter(codes))
    common.next_command(f"inspectie-sim report {runs[-1]} --swv {shown}")


def _data(row: Row) -> dict[str, object]:
    difference = row.difference
    return {
        "kpi": row.kpi,
        "scenario": row.scenario,
        "run": row.run,
        "mean": row.value.mean,
        "diff": difference.mean if difference else None,
        "diff_low": difference.low if difference else None,
        "diff_high": difference.high if difference else None,
        "n": difference.n if difference else row.value.n,
        "paired": row.paired,
    }


def _show(base: Run, other: Run, rows: list[Row]) -> None:
    from simulator.base.numbers import figure
    from simulator.cli.run import kpi_labels
    from simulator.outcomes import comparing

    names = {name: (label, unit) for name, label, unit in [*kpi_labels(other), *kpi_labels(base)]}
    order = {name: number for number, (name, _, _) in enumerate(kpi_labels(base))}
    by_kpi = {row.kpi: row for row in rows if row.run == base.id}
    table = []
    for row in sorted(rows, key=lambda row: order.get(row.kpi, len(order))):
        if row.run != other.id or (difference := row.difference) is None:
            continue
        label, unit = names[row.kpi]
        interval = f"{figure(difference.low, unit, sign=True)} .. {figure(difference.high, unit, sign=True)}"
        first = by_kpi.get(row.kpi)
        mean = figure(first.value.mean, unit) if first else "-"
        clear = "*" if difference.low > 0 or difference.high < 0 else ""
        table.append(
            (label, mean, figure(row.value.mean, unit), figure(difference.mean, unit, sign=True) + clear, interval)
        )
    same = base.scenario.id == other.scenario.id
    names_of = [run.id if same else run.scenario.id for run in (base, other)]
    header = [say("table.kpi"), *names_of, say("table.difference"), say("table.interval")]
    common.show_table(f"{pick(base.scenario.title)} / {pick(other.scenario.title)}", header, table, right=(1, 2, 3, 4))
    paired = comparing.shares_luck(base, other)
    number = min(base.replications, other.replications)
    click.echo(say("compare.paired" if paired else "compare.unpaired", n=number))
    click.echo(say("compare.inputs"))
    for name, left, right in comparing.differing_inputs(base, other) or [("-", "-", "-")]:
        click.echo(f"  {name}: {left} -> {right}")
