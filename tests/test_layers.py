"""Imports go one way, and no module reaches into another's classes."""

import ast
import collections
import dataclasses
import pathlib
import sys
import textwrap
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent

LINE = ("utils", "typing", "symbolic", "geno", "hyper", "tuning")
ON_UTILS = ("io", "logging")
ON_SYMBOLIC = ("views", "patching", "detouring", "coding", "monitoring")
ON_TUNING = (
    "early_stopping",
    "nas",
    "storage",
    "executors",
    "visualization",
    "cli",
)
# What each package may import. Beside one another they may stand in any order, but not
# in a cycle, which is looked for apart.
ALLOWED: dict[str, set[str]] = {
    **{package: set(LINE[:position]) for position, package in enumerate(LINE)},
    **{package: {"utils"} for package in ON_UTILS},
    **{package: {*LINE[:3], *ON_UTILS, *ON_SYMBOLIC} for package in ON_SYMBOLIC},
    **{package: {*LINE, *ON_UTILS, *ON_SYMBOLIC} for package in ON_TUNING},
    # Search algorithms know decisions, and neither programs nor studies.
    "scalars": {*LINE[:3]},
    "mutfun": {*LINE[:3]},
    "evolution": {*LINE[:4], "scalars"},
    "reinforce": {*LINE[:4], "scalars"},
    "bayesian": {*LINE[:4], "scalars", "evolution"},
    "visualization": {*LINE, *ON_SYMBOLIC, "evolution"},
    "ext": {"early_stopping", "evolution", "mutfun", "scalars"},
    "testing": {*LINE[:5]},
    "object_utils": {"utils"},
}
# The sub-packages of those that have some: each may import those before it.
ROOMS: dict[str, tuple[str, ...]] = {
    "utils": ("docstring", "serialization", "path"),
    "typing": ("introspection", "field", "spec", "callable", "annotation"),
    "symbolic": (
        "node",
        "tree",
        "compiled",
        "form",
        "protocol",
        "container",
        "object",
        "reference",
        "adapter",
    ),
    "geno": ("decision", "constraint", "dna", "spec", "generator"),
}
# What a package offers to others beside what stands in its `__init__`: its internal
# interfaces. `utils` is a set of tools, of which each module may be imported.
FACES: dict[str, tuple[str, ...]] = {
    "typing": ("internal",),
    "symbolic": ("internal",),
    "geno": ("internal", "array_state"),
}
OPEN = ("utils",)
# Costly modules of the standard library that most programs never need: a function may
# import them, so that `import pyglove` does not.
LAZY = {
    "asyncio",
    "concurrent",
    "hashlib",
    "difflib",
    "logging",
    "multiprocessing",
    "pickle",
    "pickletools",
    "resource",
    "sqlite3",
    "textwrap",
    "traceback",
}


@dataclasses.dataclass
class Module:
    """A parsed module.

    Attributes:
      name: Its full name; a package stands under the package's name.
      tree: Its syntax tree.
      imports: (line, full name of what is imported), at module level.
      typing_lines: Lines of imports that only type checkers see.
      inner_imports: (line, full name), inside functions.
      bindings: Full name of what each imported name stands for.
      classes: Names of the classes it defines at module level.
      attribute_targets: (line, dotted name) of attributes that it assigns or deletes.
    """

    name: str
    tree: ast.Module
    imports: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    typing_lines: set[int] = dataclasses.field(default_factory=set)
    inner_imports: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    bindings: dict[str, str] = dataclasses.field(default_factory=dict)
    classes: set[str] = dataclasses.field(default_factory=set)
    attribute_targets: list[tuple[int, str]] = dataclasses.field(default_factory=list)


