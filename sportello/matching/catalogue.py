"""Every sentence that the matching says, in Italian and English, to two audiences.

A young person is addressed directly ("tu"); whoever works with them, a host or the desk, reads "la persona".
The sentences never name anybody and never agree in gender. Counts read "2 su 3", so that no sentence
has to bend for the plural.
"""

from .catalogue_obstacles import OBSTACLES, Sentences

_FACTORS: dict[str, Sentences] = {
    "interest.yes": (
        "È in un settore che ti interessa.",
        "È in un settore che interessa alla persona.",
        "It is in a field you are interested in.",
        "It is in a field the person is interested in.",
    ),
    "interest.no": (
        "È in un settore che non hai indicato tra i tuoi interessi.",
        "È in un settore che la persona non ha indicato tra gli interessi.",
        "It is in a field that is not among your interests.",
        "It is in a field that is not among the person's interests.",
    ),
    "interest.missing": (
        "Non hai ancora indicato i settori che ti interessano, oppure l'offerta non dice il suo.",
        "Mancano gli interessi della persona o il settore dell'offerta.",
        "You have not told us your interests yet, or the offer does not say its field.",
        "The person's interests or the field of the offer are missing.",
    ),
    "skills.share": (
        "Competenze e lingue richieste che hai già: {common} su {wanted}.",
        "Competenze e lingue richieste che la persona ha già: {common} su {wanted}.",
        "Skills and languages asked for that you already have: {common} of {wanted}.",
        "Skills and languages asked for that the person already has: {common} of {wanted}.",
    ),
    "skills.study_yes": (
        "I tuoi studi sono tra quelli adatti. Competenze e lingue che hai già: {common} su {wanted}.",
        "Gli studi sono tra quelli adatti. Competenze e lingue già presenti: {common} su {wanted}.",
        "Your studies suit this offer. Skills and languages you already have: {common} of {wanted}.",
        "The studies suit this offer. Skills and languages already there: {common} of {wanted}.",
    ),
    "skills.study_no": (
        "I tuoi studi non sono tra quelli indicati. Competenze e lingue che hai già: {common} su {wanted}.",
        "Gli studi non sono tra quelli indicati. Competenze e lingue già presenti: {common} su {wanted}.",
        "Your studies are not among those named. Skills and languages you have: {common} of {wanted}.",
        "The studies are not among those named. Skills and languages already there: {common} of {wanted}.",
    ),
    "skills.only_study_yes": (
        "Il tuo percorso di studi è tra quelli adatti.",
        "Il percorso di studi della persona è tra quelli adatti.",
        "Your studies suit this offer.",
        "The person's studies suit this offer.",
    ),
    "skills.only_study_no": (
        "Il tuo percorso di studi non è tra quelli indicati dall'offerta.",
        "Il percorso di studi della persona non è tra quelli indicati dall'offerta.",
        "Your studies are not among those the offer names.",
        "The person's studies are not among those the offer names.",
    ),
    "skills.missing": (
        "Non possiamo confrontare le competenze: mancano le tue, oppure l'offerta non ne chiede.",
        "Le competenze non si possono confrontare: mancano nel profilo, oppure l'offerta non ne chiede.",
        "We cannot compare skills: yours are missing, or the offer asks for none.",
        "Skills cannot be compared: the profile has none, or the offer asks for none.",
    ),
    "travel.remote": (
        "Si fa a distanza: non devi spostarti.",
        "Si fa a distanza: la persona non deve spostarsi.",
        "It is done remotely: no travel needed.",
        "It is done remotely: no travel needed.",
    ),
    "travel.distance": (
        "È a {km} km da te, entro i {limit} km che hai indicato.",
        "È a {km} km dalla persona, che ha indicato fino a {limit} km.",
        "It is {km} km from you, within the {limit} km you set.",
        "It is {km} km from the person, who said up to {limit} km.",
    ),
    "travel.too_far": (
        "È a {km} km da te, oltre i {limit} km che hai indicato.",
        "È a {km} km dalla persona, oltre i {limit} km che ha indicato.",
        "It is {km} km from you, beyond the {limit} km you set.",
        "It is {km} km from the person, beyond the {limit} km they set.",
    ),
    "travel.missing": (
        "Non sappiamo quanto dista o fin dove puoi andare.",
        "Mancano la distanza o fin dove la persona può andare.",
        "We do not know how far it is or how far you can go.",
        "The distance, or how far the person can go, is missing.",
    ),
    "schedule.share": (
        "Orari dell'esperienza in cui puoi: {common} su {wanted}.",
        "Orari dell'esperienza in cui la persona può: {common} su {wanted}.",
        "Times of the experience when you are free: {common} of {wanted}.",
        "Times of the experience when the person is free: {common} of {wanted}.",
    ),
    "schedule.missing": (
        "Non sappiamo quando puoi, oppure l'offerta non dice i suoi orari.",
        "Mancano le disponibilità della persona o gli orari dell'offerta.",
        "We do not know when you are free, or the offer does not say its times.",
        "The person's free times or the times of the offer are missing.",
    ),
    "goals.share": (
        "Cose che vuoi imparare e che qui si imparano: {common} su {wanted}.",
        "Cose che la persona vuole imparare e che qui si imparano: {common} su {wanted}.",
        "Things you want to learn that are taught here: {common} of {wanted}.",
        "Things the person wants to learn that are taught here: {common} of {wanted}.",
    ),
    "goals.missing": (
        "Non hai ancora detto che cosa vuoi imparare, oppure l'offerta non dice che cosa insegna.",
        "Manca che cosa la persona vuole imparare o che cosa l'offerta insegna.",
        "You have not said what you want to learn yet, or the offer does not say what it teaches.",
        "What the person wants to learn or what the offer teaches is missing.",
    ),
    "reliability.rate": (
        "Questa realtà risponde a {rate} candidature su 100.",
        "La realtà risponde a {rate} candidature su 100.",
        "This host answers {rate} applications out of 100.",
        "The host answers {rate} applications out of 100.",
    ),
    "reliability.rate_same_day": (
        "Questa realtà risponde di solito in giornata, a {rate} candidature su 100.",
        "La realtà risponde di solito in giornata, a {rate} candidature su 100.",
        "This host usually answers within the day, {rate} applications out of 100.",
        "The host usually answers within the day, {rate} applications out of 100.",
    ),
    "reliability.rate_day": (
        "Questa realtà risponde in media in un giorno, a {rate} candidature su 100.",
        "La realtà risponde in media in un giorno, a {rate} candidature su 100.",
        "This host answers within a day on average, {rate} applications out of 100.",
        "The host answers within a day on average, {rate} applications out of 100.",
    ),
    "reliability.rate_days": (
        "Questa realtà risponde in media in {days} giorni, a {rate} candidature su 100.",
        "La realtà risponde in media in {days} giorni, a {rate} candidature su 100.",
        "This host answers within {days} days on average, {rate} applications out of 100.",
        "The host answers within {days} days on average, {rate} applications out of 100.",
    ),
    "reliability.missing": (
        "Questa realtà ha dato ancora poche risposte: non sappiamo in quanto tempo risponde.",
        "La realtà ha dato ancora troppo poche risposte per dire in quanto tempo risponde.",
        "This host has given few answers so far: we do not know yet how quickly it answers.",
        "The host has given too few answers so far to say how quickly it answers.",
    ),
    "availability.known": (
        "Quanto le tue disponibilità coprono orari, ore e periodo richiesti: {percent} su 100.",
        "Quanto le disponibilità coprono orari, ore e periodo richiesti: {percent} su 100.",
        "How far your free time covers the times, hours and period asked for: {percent} of 100.",
        "How far the person's free time covers the times, hours and period asked for: {percent} of 100.",
    ),
    "availability.missing": (
        "Non possiamo confrontare orari, ore e periodo: manca qualcosa nel profilo o nell'offerta.",
        "Orari, ore e periodo non si possono confrontare: manca qualcosa nel profilo o nell'offerta.",
        "We cannot compare times, hours and period: something is missing in your profile or in the offer.",
        "Times, hours and period cannot be compared: something is missing in the profile or in the offer.",
    ),
    "motivation.full": (
        "Hai raccontato con calma perché ti interessa.",
        "La persona ha raccontato con calma perché le interessa.",
        "You explained at length why you are interested.",
        "The person explained at length why they are interested.",
    ),
    "motivation.short": (
        "Hai detto in breve perché ti interessa: qualche riga in più aiuta chi legge.",
        "La persona ha detto in breve perché le interessa.",
        "You briefly said why you are interested: a few more lines help the reader.",
        "The person briefly said why they are interested.",
    ),
    "motivation.missing": (
        "Non hai ancora scritto perché ti interessa.",
        "La persona non ha ancora scritto perché le interessa.",
        "You have not written yet why you are interested.",
        "The person has not written yet why they are interested.",
    ),
}

