"""What the workbench of a review offers, in one table: its views, and the commands they do the work of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tool:
    """opens: module and function, called with the page and the case's reference; loaded when it is wanted
    commands: the commands of the command line it does the work of
    """

    name: str
    label: str
    says: str
    opens: str
    commands: tuple[str, ...]


TOOLS: tuple[Tool, ...] = (
    Tool("commissioning", "Commissioning", "Referral, decision, scope, and who leads it",
         "commissioning:show_commissioning", ("commissioning",)),
    Tool("story", "The story", "How it looked to each, and who knew what from when",
         "narrative:show_story", ("story",)),
    Tool("tunnel", "View from the tunnel", "As one could see it on one day; two side by side",
         "tunnel:show_tunnel", ("tunnel", "side-by-side")),
    Tool("timeline", "Timeline", "The case on an axis, and the course of the review",
         "timeline:show_timeline", ("timeline",)),
    Tool("episodes", "Key practice episodes", "What mattered, and how it made sense then",
         "episodes:show_episodes", ("episodes",)),
    Tool("agencies", "Agencies", "What each was asked for, what came, what is missing; the list to chase by",
         "gathering:show_agencies", ("agencies",)),
    Tool("conversations", "Conversations", "Who was asked to speak, what became of it, and what they said",
         "gathering:show_conversations", ("conversations", "conversation", "pseudonym")),
    Tool("meetings", "Meetings", "Who came, what was looked at, decided and changed", "meetings:show_meetings",
         ("meetings",)),
    Tool("comments", "Comments", "What was said of the account and the findings, answered one by one",
         "meetings:show_comments", ("comments",)),
    Tool("findings", "Findings", "The patterns, how firmly each stands, the board's answer, what came of it",
         "findings:show_findings", ("findings", "finding")),
    Tool("elsewhere", "Findings elsewhere", "What other reviews and boards found that is like a finding of this one",
         "pool:show_elsewhere", ("similar", "pattern show")),
    Tool("prompts", "Prompts", "What the method asks, to be answered, kept or silenced; the four features",
         "prompting:show_prompts", ("prompts",)),
    Tool("markers", "Quality markers", "Eighteen questions about how the review is done",
         "markers:show_markers", ("markers",)),
    Tool("processes", "Other processes", "Trials, inquests, courts: what they touch, what is agreed, when to look",
         "publishing:show_processes", ("processes",)),
    Tool("publication", "Publication", "Each document of the review, and where it stands with the public",
         "publishing:show_publication", ("publication",)),
    Tool("scan", "Before publication", "Who could be known from what would be published, and where",
         "scanning:show_scan", ("scan",)),
    Tool("papers", "Papers", "The report, the learning brief, the board's response; lists to chase by, agendas",
         "reporting_review:show_papers",
         ("report review", "report brief", "report response", "report chase", "report agenda")),
    Tool("identity", "Identity key", "Who the made-up names stand for; kept apart, every reading written down",
         "keeping:show_identities",
         ("identity list", "identity add", "identity change", "identity remove", "identity dispose")),
    Tool("reads", "Who read what", "Readings of conversations and of the identity key",
         "keeping:show_reads", ("reads",)),
)  # fmt: skip
