"""A run that is not finished: what its folder holds, who may write it, and how it gets its name.

Beside the run `X` stands `.X.part` with what was asked for (`wanted.json`), the chunks that are ready, and `whole`, in
which the run is put together from them. The chunks stay until the run has its name, so a break at any moment loses no
replication. A run that makes place is `.X.old` meanwhile; whoever opens the place next puts it back, or away.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.base import writing
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.writing import reason
from simulator.outcomes import chunks, manifest
from simulator.outcomes.chunks import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.outcomes.manifest import Manifest

_ENDING = ".part"
_WANTED = "wanted.json"


@dataclass(frozen=True)
class Precision:
    """A figure with the half-width that its 95% interval should have."""

    kpi: str
    half_width: float


class Wanted(BaseModel):
    """What was asked for, so that a run that is broken off goes on to it.

    Attributes:
        replications: how many, or with `until` the most.
        until: the precision at which it stops.
        events: replications of which every event is kept.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal["wanted/1"] = "wanted/1"
    replications: int
    until: tuple[Precision, ...] = ()
    events: tuple[int, ...] = ()


def part_of(target: Path) -> Path:
    """The folder of a run while it is not finished."""
    return target.with_name(f".{target.name}{_ENDING}")


def all_parts(parent: Path) -> list[Path]:
    """Runs in a folder that are not finished, by the name that they will have."""
    found = sorted(path.name for path in parent.glob(f".*{_ENDING}") if path.is_dir())
    return [parent / name[1 : -len(_ENDING)] for name in found]


def wanted(target: Path) -> Wanted | None:
    """What was asked for of a run that is not finished; None when that is not known."""
    try:
        return Wanted.model_validate_json((part_of(target) / _WANTED).read_bytes())
    except (ValidationError, OSError, ValueError):
        return None


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Keep other processes from writing or removing a run meanwhile.

    Raises:
        InputError: another process is at it, or the place cannot be written.
    """
    from filelock import FileLock, Timeout

    locks = target.parent / ".locks"
    lock = FileLock(locks / f"{target.name}.lock")
    try:
        try:
            locks.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(Problem(say("run.busy"), str(target), hint=say("hint.busy"))) from None
        except (OSError, ValueError) as error:
            raise _unwritable(target, error) from None
        try:
            yield
        finally:
            lock.release()
            with suppress(OSError, ValueError):
                Path(lock.lock_file).unlink(missing_ok=True)
    finally:
        with suppress(OSError, ValueError):
            locks.rmdir()


def remove(folder: Path) -> None:
    """Remove a run, or one that is not finished, whole or not at all: it first gets a name that no run has.

    Raises:
        InputError: another process is writing it, or it cannot be removed.
    """
    name = folder.name
    target = folder.with_name(name[1 : -len(_ENDING)]) if name.startswith(".") and name.endswith(_ENDING) else folder
    gone = target.with_name(f".{target.name}.gone")
    with alone(target):
        shutil.rmtree(gone, ignore_errors=True)
        try:
            folder.rename(gone)
        except OSError as error:
            raise InputError(Problem(say("run.cannot_remove", reason=reason(error)), str(folder))) from None
        shutil.rmtree(gone, ignore_errors=True)


class Unfinished:
    """A run under way. Open it within `alone`.

    Raises:
        InputError: the place cannot be written.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = part_of(target)
        self.whole = self.part / "whole"
        self._old = target.with_name(f".{target.name}.old")
        try:
            self._tidy()
        except OSError as error:
            raise _unwritable(target, error) from None

    @property
    def shelf(self) -> Shelf:
        """The chunks that are there."""
        return Shelf(self.part)

    def _tidy(self) -> None:
        """Put right what a kill in the middle of taking or losing a name has left behind."""
        shutil.rmtree(self.target.with_name(f".{self.target.name}.gone"), ignore_errors=True)
        if self._old.is_dir():
            if self.target.exists():
                shutil.rmtree(self._old, ignore_errors=True)
            else:
                self._old.rename(self.target)

    def begin(self, asked: Wanted) -> None:
        """Make the folder, and note what is asked for."""
        try:
            self.part.mkdir(exist_ok=True)
        except (OSError, ValueError) as error:
            raise _unwritable(self.target, error) from None
        writing.write(self.part / _WANTED, asked.model_dump_json().encode())

    def clear(self) -> None:
        """Throw away what is there."""
        shutil.rmtree(self.part, ignore_errors=True)

    def assemble(self, replications: int) -> None:
        """Begin the whole run: the figures in one table, and the statuses as they are in the chunks."""
        from simulator.outcomes import frames

        shutil.rmtree(self.whole, ignore_errors=True)
        self.write("kpis.parquet", frames.parquet(self.shelf.kpis(replications)))
        for number in range(-(-replications // chunks.SIZE)):
            name = chunks.name_of("statuses", number)
            (self.whole / name).parent.mkdir(parents=True, exist_ok=True)
            _same(self.part / name, self.whole / name)

    def write(self, name: str, content: bytes) -> None:
        """Write one file of the whole run."""
        path = self.whole / name
        path.parent.mkdir(parents=True, exist_ok=True)
        writing.write(path, content)

    def finish(self, told: Manifest, log: dict[str, Any]) -> Manifest:
        """Add the manifest with the hashes of all files, give the folder its name, and let the chunks go.

        Raises:
            InputError: the folder cannot get its name; what was there before still is.
        """
        paths = sorted(path for path in self.whole.rglob("*") if path.is_file())
        sealed = told.sealed(
            {path.relative_to(self.whole).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        )
        self.write(manifest.NAME, sealed.content())
        self.write("log.json", json.dumps(log, indent=1, ensure_ascii=False).encode() + b"\n")
        try:
            self._take_name()
        except OSError as error:
            with suppress(OSError):
                self._tidy()
            raise _unwritable(self.target, error) from None
        shutil.rmtree(self._old, ignore_errors=True)
        self.clear()
        return sealed

    def _take_name(self) -> None:
        if self.target.is_dir() and not any(self.target.iterdir()):
            self.target.rmdir()
        elif self.target.exists():
            self.target.rename(self._old)
        self.whole.rename(self.target)

    def leave(self, kept: int) -> int:
        """Stop: keep the chunks that are whole, when they hold more replications than the run that is there.

        Returns:
            How many replications are kept in chunks.
        """
        ready = self.shelf.whole()
        if ready <= kept:
            self.clear()
        return ready if ready > kept else 0


def _same(source: Path, target: Path) -> None:
    """The same file under another name; files of chunks are replaced, never changed, so a link is as good as a copy."""
    try:
        os.link(source, target)
    except (OSError, NotImplementedError):
        shutil.copyfile(source, target)


def _unwritable(target: Path, error: Exception) -> InputError:
    return InputError(Problem(say("run.cannot_write", reason=reason(error)), str(target)))
