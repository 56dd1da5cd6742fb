"""The orders of one swv with everything that became of each: what is missing, the term, the state, and every step to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.days import NEVER, date_of
from simulator.base.language import pick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.base.fields import Sector
    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.toezicht import Order


def data(player: Player, played: Replication, number: int) -> list[dict[str, Any]]:
    """The orders of an swv, in order of the day on which they were given; none in a kader without orders.

    Each with its duty and article, what the duty asks, the day, the last day of its term, the day from which that runs anew
    (of an order that was upheld), its state at the end, and its history: what happened to it, when, and by which article or
    practice.

    Args:
        player, played: the scenario, and one replication of it.
        number: the index of the swv.
    """
    rule = player.scenario.kader.file.toezicht
    if rule is None or rule.given is None:
        return []
    return [_order(player, played, one) for one in played.orders if one.swv == number]


def _order(player: Player, played: Replication, one: Order) -> dict[str, Any]:
    kader, swv = player.scenario.kader, player.scenario.swv[player.model.codes[one.swv]]
    sector: Sector = swv.sector  # type: ignore[assignment]
    law = kader.obligations[one.duty].on(date_of(one.given), sector)
    is_order = one.state != "repaired_before_final"
    return {
        "duty": one.duty, "round": one.round, "article": law.article[sector] if law else "",
        "text": pick((law or kader.obligations[one.duty].versions[-1]).text),
        "given": date_of(one.given).isoformat(),
        "until": date_of(one.until).isoformat() if is_order else None,
        "anew": _anew(player, played, one),
        "state": one.state, "settled": date_of(one.settled).isoformat() if one.settled < NEVER else None,
        "history": sorted(_history(player, played, one), key=lambda step: step["on"]),
    }  # fmt: skip


def _anew(player: Player, played: Replication, one: Order) -> str | None:
    """The day from which the term runs anew, of an order that was upheld after it was looked at again."""
    rule = player.scenario.kader.file.toezicht
    day = played.happened.of(rule.upheld if rule else None).get((one.swv, one.duty, one.round))
    return None if day is None else date_of(day).isoformat()


def _history(player: Player, played: Replication, one: Order) -> Iterator[dict[str, Any]]:
    """What happened to an order: the event, its day, and the article or practice on which the step rests."""
    tables = player.model.tables
    steps = {node.id: node.step for node in player.scenario.kader.file.werkwijze.walk() if node.step}
    for event, row in played.steps_of_orders.get((one.swv, one.duty, one.round), ()):
        step = steps[tables.node[row]]
        yield {
            "event": event, "label": pick(step.label),
            "on": date_of(played.seen.end_day[row]).isoformat(),
            "source": pick(step.source), "confidence": step.confidence,
        }  # fmt: skip