class Reader(ast.NodeVisitor):
    """Collects what a `Module` tells of its source."""

    def __init__(self, module: Module, is_package: bool):
        self.module = module
        self.package = module.name if is_package else module.name.rpartition(".")[0]
        self.depth = 0

    def visit_FunctionDef(self, node):
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        if self.depth == 0:
            self.module.classes.add(node.name)
        self.generic_visit(node)

    def visit_If(self, node):
        if dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            body = ast.walk(ast.Module(node.body, []))
            self.module.typing_lines |= {getattr(child, "lineno", 0) for child in body}
        self.generic_visit(node)

    def visit_Import(self, node):
        for alias in node.names:
            self.add(node, alias.name)
            bound = alias.asname or alias.name.partition(".")[0]
            self.module.bindings[bound] = alias.name if alias.asname else bound

    def visit_ImportFrom(self, node):
        source = node.module or ""
        if node.level:
            base = self.package.split(".")
            base = base[: len(base) - node.level + 1]
            source = ".".join([*base, source] if source else base)
        for alias in node.names:
            self.add(node, f"{source}.{alias.name}")
            self.module.bindings[alias.asname or alias.name] = f"{source}.{alias.name}"

    def add(self, node, name):
        found = self.module.inner_imports if self.depth else self.module.imports
        found.append((node.lineno, name))

    def visit_Attribute(self, node):
        if isinstance(node.ctx, ast.Store | ast.Del) and (name := dotted(node)):
            self.module.attribute_targets.append((node.lineno, name))
        self.generic_visit(node)

    def visit_Call(self, node):
        name = dotted(node.func)
        if name in ("setattr", "delattr", "type.__setattr__", "type.__delattr__"):
            target = dotted(node.args[0]) if node.args else ""
            if target:
                self.module.attribute_targets.append((node.lineno, f"{target}.*"))
        elif name.endswith("import_module") and node.args:
            value = node.args[0]
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                self.add(node, value.value)
        self.generic_visit(node)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of such an expression; nothing for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := dotted(node.value)):
        return f"{base}.{node.attr}"
    return ""


