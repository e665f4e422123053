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
      >>> from pyglove.geno.decision.scale import to_unit
      >>> round(to_unit(0.01, 0.0001, 1.0, 'log'), 6)
      0.5
    """
    if high <= low:
        return 0.0
    if scale == "log":
        return _log_ratio(value, low) / _log_ratio(high, low)
    if scale == "rlog":
        # Where `low` is nothing beside `high`, rounding must not lead below it.
        mirrored = max(high + low - value, low)
        return 1.0 - _log_ratio(mirrored, low) / _log_ratio(high, low)
    return (value - low) / (high - low)


def _log_ratio(x: float, y: float) -> float:
    """Returns the logarithm of `x / y`, which itself may be too large for a float."""
    try:
        ratio = x / y
    except OverflowError:  # Of ints.
        ratio = math.inf
    return math.log(ratio) if ratio < math.inf else math.log(x) - math.log(y)


def _power(low: float, high: float, unit: float) -> float:
    """Returns `low * (high / low) ** unit`, where the ratio may be too large."""
    try:
        ratio = high / low
    except OverflowError:  # Of ints.
        ratio = math.inf
    if ratio < math.inf:
        return low * ratio**unit
    try:
        return math.exp(math.log(low) + unit * (math.log(high) - math.log(low)))
    except OverflowError:
        return high


def wide_to_unit(double: int, low: int, end: int, scale: str | None = None) -> float:
    """Maps an int of a range to [0, 1], however large the range is.

    Args:
      double: Two times the int, or two times what is between two ints.
      low: Lower end of the range; positive for 'log' and 'rlog'.
      end: Upper end of the range.
      scale: As for `to_unit`.
    """
    if scale == "log":
        return (math.log(double) - math.log(2 * low)) / (math.log(end) - math.log(low))
    if scale == "rlog":
        return 1.0 - wide_to_unit(2 * (low + end) - double, low, end, "log")
    return (double - 2 * low) / (2 * (end - low))


def wide_from_unit(unit: float, low: int, end: int, scale: str | None = None) -> int:
    """Maps a number from 0 to 1 to an int of a range, however large the range is.

    Args:
      unit: A number from 0 to 1.
      low: Lower end of the range; positive for 'log' and 'rlog'.
      end: Upper end of the range.
      scale: As for `to_unit`.
    """
    if scale == "log":
        exponent = math.log2(low) + unit * (math.log2(end) - math.log2(low))
        shift = max(int(exponent) - 60, 0)
        value = int(2.0 ** (exponent - shift)) << shift
    elif scale == "rlog":
        value = low + end - wide_from_unit(1.0 - unit, low, end, "log")
    else:
        numerator, denominator = unit.as_integer_ratio()
        value = low + (end - low) * numerator // denominator
    return min(max(value, low), end)


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
        value = _power(low, high, unit)
    elif scale == "rlog":
        value = high + low - _power(low, high, 1.0 - unit)
    else:
        value = low + (high - low) * unit
    return min(max(value, low), high)
