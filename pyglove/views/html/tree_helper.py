"""Helpers of the tree view, which extensions call on it."""

from typing import Any

from pyglove.utils import MISSING_VALUE, KeyPath
from pyglove.views.html import tree_option
from pyglove.views.html.html import Html
from pyglove.views.html.tree_text import class_name, escape
from pyglove.views.protocol import Extension


class TreeHelpers:
    """Static methods of the tree view: names, colours, and options that are merged."""

    @staticmethod
    def css_class_name(value: Any) -> str | None:
        """Returns the classes for CSS of a value, or those of a class itself.

        They are named after the class of the value, unless that is an extension which
        says otherwise.

        Example:
          >>> pg.views.HtmlTreeView.css_class_name(ValueError('x'))
          'value-error'
        """
        if isinstance(value, type):
            return f"{class_name(value)}-class"
        if isinstance(value, Extension):
            named = getattr(value, "_html_element_class", None)
            if named is not None:
                return escape(Html.concate(named()) or "")
        return class_name(type(value))

    @staticmethod
    def get_color(
        color: Any, root_path: Any, value: Any, parent: Any
    ) -> tuple[str | None, str | None]:
        """Returns colours of text and background, either of which may be None.

        Args:
          color: Both colours, None, or a function of the other arguments.
          root_path: The path of the value.
          value: The value.
          parent: Its parent.
        """
        if callable(color):
            color = color(root_path, value, parent)
        return (None, None) if color is None else color

    @staticmethod
    def get_collapse_level(original_level: Any, overriden_level: Any) -> int | None:
        """Returns the deeper of two levels, of which None has no end.

        Args:
          original_level: A level, or a pair of a level and what to add to it.
          overriden_level: Another.

        Example:
          >>> pg.views.HtmlTreeView.get_collapse_level((3, -1), 1)
          2
        """
        return tree_option.collapse_level(original_level, overriden_level)

    @staticmethod
    def get_kwargs(
        call_kwargs: dict[str, Any],
        overriden_kwargs: dict[str, Any],
        root_path: KeyPath | None = None,
    ) -> dict[str, Any]:
        """Returns options with others over them.

        Levels of collapsing merge to the deeper one, paths to open to those of both,
        and dicts key by key.

        Args:
          call_kwargs: The options.
          overriden_kwargs: What comes over them.
          root_path: The path of the node, below which paths to open are.
        """
        return tree_option.merged(call_kwargs, overriden_kwargs, root_path)

    @staticmethod
    def get_child_kwargs(
        call_kwargs: dict[str, Any],
        child_config: dict[str, Any],
        child_key: Any,
        root_path: KeyPath,
    ) -> dict[str, Any]:
        """Returns the options of a child.

        Args:
          call_kwargs: The options that hold for all children.
          child_config: Options by the key of a child, which come over them.
          child_key: The key of the child.
          root_path: The path of the child.
        """
        return tree_option.for_child(call_kwargs, child_config, child_key, root_path)

    @staticmethod
    def get_passthrough_kwargs(
        *,
        enable_summary: Any = MISSING_VALUE,
        enable_summary_for_str: Any = MISSING_VALUE,
        max_summary_len_for_str: Any = MISSING_VALUE,
        enable_summary_tooltip: Any = MISSING_VALUE,
        key_style: Any = MISSING_VALUE,
        key_color: Any = MISSING_VALUE,
        include_keys: Any = MISSING_VALUE,
        exclude_keys: Any = MISSING_VALUE,
        enable_key_tooltip: Any = MISSING_VALUE,
        uncollapse: Any = MISSING_VALUE,
        extra_flags: Any = MISSING_VALUE,
        highlight: Any = MISSING_VALUE,
        lowlight: Any = MISSING_VALUE,
        debug: Any = MISSING_VALUE,
        remove: Any = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Returns the options that an extension hands to `render` for its children.

        Args:
          enable_summary: See `complex_value`, as for the options below.
          enable_summary_for_str: An option.
          max_summary_len_for_str: An option.
          enable_summary_tooltip: An option.
          key_style: An option.
          key_color: An option.
          include_keys: An option, which holds for children if it is a function.
          exclude_keys: An option, which holds for children if it is a function.
          enable_key_tooltip: An option.
          uncollapse: An option.
          extra_flags: An option.
          highlight: An option.
          lowlight: An option.
          debug: An option.
          remove: Names of options to leave out.
          **kwargs: Options that hold for the node alone, which are left out.
        """
        return tree_option.passed(
            {
                "enable_summary": enable_summary,
                "enable_summary_for_str": enable_summary_for_str,
                "max_summary_len_for_str": max_summary_len_for_str,
                "enable_summary_tooltip": enable_summary_tooltip,
                "key_style": key_style,
                "key_color": key_color,
                "include_keys": include_keys,
                "exclude_keys": exclude_keys,
                "enable_key_tooltip": enable_key_tooltip,
                "uncollapse": uncollapse,
                "extra_flags": extra_flags,
                "highlight": highlight,
                "lowlight": lowlight,
                "debug": debug,
            },
            remove,
        )

    @staticmethod
    def init_uncollapse(uncollapse: Any) -> Any:
        """Returns the paths of nodes to open, with all above them, or a function.

        Args:
          uncollapse: Paths, a filter of nodes, or None.
        """
        return tree_option.initial_uncollapse(uncollapse)

    @staticmethod
    def merge_uncollapse(
        uncollapse: Any, child_uncollapse: Any, child_path: KeyPath | None = None
    ) -> Any:
        """Returns the paths of nodes to open with those that a child adds.

        Args:
          uncollapse: The paths, or a filter of nodes, which has the last word.
          child_uncollapse: The paths below the child.
          child_path: The path of the child.
        """
        return tree_option.merged_uncollapse(uncollapse, child_uncollapse, child_path)
