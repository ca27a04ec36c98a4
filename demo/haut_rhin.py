"""Sites of Haut-Rhin, towns first (see `haut_rhin_rural` for the valleys)."""

from demo.plans import (
    CITY_AND_SATURDAY,
    CITY_DAYS,
    LONG_DAYS,
    Access,
    SitePlan,
    booths,
    desks,
    meeting,
    numbered_desks,
    offices,
    training,
    video,
    workshop,
)
from sites.models import Site

FLAGSHIP, URBAN = Site.Category.FLAGSHIP, Site.Category.URBAN

SITES = (
    SitePlan(
        slug="mulhouse-la-manufacture",
        name="La Manufacture",
        operator="doller",
        category=FLAGSHIP,
        insee_code="68224",
        address="30 quai des Indienneurs",
        postal_code="68100",
        at=(47.7484, 7.3391),
        hours=LONG_DAYS,
        surface=980,
        connection=("fibre", 2000, 2000),
        services=(
            "reception",
            "printing",
            "coffee",
            "kitchen",
            "meals",
            "lockers",
            "mail",
            "car-park",
            "charging",
            "bicycles",
            "events",
        ),
        specialisations="Industrie du futur",
        access=Access(toilet=True, parking=True, hearing_loop=True),
        description=(
            "Le centre principal du sud de l’Alsace, dans une ancienne manufacture de toiles "
            "imprimées. "
            "Un grand plateau, des bureaux d’équipe et un atelier de fabrication ouvert aux "
            "entreprises."
        ),
        directions=(
            "Gare de Mulhouse à 8 minutes à pied, par le quai. Parking souterrain, 60 places."
        ),
        access_notes=(
            "Hors accueil : code 6810C au portillon, puis badge de la journée dans le casier 1."
        ),
        spaces=(
            desks(
                "Plateau des Indienneurs", 28, "second-screen", "ergonomic-chair", "docking-station"
            ),
            numbered_desks("Salle de lecture", 8, "second-screen", "adjustable-desk"),
            offices("Bureaux de l’horloge", 5, 3),
            meeting("Salle du Bollwerk", 12, "projector", "whiteboard"),
            meeting("Salle de la Doller", 8),
            video("Salle de visioconférence", 10, "mulhouse", "sip", "h323", "webrtc"),
            booths(3),
            training("Salle de formation", 20),
            workshop("Atelier partagé", 12, "workbench", "3d-printer", "laser-cutter"),
        ),
        busy=0.62,
    ),
    SitePlan(
        slug="colmar-le-comptoir-de-la-lauch",
        name="Le Comptoir de la Lauch",
        operator="lauch",
        category=FLAGSHIP,
        insee_code="68066",
        address="7 rue des Maraîchers",
        postal_code="68000",
        at=(48.0756, 7.3571),
        hours=LONG_DAYS,
        surface=820,
        connection=("fibre", 1000, 1000),
        services=(
            "reception",
            "printing",
            "coffee",
            "kitchen",
            "lockers",
            "mail",
            "bicycles",
            "shower",
            "events",
        ),
        specialisations="Tourisme, viticulture, services",
        access=Access(
            toilet=True,
            note=(
                "Bâtiment ancien : la salle Bartholdi, à l’entresol, n’est pas accessible en "
                "fauteuil."
            ),
        ),
        description=(
            "Le centre principal du centre-Alsace, dans une ancienne halle de maraîchers. On "
            "y vient pour "
            "une journée au calme comme pour un séminaire."
        ),
        directions=(
            "Gare de Colmar à 12 minutes à pied ou 3 minutes en bus. Parking de la Lauch à 200 m."
        ),
        access_notes="Entrée sous l’arcade. Hors accueil : code 3180.",
        spaces=(
            desks("Plateau de la halle", 24),
            numbered_desks("Salle calme", 6, "second-screen", "adjustable-desk"),
            offices("Bureaux de l’arcade", 4, 2),
            meeting("Salle Bartholdi", 12, "projector", "whiteboard"),
            meeting("Salle des Maraîchers", 6),
            video("Salle de visioconférence", 8, "colmar", "sip", "h323", "webrtc"),
            booths(3),
            training("Salle de formation", 18),
        ),
        busy=0.6,
    ),
    SitePlan(
        slug="saint-louis-le-carre-des-trois-pays",
        name="Le Carré des Trois Pays",
        operator="sundgau",
        category=URBAN,
        insee_code="68297",
        address="45 rue des Frontaliers",
        postal_code="68300",
        at=(47.5903, 7.5617),
        hours=CITY_AND_SATURDAY,
        surface=460,
        connection=("fibre", 1000, 1000),
        services=("reception", "printing", "coffee", "kitchen", "lockers", "car-park", "bicycles"),
        specialisations="Travail frontalier, trois langues",
        access=Access(toilet=True, parking=True),
        description=(
            "À trois kilomètres de Bâle, un espace pour les salariés frontaliers les jours où ils "
            "travaillent en France, et pour les indépendants du sud du département."
        ),
        directions="Gare de Saint-Louis à 6 minutes à pied ; tram vers Bâle à 4 minutes.",
        access_notes="Entrée côté jardin. Code 9931.",
        spaces=(
            desks("Plateau du jardin", 12),
            offices("Bureaux de la cour", 3, 2),
            meeting("Salle du Dreiland", 10),
            video("Salle de visioconférence", 6, "saint-louis"),
            booths(2),
        ),
        busy=0.56,
    ),
    SitePlan(
        slug="guebwiller-espace-du-florival",
        name="Espace du Florival",
        operator="lauch",
        category=URBAN,
        insee_code="68112",
        address="12 rue des Vignerons",
        postal_code="68500",
        at=(47.9102, 7.2081),
        hours=CITY_DAYS,
        surface=240,
        host="incubator",
        host_name="Pépinière du Florival",
        services=("reception", "printing", "coffee", "mail", "car-park"),
        access=Access(toilet=True, parking=True),
        description="Postes de travail et salle de réunion dans la pépinière, au pied du vignoble.",
        directions="Bus depuis la gare de Bollwiller, arrêt Vignerons.",
        access_notes="Badge à retirer à la pépinière.",
        spaces=(
            desks("Plateau du coteau", 7),
            offices("Bureau de passage", 1, 2),
            meeting("Salle du Ballon", 8),
            booths(1),
        ),
        busy=0.42,
    ),
    SitePlan(
        slug="thann-la-rosace",
        name="La Rosace",
        operator="doller",
        category=URBAN,
        insee_code="68334",
        address="16 rue de l’Œil-de-la-Vigne",
        postal_code="68800",
        at=(47.8093, 7.1042),
        hours=CITY_DAYS,
        surface=230,
        host="digital_space",
        host_name="Espace public numérique de la Thur",
        connection=("cable", 400, 50),
        services=("reception", "printing", "coffee", "digital-help", "bicycles"),
        access=Access(toilet=True),
        description="Au débouché de la vallée, postes de travail et ateliers numériques pour tous.",
        directions="Gare de Thann-Centre à 3 minutes à pied.",
        access_notes="Sonnez à l’espace public numérique ; code du soir 4477.",
        spaces=(
            desks("Plateau de la Thur", 7),
            meeting("Salle du Rangen", 8),
            training("Salle d’ateliers numériques", 10),
            booths(1),
        ),
        busy=0.43,
    ),
    SitePlan(
        slug="altkirch-la-halle-du-sundgau",
        name="La Halle du Sundgau",
        operator="sundgau",
        category=URBAN,
        insee_code="68004",
        address="1 place des Meuniers",
        postal_code="68130",
        at=(47.6231, 7.2407),
        hours=CITY_DAYS,
        surface=250,
        services=("reception", "printing", "coffee", "kitchen", "car-park", "events"),
        access=Access(
            step_free=False, note="Une marche de 12 cm à l’entrée ; toilettes non adaptées."
        ),
        description=(
            "Une ancienne halle en haut de la ville, tenue par une coopérative d’habitants."
        ),
        directions=(
            "Gare d’Altkirch à 15 minutes à pied (ça monte) ; parking des Meuniers, gratuit."
        ),
        access_notes="Code de la porte : 6868.",
        spaces=(
            desks("Grande halle", 8),
            offices("Bureaux du meunier", 2, 2),
            meeting("Salle de l’Ill", 8),
            booths(1),
        ),
        busy=0.4,
    ),
)
