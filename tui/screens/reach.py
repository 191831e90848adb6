"""Where on the screens each command of the command line is done; and the few that begin before there is a store."""

from __future__ import annotations

from tui.screens.acts import ACTS
from tui.screens.office_menu import ENTRIES
from tui.screens.workbench_menu import TOOLS

# Commands that are neither an act on a case nor a line of the office: their screen, and what is pressed there.
ON_SCREENS: dict[str, tuple[str, str]] = {
    "cases": ("app:CaseReviewApp", "go('cases')"),
    "overdue": ("app:CaseReviewApp", "go('overdue')"),
    "today": ("app:CaseReviewApp", "go('today')"),
    "queries": ("listing:ListPage", "words"),
    "view list": ("listing:ListPage", "views"),
    "view show": ("listing:ListPage", "views"),
    "view save": ("listing:ListPage", "views"),
    "view remove": ("listing:ListPage", "views"),
    "reassign": ("listing:ListPage", "hand_over"),
    "mark-seen": ("listing:ListPage", "mark_seen"),
    "open": ("caseload:CaseloadScreen", "open_new"),
    "show": ("case:CaseScreen", "tab('next')"),
    "why": ("case:CaseScreen", "tab('next')"),
    "records": ("case:CaseScreen", "tab('records')"),
    "history": ("case:CaseScreen", "history"),
    "step": ("case:CaseScreen", "tab('next')"),
    "record": ("case:CaseScreen", "record"),
    "decide": ("case:CaseScreen", "decision"),
    "correct": ("case:CaseScreen", "tab('records')"),
    "versions": ("case:CaseScreen", "tab('records')"),
}

# They make, replace or convert the store itself, before there is one that the screens could have open.
BEFORE_A_STORE: dict[str, str] = {
    "init": "there is no store yet, and nobody in it who could open the screens",
    "demo": "it makes a practice store and opens the screens on it",
    "restore": "it brings a store to where there is none; one that is open is never replaced",
    "upgrade": "a store of an older casereview cannot be opened before",
}


def reached() -> set[str]:
    """Every command whose work can be done on the screens."""
    acts = {act.name.partition(" --")[0] for act in ACTS}
    lines = (*(entry.commands for entry in ENTRIES), *(tool.commands for tool in TOOLS))
    opened = {command for commands in lines for command in commands}
    return acts | opened | set(ON_SCREENS)
