"""What a stored run knows of every swv: the day it was looked at, and which duties were not met then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.kader.assess import Status
from simulator.outcomes import packing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator.outcomes.store import Run

Array = np.ndarray


@dataclass(frozen=True)
class Looks:
    """Every time that some swv were looked at for one reason, in all replications of a run.

    Attributes:
        codes: the swv that are meant, in order.
        duties: names of the rows of `status`.
        replication, swv, on: per look the replication, the place of the swv in `codes`, and the day.
        status: per duty (rows) and look a `Status` number.
        replications: numbers of all replications of the run.
    """

    codes: tuple[str, ...]
    duties: tuple[str, ...]
    replication: Array
    swv: Array
    on: Array
    status: Array
    replications: Array

    def missed(self, own: Collection[str]) -> Array:
        """Per look the number of own duties that were not met."""
        rows = [number for number, name in enumerate(self.duties) if name in own]
        return np.asarray((self.status[rows] == Status.NOT_MET).sum(axis=0))

    def mean_of_swv(self, values: Array) -> dict[str, float]:
        """The mean over looks per swv; those never looked at are left out."""
        sums = np.bincount(self.swv, weights=values, minlength=len(self.codes))
        counts = np.bincount(self.swv, minlength=len(self.codes))
        return {code: float(sums[i] / counts[i]) for i, code in enumerate(self.codes) if counts[i]}

    def mean_of_replication(self, values: Array) -> Array:
        """The mean over looks per replication; NaN where nobody was looked at."""
        place = np.searchsorted(self.replications, self.replication)
        sums = np.bincount(place, weights=values, minlength=len(self.replications))
        counts = np.bincount(place, minlength=len(self.replications))
        with np.errstate(invalid="ignore"):
            return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)

    def days(self) -> Array:
        """The day per replication (rows) and swv (columns); `NEVER` where it did not come."""
        table = np.full((len(self.replications), len(self.codes)), NEVER, dtype=np.int64)
        table[np.searchsorted(self.replications, self.replication), self.swv] = self.on
        return table


def looks(run: Run, names: Sequence[str], codes: Sequence[str]) -> dict[str, Looks]:
    """What was seen of some swv on the days of some names.

    Args:
        run: with its statuses.
        names: of days on which swv were looked at: visits, or events that a figure asks for.
        codes: the swv.

    Raises:
        InputError: the files of the run cannot be read.
    """
    import polars

    duties = tuple(run.manifest.obligations)
    wide = packing.words(len(duties), "final")
    columns = ["replication", "look", "swv", "on", *(f"final_{number}" for number in range(wide))]
    try:
        frame = (
            polars.scan_parquet(run.folder / "statuses" / "*.parquet")
            .select(columns)
            .filter(polars.col("swv").is_in(list(codes)) & polars.col("look").is_in(list(names)))
            .collect()
        )
    except (polars.exceptions.PolarsError, OSError):
        problem = Problem(say("run.damaged"), str(run.folder / "statuses"), hint=say("hint.run_again"))
        raise InputError(problem) from None
    place = {code: number for number, code in enumerate(codes)}
    replications = np.sort(run.kpis["replication"]).astype(np.int64)
    found = {}
    for name in names:
        own = frame.filter(polars.col("look") == name)
        words = np.array([own[f"final_{number}"].to_numpy() for number in range(wide)], dtype=np.uint64)
        found[name] = Looks(
            tuple(codes), duties, own["replication"].to_numpy().astype(np.int64),
            np.array([place[code] for code in own["swv"]], dtype=np.int64),
            own["on"].cast(polars.Int32).to_numpy().astype(np.int64),
            packing.unpack(words.reshape(wide, len(own)), packing.FINAL_BITS, len(duties)), replications,
        )  # fmt: skip
    return found
