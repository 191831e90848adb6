"""Where a run begins: settings, the one wiring of store, clock, person and catalogue, and what becomes of errors."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casereview.ports import Clock, Reading, Store
    from casereview.service.desk import Desk

INTERRUPTED = 130  # as shells do: 128 and the number of the signal
PIPE_CLOSED = 141


class PipeClosed(Exception):
    """Whoever read our output has enough of it; not an error of anybody's."""


@dataclass(slots=True)
class Settings:
    """What a person set for this run: the command line wins over the environment.

    store      a path or URL; "" is the default place; `place` is the one that counts
    person     of --as: an id, a login or a whole name; "" is whoever is logged in
    today      as typed after --today; "" is the clock's own day
    no_screen  never open the full screen
    typed      the names of the settings that were given on the line
    """

    store: str = ""
    person: str = ""
    today: str = ""
    workflows: str = ""
    json: bool = False
    debug: bool = False
    no_screen: bool = False
    typed: set[str] = field(default_factory=set)
    opened: list[Store] = field(default_factory=list)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        return cls(
            environment.get("CASEREVIEW_STORE", ""),
            environment.get("CASEREVIEW_USER", ""),
            environment.get("CASEREVIEW_TODAY", ""),
            environment.get("CASEREVIEW_WORKFLOWS", ""),
        )

    @property
    def place(self) -> str:
        return self.store or str(data_folder() / "casereview.db")

    @property
    def shown_place(self) -> str:
        """The place without the password a URL may hold."""
        scheme, there, rest = self.place.partition("://")
        who, at, where = rest.rpartition("@")
        return f"{scheme}{there}{who.partition(':')[0]}{at}{where}" if there and at else self.place

    @property
    def catalogue_folder(self) -> Path:
        """Where a board keeps workflows of its own."""
        if self.workflows:
            return Path(self.workflows).expanduser()
        import platformdirs

        return Path(platformdirs.user_config_dir("casereview", appauthor=False)) / "workflows"

    def clock(self) -> Clock:
        """The computer's clock, or one that stands at --today. Raises CaseReviewError for what is no date."""
        from casereview.clock import PinnedClock, SystemClock

        if not self.today:
            return SystemClock()
        from casereview.text import parse_date

        return PinnedClock(parse_date(self.today, "--today"))

    def close(self) -> None:
        for store in self.opened:
            store.close()
        self.opened.clear()


def data_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("casereview", appauthor=False))


def os_login() -> str:
    """The login of the operating system's own record, not of an environment anyone can set."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows; or a user id without a name, as in some containers
        try:
            return os.getlogin()
        except OSError:
            uid = getattr(os, "getuid", None)
            return f"uid-{uid()}" if uid else "unknown"


def login_at(place: str) -> tuple[str, bool]:
    """Who is at the keyboard, and whether a server vouches for it (then nobody acts for somebody else)."""
    from storage import current_login

    login = current_login(place)
    return (login, True) if login is not None else (os_login(), False)


# ---- the one wiring -----------------------------------------------------------------------------------------
def open_desk(settings: Settings) -> Desk:
    """The desk of whoever acts. Raises StoreProblem, NotFound (nobody of that name) or CaseReviewError."""
    from storage import open_store

    clock = settings.clock()
    store = open_store(settings.place, clock=clock)
    settings.opened.append(store)
    login, vouched = login_at(settings.place)
    with store.read() as work:
        person, acting_as = _who(work, settings.person, login, vouched)
    return _desk(settings, store, clock, person, acting_as)


def create_desk(settings: Settings, *, practice: bool, nation: str, person: str = "system") -> Desk:
    """Makes the store and gives the desk of its first `person`, whom the caller then adds."""
    from storage import open_store

    clock = settings.clock()
    store = open_store(settings.place, create=True, practice=practice, nation=nation, clock=clock)
    settings.opened.append(store)
    return _desk(settings, store, clock, person, "")


def resume_desk(settings: Settings, *, person: str) -> Desk | None:
    """The desk of the first person of a store that knows nobody yet (making it was cut off); None of any other."""
    from casereview.errors import StoreProblem
    from storage import open_store

    clock = settings.clock()
    try:
        store = open_store(settings.place, clock=clock)
    except StoreProblem:
        return None
    settings.opened.append(store)
    with store.read() as work:
        begun = bool(work.people())
    return None if begun else _desk(settings, store, clock, person, "")


def create_empty_desk(settings: Settings) -> Desk:
    """A store without even a first entry, for a bundle that brings its own."""
    from storage import open_store

    clock = settings.clock()
    store = open_store(settings.place, create=True, empty=True, clock=clock)
    settings.opened.append(store)
    return _desk(settings, store, clock, "system", "")


def store_exists(place: str) -> bool:
    """Whether something is at this place already (for a file; a server is asked when it is opened)."""
    return "://" not in place and os.path.exists(Path(place).expanduser())  # noqa: PTH110 - no error for an impossible path


def upgrade_store(settings: Settings, progress: Callable[[str, int, int], None]) -> tuple[str | None, int]:
    """Brings an older store to this program's schema, and makes its lists again from the journal.

    The path of the copy made first, None if none was; and how many cases there are, 0 where nothing was to do.
    """
    from casereview.service.refold import rebuild
    from storage import needs_upgrade, open_store, upgrade

    if not needs_upgrade(settings.place):
        return upgrade(settings.place, now=settings.clock().now()), 0
    copy = upgrade(settings.place, now=settings.clock().now())
    store = open_store(settings.place, clock=settings.clock())
    settings.opened.append(store)
    desk = _desk(settings, store, settings.clock(), "system", "")
    with store.write() as work:  # what is kept of cases is newer than what was folded of them
        return copy, rebuild(desk, work, progress)


def copy_store(settings: Settings, source: str) -> None:
    """Puts a whole copy of the store at `source` where this run's store belongs. Raises StoreProblem."""
    from storage import open_store

    store = open_store(source, clock=settings.clock())
    settings.opened.append(store)
    store.backup(settings.place)


