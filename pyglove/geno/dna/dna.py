"""DNA: the genotype of a program, relative to its space."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.dna import dna_reader, dna_walk, dna_writer, mismatch, nested
from pyglove.geno.dna.genotype import METADATA_SPEC, Genotype
from pyglove.geno.dna.spec_base import SpecBase, effective_spec, ensure_spec
from pyglove.symbolic import members

# Where documents name the metadata that clones have, too.
_CLONEABLE = "_cloneable_metadata_keys"
_DOCUMENT_KEYS = frozenset(
    ("_type", "format", "value", "children", "metadata", _CLONEABLE)
)


class DNA(Genotype):
    """The genotype of a program: the decisions that lead to it from its space.

    DNA shows as a tree: a node has a value (an int for a choice, a float or int for
    a number, a string for a custom decision, None for a node that only groups) and
    children. It is kept as a flat tuple of numbers with its spec, though, and builds
    the tree when it is read; algorithms that only use the numbers never pay
    for it.

    Attributes:
      value: The value of the node.
      children: DNA of the decisions that this one opens or groups.
      metadata: Symbolic values that go with the DNA into JSON documents.

    Example:
      >>> space = pg.dna_spec(pg.Dict(x=pg.oneof(['a', 'b']), y=pg.floatv(0.0, 1.0)))
      >>> dna = pg.DNA([1, 0.5], spec=space)
      >>> dna.to_dict()
      {'x': 1, 'y': 0.5}
      >>> dna.next_dna is not None and dna.to_numbers()
      [1, 0.5]
    """

    __str_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": True,
        "verbose": True,
    }

    # Said again, since classes get a constructor for their fields otherwise.
    __init__ = Genotype.__init__

    @property
    def is_subchoice(self) -> bool:
        """Whether this is one of the choices of a multi-choice."""
        return bool(self._bound_spec().is_subchoice)

    @property
    def is_multi_choice_container(self) -> bool:
        """Whether the children are the choices of a multi-choice."""
        return self.multi_choice_spec is not None

    @property
    def multi_choice_spec(self) -> Any:
        """The spec of the multi-choice whose choices are the children, or None."""
        spec = self._bound_spec()
        if not spec.is_categorical or spec.num_choices > 1:
            return spec if spec.is_categorical else None
        # The choices of a lone multi-choice are children of what opens it.
        opened = effective_spec(spec.candidates[self._flat()[0]])
        is_multi = opened.is_categorical and opened.num_choices > 1
        return opened if is_multi else None

    @property
    def literal_value(self) -> Any:
        """The literal values of the decisions, nested like the DNA."""
        return dna_walk.literal_value(self._bound_spec(), self._flat())

    # ---- Numbers, dicts and parameters ---------------------------------------

    def to_numbers(self, flatten: bool = True) -> Any:
        """Returns the values of all decisions in order.

        Args:
          flatten: Whether to return a flat list, or a nested value in which lists
            hold several decisions and tuples a choice and what it opens.

        Returns:
          The numbers.
        """
        if flatten:
            return list(self._flat())
        form = self._form()
        return [] if form is None else form

    @classmethod
    def from_numbers(cls, dna_values: Sequence[Any], dna_spec: Any) -> "DNA":
        """Creates a DNA of the values of its decisions.

        Args:
          dna_values: The values of all active decisions, in order.
          dna_spec: The spec that they have to fit.

        Returns:
          A DNA bound to the spec.

        Raises:
          ValueError: if the values do not fit the spec.
        """
        spec = effective_spec(ensure_spec(dna_spec, "dna_spec"))
        numbers = spec.decisions.accept(dna_values)
        if numbers is None:
            dna_values = [nested.plain_number(value) for value in dna_values]
            numbers = spec.decisions.accept(dna_values)
        if numbers is None:
            mismatch.raise_for_numbers(spec, dna_values)
            raise AssertionError("unreachable")
        return cls._from_flat(numbers, spec)

    @classmethod
    def from_fn(cls, dna_spec: Any, generator_fn: Callable[[Any], Any]) -> "DNA":
        """Creates a DNA by asking a function for each decision.

        Args:
          dna_spec: The spec of the DNA.
          generator_fn: Called with each active decision point in order. It returns a
            list of indices for choices, a float or int for a number, a string for
            a custom decision, or a DNA.

        Returns:
          A DNA bound to the spec.

        Raises:
          TypeError: if `dna_spec` is not a DNASpec.
          ValueError: if an answer does not fit its decision point.
        """
        return cls._from_flat(*dna_reader.numbers_from_fn(dna_spec, generator_fn, DNA))

    def to_dict(
        self,
        key_type: str = "id",
        value_type: str = "value",
        multi_choice_key: str = "subchoice",
        include_inactive_decisions: bool = False,
        filter_fn: Callable[[Any], bool] | None = None,
    ) -> dict[Any, Any]:
        """Returns the decisions as a dict.

        Args:
          key_type: Kind of keys: 'id', 'name_or_id' or 'dna_spec'.
          value_type: Kind of values: 'value' for numbers, 'dna' for nodes of
            this DNA, 'choice' for text such as '1/3', 'literal' for literal values,
            'choice_and_literal' for text such as '1/3 (x)'.
          multi_choice_key: Whether multi-choices appear as 'subchoice' (one key for
            each choice), as 'parent' (one key with a list of values) or as 'both'.
          include_inactive_decisions: Whether decisions that no choice has opened
            appear, with None as their value.
          filter_fn: Selects the decision points that appear.

        Returns:
          Values by key, in the order of the decisions.

        Raises:
          ValueError: if there is no spec, or an option is unknown.
        """
        return dna_writer.to_dict(
            self,
            key_type,
            value_type,
            multi_choice_key,
            include_inactive_decisions,
            filter_fn,
        )

    @classmethod
    def from_dict(
        cls,
        dict_repr: Mapping[Any, Any],
        dna_spec: Any,
        use_ints_as_literals: bool = False,
    ) -> "DNA":
        """Creates a DNA from a dict of `to_dict`, with any of its keys and values.

        Args:
          dict_repr: Values by id, name or decision point.
          dna_spec: The spec of the DNA.
          use_ints_as_literals: Whether an int is a literal value rather than the
            index of a candidate.

        Returns:
          A DNA bound to the spec.

        Raises:
          ValueError: if a value is absent or does not fit.
        """
        spec = effective_spec(ensure_spec(dna_spec, "dna_spec"))
        numbers = dna_reader.from_dict(dict_repr, spec, use_ints_as_literals)
        return cls._from_flat(numbers, spec)

    def parameters(self, use_literal_values: bool = False) -> dict[str, Any]:
        """Returns the decisions as a flat dict of ids to text and numbers.

        Args:
          use_literal_values: Whether choices show their literal values as well.

        Returns:
          Values by id, as systems for hyper-parameters know them.
        """
        value_type = "choice_and_literal" if use_literal_values else "choice"
        return self.to_dict(value_type=value_type)

    @classmethod
    def from_parameters(
        cls,
        parameters: Mapping[str, Any],
        dna_spec: Any,
        use_literal_values: bool = False,
    ) -> "DNA":
        """Creates a DNA from a dict of `parameters`.

        Args:
          parameters: Values by id.
          dna_spec: The spec of the DNA.
          use_literal_values: Accepted for symmetry; both forms are understood.

        Returns:
          A DNA bound to the spec.
        """
        del use_literal_values
        return cls.from_dict(parameters, dna_spec)

    # ---- Access to decisions -------------------------------------------------

    @property
    def decision_ids(self) -> list[utils.KeyPath]:
        """The ids of all decision points of the spec, active or not."""
        ids: list[utils.KeyPath] = self._bound_spec().decision_ids
        return ids

    @property
    def named_decisions(self) -> "dict[str, DNA | list[DNA | None] | None]":
        """DNA by the name of the decision point, None for one that is not active."""
        self._bound_spec()
        return dna_walk.nodes_by_name(self)

    def get(self, key: Any, default: Any = None) -> Any:
        """Returns the DNA of a decision.

        Args:
          key: An index of a child; or the id, name or spec of a decision point.
          default: Returned if there is no such decision, or a named one is not
            active.

        Returns:
          A DNA, a list of DNA for a multi-choice, or None for a decision that is not
          active.
        """
        if isinstance(key, (int, slice)):
            return self[key]
        try:
            return self[key]
        except KeyError:
            return default

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int):
            return self.children[key]
        if isinstance(key, slice):
            return list(self.children)[key]
        self._bound_spec()
        if self._nodes_by_id is None:
            self._nodes_by_id = dna_walk.nodes_by_key(self)
        if isinstance(key, SpecBase):
            key = str(cast("Any", key).id)
        return self._nodes_by_id[key]

    def __iter__(self) -> "Iterator[DNA]":
        return iter(self.children)

    def __contains__(self, item: Any) -> bool:
        if isinstance(item, DNA):
            return any(child == item for child in self.children)
        if isinstance(item, (int, float, str)):
            return any(child.value == item for child in self.children)
        raise utils.PyGloveValueError(
            f"Expected a DNA or the value of one to look for, got {item!r}."
        )

    # ---- Order ---------------------------------------------------------------

    def next_dna(self) -> "DNA | None":
        """Returns the DNA that follows this one in its space, None at the end."""
        following: DNA | None = self._bound_spec().next_dna(self)
        return following

    def iter_dna(self) -> "Iterator[DNA]":
        """Iterates over the DNA that follow this one in its space."""
        following: Iterator[DNA] = self._bound_spec().iter_dna(self)
        return following

    # ---- Text and JSON -------------------------------------------------------

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        *,
        list_wrap_threshold: int = 80,
        as_dict: bool = False,
        **kwargs: Any,
    ) -> str:
        """Formats this DNA.

        Args:
          compact: Whether to write one line.
          verbose: True writes the nested values; False writes the tree of objects.
          root_indent: Level of indentation of the text around.
          list_wrap_threshold: Lists longer than this get several lines.
          as_dict: Whether to write decisions by id, if there is a spec.
          **kwargs: Further options; see `pg.format`.
        """
        if as_dict and self._spec is not None:
            body = utils.format(
                self.to_dict(value_type="choice_and_literal"),
                False,
                verbose,
                root_indent,
                **kwargs,
            )
            return f"DNA({body})"
        if not verbose:
            return super().format(False, verbose, root_indent, **kwargs)
        form = self._form()
        body = utils.format(
            form,
            compact,
            verbose,
            root_indent,
            list_wrap_threshold=list_wrap_threshold,
            **kwargs,
        )
        return f"DNA{body}" if isinstance(form, tuple) else f"DNA({body})"

    def sym_jsonify(
        self, compact: bool = True, type_info: bool = True, **kwargs: Any
    ) -> Any:
        """Returns this DNA as a value that `json` can write.

        Args:
          compact: Whether to write nested values, or a tree of objects.
          type_info: Whether to write that this is a DNA; otherwise the bare nested
            value is returned, with tuples.
          **kwargs: Options for the metadata.
        """
        if compact and not type_info:
            return self._form()
        metadata = self._own_metadata
        notes = utils.to_json(metadata, **kwargs) if metadata else {}
        cloneable = sorted(self._cloneable_metadata)
        if compact:
            document = self._compact_json(self._form())
            if notes:
                document["metadata"] = notes
            if cloneable:
                document[_CLONEABLE] = cloneable
            return document
        if self._has_tree:
            value, children = self.value, [c.sym_jsonify(**kwargs) for c in self]
        else:
            value, forms = nested.split(self._form())
            children = [self._compact_json(form) for form in forms]
        key = type(self).__serialization_key__
        tree = {"_type": key, "value": value, "children": children, "metadata": notes}
        if cloneable:
            tree[_CLONEABLE] = cloneable
        return tree

    @classmethod
    def _compact_json(cls, form: Any) -> dict[str, Any]:
        return {
            "_type": cls.__serialization_key__,
            "format": "compact",
            "value": nested.to_json(form),
        }

    def to_json(self, *, context: Any = None, **kwargs: Any) -> Any:
        """Returns this DNA as a value that `json` can write; see `sym_jsonify`."""
        if self._has_tree or self._own_metadata:
            return super().to_json(context=context, **kwargs)
        return self.sym_jsonify(**kwargs)

    _sym_to_json = to_json

    @classmethod
    def from_json(
        cls,
        json_value: Any,
        *,
        allow_partial: bool = False,
        root_path: utils.KeyPath | None = None,
        **kwargs: Any,
    ) -> "DNA":
        """Returns the DNA that `sym_jsonify` gave `json_value` for.

        Args:
          json_value: A dict with the fields.
          allow_partial: Accepted for uniformity.
          root_path: Accepted for uniformity.
          **kwargs: Options of `pg.from_json`.
        """
        dna = cls._from_document(json_value, **kwargs)
        cloneable = json_value.get(_CLONEABLE)
        if cloneable:
            if not isinstance(cloneable, list) or not all(
                isinstance(key, str) for key in cloneable
            ):
                raise utils.PyGloveTypeError(
                    f"Expected a list of strings as {_CLONEABLE!r} of a DNA, got "
                    f"{cloneable!r}."
                )
            dna._cloneable_metadata = frozenset(cloneable)
        return dna

    @classmethod
    def _from_document(cls, json_value: Any, **kwargs: Any) -> "DNA":
        """Returns the DNA of a document, without data for clones."""
        for key in json_value:
            if key not in _DOCUMENT_KEYS:
                raise utils.PyGloveTypeError(
                    f"Expected the JSON form of a DNA, got {key!r}, which is no part "
                    "of it."
                )
        metadata = json_value.get("metadata")
        if metadata:
            metadata = utils.from_json(metadata, **kwargs)
            if not isinstance(metadata, dict):
                raise utils.PyGloveTypeError(
                    f"Expected a dict as the metadata of a DNA, got {type(metadata)!r}."
                )
        if "format" in json_value:
            if json_value["format"] != "compact":
                raise utils.PyGloveTypeError(
                    "Expected 'compact' as the format of a DNA, got "
                    f"{json_value['format']!r}."
                )
            value = nested.from_json(json_value.get("value"))
            return cls(value, metadata=metadata or None)
        value = nested.from_json(json_value.get("value"))
        children = json_value.get("children") or []
        if not isinstance(children, list):
            # Other values may define their own iteration.
            raise utils.PyGloveTypeError(
                f"Expected a list as the children of a DNA, got {type(children)!r}."
            )
        forms = [nested.from_json(c.get("value")) for c in children if _is_bare(c)]
        if len(forms) == len(children) and not isinstance(value, (list, tuple)):
            return cls(nested.join(value, forms), metadata=metadata or None)
        children = [utils.from_json(child, **kwargs) for child in children]
        return cls(value, children, metadata=metadata or None)

    @classmethod
    def parse(cls, json_value: Any, spec: Any = None) -> "DNA":
        """Creates a DNA of its JSON form, or of a nested value.

        Args:
          json_value: A value of `to_json`, with or without type information.
          spec: The spec that the DNA has to fit; None leaves it unbound.

        Returns:
          The DNA.

        Raises:
          ValueError: if the value is malformed or does not fit the spec.
          TypeError: if a value is neither a number nor a string.
        """
        if isinstance(json_value, dict) and "_type" in json_value:
            dna = utils.from_json(json_value)
            if spec is not None:
                dna.use_spec(spec)
            return dna
        try:
            return cls(nested.from_json(json_value), spec=spec)
        except RecursionError as error:
            raise utils.PyGloveValueError(
                "Expected the JSON form of a DNA, got one that is nested too deeply."
            ) from error


def _is_bare(document: Any) -> bool:
    """Returns whether a document is that of a DNA without metadata."""
    return (
        isinstance(document, dict)
        and document.get("_type") == DNA.__serialization_key__
        and document.get("format") == "compact"
        and not document.get("metadata")
    )


members(
    [
        (
            "value",
            pg_typing.Union(
                [pg_typing.Float(), pg_typing.Int(), pg_typing.Str()]
            ).noneable(),
            "Value of the node.",
        ),
        (
            "children",
            pg_typing.List(pg_typing.Object(DNA), default=[]),
            "DNA of the decisions below.",
        ),
        ("metadata", METADATA_SPEC, "Symbolic values that go with the DNA."),
    ],
    init_arg_list=["value", "children", "metadata"],
    serialization_key="pyglove.core.geno.base.DNA",
    additional_keys=["pyglove.geno.DNA"],
)(DNA)
