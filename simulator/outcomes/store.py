"""Run folders: what is kept of a run, written whole or not at all, and found again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.base import resources, writing
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.validation import short
from simulator.base.writing import reason
from simulator.outcomes.chunks import Shelf
from simulator.outcomes.inputs import FORMAT
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    import numpy as np

    from simulator.world.scenario import Scenario

LATEST = "laatste"


def folder_of_runs() -> Path:
    """Where runs are kept: `runs` in the working directory, or what INSPECTIE_SIM_RUNS says."""
    return Path(os.environ.get("INSPECTIE_SIM_RUNS") or "runs")


class Manifest(BaseModel):
    """What a run says of itself.

    Attributes:
        unlawful: steps of the werkwijze that the law of their days did not allow, with rule and article.
        files: the SHA-256 of every other file that counts.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    format: Literal["run/2"] = "run/2"
    id: str
    program: str
    scenario: str
    seed: int
    replications: int
    obligations: list[str]
    failed: list[dict[str, Any]]
    unlawful: list[dict[str, Any]] = []
    files: dict[str, str] = {}


@dataclass(frozen=True)
class Run:
    """A stored run."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Scenario and hash of the resolved inputs."""
        return self.manifest.id

    @property
    def replications(self) -> int:
        """How many replications were asked for."""
        return self.manifest.replications

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as it was run, from the copies of its inputs in the folder."""
        return scenarios.load(str(self.folder / "scenario.yaml"))

    @cached_property
    def kpis(self) -> dict[str, np.ndarray]:
        """The figures as columns over replications; `replication` holds their numbers."""
        import polars

        path = self.folder / "kpis.parquet"
        try:
            frame = polars.read_parquet(path)
            return {name: frame[name].cast(polars.Float64).to_numpy() for name in frame.columns}
        except (polars.exceptions.PolarsError, OSError):
            raise InputError(Problem(say("run.damaged"), str(path), hint=say("hint.run_again"))) from None


def read(folder: Path) -> Run:
    """The run in a folder.

    Raises:
        InputError: it is no finished run, or of another version.
    """
    path = folder / "manifest.json"
    if not resources.is_file(path):
        raise InputError(Problem(say("run.not_a_run"), str(folder)))
    data = _json(path)
    if isinstance(data, dict) and data.get("format") not in (FORMAT, None):
        raise InputError(Problem(say("format.newer", found=short(data["format"]), wanted=FORMAT), str(path)))
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError:
        raise InputError(Problem(say("run.damaged"), str(path), hint=say("hint.run_again"))) from None
    for name, wanted in manifest.files.items():
        file = folder / name
        if not resources.is_file(file) or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise InputError(Problem(say("run.changed"), str(file), hint=say("hint.run_again")))
    return Run(folder, manifest)


def _json(path: Path) -> Any:
    """What a JSON file holds; None when it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def all_runs() -> list[Path]:
    """Folders of finished runs, newest first."""
    parent = folder_of_runs()
    found = [path.parent for path in parent.glob("*/manifest.json") if not path.parent.name.startswith(".")]
    return sorted(found, key=lambda folder: (_finished(folder), folder.name), reverse=True)


def _finished(folder: Path) -> str:
    log = _json(folder / "log.json")
    return str(log.get("finished", "")) if isinstance(log, dict) else ""


def find(name: str) -> Run:
    """A run by folder, by scenario (its newest run) or `laatste`.

    Raises:
        InputError: there is none.
    """
    if resources.is_folder(Path(name)):
        return read(Path(name))
    runs = all_runs()
    if name == LATEST and runs:
        return read(runs[0])
    for folder in runs:
        if name in (folder.name, folder.name.rpartition("-")[0]):
            return read(folder)
    known = {LATEST, *(folder.name.rpartition("-")[0] for folder in runs)} if runs else set()
    hint = nearest(name, known) or say("hint.run_first", name="invoering-2014" if name == LATEST else name)
    raise InputError(Problem(say("run.none", name=name, folder=folder_of_runs()), hint=hint))


@dataclass(frozen=True)
class Listed:
    """A run as it is listed: finished, unfinished (with the replications that are whole), or damaged."""

    name: str
    folder: Path
    state: Literal["finished", "unfinished", "damaged"]
    replications: int | None = None
    seed: int | None = None
    finished: str | None = None


