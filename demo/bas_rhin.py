"""Sites of Bas-Rhin, towns first (see `bas_rhin_rural` for the valleys)."""

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
        slug="strasbourg-escale-de-l-ill",
        name="L’Escale de l’Ill",
        operator="ill",
        category=FLAGSHIP,
        insee_code="67482",
        address="14 quai des Mariniers",
        postal_code="67000",
        at=(48.5789, 7.7489),
        hours=LONG_DAYS,
        surface=1250,
        connection=("fibre", 2000, 2000),
        services=(
            "reception",
            "printing",
            "coffee",
            "kitchen",
            "meals",
            "lockers",
            "mail",
            "bicycles",
            "shower",
            "events",
        ),
        specialisations="Coopération transfrontalière",
        access=Access(
            toilet=True,
            hearing_loop=True,
            note="Ascenseur à annonces vocales ; deux bureaux réglables sont réservables au calme.",
        ),
        description=(
            "Le centre principal du réseau à Strasbourg occupe un ancien entrepôt du port, "
            "sur trois "
            "niveaux. On y travaille face à l’eau, on y reçoit ses clients et on y tient ses "
            "visioconférences "
            "avec les autres sites. L’équipe accueille tous les jours ouvrés et organise un "
            "déjeuner "
            "commun le jeudi."
        ),
        directions=(
            "Tram : arrêt Port-au-Bois, à 4 minutes à pied. À vélo : piste du quai. En "
            "voiture : parking "
            "public des Bateliers, à 300 m."
        ),
        access_notes=(
            "Entrée par le quai. Hors accueil (avant 9 h, après 18 h) : code 4127B, puis "
            "escalier B."
        ),
        spaces=(
            desks("Grand plateau", 34, "second-screen", "ergonomic-chair", "docking-station"),
            numbered_desks(
                "Salle calme", 10, "second-screen", "adjustable-desk", "ergonomic-chair"
            ),
            offices("Bureaux du quai", 6, 3),
            meeting("Salle Gutenberg", 14, "projector", "whiteboard"),
            meeting("Salle des Bateliers", 8),
            meeting("Salle du Corbeau", 4),
            video("Studio de visioconférence", 10, "strasbourg-studio", "sip", "h323", "webrtc"),
            video("Petit studio", 4, "strasbourg-petit"),
            booths(4),
            training("Salle de formation du port", 24),
            workshop("Atelier de fabrication", 8, "workbench", "3d-printer", "laser-cutter"),
        ),
        busy=0.68,
    ),
    SitePlan(
        slug="schiltigheim-la-malterie",
        name="La Malterie",
        operator="ill",
        category=URBAN,
        insee_code="67447",
        address="3 rue des Tonneliers",
        postal_code="67300",
        at=(48.6063, 7.7471),
        hours=CITY_AND_SATURDAY,
        surface=420,
        connection=("fibre", 1000, 1000),
        services=("reception", "printing", "coffee", "kitchen", "bicycles", "lockers"),
        specialisations="Métiers de l’image et du son",
        access=Access(toilet=True, parking=True),
        description=(
            "Dans une ancienne malterie de brique, un espace lumineux où travaillent surtout des "
            "indépendants et des salariés du nord de l’agglomération."
        ),
        directions="Bus : arrêt Malterie. Deux places de stationnement réservées devant l’entrée.",
        access_notes="Sonnez à « Malterie » ; le samedi, code 2580.",
        spaces=(
            desks("Plateau du germoir", 10),
            offices("Bureaux de la cour", 2, 2),
            meeting("Salle du Houblon", 8),
            video("Salle de visioconférence", 6, "schiltigheim"),
            booths(2),
        ),
        busy=0.6,
    ),
    SitePlan(
        slug="illkirch-bureaux-du-canal",
        name="Bureaux du Canal",
        operator="ill",
        category=URBAN,
        insee_code="67218",
        address="27 allée des Éclusiers",
        postal_code="67400",
        at=(48.5283, 7.7168),
        hours=CITY_DAYS,
        surface=380,
        host="incubator",
        host_name="Pépinière du Canal",
        connection=("fibre", 1000, 500),
        services=("reception", "printing", "coffee", "mail", "car-park", "charging", "bicycles"),
        specialisations="Sciences de la vie, jeunes entreprises",
        access=Access(toilet=True, parking=True),
        description=(
            "Au rez-de-chaussée d’une pépinière d’entreprises, des postes de travail et des "
            "salles que "
            "se partagent jeunes entreprises et télétravailleurs du sud de Strasbourg."
        ),
        directions="Tram : terminus à 8 minutes à pied. Parking gratuit de 40 places.",
        access_notes="Badge à retirer à l’accueil de la pépinière, contre une pièce d’identité.",
        spaces=(
            desks("Plateau des Éclusiers", 8),
            offices("Bureaux à la journée", 3, 2),
            meeting("Salle du Chaland", 10),
            video("Salle de visioconférence", 8, "illkirch"),
            training("Salle de formation", 16),
        ),
        busy=0.52,
    ),
    SitePlan(
        slug="haguenau-la-houblonniere",
        name="La Houblonnière",
        operator="vosges",
        category=URBAN,
        insee_code="67180",
        address="8 passage des Potiers",
        postal_code="67500",
        at=(48.8149, 7.7893),
        hours=CITY_AND_SATURDAY,
        surface=510,
        connection=("fibre", 1000, 1000),
        services=("reception", "printing", "coffee", "kitchen", "lockers", "bicycles", "events"),
        access=Access(
            toilet=True, note="La porte d’entrée est lourde : sonnez, on vient vous ouvrir."
        ),
        description=(
            "À deux pas de la gare, le plus grand espace de coworking du nord de l’Alsace. "
            "Beaucoup de "
            "ses habitués prenaient chaque jour le train pour Strasbourg."
        ),
        directions=(
            "Gare de Haguenau à 5 minutes à pied. Parking de la Gare, première demi-heure gratuite."
        ),
        access_notes="Entrée par le passage. Code du sas : 7314.",
        spaces=(
            desks("Plateau des Potiers", 12),
            numbered_desks("Salle silencieuse", 4, "adjustable-desk", "second-screen"),
            offices("Bureaux fermés", 2, 2),
            meeting("Salle de la Moder", 10),
            meeting("Salle du Tilleul", 5),
            video("Salle de visioconférence", 6, "haguenau", "sip", "h323"),
            booths(2),
        ),
        busy=0.58,
    ),
    SitePlan(
        slug="selestat-les-bureaux-du-ried",
        name="Les Bureaux du Ried",
        operator="ried",
        category=URBAN,
        insee_code="67462",
        address="19 rue des Bibliophiles",
        postal_code="67600",
        at=(48.2609, 7.4527),
        hours=CITY_DAYS,
        surface=340,
        connection=("fibre", 1000, 500),
        services=("reception", "printing", "coffee", "kitchen", "bicycles", "shower"),
        access=Access(toilet=True, hearing_loop=True),
        description=(
            "À mi-chemin de Strasbourg et de Colmar, un lieu calme dans la vieille ville, "
            "avec un jardin "
            "pour déjeuner aux beaux jours."
        ),
        directions=(
            "Gare de Sélestat à 10 minutes à pied. Stationnement gratuit place du Marché-aux-Pots."
        ),
        access_notes=(
            "Le portail du jardin s’ouvre avec le code 1452 ; la clé des bureaux est à l’accueil."
        ),
        spaces=(
            desks("Plateau du jardin", 9),
            offices("Bureaux de l’étage", 2, 2),
            meeting("Salle Beatus", 8),
            video("Salle de visioconférence", 6, "selestat"),
            booths(1),
        ),
        busy=0.5,
    ),
    SitePlan(
        slug="saverne-le-relais-des-licornes",
        name="Le Relais des Licornes",
        operator="vosges",
        category=URBAN,
        insee_code="67437",
        address="5 rue de l’Ancien-Octroi",
        postal_code="67700",
        at=(48.7409, 7.3647),
        hours=CITY_DAYS,
        surface=260,
        host="business_hotel",
        host_name="Hôtel d’entreprises de l’Octroi",
        services=("reception", "printing", "coffee", "mail", "car-park", "bicycles"),
        access=Access(
            step_free=False,
            note="Trois marches à l’entrée ; une rampe amovible se demande la veille.",
        ),
        description=(
            "Dans un hôtel d’entreprises du centre, des postes de travail et une salle de "
            "réunion à "
            "sept minutes de la gare."
        ),
        directions=(
            "Gare de Saverne à 7 minutes à pied, par la Grand-Rue puis le passage de l’Octroi."
        ),
        access_notes="Code de la porte : 0913. Premier étage, porte verte.",
        spaces=(
            desks("Plateau de l’Octroi", 8),
            offices("Bureau de passage", 1, 2),
            meeting("Salle de la Zorn", 8),
            booths(1),
        ),
        busy=0.46,
    ),
    SitePlan(
        slug="molsheim-atelier-des-rohan",
        name="Atelier des Rohan",
        operator="ill",
        category=URBAN,
        insee_code="67300",
        address="11 rue du Pressoir",
        postal_code="67120",
        at=(48.5413, 7.4939),
        hours=CITY_DAYS,
        surface=290,
        host="fablab",
        host_name="Fablab de la Bruche",
        services=("printing", "coffee", "kitchen", "car-park", "bicycles", "events"),
        specialisations="Mécanique, prototypage",
        access=Access(parking=True, note="Les toilettes adaptées sont au bâtiment voisin, à 40 m."),
        description=(
            "Un fablab et des postes de travail sous le même toit : on prépare ses dossiers "
            "le matin, "
            "on usine son prototype l’après-midi."
        ),
        directions="Gare de Molsheim à 6 minutes à pied. Parking du Pressoir, gratuit.",
        access_notes="Entrée par la cour, deuxième porte à gauche. Code 3366.",
        spaces=(
            desks("Plateau du Pressoir", 8),
            meeting("Salle du Vignoble", 6),
            workshop("Atelier numérique", 10, "workbench", "3d-printer", "laser-cutter"),
            booths(1),
        ),
        busy=0.48,
    ),
    SitePlan(
        slug="erstein-l-ecluse",
        name="L’Écluse",
        operator="ried",
        category=URBAN,
        insee_code="67130",
        address="2 chemin de Halage",
        postal_code="67150",
        at=(48.4251, 7.6604),
        hours=CITY_DAYS,
        surface=210,
        connection=("cable", 400, 50),
        services=("printing", "coffee", "kitchen", "car-park", "bicycles"),
        access=Access(toilet=True, parking=True),
        description=(
            "Un petit espace au bord de l’eau, apprécié des familles installées entre Ill et Rhin."
        ),
        directions="Gare d’Erstein à 12 minutes à pied, ou bus jusqu’à l’arrêt Halage.",
        access_notes="Boîte à clé à droite de la porte : 6021.",
        spaces=(
            desks("Plateau du halage", 7),
            meeting("Salle du Batelier", 6),
            booths(1),
        ),
        busy=0.44,
    ),
    SitePlan(
        slug="entzheim-rhin-affaires",
        name="Centre d’affaires de la Piste",
        operator="rhin",
        category=Site.Category.BUSINESS_CENTRE,
        insee_code="67124",
        address="1 avenue du Grand-Large",
        postal_code="67960",
        at=(48.5386, 7.6331),
        hours=LONG_DAYS,
        surface=1900,
        connection=("fibre", 2000, 1000),
        services=("reception", "printing", "coffee", "meals", "mail", "car-park", "charging"),
        access=Access(toilet=True, parking=True, hearing_loop=True),
        description=(
            "Un centre d’affaires privé près de l’aéroport : bureaux à la demi-journée, "
            "salles de réunion "
            "équipées et petite restauration."
        ),
        directions="Train : halte Entzheim-Aéroport, à 6 minutes à pied. Autoroute à 3 km.",
        access_notes=(
            "Présentez votre référence à l’accueil : un badge de la journée vous est remis."
        ),
        spaces=(
            offices("Bureaux à la demi-journée", 12, 3),
            offices("Bureaux d’équipe", 3, 6),
            meeting("Salle Atlantique", 16, "projector", "whiteboard"),
            meeting("Salle Baltique", 10),
            video("Salle Pacifique", 12, "entzheim", "sip", "h323", "webrtc"),
            booths(3),
        ),
        busy=0.55,
    ),
)
