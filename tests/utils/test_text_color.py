"""Colours in terminals."""

import io

import pytest

from pyglove import utils

RED, BLUE, BOLD, ON_BLUE, RESET = (f"\x1b[{n}m" for n in (31, 34, 1, 44, 0))


@pytest.fixture(autouse=True)
def colors_wanted(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("ANSI_COLORS_DISABLED", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")


def test_colored():
    assert utils.colored("a", "red") == f"{RED}a{RESET}"
    text = utils.colored("a", "red", background="blue", styles=["bold"])
    assert text == f"{BOLD}{ON_BLUE}{RED}a{RESET}"
    assert utils.colored("a") == "a"
    assert utils.colored(1, "red") == f"{RED}1{RESET}"


def test_names():
    assert utils.colored("a", "white") == f"\x1b[97ma{RESET}"
    assert utils.colored("a", "light_grey") == f"\x1b[37ma{RESET}"
    assert utils.colored("a", "grey") == utils.colored("a", "black")
    assert utils.colored("a", background="light_cyan") == f"\x1b[106ma{RESET}"
    with pytest.raises(KeyError, match=r"Expected a color among .*, got 'rot'"):
        utils.colored("a", "rot")
    with pytest.raises(KeyError, match=r"Expected a style among .*, got 'fett'"):
        utils.colored("a", styles=["fett"])


def test_no_color(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert utils.colored("a", "red") == "a"


@pytest.mark.parametrize("is_terminal", [False, True])
def test_terminal_decides(monkeypatch, is_terminal):
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    stdout = io.StringIO()
    stdout.isatty = lambda: is_terminal
    monkeypatch.setattr("sys.stdout", stdout)
    assert (utils.colored("a", "red") != "a") == is_terminal
    monkeypatch.setenv("TERM", "dumb")
    assert utils.colored("a", "red") == "a"


def test_decolor():
    assert utils.decolor(utils.colored("abc", "red", "blue", ["bold"])) == "abc"
    assert utils.decolor("abc") == "abc"


def test_colored_block():
    text = utils.colored_block("Hi {{ a }}, {{b}}", "{{", "}}", color="blue")
    assert text == f"Hi {BLUE}{{{{ a }}}}{RESET}, {BLUE}{{{{b}}}}{RESET}"
    assert utils.colored_block("Hi {{ a", "{{", "}}", color="blue") == "Hi {{ a"
    assert utils.colored_block("(a)", "(", ")") == "(a)"


def test_outer_color_goes_on_after_a_block():
    outer = utils.colored("Hi (x) yo", "red")
    assert utils.colored_block(outer, "(", ")", color="blue") == (
        f"{RED}Hi {BLUE}(x){RESET}{RED} yo{RESET}"
    )
