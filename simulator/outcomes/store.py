"""Run folders: what is kept of a run, found again."""

from __future__ import annotations

import hashlib
import os
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simulator.base import resources
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.outcomes import manifest as manifests
from simulator.outcomes import naming, unfinished
from simulator.outcomes.chunks import Shelf
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    import numpy as np

    from simulator.outcomes.manifest import Manifest
    from simulator.world.scenario import Scenario

LATEST = "laatste"


def folder_of_runs() -> Path:
    """Where runs are kept: `runs` in the working directory, or what INSPECTIE_SIM_RUNS says."""
    return Path(os.environ.get("INSPECTIE_SIM_RUNS") or "runs")


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
        return scenarios.load(str(self.folder / "scenario.yaml"), kept=True)

    @cached_property
    def kpis(self) -> dict[str, np.ndarray]:
        """The figures as columns over replications; `replication` holds their numbers.

        Raises:
            InputError: they are not those of the replications that the manifest names.
        """
        import polars

        path = self.folder / "kpis.parquet"
        failed = {one.replication for one in self.manifest.failed}
        try:
            frame = polars.read_parquet(path)
            there = frame["replication"].to_list()
            columns = {name: frame[name].cast(polars.Float64).to_numpy() for name in frame.columns}
        except (polars.exceptions.PolarsError, OSError):
            raise manifests.damaged(path) from None
        if there != [number for number in range(self.replications) if number not in failed]:
            raise manifests.damaged(path)
        return columns

    def measured(self, kpis: dict[str, np.ndarray]) -> Run:
        """The same run with its figures taken otherwise, as columns."""
        other = copy(self)
        vars(other)["kpis"] = kpis
        return other


def read(folder: Path) -> Run:
    """The run in a folder. Its files are input from now on: nothing is written over them.

    Raises:
        InputError: it is no finished run, is not as it was written, or is of another version.
    """
    manifest = manifests.read(folder)
    for name, wanted in manifest.files.items():
        file = folder / name
        if not resources.is_file(file) or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise InputError(Problem(say("run.changed"), str(file), hint=say("hint.run_again")))
    names = (*manifest.files, manifests.NAME, "log.json")
    resources.INPUTS.update(resources.state(folder / name)[0] for name in names)
    return Run(folder, manifest)


def all_runs() -> list[Path]:
    """Folders of finished runs, newest first."""
    parent = folder_of_runs()
    found = [path.parent for path in parent.glob(f"*/{manifests.NAME}") if not path.parent.name.startswith(".")]
    return sorted(found, key=lambda folder: (_finished(folder), folder.name), reverse=True)


def _finished(folder: Path) -> str:
    log = manifests.as_json(folder / "log.json")
    return str(log.get("finished", "")) if isinstance(log, dict) else ""


class NoRun(InputError):
    """There is no run that a name means.

    Attributes:
        others: whether there are runs of the scenario that is named: with other inputs, or of some of its swv.
    """

    others = False


def find(name: str, *, part: bool = True) -> Run:
    """A run by folder, by scenario (its newest run: id or file) or `laatste`.

    Args:
        name: which.
        part: whether a run of some of the swv of a scenario will do when there is none of all.

    Raises:
        NoRun: there is none.
        InputError: it is not as it was written, or the file of the scenario has mistakes.
    """
    if resources.is_folder(Path(name)):
        return read(Path(name))
    runs = all_runs()
    if name == LATEST and runs:
        return read(runs[0])
    named = [folder for folder in runs if folder.name == name]
    whole, some = naming.of_scenario(name, runs) if not named else (named, [])
    if found := _first([*whole, *(some if part else ())]):
        return found
    known = {LATEST, *map(naming.scenario_of, runs)} if runs else set()
    first = say("hint.run_first", name="invoering-2014" if name == LATEST else name)
    hint = first if naming.is_file(name) else nearest(name, known) or nearest(name, naming.shipped()) or first
    error = NoRun(Problem(say("run.none", name=name, folder=folder_of_runs()), hint=hint))
    error.others = bool(some) or any(naming.scenario_of(folder) == Path(name).stem for folder in runs)
    raise error


def _first(folders: list[Path]) -> Run | None:
    """The first run that this version of the program can read; when there is none but others, what is wrong with them."""
    other: manifests.OtherVersion | None = None
    for folder in folders:
        try:
            return read(folder)
        except manifests.OtherVersion as error:
            other = other or error
    if other is not None:
        raise other
    return None


@dataclass(frozen=True)
class Listed:
    """A run as it is listed.

    Attributes:
        state: `finished`; `longer`: finished, and a longer one of it is not; `unfinished`; `damaged`; `other_version`.
        replications: how many there are: of a finished run, or of one that is not.
        ready, wanted: of a run that is not finished (also of a longer one): how many are ready, and were asked for.
    """

    name: str
    folder: Path
    state: Literal["finished", "longer", "unfinished", "damaged", "other_version"]
    replications: int | None = None
    seed: int | None = None
    finished: str | None = None
    ready: int | None = None
    wanted: int | None = None


def listed() -> list[Listed]:
    """All runs that are kept, newest first, then those that are not finished; each name once."""
    parts = {target.name: target for target in unfinished.all_parts(folder_of_runs())}
    found = [_listed(folder, parts.pop(folder.name, None)) for folder in all_runs()]
    return found + [_unfinished(target) for target in parts.values()]


def _listed(folder: Path, part: Path | None) -> Listed:
    try:
        manifest = manifests.read(folder)
    except manifests.OtherVersion:
        return Listed(folder.name, folder, "other_version")
    except InputError:
        return Listed(folder.name, folder, "damaged")
    when = _finished(folder)[:19].replace("T", " ")
    more = _unfinished(part) if part else None
    if more and (more.ready or 0) > manifest.replications:
        return Listed(
            folder.name, folder, "longer", manifest.replications, manifest.seed, when, more.ready, more.wanted
        )
    return Listed(folder.name, folder, "finished", manifest.replications, manifest.seed, when)


def _unfinished(target: Path) -> Listed:
    ready, asked = Shelf(unfinished.part_of(target)).whole(), unfinished.wanted(target)
    return Listed(
        target.name, unfinished.part_of(target), "unfinished", ready, None, None, ready,
        asked.replications if asked else None,
    )  # fmt: skip


def log_of(run: Run) -> dict[str, Any]:
    """When, where and how fast a run was done."""
    found = manifests.as_json(run.folder / "log.json")
    return found if isinstance(found, dict) else {}


def findable(name: str, *, finished: bool = True) -> list[Path]:
    """The folders of a run by name, also when it is damaged or not finished: the run, and what is unfinished of it.

    Args:
        name: as for `find`.
        finished: whether a finished run counts.

    Raises:
        InputError: there is none, or the folder holds something else.
    """
    parent = folder_of_runs()
    known = {one.name for one in listed()}
    chosen = parent / name if name in known else find(name).folder if finished else None
    folders = [chosen, unfinished.part_of(chosen)] if chosen else []
    found = [folder for folder in folders[0 if finished else 1 :] if resources.is_folder(folder)]
    if not found:
        raise InputError(Problem(say("run.none_unfinished", name=name, folder=parent)))
    return found
