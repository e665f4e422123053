"""Programs that a search has made lately, by their JSON text."""

import threading
from typing import Any

from pyglove.hyper.mutation_point import Link, MutationFinder, MutationType
from pyglove.symbolic import from_json_str, to_json_str
from pyglove.symbolic.internal import is_as_loaded, plain_json_str

Places = list[tuple[MutationType, Link | None]]


class _Entry:
    """A program in the cache.

    Attributes:
      program: The program, which is never modified; None until it is needed.
      places: Its mutation points; None until they are needed.
    """

    __slots__ = ("places", "program")

    def __init__(self, program: Any):
        self.program = program
        self.places: Places | None = None


class ProgramCache:
    """The programs that were encoded or decoded lately, as parents are needed again.

    Only programs of objects, lists, dicts and atoms are kept. A copy of such a program
    equals a newly loaded one.

    Args:
      finder: Finds the mutation points of the programs.
    """

    __slots__ = ("_entries", "_finder", "_lock")

    _SIZE = 256

    def __init__(self, finder: MutationFinder) -> None:
        self._finder = finder
        # By text, the least recently used first.
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def text_of(self, program: Any, is_own: bool = False) -> str:
        """Returns a program as JSON text.

        Args:
          program: The program.
          is_own: Whether the caller hands over the program, so that it needs no copy.
        """
        text = plain_json_str(program)
        if text is None:
            return to_json_str(program)
        if text not in self._entries:
            kept = None
            if is_as_loaded(program):
                kept = program if is_own else program.sym_clone()
            self._put(text, _Entry(kept))
        return text

    def program_of(self, text: str) -> Any:
        """Returns a new program for a text.

        Args:
          text: JSON text.
        """
        entry = self._entries.get(text)
        return from_json_str(text) if entry is None else self._copy(text, entry)

    def parent_of(self, text: str) -> tuple[Any, Places]:
        """Returns a new program for a text, with its mutation points.

        Args:
          text: JSON text.
        """
        entry = self._entries.get(text)
        if entry is None:
            program = from_json_str(text)
            return program, self._finder.places(program)
        program = self._copy(text, entry)
        if entry.places is None:
            entry.places = self._finder.places(program)
        return program, entry.places

    def _copy(self, text: str, entry: _Entry) -> Any:
        if entry.program is None:
            program = from_json_str(text)
            entry.program = program.sym_clone()
        else:
            program = entry.program.sym_clone()
        self._put(text, entry)
        return program

    def _put(self, text: str, entry: _Entry) -> None:
        """Makes an entry the last one, and drops the first if there are too many."""
        with self._lock:
            self._entries.pop(text, None)
            self._entries[text] = entry
            if len(self._entries) > self._SIZE:
                del self._entries[next(iter(self._entries))]
