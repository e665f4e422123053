"""Pareto fronts and their hypervolumes; in all objectives, more is better."""

from collections.abc import Sequence

Point = Sequence[float]


def dominates(left: Point, right: Point) -> bool:
    """Whether a point is no worse in any objective, and better in one."""
    pairs = list(zip(left, right, strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def front(points: Sequence[Point]) -> list[int]:
    """Indices of the points that no other point dominates; of equal ones, the first.

    Args:
      points: Points of equally many objectives.

    Returns:
      Indices, the greatest first objective first.
    """
    order = sorted(range(len(points)), key=lambda i: tuple(points[i]), reverse=True)
    found: list[int] = []
    for i in order:
        # Nothing that comes later in this order can dominate what comes before.
        if not any(
            points[j] == points[i] or dominates(points[j], points[i]) for j in found
        ):
            found.append(i)
    return found


def hypervolume(points: Sequence[Point], reference: Point) -> float:
    """Volume of what is dominated by at least one point and dominates a reference.

    Args:
      points: Points of equally many objectives.
      reference: The corner from which it is measured.
    """
    above = [p for p in points if all(a > b for a, b in zip(p, reference, strict=True))]
    if not above:
        return 0.0
    if len(reference) == 1:
        return max(p[0] for p in above) - reference[0]
    # Slices along the last objective, from the greatest value down.
    above.sort(key=lambda p: p[-1], reverse=True)
    volume = 0.0
    slice_points: list[Point] = []
    for position, point in enumerate(above):
        slice_points.append(point[:-1])
        floor = above[position + 1][-1] if position + 1 < len(above) else reference[-1]
        if point[-1] > floor:
            slice_points = [slice_points[i] for i in front(slice_points)]
            area = hypervolume(slice_points, reference[:-1])
            volume += area * (point[-1] - floor)
    return volume
