"""NSGA-II."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno
from pyglove.evolution.nsga2 import CrowdingDistanceSort, NondominatedSort
from tests.evolution import helper

POINTS = st.lists(st.tuples(*[st.integers(0, 4)] * 3), max_size=15)


def evaluated(points):
    dna_list = [geno.DNA(i) for i in range(len(points))]
    for dna, point in zip(dna_list, points, strict=True):
        evolution.set_fitness(dna, tuple(map(float, point)))
    return dna_list


def values(dna_list):
    return [dna.value for dna in dna_list]


def dominates(x, y):
    return x != y and all(a >= b for a, b in zip(x, y, strict=True))


def test_fronts():
    points = [(1, 1), (2, 2), (0, 3), (3, 0), (1, 2), (2, 1), (2, 2), (0, 0)]
    fronts = NondominatedSort()(evaluated(points))
    assert [values(front) for front in fronts] == [[1, 2, 3, 6], [4, 5], [0], [7]]


@given(points=POINTS)
def test_front_is_what_nothing_that_remains_dominates(points):
    remaining = set(range(len(points)))
    for front in NondominatedSort()(evaluated(points)):
        expected = {
            i
            for i in remaining
            if not any(dominates(points[j], points[i]) for j in remaining)
        }
        assert set(values(front)) == expected
        remaining -= expected
    assert not remaining


def test_crowding_distance():
    points = [(x, 10 - x) for x in (0, 1, 3, 6, 7, 9)]
    order = values(CrowdingDistanceSort()(evaluated(points)))
    assert order == [0, 5, 2, 3, 1, 4]


def test_crowding_distance_of_equal_points():
    assert values(CrowdingDistanceSort()(evaluated([(1, 1)] * 3))) == [0, 2, 1]
    assert CrowdingDistanceSort()([]) == []


def test_nan_is_the_worst():
    dna_list = evaluated([(math.nan, 5), (0, 5), (math.inf, 5), (math.nan, math.nan)])
    fronts = NondominatedSort()(dna_list)
    assert [values(front) for front in fronts] == [[2], [1], [0], [3]]
    assert len(CrowdingDistanceSort()(dna_list)) == 4


def run(algorithm, count):
    algorithm.setup(helper.flat_space(10, 10))
    for _ in range(count):
        dna = algorithm.propose()
        x, y = dna.to_numbers()
        algorithm.feedback(dna, (float(x), float(9 - x) + y / 10))


def test_elites_are_found_among_the_elites_and_each_generation():
    algorithm = evolution.nsga2(population_size=3, seed=1)
    assert algorithm.multi_objective
    run(algorithm, 2)
    assert len(algorithm.population) == 2
    assert "elites" not in algorithm.global_state
    run(algorithm, 3)
    assert algorithm.population == []
    assert len(algorithm.global_state.elites) == 3
    run(algorithm, 5)
    assert evolution.get_generation_id(algorithm.population[0]) == 1
    run(algorithm, 7)
    assert algorithm.num_generations == 2


def test_it_approaches_the_front():
    algorithm = evolution.nsga2(population_size=10, seed=1)
    run(algorithm, 60)
    elites = algorithm.global_state.elites
    assert sum(dna.to_numbers()[1] == 9 for dna in elites) >= 8
    run(algorithm, 100)
    # By now each of the 100 DNA was proposed.
    elites = algorithm.global_state.elites
    assert sorted(dna.to_numbers() for dna in elites) == [[i, 9] for i in range(10)]


def test_elites_have_children_in_turn():
    algorithm = evolution.nsga2(
        lambda parents: [dna.clone() for dna in parents], population_size=3, seed=1
    )
    run(algorithm, 6)
    elites = algorithm.global_state.elites
    assert [algorithm.propose() for _ in range(4)] == [*elites, elites[0]]


@pytest.mark.parametrize("count", [1, 100])
def test_one_objective_will_do(count):
    algorithm = evolution.nsga2(population_size=3, seed=1)
    algorithm.setup(helper.flat_space(10, 10))
    for _ in range(count):
        dna = algorithm.propose()
        algorithm.feedback(dna, float(sum(dna.to_numbers())))
    assert algorithm.num_feedbacks == count


def constrained(points):
    return NondominatedSort(2)(evaluated(points))


def test_what_meets_the_constraints_comes_first():
    points = [
        (9, 9, -1, -1),  # Misses by 2.
        (0, 1, 0, 5),
        (1, 0, 7, 0),
        (0, 0, 1, 1),
        (5, 5, 0, -1),  # Misses by 1,
        (0, 0, -1, 9),  # and so does this one, whatever its objectives.
        (9, 9, math.nan, 0),  # Nobody knows by how much.
    ]
    fronts = [values(front) for front in constrained(points)]
    assert fronts == [[1, 2], [3], [4, 5], [0], [6]]


def test_constraints_take_no_space_in_a_front():
    # By the objectives 2 has the most neighbours, by the constraint the least.
    points = [(0, 4, 0), (4, 0, 0), (1.9, 2, 99), (2, 1.9, 50), (3, 1, 1)]
    assert values(CrowdingDistanceSort(1)(evaluated(points)))[-1] in (2, 3)
    assert values(CrowdingDistanceSort(0)(evaluated(points)))[0] in (0, 1, 2)


@given(points=st.lists(st.tuples(*[st.integers(-2, 2)] * 4), max_size=12))
def test_fronts_under_constraints(points):
    def missed(point):
        return sum(max(-x, 0) for x in point[2:])

    def beats(x, y):
        if missed(x) or missed(y):
            return missed(x) < missed(y)
        return dominates(x[:2], y[:2])

    remaining = set(range(len(points)))
    for front in constrained(points):
        expected = {
            i
            for i in remaining
            if not any(beats(points[j], points[i]) for j in remaining)
        }
        assert set(values(front)) == expected
        remaining -= expected
    assert not remaining


def test_search_under_constraints():
    algorithm = evolution.nsga2(population_size=8, seed=1, num_constraints=1)
    algorithm.setup(helper.flat_space(10, 10, 10))
    for _ in range(300):
        dna = algorithm.propose()
        x, y, z = map(float, dna.to_numbers())
        algorithm.feedback(dna, (x + z, y + z, 10.0 - x - y - z))
    sums = [sum(dna.to_numbers()) for dna in algorithm.global_state.elites]
    assert max(sums) == 10


def test_constraints_beside_an_objective():
    algorithm = evolution.nsga2(population_size=2, seed=1, num_constraints=2)
    algorithm.setup(helper.flat_space(10, 10))
    with pytest.raises(ValueError, match="one objective and 2 constraints, got"):
        for _ in range(9):
            algorithm.feedback(algorithm.propose(), (1.0, 2.0))
    with pytest.raises(ValueError, match="num_constraints"):
        evolution.nsga2(num_constraints=-1)


def test_parts_of_the_algorithm():
    lib = evolution.nsga2_lib
    points = [(1, 1), (2, 0), (0, 0), (0, 2)]
    fronts = lib.nondominated_sort()(evaluated(points))
    assert [values(front) for front in fronts] == [[0, 1, 3], [2]]
    line = [(0, 9), (1, 8), (2, 7), (4, 5), (9, 0)]
    assert values(lib.crowding_distance_sort()(evaluated(line))) == [0, 4, 3, 2, 1]
    assert lib.crowding_distance_sort()([]) == [] == lib.nondominated_sort()([])
    assert lib.dominates((1, 2), (1, 1)) and not lib.dominates((1, 2), (2, 1))
    assert not lib.dominates((1, 2), (1, 2)) and not lib.dominates((), ())
    with pytest.raises(ValueError, match="same number"):
        lib.dominates((1,), (1, 2))
    elites = evaluated(points)
    state = geno.AttributeDict(elites=elites[:2])
    operation = lib.next_elite()
    taken = [operation([], global_state=state)[0].value for _ in range(3)]
    assert taken == [0, 1, 0]
    for name in ("neat", "nsga2", "hill_climb", "regularized_evolution"):
        module = getattr(evolution, f"{name}_lib")
        assert getattr(module, name) is getattr(evolution, name)
