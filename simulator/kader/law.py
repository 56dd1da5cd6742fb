"""The law on one day in one sector: which duties hold, in an order in which prerequisites come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.duties import Obligation, Version

Obligations = dict[str, "Obligation"]


@dataclass(frozen=True)
class Law:
    """The duties that hold on a day in a sector.

    Attributes:
        versions: the version of each duty that holds, by id, prerequisites before what rests on them.
        graph: duties as nodes, an edge from each prerequisite to what requires it.
    """

    versions: dict[str, Version]
    graph: nx.DiGraph


def graph_of(obligations: Obligations, day: date, sector: Sector) -> nx.DiGraph:
    """The dependency graph of the duties that hold on a day in a sector."""
    graph = nx.DiGraph()
    held = {name: version for name, o in obligations.items() if (version := o.on(day, sector)) is not None}
    graph.add_nodes_from(held)
    for name, version in held.items():
        for group in version.requires:
            graph.add_edges_from((needed, name) for needed in group.any if needed in held)
    return graph


def law_on(obligations: Obligations, day: date, sector: Sector) -> Law:
    """The law as it stands on a day; the order does not depend on the order of the file."""
    graph = graph_of(obligations, day, sector)
    versions = {
        name: version
        for name in nx.lexicographical_topological_sort(graph)
        if (version := obligations[name].on(day, sector)) is not None
    }
    return Law(versions, graph)


def changes(obligations: Obligations) -> list[date]:
    """The days on which a version begins or the day after one ends, in order."""
    found: set[date] = set()
    for obligation in obligations.values():
        for version in obligation.versions:
            found.add(version.in_force.start)
            if version.in_force.until is not None:
                found.add(version.in_force.until + timedelta(days=1))
    return sorted(found)


def cycles(obligations: Obligations) -> Iterator[tuple[date, Sector, list[str]]]:
    """Cycles of prerequisites, with the first day and the sector in which they exist; sorted ids first."""
    sectors: tuple[Sector, Sector] = ("po", "vo")
    seen: set[frozenset[str]] = set()
    for day in changes(obligations):
        for sector in sectors:
            graph = graph_of(obligations, day, sector)
            for component in nx.strongly_connected_components(graph):
                start = min(component)
                if (len(component) > 1 or graph.has_edge(start, start)) and frozenset(component) not in seen:
                    seen.add(frozenset(component))
                    edges = nx.find_cycle(graph.subgraph(component), start)
                    yield day, sector, [source for source, _ in edges]
