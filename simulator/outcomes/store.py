"""Run folders: what is kept of a run, written whole or not at all, and found again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from simulator import __version__
from simulator.base import days, resources
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.world import calendar
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from simulator.world.scenario import Scenario

FORMAT = "run/1"
LATEST = "laatste"
REGIONS = ("Noord", "Midden", "Zuid")


def folder_of_runs() -> Path:
    """Where runs are kept: `runs` in the working directory, or what INSPECTIE_SIM_RUNS says."""
    return Path(os.environ.get("INSPECTIE_SIM_RUNS") or "runs")


@dataclass(frozen=True)
class Run:
    """A stored run."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """Scenario and hash of the resolved inputs."""
        return str(self.manifest["id"])

    @property
    def replications(self) -> int:
        """How many replications were asked for."""
        return int(self.manifest["replications"])

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as it was run, from the copies of its inputs in the folder."""
        return scenarios.load(str(self.folder / "scenario.yaml"))

    @cached_property
    def kpis(self) -> dict[str, np.ndarray]:
        """The figures as columns over replications; `replication` holds their numbers."""
        import polars

        frame = polars.read_parquet(self.folder / "kpis.parquet")
        return {name: frame[name].cast(polars.Float64).to_numpy() for name in frame.columns}


def read(folder: Path) -> Run:
    """The run in a folder.

    Raises:
        InputError: it is no finished run, or of another version.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise InputError(Problem(say("run.not_a_run"), str(folder)))
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise InputError(Problem(say("run.damaged"), str(path))) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else manifest
        raise InputError(Problem(say("format.newer", found=found, wanted=FORMAT), str(path)))
    for name, wanted in manifest["files"].items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise InputError(Problem(say("run.changed"), str(file), hint=say("hint.run_again")))
    return Run(folder, manifest)


def all_runs() -> list[Path]:
    """Folders of finished runs, newest first."""
    parent = folder_of_runs()
    found = [path.parent for path in parent.glob("*/manifest.json") if not path.parent.name.startswith(".")]
    return sorted(found, key=lambda folder: (_finished(folder), folder.name), reverse=True)


def _finished(folder: Path) -> str:
    try:
        return str(json.loads((folder / "log.json").read_text(encoding="utf-8"))["finished"])
    except (OSError, ValueError, KeyError):
        return ""


def find(name: str) -> Run:
    """A run by folder, by scenario (its newest run) or `laatste`.

    Raises:
        InputError: there is none.
    """
    if Path(name).is_dir():
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


def inputs(scenario: Scenario) -> dict[str, bytes]:
    """All that a scenario rests on as files of a run folder, by name: enough to play it again anywhere."""
    kader_path, catalogue_path = (Path(path) for path in scenario.kader.sources)
    files = {f"inputs/{kader_path.name}": kader_path, f"inputs/{catalogue_path.name}": catalogue_path}
    resolved: dict[str, Any] = {
        "format": "scenario/1",
        "id": scenario.id,
        "title": scenario.title.model_dump(),
        "question": scenario.question.model_dump(),
        "kader": f"inputs/{kader_path.name}",
        "period": {"from": scenario.period.start.isoformat(), "until": scenario.period.until.isoformat()},
        "seed": scenario.seed,
        "population": {"swv": list(scenario.swv), "table": "inputs/population.csv"},
        "plans": {code: f"inputs/plan-{code}.yaml" for code in scenario.plans},
        "parameters": _plain(scenario.parameters, scenario.changed),
        "pools": _plain(scenario.pools, scenario.changed),
        "assume_school_holidays": "last_known" if scenario.carry_on else "error",
    }
    content = {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in files.items()}
    content["inputs/population.csv"] = population_table(scenario, ",", ("given",)).encode()
    for code, path in scenario.plan_files.items():
        content[f"inputs/plan-{code}.yaml"] = _with_kader(Path(path).read_bytes(), kader_path.name)
    content["scenario.yaml"] = _yaml(resolved)
    content["calendar.csv"] = _calendar_table(scenario)
    return dict(sorted(content.items()))


def _plain(things: dict[str, Any], changed: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: thing.model_dump(mode="json", exclude_defaults=True)
        for name, thing in sorted(things.items())
        if name in changed
    }


def _yaml(data: dict[str, Any]) -> bytes:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110).encode()


def _with_kader(content: bytes, name: str) -> bytes:
    """A plan file that names the copy of its kader in the same folder."""
    data = yaml.safe_load(content)
    lines = content.replace(b"\r\n", b"\n").decode("utf-8-sig").splitlines()
    old = str(data["kader"])
    changed = [f"kader: {name}" if line.startswith("kader:") and old in line else line for line in lines]
    return ("\n".join(changed) + "\n").encode()


def population_table(scenario: Scenario, delimiter: str, origins: tuple[str, ...] = ("given", "known")) -> str:
    """The table of attributes that are given or known per swv; the other cells are empty, to be drawn.

    Args:
        scenario: whose population.
        delimiter: between the cells; a semicolon goes with decimal commas.
        origins: of the values that are written.
    """
    attributes = scenario.kader.file.attributes
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["swv", "sector", "province", *attributes])
    for swv in scenario.swv.values():
        cells = []
        for name, attribute in attributes.items():
            given = swv.given.get(name)
            if given is not None and given.origin not in origins:
                given = None
            cell = (
                "" if given is None else days.iso(int(given.value)) if attribute.kind == "date" else f"{given.value:g}"
            )
            cells.append(cell.replace(".", ",") if delimiter == ";" else cell)
        writer.writerow([swv.code, swv.sector, swv.province, *cells])
    return text.getvalue()


def _calendar_table(scenario: Scenario) -> bytes:
    """Every day of the scenario: public holiday, and school holiday per region."""
    start, stop = days.day_of(scenario.period.start), days.day_of(scenario.period.until)
    public = calendar.public_holidays()
    school = [calendar.school_holidays(region) for region in REGIONS]
    lines = ["date,public_holiday," + ",".join(f"school_{region.lower()}" for region in REGIONS)]
    for day in range(start, stop):
        lines.append(",".join([days.iso(day), str(int(day in public)), *(str(int(day in free)) for free in school)]))
    return ("\n".join(lines) + "\n").encode()


def identity(scenario: Scenario, files: dict[str, bytes]) -> str:
    """`<scenario>-<8 hex>`: the hash of the resolved inputs, the data of the program and its version."""
    whole = hashlib.sha256(f"{FORMAT} {__version__}\n".encode())
    for name, content in files.items():
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    for path in sorted(resources.WORLD.glob("*.csv")):
        whole.update(f"{path.name} {resources.digest(path)}\n".encode())
    return f"{scenario.id}-{whole.hexdigest()[:8]}"


class Writer:
    """Writes a run under a fresh name and gives it its own when it is whole."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = target.parent / f".{target.name}.{uuid.uuid4().hex[:8]}.part"
        try:
            self.part.mkdir(parents=True)
        except OSError as error:
            raise InputError(Problem(say("run.cannot_write", reason=error), str(target))) from None

    def write(self, name: str, content: bytes) -> None:
        """Write one file of the run."""
        path = self.part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def finish(self, manifest: dict[str, Any], log: dict[str, Any]) -> Run:
        """Add the manifest with the hashes of all files, and give the folder its name."""
        files = {
            path.relative_to(self.part).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.part.rglob("*"))
            if path.is_file()
        }
        whole = {"format": FORMAT, **manifest, "files": dict(sorted(files.items()))}
        self.write("manifest.json", json.dumps(whole, indent=1, ensure_ascii=False).encode() + b"\n")
        self.write("log.json", json.dumps(log, indent=1, ensure_ascii=False).encode() + b"\n")
        old = self.part.with_suffix(".old")
        if self.target.exists():
            self.target.rename(old)
        self.part.rename(self.target)
        shutil.rmtree(old, ignore_errors=True)
        return Run(self.target, whole)

    def abandon(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.part, ignore_errors=True)
