"""Pareto fronts and hypervolumes: the quality of points with several objectives.

In all objectives, more is better.
"""

from collections.abc import Sequence

Point = Sequence[float]


def dominates(left: Point, right: Point) -> bool:
    """Returns whether a point is at least as good in all objectives, and better in one.

    A value of NaN is the worst.

    Args:
      left: The point.
      right: The other point, of as many objectives.
    """
    is_better = False
    for a, b in zip(left, right, strict=True):
        if a > b or (a == a and b != b):
            is_better = True
        elif a != b and (a == a or b == b):
            return False
    return is_better


def pareto_front(points: Sequence[Point]) -> list[int]:
    """Returns which points no other point dominates.

    Args:
      points: Points of equally many objectives.

    Returns:
      Their indices, in order. Of equal points all or none are in the front.

    Example:
      >>> pg.tuning.pareto_front([(1.0, 0.0), (0.0, 0.0), (0.0, 1.0)])
      [0, 2]
    """
    keys = [tuple([(x == x, x if x == x else 0.0) for x in point]) for point in points]
    front: list[int] = []
    # In this order nothing dominates what comes before it.
    for i in sorted(range(len(points)), key=keys.__getitem__, reverse=True):
        if not any(dominates(points[j], points[i]) for j in front):
            front.append(i)
    return sorted(front)


def hypervolume(points: Sequence[Point], reference: Point) -> float:
    """Returns the volume that points dominate and that dominates a reference point.

    A greater volume means that the points are better and cover the front more evenly.
    The time is that of a sort for two objectives; for more, it is exponential in their
    number.

    Args:
      points: Points of equally many objectives.
      reference: A point that is worse than all relevant ones.

    Example:
      >>> pg.tuning.hypervolume([(2.0, 1.0), (1.0, 2.0)], (0.0, 0.0))
      3.0
    """
    gains = [
        tuple([x - y for x, y in zip(point, reference, strict=True)])
        for point in points
        if all(x > y for x, y in zip(point, reference, strict=True))
    ]
    return _volume(gains) if gains else 0.0


def _volume(gains: list[tuple[float, ...]]) -> float:
    """Returns the volume between the origin and points: slice by slice."""
    if len(gains[0]) == 1:
        return max(gains)[0]
    gains = sorted(gains, key=_last, reverse=True)
    volume = 0.0
    slab: list[tuple[float, ...]] = []
    for i, gain in enumerate(gains):
        slab.append(gain[:-1])
        floor = gains[i + 1][-1] if i + 1 < len(gains) else 0.0
        if gain[-1] > floor:
            slab = [slab[j] for j in pareto_front(slab)]
            volume += _volume(slab) * (gain[-1] - floor)
    return volume


def _last(point: tuple[float, ...]) -> float:
    return point[-1]
