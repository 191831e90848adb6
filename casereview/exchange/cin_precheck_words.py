"""What each of the sector's checks asks, in plain words: why it may be right, why not, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["error", "query", "warning"]
LONG_OPEN = "8670Q"


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. error: the collection does not take it; query: it asks for a change or a reason.

    right   when the check has found something wrong; wrong: when the data are as they should be
    do      what whoever makes the return can do
    """

    code: str
    weight: Weight
    says: str
    right: str
    wrong: str
    do: str


def _rules(*listed: tuple[str, str, str, str, str]) -> dict[str, Rule]:
    return {code: Rule(code, _weight(code), says, right, wrong, do) for code, says, right, wrong, do in listed}


def _weight(code: str) -> Weight:
    if code == LONG_OPEN:
        return "warning"  # the collection's question about long work is passed on; it is no judgement made here
    return "query" if code.endswith("Q") else "error"


_DATES = "Look at both days in the case and correct the one that is wrong, with the reason."
_FILE = "If it came in a census file, correct it where that file is made and read it in again."

RULES: dict[str, Rule] = _rules(
    (
        "1103",
        "An assessment starts before the referral it belongs to.",
        "One of the two days was typed wrongly, or the assessment belongs to an earlier referral.",
        "Work that began at once and a referral written down later look like this; the census knows no such thing.",
        _DATES,
    ),
    (
        "8608",
        "An assessment ends before it starts.",
        "One of the two days is wrong.",
        "Never: no reading of it is right.",
        _DATES,
    ),
    (
        "8696",
        "An assessment was authorised outside the census year.",
        "It belongs in the return of another year, or its date is wrong.",
        "The file it came from said so for this year; it is given back as it was said.",
        _FILE,
    ),
    (
        "8736",
        "An open assessment began before the census year.",
        "It was finished and nobody wrote the day down.",
        "It truly takes longer. The return has no place for it; the register here has, with its reason.",
        "If the work is finished, authorise it; if not, leave it out of the return and keep it in sight.",
    ),
    (
        "8670Q",
        "An assessment is open, and began more than 45 working days before 31 March, as the check counts.",
        "The work is done and was never authorised, or the child has been waited on without anyone looking why.",
        "It needs the time, and the reason and the manager's answer are recorded. Longer may or may not be a concern.",
        "Send the reason written in the case. It is no standing here, and counts days a little differently.",
    ),
    (
        "8863Q",
        "An assessment starts while another of the same referral is going on, or on the day that one ended.",
        "The same work was entered twice, or one of them was never closed.",
        "Two pieces of work for two questions, or one that began on the day the other ended.",
        "Read both. Void the one entered by mistake; otherwise send the reason.",
    ),
    (
        "8896",
        "Two or more assessments of one referral are open.",
        "One of them is finished, or was entered twice.",
        "Two questions are looked into at once. The collection wants one open assessment to a referral.",
        "Close the one that is done, or void the one that is double.",
    ),
    (
        "8867",
        "The episode is closed and an assessment in it is open.",
        "The assessment ended and was not authorised, or the closure is too early.",
        "Never in the census; in life a file is sometimes closed before the paper is.",
        "Authorise or void the assessment.",
    ),
    (
        "8614",
        "Factors are given for an assessment that is not completed.",
        "The day of authorisation is missing.",
        "Factors seen early are no mistake; the census takes them at the end.",
        "Add the day, or leave the factors until it is completed.",
    ),
    (
        "8897Q",
        "A completed assessment has no factors.",
        "They were found and not written down in the codes of the census.",
        "Its workflow has no place for them, and what was found is in the words of the assessment.",
        "Add them from the analysis and the decision in the case: casereview record CASE factors.",
    ),
    ("8898", "The same factor is given twice in one assessment.", "It was entered twice.", "Never.", _FILE),
    ("8869", "“No factors identified” (21) stands beside other factors.", "One of them is wrong.", "Never.", _FILE),
    (
        "8873Q",
        "The only assessment found no factors, and the episode did not end with RC8 or RC9.",
        "The episode ended after the assessment and the reason for closing is another.",
        "Help goes on for a reason the list of factors does not hold.",
        "Look at the decision, and send the reason.",
    ),
    (
        "8825Q",
        "The episode closed after an assessment (RC8 or RC9), and there is no assessment in it.",
        "The assessment is missing or hangs on another referral.",
        "It ended without being authorised here, and the census has no place for that.",
        "Find the assessment, or correct the reason for closing.",
    ),
    (
        "8831",
        "The referral is marked as needing no further action, and work followed.",
        "The mark is wrong.",
        "Something new came and was put on the old referral.",
        "Take the mark away, or give the new work its own referral.",
    ),
    (
        "8945Q",
        "Factor 18A is used, which was replaced by 18B and 18C.",
        "An old code was kept.",
        "The assessment was written when the code was in use.",
        _FILE,
    ),
    (
        "8950Q",
        "Factor 19A is used, which was replaced by 19B and 19C.",
        "An old code was kept.",
        "The assessment was written when the code was in use.",
        _FILE,
    ),
    (
        "2889",
        "A section 47 enquiry starts before the referral.",
        "One of the days is wrong.",
        "The enquiry belongs to an earlier referral.",
        _FILE,
    ),
    ("8615", "A section 47 enquiry starts after its conference.", "One of the days is wrong.", "Never.", _FILE),
    (
        "8675Q",
        "An enquiry began over 15 working days before 31 March, with no conference and no word that none was needed.",
        "The conference was held or found not to be needed, and nobody wrote it down.",
        "It has not been held yet. A child at risk is behind this line: look today.",
        "Look at the enquiry before the return, and write down what was decided.",
    ),
    (
        "8715",
        "An initial conference lies outside the census year.",
        "Its date is wrong, or it belongs to another year.",
        "The file it came from said so for this year.",
        _FILE,
    ),
    (
        "8740",
        "An enquiry without a conference began before the census year.",
        "How it ended was never written down.",
        "It is truly still open, which would be long.",
        _FILE,
    ),
    (
        "8839",
        "Two section 47 enquiries of one episode are open.",
        "One of them ended, or was entered twice.",
        "Two incidents are looked into at once.",
        _FILE,
    ),
    (
        "8868",
        "The episode is closed, and an enquiry in it has neither a conference nor the word that none was needed.",
        "How the enquiry ended was not written down.",
        "Never in the census.",
        _FILE,
    ),
    (
        "8870Q",
        "The target day of a conference is a Saturday or Sunday.",
        "The day was counted wrongly.",
        "Someone set it so on purpose.",
        _FILE,
    ),
    (
        "8875",
        "An initial conference is dated on a Saturday or Sunday.",
        "The day is wrong.",
        "It was truly held at a weekend; the collection does not take that.",
        _FILE,
    ),
    (
        "8890",
        "A section 47 enquiry starts while another of the episode is going on.",
        "The same enquiry was entered twice.",
        "A second incident.",
        _FILE,
    ),
    (
        "2884",
        "A conference date stands both with the enquiry and with the episode.",
        "It was entered twice: the place beside the episode is for children who moved in.",
        "Never.",
        _FILE,
    ),
    (
        "8525",
        "A child has neither a date of birth nor an expected one, or has both.",
        "It is known and was not entered here.",
        "It is truly not known yet.",
        "Add it where the children's details are kept (the detail `born`, as 2015-05-31).",
    ),
    (
        "8540",
        "A child's disability, or that there is none, is not given.",
        "It is known and was not entered here.",
        "It has not been asked yet.",
        "Add it to the details of the child (`disabilities`, or NONE).",
    ),
    (
        "8770Q",
        "A child over five has no pupil number and no valid reason for that.",
        "The number can be looked up.",
        "The child has never been at a school in England.",
        "Add `UPN`, or the census code of the reason as `UPN unknown`.",
    ),
)
