"""Teams: the people who did the earlier steps of an onderzoek, and the later steps that wait for them.

A step of a team that has worked already is not asked of anybody, but of those who did the earlier steps, and goes before
what others ask. After a time that is drawn it waits no longer for its own people alone (`Queues.give_up`): it stands in the
queue with all others, and who does it takes the place of who was not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.engine.queues import Queues, Request


class Teams:
    """The teams of a replication.

    Attributes:
        waiting: those who wait for their own people, in order; first those for whole days, then the others.
        own: per row that waited for its own people the moment until which it did.
        members: per (team, pool) the people, who worked last first.
    """

    def __init__(self, queues: Queues) -> None:
        self.queues = queues
        self.waiting: tuple[list[Request], list[Request]] = [], []
        self.own: dict[int, int] = {}
        self.members: dict[tuple[int, int], list[int]] = {}

    def waits(self, row: int) -> bool:
        """Whether a step has people of its own to wait for."""
        team, pools = self.queues.tables.team[row], self.queues.tables.pools[row]
        return team is not None and any((team.number, pool) in self.members for pool in pools)

    def joined(self, row: int, people: dict[int, list[int]]) -> None:
        """People have begun with a step: of its team they are the first from now on, which stays as large as it was."""
        if team := self.queues.tables.team[row]:
            for pool, units in people.items():
                before = self.members.get((team.number, pool), [])
                rest = [unit for unit in before if unit not in units]
                self.members[team.number, pool] = [*units, *rest][: max(len(units), len(before))]

    def give(self, lane: int, now: int) -> list[tuple[int, int]]:
        """The steps whose own people begin with them now, each with the moment at which it ends."""
        granted = []
        for request in list(self.waiting[lane]):
            row = request[-1]
            if self.queues.begins(row, now) <= now and (people := self._gathered(row, now)):
                self.waiting[lane].remove(request)
                self.own[row] = now
                granted.append(self.queues.send(request, people, now))
        return granted

    def _gathered(self, row: int, now: int) -> dict[int, list[int]]:
        """Who of its team can do a step, by pool, and others where it needs more; nobody when they are too few."""
        queues = self.queues
        pools, team = queues.tables.pools[row], queues.tables.team[row]
        found: dict[int, list[int]] = {}
        for pool in sorted(set(pools)):
            count, members = pools.count(pool), self.members.get((team.number, pool), [])  # type: ignore[union-attr]
            needed = min(count, len(members))
            if sum(queues.can_begin(pool, unit, row, now) for unit in members) < needed:
                return {}
            free = queues.free(pool, row, now)
            own = [unit for unit in free if unit in members][:needed]
            found[pool] = [*own, *[unit for unit in free if unit not in members][: count - needed]]
            if len(found[pool]) < count:
                return {}
        return found
