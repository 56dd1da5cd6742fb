"""Which events of a kader tell how supervision goes: who is chosen and visited, what is found, what becomes of orders."""

from __future__ import annotations

from typing import Literal

from simulator.base.validation import Strict
from simulator.kader.due import EventName
from simulator.kader.names import AttributeName, ParameterName

OrderState = Literal["open", "repaired", "repaired_before_final", "withdrawn", "overdue", "escalated"]
"""What has become of an order; `repaired_before_final` is of a shortfall for which no order was needed any more."""


class Withheld(Strict):
    """What is kept back of the funding of an swv when an event happens: a share of so many months of its income.

    Attributes:
        income: the attribute with its income per month, in euros.
        share, months: parameters; of those that are not fixed the middle counts.
    """

    event: EventName
    income: AttributeName
    share: ParameterName
    months: ParameterName


STATES: tuple[OrderState, ...] = ("open", "repaired", "repaired_before_final", "withdrawn", "overdue", "escalated")


class Toezicht(Strict):
    """The events of supervision by what they are; those of findings and orders happen per duty.

    Attributes:
        visit, again, standing: the kind of onderzoek that gives a judgement, the one that looks again at what it ordered,
            and the look at every plan that comes in.
        monitored, selected: the yearly look at an swv, and being chosen for an onderzoek.
        seen, dropped, repaired_before_final: a finding in the draft report, and how it can go before the final one.
        given, repaired, withdrawn, overdue, escalated: an order, and how it can go.
        upheld: an order that stays after it was looked at again, with a new term.
        running: a finding for which an earlier order still runs, so that none is given.
        measures: what the Inspectie and the minister do beyond orders, lightest first.
        withheld: how much of the funding one of the measures keeps back.
    """

    visit: str
    again: str | None = None
    standing: str | None = None
    monitored: EventName | None = None
    selected: EventName | None = None
    seen: EventName
    dropped: EventName | None = None
    repaired_before_final: EventName | None = None
    given: EventName | None = None
    running: EventName | None = None
    repaired: EventName | None = None
    withdrawn: EventName | None = None
    upheld: EventName | None = None
    overdue: EventName | None = None
    escalated: EventName | None = None
    measures: list[EventName] = []
    withheld: Withheld | None = None

    @property
    def of_duties(self) -> tuple[str, ...]:
        """The fields whose events happen per duty."""
        return ("seen", "dropped", "repaired_before_final", "given", "running", "repaired", "withdrawn",
                "upheld", "overdue", "escalated")  # fmt: skip
