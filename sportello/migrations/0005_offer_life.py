from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sportello", "0004_offer_reports")]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='chiusa il'),
        ),
        migrations.AddField(
            model_name='offer',
            name='confirmation_asked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='riconferma chiesta il'),
        ),
        migrations.AddField(
            model_name='offer',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='riconfermata il'),
        ),
        migrations.AddField(
            model_name='offer',
            name='search_words',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='offer',
            name='steps_left',
            field=models.CharField(blank=True, default='', editable=False, max_length=80),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'returned')), ('steps_left', ''), _connector='OR'), name='offer_sent_means_complete'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='offer_closed_on_a_day'),
        ),
    ]
