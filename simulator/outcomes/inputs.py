"""The inputs of a run as files: all that a scenario rests on, and the name that follows from it."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from simulator import __version__
from simulator.base import days, resources, workbook
from simulator.plan import facts, writing
from simulator.world import calendar

if TYPE_CHECKING:
    from simulator.world.scenario import Scenario

FORMAT = "run/3"
REGIONS = ("Noord", "Midden", "Zuid")


def inputs(scenario: Scenario) -> dict[str, bytes]:
    """All that a scenario rests on as files of a run folder, by name: enough to play it again anywhere."""
    kader_path, *others = (Path(path) for path in scenario.kader.sources)
    files = {f"inputs/{path.name}": path for path in (kader_path, *others)}
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
        "parts": dict.fromkeys(scenario.parts_off, False),
        "groups": {name: list(codes) for name, codes in scenario.groups.items()},
        "shocks": [shock.model_dump(mode="json", by_alias=True, exclude_unset=True) for shock in scenario.shocks],
        "plan_period": scenario.plan_period.model_dump(),
        **({"inspecteurs": "inputs/inspecteurs.csv"} if scenario.inspecteurs_file else {}),
        "assume_school_holidays": "last_known" if scenario.carry_on else "error",
    }
    content = {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in files.items()}
    content["inputs/population.csv"] = population_table(scenario, ",", ("given",)).encode()
    if scenario.inspecteurs_file:
        content["inputs/inspecteurs.csv"] = Path(scenario.inspecteurs_file).read_bytes()
    for code, path in scenario.plan_files.items():
        plan = _as_yaml(scenario, code) if workbook.is_workbook(Path(path)) else Path(path).read_bytes()
        content[f"inputs/plan-{code}.yaml"] = _with_kader(plan, kader_path.name)
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


def _as_yaml(scenario: Scenario, code: str) -> bytes:
    """A plan that came in a workbook, as the YAML that a run keeps."""
    plan = scenario.plans[code]
    return writing.as_yaml(plan, scenario.kader, facts.default_day(plan)).encode()


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
            cell = "" if given is None else _cell(given.value, attribute.kind)
            cells.append(cell.replace(".", ",") if delimiter == ";" else cell)
        writer.writerow([swv.code, swv.sector, swv.province, *cells])
    return text.getvalue()


def _cell(value: float, kind: str) -> str:
    return days.iso(int(value)) if kind == "date" else f"{value:.15g}"


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
    for path in sorted([*resources.WORLD.glob("*.csv"), *resources.WORLD.glob("*.yaml")]):
        whole.update(f"{path.name} {resources.digest(path)}\n".encode())
    return f"{scenario.id}-{whole.hexdigest()[:8]}"
