"""What lives as long as the process is listed in the documentation."""

import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "how-it-works.md"

# Methods that change a dict, a list or a set.
CHANGING = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop"),
    *("popitem", "popleft", "remove", "setdefault", "update"),
}
# What is made to change.
STATEFUL = {
    *("ContextVar", "LateBound", "PlanCache", "Scope", "TypeRegistry"),
    "WeakKeyDictionary",
    *("WeakSet", "WeakValueDictionary", "count", "deque", "local", "lru_cache"),
}
CACHES = ("functools.cache", "functools.lru_cache", "per_class")


def module_values(tree):
    """Values that are assigned to the names of a module."""
    values = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                values[name] = value
    return values


def changed_names(function):
    """Names that a function changes, or what they hold."""
    shared = {
        name
        for node in ast.walk(function)
        if isinstance(node, ast.Global)
        for name in node.names
    }
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                if method in CHANGING:
                    yield name
            case ast.Name(id=name, ctx=ast.Store()) if name in shared:
                yield name


def is_stateful(value):
    """Whether a module makes a thing that is meant to change."""
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in STATEFUL:
                    return True
    return False


def state_of(source):
    """Names of a module under which there is something that changes."""
    tree = ast.parse(source)
    values = module_values(tree)
    found = {name for name, value in values.items() if is_stateful(value)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            decorators = map(ast.unparse, node.decorator_list)
            if any(text.startswith(CACHES) for text in decorators):
                found.add(node.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found.update(name for name in changed_names(node) if name in values)
    return found


def documented():
    text = DOCUMENT.read_text().partition("## State of the process\n")[2]
    section = text.partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \| (.*?) \|", section, re.MULTILINE)
    return [
        f"{module}.{name}"
        for module, names in rows
        for name in re.findall(r"`(\w+)`", names)
    ]


def test_all_state_is_documented():
    package = ROOT / "pyglove"
    found = []
    for path in package.rglob("*.py"):
        module = ".".join(path.relative_to(package).with_suffix("").parts)
        found += [f"{module}.{name}" for name in state_of(path.read_text())]
    assert sorted(found) == sorted(documented())


def test_what_counts_as_state():
    source = """
import functools, itertools, threading
TABLE = {"a": 1}
known = {}
names: list[str] = []
users = 0
local = threading.local()
numbers = itertools.count()
scopes: Scope[int] = Scope("a", 1)
parse = functools.lru_cache(maxsize=3)(int)

def register(name):
    global users
    users += 1
    known[name] = TABLE[name]
    other = []
    other.append(name)

class Class:
    def method(self):
        names.append("b")

@functools.cache
def cached():
    return TABLE

@per_class
def of_class(cls):
    return cls
"""
    assert state_of(source) == {
        *("known", "names", "users", "local", "numbers", "scopes", "parse"),
        *("cached", "of_class"),
    }
