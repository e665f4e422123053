"""Logging to streams."""

import io
import logging
import re

import pytest

import pyglove as pg


@pytest.fixture(autouse=True)
def _restore():
    logger = pg.logging.get_logger()
    yield
    pg.logging.set_logger(logger)


def test_a_stream():
    stream = io.StringIO()
    logger = pg.logging.use_stream(stream, name="test_a_stream")
    assert logger is pg.logging.get_logger() is logging.getLogger("test_a_stream")
    assert logger.level == logging.INFO
    pg.logging.debug("a")
    pg.logging.info("b")
    form = r"INFO     \| \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \| b\n"
    assert re.fullmatch(form, stream.getvalue())


def test_another_stream_replaces_it():
    first, second = io.StringIO(), io.StringIO()
    for stream in (first, second):
        pg.logging.use_stream(stream, logging.DEBUG, "test_another", "{message}")
        pg.logging.debug("x")
    assert first.getvalue() == second.getvalue() == "x\n"


def test_handlers_of_others_stay():
    other = logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("test_handlers")
    logger.addHandler(other)
    pg.logging.use_stream(io.StringIO(), name="test_handlers")
    pg.logging.use_stream(io.StringIO(), name="test_handlers")
    assert len(logger.handlers) == 2
    assert other in logger.handlers


def test_standard_output(capsys):
    logger = pg.logging.use_stdout(fmt="{message}", level=logging.WARNING)
    assert logger.name == "stdout"
    pg.logging.info("a")
    pg.logging.warning("b")
    assert capsys.readouterr().out == "b\n"


def test_a_block():
    outer, inner = io.StringIO(), io.StringIO()
    logger = pg.logging.use_stream(outer, name="test_a_block", fmt="{message}")
    options = {"name": "test_a_block", "fmt": "{message}", "level": logging.DEBUG}
    with pg.logging.redirect_stream(inner, **options) as redirected:
        assert pg.logging.get_logger() is redirected
        pg.logging.debug("in")
    assert pg.logging.get_logger() is logger
    pg.logging.debug("no")
    pg.logging.info("out")
    assert (inner.getvalue(), outer.getvalue()) == ("in\n", "out\n")


def test_a_block_that_fails():
    before = pg.logging.get_logger()
    with pytest.raises(ValueError), pg.logging.redirect_stream(io.StringIO()):
        raise ValueError
    assert pg.logging.get_logger() is before
