"""Names and other data are shown as they stand, never as the Markdown that Streamlit would read in them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from checker.show.literal import JOINER, bullets, literal, named

ROOT = Path(__file__).parents[3]
ON_PAGES = {"title", "header", "subheader", "write", "markdown", "caption", "error", "info", "success", "warning"}
ON_PAGES |= {"expander", "spinner", "toast"}
LABELLED = {"button", "radio", "checkbox", "text_input", "text_area", "selectbox", "multiselect", "date_input"}
LABELLED |= {"form_submit_button", "metric", "link_button", "number_input", "file_uploader"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Smith & Sons (UK) Ltd. - East: part 2!", "Smith & Sons (UK) Ltd. - East: part 2!"),
        ("![pic](https://evil.example/p.png)", rf"!\[pic\](https:{JOINER}//evil.example/p.png)"),
        ("**A** _b_ ~c~ `d` <b> $\\sqrt{2}$", r"\*\*A\*\* \_b\_ \~c\~ \`d\` \<b> \$\\sqrt{2}\$"),
        ("www.a.example, a@b.example", f"www{JOINER}.a.example, a{JOINER}@b.example"),
        (":red[x] :material/home: :100:", rf":{JOINER}red\[x\] :{JOINER}material/home: :{JOINER}100:"),
        ("Jones&amp;Co and R&D", r"Jones\&amp;Co and R&D"),
        ("# Firm\n- one", r"\# Firm - one"),
        ("3. Firm", r"3\. Firm"),
        ("3M -> 4", f"3M {JOINER}-> 4"),
    ],
)
def test_what_markdown_would_read_is_shown_as_it_is(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_a_list_of_sentences_shows_each_as_it_is() -> None:
    assert bullets(["*One*", "- Two"]) == "- \\*One\\*\n- \\- Two"
    assert named([("*One*", "- Two")]) == "- **\\*One\\*:** \\- Two"


def test_every_text_of_a_page_is_fixed_or_shown_as_it_is() -> None:
    paths = [ROOT / "app.py", *sorted((ROOT / "checker").rglob("*.py"))]
    faults = [f"{path.relative_to(ROOT)}:{call.lineno}" for path in paths for call in _calls(path) if not _told(call)]
    assert faults == []


def _calls(path: Path) -> list[ast.Call]:
    """The calls that draw a text in Markdown."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Attribute) and _draws(call.func)]


def _draws(function: ast.Attribute) -> bool:
    on_page = isinstance(function.value, ast.Name) and function.value.id == "st"
    return (on_page and function.attr in ON_PAGES) or function.attr in LABELLED


def _told(call: ast.Call) -> bool:
    given = [*call.args[:1], *(word.value for word in call.keywords if word.arg in {"label", "body", "text"})]
    return all(_safe(one) for one in given)


def _safe(node: ast.expr) -> bool:
    """Fixed in the source, or made by `literal`, `bullets` or `named`."""
    match node:
        case ast.Constant():
            found = True
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(value=ast.Name(id=name)):
            found = name.isupper()
        case ast.Call(func=ast.Name(id=name)):
            found = name in {"literal", "bullets", "named"}
        case ast.IfExp(body=one, orelse=other):
            found = _safe(one) and _safe(other)
        case ast.BoolOp(values=parts) | ast.JoinedStr(values=parts):
            found = all(_safe(part) for part in parts)
        case ast.FormattedValue(value=inner) | ast.Call(args=[ast.GeneratorExp(elt=inner)]):
            found = _safe(inner)
        case _:
            found = False
    return found
