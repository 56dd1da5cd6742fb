"""What happened in a replication, as others want to read it: its events, and its steps as they were carried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.base.days import DAY_SECONDS, date_of, day_of
from simulator.kader import lawful
from simulator.outcomes import replaying, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import polars

    from simulator.kader.names import Items
    from simulator.kader.werkwijze import Node
    from simulator.outcomes.play import Failure
    from simulator.outcomes.store import Run
    from simulator.world.scenario import Scenario

STEP_KEYS = ("swv", "step", "item", "visit")
"""What names a step that was carried out: whose it is, which one, for which item, in which round of its loop."""


@dataclass(frozen=True)
class EventLog:
    """The events of one replication.

    Attributes:
        scenario: what was played.
        replication: its number.
        events: as in `events.parquet`, in order of time.
        failure: why the replication broke off, if it did; the events stop there.
    """

    scenario: Scenario
    replication: int
    events: polars.DataFrame
    failure: Failure | None = None

    def among(self, codes: Collection[str]) -> EventLog:
        """The events of some swv alone."""
        own = self.events.filter(self.events["swv"].cast(str).is_in(list(codes)))
        return replace(self, scenario=self.scenario.among(codes), events=own)

    @property
    def unfinished(self) -> int:
        """Steps that were asked for and had not ended when the scenario stopped."""
        what = self.events["what"]
        return len(what.filter(what == "requested")) - len(what.filter(what == "ended"))


def read(run: Run, number: int) -> EventLog:
    """The events of a replication of a run: those that are stored, else played again.

    Args:
        run: with its inputs.
        number: of the replication, below the number of replications of the run.
    """
    import polars

    path = run.folder / "events.parquet"
    if path.is_file():
        stored = polars.scan_parquet(path).filter(polars.col("replication") == number).collect()
        if len(stored) and "cause" in stored.columns:
            return EventLog(run.scenario, number, stored)
    again = replaying.replay(run, number)
    return EventLog(run.scenario, number, again.events, again.failure)


LIFECYCLE = ("requested", "granted", "started", "ended")
"""What happens to a step, in this order."""


def in_order(log: EventLog) -> polars.DataFrame:
    """The events in order of time; those of one instant as the werkwijze has them, so that causes come first."""
    import polars

    paths = _paths(log.scenario.kader.file.werkwijze)
    turns = log.events.select("step", "visit").unique().cast(polars.String)
    keys = {row: _turn(paths[row[0]], row[1]) for row in turns.iter_rows()}
    places = {row: place for place, row in enumerate(sorted(keys, key=lambda row: (keys[row], row)))}
    order = polars.DataFrame(
        [(*row, place) for row, place in places.items()], schema=["step", "visit", "place"], orient="row"
    )
    phase = polars.col("what").cast(polars.String).replace_strict(list(LIFECYCLE), list(range(len(LIFECYCLE))))
    return (
        log.events.with_columns(polars.col("step", "visit").cast(polars.String), phase=phase)
        .join(order, on=["step", "visit"], how="left")
        .sort("second", "swv", "place", "item", "phase", "detail")
        .drop("place", "phase")
    )


def marked(log: EventLog) -> polars.DataFrame:
    """The events in order of time, each with what is against the law in what was played.

    Two columns more: `lawful`, whether no step of the werkwijze goes against the law of its day, and `against_law`, the
    articles that the step of the event itself goes against, by what it is or by when it came.
    """
    import polars

    broken = against_law(log)
    events = in_order(log)
    names = events.select(STEP_KEYS).iter_rows(named=True)
    return events.with_columns(
        lawful=polars.lit(not log.scenario.unlawful),
        against_law=polars.Series([broken(row) for row in names], dtype=polars.String),
    )


def against_law(log: EventLog) -> Callable[[Mapping[str, object]], str]:
    """Tells of a step that was carried out, as a row with `STEP_KEYS`, the articles that it goes against; "" for none."""
    articles = lawful.articles(log.scenario.unlawful)
    late = spans.of_steps(log.scenario, executions(log).iter_rows(named=True))
    found = {
        key: "; ".join(dict.fromkeys([*filter(None, [articles.get(key[1])]), *(one.article for one in breaches)]))
        for key, breaches in late.items()
    }

    def of(row: Mapping[str, object]) -> str:
        swv, step, item, visit = (str(row[name]) for name in STEP_KEYS)
        return found.get((swv, step, item, visit), articles.get(step, ""))

    return of


def _paths(node: Node, above: tuple[int | None, ...] = ()) -> dict[str, tuple[int | None, ...]]:
    """Per step its way down the tree: the place of each branch, and an open place for the round of each loop."""
    if node.step is not None:
        return {node.id: above}
    here = (*above, None) if node.loop else above
    return {
        name: path
        for number, child in enumerate(node.children())
        for name, path in _paths(child, (*here, number)).items()
    }


def _turn(path: tuple[int | None, ...], visit: str) -> tuple[int, ...]:
    """The way down to a step with the rounds of its loops filled in; sorting by it puts causes first."""
    rounds = iter(visit.split("/"))
    return tuple(int(next(rounds)) if place is None else place for place in path)


def executions(log: EventLog) -> polars.DataFrame:
    """The steps that were asked for, one row each, in order of the asking.

    Columns: the keys of a step; `requested`, `started`, `ended` in seconds since the start of the scenario (empty when it
    did not come); `units`, a list of names such as `inspecteur_po#2`; `marks`, the events that its end stands for, with
    spaces between them; `causes`, what made it longer, shorter or wait, as `causes.read` reads it.
    """
    import polars

    keys = list(STEP_KEYS)
    events = in_order(log)

    def moments(what: str, name: str) -> polars.DataFrame:
        own = events.filter(polars.col("what") == what)
        return own.select(*keys, polars.col("second").alias(name), "detail", "cause")

    given = moments("granted", "granted").group_by(keys, maintain_order=True)
    units = given.agg(
        polars.col("detail").alias("units"), polars.col("cause").unique(maintain_order=True).alias("waits")
    )
    found = moments("requested", "requested").drop("detail", "cause")
    found = found.join(moments("started", "started").drop("detail"), on=keys, how="left", maintain_order="left")
    found = found.join(
        moments("ended", "ended").rename({"detail": "marks"}).drop("cause"), on=keys, how="left", maintain_order="left"
    )
    whole = found.join(units, on=keys, how="left", maintain_order="left")
    waits = polars.col("waits").fill_null([]).list.join(" ")
    return whole.with_columns(
        polars.col("units").cast(polars.List(polars.String)).fill_null([]),
        polars.col("marks").cast(polars.String).fill_null(""),
        polars.concat_str(waits, polars.col("cause").fill_null(""), separator=" ").str.strip_chars().alias("causes"),
    ).drop("waits", "cause")


def stamp(scenario: Scenario, second: int) -> str:
    """A moment as date and time; the clock of the model has no time zone and is written as if it were UTC."""
    clock = second % DAY_SECONDS
    day = date_of(day_of(scenario.period.start) + second // DAY_SECONDS).isoformat()
    return f"{day}T{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}Z"


def item_kinds(tree: Node, outer: tuple[Items, ...] = ()) -> dict[str, tuple[Items, ...]]:
    """Per step of a tree the kinds of items that it is done for, from the outermost list to the innermost."""
    if tree.step is not None:
        return {tree.id: outer}
    inner = (*outer, tree.for_each.over) if tree.for_each else outer
    return {name: kinds for child in tree.children() for name, kinds in item_kinds(child, inner).items()}
