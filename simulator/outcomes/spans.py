"""What came too soon or too late for the law in a replication: acts held against the days that must lie between two.

A working method can be lawful by itself, and yet bring a herstelonderzoek after more than a year because people were not
there. The rules are those that `kader validate` holds the steps against (`lawful.yaml`), as far as they count days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.base.language import pick, say
from simulator.kader import lawful
from simulator.kader.names import LASTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.kader.lawful import Requirement
    from simulator.kader.names import Act
    from simulator.kader.werkwijze import Node, Step
    from simulator.outcomes.replication import Replication
    from simulator.world.scenario import Scenario

Loops = tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """A step that was carried out, by the days on which it began and ended; `NEVER` for an end that did not come.

    One that was asked for and never begun, because nobody was free, has the last day of the scenario for both.
    """

    swv: str
    node: str
    item: str
    visit: str
    begun: int
    over: int
    waits: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names it, as in an event log."""
        return self.swv, self.node, self.item, self.visit

    def on(self, act: Act) -> int:
        """The day of an act: what lasts is counted from its start, the rest takes place at the end."""
        return self.begun if act in LASTING else self.over


@dataclass(frozen=True)
class Breach:
    """An act that came too soon or too late after another.

    Attributes:
        done: the step; of one that still `waits` the day is the one on which the term was over.
        day: of the act.
        rule, article: what it goes against.
        act, what: what was done, and after what.
        days: that lay between the two.
        bound: the least, or the most, that the law has for them.
        late: it is the most.
    """

    done: Done
    day: int
    rule: str
    article: str
    act: Act
    what: Act
    days: int
    bound: int
    late: bool

    def words(self, label: str) -> str:
        """What was against the law, in the language of the user."""
        key = f"lawful.{'not_come' if self.done.waits else 'came_late' if self.late else 'came_soon'}"
        named = {"act": say(f"act.{self.act}"), "what": say(f"act.{self.what}")}
        return say(key, label=label, n=self.days, bound=self.bound, article=self.article, **named)


