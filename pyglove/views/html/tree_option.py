"""Options of the tree view: how they are merged and handed to children."""

from typing import Any

from pyglove import utils
from pyglove.utils import MISSING_VALUE, KeyPath, KeyPathSet

# The options of a node that hold for its children, too.
PASSED = (
    "enable_summary",
    "enable_summary_for_str",
    "max_summary_len_for_str",
    "enable_summary_tooltip",
    "enable_key_tooltip",
    "key_style",
    "key_color",
    "include_keys",
    "exclude_keys",
    "collapse_level",
    "uncollapse",
    "highlight",
    "lowlight",
    "extra_flags",
    "debug",
)


# Flags that say what renders keys and values.
_RENDER_FLAGS = frozenset(("render_key_fn", "render_value_fn"))


def has_render_flag(extra_flags: dict[str, Any] | None) -> bool:
    """Returns whether flags say what renders keys or values."""
    return bool(extra_flags) and not _RENDER_FLAGS.isdisjoint(extra_flags or ())


def collapse_level(original: Any, overridden: Any) -> int | None:
    """Returns the deeper of two levels, of which None has no end.

    Args:
      original: A level, or a pair of a level and what to add to it.
      overridden: Another.
    """
    levels = []
    for level in (original, overridden):
        base, offset = level if isinstance(level, tuple) else (level, 0)
        if base is None:
            return None
        levels.append(base + offset)
    return max(*levels, 0) if isinstance(original, tuple) else max(levels)


def initial_uncollapse(uncollapse: Any) -> Any:
    """Returns the paths of nodes to open, with those above them, or a function."""
    if isinstance(uncollapse, KeyPathSet) or callable(uncollapse):
        return uncollapse
    return KeyPathSet(uncollapse or (), include_intermediate=True)


def merged_uncollapse(uncollapse: Any, child: Any, child_path: KeyPath | None) -> Any:
    """Returns the paths of nodes to open with those that a child adds.

    Args:
      uncollapse: The paths, or a function, which has the last word.
      child: The paths below the child, a function, or None.
      child_path: The path of the child.
    """
    if callable(uncollapse) or not child:
        return KeyPathSet() if uncollapse is None else uncollapse
    if callable(child):
        return child
    added = child.copy()
    if child_path:
        added.rebase(child_path)
    return uncollapse.union(added, copy=True) if uncollapse else added


def merged(options: dict[str, Any], overrides: dict[str, Any], path: Any) -> Any:
    """Returns options with others over them.

    Levels of collapsing merge to the deeper one, paths to open to those of both, and
    dicts key by key.

    Args:
      options: The options.
      overrides: What comes over them.
      path: The path of the node whose options they are.
    """
    result = dict(options)
    for name, value in overrides.items():
        if name in ("collapse_level", "uncollapse"):
            continue
        old = result.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            value = utils.merge([old, value])
        result[name] = value
    if "collapse_level" in overrides:
        result["collapse_level"] = (
            collapse_level(options["collapse_level"], overrides["collapse_level"])
            if "collapse_level" in options
            else collapse_level(overrides["collapse_level"], 0)
        )
    if "uncollapse" in options or "uncollapse" in overrides:
        own = options.get("uncollapse")
        result.pop("uncollapse", None)
        result["uncollapse"] = merged_uncollapse(
            initial_uncollapse(own),
            _strict_uncollapse(overrides.get("uncollapse")),
            path,
        )
    return result


def _strict_uncollapse(uncollapse: Any) -> Any:
    if uncollapse is None or isinstance(uncollapse, KeyPathSet) or callable(uncollapse):
        return uncollapse
    return KeyPathSet(uncollapse)


def for_child(
    options: dict[str, Any], config: dict[str, Any] | None, key: Any, path: KeyPath
) -> dict[str, Any]:
    """Returns the options of a child, with what its parent's configuration has for it.

    Args:
      options: The options that hold for all children.
      config: Options by the key of the child.
      key: The key of the child.
      path: The path of the child.
    """
    options = {name: v for name, v in options.items() if name != "child_config"}
    own = (config or {}).get(key)
    return merged(options, own, path) if own else options


def passed(options: dict[str, Any], remove: Any) -> dict[str, Any]:
    """Returns the options that are handed to children.

    Args:
      options: Options by name, of which missing ones are left out.
      remove: Names of options to leave out.
    """
    removed = set(remove or ())
    result = {
        name: value
        for name, value in options.items()
        if value is not MISSING_VALUE and name not in removed
    }
    for name in ("include_keys", "exclude_keys"):
        # Keys are those of one level; a function knows by the path where it is.
        if name in result and not callable(result[name]):
            result[name] = None
    return result
