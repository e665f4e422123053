"""Programs over value specs: what they accept, and how they relate."""

from fuzz.source import Source
from fuzz.values import value

ANNOTATIONS = [
    "int", "str", "float", "bool", "None", "list", "dict", "tuple", "list[int]", "dict[str, int]",
    "dict[str, Any]", "tuple[int, str]", "tuple[int, ...]", "int | None", "int | str",
    "Union[int, str, None]", "Literal['a', 1]", "Literal[None, 'a']", "Any", "Leaf", "type[Leaf]",
    "type", "Leaf | None", "list[Leaf | int]", "Color", "Plain", "object", "1",
    "pg.Dict", "pg.List", "t.Int(min_value=1)", "list[list[int]]", "bytes", "set",
    "tuple[()]", "dict[int, str]",
]  # fmt: skip
SIMPLE = [
    "t.Int()", "t.Int(min_value=0)", "t.Int(max_value=5)", "t.Int(0, 5)", "t.Int(default=1)",
    "t.Int(min_value=3, max_value=1)", "t.Int(default=9, max_value=5)", "t.Bool()",
    "t.Bool(True)", "t.Float()", "t.Float(min_value=0.0, max_value=1.0)", "t.Float(default=0.5)",
    "t.Str()", "t.Str(regex='a.*')", "t.Str(default='b', regex='a.*')", "t.Str(default='a')",
    "t.Enum(1, [1, 2])", "t.Enum('a', ['a', 'b', None])", "t.Enum(3, [1, 2])",
    "t.Enum(1, [1, 'a', 2.0])", "t.Object(Leaf)", "t.Object(Node)", "t.Object(Plain)",
    "t.Object(Sub)", "t.Object(Leaf, default=Leaf(1))", "t.Callable()", "t.Callable([t.Int()])",
    "t.Callable([t.Int()], returns=t.Int())", "t.Callable([], kw=[('x', t.Int())])", "t.Any()",
    "t.Any(default=1)", "t.Any(annotation=int)", "t.Type(Leaf)", "t.Type(object)", "t.Type(Sub)",
    "t.Functor()", "t.Functor([t.Int()])", "t.Dict()", "t.List(t.Any())", "t.Object(object)",
    "t.Float(default=1)",
]  # fmt: skip
METHODS = [
    "", "", "", "", ".noneable()", ".freeze()", ".freeze({v})", ".set_default({v})",
    ".noneable().set_default({v})", ".set_default(MISSING)", ".noneable().freeze(None)",
    ".freeze({v}).noneable()",
]  # fmt: skip
VALUES = [
    "1", "0", "-1", "7", "True", "None", "'a'", "'b'", "''", "0.5", "1.0", "[1]", "[1, 'a']",
    "[]", "{}", "{'x': 1}", "{'x': 'a', 'k': 2}", "(1, 'a')", "(1,)", "(1, 2)", "()", "Leaf(1)",
    "Sub(2)", "Leaf.partial()", "Node()", "Plain(1)", "double", "no_args", "Leaf", "Sub", "int",
    "add(1)", "Add(1)", "MISSING", "Color.RED", "object()", "pg.Dict(x=1)", "pg.List([1])",
    "pg.Ref(Leaf(1))", "[Leaf(1), 2]", "{'p': 1}", "{1: 2}", "float('nan')",
    "b'a'", "{1}", "KeyPath('a')",
]  # fmt: skip


def spec(s: Source, depth: int = 0) -> str:
    """An expression for a value spec."""
    roll = s.random.random()
    text = s.pick(SIMPLE)
    if depth < 2 and roll < 0.5:
        sizes = s.pick(
            ["", "", ", min_size=1", ", max_size=2", ", size=2", ", default=[]"]
        )
        text = s.call(
            lambda: f"t.List({spec(s, depth + 1)}{sizes})",
            lambda: f"t.Dict([('x', {spec(s, depth + 1)})])",
            lambda: (
                f"t.Dict([('x', {spec(s, depth + 1)}), ('k', {spec(s, depth + 1)})])"
            ),
            lambda: f"t.Dict([(t.StrKey(), {spec(s, depth + 1)})])",
            lambda: f"t.Dict([(t.StrKey('x.*'), {spec(s, depth + 1)})])",
            lambda: f"t.Tuple([{spec(s, depth + 1)}, {spec(s, depth + 1)}])",
            lambda: (
                f"t.Tuple({spec(s, depth + 1)}{s.pick(['', ', min_size=1', ', size=2'])})"
            ),
            lambda: f"t.Union([{spec(s, depth + 1)}, {spec(s, depth + 1)}])",
            lambda: f"t.Union([{spec(s, depth + 1)}, {spec(s, depth + 1)}, t.Str()])",
        )
    elif roll < 0.6:
        text = f"t.ValueSpec.from_annotation({s.pick(ANNOTATIONS)}, {s.chance(0.8)})"
    method = s.pick(METHODS)
    # Frozen candidates of unions mean nothing in particular.
    if depth and "freeze" in method:
        method = ""
    return text + method.format(v=s.pick(VALUES))


