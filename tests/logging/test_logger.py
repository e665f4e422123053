"""The logger, and where messages come from."""

import functools
import io
import logging

import pytest

import pyglove as pg


@pytest.fixture(autouse=True)
def _restore():
    logger = pg.logging.get_logger()
    yield
    pg.logging.set_logger(logger)


@pytest.fixture
def stream():
    stream = io.StringIO()
    fmt = "{levelname} {filename} {funcName} {message}"
    pg.logging.use_stream(stream, logging.DEBUG, name="test_logger", fmt=fmt)
    return stream


def test_the_root_logger_is_the_default(caplog):
    assert pg.logging.get_logger() is logging.getLogger()
    pg.logging.warning("hello %s", "x")
    assert "hello x" in caplog.text


def test_levels(stream):
    for name in ("debug", "info", "warning", "error", "critical"):
        getattr(pg.logging, name)("a %d", 3)
    assert stream.getvalue().splitlines() == [
        f"{name} test_logger.py test_levels a 3"
        for name in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    ]


def helper(message):
    inner(message)


def inner(message):
    pg.logging.info(message)


class Holder:
    def method(self):
        pg.logging.info("method")

    @classmethod
    def class_method(cls):
        pg.logging.info("class method")


def test_frames_to_skip(stream):
    helper("a")
    assert pg.logging.register_frame_to_skip(inner)
    helper("b")
    assert pg.logging.register_frame_to_skip([helper, inner])
    helper("c")
    assert stream.getvalue().splitlines() == [
        "INFO test_logger.py inner a",
        "INFO test_logger.py helper b",
        "INFO test_logger.py test_frames_to_skip c",
    ]


def test_methods_to_skip(stream):
    holder = Holder()
    pg.logging.register_frame_to_skip([holder.method, Holder.class_method])
    holder.method()
    holder.class_method()
    assert stream.getvalue().count("test_methods_to_skip") == 2


def test_levels_of_the_stack(stream):
    def outer():
        pg.logging.info("x", stacklevel=2)

    outer()
    assert "test_levels_of_the_stack" in stream.getvalue()


@pytest.mark.parametrize("method", [3, len, "text", int])
def test_what_cannot_be_skipped(method):
    with pytest.raises(TypeError, match="written in Python"):
        pg.logging.register_frame_to_skip(method)


def test_a_partial_function_is_its_function(stream):
    def outer():
        pg.logging.info("x")

    pg.logging.register_frame_to_skip(functools.partial(outer))
    outer()
    assert "test_a_partial_function" in stream.getvalue()


class Skipping(logging.Logger):
    """A logger that skips frames by itself, as that of absl does."""

    seen: list = []

    @classmethod
    def register_frame_to_skip(cls, file_name, function_name, line_number=None):
        cls.seen.append((file_name, function_name))
        return True


def test_loggers_that_skip_frames():
    def before():
        pass

    def after():
        pass

    pg.logging.register_frame_to_skip(before)
    pg.logging.set_logger(Skipping("skipping"))
    names = {name for _, name in Skipping.seen}
    assert {"debug", "info", "warning", "error", "critical", "before"} <= names
    pg.logging.register_frame_to_skip(after)
    assert Skipping.seen[-1] == (__file__, "after")
    pg.logging.info("x")


class Plain:
    """An object that is no `logging.Logger`."""

    def __init__(self):
        self.messages = []

    def debug(self, msg, *args):
        self.messages.append(msg % args)

    info = warning = error = critical = debug


def test_loggers_of_other_kinds():
    plain = Plain()
    pg.logging.set_logger(plain)
    assert pg.logging.get_logger() is plain
    pg.logging.error("a %s", "b")
    assert plain.messages == ["a b"]


def test_what_is_no_logger():
    with pytest.raises(TypeError, match="as logger"):
        pg.logging.set_logger(3)


def test_the_library_logs_to_it():
    plain = Plain()
    pg.logging.set_logger(plain)
    for _, feedback in pg.sample(pg.oneof([1]), pg.geno.Random(), num_examples=1):
        with feedback.skip_on_exceptions((ZeroDivisionError,)):
            1 / 0  # noqa: B018
    assert "ZeroDivisionError" in plain.messages[0]


def test_typing_names_of_the_published_package():
    for name in ("Any", "Callable", "Iterator", "List", "Union"):
        assert getattr(pg.logging, name)
        assert name not in dir(pg.logging)
    with pytest.raises(AttributeError):
        pg.logging.Nothing  # noqa: B018