_HINTS: dict[str, Sentences] = {
    "hint.interest": (
        "Indica i settori che ti interessano.",
        "Chiedere alla persona quali settori le interessano.",
        "Tell us which fields you are interested in.",
        "Ask the person which fields they are interested in.",
    ),
    "hint.skills": (
        "Se hai altre competenze o lingue tra quelle richieste, aggiungile al profilo.",
        "Chiedere alla persona se ha altre competenze o lingue tra quelle richieste.",
        "If you have more of the skills or languages asked for, add them to your profile.",
        "Ask the person whether they have more of the skills or languages asked for.",
    ),
    "hint.travel": (
        "Indica da dove parti e fin dove puoi arrivare: con un mezzo in più le distanze cambiano.",
        "Verificare con la persona da dove parte e fin dove può arrivare.",
        "Tell us where you start from and how far you can go: another means of transport changes distances.",
        "Check with the person where they start from and how far they can go.",
    ),
    "hint.availability": (
        "Se hai altri momenti liberi negli orari dell'esperienza, aggiungili alle tue disponibilità.",
        "Verificare con la persona se ha altri momenti liberi negli orari dell'esperienza.",
        "If you have more free time when the experience takes place, add it to your availability.",
        "Check with the person whether they have more free time when the experience takes place.",
    ),
    "hint.goals": (
        "Racconta che cosa vuoi imparare.",
        "Chiedere alla persona che cosa vuole imparare.",
        "Tell us what you want to learn.",
        "Ask the person what they want to learn.",
    ),
    "hint.motivation": (
        "Scrivi qualche riga in più sul perché ti interessa.",
        "Invitare la persona a scrivere qualche riga in più sul perché le interessa.",
        "Write a few more lines on why you are interested.",
        "Invite the person to write a few more lines on why they are interested.",
    ),
}

