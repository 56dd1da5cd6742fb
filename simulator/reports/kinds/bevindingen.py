"""What the Inspectie would have found: a report about one swv at one visit, or an overview of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.reports import anatomy, finances, honesty, origins, overview, visited, waiting, wording
from simulator.reports.accounting import accounted
from simulator.reports.blocks import Block, Bullets, Chapters, Document, Heading, Paragraph, Text, joined, text
from simulator.reports.context import Context
from simulator.reports.honesty import Provenance
from simulator.reports.pictures import swv as pictures
from simulator.reports.subject import subject

if TYPE_CHECKING:
    from simulator.kader.standards import Aspect, Indicator
    from simulator.reports.context import Duty
    from simulator.reports.source import Asked

TAKES = "run"


def build(asked: Asked) -> Document:
    """The report."""
    if asked.scope.kind != "swv":
        return overview.build(asked)
    source = asked.source
    about = subject(source.player, source.replication(asked.replication), asked.scope.codes[0], asked.visit)
    context = Context(about)
    origin = Provenance(
        source.scenario.kader, (source.scenario,), (source.id,), (source.replications,), asked.replication,
        honesty.plan_names(source.scenario), (about.swv.sector,),  # type: ignore[arg-type]
        (source.scenario.period.start, about.visited), context.unexamined, visited.used(context.about),
    )  # fmt: skip
    body = _orders(context) if context.binding else _findings(context)
    return accounted(
        origin,
        kind="bevindingen", kicker=say("report.mock"), title=pick(context.report.title),
        subtitle=say("report.swv_name", code=about.swv.code), cover=_cover(context),
        lead=_lead(context),
        blocks=(*body, *anatomy.recomputed(context)), told=_told(context, source.id, asked.replication),
    )  # fmt: skip


def _cover(context: Context) -> list[tuple[str, Text]]:
    about = context.about
    drawn = honesty.origin(["drawn"])
    area = honesty.origin(["unverified" if about.swv.national else "known"])
    where = text(f"{say(f'report.sector_{about.swv.sector}')}, {about.swv.province}", area)
    lines = [(say("report.sector"), where)]
    labels = ["visited", "adopted"]
    if about.visit.published != about.visit.adopted:  # a course without an event of its own makes nothing public
        labels.append("published")
    for label in labels:
        event = label
        day = about.day(getattr(about.visit, event))
        note = f" ({pick(about.visit.label)})" if event == "visited" else ""
        origin = honesty.origin([origins.of_event(about, getattr(about.visit, event))]) if day else drawn
        lines.append((say(f"report.{label}"), text(long_date(day) + note if day else say("report.not_yet"), origin)))
    return lines


def _lead(context: Context) -> list[Block]:
    about = context.about
    mark = say("report.unverified")
    overall = text(
        f"{say('report.overall')}: ",
        wording.judged(context, context.overall),
        honesty.origin(context.origins()),
        f" ({mark})",
    )
    return [
        anatomy.boxed("info", "", Paragraph(overall), Paragraph(text(_counts(context)))),
        *honesty.unlawful(context.scenario),
        honesty.notice("" if context.plan else about.swv.code),
        *_waiting(context),
        Paragraph(honesty.legend()),
    ]


def _counts(context: Context) -> str:
    """What the report has, counted, and apart from that what the inspectors did not see."""
    missed, opened = (
        sum(duty.status == status for duty in context.findings) for status in (Status.NOT_MET, Status.NOT_ASSESSABLE)
    )
    if context.seen is None:
        return say("finding.lead", missed=missed, opened=opened)
    rest = [say("finding.lead_unseen", n=len(context.unseen))] if context.unseen else []
    return " ".join([say("finding.lead_seen", missed=missed, opened=opened), *rest])


def _waiting(context: Context) -> list[Block]:
    """A box when the plan holds what a program proposed and no person has accepted yet."""
    if context.plan is None:
        return []
    met = {name: duty.version for name, duty in context.duties.items() if duty.status == Status.MET}
    told = waiting.played(context.plan, met, context.about.visited)
    return [anatomy.boxed("warn", say("proposals.title"), *(Paragraph(text(one)) for one in told))] if told else []


def _findings(context: Context) -> list[Block]:
    """Three chapters: introduction, findings, reaction of the board."""
    heads, kind, told = Chapters(), context.report.kind, set[str]()
    aspects = context.file.standards.aspects
    blocks: list[Block] = [
        heads.chapter(say("report.intro"), "inleiding"),
        heads.part(say("report.occasion"), "aanleiding"), *anatomy.introduction(context),
        heads.part(say("report.context"), "context"), *anatomy.area(context),
        heads.chapter(say("report.findings"), "bevindingen"), *anatomy.counted(context),
        heads.part(say("report.whole"), "geheel"),
        Paragraph(text(say("report.aspects_intro"))), anatomy.judgements(context, aspects),
    ]  # fmt: skip
    for aspect in aspects:
        blocks += [heads.part(pick(aspect.name), f"aspect-{aspect.id}"), *_aspect(context, aspect, told)]
    if rest := [*anatomy.compliance(context, context.loose), *anatomy.findings(context, context.loose, told)]:
        blocks += [heads.part(say("report.naleving"), "naleving"), *rest]
    if kind != "simulatie":
        blocks += [heads.part(say("report.improve"), "verbeterpunten"), *_improvements(context)]
    blocks += _more(context, heads)
    return [
        *blocks, heads.part(say("report.timeline"), "verloop"), *_course(context),
        heads.part(say("report.next"), "vervolg"), Paragraph(text(anatomy.worded("report.next", context))),
        heads.chapter(say("report.reaction"), "reactie"), *anatomy.reaction(context),
    ]  # fmt: skip


def _aspect(context: Context, aspect: Aspect, told: set[str]) -> list[Block]:
    blocks: list[Block] = []
    for one in aspect.indicators:
        if context.under(one):
            blocks += anatomy.standard(context, one, named=True)
    if unseen := [f"{one.id} {pick(one.name)}" for one in aspect.indicators if not context.under(one)]:
        blocks.append(Paragraph(text(say("finding.not_examined", names="; ".join(unseen)))))
    return [*blocks, *anatomy.findings(context, (d for one in aspect.indicators for d in context.under(one)), told)]


def _improvements(context: Context) -> list[Block]:
    """What is not met by indicator and aspect; apart from that what counts though the inspectors did not see it."""
    blocks: list[Block] = []
    for seen, intro in ((True, "report.improve_intro"), (False, "finding.improve_unseen")):
        if rows := _not_met(context, seen=seen):
            blocks += [Paragraph(text(say(intro))), Bullets(tuple(rows))]
    return blocks or [Paragraph(text(say("report.none")))]


def _not_met(context: Context, *, seen: bool) -> list[Text]:
    return [
        text(f"{one.id} {pick(one.name)} ({pick(aspect.name)}): {', '.join(duty.id for duty in missed)}")
        for aspect in context.file.standards.aspects
        for one in aspect.indicators
        if (missed := [duty for duty in context.under(one) if duty.status == Status.NOT_MET and duty.seen == seen])
    ]


def _more(context: Context, heads: Chapters) -> list[Block]:
    """What was not seen, what can be better, and what others must do."""
    blocks: list[Block] = []
    if rows := anatomy.unseen(context):
        blocks += [heads.part(say("finding.unseen_title"), "niet-gezien"), *rows]
    if rows := anatomy.remarks(context):
        blocks += [heads.part(say("report.remarks"), "kan-beter"), *rows]
    if rows := anatomy.conditions(context):
        blocks += [heads.part(say("report.conditions"), "voorwaarden"), *rows]
    return blocks


def _course(context: Context) -> list[Block]:
    """Events before the tall picture of all steps: they fill the page that it does not fit on."""
    drawn = pictures.figures(context)
    return [*anatomy.dates(context), *drawn[:-1], anatomy.course(context), *drawn[-1:]]


def _orders(context: Context) -> list[Block]:
    """Summary, approach, context, a chapter per field, finances, compliance, orders, reaction."""
    heads, told = Chapters(), set[str]()
    aspects = context.file.standards.aspects
    money = [
        duty for name, duty in context.duties.items() if context.scenario.kader.obligations[name].group == "finance"
    ]
    money = [duty for duty in money if duty.counts]
    blocks: list[Block] = [
        Chapters.plain(say("report.summary"), "samenvatting"), *_summary(context),
        heads.chapter(say("report.approach"), "opzet"), *anatomy.introduction(context),
        Paragraph(text(say("report.aspects_intro"))), *_course(context),
        heads.chapter(say("report.context"), "context"), *anatomy.area(context),
    ]  # fmt: skip
    for aspect in aspects:
        blocks += [heads.chapter(pick(aspect.name), f"gebied-{aspect.id}"), anatomy.judgements(context, [aspect])]
        blocks += _standards(context, aspect, money, told, heads)
        if finances.about(context, aspect):
            blocks += _money(context, money, told, heads)
    loose = [duty for duty in context.loose if duty not in money]
    listed = [duty for duty in context.duties.values() if duty in loose or (duty.counts and _formal(context, duty))]
    if not any(finances.about(context, aspect) for aspect in aspects):
        blocks += [heads.chapter(say("report.finance"), "financieel-beheer"), *_money(context, money, told, heads)]
    blocks.append(heads.chapter(say("report.naleving_other"), "naleving"))
    blocks += _listed(context, listed, "report.naleving_intro")
    if rest := anatomy.findings(context, loose, told):
        blocks += [heads.part(say("report.observed"), "overig"), *rest]
    blocks += _more(context, heads)
    if isinstance(blocks[-1], Heading):
        blocks.append(Paragraph(text(say("report.naleving_nothing"))))
    return [
        *blocks,
        heads.chapter(say("report.next"), "vervolg"), Paragraph(text(anatomy.worded("report.next", context))),
        *anatomy.orders(context),
        heads.chapter(say("report.reaction"), "reactie"), *anatomy.reaction(context),
    ]  # fmt: skip


def _standards(context: Context, aspect: Aspect, money: list[Duty], told: set[str], heads: Chapters) -> list[Block]:
    """A part per standard; where nothing of a whole field was examined one sentence says so."""
    if not any(context.under(one) for one in aspect.indicators):
        names = "; ".join(f"{one.id} {pick(one.name)}" for one in aspect.indicators)
        return [Paragraph(text(say("finding.not_examined", names=names)))]
    blocks: list[Block] = []
    for one in aspect.indicators:
        under = [duty for duty in context.under(one) if duty not in money]
        blocks += [
            heads.part(f"{one.id} {pick(one.name)}", f"standaard-{one.id}"),
            *anatomy.standard(context, one, named=False), *anatomy.findings(context, under, told),
        ]  # fmt: skip
    return blocks


def _listed(context: Context, duties: list[Duty], intro: str) -> list[Block]:
    """Duties as a list of yes and no behind what says which they are; nothing without any."""
    rows = anatomy.compliance(context, duties)
    return [Paragraph(text(say(intro))), *rows] if rows else []


def _formal(context: Context, duty: Duty) -> bool:
    """Whether a duty is about how the plan came about, or about the say of others in it."""
    return context.scenario.kader.obligations[duty.id].group in ("procedure", "medezeggenschap")


def _money(context: Context, duties: list[Duty], told: set[str], heads: Chapters) -> list[Block]:
    """The key figures and the duties of the finances; what there is none of is not announced."""
    blocks = [*finances.key_figures(context), *_listed(context, duties, "report.finance_intro")]
    if rest := anatomy.findings(context, duties, told):
        blocks += [heads.part(say("report.observed"), "financien"), *rest]
    return blocks


def _summary(context: Context) -> list[Block]:
    """Conclusion, what goes well, what must and what can be better, and what follows."""
    aspects = context.file.standards.aspects
    good = [
        one
        for aspect in aspects
        for one in aspect.indicators
        if (under := context.under(one)) and not any(duty.missed for duty in under)
    ]
    must = [duty for duty in context.findings if duty.status == Status.NOT_MET]
    rest: list[Block] = []
    whole = [one for one in good if not _overlooked(context, one)]
    well = tuple(text(f"{one.id} {pick(one.name)}") for one in whole)
    amiss = tuple(
        text(f"{one.id} {pick(one.name)}. ", joined(_overlooked(context, one), " ")) for one in good if one not in whole
    )
    if amiss:
        rest = [Paragraph(text(say("finding.not_all_well"))), Bullets(amiss)]
    better = tuple(text(f"{duty.id}: {pick(duty.version.text)} ", wording.must(duty).text) for duty in must)
    can = tuple(text(f"{duty.id}: {pick(duty.version.text)}") for duty in context.remarks)
    return [
        Paragraph(text(say("finding.conclusion"), " ", wording.judged(context, context.overall), ".")),
        Chapters.plain(say("finding.goes_well"), "gaat-goed", 3),
        Bullets(well) if well else Paragraph(text(say("finding.nothing"))),
        *rest,
        Chapters.plain(say("finding.must_better"), "moet-beter", 3),
        Bullets(better) if better else Paragraph(text(say("report.none"))),
        Chapters.plain(say("finding.can_better"), "kan-beter-kort", 3),
        Bullets(can) if can else Paragraph(text(say("finding.nothing"))),
        Chapters.plain(say("finding.follows"), "vervolg-kort", 3),
        *_follows(context),
    ]


def _overlooked(context: Context, one: Indicator) -> list[Text]:
    """Sentences on what the inspectors took for in order under a standard, and was not."""
    return wording.overlooked(context, context.under(one))


def _follows(context: Context) -> list[Block]:
    """Every order by its article and term, and what can come after it."""
    if not context.orders:
        return [Paragraph(text(say("finding.no_orders")))]
    rows = tuple(wording.order_short(context, one) for one in context.orders)
    return [Bullets(rows), Paragraph(text(say("report.next_orders")))]


def _told(context: Context, run: str, replication: int) -> dict[str, Any]:
    """What `--json` says."""
    about = context.about
    return {
        "run": run,
        "replication": replication,
        "swv": about.swv.code,
        "visit": context.report.kind,
        "visited": about.visited.isoformat(),
        "findings": [
            {"id": duty.id, "status": duty.status.name.lower(), "article": duty.article, "roots": list(duty.roots),
             "seen": duty.seen}
            for duty in (*context.findings, *context.unseen)
        ],
        "shown": say(
            "report.shown_visit", title=pick(context.report.title), visited=long_date(about.visited),
            findings=say("report.finding", n=len(context.findings)),
        ) + (say("report.not_seen", n=len(context.unseen)) if context.unseen else ""),
    }  # fmt: skip
