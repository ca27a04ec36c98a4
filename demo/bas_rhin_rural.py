"""Rural telecentres of Bas-Rhin, and the one on wheels."""

from demo.plans import (
    CLOSED_AT_LUNCH,
    LIBRARY,
    OFFICE_DAYS,
    SATURDAY,
    TOWN_HALL,
    Access,
    SitePlan,
    booths,
    desks,
    meeting,
    offices,
    training,
    video,
)
from sites.models import Site

RURAL = Site.Category.RURAL

SITES = (
    SitePlan(
        slug="la-fabrique-de-ville",
        name="La Fabrique de Villé",
        operator="giessen",
        category=RURAL,
        insee_code="67507",
        address="6 place du Tissage",
        postal_code="67220",
        at=(48.3431, 7.3034),
        hours=OFFICE_DAYS | {SATURDAY: (("09:00", "12:00"),)},
        surface=95,
        host="service_house",
        host_name="Maison de services de la vallée",
        connection=("fibre", 500, 300),
        services=(
            "reception",
            "printing",
            "coffee",
            "kitchen",
            "car-park",
            "bicycles",
            "digital-help",
        ),
        specialisations="Entraide entre indépendants de la vallée",
        access=Access(
            toilet=True,
            parking=True,
            note="Tout est de plain-pied ; la cabine téléphonique fait 90 cm de large.",
        ),
        description=(
            "Dans un ancien atelier de tissage, au-dessus du Giessen, huit postes de "
            "travail, un bureau "
            "fermé et une salle de visioconférence. Beaucoup y passent un ou deux jours par "
            "semaine plutôt "
            "que de descendre à Strasbourg."
        ),
        directions=(
            "Depuis la gare de Sélestat : car jusqu’à l’arrêt Villé Tissage, puis 2 minutes "
            "à pied. "
            "En voiture : parking gratuit derrière le bâtiment."
        ),
        access_notes="Porte vitrée côté rivière. Code 1789A. La cuisine est au fond du couloir.",
        spaces=(
            desks(
                "Salle des métiers",
                8,
                "second-screen",
                "ergonomic-chair",
                "wired-network",
                kept_free=5,
            ),
            offices("Bureau du Giessen", 1, 2),
            meeting("Salle de l’Ungersberg", 8),
            video("Salle de visioconférence", 6, "ville", "sip", "h323", "webrtc"),
            booths(1),
        ),
        busy=0.42,
    ),
    SitePlan(
        slug="schirmeck-la-scierie",
        name="La Scierie",
        operator="giessen",
        category=RURAL,
        insee_code="67448",
        address="4 rue des Flotteurs",
        postal_code="67130",
        at=(48.4822, 7.2188),
        hours=CLOSED_AT_LUNCH,
        surface=88,
        host="digital_space",
        host_name="Espace public numérique de la haute Bruche",
        services=("printing", "coffee", "digital-help", "car-park"),
        access=Access(toilet=True),
        description=(
            "Un espace public numérique qui prête ses postes et sa salle aux télétravailleurs."
        ),
        directions="Gare de Schirmeck à 4 minutes à pied.",
        access_notes="Sonnez à l’espace public numérique.",
        spaces=(desks("Salle des flotteurs", 5), meeting("Salle du Donon", 6), booths(1)),
        busy=0.33,
    ),
    SitePlan(
        slug="niederbronn-telecentre-des-sources",
        name="Télécentre des Sources",
        operator="vosges",
        category=RURAL,
        insee_code="67324",
        address="9 allée des Sources",
        postal_code="67110",
        at=(48.9508, 7.6437),
        hours=CLOSED_AT_LUNCH,
        surface=98,
        host="town_hall",
        host_name="Annexe de la mairie",
        services=("reception", "printing", "coffee", "car-park", "bicycles"),
        access=Access(toilet=True, parking=True),
        description="Six postes et une salle de visioconférence dans l’annexe de la mairie.",
        directions="Gare de Niederbronn à 5 minutes à pied, par le parc.",
        access_notes="Présentez-vous à l’accueil de la mairie annexe.",
        spaces=(
            desks("Salle du parc", 6),
            video("Salle de visioconférence", 6, "niederbronn", "sip"),
            meeting("Salle des Sources", 8),
        ),
        busy=0.36,
    ),
    SitePlan(
        slug="wissembourg-les-bureaux-de-la-lauter",
        name="Les Bureaux de la Lauter",
        operator="vosges",
        category=RURAL,
        insee_code="67544",
        address="17 quai des Tanneurs",
        postal_code="67160",
        at=(49.0361, 7.9432),
        hours=OFFICE_DAYS,
        surface=99,
        host="incubator",
        host_name="Pépinière de la Lauter",
        services=("reception", "printing", "coffee", "mail", "bicycles"),
        specialisations="Travail transfrontalier avec le Palatinat",
        access=Access(step_free=False, note="Quatre marches à l’entrée, sans rampe."),
        description=(
            "À deux kilomètres de la frontière, un télécentre où se croisent frontaliers et "
            "entreprises "
            "de la pépinière. On y parle français et allemand."
        ),
        directions="Gare de Wissembourg à 9 minutes à pied, par le quai.",
        access_notes="Code de la porte : 5407. Deuxième étage.",
        spaces=(
            desks("Salle des Tanneurs", 7),
            offices("Bureaux du quai", 2, 2),
            meeting("Salle du Palatinat", 8),
            video("Salle de visioconférence", 4, "wissembourg"),
        ),
        busy=0.4,
    ),
    SitePlan(
        slug="la-petite-pierre-le-grenier-aux-idees",
        name="Le Grenier aux idées",
        operator="vosges",
        category=RURAL,
        insee_code="67371",
        address="2 rue du Guet",
        postal_code="67290",
        at=(48.8583, 7.3207),
        hours=LIBRARY,
        surface=60,
        host="library",
        host_name="Médiathèque du Parc",
        connection=("dsl", 18, 4),
        services=("printing", "coffee"),
        access=Access(
            step_free=False,
            note=(
                "Le télécentre est à l’étage, sans ascenseur ; un poste est prêté au "
                "rez-de-chaussée."
            ),
        ),
        description="Quatre postes sous les poutres de la médiathèque. Ouvert du mardi au samedi.",
        directions="Parking du Guet, puis 3 minutes à pied dans le bourg.",
        access_notes="Présentez-vous au comptoir de la médiathèque.",
        spaces=(
            desks("Le grenier", 4, "ergonomic-chair"),
            meeting("Salle de lecture", 6, "whiteboard"),
        ),
        busy=0.24,
    ),
    SitePlan(
        slug="sarre-union-la-chapellerie",
        name="La Chapellerie",
        operator="vosges",
        category=RURAL,
        insee_code="67434",
        address="21 rue des Chapeliers",
        postal_code="67260",
        at=(48.9389, 7.0914),
        hours=TOWN_HALL,
        surface=85,
        host="service_house",
        host_name="Maison de services d’Alsace Bossue",
        connection=("fibre", 300, 200),
        services=("reception", "printing", "coffee", "digital-help", "car-park"),
        access=Access(toilet=True, parking=True, hearing_loop=True),
        description=(
            "Dans une ancienne chapellerie, des postes de travail et une salle de formation "
            "à côté des "
            "services publics."
        ),
        directions="Parking gratuit de 20 places dans la cour.",
        access_notes="Accueil à gauche en entrant.",
        spaces=(
            desks("Salle des formes", 5),
            training("Salle de formation", 12),
            booths(1),
        ),
        busy=0.28,
    ),
    SitePlan(
        slug="marckolsheim-le-bac",
        name="Le Bac",
        operator="ried",
        category=RURAL,
        insee_code="67281",
        address="3 rue du Passeur",
        postal_code="67390",
        at=(48.1658, 7.5425),
        hours=CLOSED_AT_LUNCH,
        surface=80,
        host="library",
        host_name="Bibliothèque du Ried",
        services=("printing", "coffee", "bicycles"),
        access=Access(toilet=True),
        description="Cinq postes et une salle de réunion près du Rhin, face à la bibliothèque.",
        directions="Bus : arrêt Passeur. À vélo : véloroute du Rhin à 1 km.",
        access_notes="Boîte à clé sous le porche : 8042.",
        spaces=(desks("Salle du passeur", 5), meeting("Salle du fleuve", 6)),
        busy=0.3,
    ),
    SitePlan(
        slug="wasselonne-la-tannerie",
        name="La Tannerie",
        operator="ill",
        category=RURAL,
        insee_code="67520",
        address="10 rue du Foulon",
        postal_code="67310",
        at=(48.6371, 7.4472),
        hours=OFFICE_DAYS,
        surface=92,
        services=("printing", "coffee", "kitchen", "car-park", "bicycles"),
        access=Access(toilet=True, parking=True),
        description="Un télécentre associatif dans une tannerie rénovée par ses habitants.",
        directions="Car : arrêt Foulon. Parking gratuit le long de la Mossig.",
        access_notes="Code de la porte : 2210.",
        spaces=(
            desks("Plateau du Foulon", 6),
            offices("Bureau de la Mossig", 1, 2),
            meeting("Salle du cuir", 6),
            booths(1),
        ),
        busy=0.38,
    ),
    SitePlan(
        slug="bureau-mobile-du-pays-de-hanau",
        name="Bureau mobile du Pays de Hanau",
        operator="vosges",
        category=RURAL,
        insee_code="67061",
        address="Dépôt : 12 route de la Bastberg",
        postal_code="67330",
        at=(48.8259, 7.4801),
        hours={},
        surface=24,
        connection=("mobile", 150, 40),
        services=("reception", "printing", "coffee", "digital-help"),
        access=Access(note="Le véhicule a une rampe ; les toilettes sont celles de la halte."),
        description=(
            "Un ancien autobus aménagé, avec quatre postes et une cabine, qui s’installe "
            "chaque mardi, "
            "mercredi et jeudi sur une place du Pays de Hanau."
        ),
        directions="Le véhicule stationne sur la place indiquée dans le calendrier des haltes.",
        access_notes=(
            "La médiatrice ouvre le véhicule un quart d’heure avant le premier rendez-vous."
        ),
        spaces=(desks("Postes à bord", 4, "second-screen"), booths(1)),
        busy=0.45,
        is_itinerant=True,
    ),
)
