"""Which replications meet a target with how many people in one pool, asked as seldom as possible.

More people are taken never to make a figure worse: who meets the bound with some number meets it with every larger one,
and who misses it misses it with every smaller one. So a replication is played only with numbers between those. Where teams
wait for their own people that is so on average, not for every replication: `capacity` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.outcomes.statistics import Estimate, proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FEW, _PART = 4, 4
"""The first look is at a quarter of the replications, and at no fewer than this."""


class Ladder:
    """The numbers of people that one pool can have, from the fewest to the most.

    Args:
        play: whether some replications meet the bound with a number of people.
        least, most: the fewest and the most people.
        top: per replication whether it meets the bound with the most.
        chance: the share that must meet it.
    """

    def __init__(
        self, play: Callable[[int, Sequence[int]], Sequence[bool]], least: int, most: int, top: Sequence[bool],
        chance: float,
    ) -> None:  # fmt: skip
        self.play, self.least, self.most, self.chance = play, least, most, chance
        self.missed = [most if not hit else least - 1 for hit in top]
        self.met = [most if hit else most + 1 for hit in top]

    def share(self, people: int, among: Sequence[int] | None = None) -> Estimate:
        """The share of the replications (or some of them) that meet the bound with a number of people."""
        numbers = range(len(self.met)) if among is None else among
        open_ = [one for one in numbers if self.missed[one] < people < self.met[one]]
        if open_:
            for one, hit in zip(open_, self.play(people, open_), strict=True):
                (self.met if hit else self.missed)[one] = people
        return proportion(sum(self.met[one] <= people for one in numbers), len(numbers))

    def smallest(self) -> int:
        """The smallest number with which enough replications meet the bound, which the most must do.

        A few of those that can meet it say first about where it lies.
        """
        able = [one for one, people in enumerate(self.met) if people <= self.most]
        few = able[: max(_FEW, len(self.met) // _PART)]
        likely = self.share(self.least, few).mean * len(few) >= self.chance * len(few) - 1
        if likely and self._enough(self.least):
            return self.least
        about = _first(lambda people: self._enough(people, few), self.least, self.most)
        return _first(self._enough, self.least, self.most, about)

    def between(self, smallest: int) -> tuple[int, int | None]:
        """The numbers at the ends of the interval of the share.

        Returns:
            With fewer than the first the target is not reached, with the second or more it is, at the level of the
            interval; the second is None when there are too few replications to say so of any number.
        """
        low = _first(lambda people: self.share(people).high >= self.chance, self.least, smallest, smallest - 1)
        if self.share(self.most).low < self.chance:
            return low, None
        return low, _first(lambda people: self.share(people).low >= self.chance, smallest, self.most, smallest + 1)

    def meeting(self, people: int) -> list[bool]:
        """Which replications meet the bound with a number of people, as far as it was looked at."""
        return [own <= people for own in self.met]

    def _enough(self, people: int, among: Sequence[int] | None = None) -> bool:
        return self.share(people, among).mean >= self.chance


def _first(holds: Callable[[int], bool], low: int, high: int, guess: int | None = None) -> int:
    """The first number from which something holds, as it does for the highest; from a guess in steps that double."""
    probe, step = guess, 1
    held = missed = guess is None
    while low < high:
        place = (low + high) // 2 if probe is None else min(max(probe, low), high - 1)
        if holds(place):
            high, held = place, True
        else:
            low, missed = place + 1, True
        probe = None if held and missed else place - step if held else place + step
        step *= 2
    return high
