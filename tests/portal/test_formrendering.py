"""Forms as the portal draws them: what a reader with eyes, a keyboard or a screen reader finds."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms

from portal.formrendering import FormRenderer


class Registration(forms.Form):
    """One field of each kind that the portal uses."""

    default_renderer = FormRenderer

    name = forms.CharField(label="Nome", help_text="Come sul documento.")
    nickname = forms.CharField(label="Come ti chiamano", required=False)
    about = forms.CharField(label="Di te", widget=forms.Textarea)
    notes = forms.CharField(label="Appunti", widget=forms.Textarea(attrs={"rows": "12"}), required=False)
    town = forms.ChoiceField(label="Comune", choices=[("", "Scegli"), ("a", "Airasca")])
    means = forms.ChoiceField(
        label="Come ti sposti", choices=[("p", "A piedi"), ("b", "Bus")], widget=forms.RadioSelect
    )
    likes = forms.MultipleChoiceField(
        label="Che cosa ti piace", choices=[("1", "Legno")], widget=forms.CheckboxSelectMultiple, help_text="Anche più."
    )
    born = forms.DateField(label="Nascita", widget=forms.DateInput(attrs={"type": "date", "class": "short"}))
    hours = forms.IntegerField(label="Ore", min_value=1)
    cv = forms.FileField(label="Curriculum", required=False)
    start = forms.DateField(label="Inizio", widget=forms.SelectDateWidget(years=[2027]), required=False)
    consent = forms.BooleanField(label="Ho letto l'informativa")
    secret = forms.CharField(widget=forms.HiddenInput)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def ids(self) -> set[str]:
        return {attrs["id"] for _tag, attrs in self.tags if attrs.get("id")}


def test_a_form_without_errors_has_no_summary_and_nothing_marked():
    html = str(Registration())
    assert "error-summary" not in html
    assert "aria-invalid" not in html
    assert "UNDEFINED" not in html


def test_every_control_has_a_name():
    page = _Reader(str(Registration()))
    labels = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    for tag, attrs in page.tags:
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            assert attrs.get("id") in labels or attrs.get("aria-label"), attrs


def test_every_error_links_to_a_control_that_exists():
    html = str(Registration({"hours": "0"}))
    page = _Reader(html)
    links = [attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs.get("href", "").startswith("#")]
    assert len(links) == 8
    focusable = {a["id"] for tag, a in page.tags if tag in {"input", "select", "textarea"} and a.get("id")}
    assert set(links) <= focusable


def test_errors_of_the_whole_form_and_of_hidden_fields_are_said():
    form = Registration({})
    form.add_error(None, "Le date si sovrappongono.")
    summary = str(form).split("field--", 1)[0]
    assert "Le date si sovrappongono." in summary
    assert summary.count("<li>") == len(form.errors)


def test_descriptions_point_to_help_and_error():
    page = _Reader(str(Registration({})))
    described = [attrs["aria-describedby"].split() for _tag, attrs in page.tags if attrs.get("aria-describedby")]
    assert described
    assert {name for names in described for name in names} <= page.ids()
    fieldset = [attrs for tag, attrs in page.tags if tag == "fieldset" and attrs.get("aria-describedby")]
    assert any("id_likes_helptext" in attrs["aria-describedby"] for attrs in fieldset)


def test_the_summary_takes_the_focus():
    tag, attrs = next(
        item for item in _Reader(str(Registration({}))).tags if "error-summary" in item[1].get("class", "")
    )
    assert tag == "div"
    assert attrs["tabindex"] == "-1"
    assert "autofocus" in attrs


def test_only_what_may_stay_empty_is_marked_optional():
    form = Registration()
    assert {field.name for field in form if field.show_optional} == {"nickname", "notes", "cv", "start"}
    assert str(form).count("(facoltativo)") == 4


@pytest.mark.parametrize(
    ("name", "kind"),
    [("name", "text"), ("about", "textarea"), ("town", "select"), ("means", "choices"), ("likes", "choices"),
     ("born", "text"), ("cv", "file"), ("start", "multiple"), ("consent", "checkbox")],
)  # fmt: skip
def test_kind_of_each_widget(name, kind):
    assert Registration()[name].kind == kind


def test_own_classes_and_rows_of_a_widget_are_kept():
    form = Registration()
    assert 'class="short form-control"' in form["born"].control
    assert 'rows="12"' in form["notes"].control
    assert 'rows="5"' in form["about"].control


def test_what_was_typed_is_not_lost():
    html = str(Registration({"name": "Ada <Lovelace>", "means": "b", "likes": ["1"]}))
    assert 'value="Ada &lt;Lovelace&gt;"' in html
    assert html.count("checked") == 2
