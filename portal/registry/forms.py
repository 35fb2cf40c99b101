"""Editing forms of the registry: the address follows from the name, municipalities are written by name."""

from django import forms
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .models import Municipality, Organisation

MOST_MUNICIPALITIES = 300


def free_slug(model, name: str, pk: int | None = None) -> str:
    """An address that no other row has, made from a name."""
    longest = model._meta.get_field("slug").max_length
    base = slugify(name)[: longest - 4] or model._meta.model_name
    others = model._default_manager.exclude(pk=pk)
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for number in range(1, len(taken) + 2) if (slug := f"{base}-{number}" if number > 1 else base) not in taken
    )


class NamedForm(WagtailAdminModelForm):
    """The form of a row with a name and an address; an address left empty is made from the name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Nome nell'indirizzo web. Vuoto: si fa da solo dal nome.")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("name"):
            cleaned["slug"] = self.instance.slug = free_slug(self._meta.model, cleaned["name"], self.instance.pk)
        return cleaned


class NewOrganisationForm(NamedForm):
    """An organisation written while choosing one: what is known by heart; the rest can be added in the registry."""

    # The page that is being edited has fields of the same names.
    prefix = "new-organisation"

    class Meta:
        model = Organisation
        fields = ["name", "kind"]


class TerritoryForm(NamedForm):
    """The form of a territory: its municipalities one a line, for a list of all those of Italy cannot be ticked."""

    municipality_names = forms.CharField(
        label=_("comuni"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Uno per riga, con il nome ufficiale. Se più comuni si chiamano così, aggiungi la sigla: Livo (CO)."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["municipality_names"] = "\n".join(str(item) for item in self.instance.municipalities.all())

    def clean_municipality_names(self) -> str:
        """Find each municipality.

        Raises:
            forms.ValidationError: names each line that is no municipality, or more than one.
        """
        text = self.cleaned_data["municipality_names"]
        lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if len(lines) > MOST_MUNICIPALITIES:
            raise forms.ValidationError(_("Al massimo %(most)s comuni.") % {"most": MOST_MUNICIPALITIES})
        named = [_name_and_province(line) for line in lines]
        asked = Q(pk__in=())
        for name, _province in named:
            asked |= Q(name__iexact=name)
        by_name: dict[str, list[Municipality]] = {}
        for municipality in Municipality.objects.filter(asked):
            by_name.setdefault(municipality.name.casefold(), []).append(municipality)
        self.found, errors = [], []
        for name, province in named:
            same = [item for item in by_name.get(name.casefold(), ()) if province in ("", item.province_code)]
            if len(same) == 1:
                self.found.append(same[0])
            elif same:
                codes = ", ".join(sorted(item.province_code for item in same))
                errors.append(
                    _("Più comuni si chiamano «%(name)s»: aggiungi la sigla (%(codes)s).")
                    % {"name": name, "codes": codes}
                )
            else:
                errors.append(
                    _("Non c'è un comune «%(name)s»: controlla come si scrive.")
                    % {"name": f"{name} ({province})" if province else name}
                )
        if errors:
            raise forms.ValidationError(errors)
        self.found = list(dict.fromkeys(self.found))
        return text

    def clean(self):
        cleaned = super().clean()
        if "municipality_names" not in self.errors:
            self.instance.municipalities = self.found
        return cleaned


def _name_and_province(line: str) -> tuple[str, str]:
    """«Livo (CO)» as its name and its province, which is empty when it is not written."""
    name, _bracket, rest = line.partition("(")
    return name.strip(), rest.rstrip(") ").strip().upper()
