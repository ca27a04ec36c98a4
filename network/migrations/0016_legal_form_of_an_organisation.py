from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0015_status_of_a_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='legal_form',
            field=models.CharField(blank=True, choices=[('commune', 'Commune'), ('epci', 'Group of communes with its own taxes (EPCI)'), ('joint_syndicate', 'Joint syndicate or rural pole (PETR)'), ('departement', 'Département, that of Alsace included'), ('region', 'Region'), ('state', 'State service'), ('public_establishment', 'Public establishment'), ('chamber', 'Consular chamber'), ('public_interest_group', 'Public interest group (GIP)'), ('local_public_company', 'Local public or semi-public company'), ('local_law_association', 'Association of Alsace-Moselle law'), ('association', 'Association of the law of 1901'), ('foundation', 'Foundation'), ('mutual', 'Mutual society'), ('scic', 'Cooperative of collective interest (SCIC)'), ('scop', 'Workers’ cooperative (SCOP)'), ('sarl', 'Limited company (SARL)'), ('sas', 'Simplified joint-stock company (SAS)'), ('sa', 'Joint-stock company (SA)'), ('sole_trader', 'Sole trader'), ('other', 'Other')], max_length=30, verbose_name='legal form'),
        ),
    ]