class Code:
    """All modules below a package's directory."""

    def __init__(self, directory: pathlib.Path):
        self.root = directory.name
        self.modules: dict[str, Module] = {}
        for path in sorted(directory.rglob("*.py")):
            parts = list(path.relative_to(directory.parent).with_suffix("").parts)
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            module = Module(name, ast.parse(path.read_text(encoding="utf-8")))
            Reader(module, is_package).visit(module.tree)
            self.modules[name] = module

    def module_of(self, name: str) -> str | None:
        """The module of ours that holds `name`, if one does."""
        while name and name not in self.modules:
            name = name.rpartition(".")[0]
        return name or None

    def package_of(self, module: str) -> str:
        """The package, right below the root, in which a module is."""
        return [*module.split("."), ""][1]

    def edges(self, for_types: bool = True) -> Iterator[tuple[str, int, str]]:
        """(importing module, line, imported module), both ours.

        Args:
          for_types: Whether imports that only type checkers see count.
        """
        for module in self.modules.values():
            for line, name in module.imports:
                if not for_types and line in module.typing_lines:
                    continue
                target = self.module_of(name)
                if target and target != module.name:
                    yield module.name, line, target

    def is_class(self, name: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether a full name is a class of ours, followed through re-exports."""
        holder = self.module_of(name)
        if holder is None or name in seen or name == holder:
            return False
        head, _, rest = name[len(holder) + 1 :].partition(".")
        module = self.modules[holder]
        if head in module.classes:
            return not rest
        if head in module.bindings:
            renamed = ".".join(filter(None, (module.bindings[head], rest)))
            return self.is_class(renamed, seen | {name})
        return False


def upward_edges(code: Code, allowed: dict[str, set[str]]) -> list[str]:
    """Imports of a package that the importing package must not know of."""
    found = []
    for source, line, target in code.edges():
        package, other = code.package_of(source), code.package_of(target)
        if not package:
            continue  # The root's own module offers everything to the user.
        if package not in allowed:
            found.append(f"{source}: the package {package!r} has no place in the order")
        elif package != other and other not in allowed[package]:
            found.append(f"{source}:{line} imports {target}")
    return found


def cycles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The groups of nodes that reach one another (Tarjan, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            position = stack.index(node)
            group = stack[position:]
            del stack[position:]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def module_cycles(code: Code) -> list[list[str]]:
    """Modules that import one another; those that only name each other's types may."""
    edges = collections.defaultdict(set)
    for source, _, target in code.edges(for_types=False):
        edges[source].add(target)
    return cycles(edges)


def package_cycles(code: Code) -> list[list[str]]:
    """Packages that import one another."""
    edges = collections.defaultdict(set)
    for source, _, target in code.edges():
        package, other = code.package_of(source), code.package_of(target)
        if package and package != other:
            edges[package].add(other)
    return cycles(edges)


def room_edges(code: Code, rooms: dict[str, tuple[str, ...]]) -> list[str]:
    """Imports between sub-packages of a package that go against their order.

    Modules beside the sub-packages may stand at any height, but see `room_cycles`.
    """
    found = []
    for source, line, target in code.edges():
        package = code.package_of(source)
        if package != code.package_of(target) or package not in rooms:
            continue
        order = rooms[package]
        room, other = (name.split(".")[2] for name in (f"{source}.", f"{target}."))
        if room in order and other in order and order.index(other) > order.index(room):
            found.append(f"{source}:{line} imports {target}")
    return found


def room_cycles(code: Code, rooms: dict[str, tuple[str, ...]]) -> list[list[str]]:
    """Sub-packages, and modules beside them, that import one another."""
    edges = collections.defaultdict(set)
    for source, _, target in code.edges():
        package = code.package_of(source)
        if package == code.package_of(target) and package in rooms:
            room, other = (
                ".".join(name.split(".")[1:3]) for name in (f"{source}.", f"{target}.")
            )
            if room != other and package not in (room.rstrip("."), other.rstrip(".")):
                edges[room].add(other)
    return cycles(edges)


def deep_imports(
    code: Code, faces: dict[str, tuple[str, ...]], free: tuple[str, ...]
) -> list[str]:
    """Imports of a module of another package that is not for others."""
    found = []
    for module in code.modules.values():
        package = code.package_of(module.name)
        for line, name in module.imports:
            root, other, *inner = [*name.split("."), "", ""][:3]
            if not package or root != code.root or other in ("", package, *free):
                continue
            offered = code.modules[f"{root}.{other}"].bindings.keys()
            if inner[0] and inner[0] not in {*faces.get(other, ()), *offered}:
                found.append(f"{module.name}:{line} imports {name}")
    return found


def private_names(code: Code, owner: str, prefix: str) -> list[str]:
    """Uses of attributes with a prefix outside of the package that owns them.

    A class may define such methods, and call what it overrides.
    """
    found = []
    for module in code.modules.values():
        if code.package_of(module.name) == owner:
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Attribute) or not node.attr.startswith(prefix):
                continue
            if isinstance(node.value, ast.Call) and dotted(node.value.func) == "super":
                continue
            found.append(f"{module.name}:{node.lineno} uses {node.attr}")
    return found


def hidden_imports(code: Code) -> list[str]:
    """Imports inside functions, but for optional dependencies and costly modules."""
    eager = {code.root, *sys.stdlib_module_names} - LAZY
    return [
        f"{module.name}:{line} imports {name} inside a function"
        for module in code.modules.values()
        for line, name in module.inner_imports
        if name.partition(".")[0] in eager
    ]


def foreign_assignments(code: Code) -> list[str]:
    """Attributes that a module sets on a class of another module."""
    found = []
    for module in code.modules.values():
        for line, target in module.attribute_targets:
            owner, _, attribute = target.rpartition(".")
            head, _, rest = owner.partition(".")
            if head not in module.bindings:
                continue
            full = ".".join(filter(None, (module.bindings[head], rest)))
            if code.is_class(full):
                found.append(f"{module.name}:{line} sets {attribute} on {full}")
    return found


