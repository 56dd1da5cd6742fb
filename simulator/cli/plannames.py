"""Which of the names that a user types are those of plans."""

from __future__ import annotations

from pathlib import Path

from simulator.base.language import say


def is_plan(path: Path) -> bool:
    """Whether a file is a plan, well or badly written."""
    from simulator.base import workbook
    from simulator.plan.workbook import grids

    if workbook.is_workbook(path):
        return grids.is_plan(workbook.names(path))
    with path.open("rb") as file:
        return b"plan/1" in file.read(400)


def names_plan(name: str) -> bool:
    """Whether a name is that of a shipped plan, or a path that of a plan file."""
    from simulator.base import resources

    path = Path(name)
    return is_plan(path) if resources.is_file(path) else resources.is_file(_shipped("plans", name))


def names_file(name: str) -> bool:
    """Whether a name is written as that of a plan file, be it there or not, and no run stands under it."""
    from simulator.base import resources

    return Path(name).suffix.lower() in resources.ENDINGS and not Path(name).is_dir()


def plan_or_scenario(name: str) -> bool:
    """Whether a name or path is that of a plan, and not of a scenario; so is a path of which reading tells what is wrong.

    Raises:
        InputError: there is neither; the nearest name of both is offered.
    """
    from simulator.base import resources
    from simulator.base.errors import InputError, Problem, nearest

    if names_plan(name):
        return True
    if resources.is_file(Path(name)) or resources.is_file(_shipped("", name)):
        return False
    if any(mark in name for mark in ("/", "\\")) or names_file(name):
        return True
    known = [path.stem for folder in ("plans", "") for path in _shipped(folder, "").parent.glob("*.yaml")]
    raise InputError(Problem(say("input.unknown", name=name[:60]), hint=nearest(name, known) or say("hint.path")))


def _shipped(folder: str, name: str) -> Path:
    from simulator.base import resources

    return resources.shipped("scenarios") / folder / f"{name}.yaml"
