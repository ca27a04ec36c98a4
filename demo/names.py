"""Names as one meets them in Alsace; who bears which is drawn by lot."""

FIRST = """
Agathe Alain Alice Amandine Amélie Anaïs André Anne Antoine Arthur Astrid Aurélie Axel Bastien
Béatrice Benoît Bernard Bruno Camille Caroline Catherine Cécile Céline Charlotte Chloé Claire
Clément Corinne Damien Daniel David Delphine Denis Didier Dominique Élodie Émilie Emma Éric
Estelle Étienne Fabien Fanny Farid Fatima Florence Florian Franck François Frédéric Gabriel Gaëlle
Geneviève Grégory Guillaume Hélène Hugo Inès Isabelle Ismaël Jacques Jean Jérémy Joël Jonathan
Joseph Julie Justine Karim Karine Kévin Laetitia Laura Laurent Léa Leïla Léo Louise Luc Lucie
Magali Manon Marc Marguerite Marie Martine Mathieu Mathilde Mehdi Michel Mickaël Murielle Nathalie
Nicolas Noémie Odile Olivier Pascal Patricia Paul Pauline Philippe Pierre Quentin Rachel Raphaël
Rémi Richard Robin Romain Sabine Samir Samuel Sandrine Sarah Sébastien Simon Solène Sophie
Stéphane Sylvie Théo Thibaut Thomas Tristan Valérie Véronique Victor Vincent Virginie Xavier Yann
Yasmine Yves Zoé
"""
LAST = """
Adam Arnold Bauer Baumann Beck Becker Benoit Berger Bernard Beyer Bieber Bloch Braun Burger
Claudel Diebold Diemer Dietrich Dreyer Eck Ehrhart Fischer Frey Fritsch Fuchs Gangloff Gasser
Geyer Graff Grasser Gross Haas Hartmann Hatterer Heim Heitz Helmer Herrmann Hirsch Hoffmann Holtz
Huber Hug Husser Jaeger Jung Kaiser Karcher Kauffmann Keller Kern Kessler Kieffer Kientzler Klein
Klinger Knecht Koch Koenig Kuhn Kuntz Lang Lehmann Lemaire Lutz Marchal Martin Matter Maurer Mayer
Metzger Meyer Muller Nguyen Oster Ott Pfister Philippe Reinhardt Reiss Rieger Ritter Roth Ruch
Sauer Schaeffer Scherrer Schmitt Schneider Schoettel Schreiber Schuster Schwartz Simon Spitz Stahl
Steiner Sutter Thomas Toussaint Traore Ulrich Vogel Wagner Walter Weber Weiss Wendling Wolff
Yilmaz Ziegler Zimmermann Zinck
"""
FIRST_NAMES = tuple(FIRST.split())
LAST_NAMES = tuple(LAST.split())