@pytest.fixture(scope="module")
def ours() -> Code:
    return Code(ROOT / "pyglove")


def test_imports_go_down_the_layers(ours):
    assert not upward_edges(ours, ALLOWED)


def test_packages_do_not_import_one_another(ours):
    assert not package_cycles(ours)


def test_rooms_stand_in_their_order(ours):
    assert not room_edges(ours, ROOMS)
    assert not room_cycles(ours, ROOMS)


def test_every_folder_has_its_place(ours):
    for package, order in ROOMS.items():
        folder = ROOT / "pyglove" / package
        assert {path.parent.name for path in folder.glob("*/__init__.py")} == set(order)
        for place in (folder, *(folder / name for name in order)):
            assert len(list(place.glob("*.py"))) <= 23, f"{place} is crowded"


def test_packages_meet_at_their_faces(ours):
    assert not deep_imports(ours, FACES, OPEN)


def test_nodes_keep_their_names_to_themselves(ours):
    assert not private_names(ours, "symbolic", "_sym_")


def test_tests_lie_beside_one_another():
    """Tests of a package lie in one folder, whatever rooms the package has."""
    for package in ROOMS:
        modules = [p.stem for p in (ROOT / "pyglove" / package).rglob("*.py")]
        names = [name for name in modules if name != "__init__"]
        assert len(set(names)) == len(names), f"{package} has modules of one name"
        nested = (ROOT / "tests" / package).glob("*/**/test_*.py")
        assert not list(nested), f"tests/{package} has rooms"


def test_modules_do_not_import_one_another(ours):
    assert not module_cycles(ours)


def test_imports_stand_at_the_top(ours):
    assert not hidden_imports(ours)


def test_classes_are_whole_where_they_are_defined(ours):
    assert not foreign_assignments(ours)


# The checks themselves: each must find what it is there to find.


@pytest.fixture
def write(tmp_path):
    """Writes a package `lib` out of modules given by path, and parses it."""

    def write(**sources: str) -> Code:
        for name, source in {"": "", "low": "", "high": "", **sources}.items():
            path = tmp_path / "lib" / name.replace("__", "/")
            path = (
                path / "__init__.py"
                if name in ("", "low", "high")
                else path.with_suffix(".py")
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(source), encoding="utf-8")
        return Code(tmp_path / "lib")

    return write


ORDER = {"low": set(), "high": {"low"}}


def test_a_downward_import_is_fine(write):
    code = write(low__a="class A: pass", high__b="from lib.low.a import A")
    assert not upward_edges(code, ORDER)
    assert not module_cycles(code)
    assert not package_cycles(code)


@pytest.mark.parametrize(
    "source",
    [
        "import lib.high.b",
        "from lib.high import b",
        "from ..high import b",
        "from lib import high",
        "try:\n    import lib.high.b\nexcept ImportError:\n    pass",
        "class A:\n    from lib.high import b",
        "import lib as pg",
    ],
)
def test_an_upward_import_is_found(write, source):
    assert upward_edges(write(low__a=source, high__b=""), ORDER)


def test_a_package_without_a_place_is_found(write):
    code = write(low__a="", high__b="from lib.low import a")
    assert "no place" in upward_edges(code, {"low": set()})[0]


def test_an_import_for_type_checkers_is_an_edge(write):
    source = """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from lib.high import b
    """
    assert upward_edges(write(low__a=source, high__b=""), ORDER)
    assert not module_cycles(write(low__a=source, high__b="from lib.low import a"))


