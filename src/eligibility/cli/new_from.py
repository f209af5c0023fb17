"""`eligibility new vacancy --from NOTICE`: the draft of a rule file, or of one for each post of the notice."""

from __future__ import annotations

import os
import sys
from shlex import quote

from eligibility.authoring.draft import Draft, draft
from eligibility.authoring.skeleton import slug
from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.new_files import refuse_unless_new, schema_above, stem
from eligibility.cli.options import Usage, inputs_of, put, tell
from eligibility.cli.terminal import complain, style_of, write
from eligibility.diagnostic import Problems
from eligibility.notices.notice import Notice, read_notice, read_text
from eligibility.reporters.layout import wrapped
from eligibility.schema.shipped import shipped
from eligibility.wording import Words

_SCHEMA = "vacancy.schema.json"


def draft_from(source: str, target: str | None, force: bool, words: Words, lang: str | None) -> int:
    """Draft from the text of a notice into `target` (None: standard output); of several posts, into `target` with a number each."""
    try:
        text = read_text(source)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    if not text.strip():
        complain(words.text("new.no_text", path=source))
        return NOTHING
    notice = read_notice(text)
    if not any(post.findings for post in notice.posts):
        _say(words.text("new.no_condition", path=source), words)
        return NOTHING
    count = len(notice.posts)
    if target is None and count > 1:
        raise Usage(words.text("new.posts_need_file", n=count), param_hint="FILE")
    document = None if source == "-" else os.path.basename(source)
    if target is None:
        made = _draft(notice, 0, document, slug(stem(document or "")), _SCHEMA, words)
        write(made.text, sys.stdout, style_of(sys.stdout, "never"))
        _say(words.text("new.drafted", n=made.found, proposed=made.proposed), words)
        return OK
    return _write(notice, source, document, target, force, words, lang)


def _write(notice: Notice, source: str, document: str | None, target: str, force: bool, words: Words, lang: str | None) -> int:
    """The files, none of them over one that is there."""
    count = len(notice.posts)
    base, ending = os.path.splitext(target)
    paths = [target] if count == 1 else [f"{base}-{number}{ending or '.yaml'}" for number in range(1, count + 1)]
    for path in paths:
        refuse_unless_new(path, force, words)
    folder = os.path.dirname(os.path.abspath(target))
    schema = schema_above(folder, _SCHEMA)
    if count > 1:
        _say(words.text("new.posts", n=count), words)
    for index, path in enumerate(paths):
        made = _draft(notice, index, document, slug(stem(path)), schema or _SCHEMA, words)
        put(path, made.text, words, inputs_of(source), hint="FILE")
        complain(words.text("new.written", path=path))
        _say(words.text("new.drafted", n=made.found, proposed=made.proposed), words)
    if schema is None:
        beside = os.path.join(os.path.dirname(target), _SCHEMA)
        put(beside, shipped("schema", _SCHEMA), words, hint="FILE")
        complain(words.text("new.schema_written", path=beside))
    if document is not None and not any(os.path.exists(os.path.join(folder, *place, document)) for place in ((), ("notices",))):
        _say(words.text("new.put_beside", notice=source, path=paths[0]), words)
    follow = f"eligibility validate {' '.join(map(quote, paths))}{f' --lang {lang}' if lang else ''}"
    complain(words.text("new.next.draft", command=follow))
    return OK


def _draft(notice: Notice, index: int, document: str | None, name: str, schema: str, words: Words) -> Draft:
    return draft(notice, notice.posts[index], document, name, schema, words)


def _say(text: str, words: Words) -> None:
    """A sentence on standard error, in lines that fit."""
    for line in wrapped(text, style_of(sys.stderr, "never").width):
        complain(line)