def listed() -> list[Listed]:
    """All runs that are kept, newest first, then those that are not finished."""
    found = []
    for folder in all_runs():
        data = _json(folder / "manifest.json")
        try:
            manifest = Manifest.model_validate(data)
        except ValidationError:
            found.append(Listed(folder.name, folder, "damaged"))
            continue
        when = _finished(folder)[:19].replace("T", " ")
        found.append(Listed(folder.name, folder, "finished", manifest.replications, manifest.seed, when))
    for part in sorted(folder_of_runs().glob(".*.part")):
        found.append(Listed(part.name[1:-5], part, "unfinished", Shelf(part).whole()))
    return found


def log_of(run: Run) -> dict[str, Any]:
    """When, where and how fast a run was done."""
    found = _json(run.folder / "log.json")
    return found if isinstance(found, dict) else {}


def findable(name: str) -> Path:
    """The folder of a run by name, also of one that is damaged or not finished.

    Raises:
        InputError: there is none, or the folder holds something else.
    """
    for one in listed():
        if name == one.name:
            return one.folder
    return find(name).folder


def remove(folder: Path) -> None:
    """Remove a run, whole or not at all: it first gets a name that no run has.

    Raises:
        InputError: it cannot be removed.
    """
    gone = folder.with_name(f".{uuid.uuid4().hex[:12]}.old")
    try:
        folder.rename(gone)
    except OSError as error:
        raise InputError(Problem(say("run.cannot_remove", reason=reason(error)), str(folder))) from None
    shutil.rmtree(gone, ignore_errors=True)


class Writer:
    """Writes a run under a hidden name, alone, and gives it its own when it is whole.

    Raises:
        InputError: the place cannot be written, or another process is writing this run.
    """

    def __init__(self, target: Path) -> None:
        from filelock import FileLock, Timeout

        self.target = target
        self.part = target.parent / f".{target.name}.part"
        self.lock = FileLock(target.parent / ".locks" / f"{target.name}.lock")
        try:
            (target.parent / ".locks").mkdir(parents=True, exist_ok=True)
            self.lock.acquire(timeout=0)
        except Timeout:
            raise InputError(Problem(say("run.busy"), str(target), hint=say("hint.busy"))) from None
        except (OSError, ValueError) as error:
            self.release()
            raise InputError(Problem(say("run.cannot_write", reason=reason(error)), str(target))) from None
        self._begin()

    def _begin(self) -> None:
        try:
            self.part.mkdir(exist_ok=True)
        except (OSError, ValueError) as error:
            self.release()
            raise InputError(Problem(say("run.cannot_write", reason=reason(error)), str(self.target))) from None

    @property
    def shelf(self) -> Shelf:
        """The chunks that are there."""
        return Shelf(self.part)

    def write(self, name: str, content: bytes) -> None:
        """Write one file of the run."""
        path = self.part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        writing.write(path, content)

    def finish(self, manifest: Manifest, log: dict[str, Any]) -> Run:
        """Add the manifest with the hashes of all files, and give the folder its name."""
        files = {
            path.relative_to(self.part).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.part.rglob("*"))
            if path.is_file()
        }
        whole = manifest.model_copy(update={"files": dict(sorted(files.items()))})
        self.write("manifest.json", json.dumps(whole.model_dump(), indent=1, ensure_ascii=False).encode() + b"\n")
        self.write("log.json", json.dumps(log, indent=1, ensure_ascii=False).encode() + b"\n")
        old = self.target.parent / f".{self.target.name}.{uuid.uuid4().hex[:8]}.old"
        if self.target.exists():
            self.target.rename(old)
        self.part.rename(self.target)
        shutil.rmtree(old, ignore_errors=True)
        self.release()
        return Run(self.target, whole)

    def clear(self) -> None:
        """Throw away what is there of an unfinished run."""
        shutil.rmtree(self.part, ignore_errors=True)
        self._begin()

    def leave(self) -> None:
        """Stop: keep the chunks that are whole, or nothing when there are none."""
        if not self.shelf.whole():
            shutil.rmtree(self.part, ignore_errors=True)
        self.release()

    def release(self) -> None:
        """Let others write this run."""
        self.lock.release()
        with suppress(OSError, ValueError):
            Path(self.lock.lock_file).unlink(missing_ok=True)
        with suppress(OSError, ValueError):
            (self.target.parent / ".locks").rmdir()
