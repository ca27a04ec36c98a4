"""Equipment, services and organisations of the demo network."""

from dataclasses import dataclass

from stdnum import luhn

from network.models import Organisation

EQUIPMENT = {
    "second-screen": "Second écran",
    "docking-station": "Station d’accueil USB-C",
    "adjustable-desk": "Bureau réglable en hauteur",
    "ergonomic-chair": "Fauteuil ergonomique",
    "lockable-storage": "Rangement fermant à clé",
    "wired-network": "Prise réseau",
    "whiteboard": "Tableau blanc",
    "large-screen": "Grand écran",
    "projector": "Vidéoprojecteur",
    "video-bar": "Barre de visioconférence",
    "soundproof": "Isolation acoustique",
    "workbench": "Établi",
    "3d-printer": "Imprimante 3D",
    "laser-cutter": "Découpeuse laser",
}
SERVICES = {
    "reception": "Accueil sur place",
    "printing": "Impression et numérisation",
    "coffee": "Café et thé",
    "kitchen": "Cuisine partagée",
    "meals": "Restauration sur place",
    "lockers": "Casiers",
    "mail": "Domiciliation et courrier",
    "car-park": "Stationnement",
    "charging": "Recharge de véhicules électriques",
    "bicycles": "Abri à vélos",
    "shower": "Douche",
    "digital-help": "Aide aux démarches numériques",
    "events": "Rencontres et ateliers",
}

KIND = Organisation.Kind


@dataclass(frozen=True)
class OrganisationPlan:
    """One organisation and the commune of its office."""

    key: str
    name: str
    kind: Organisation.Kind
    insee_code: str


ORGANISATIONS = (
    OrganisationPlan("team", "Équipe du réseau Maillage", KIND.NETWORK_TEAM, "67482"),
    OrganisationPlan("ill", "Coopérative L’Escale de l’Ill", KIND.OPERATOR, "67482"),
    OrganisationPlan("doller", "Les Ateliers de la Doller", KIND.OPERATOR, "68224"),
    OrganisationPlan("lauch", "Régie des espaces de la Lauch", KIND.OPERATOR, "68066"),
    OrganisationPlan("giessen", "Association La Fabrique du Giessen", KIND.OPERATOR, "67507"),
    OrganisationPlan("vosges", "Télécentres des Vosges du Nord", KIND.OPERATOR, "67324"),
    OrganisationPlan("ried", "Les Bureaux du Ried", KIND.OPERATOR, "67462"),
    OrganisationPlan("sundgau", "Coopérative du Sundgau partagé", KIND.OPERATOR, "68004"),
    OrganisationPlan("cretes", "Réseau rural des Crêtes", KIND.OPERATOR, "68226"),
    OrganisationPlan("rhin", "Rhin Affaires SAS", KIND.OPERATOR, "67124"),
    OrganisationPlan("assur", "Assurances de la Cathédrale", KIND.EMPLOYER, "67482"),
    OrganisationPlan("meca", "Mécanique des Trois Pays", KIND.EMPLOYER, "68224"),
    OrganisationPlan("textile", "Filatures de la Thur", KIND.EMPLOYER, "68334"),
    OrganisationPlan("logiciel", "Houblon Logiciels", KIND.EMPLOYER, "67202"),
    OrganisationPlan("conseil", "Cabinet Sapin et Grès", KIND.EMPLOYER, "68066"),
    OrganisationPlan("sante", "Mutuelle des Coteaux", KIND.EMPLOYER, "67462"),
    OrganisationPlan("energie", "Énergies du Fossé rhénan", KIND.EMPLOYER, "67180"),
    OrganisationPlan("presse", "Imprimerie du Vieux Pont", KIND.EMPLOYER, "67437"),
    OrganisationPlan("collectivity", "Pays de Villé (démonstration)", KIND.COLLECTIVITY, "67507"),
    OrganisationPlan("valley", "Pays de Munster (démonstration)", KIND.COLLECTIVITY, "68226"),
)


def siret(number: int) -> str:
    """Return the SIRET of the `number`-th invented organisation.

    Its check digits are right; it starts with 000, which no real one does.
    """
    siren = f"{number:08}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")
