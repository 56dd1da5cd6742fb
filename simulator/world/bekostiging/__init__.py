"""The money of samenwerkingsverbanden (bekostiging): from pupils, by the formulas of the law, to a table of lines per year.

`amounts` reads what each pupil brings and costs, `paths` or `drawn_people` say who they are, `project` makes the table,
`indicators` its figures, and `remarks` holds a plan against it. From 2020 `later` tells of own equity and of growth.
"""

from simulator.world.bekostiging import later
from simulator.world.bekostiging.changing import Change, changed
from simulator.world.bekostiging.drawing import drawn_people
from simulator.world.bekostiging.figures import indicators
from simulator.world.bekostiging.making import paths
from simulator.world.bekostiging.people import People
from simulator.world.bekostiging.planned import planned_people
from simulator.world.bekostiging.projecting import correction, project
from simulator.world.bekostiging.rates import Amounts, amounts, of_parameters
from simulator.world.bekostiging.remarking import Remark, remarks
from simulator.world.bekostiging.table import MoneyTable

__all__ = [
    "Amounts",
    "Change",
    "MoneyTable",
    "People",
    "Remark",
    "amounts",
    "changed",
    "correction",
    "drawn_people",
    "indicators",
    "later",
    "of_parameters",
    "paths",
    "planned_people",
    "project",
    "remarks",
]