def _desk(settings: Settings, store: Store, clock: Clock, person: str, acting_as: str) -> Desk:
    from casereview.service.desk import Desk
    from workflows.catalogue import Catalogue

    catalogue = Catalogue(settings.catalogue_folder)
    return Desk(store, clock, catalogue, person, acting_as, today_set=bool(settings.today))


def _who(work: Reading, wanted: str, login: str, vouched: bool) -> tuple[str, str]:
    """The person who acts, and the login that does it for them where it is not their own."""
    from casereview.errors import CaseReviewError, NotFound
    from casereview.service.registry import find_person

    known = [p for p in work.people() if p.login == login and not p.left]
    mine = known[0] if known else None
    if wanted:
        person = find_person(work, wanted)
        if person.left:
            raise NotFound(f"{person.name} has left and can no longer act", where="--as", remedy="Leave out --as.")
        if vouched and (mine is None or person.id != mine.id):
            raise CaseReviewError(
                f"on this store {login!r} acts for nobody else", where="--as", remedy="Leave out --as."
            )
        return person.id, "" if mine is not None and person.id == mine.id else login
    if mine is None:
        raise NotFound(
            f"the login {login!r} belongs to nobody in this store",
            remedy=f"Someone who keeps it can add you: casereview people add 'YOUR NAME' --login {login}",
        )
    return mine.id, ""


# ---- a run ----------------------------------------------------------------------------------------------------
def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status; never a traceback unless --debug asks for it."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    settings = Settings.of(os.environ)
    settings.debug = "--debug" in arguments
    try:
        _as_utf8()
        if not arguments and sys.stdin.isatty() and sys.stdout.isatty():
            # The commonest start of all asks nothing of the command line, which takes as long to import as the rest.
            return _screens(settings)
        from tui.commands.app import run

        return run(arguments, settings)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        return _pipe_closed()
    except Exception as problem:
        return _said(problem, settings, "--json" in arguments)
    finally:
        settings.close()


def _screens(settings: Settings) -> int:
    """The first words are on the screen before the store is opened, where there is one to open."""
    import gc

    from tui.screens.app import run_screens

    gc.disable()  # what is imported stays: looking for what could go would only take time
    opening = partial(open_desk, settings)
    there = "://" in settings.place or store_exists(settings.place)
    return run_screens(opening if there else opening(), own_workflows=settings.catalogue_folder)


def _said(problem: Exception, settings: Settings, json: bool) -> int:
    from tui.commands.output import print_error

    if settings.debug:
        import traceback

        traceback.print_exception(problem)
    settings.json = settings.json or json
    try:
        return print_error(problem, settings)
    except (PipeClosed, BrokenPipeError):
        return _pipe_closed()


def _as_utf8() -> None:
    """Names and signs are UTF-8 wherever the output goes; what a terminal cannot show becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _pipe_closed() -> int:
    """Whoever read our output has enough of it (`| head`): leave without a word."""
    with contextlib.suppress(OSError, ValueError):  # a stream that is no file of this process has nothing to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
