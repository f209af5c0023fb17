"""Service, leave, children, money, availability: other facts of a life that a notice may count."""

from eligibility.language.kind import WORKING_AGE, Kind

SERVICE = Kind(
    name="service",
    source="service",
    in_time=True,
    from_age=WORKING_AGE,
    filters={"type": "terms:service_types", "ended": "date", "started": "date"},
    doc="""Military or civil service done up to the day.""",
    examples=("{kind: service, type: national_service, at_least: 6 months}",),
)

VOLUNTEERING = Kind(
    name="volunteering",
    source="volunteering",
    in_time=True,
    other_words="benevolat volontariat voluntary_work",
    filters={"organisation": "names", "in": "place", "field": "tree:field", "started": "date", "ended": "date", "tags": "tags"},
    doc="""Voluntary work up to the day: how long it lasted, or its hours. Hours are those the profile says, altogether (`hours`) or a
week (`hours_per_week`); where it says none, they are unknown. Jobs listed under `experience` are not among them.""",
    examples=(
        "{kind: volunteering, at_least: 6 months}",
        "{kind: volunteering, organisation: [red_cross], at_least: 100 hours, during: {within: 2 years, before: deadline}}",
    ),
)

LEAVE = Kind(
    name="leave",
    source="leaves",
    in_time=True,
    other_words="conge",
    filters={"type": "terms:leave_types", "ended": "date", "started": "date"},
    doc="""Leave taken up to the day. Mostly used to move a limit.""",
    examples=("{kind: leave, type: parental, at_least: 1 month}",),
)

CHILD = Kind(
    name="child",
    source="children",
    state=True,
    other_words="enfant enfants children",
    filters={"dependent": "flag", "accompanying": "flag", "born": "date"},
    doc="""Children born by the day. Mostly used to move a limit.""",
    examples=("{kind: child, dependent: true}",),
)

FUNDS = Kind(
    name="funds",
    source="funds",
    state=True,
    must_last=True,
    other_words="ressources fonds",
    filters={"amount": "money", "ended": "held"},
    doc="""Money at one's disposal on the day, or, with `ended`, during a time that reached into a window: it ended there, or the
money is still there after it. A length counts the days up to the end of that window.""",
    examples=(
        "{kind: funds, amount: {at_least: 3000 EUR}}",
        "{kind: funds, amount: {at_least: 3000 EUR}, at_least: 30 days, unbroken: true, ended: {within: 14 days, before: application}}",
    ),
)

AVAILABILITY = Kind(
    name="availability",
    source="availability",
    state=True,
    other_words="disponibilite",
    filters={"full_time": "full_time", "hours_per_week": "number"},
    options=("from",),
    doc="""Being available on the day, or for a length of time `from` a day on.""",
    examples=("{kind: availability, full_time: true, at_least: 6 months, from: start}",),
)

KINDS = (SERVICE, VOLUNTEERING, LEAVE, CHILD, FUNDS, AVAILABILITY)
