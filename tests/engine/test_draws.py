import numpy as np

from simulator.engine import draws


def keys(number):
    return np.array([draws.key("node", f"PO{n:04d}", "", "", "duration") for n in range(number)], dtype=np.uint64)


def test_a_draw_depends_on_seed_replication_and_key_alone():
    some = keys(50)
    whole = draws.whole(some, 7, 3)
    assert (draws.whole(some[::-1], 7, 3)[::-1] == whole).all()
    assert (draws.whole(some[10:20], 7, 3) == whole[10:20]).all()
    assert (draws.whole(some, 7, 4) != whole).all()
    assert (draws.whole(some, 8, 3) != whole).all()


def test_the_draws_themselves_are_fixed():
    # Written down once: a change of the mixer changes all outcomes and must be meant.
    assert draws.key("n", "PO2814", "Gouda", "1", "duration") == 0xB082AE9C74FAED30
    assert draws.mix(np.array([1], dtype=np.uint64))[0] == 0x5692161D100B05E5  # SplitMix64 finaliser of 1


def test_names_cannot_run_into_each_other():
    assert draws.key("a", "bc", "", "", "") != draws.key("ab", "c", "", "", "")


def test_draws_are_uniform_and_independent_over_replications():
    some = keys(2000)
    table = np.array([draws.fraction(draws.whole(some, 1, replication)) for replication in range(50)])
    counts, _ = np.histogram(table, bins=20, range=(0, 1))
    expected = table.size / 20
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    assert chi_square < 43.8  # 19 degrees of freedom, 0.1% level
    assert abs(np.corrcoef(table[0], table[1])[0, 1]) < 0.08
    assert abs(np.corrcoef(table[:, 0], table[:, 1])[0, 1]) < 0.5
    assert table.min() > 0
    assert table.max() < 1


def test_thresholds_never_and_always():
    whole = draws.whole(keys(1000), 1, 0)
    assert not (whole < draws.threshold(np.array(0.0))).any()
    assert (whole < draws.threshold(np.array(1.0))).all()
    assert abs((whole < draws.threshold(np.array(0.3))).mean() - 0.3) < 0.05


def test_no_draw_is_nothing_or_all():
    assert draws.fraction(np.array([0]))[0] > 0
    assert draws.fraction(np.array([2**53 - 1]))[0] < 1
