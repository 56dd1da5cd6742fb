"""JSON Schemas (draft 2020-12) of our files, for editors that help while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick
from simulator.kader.catalogue import Catalogue
from simulator.kader.model import KaderFile
from simulator.plan.model import Plan
from simulator.world.scenariofile import ScenarioFile

if TYPE_CHECKING:
    from simulator.kader.model import Kader

_MODELS: dict[str, Any] = {"kader": KaderFile, "obligations": Catalogue, "scenario": ScenarioFile, "plan": Plan}
_OWN = ("id", "name", "holds", "source")
"""What every kader says itself."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str, kader: Kader) -> dict[str, Any]:
    """The schema of a kind of file; that of a plan asks the questions of a kader.

    Args:
        kind: kader, obligations, scenario or plan.
        kader: whose questions a plan answers.
    """
    found: dict[str, Any] = _MODELS[kind].model_json_schema(by_alias=True)
    found["properties"] = {"format": {"const": f"{kind}/1"}, **found["properties"]}
    found["required"] = ["format", *found.get("required", [])]
    if kind == "kader":  # one that is like another leaves out what it takes from it
        found["anyOf"] = [{"required": ["like"]}, {"required": found["required"]}]
        found["required"] = ["format", *_OWN]
    if kind == "plan":
        found["properties"]["answers"] = _answers(kader)
    return {"$schema": _DRAFT, **found}


def _answers(kader: Kader) -> dict[str, Any]:
    """Every question of the law with what it asks and what is usually missing."""
    duties = {}
    for name in kader.content_obligations:
        version = kader.obligations[name].versions[-1]
        parts = {**kader.parts(name, "po"), **kader.parts(name, "vo")}
        duties[name] = {
            "type": "object",
            "description": f"{pick(version.text)} ({'; '.join(version.article.values())}) {pick(version.evidence)}",
            "properties": {
                key: {
                    "$ref": "#/$defs/Answer",
                    "description": f"{pick(part.ask)} {pick(part.missing) if part.missing else ''}".strip(),
                }
                for key, part in parts.items()
            },
            "additionalProperties": False,
        }
    return {"type": "object", "properties": duties, "additionalProperties": False}
