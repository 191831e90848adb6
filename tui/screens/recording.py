"""Adding, correcting and withdrawing records, and taking steps, by forms built from the definition."""

from __future__ import annotations

from dataclasses import replace

from casereview.commands import AddRecord, CorrectRecord, TakeStep
from casereview.decide.records import checked_value
from casereview.errors import CaseReviewError
from casereview.service.desk import Desk, Done
from casereview.service.reading import CaseView, StepView, show
from casereview.views import RecordRow
from tui.screens.asks import Answers, Ask, FieldFaults, Known, record_asks, typed
from tui.screens.doing import do_now, fill, known_for, sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.noticing import Notices, noticing
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.relying import rely
from workflows.definition import RecordKind

WHY = Ask("__reason", "Why is it corrected?", "line", required=True, says="what was written first stays readable")
ON = Ask("__on", "On which day did it happen?", "date", says="today when left empty")


# ---- records ---------------------------------------------------------------------------------------------------
def choose_record_kind(page: Page, view: CaseView) -> None:
    """The kinds of record this workflow has, those asked for by an open step first."""
    asked = {a.command.partition(f" record {view.case.ref} ")[2].partition(" ")[0]
             for s in view.steps for a in s.asked if not a.met}  # fmt: skip
    kinds = sorted(view.definition.records.values(), key=lambda kind: kind.name not in asked)
    choices = [Choice(kind.name, kind.title, "asked for now" if kind.name in asked else "") for kind in kinds]

    def chosen(name: str | None) -> None:
        if name is not None:
            add_record(page, view, view.definition.records[name])

    page.app.push_screen(PickScreen(f"Which record?  {view.case.ref}", choices), chosen)


def _points_to(kind: RecordKind) -> tuple[str, ...]:
    return tuple({f.of for f in kind.fields.values() if f.type == "record"})


def add_record(page: Page, view: CaseView, kind: RecordKind, start: Answers | None = None) -> None:
    """start: what stands in some of the fields already."""

    desk = page.desk

    def read() -> tuple[Known, Notices]:
        return known_for(desk, view, _points_to(kind)), noticing(desk, view, kind)

    def form(found: tuple[Known, Notices]) -> None:
        asks = record_asks(kind, view.case, view.definition, found[0], start)
        _record_form(page, view, kind, asks, None, notices=found[1])

    page.ask("known", read, form)


def correct_record(page: Page, view: CaseView, row: RecordRow) -> None:
    """The same form with what stands there now; only what differs is recorded, with the reason."""
    from casereview.service.versions import relied_on
    from casereview.service.written import record

    kind, desk, ref = view.definition.records[row.kind], page.desk, view.case.ref

    def read() -> tuple[Known, RecordRow, tuple[str, ...], Notices]:
        whole = record(desk, ref, row.number) if row.outline else row
        known = known_for(desk, view, _points_to(kind))
        return known, whole, relied_on(desk, ref, row.number), noticing(desk, view, kind)

    def form(found: tuple[Known, RecordRow, tuple[str, ...], Notices]) -> None:
        known, whole, relied, notices = found
        asks = record_asks(kind, view.case, view.definition, known, whole.values)
        _record_form(page, view, kind, asks, whole, relied, notices)

    page.ask("known", read, form)


def withdraw_record(page: Page, view: CaseView, row: RecordRow) -> None:
    """It no longer counts; it stays readable."""

    def command(answers: Answers) -> CorrectRecord:
        return CorrectRecord(row.number, typed([WHY], answers, page.desk.today)["__reason"], withdraw=True)

    says = "It will no longer count. What was written stays readable in the journal."
    sure(page, "Withdraw this record?", lambda: fill(page, view, "Withdraw", (WHY,), command), says)


def _record_form(
    page: Page, view: CaseView, kind: RecordKind, asks: tuple[Ask, ...], row: RecordRow | None,
    relied: tuple[str, ...] = (), notices: Notices | None = None,
) -> None:  # fmt: skip
    desk, ref = page.desk, view.case.ref
    began = {ask.name: ask.start if ask.start is not None else ([] if ask.type == "choices" else "") for ask in asks}
    extra = ON if row is None else replace(WHY, says=f"{WHY.says}. {rely(relied)}") if relied else WHY

    def submit(answers: Answers, seen: int | None) -> Done:
        values = {ask.name: answers[ask.name] for ask in asks}
        head = _head(extra, asks, answers, desk)
        if row is None:
            values = {name: value for name, value in values.items() if value not in ("", [])}
            command: AddRecord | CorrectRecord = AddRecord(kind.name, values, head.get("__on"))
        else:
            changed = {name: value for name, value in values.items() if value != began[name]}
            command = CorrectRecord(row.number, head["__reason"], changed)
        try:
            return desk.do(ref, command, seen=seen)
        except CaseReviewError:
            faults = faults_of(desk, ref, kind, command.values)
            if faults:
                raise FieldFaults(faults) from None
            raise

    form: FormScreen[Done] = FormScreen(
        f"{kind.title}: {ref}", (extra, *asks) if row else (*asks, ON), submit, says=kind.says, seen=view.case.number,
        renew=lambda: show(desk, ref).case.number,
    )  # fmt: skip
    form.notices = notices or {}
    offer_form(page, form, lambda done: page.kept(done.says))


def _head(extra: Ask, asks: tuple[Ask, ...], answers: Answers, desk: Desk) -> Answers:
    """The day or the reason, read; and everything required there, or FieldFaults for all of it at once."""
    faults: dict[str, str] = {}
    head: Answers = {}
    try:
        head = typed([extra], answers, desk.today)
    except FieldFaults as error:
        faults |= error.faults
    for ask in asks:
        if ask.required and answers[ask.name] in ("", []):
            faults[ask.name] = "This is needed."
    if faults:
        raise FieldFaults(faults)
    return head


def faults_of(desk: Desk, ref: str, kind: RecordKind, values: Answers) -> dict[str, str]:
    """Which answers cannot be kept and why, each by the rule the core itself holds it to."""
    faults: dict[str, str] = {}
    with desk.reading() as work:
        case = desk.case(work, ref)
        context = desk.context(work, case)
        for name, value in values.items():
            try:
                checked_value(case, kind.fields[name], value, context)
            except CaseReviewError as error:
                faults[name] = f"{error.says} {error.remedy or ''}".strip()
    return faults


# ---- steps -----------------------------------------------------------------------------------------------------
def take_step(page: Page, view: CaseView, step: StepView) -> None:
    """Asks the reason where the step asks one, and otherwise whether it is meant; then takes it."""
    name, title = step.step.name, step.step.title
    if step.asks_reason and step.ready:
        ask = Ask("reason", "Why?", "long", required=True)

        def command(answers: Answers) -> TakeStep:
            return TakeStep(name, typed([ask], answers, page.desk.today)["reason"])

        fill(page, view, title, (ask,), command, says=step.step.says or _leads(view, step))
    elif step.ready:
        sure(page, f"{title}?", lambda: do_now(page, view, TakeStep(name)), _leads(view, step))
    else:
        do_now(page, view, TakeStep(name))  # refused, with everything that is missing


def _leads(view: CaseView, step: StepView) -> str:
    track = view.definition.tracks.get(step.step.track or "")
    stage = (track.stages if track else view.definition.stages)[step.step.to]
    end = " This closes the case." if stage.end and track is None else ""
    return f"{view.case.ref} goes to “{stage.title}”.{end}"