def statement(s: Source) -> str:
    """An expression over the specs `a` and `b`."""
    v = s.pick(VALUES) if s.chance(0.8) else value(s, "any").text
    options = s.pick(["", "", "", ", allow_partial=True", ", root_path=KeyPath('p')"])
    base = f"pg.create_schema([('x', {spec(s, 1)})])".replace("pg.create", "t.create")
    return s.pick(
        [
            f"a.apply({v}{options})", f"a.apply({v}{options})", f"a.apply({v}{options})",
            f"b.apply({v}{options})", f"b.apply({v}{options})", f"a.apply({v}) is None",
            "a.is_compatible(b)", "b.is_compatible(a)", f"a.is_compatible({spec(s)})",
            "a.is_compatible(a)", "a == b", f"a == {spec(s)}", "a != b", "repr(a)", "str(a)",
            "a.format(compact=True)", "a.format(verbose=True)", "a.format(hide_default_values=True)",
            "pg.clone(a).extend(b)" if s.chance(0.2) else "copied(a).extend(b)",
            f"deep(b).extend({spec(s)})", "deep(a).extend(b)", "deep(b).extend(a)",
            "deep(a).noneable()", "deep(a).freeze()", f"deep(a).freeze({v})",
            f"deep(a).set_default({v})", f"deep(a).set_default({v}, use_default_apply=False)",
            "a.is_noneable", "a.frozen", "a.annotation",
            "a.has_default", "a.transform", "a.forward_refs", "a.type_resolved",
            "reloaded(a)", "reloaded(a) == a", "a.to_json()", "pickled(a) == a",
            "a.schema", "a.element", "a.elements", "a.candidates", "a.min_value", "a.cls",
            "a.min_size", "a.max_size", "a.values", "a.regex", "a.args", "a.return_value",
            "a.is_fixed_length", "hash(a) == hash(deep(a))", "a()", f"a({v})",
            f"t.Field('x', a).apply({v})", "t.Field('x', a, 'doc') == t.Field('x', b)",
            "t.Field('x', a).extend(t.Field('x', b))", "t.Field('x', a)",
            "t.create_schema([('x', a), ('y', b)])", f"{base}.apply({{'x': {v}}})",
            f"{base}.validate({{'x': {v}}})", f"{base}.resolve(['x', 'y'])",
            f"{base}.is_compatible(t.create_schema([('x', a)]))",
            "t.create_schema([('x', a)], base_schema_list=[t.create_schema([('x', b)])])",
            f"t.ValueSpec.from_annotation({s.pick(ANNOTATIONS)}, True)",
            f"t.ValueSpec.from_annotation({s.pick(ANNOTATIONS)})",
            f"t.ValueSpec.from_annotation({s.pick(ANNOTATIONS)}, True, {s.chance(0.5)})",
            f"t.is_instance({v}, {s.pick(ANNOTATIONS)})",
            f"t.is_subclass({s.pick(['Leaf', 'int', 'Sub', 'bool'])}, {s.pick(ANNOTATIONS)})",
            f"pg.Dict({{'x': {v}}}, value_spec=t.Dict([('x', a)]))",
            f"pg.List([{v}], value_spec=t.List(a))", "t.ensure_value_spec(a)",
            f"t.ensure_value_spec(a, {spec(s, 1)})", "t.to_json_schema(a)",
            "a.skip_user_transform" if s.chance(0.1) else "a.is_noneable",
        ]
    )  # fmt: skip


def write(s: Source) -> None:
    """Writes a program."""
    # What is used where a spec is not accepted.
    s.add("a = t.Dict([('x', t.Int(default=1)), ('y', t.List(t.Str()))])")
    s.add("b = t.Union([t.Int(), t.Str()])")
    s.add(f"a = {spec(s)}")
    s.add(f"b = {spec(s)}" if s.chance(0.7) else "b = deep(a).noneable()")
    for _ in range(s.random.randint(5, 9)):
        s.add(statement(s))
