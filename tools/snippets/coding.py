"""Code given as text: permissions, execution, sandboxes, made functions."""

import inspect
import os
import threading

import pyglove as pg

C = pg.coding
P = C.CodePermission


def fail(code, **kwargs):
    """The error of a text, as far as wording does not matter."""
    try:
        C.evaluate(code, **kwargs)
    except C.CodeError as error:
        return type(error.cause).__name__, error.lineno, error.end_lineno
    except KeyboardInterrupt:
        return "interrupted"
    return None


def needs(code):
    """The permissions that a text does not do without."""
    result = []
    for flag in P:
        try:
            C.parse(code, P.ALL & ~flag)
        except C.CodeError:
            result.append(flag.name)
    return result


class Odd(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b


def throw(error):
    raise error


# Snippets
list(P)
P.BASIC
P.ALL
P.ASSIGN | P.LOOP
P["CALL"]
P["BASIC"]
P(256)
sorted(P.__members__)
C.get_permission()
C.get_context()
needs("1 + 1")
needs("x = 1")
needs("x, y = 1, 2")
needs("x[0] = 1")
needs("x.y = 1")
# Expected difference: permissions-cover-all-forms
needs("x += 1")
# Expected difference: permissions-cover-all-forms
needs("x: int = 1")
# Expected difference: permissions-cover-all-forms
needs("(x := 1)")
# Expected difference: permissions-cover-all-forms
needs("del x")
needs("if x: pass")
needs("x if y else z")
needs("match x:\n  case 1: pass")
needs("for i in x: pass")
needs("while x: pass")
needs("[i for i in x]")
needs("f()")
needs("f'{g()}'")
needs("raise x")
needs("assert x")
needs("try:\n  x\nfinally:\n  y")
# Expected difference: permissions-cover-all-forms
needs("try:\n  x\nexcept* y:\n  z")
needs("class A: pass")
needs("def f(): pass")
needs("async def f(): pass")
needs("async def f():\n  async for i in x: pass")
# Expected difference: permissions-cover-all-forms
needs("async def f():\n  async with x: pass")
needs("lambda: 1")
needs("return 1")
needs("yield 1")
needs("import os")
needs("from os import path")
# Expected difference: permissions-cover-all-forms
needs("@f\ndef g(): pass")
needs("with x: pass")
needs("not x and y < z")
type(C.parse("x = 1")).__name__
C.parse("f(")
C.parse(1)
with C.permission(P.ASSIGN) as p:
    print(p, C.get_permission(), fail("f()"), fail("x = 1"))
with C.permission(P.ASSIGN), C.permission(P.ALL) as p:
    print(p, fail("f()"))
with C.permission(P.ASSIGN):
    print(fail("f()", permission=P.ALL))
with C.permission(P.ALL):
    print(fail("x = int(1)", permission=P.ASSIGN))
with C.permission(P.CALL):
    threading.Thread(target=lambda: print(C.get_permission())).start()
C.evaluate("1 + 1")
C.evaluate("x = 1")
C.evaluate("x = y = 3")
C.evaluate("x, y = 1, 2")
C.evaluate("x: int = 5")
# Expected difference: the-last-statement-is-executed
C.evaluate("x: int")
# Expected difference: the-last-statement-is-executed
C.evaluate("x = 1\nx += 4")
# Expected difference: the-last-statement-is-executed
C.evaluate("x = [1]\nx[0] = 3", outputs_intermediate=True)["x"]
C.evaluate("def f(): return 1")()
C.evaluate("class A:\n  x = 1").x
C.evaluate("class A:\n  x = 1\nA").__module__
C.evaluate("print(1)")
C.evaluate("print(1)", returns_stdout=True)
C.evaluate("print(1)\n2", returns_stdout=True)
C.evaluate("print(1)\n2", returns_stdout=True, outputs_intermediate=True)
C.evaluate("x = 1\ny = x + 1\nprint(y)", outputs_intermediate=True) == {
    "x": 1,
    "y": 2,
    "__result__": None,
    "__stdout__": "2\n",
}
C.evaluate("if True:\n  x = 1\nelse:\n  x = 2")
C.evaluate("for i in range(3):\n  i")
C.evaluate("import os.path").__name__
C.evaluate("import os as o, sys").__name__
C.evaluate("from os import path") is os.path
C.evaluate("return 1")
fail("if True:\n  return 1")
C.evaluate("'''doc'''")
C.evaluate("x = (y := 2)")
C.evaluate("match 1:\n  case 1: y = 2")
C.evaluate("x = 1\nassert x")
# Expected difference: the-last-statement-is-executed
type(C.evaluate("pass")).__name__
C.evaluate("")
# Expected difference: the-last-statement-is-executed
C.evaluate("", outputs_intermediate=True)
C.evaluate("def f(n): return 1 if n == 0 else n * f(n - 1)\nf(5)")
C.evaluate("x = 3\n[x for i in range(2)]")
C.evaluate("a + 1", global_vars={"a": 1})
C.evaluate("a = a + 1\nb = a\nb", global_vars={"a": 1})
C.evaluate("a = a\nb", global_vars={"a": 1, "b": 2}, outputs_intermediate=True)
C.evaluate("class A(pg.Object):\n  x: int\nA(1)", global_vars={"pg": pg})
with C.context(x=1, y=2) as c, C.context(x=3) as d:
    print(c, d, C.get_context(), C.evaluate("x + y"))
with C.context(x=1):
    print(C.evaluate("x", global_vars={"x": 10}))
fail("1 / 0")
fail("\n\n1 / 0")
fail("y")
fail("def f():\n  1 / 0\n\nf()")
fail("x = (1 +\n  2)\nfor i in x:\n  pass")
fail("class A:\n  def f(self):\n    return self.y\n\nA().f()")
fail("import json\njson.loads('{')")
fail("exit()")
# Expected difference: interrupts-are-not-errors-of-the-code
fail("raise KeyboardInterrupt()")
fail("f(")
fail("  x = 1")
fail("x\0")
fail("def f(): f()\nf()")
C.evaluate("1 / 0")
C.CodeError("a\nb", ValueError("v")).format()
C.CodeError("a\nb", ValueError("v")).format(include_complete_code=False)
str(C.CodeError("a\nb\nc", SyntaxError("v", ("f", 2, 1, "b", 3, 1))))
C.CodeError("a\nb\nc", ValueError("v")).code_lines(1, 3)
C.CodeError("a\nb\nc", ValueError("v")).args
str(C.CodeError("1/0", C.CodeError("2/0", ValueError("x"))))
str(C.SerializationError(None, ValueError("a")))
str(C.SerializationError("m", ValueError("a")))
C.sandbox_call(lambda x: x + 1, 1)
C.sandbox_call(os.getpid) == os.getpid()
C.sandbox_call(throw, ValueError("a"))
# Expected difference: sandboxes-always-return
C.sandbox_call(throw, Odd(1, 2))
# Expected difference: sandboxes-always-return
C.sandbox_call(os._exit, 3, timeout=1)
C.sandbox_call(lambda: lambda: 1)
C.sandbox_call(threading.Event().wait, timeout=0.1)
C.sandbox_call(int, timeout=0)
C.sandbox_call(3)
C.maybe_sandbox_call(os.getpid, sandbox=False) == os.getpid()
C.maybe_sandbox_call(lambda: lambda: 1)()
C.maybe_sandbox_call(lambda: lambda: 1, sandbox=True)
C.run("x = 1\nx + 1")
C.run("import os", permission=P.BASIC)
C.run("while True: pass", timeout=0.1)
C.run("print(1)", returns_stdout=True)
C.run("class A: x = 1\nA()").x
C.run("class A: x = 1\nA()", sandbox=True)
C.run("1 / 0")
f = C.make_function("f", ["x", "y: int = 1"], ["z = x + y", "return z"])
f(1)
inspect.signature(f)
f.__name__
# Expected difference: generated-functions-have-a-source
f.__qualname__
# Expected difference: generated-functions-have-a-source
len(inspect.getsource(f)) > 0
inspect.signature(C.make_function("f", ["x"], ["return x"], return_type=int))
inspect.signature(C.make_function("f", ["x"], ["return x"], return_type=None))
C.make_function("f", ["x: A"], ["return A(x)"], exec_globals={"A": str})(1)
C.make_function("f", ["x: A"], ["return A(x)"], exec_locals={"A": str})(1)
C.make_function("f", ["x"], [])
C.make_function("f", ["x"], ["return ("])
