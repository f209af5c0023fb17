"""Exams: results by subject and sitting."""

from eligibility.language.kind import Kind

EXAM = Kind(
    name="exam",
    source="exams",
    identity="subject",
    named_by="subject",
    other_words="examen examens examination credits wassce waec gcse",
    filters={
        "exam": "terms:exams",
        "subject": "terms:exam_subjects",
        "grade": "grade",
        "taken": "date",
        "school": "terms:schools",
        "tags": "tags",
    },
    options=("among_them", "sittings"),
    doc="""The results of exams taken by the day, one per subject; a number counts different subjects. The scale of a `grade` is called like
the exam. `among_them` are subjects that must be among those that count; `sittings` says from how many sittings all of them may come: a
sitting is one exam in one month.""",
    examples=(
        "{kind: exam, exam: [wassce, neco], grade: {at_least: {wassce: C6, neco: C6}}, at_least: 5,"
        " among_them: [{subject: english}, {subject: mathematics}], sittings: {at_most: 2}}",
        "{kind: exam, exam: gcse, subject: mathematics, grade: {at_least: {gcse: 4}}}",
    ),
)
