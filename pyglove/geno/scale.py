"""Scales: how a range of numbers is stretched onto the unit interval.

Algorithms that think in [0, 1] need not know of scales: the two functions here take
them there and back.
"""

import math

SCALES = (None, "linear", "log", "rlog")


def to_unit(value: float, low: float, high: float, scale: str | None = None) -> float:
    """Maps a number of a range to [0, 1].

    Args:
      value: A number from `low` to `high`.
      low: Lower end of the range; positive for 'log' and 'rlog'.
      high: Upper end of the range.
      scale: None or 'linear' for a linear map; 'log' gives small numbers more
        room, 'rlog' large ones.

    Returns:
      A number from 0 to 1.

    Example:
      >>> from pyglove.geno.scale import to_unit
      >>> round(to_unit(0.01, 0.0001, 1.0, 'log'), 6)
      0.5
    """
    if high <= low:
        return 0.0
    if scale == "log":
        return math.log(value / low) / math.log(high / low)
    if scale == "rlog":
        return 1.0 - math.log((high + low - value) / low) / math.log(high / low)
    return (value - low) / (high - low)


def from_unit(unit: float, low: float, high: float, scale: str | None = None) -> float:
    """Maps a number from 0 to 1 into a range: the inverse of `to_unit`.

    Args:
      unit: A number from 0 to 1.
      low: Lower end of the range; positive for 'log' and 'rlog'.
      high: Upper end of the range.
      scale: As for `to_unit`.

    Returns:
      A number from `low` to `high`.
    """
    if scale == "log":
        value = low * (high / low) ** unit
    elif scale == "rlog":
        value = high + low - low * (high / low) ** (1.0 - unit)
    else:
        value = low + (high - low) * unit
    return min(max(value, low), high)
