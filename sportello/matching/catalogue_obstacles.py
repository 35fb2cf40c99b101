"""Why a pair is impossible, in Italian and English, to the young person and to staff: see `catalogue`."""

# Italian to the young person, Italian to staff, English to the young person, English to staff
Sentences = tuple[str, str, str, str]

OBSTACLES: dict[str, Sentences] = {
    "obstacle.consent": (
        "Non possibile perché non hai dato il consenso alle proposte di abbinamento.",
        "Non possibile perché manca il consenso della persona alle proposte di abbinamento.",
        "Not possible because you have not agreed to be matched with offers.",
        "Not possible because the person has not agreed to be matched with offers.",
    ),
    "obstacle.refused": (
        "Non possibile perché tra te e questa offerta c'è già stato un no.",
        "Non possibile perché tra questa persona e questa offerta c'è già stato un rifiuto.",
        "Not possible because one of you has already said no to the other.",
        "Not possible because one of the two has already turned the other down.",
    ),
    "obstacle.applied_before": (
        "Non possibile perché per questa offerta hai già una candidatura, o l'hai avuta: la trovi tra le tue.",
        "Non possibile perché la persona ha già una candidatura a questa offerta, o l'ha avuta.",
        "Not possible because you already have, or had, an application for this offer: it is among yours.",
        "Not possible because the person already has, or had, an application for this offer.",
    ),
    "obstacle.ranked_before": (
        "Non possibile perché era già nella tua lista della tornata precedente.",
        "Non possibile perché era già nella lista della persona, nella tornata precedente.",
        "Not possible because it was already in your list of the previous round.",
        "Not possible because it was already in the person's list of the previous round.",
    ),
    "obstacle.same_host": (
        "Non possibile perché hai già fatto un'esperienza di questo tipo nella stessa realtà.",
        "Non possibile perché la persona ha già fatto un'esperienza di questo tipo nella stessa realtà.",
        "Not possible because you have already done this kind of experience with the same host.",
        "Not possible because the person has already done this kind of experience with the same host.",
    ),
    "obstacle.birth_date": (
        "Non possibile perché manca la tua data di nascita, e le regole dipendono dall'età.",
        "Non possibile perché manca la data di nascita, e le regole dipendono dall'età.",
        "Not possible because your date of birth is missing and the rules depend on age.",
        "Not possible because the date of birth is missing and the rules depend on age.",
    ),
    "obstacle.too_young": (
        "Non possibile perché all'inizio avresti {age} anni e ne servono almeno {limit}.",
        "Non possibile perché all'inizio la persona avrebbe {age} anni e ne servono almeno {limit}.",
        "Not possible because you would be {age} at the start and the minimum age is {limit}.",
        "Not possible because the person would be {age} at the start and the minimum age is {limit}.",
    ),
    "obstacle.too_old": (
        "Non possibile perché all'inizio avresti {age} anni e il massimo è {limit}.",
        "Non possibile perché all'inizio la persona avrebbe {age} anni e il massimo è {limit}.",
        "Not possible because you would be {age} at the start and the maximum age is {limit}.",
        "Not possible because the person would be {age} at the start and the maximum age is {limit}.",
    ),
    "obstacle.status": (
        "Non possibile perché questo tipo di esperienza è per chi è in una situazione diversa dalla tua.",
        "Non possibile perché questo tipo di esperienza non è previsto per la situazione della persona.",
        "Not possible because this kind of experience is for people in another situation than yours.",
        "Not possible because this kind of experience is not meant for the person's situation.",
    ),
    "obstacle.status_unknown": (
        "Non possibile perché non sappiamo se studi, lavori o altro, e la regola dipende da questo.",
        "Non possibile perché non è indicato se la persona studia, lavora o altro, e la regola lo richiede.",
        "Not possible because we do not know whether you study, work or else, and the rule depends on it.",
        "Not possible because the person's situation (study, work...) is missing and the rule depends on it.",
    ),
    "obstacle.over": (
        "Non possibile perché il periodo dell'esperienza è già passato.",
        "Non possibile perché il periodo dell'esperienza è già passato.",
        "Not possible because the period of this experience is over.",
        "Not possible because the period of this experience is over.",
    ),
    "obstacle.dates": (
        "Non possibile perché i giorni in comune sono {common} e ne servono almeno {needed}.",
        "Non possibile perché i giorni in comune sono {common} e ne servono almeno {needed}.",
        "Not possible because the days in common are {common} and at least {needed} are needed.",
        "Not possible because the days in common are {common} and at least {needed} are needed.",
    ),
    "obstacle.too_short": (
        "Non possibile perché durerebbe {days} giorni e la regola ne chiede almeno {limit}.",
        "Non possibile perché durerebbe {days} giorni e la regola ne chiede almeno {limit}.",
        "Not possible because it would last {days} days and the rule asks for at least {limit}.",
        "Not possible because it would last {days} days and the rule asks for at least {limit}.",
    ),
    "obstacle.too_long": (
        "Non possibile perché durerebbe {days} giorni e la regola ne permette al massimo {limit}.",
        "Non possibile perché durerebbe {days} giorni e la regola ne permette al massimo {limit}.",
        "Not possible because it would last {days} days and the rule allows {limit} at most.",
        "Not possible because it would last {days} days and the rule allows {limit} at most.",
    ),
    "obstacle.weekly_hours": (
        "Non possibile perché sono {needed} ore a settimana e hai indicato al massimo {limit}.",
        "Non possibile perché sono {needed} ore a settimana e la persona ne ha indicate al massimo {limit}.",
        "Not possible because it takes {needed} hours a week and you said {limit} at most.",
        "Not possible because it takes {needed} hours a week and the person said {limit} at most.",
    ),
    "obstacle.schedule": (
        "Non possibile perché negli orari in cui puoi restano {common} ore a settimana: ne servono {needed}.",
        "Non possibile perché gli orari in comune danno {common} ore a settimana e ne servono {needed}.",
        "Not possible because your free times give {common} hours a week and {needed} are needed.",
        "Not possible because the times in common give {common} hours a week and {needed} are needed.",
    ),
    "obstacle.hours_for_age": (
        "Non possibile perché sono {needed} ore a settimana e alla tua età il massimo è {limit}.",
        "Non possibile perché sono {needed} ore a settimana e all'età della persona il massimo è {limit}.",
        "Not possible because it takes {needed} hours a week and at your age {limit} is the most.",
        "Not possible because it takes {needed} hours a week and at the person's age {limit} is the most.",
    ),
    "obstacle.minor_day": (
        "Non possibile perché sono {needed} ore al giorno e per chi è minorenne il massimo è {limit}.",
        "Non possibile perché sono {needed} ore al giorno e per chi è minorenne il massimo è {limit}.",
        "Not possible because it takes {needed} hours a day and under 18 the most is {limit}.",
        "Not possible because it takes {needed} hours a day and under 18 the most is {limit}.",
    ),
    "obstacle.minor_hazards": (
        "Non possibile perché prevede attività pericolose, vietate a chi è minorenne.",
        "Non possibile perché prevede attività pericolose, vietate a chi è minorenne.",
        "Not possible because it involves hazardous tasks, which are forbidden under 18.",
        "Not possible because it involves hazardous tasks, which are forbidden under 18.",
    ),
    "obstacle.minor_night": (
        "Non possibile perché prevede lavoro di notte, vietato a chi è minorenne.",
        "Non possibile perché prevede lavoro di notte, vietato a chi è minorenne.",
        "Not possible because it involves night work, which is forbidden under 18.",
        "Not possible because it involves night work, which is forbidden under 18.",
    ),
    "obstacle.travel": (
        "Non possibile perché è a {km} km da te e hai indicato al massimo {limit} km.",
        "Non possibile perché è a {km} km dalla persona, che ha indicato al massimo {limit} km.",
        "Not possible because it is {km} km away and you said {limit} km at most.",
        "Not possible because it is {km} km away from the person, who said {limit} km at most.",
    ),
    "obstacle.host_cap": (
        "Non possibile perché questa realtà ospita già tutte le persone che la legge le permette.",
        "Non possibile perché la realtà ha già in corso {running} percorsi su {cap} permessi.",
        "Not possible because this host already has as many people as the law allows.",
        "Not possible because the host already runs {running} placements of the {cap} allowed.",
    ),
}
