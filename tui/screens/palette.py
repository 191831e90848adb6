"""The command palette: only what can be done on this screen now, by the names the command line uses too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.screens.app import CaseReviewApp
from tui.screens.office import OfficeScreen, open_entry
from tui.screens.office_menu import ENTRIES
from tui.screens.page import Offer, Page


class Offers(Provider):
    """What the screen offers, then what every screen does."""

    def _offers(self) -> Iterator[Offer]:
        screen, app = self.screen, self.app
        if isinstance(screen, Page):
            yield from screen.offers()
        if isinstance(app, CaseReviewApp):
            for mode, label, says in (
                ("cases", "Go to the cases", "The list of cases"),
                ("overdue", "Go to the overdue register", "Everything past its dates, with reasons and answers"),
                ("today", "Go to today's questions", "What waits for you this morning"),
            ):
                if app.current_mode != mode or len(app.screen_stack) > 1:
                    yield Offer(label, says, partial(app.action_go, mode))
            if isinstance(screen, Page) and not isinstance(screen, OfficeScreen):
                yield Offer("Office", "People, teams, workflows, files in and out, the store", app.action_office)
                yield Offer("Oversight", "Families, blockages, quality, figures, reports", app.action_oversight)
                for entry in ENTRIES:
                    yield Offer(entry.label, entry.says, partial(open_entry, screen, entry))
            yield Offer("Help", "The keys of this screen, and what the signs mean", app.action_help)
            yield Offer("Leave casereview", "Everything recorded is kept", app.action_quit)

    async def discover(self) -> Hits:
        for offer in self._offers():
            yield DiscoveryHit(Content(offer.label), offer.run, offer.label, offer.says)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for offer in self._offers():
            score = max(matcher.match(offer.label), matcher.match(offer.says) / 2)
            if score > 0:
                yield Hit(score, Content(offer.label), offer.run, offer.label, offer.says)
