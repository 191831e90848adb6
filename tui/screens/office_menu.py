"""What the office offers, in one table: in plain words, what each takes, and the commands it does the work of."""

from __future__ import annotations

from dataclasses import dataclass

KEEPER = "data officer, business manager, service manager, chair or team manager"
WHOLE = "auditor or data officer"
ANYONE = "anyone"
LISTS = "anyone, through the cases they may know of"
LOOKING = f"looking: anyone; changing: {KEEPER}"


@dataclass(frozen=True, slots=True)
class Entry:
    """opens: module and function, called with the screen the office was opened from; loaded when it is wanted
    commands: the commands of the command line it does the work of
    """

    name: str
    label: str
    says: str
    takes: str
    opens: str
    commands: tuple[str, ...]
    group: str = "office"  # or "oversight", the page of whoever answers for the work of others


ENTRIES: tuple[Entry, ...] = (
    Entry("people", "People and offices", "Who works here, their logins, what they may decide", LOOKING,
          "people:show_people", ("people list", "people add", "people change", "people office", "people left")),
    Entry("teams", "Teams", "The teams cases belong to", LOOKING, "places:show_teams", ("team list", "team add")),
    Entry("closures", "Days without work", "Besides bank holidays; the dates of open cases move",
          LOOKING, "places:show_closures", ("closure list", "closure add")),
    Entry("children", "Children", "Those you may know of, and their brothers and sisters", ANYONE,
          "children:show_children", ("child list", "child add", "child show", "journey")),
    Entry("families", "Families owed news", "Promises broken, changed dates not told, who was told nothing yet",
          "looking: anyone; telling: whoever has a part in the case", "families:show_families", ("families",),
          group="oversight"),
    Entry("blockages", "Blockages", "What the system puts in the way of good work, and who takes it away",
          "looking and raising: anyone; taking away: its owner or a manager", "blockages:show_blockages",
          ("blockage list", "blockage raise", "blockage own", "blockage look", "blockage escalate",
           "blockage remove", "blockage debrief"), group="oversight"),
    Entry("past", "An earlier day", "As it was known at the end of a day; to be looked at", ANYONE,
          "past:ask_day", (), group="oversight"),
    Entry("figures", "Figures", "How long things take and why, with help and quality beside; stories, answers",
          f"looking and answering: anyone; which small numbers are hidden: {KEEPER}", "figures:show_figures",
          ("figures durations", "figures bunching", "figures same-day", "figures stages", "figures waiting",
           "figures explained", "figures end-to-end", "figures right-first-time", "figures urgent", "figures trend",
           "figures forecast", "figures in-time", "figures answer", "figures answers", "figures story",
           "figures settings"), group="oversight"),
    Entry("compare", "Beside England and others", "How long assessments took, in the published bands; never ranked",
          ANYONE, "compare:show_comparison", ("compare",), group="oversight"),
    Entry("published", "Published figures", "Which are kept here; reading the department's files in",
          f"looking: anyone; reading in: {KEEPER}", "compare:show_published", ("published", "import dfe"),
          group="oversight"),
    Entry("service", "Service information", "What children and parents say of the help; the population; questions",
          f"looking: anyone; entering: {KEEPER}", "service:show_service",
          ("service list", "service add", "service import", "service remove"), group="oversight"),
    Entry("quality", "Quality looks", "How good the work is, and what nobody looked at yet",
          LISTS, "quality_lists:show_looks", ("quality looks",), group="oversight"),
    Entry("themes", "Thematic samples", "Cases drawn at random for one theme, and what was found across them",
          "looking: anyone; drawing and gathering: manager, auditor, chair, service or business manager, data officer",
          "quality_samples:show_themes", ("quality sample", "quality themes", "quality theme", "quality give",
          "quality found"), group="oversight"),
    Entry("goals", "Goals and progress", "Agreed with families, beside the beginning; where to think again",
          LISTS, "quality_lists:show_goals", ("quality goals",), group="oversight"),
    Entry("early", "Closed early, came again", "Stopping early is a success where it lasts", LISTS,
          "quality_lists:show_early", ("quality early",), group="oversight"),
    Entry("look-back", "Did it last?", "Closed cases to look back at, and what was answered",
          f"looking: anyone; when it is asked: {KEEPER}", "quality_lists:show_look_backs",
          ("quality look-back", "quality local"), group="oversight"),
    Entry("repeats", "Repeated concern", "Children and families referred more than once, whatever the times were",
          LISTS, "quality_lists:show_repeats", ("repeats",), group="oversight"),
    Entry("continuity", "Continuity", "Who has been each child's worker, and how often it changed", LISTS,
          "quality_lists:show_continuity", ("continuity",), group="oversight"),
    Entry("referrers", "Referrers not answered", "Who asked us to help, and has not heard what came of it",
          "looking: anyone; telling: whoever has a part in the case", "quality_lists:show_referrers", ("referrers",),
          group="oversight"),
    Entry("voices", "What children and families said", "Their own words, newest first", LISTS,
          "quality_voices:show_voices", ("voices",), group="oversight"),
    Entry("overrides", "What was set aside", "In every case you may know of: by whom, and why", ANYONE,
          "overrides:show_overrides", ("overrides",), group="oversight"),
    Entry("report-oversight", "Write the board pack", "What a board needs to see, without a name of a child or family",
          ANYONE, "reporting:ask_oversight", ("report oversight",), group="oversight"),
    Entry("report-annual", "Write the annual report", "The year, beside what people judge of the help that was given",
          ANYONE, "reporting:ask_annual", ("report annual",), group="oversight"),
    Entry("effectiveness", "How effective help was", "Somebody's assessment of a year, for the annual report", KEEPER,
          "reporting_sent:ask_effectiveness", ("report effectiveness",), group="oversight"),
    Entry("report-sample", "Write a sample of the work", "For inspection: chosen cases, or drawn at random", ANYONE,
          "reporting:ask_sample", ("report sample",), group="oversight"),
    Entry("sent", "Papers sent", "Which paper went to whom, and when", f"looking: anyone; recording: {KEEPER}",
          "reporting_sent:show_sent", ("report sent", "report send"), group="oversight"),
    Entry("recipients", "Who receives papers", "Names and posts of those the board's papers go to", LOOKING,
          "reporting_sent:show_recipients", ("report recipients", "report recipient"), group="oversight"),
    Entry("today-settings", "Morning list numbers", "After how many days silence is asked about, and the others",
          KEEPER, "morning_export:ask_settings", ("today-settings",), group="oversight"),
    Entry("workflows", "Workflows", "Read one, see its map, check a file for faults", ANYONE,
          "flows:show_workflows", ("workflows list", "workflows show", "workflows map", "workflows check")),
    Entry("profiles", "Timescale profiles", "Editions, exemptions, local figures; a case keeps the one it began with",
          LOOKING, "profiles:show_profiles",
          ("profile list", "profile show", "profile check", "profile adopt", "profile withdraw")),
    Entry("clocks", "Clocks", "Times that guidance and protocols name, and how far to rely on each", ANYONE,
          "clocks:show_clocks", ("clocks",)),
    Entry("dates", "Count a date", "Any length of time from any day, day by day", ANYONE,
          "counting:count_date", ("explain-date",)),
    Entry("reviewers", "Reviewers", "Who may lead a review: accreditation, independence, what is in hand",
          "looking: anyone; keeping: chair, business manager, service manager or data officer",
          "reviewers:show_reviewers", ("reviewer list", "reviewer add", "reviewer change", "reviewer remove"),
          group="learning"),
    Entry("pool", "Findings across reviews", "What recurs, in how many reviews of how many; similar ones; links",
          "looking: anyone, through the reviews they may know of; linking: anyone", "pool:show_pool",
          ("pool", "similar", "pattern show", "pattern link", "pattern table"), group="learning"),
    Entry("links", "Same patterns", "Pairs of findings people said are the same pattern, with the reason", LISTS,
          "pool_similar:show_links", ("pattern list", "pattern unlink"), group="learning"),
    Entry("packs", "Learning packs", "What other boards found and tried; taking one in, sending one of ours",
          "looking: anyone; in and out: chair, business manager or data officer", "packs:show_packs",
          ("pack list", "pack show", "pack remove", "import pack", "export pack"), group="learning"),
    Entry("recommendations", "Recommendations", "From anywhere: answers, positions, dates that moved, gaps",
          f"looking: anyone; reading in: {KEEPER}", "recommendations:show_recommendations",
          ("recommendations", "recommendation show", "recommendation import", "recommendation example"),
          group="learning"),
    Entry("position", "Write the position paper", "Where each recommendation stands, for the board", ANYONE,
          "recommendations:ask_position", ("report position",), group="learning"),
    Entry("actions", "Actions across reviews", "Who sees to it, what difference is meant, whether it helped",
          "looking: anyone; looking at an effect: board people of the review", "actions:show_actions", ("actions",),
          group="learning"),
    Entry("words", "Words the prompts notice", "Besides the shipped ones; and when it is asked who was not heard",
          LOOKING, "actions:ask_words", ("method-settings",), group="learning"),
    Entry("import-cin", "Read a census file in", "Children in need census: tried first, then read in",
          KEEPER, "landing:ask_census", ("import cin",)),
    Entry("import-annex", "Read an Annex A workbook in", "Lists 2 to 5: tried first, row by row, then read in",
          KEEPER, "landing_sheets:ask_annex", ("import annex-a",)),
    Entry("import-table", "Read a table in", "CSV or a spreadsheet, with a mapping; tried first, row by row",
          KEEPER, "landing_sheets:ask_table", ("import csv",)),
    Entry("import-bundle", "Read a bundle in", "Cases from another store, each once", WHOLE,
          "bundles:ask_bundle_in", ("import bundle",)),
    Entry("export-bundle", "Write a bundle", "One case, or the whole store, with every entry",
          f"one case: whoever may see it; the whole store: {WHOLE}", "bundles:ask_bundle_out", ("export bundle",)),
    Entry("export-cin", "Write the census return", "Of a year, checked first, with every finding explained",
          f"one team's part: anyone; the whole: {WHOLE}", "returns:ask_return", ("export cin",)),
    Entry("verify", "Check the store", "That nothing was altered; anchors; lists made again", WHOLE,
          "checking:ask_verify", ("verify",)),
    Entry("backup", "Copy the store", "The whole of it, checked, into a new file", WHOLE,
          "checking:ask_backup", ("backup",)),
)  # fmt: skip


def entries_of(group: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in ENTRIES if entry.group == group)


def entry_named(name: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.name == name)