def of_play(play: Replication) -> list[Breach]:
    """What came too soon or too late in a replication, by day and swv."""
    model, tables = play.looker.model, play.looker.model.tables
    scenario = model.scenario
    acting = {node.id for node in scenario.kader.file.werkwijze.walk() if node.step and node.step.act}
    rows = [row for row, node in enumerate(tables.node) if node in acting and play.trace.requested[row] < NEVER]
    begun = [play.trace.start[row] for row in rows]
    return found(scenario, [
        _done((model.codes[tables.swv[row]], tables.node[row], tables.item[row], tables.visit[row]),
              None if start >= NEVER else model.start + start // DAY_SECONDS, int(play.seen.end_day[row]), model.stop)
        for row, start in zip(rows, begun, strict=True)
    ])  # fmt: skip


def _done(key: tuple[str, str, str, str], begun: int | None, over: int, stop: int) -> Done:
    return Done(*key, begun, over) if begun is not None else Done(*key, stop, stop, waits=True)


def of_steps(scenario: Scenario, rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str, str, str], list[Breach]]:
    """The same for the steps of an event log (as `eventlog.executions` has them), by what names each step."""
    start, stop = day_of(scenario.period.start), day_of(scenario.period.until)

    def day(seconds: int | None) -> int | None:
        return None if seconds is None else start + seconds // DAY_SECONDS

    days = [
        _done((row["swv"], row["step"], row["item"], row["visit"]), day(row["started"]),
              NEVER if row["ended"] is None else start + row["ended"] // DAY_SECONDS, stop)
        for row in rows if row["requested"] is not None
    ]  # fmt: skip
    by_key: dict[tuple[str, str, str, str], list[Breach]] = {}
    for one in found(scenario, days):
        by_key.setdefault(one.done.key, []).append(one)
    return by_key


def found(scenario: Scenario, done: Sequence[Done]) -> list[Breach]:
    """What came too soon or too late among steps that were carried out."""
    steps = {node.id: node.step for node in scenario.kader.file.werkwijze.walk() if node.step}
    before = _before(scenario.kader.file.werkwijze)
    of_node: dict[tuple[str, str], list[Done]] = {}
    for one in done:
        of_node.setdefault((one.swv, one.node), []).append(one)
    breaches = [
        breach
        for one in done
        for rule in lawful.spans()
        for act in rule.act
        if act in steps[one.node].act and one.on(act) < NEVER
        for breach in _held(scenario, rule, act, one, _earlier(one, act, rule, before[one.node], of_node, steps))
    ]
    return sorted(breaches, key=lambda one: (one.day, one.done.key, one.rule))


def _held(
    scenario: Scenario, rule: Requirement, act: Act, one: Done, earlier: Iterable[tuple[int, Act]]
) -> Iterator[Breach]:
    """A rule held against an act, from the last of what must come before it; without any of it there is no span.

    As in `kader validate` the law is that of the day on which the step begins: who adopts a report in July 2023 publishes
    it in its fifth week, also when that is in August.
    """
    last = max(earlier, default=None)
    sector, day = scenario.swv[one.swv].sector, one.on(act)
    law = rule.held(scenario.kader.rules[rule.rule], date_of(one.begun), sector)  # type: ignore[arg-type]
    if last is None or law is None or rule.days is None:
        return
    article = law.article.get(sector) or next(iter(law.article.values()))  # type: ignore[call-overload]
    least, most = rule.days
    span = day - last[0]
    if least is not None and span < least and not one.waits:
        yield Breach(one, day, rule.rule, article, act, last[1], span, least, late=False)
    if most is not None and span > most:
        day = last[0] + most + 1 if one.waits else day
        yield Breach(one, day, rule.rule, article, act, last[1], span, most, late=True)


def _earlier(
    one: Done, act: Act, rule: Requirement, ways: Sequence[tuple[str, int]],
    of_node: dict[tuple[str, str], list[Done]], steps: dict[str, Step],
) -> Iterator[tuple[int, Act]]:  # fmt: skip
    """The days of what a rule wants before an act, as far as it was done on the way to it in the same round."""
    for node, shared in ways:
        for first in set(rule.after) & set(steps[node].act):
            for other in of_node.get((one.swv, node), ()):
                same = other.visit.split("/")[:shared] == one.visit.split("/")[:shared] or not shared
                if same and _of_one_item(one.item, other.item) and other.on(first) <= one.on(act):
                    yield other.on(first), first


def _of_one_item(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _shared(one: Loops, other: Loops) -> int:
    """How many loops are around both of two steps."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _before(tree: Node) -> dict[str, list[tuple[str, int]]]:
    """Per step with an act the steps with acts that come before it on a way, each with the number of loops around both."""
    ways: dict[str, list[tuple[str, int]]] = {}

    def walk(node: Node, loops: Loops, earlier: dict[str, Loops]) -> dict[str, Loops]:
        if node.step is not None:
            if not node.step.act:
                return earlier
            ways[node.id] = [(name, _shared(own, loops)) for name, own in earlier.items()]
            return {**earlier, node.id: loops}
        inner = (*loops, node.id) if node.loop else loops
        ends = dict(earlier)
        for child in node.children():
            ends |= walk(child, inner, ends if node.sequence else earlier)
        return ends

    walk(tree, (), {})
    return ways


def told(scenario: Scenario, breaches: Iterable[Breach]) -> list[dict[str, Any]]:
    """Breaches as plain data, with words in the language of the user."""
    labels = {node.id: node.step.label for node in scenario.kader.file.werkwijze.walk() if node.step}
    return [
        {"swv": one.done.swv, "step": one.done.node, "round": one.done.visit, "rule": one.rule, "article": one.article,
         "on": date_of(one.day).isoformat(), "days": one.days, "bound": one.bound,
         "text": one.words(pick(labels[one.done.node]))}
        for one in breaches
    ]  # fmt: skip