def test_an_import_of_what_is_not_for_others_is_found(write):
    code = write(
        low="from lib.low.a import A",
        low__a="class A: pass",
        low__internal="",
        high__b="from lib.low import A, internal\nfrom lib.low.internal import x",
        high__c="from lib.low.a import A",
    )
    assert deep_imports(code, {"low": ("internal",)}, ()) == [
        "lib.high.c:1 imports lib.low.a.A"
    ]
    assert len(deep_imports(code, {}, ())) == 3
    assert not deep_imports(code, {}, ("low",))


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("x._own_a", True),
        ("x._own_a = 1", True),
        ("super()._own_a()", False),
        ("class A:\n    def _own_a(self): pass", False),
        ("x._other", False),
    ],
)
def test_a_name_of_another_package_is_found(write, source, is_found):
    code = write(low__a="x._own_a", high__b=source)
    assert bool(private_names(code, "low", "_own_")) is is_found


def test_a_cycle_of_modules_is_found(write):
    code = write(
        low__a="from lib.low import b",
        low__b="from lib.low.c import C",
        low__c="import lib.low.a\nclass C: pass",
    )
    assert module_cycles(code) == [["lib.low.a", "lib.low.b", "lib.low.c"]]


def test_a_module_that_imports_its_package_is_a_cycle(write):
    code = write(low="from lib.low.a import A", low__a="from lib.low import A")
    assert module_cycles(code) == [["lib.low", "lib.low.a"]]


def test_a_cycle_of_packages_is_found(write):
    code = write(low__a="import lib.high.b", low__c="", high__b="import lib.low.c")
    assert package_cycles(code) == [["high", "low"]]
    assert not module_cycles(code)


def test_a_room_that_knows_a_later_one_is_found(write):
    first = "from lib.low.second.b import B"
    code = write(low__first__a=first, low__second__b="class B: pass")
    assert room_edges(code, {"low": ("first", "second")}) == [
        "lib.low.first.a:1 imports lib.low.second.b"
    ]
    assert not room_edges(code, {"low": ("second", "first")})


def test_a_cycle_of_rooms_is_found(write):
    code = write(
        low__first__a="from lib.low.beside import C",
        low__beside="from lib.low.first.b import B\nclass C: pass",
        low__first__b="class B: pass",
    )
    assert room_cycles(code, {"low": ("first",)}) == [["low.beside", "low.first"]]
    assert not module_cycles(code)


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    from lib.low import b",
        "def f():\n    import json",
        "async def f():\n    import lib.low.b",
        "class A:\n    def f(self):\n        import lib.low.b",
        "import importlib\ndef f():\n    importlib.import_module('lib.low.b')",
    ],
)
def test_an_import_inside_a_function_is_found(write, source):
    assert hidden_imports(write(low__a=source, low__b=""))


@pytest.mark.parametrize("name", ["torch", "logging", "concurrent.futures"])
def test_what_few_programs_need_may_be_imported_inside_a_function(write, name):
    assert not hidden_imports(write(low__a=f"def f():\n    import {name}"))


@pytest.mark.parametrize(
    "source",
    [
        "from lib.low.a import A\nA.x = 1",
        "from lib.low.a import A as B\nB.x: int = 1",
        "from lib.low import a\na.A.x = 1",
        "import lib.low.a\nlib.low.a.A.x = 1",
        "from lib.low import A\nA.x += 1",
        "from lib.low import A\ndel A.x",
        "from lib.low.a import A\nsetattr(A, 'x', 1)",
        "from lib.low.a import A\ndef f():\n    A.x = 1",
    ],
)
def test_an_attribute_set_on_a_foreign_class_is_found(write, source):
    code = write(low="from lib.low.a import A", low__a="class A: pass", high__b=source)
    assert foreign_assignments(code)


@pytest.mark.parametrize(
    "source",
    [
        "class A: pass\nA.x = 1",
        "from lib.low.a import value\nvalue.x = 1",
        "from lib.low.a import A\na = A()\na.x = 1",
    ],
)
def test_an_attribute_set_on_anything_else_is_fine(write, source):
    code = write(low__a="class A: pass\nvalue = A()", high__b=source)
    assert not foreign_assignments(code)
