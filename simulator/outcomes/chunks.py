"""The chunks of a run that is not finished: fixed ranges of replications on disk, written whole or not at all.

A chunk counts when its record is there and its files have the hashes that the record names; whatever else lies in these
folders does not. So a run that was killed goes on with what was whole, and a longer run begins with what a shorter one has.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.base import resources, writing
from simulator.outcomes import frames
from simulator.outcomes.manifest import Failed, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars

    from simulator.outcomes.store import Run

SIZE = 50
"""Replications in a chunk."""
KINDS = ("kpis", "statuses")
_RECORDS = "chunks"
_NAME = re.compile(r"[0-9]{7}\.json")


class Record(BaseModel):
    """What a chunk says of itself: its first replications up to `until`, those that failed, and the hashes of its files."""

    model_config = ConfigDict(frozen=True, strict=True)

    format: Literal["chunk/1"] = "chunk/1"
    until: int
    failed: list[Failed]
    files: dict[str, str]


@dataclass(frozen=True)
class Shelf:
    """The chunks in the folder of an unfinished run."""

    folder: Path

    def record(self, number: int) -> Record | None:
        """The record of a chunk; None when it is not there, or not whole."""
        path = self.path(_RECORDS, number, "json")
        if not resources.is_file(path):
            return None
        try:
            found = Record.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            return None
        whole = all(_digest(self.path(kind, number)) == found.files.get(kind) for kind in KINDS)
        return found if whole and number * SIZE < found.until <= (number + 1) * SIZE else None

    def records(self) -> dict[int, Record]:
        """The chunks that are whole, by number."""
        firsts = (int(path.stem) for path in (self.folder / _RECORDS).glob("*.json") if _NAME.fullmatch(path.name))
        numbers = sorted(first // SIZE for first in firsts if first % SIZE == 0)
        return {number: found for number in numbers if (found := self.record(number)) is not None}

    def whole(self) -> int:
        """How many replications are there."""
        return sum(found.until - number * SIZE for number, found in self.records().items())

    def reach(self) -> int:
        """The replication after the last one that is there."""
        return max((found.until for found in self.records().values()), default=0)

    def missing(self, replications: int) -> Iterator[range]:
        """The replications below a number that are not there, by chunk."""
        for number in range(-(-replications // SIZE)):
            found = self.record(number)
            first = found.until if found else number * SIZE
            until = min((number + 1) * SIZE, replications)
            if first < until:
                yield range(first, until)

    def put(self, until: int, tables: dict[str, polars.DataFrame], failed: Sequence[Failed]) -> None:
        """Add replications up to a number to their chunk, after those that it has already.

        Raises:
            InputError: the place cannot be written; what was whole before still is.
        """
        import polars

        number = (until - 1) // SIZE
        if before := self.record(number):
            tables = {kind: polars.concat([self.table(kind, number), tables[kind]]) for kind in KINDS}
            failed = [*before.failed, *failed]
        contents = {kind: frames.parquet(tables[kind]) for kind in KINDS}
        self.path(_RECORDS, number, "json").unlink(missing_ok=True)
        for kind, content in contents.items():
            self._write(self.path(kind, number), content)
        files = {kind: hashlib.sha256(content).hexdigest() for kind, content in contents.items()}
        record = Record(until=until, failed=list(failed), files=files)
        self._write(self.path(_RECORDS, number, "json"), record.model_dump_json().encode())

    def table(self, kind: str, number: int) -> polars.DataFrame:
        """A table of a chunk."""
        return _read(self.path(kind, number))

    def take(self, run: Run) -> None:
        """Put the replications of a finished run on the shelf, as far as they are not there.

        Raises:
            InputError: a table of the run cannot be read.
        """
        import polars

        kpis = _read(run.folder / "kpis.parquet")
        for part in self.missing(run.replications):
            number = part.start // SIZE
            mine = polars.col("replication").is_between(part.start, part.stop - 1)
            statuses = _read(run.folder / name_of("statuses", number))
            failed = [one for one in run.manifest.failed if one.replication in part]
            self.put(part.stop, {"kpis": kpis.filter(mine), "statuses": statuses.filter(mine)}, failed)

    def kpis(self, replications: int) -> polars.DataFrame:
        """The figures of all replications below a number, in one table."""
        import polars

        return polars.concat([self.table("kpis", number) for number in range(-(-replications // SIZE))])

    def failed(self) -> list[Failed]:
        """The replications that failed."""
        return [one for record in self.records().values() for one in record.failed]

    def path(self, kind: str, number: int, ending: str = "parquet") -> Path:
        """Where a file of a chunk is."""
        return self.folder / name_of(kind, number, ending)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        writing.write(path, content)


def _read(path: Path) -> polars.DataFrame:
    import polars

    try:
        return polars.read_parquet(io.BytesIO(path.read_bytes()))
    except (polars.exceptions.PolarsError, OSError):
        raise damaged(path) from None


def name_of(kind: str, number: int, ending: str = "parquet") -> str:
    """The file of a chunk, named after its first replication."""
    return f"{kind}/{number * SIZE:07d}.{ending}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if resources.is_file(path) else ""
