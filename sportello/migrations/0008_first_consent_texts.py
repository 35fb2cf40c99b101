"""The first words that people say yes to, and the yeses that stand already, with their record."""

import hashlib
from datetime import date

from django.db import migrations

SINCE = date(2026, 1, 1)

TEXTS = {
    "matching": (
        "Lo Sportello può usare i miei dati per propormi esperienze adatte a me",
        "Usiamo quello che scrivi nel profilo (comune, studi, interessi, competenze, quando puoi, fin dove arrivi) per "
        "calcolare quali esperienze ti somigliano, e ti mostriamo sempre il perché.\n\n"
        "Lo vedono solo lo Sportello e tu. Chi offre un'esperienza non vede il profilo: vede ciò che mostri quando ti "
        "candidi. Puoi cambiare idea quando vuoi: smettiamo di proporti esperienze, le candidature già inviate restano.",
        "The Sportello may use my data to suggest experiences that suit me",
        "We use what you write in your profile (home town, studies, interests, skills, when you are free, how far you "
        "can go) to work out which experiences suit you, and we always show you why.\n\n"
        "Only you and the Sportello see it. Hosts never see your profile: they see what you show them when you apply. "
        "You can change your mind at any time: we stop suggesting experiences, and applications already sent stay as "
        "they are.",
    ),
    "applying": (
        "Può candidarsi alle esperienze dello Sportello",
        "Quando si candida, chi offre l'esperienza vede: nome, comune, che cosa fa adesso, studi, competenze, quando "
        "può e le righe scritte per candidarsi. Non vede la data di nascita, il telefono né l'indirizzo e-mail; "
        "quest'ultimo solo dopo che un posto è accettato.\n\n"
        "Candidarsi non impegna a nulla. Prima di accettare un posto ti chiediamo di nuovo, per quella esperienza: "
        "dove, quando, con chi, con quali rischi.\n\n"
        "Puoi revocare quando vuoi: le candidature aperte si chiudono, chi ospita non le legge più come aperte, e non "
        "se ne possono inviare altre.",
        "They may apply for the Sportello's experiences",
        "When they apply, whoever offers the experience sees: name, home town, what they do now, studies, skills, when "
        "they are free and the lines written to apply. They do not see the birth date, the phone number or the e-mail "
        "address; the last only once a place has been accepted.\n\n"
        "Applying commits nobody to anything. Before a place is accepted we ask you again, about that experience: "
        "where, when, with whom, with which risks.\n\n"
        "You can withdraw this at any time: open applications are closed, hosts no longer read them as open, and no "
        "others can be sent.",
    ),
    "cv": (
        "Può allegare il curriculum alle candidature",
        "Il curriculum è un file che resta privato: lo apre solo chi riceve una candidatura a cui è stato allegato, e "
        "lo Sportello. Non serve per candidarsi.\n\n"
        "Puoi revocare quando vuoi: da quel momento chi ospita non lo apre più, le candidature restano.",
        "They may attach their CV to applications",
        "The CV is a file that stays private: only whoever receives an application it was attached to can open it, and "
        "the Sportello. It is not needed to apply.\n\n"
        "You can withdraw this at any time: from then on hosts can no longer open it, and the applications stay.",
    ),
    "experience": (
        "Può fare questa esperienza, in questi giorni",
        "Hai letto che cosa si fa, dove, in quali giorni e orari, chi accompagna e se ci sono rischi particolari. Chi "
        "ospita e lo Sportello tratteranno i dati che servono a prepararla: assicurazione, sicurezza, documenti.\n\n"
        "Il consenso vale solo per questa esperienza e per questi giorni: se cambiano, te lo chiediamo di nuovo. Puoi "
        "revocare quando vuoi: prima dell'inizio il posto torna libero; dopo, lo Sportello ti chiama e la ferma.",
        "They may do this experience, on these days",
        "You have read what they would do, where, on which days and at what times, who accompanies them and whether "
        "there are particular risks. The host and the Sportello will handle the data needed to prepare it: insurance, "
        "safety, papers.\n\n"
        "Your consent holds for this experience and these days only: if they change, we ask you again. You can "
        "withdraw it at any time: before the start the place is free again; after it, the Sportello calls you and "
        "stops it.",
    ),
}


def write(apps, schema_editor):
    texts = apps.get_model("sportello", "ConsentText")
    for purpose, (title, body, title_en, body_en) in TEXTS.items():
        texts.objects.get_or_create(
            purpose=purpose,
            version=1,
            defaults={
                "valid_from": SINCE,
                "title": title,
                "body": body,
                "title_en": title_en,
                "body_en": body_en,
            },
        )
    matching = texts.objects.get(purpose="matching", version=1)
    digest = hashlib.sha256("\n".join(TEXTS["matching"]).encode()).hexdigest()
    profiles = apps.get_model("sportello", "YouthProfile").objects.filter(matching_consent_at__isnull=False)
    consents = apps.get_model("sportello", "Consent")
    consents.objects.bulk_create(
        consents(
            youth_id=youth_id,
            purpose="matching",
            text=matching,
            given_by_id=user_id,
            given_as="youth",
            granted_at=given_at,
            # Given before these words were kept: the box of the profile said the same in one line.
            evidence={"door": "profile", "text_sha256": digest},
        )
        for youth_id, user_id, given_at in profiles.values_list("pk", "user_id", "matching_consent_at").iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("sportello", "0007_guardians_and_consents")]

    # Going back drops the tables, and the rows with them.
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
