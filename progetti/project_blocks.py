"""Blocks of the page of a project: results, steps, money, people, pictures."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, DateBlock, DecimalBlock, StructBlock, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from .enums import FundingSource, ResultKind


class ResultBlock(StructBlock):
    """Something that the project wants to bring about, or has."""

    kind = ChoiceBlock(label=_("atteso o raggiunto"), choices=ResultKind.choices, default=ResultKind.EXPECTED)
    text = TextBlock(label=_("risultato"), max_length=400, rows=2)
    number = CharBlock(
        label=_("in cifre"),
        required=False,
        max_length=40,
        help_text=_("Per esempio: 120 persone. Vuoto se non si conta."),
    )

    class Meta:
        icon = "success"
        label = _("Risultato")


class MilestoneBlock(StructBlock):
    """A step with the day by which it is due, and the day on which it was reached."""

    title = CharBlock(label=_("tappa"), max_length=160)
    due = DateBlock(label=_("entro il"))
    reached_on = DateBlock(label=_("raggiunta il"), required=False, help_text=_("Solo quando è davvero raggiunta."))
    note = CharBlock(label=_("in una frase"), required=False, max_length=255)

    class Meta:
        icon = "date"
        label = _("Tappa")

    def clean(self, value):
        cleaned = super().clean(value)
        reached = cleaned.get("reached_on")
        if reached and reached > timezone.localdate():
            error = ValidationError(_("Questa data è nel futuro: la tappa non è ancora raggiunta."))
            raise StructBlockValidationError(block_errors={"reached_on": error})
        return cleaned


class FundingBlock(StructBlock):
    """Money that pays for the project."""

    funder = CharBlock(label=_("chi finanzia"), max_length=160)
    source = ChoiceBlock(
        label=_("di che fondi si tratta"),
        choices=FundingSource.choices,
        default=FundingSource.OTHER,
        help_text=_("Con PNRR e fondi europei la pagina mostra la dicitura e l'emblema che la legge chiede."),
    )
    amount = DecimalBlock(label=_("importo in euro"), required=False, min_value=0, max_digits=12, decimal_places=2)
    is_own_share = BooleanBlock(label=_("è una quota di cofinanziamento"), required=False)
    note = CharBlock(label=_("misura, bando o atto"), required=False, max_length=255)

    class Meta:
        icon = "pick"
        label = _("Finanziamento")


class TeamMemberBlock(StructBlock):
    """Somebody who works on the project."""

    name = CharBlock(label=_("nome e cognome"), max_length=120)
    role = CharBlock(label=_("che cosa fa"), max_length=160)
    has_agreed = BooleanBlock(
        label=_("ha detto di sì alla pubblicazione del nome"),
        required=False,
        help_text=_("Senza, sulla pagina si legge solo che cosa fa."),
    )

    class Meta:
        icon = "user"
        label = _("Persona")
