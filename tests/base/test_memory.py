import gc
import weakref

import pytest

from simulator.base.memory import uncollected


@pytest.fixture(params=[True, False])
def there(request):
    """Whether the collector is at work."""
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.enable()


def failing():
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("x")


def test_the_collector_is_as_it_was_also_after_a_mistake(there):
    with pytest.raises(ValueError, match="x"):
        failing()
    assert gc.isenabled() is there


@pytest.mark.parametrize(("many", "old"), [(300_000, True), (1_000, False)])
def test_very_many_new_things_count_as_old_afterwards(many, old):
    with uncollected():
        made = [[number] for number in range(many)]
    oldest = {id(one) for one in gc.get_objects(generation=2)}
    assert all((id(one) in oldest) is old for one in made[:100])


def test_what_goes_round_in_a_circle_is_let_go_in_the_end():
    class Knot:
        pass

    with uncollected():
        knot = Knot()
        knot.self = knot
    gone = weakref.ref(knot)
    del knot
    gc.collect()
    assert gone() is None