_EXPOSURE: dict[str, Sentences] = {
    "exposure.none": (
        "Nessuna correzione: le candidature aperte sono poche o nessuna.",
        "Nessuna correzione: le candidature aperte sono poche o nessuna.",
        "No correction: there are few or no open applications for its places.",
        "No correction: there are few or no open applications for its places.",
    ),
    "exposure.busy": (
        "Scende di {penalty} punti nell'elenco: candidature aperte {open}, posti liberi {seats}.",
        "Scende di {penalty} punti nell'elenco: candidature aperte {open}, posti liberi {seats}.",
        "It goes down {penalty} points in the list: open applications {open}, free places {seats}.",
        "It goes down {penalty} points in the list: open applications {open}, free places {seats}.",
    ),
}

_ROUND: dict[str, Sentences] = {
    "round.forbidden": (
        "Lo sportello ha escluso questo abbinamento prima della tornata: puoi chiedere perché.",
        "Abbinamento escluso dallo sportello prima della tornata.",
        "The desk ruled this pair out before the round: you can ask why.",
        "The desk ruled this pair out before the round.",
    ),
    "round.not_eligible": (
        "Mancava un requisito, oppure la realtà ospitante non ti ha messo in nessuna fascia.",
        "La persona non era in nessuna fascia di questa offerta.",
        "You did not meet the requirements of this offer, or the host put you in no band.",
        "The person was in no band of this offer.",
    ),
    "round.no_seats": (
        "Questa offerta non aveva posti liberi già prima della tornata.",
        "L'offerta non aveva posti liberi già prima della tornata.",
        "This offer had no free places even before the round.",
        "The offer had no free places even before the round.",
    ),
    "round.full_band": (
        "I posti sono andati a persone che la realtà ospitante aveva messo in una fascia più alta.",
        "I posti sono andati a persone in una fascia più alta.",
        "The places went to people the host had put in a higher band.",
        "The places went to people in a higher band.",
    ),
    "round.full_lottery": (
        "C'erano più persone nella tua stessa fascia che posti: ha deciso il sorteggio pubblico.",
        "C'erano più persone nella stessa fascia che posti: ha deciso il sorteggio pubblico.",
        "There were more people in your band than places: the public lottery decided.",
        "There were more people in the same band than places: the public lottery decided.",
    ),
}

CATALOGUE: dict[str, Sentences] = {**OBSTACLES, **_FACTORS, **_HINTS, **_EXPOSURE, **_ROUND}

LABELS: dict[str, tuple[str, str]] = {
    "interest": ("Interessi e settore", "Interests and field"),
    "skills": ("Competenze e studi", "Skills and studies"),
    "travel": ("Distanza", "Distance"),
    "schedule": ("Orari", "Schedule"),
    "goals": ("Che cosa si impara", "Learning goals"),
    "reliability": ("Risposte di chi ospita", "Host's answers"),
    "availability": ("Disponibilità", "Availability"),
    "motivation": ("Motivazione", "Motivation"),
}
