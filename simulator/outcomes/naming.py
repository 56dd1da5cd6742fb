"""Which stored run a name means: the newest of a scenario with all of its swv, by the id of the scenario or by its file."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.outcomes import inputs as run_inputs
from simulator.outcomes import manifest as manifests
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.world.scenario import Scenario


def scenario_of(folder: Path) -> str:
    """The scenario of a run, by the name of its folder."""
    return folder.name.rpartition("-")[0]


def is_file(name: str) -> bool:
    """Whether a name is that of a file with a scenario."""
    return name.endswith((".yaml", ".yml")) and resources.is_file(Path(name))


def as_typed(path: str) -> str:
    """How a user names the file of a scenario: a shipped one without folder and ending, another by its path."""
    return Path(path).stem if Path(path).parent == resources.shipped("scenarios") else path


def is_shipped(name: str) -> bool:
    """Whether a name is that of a scenario that comes with the program."""
    folder = resources.shipped("scenarios")
    return not resources.is_folder(folder / name) and resources.is_file(folder / f"{name}.yaml")


def shipped() -> list[str]:
    """The names of the scenarios that come with the program."""
    return sorted(path.stem for path in resources.shipped("scenarios").glob("*.yaml"))


def codes_of(folder: Path) -> list[str] | None:
    """The swv of a run; None when that cannot be read."""
    try:
        text = (folder / "inputs" / "population.csv").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return [row["swv"] for row in csv.DictReader(text.splitlines()) if row.get("swv")]


def of_scenario(name: str, runs: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Runs of a scenario that a name means, newest first: those of all its swv, and those of some of them.

    Of a file these are the runs of what it says now, with whatever seed. Of an id that neither comes with the program nor
    is a file, the runs with most swv are those of all.

    Args:
        name: the id of a scenario, or its file.
        runs: folders of runs, newest first.

    Raises:
        InputError: the file has mistakes.
    """
    if is_file(name):
        chosen = scenarios.load(name)
        own = [folder for folder in runs if scenario_of(folder) == chosen.id and _is_of(folder, chosen)]
        return _parted(own, len(chosen.swv))
    own = [folder for folder in runs if scenario_of(folder) == name]
    return _parted(own, len(scenarios.load(name).swv) if own and is_shipped(name) else None)


def _parted(runs: Sequence[Path], number: int | None) -> tuple[list[Path], list[Path]]:
    """Runs of so many swv, or of most; one of which it is not known counts among them, so that what is wrong is told."""
    many = {folder: codes_of(folder) for folder in runs}
    most = number or max((len(codes) for codes in many.values() if codes is not None), default=0)
    whole = [folder for folder, codes in many.items() if codes is None or len(codes) == most]
    return whole, [folder for folder in runs if folder not in whole]


def _is_of(folder: Path, chosen: Scenario) -> bool:
    """Whether a run is one of a scenario as it is now, over all its swv or some, with whatever seed."""
    codes = codes_of(folder)
    with suppress(InputError):
        found = manifests.read(folder)
        same = replace(chosen, seed=found.seed).among(codes or ())
        return found.id == run_inputs.identity(same, run_inputs.inputs(same))
    return False


def of_all(name: str) -> int | None:
    """How many swv a scenario has; None when it is none that comes with the program, nor a file."""
    return len(scenarios.load(name).swv) if is_file(name) or is_shipped(name) else None
