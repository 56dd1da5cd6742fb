"""The pupils of an swv from what it is like: shares and trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.world.bekostiging.changing import Days, changed
from simulator.world.bekostiging.data import AGES, LGF
from simulator.world.bekostiging.people import BASE, NOW, People, rounded, spread
from simulator.world.bekostiging.rates import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.world.bekostiging.changing import Change
    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
_PO_AGES = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])[:, :, None]
_PO_LGF = np.array([[1.0, 1.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]])


def paths(
    codes: Sequence[str],
    sectors: Sequence[str],
    attributes: Mapping[str, Array],
    changes: Sequence[Change],
    amounts: Amounts,
) -> People:
    """The pupils of every teldatum from what an swv is like, with what comes from outside.

    Args:
        codes, sectors: of the n swv; sectors are `po` and `vo`.
        attributes: per name an array (n,). `pupils`: on 1 October 2013. `special_share`, `special_share_2011`: (v)so
            pupils as a share of pupils, in 2013 and 2011. `lgf_share_2011`: pupils with lgf as a share. `sbo_share`: sbo as
            a share of the pupils (po). `pupils_trend`, `special_trend`: yearly change of the pupils, and of the share in
            the (v)so. `growth_share`: (v)so pupils that come between teldatum and peildatum, as a share of those on the
            teldatum; the same for sbo. `opting_out` (may be left out): 1 where agreed.
        changes: what comes from outside; in any order.
        amounts: which years there are, and how pupils spread over ages and categories.
    """
    sector = np.array([SECTORS.index(one) for one in sectors])
    years = np.array(amounts.counts)
    known = {name: np.asarray(values, dtype=float) for name, values in attributes.items()}
    pupils = rounded(known["pupils"][:, None] * (1 + known["pupils_trend"])[:, None] ** (years - NOW))
    special = rounded(pupils * _special_share(known, years))
    sbo = rounded(pupils * np.where(sector == 0, known["sbo_share"], 0.0)[:, None])
    within = np.clip(known["growth_share"], 0.0, 1.0)[:, None] * _referred(amounts)
    mix, lgf = _mix(amounts)[sector], _lgf_mix(amounts)[sector]
    base = rounded(known["pupils"] * (1 + known["pupils_trend"]) ** (BASE - NOW))
    with_lgf = rounded(base * known["lgf_share_2011"])
    since = pupils[:, NOW - years[0]] / np.maximum(base, 1)
    made = People(
        tuple(codes), sector, amounts.counts, pupils, sbo,
        spread(special, mix[:, None]), spread(rounded(special * within), mix[:, None]), rounded(sbo * within),
        base, spread(rounded(base * known["special_share_2011"]), mix),
        spread(with_lgf, lgf), spread(rounded(with_lgf * since), lgf),
        np.asarray(known.get("opting_out", np.zeros(len(codes)))) > 0, np.zeros(pupils.shape, dtype=np.int64),
    )  # fmt: skip
    return changed(made, changes, amounts)


def _special_share(known: Mapping[str, Array], years: Array) -> Array:
    """The share in the (v)so: along a line from 2011 to 2013, then by its trend; never more than all pupils."""
    first, now = known["special_share_2011"][:, None], known["special_share"][:, None]
    before = first + (now - first) * (years - BASE) / (NOW - BASE)
    after = now * (1 + known["special_trend"])[:, None] ** np.maximum(years - NOW, 0)
    return np.asarray(np.clip(np.where(years < NOW, before, after), 0.0, 1.0))


def _referred(amounts: Amounts) -> Array:
    """Whether a peildatum follows each teldatum."""
    return np.array([day is not None for day in Days.of(amounts).references])


def _mix(amounts: Amounts) -> Array:
    """How the (v)so pupils of each sector spread: (sector, age, category)."""
    mix = amounts.data.national.special_mix
    return np.asarray(np.array([getattr(mix, age) for age in AGES])[None] * _PO_AGES)


def _lgf_mix(amounts: Amounts) -> Array:
    """How the pupils with lgf of each sector spread: (sector, kind of school)."""
    mix = amounts.data.national.lgf_mix
    return np.asarray(np.array([getattr(mix, kind) for kind in LGF])[None] * _PO_LGF)
