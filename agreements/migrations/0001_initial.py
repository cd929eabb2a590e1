import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import agreements.models.fields
import agreements.models.people
import agreements.vocabulary


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proceeding",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                ("name", models.TextField(verbose_name="name of the case")),
                ("court", models.TextField(help_text="Several are separated by semicolons.", verbose_name="court")),
                ("filed", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "decided",
                    models.DateField(
                        blank=True, help_text="Day of the latest ruling.", null=True, verbose_name="decided on"
                    ),
                ),
                ("outcome", models.CharField(max_length=40, verbose_name="outcome")),
                ("summary", models.TextField(verbose_name="summary")),
            ],
            options={
                "verbose_name": "proceeding",
                "verbose_name_plural": "proceedings",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="proceeding_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="proceeding_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="proceeding_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["pending", "allowed", "blocked", "settled", "dismissed", "other"])
                        ),
                        name="proceeding_outcome_known",
                        violation_error_message="Unknown value for outcome.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator("\\A[A-Z]{3}\\Z", "Use three capital letters.")
                        ],
                        verbose_name="alpha-3 code",
                    ),
                ),
                (
                    "alpha2",
                    models.CharField(
                        max_length=2,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("\\A[A-Z]{2}\\Z", "Use two capital letters.")
                        ],
                        verbose_name="alpha-2 code",
                    ),
                ),
                (
                    "slug",
                    agreements.models.fields.PublicIdField(
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="name in addresses",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("region", models.CharField(max_length=40, verbose_name="region")),
                ("subregion", models.CharField(max_length=80, verbose_name="subregion")),
                ("lat", models.FloatField(help_text="Decimal degrees of a point inside.", verbose_name="latitude")),
                ("lon", models.FloatField(help_text="Decimal degrees of the same point.", verbose_name="longitude")),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["slug"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="country_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="country_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="country_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("region__in", ["Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"])
                        ),
                        name="country_region_known",
                        violation_error_message="Unknown value for region.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lat__gte", -90), ("lat__lte", 90)),
                        name="country_lat_on_earth",
                        violation_error_message="A latitude lies between -90 and 90.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lon__gte", -180), ("lon__lte", 180)),
                        name="country_lon_on_earth",
                        violation_error_message="A longitude lies between -180 and 180.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                ("body", models.CharField(max_length=300, verbose_name="body")),
                ("title", models.TextField(verbose_name="title")),
                ("published", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("summary", models.TextField(verbose_name="summary")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="assessment_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="assessment_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="assessment_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("instrument", models.CharField(max_length=40, verbose_name="instrument")),
                ("summary", models.TextField(help_text="What it is and what became of it.", verbose_name="summary")),
                (
                    "people_covered",
                    models.TextField(blank=True, help_text="Whom it covers.", verbose_name="people covered"),
                ),
                (
                    "cap",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of people the deal names as a limit.",
                        null=True,
                        verbose_name="agreed limit",
                    ),
                ),
                ("text_public", models.CharField(max_length=40, verbose_name="text public")),
                (
                    "money_note",
                    models.TextField(
                        blank=True,
                        help_text="What is known of money that no payment expresses.",
                        verbose_name="note on money",
                    ),
                ),
                (
                    "last_checked",
                    models.DateField(help_text="Day up to which the entry was checked.", verbose_name="last checked"),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="as_receiver",
                        to="agreements.country",
                        verbose_name="receiver",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="as_sender",
                        to="agreements.country",
                        verbose_name="sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="agreement_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "third-country-removal",
                                    "safe-third-country",
                                    "offshore-processing",
                                    "detention",
                                    "return-hub",
                                ],
                            )
                        ),
                        name="agreement_kind_known",
                        violation_error_message="Unknown value for kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "instrument__in",
                                [
                                    "treaty",
                                    "agreement",
                                    "memorandum",
                                    "exchange-of-notes",
                                    "joint-statement",
                                    "letter-of-intent",
                                    "unwritten",
                                    "undisclosed",
                                ],
                            )
                        ),
                        name="agreement_instrument_known",
                        violation_error_message="Unknown value for instrument.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_public__in", ["yes", "partly", "no", "unknown"])),
                        name="agreement_text_public_known",
                        violation_error_message="Unknown value for text_public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="agreement_two_parties",
                        violation_error_message="Sender and receiver are two different parties.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap__isnull", True), ("cap__gte", 0), _connector="OR"),
                        name="agreement_cap_not_negative",
                        violation_error_message="A limit is not negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "kind",
                    models.CharField(
                        default=agreements.vocabulary.ActKind["PUBLICATION"], max_length=40, verbose_name="kind"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="public note")),
                ("descriptor", models.TextField(blank=True, verbose_name="data package descriptor")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["publication", "redaction"])),
                        name="edition_kind_known",
                        violation_error_message="Unknown value for kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="edition_number_from_one",
                        violation_error_message="Editions are counted from 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("instrument", models.CharField(max_length=40, verbose_name="instrument")),
                ("summary", models.TextField(help_text="What it is and what became of it.", verbose_name="summary")),
                (
                    "people_covered",
                    models.TextField(blank=True, help_text="Whom it covers.", verbose_name="people covered"),
                ),
                (
                    "cap",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of people the deal names as a limit.",
                        null=True,
                        verbose_name="agreed limit",
                    ),
                ),
                ("text_public", models.CharField(max_length=40, verbose_name="text public")),
                (
                    "money_note",
                    models.TextField(
                        blank=True,
                        help_text="What is known of money that no payment expresses.",
                        verbose_name="note on money",
                    ),
                ),
                (
                    "last_checked",
                    models.DateField(help_text="Day up to which the entry was checked.", verbose_name="last checked"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="receiver",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agreement",
                "verbose_name_plural": "historical agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAssessment",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("body", models.CharField(max_length=300, verbose_name="body")),
                ("title", models.TextField(verbose_name="title")),
                ("published", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("summary", models.TextField(verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical assessment",
                "verbose_name_plural": "historical assessments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCountry",
            fields=[
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("\\A[A-Z]{3}\\Z", "Use three capital letters.")
                        ],
                        verbose_name="alpha-3 code",
                    ),
                ),
                (
                    "alpha2",
                    models.CharField(
                        db_index=True,
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator("\\A[A-Z]{2}\\Z", "Use two capital letters.")
                        ],
                        verbose_name="alpha-2 code",
                    ),
                ),
                (
                    "slug",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        max_length=80,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="name in addresses",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("region", models.CharField(max_length=40, verbose_name="region")),
                ("subregion", models.CharField(max_length=80, verbose_name="subregion")),
                ("lat", models.FloatField(help_text="Decimal degrees of a point inside.", verbose_name="latitude")),
                ("lon", models.FloatField(help_text="Decimal degrees of the same point.", verbose_name="longitude")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical country",
                "verbose_name_plural": "historical countries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOfficial",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("speaks_for", models.CharField(blank=True, max_length=40, verbose_name="speaks for")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Of the government, court or organisation served, if any.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical official",
                "verbose_name_plural": "historical officials",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProceeding",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("name", models.TextField(verbose_name="name of the case")),
                ("court", models.TextField(help_text="Several are separated by semicolons.", verbose_name="court")),
                ("filed", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "decided",
                    models.DateField(
                        blank=True, help_text="Day of the latest ruling.", null=True, verbose_name="decided on"
                    ),
                ),
                ("outcome", models.CharField(max_length=40, verbose_name="outcome")),
                ("summary", models.TextField(verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical proceeding",
                "verbose_name_plural": "historical proceedings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "url",
                    models.TextField(
                        blank=True,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Expected an address that begins with https:// or http://.",
                                schemes=["http", "https"],
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("url_key", agreements.models.fields.UrlKeyField(editable=False, null=True)),
                (
                    "archive_url",
                    models.TextField(
                        blank=True,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Expected an address that begins with https:// or http://.",
                                schemes=["http", "https"],
                            )
                        ],
                        verbose_name="address of an archived copy",
                    ),
                ),
                ("title", models.TextField(verbose_name="title")),
                (
                    "title_is_description",
                    models.BooleanField(
                        default=False,
                        help_text="The title describes the document; it is not its own.",
                        verbose_name="title is a description",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        help_text="Of the title.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2}\\Z", "Use a code of ISO 639-1: two lower-case letters, as in en."
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        help_text="“via” names the site that carries the text, “citing” the report it relies on.",
                        max_length=300,
                        verbose_name="publisher",
                    ),
                ),
                (
                    "published",
                    models.DateField(
                        blank=True, help_text="Empty where not known.", null=True, verbose_name="published on"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStatusChange",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        help_text="Order within the agreement, from 1 without gaps.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="step",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("status", models.CharField(max_length=40, verbose_name="status")),
                ("note", models.TextField(help_text="What happened, in our own words.", verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical status change",
                "verbose_name_plural": "historical status changes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTransfer",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("people_low", models.PositiveIntegerField(blank=True, null=True, verbose_name="people, at least")),
                ("people_high", models.PositiveIntegerField(blank=True, null=True, verbose_name="people, at most")),
                ("counted_by", models.CharField(max_length=40, verbose_name="counted by")),
                (
                    "counting",
                    models.CharField(
                        default=agreements.vocabulary.Counting["SINGLE"], max_length=40, verbose_name="counting"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        help_text="Details, and what the sources disagree on. Never a name.", verbose_name="note"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical transfer",
                "verbose_name_plural": "historical transfers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Official",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("speaks_for", models.CharField(blank=True, max_length=40, verbose_name="speaks for")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of the government, court or organisation served, if any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officials",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "official",
                "verbose_name_plural": "officials",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="official_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="official_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="official_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "office", "organisation"])),
                        name="official_kind_known",
                        violation_error_message="Unknown value for kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "speaks_for__in",
                                [
                                    "",
                                    "government",
                                    "parliament",
                                    "opposition",
                                    "judiciary",
                                    "international-organisation",
                                    "civil-society",
                                    "individual",
                                ],
                            )
                        ),
                        name="official_speaks_for_known",
                        violation_error_message="Unknown value for speaks_for.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPosition",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "body",
                    models.CharField(
                        blank=True, help_text="Ministry, court, organisation.", max_length=300, verbose_name="body"
                    ),
                ),
                (
                    "started",
                    models.CharField(
                        blank=True,
                        help_text="YYYY, YYYY-MM or YYYY-MM-DD.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\d{4}(-\\d{2}(-\\d{2})?)?\\Z", "Use YYYY, YYYY-MM or YYYY-MM-DD."
                            ),
                            agreements.models.people.real_partial_date,
                        ],
                        verbose_name="started",
                    ),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        help_text="YYYY, YYYY-MM or YYYY-MM-DD; empty where not known or still held.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\d{4}(-\\d{2}(-\\d{2})?)?\\Z", "Use YYYY, YYYY-MM or YYYY-MM-DD."
                            ),
                            agreements.models.people.real_partial_date,
                        ],
                        verbose_name="ended",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.official",
                        verbose_name="official",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "date",
                    models.DateField(
                        blank=True,
                        help_text="First day of the period where only the month or the year is known.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                ("precision", models.CharField(blank=True, max_length=40, verbose_name="precision")),
                (
                    "amount",
                    models.PositiveBigIntegerField(help_text="In full units of the currency.", verbose_name="amount"),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("AED", "AED"),
                            ("AFN", "AFN"),
                            ("ALL", "ALL"),
                            ("AMD", "AMD"),
                            ("AOA", "AOA"),
                            ("ARS", "ARS"),
                            ("AUD", "AUD"),
                            ("AWG", "AWG"),
                            ("AZN", "AZN"),
                            ("BAM", "BAM"),
                            ("BBD", "BBD"),
                            ("BDT", "BDT"),
                            ("BGN", "BGN"),
                            ("BHD", "BHD"),
                            ("BIF", "BIF"),
                            ("BMD", "BMD"),
                            ("BND", "BND"),
                            ("BOB", "BOB"),
                            ("BRL", "BRL"),
                            ("BSD", "BSD"),
                            ("BTN", "BTN"),
                            ("BWP", "BWP"),
                            ("BYN", "BYN"),
                            ("BZD", "BZD"),
                            ("CAD", "CAD"),
                            ("CDF", "CDF"),
                            ("CHF", "CHF"),
                            ("CLP", "CLP"),
                            ("CNY", "CNY"),
                            ("COP", "COP"),
                            ("CRC", "CRC"),
                            ("CUP", "CUP"),
                            ("CVE", "CVE"),
                            ("CZK", "CZK"),
                            ("DJF", "DJF"),
                            ("DKK", "DKK"),
                            ("DOP", "DOP"),
                            ("DZD", "DZD"),
                            ("EGP", "EGP"),
                            ("ERN", "ERN"),
                            ("ETB", "ETB"),
                            ("EUR", "EUR"),
                            ("FJD", "FJD"),
                            ("FKP", "FKP"),
                            ("GBP", "GBP"),
                            ("GEL", "GEL"),
                            ("GHS", "GHS"),
                            ("GIP", "GIP"),
                            ("GMD", "GMD"),
                            ("GNF", "GNF"),
                            ("GTQ", "GTQ"),
                            ("GYD", "GYD"),
                            ("HKD", "HKD"),
                            ("HNL", "HNL"),
                            ("HTG", "HTG"),
                            ("HUF", "HUF"),
                            ("IDR", "IDR"),
                            ("ILS", "ILS"),
                            ("INR", "INR"),
                            ("IQD", "IQD"),
                            ("IRR", "IRR"),
                            ("ISK", "ISK"),
                            ("JMD", "JMD"),
                            ("JOD", "JOD"),
                            ("JPY", "JPY"),
                            ("KES", "KES"),
                            ("KGS", "KGS"),
                            ("KHR", "KHR"),
                            ("KMF", "KMF"),
                            ("KPW", "KPW"),
                            ("KRW", "KRW"),
                            ("KWD", "KWD"),
                            ("KYD", "KYD"),
                            ("KZT", "KZT"),
                            ("LAK", "LAK"),
                            ("LBP", "LBP"),
                            ("LKR", "LKR"),
                            ("LRD", "LRD"),
                            ("LSL", "LSL"),
                            ("LYD", "LYD"),
                            ("MAD", "MAD"),
                            ("MDL", "MDL"),
                            ("MGA", "MGA"),
                            ("MKD", "MKD"),
                            ("MMK", "MMK"),
                            ("MNT", "MNT"),
                            ("MOP", "MOP"),
                            ("MRU", "MRU"),
                            ("MUR", "MUR"),
                            ("MVR", "MVR"),
                            ("MWK", "MWK"),
                            ("MXN", "MXN"),
                            ("MYR", "MYR"),
                            ("MZN", "MZN"),
                            ("NAD", "NAD"),
                            ("NGN", "NGN"),
                            ("NIO", "NIO"),
                            ("NOK", "NOK"),
                            ("NPR", "NPR"),
                            ("NZD", "NZD"),
                            ("OMR", "OMR"),
                            ("PAB", "PAB"),
                            ("PEN", "PEN"),
                            ("PGK", "PGK"),
                            ("PHP", "PHP"),
                            ("PKR", "PKR"),
                            ("PLN", "PLN"),
                            ("PYG", "PYG"),
                            ("QAR", "QAR"),
                            ("RON", "RON"),
                            ("RSD", "RSD"),
                            ("RUB", "RUB"),
                            ("RWF", "RWF"),
                            ("SAR", "SAR"),
                            ("SBD", "SBD"),
                            ("SCR", "SCR"),
                            ("SDG", "SDG"),
                            ("SEK", "SEK"),
                            ("SGD", "SGD"),
                            ("SHP", "SHP"),
                            ("SLE", "SLE"),
                            ("SOS", "SOS"),
                            ("SRD", "SRD"),
                            ("SSP", "SSP"),
                            ("STN", "STN"),
                            ("SVC", "SVC"),
                            ("SYP", "SYP"),
                            ("SZL", "SZL"),
                            ("THB", "THB"),
                            ("TJS", "TJS"),
                            ("TMT", "TMT"),
                            ("TND", "TND"),
                            ("TOP", "TOP"),
                            ("TRY", "TRY"),
                            ("TTD", "TTD"),
                            ("TWD", "TWD"),
                            ("TZS", "TZS"),
                            ("UAH", "UAH"),
                            ("UGX", "UGX"),
                            ("USD", "USD"),
                            ("UYU", "UYU"),
                            ("UZS", "UZS"),
                            ("VED", "VED"),
                            ("VES", "VES"),
                            ("VND", "VND"),
                            ("VUV", "VUV"),
                            ("WST", "WST"),
                            ("XAF", "XAF"),
                            ("XCD", "XCD"),
                            ("XCG", "XCG"),
                            ("XOF", "XOF"),
                            ("XPF", "XPF"),
                            ("YER", "YER"),
                            ("ZAR", "ZAR"),
                            ("ZMW", "ZMW"),
                            ("ZWG", "ZWG"),
                        ],
                        help_text="ISO 4217.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("stage", models.CharField(max_length=40, verbose_name="stage")),
                ("note", models.TextField(help_text="What it is for, and who says so.", verbose_name="note")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The payment whose amount includes this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="agreements.payment",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="payment_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["", "day", "month", "year"])),
                        name="payment_precision_known",
                        violation_error_message="Unknown value for precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["requested", "promised", "obligated", "paid"])),
                        name="payment_stage_known",
                        violation_error_message="Unknown value for stage.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="payment_amount_not_negative",
                        violation_error_message="An amount is not negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "currency__in",
                                (
                                    "AED",
                                    "AFN",
                                    "ALL",
                                    "AMD",
                                    "AOA",
                                    "ARS",
                                    "AUD",
                                    "AWG",
                                    "AZN",
                                    "BAM",
                                    "BBD",
                                    "BDT",
                                    "BGN",
                                    "BHD",
                                    "BIF",
                                    "BMD",
                                    "BND",
                                    "BOB",
                                    "BRL",
                                    "BSD",
                                    "BTN",
                                    "BWP",
                                    "BYN",
                                    "BZD",
                                    "CAD",
                                    "CDF",
                                    "CHF",
                                    "CLP",
                                    "CNY",
                                    "COP",
                                    "CRC",
                                    "CUP",
                                    "CVE",
                                    "CZK",
                                    "DJF",
                                    "DKK",
                                    "DOP",
                                    "DZD",
                                    "EGP",
                                    "ERN",
                                    "ETB",
                                    "EUR",
                                    "FJD",
                                    "FKP",
                                    "GBP",
                                    "GEL",
                                    "GHS",
                                    "GIP",
                                    "GMD",
                                    "GNF",
                                    "GTQ",
                                    "GYD",
                                    "HKD",
                                    "HNL",
                                    "HTG",
                                    "HUF",
                                    "IDR",
                                    "ILS",
                                    "INR",
                                    "IQD",
                                    "IRR",
                                    "ISK",
                                    "JMD",
                                    "JOD",
                                    "JPY",
                                    "KES",
                                    "KGS",
                                    "KHR",
                                    "KMF",
                                    "KPW",
                                    "KRW",
                                    "KWD",
                                    "KYD",
                                    "KZT",
                                    "LAK",
                                    "LBP",
                                    "LKR",
                                    "LRD",
                                    "LSL",
                                    "LYD",
                                    "MAD",
                                    "MDL",
                                    "MGA",
                                    "MKD",
                                    "MMK",
                                    "MNT",
                                    "MOP",
                                    "MRU",
                                    "MUR",
                                    "MVR",
                                    "MWK",
                                    "MXN",
                                    "MYR",
                                    "MZN",
                                    "NAD",
                                    "NGN",
                                    "NIO",
                                    "NOK",
                                    "NPR",
                                    "NZD",
                                    "OMR",
                                    "PAB",
                                    "PEN",
                                    "PGK",
                                    "PHP",
                                    "PKR",
                                    "PLN",
                                    "PYG",
                                    "QAR",
                                    "RON",
                                    "RSD",
                                    "RUB",
                                    "RWF",
                                    "SAR",
                                    "SBD",
                                    "SCR",
                                    "SDG",
                                    "SEK",
                                    "SGD",
                                    "SHP",
                                    "SLE",
                                    "SOS",
                                    "SRD",
                                    "SSP",
                                    "STN",
                                    "SVC",
                                    "SYP",
                                    "SZL",
                                    "THB",
                                    "TJS",
                                    "TMT",
                                    "TND",
                                    "TOP",
                                    "TRY",
                                    "TTD",
                                    "TWD",
                                    "TZS",
                                    "UAH",
                                    "UGX",
                                    "USD",
                                    "UYU",
                                    "UZS",
                                    "VED",
                                    "VES",
                                    "VND",
                                    "VUV",
                                    "WST",
                                    "XAF",
                                    "XCD",
                                    "XCG",
                                    "XOF",
                                    "XPF",
                                    "YER",
                                    "ZAR",
                                    "ZMW",
                                    "ZWG",
                                ),
                            )
                        ),
                        name="payment_currency_known",
                        violation_error_message="An amount has a currency of ISO 4217.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date__isnull", True), ("precision", "")),
                            models.Q(("date__isnull", False), models.Q(("precision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="payment_date_and_precision",
                        violation_error_message="Give a date and its precision, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part_of__isnull", True),
                            models.Q(("part_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="payment_not_part_of_itself",
                        violation_error_message="Not a part of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPayment",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        blank=True,
                        help_text="First day of the period where only the month or the year is known.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                ("precision", models.CharField(blank=True, max_length=40, verbose_name="precision")),
                (
                    "amount",
                    models.PositiveBigIntegerField(help_text="In full units of the currency.", verbose_name="amount"),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("AED", "AED"),
                            ("AFN", "AFN"),
                            ("ALL", "ALL"),
                            ("AMD", "AMD"),
                            ("AOA", "AOA"),
                            ("ARS", "ARS"),
                            ("AUD", "AUD"),
                            ("AWG", "AWG"),
                            ("AZN", "AZN"),
                            ("BAM", "BAM"),
                            ("BBD", "BBD"),
                            ("BDT", "BDT"),
                            ("BGN", "BGN"),
                            ("BHD", "BHD"),
                            ("BIF", "BIF"),
                            ("BMD", "BMD"),
                            ("BND", "BND"),
                            ("BOB", "BOB"),
                            ("BRL", "BRL"),
                            ("BSD", "BSD"),
                            ("BTN", "BTN"),
                            ("BWP", "BWP"),
                            ("BYN", "BYN"),
                            ("BZD", "BZD"),
                            ("CAD", "CAD"),
                            ("CDF", "CDF"),
                            ("CHF", "CHF"),
                            ("CLP", "CLP"),
                            ("CNY", "CNY"),
                            ("COP", "COP"),
                            ("CRC", "CRC"),
                            ("CUP", "CUP"),
                            ("CVE", "CVE"),
                            ("CZK", "CZK"),
                            ("DJF", "DJF"),
                            ("DKK", "DKK"),
                            ("DOP", "DOP"),
                            ("DZD", "DZD"),
                            ("EGP", "EGP"),
                            ("ERN", "ERN"),
                            ("ETB", "ETB"),
                            ("EUR", "EUR"),
                            ("FJD", "FJD"),
                            ("FKP", "FKP"),
                            ("GBP", "GBP"),
                            ("GEL", "GEL"),
                            ("GHS", "GHS"),
                            ("GIP", "GIP"),
                            ("GMD", "GMD"),
                            ("GNF", "GNF"),
                            ("GTQ", "GTQ"),
                            ("GYD", "GYD"),
                            ("HKD", "HKD"),
                            ("HNL", "HNL"),
                            ("HTG", "HTG"),
                            ("HUF", "HUF"),
                            ("IDR", "IDR"),
                            ("ILS", "ILS"),
                            ("INR", "INR"),
                            ("IQD", "IQD"),
                            ("IRR", "IRR"),
                            ("ISK", "ISK"),
                            ("JMD", "JMD"),
                            ("JOD", "JOD"),
                            ("JPY", "JPY"),
                            ("KES", "KES"),
                            ("KGS", "KGS"),
                            ("KHR", "KHR"),
                            ("KMF", "KMF"),
                            ("KPW", "KPW"),
                            ("KRW", "KRW"),
                            ("KWD", "KWD"),
                            ("KYD", "KYD"),
                            ("KZT", "KZT"),
                            ("LAK", "LAK"),
                            ("LBP", "LBP"),
                            ("LKR", "LKR"),
                            ("LRD", "LRD"),
                            ("LSL", "LSL"),
                            ("LYD", "LYD"),
                            ("MAD", "MAD"),
                            ("MDL", "MDL"),
                            ("MGA", "MGA"),
                            ("MKD", "MKD"),
                            ("MMK", "MMK"),
                            ("MNT", "MNT"),
                            ("MOP", "MOP"),
                            ("MRU", "MRU"),
                            ("MUR", "MUR"),
                            ("MVR", "MVR"),
                            ("MWK", "MWK"),
                            ("MXN", "MXN"),
                            ("MYR", "MYR"),
                            ("MZN", "MZN"),
                            ("NAD", "NAD"),
                            ("NGN", "NGN"),
                            ("NIO", "NIO"),
                            ("NOK", "NOK"),
                            ("NPR", "NPR"),
                            ("NZD", "NZD"),
                            ("OMR", "OMR"),
                            ("PAB", "PAB"),
                            ("PEN", "PEN"),
                            ("PGK", "PGK"),
                            ("PHP", "PHP"),
                            ("PKR", "PKR"),
                            ("PLN", "PLN"),
                            ("PYG", "PYG"),
                            ("QAR", "QAR"),
                            ("RON", "RON"),
                            ("RSD", "RSD"),
                            ("RUB", "RUB"),
                            ("RWF", "RWF"),
                            ("SAR", "SAR"),
                            ("SBD", "SBD"),
                            ("SCR", "SCR"),
                            ("SDG", "SDG"),
                            ("SEK", "SEK"),
                            ("SGD", "SGD"),
                            ("SHP", "SHP"),
                            ("SLE", "SLE"),
                            ("SOS", "SOS"),
                            ("SRD", "SRD"),
                            ("SSP", "SSP"),
                            ("STN", "STN"),
                            ("SVC", "SVC"),
                            ("SYP", "SYP"),
                            ("SZL", "SZL"),
                            ("THB", "THB"),
                            ("TJS", "TJS"),
                            ("TMT", "TMT"),
                            ("TND", "TND"),
                            ("TOP", "TOP"),
                            ("TRY", "TRY"),
                            ("TTD", "TTD"),
                            ("TWD", "TWD"),
                            ("TZS", "TZS"),
                            ("UAH", "UAH"),
                            ("UGX", "UGX"),
                            ("USD", "USD"),
                            ("UYU", "UYU"),
                            ("UZS", "UZS"),
                            ("VED", "VED"),
                            ("VES", "VES"),
                            ("VND", "VND"),
                            ("VUV", "VUV"),
                            ("WST", "WST"),
                            ("XAF", "XAF"),
                            ("XCD", "XCD"),
                            ("XCG", "XCG"),
                            ("XOF", "XOF"),
                            ("XPF", "XPF"),
                            ("YER", "YER"),
                            ("ZAR", "ZAR"),
                            ("ZMW", "ZMW"),
                            ("ZWG", "ZWG"),
                        ],
                        help_text="ISO 4217.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                ("stage", models.CharField(max_length=40, verbose_name="stage")),
                ("note", models.TextField(help_text="What it is for, and who says so.", verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The payment whose amount includes this one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.payment",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical payment",
                "verbose_name_plural": "historical payments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "body",
                    models.CharField(
                        blank=True, help_text="Ministry, court, organisation.", max_length=300, verbose_name="body"
                    ),
                ),
                (
                    "started",
                    models.CharField(
                        blank=True,
                        help_text="YYYY, YYYY-MM or YYYY-MM-DD.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\d{4}(-\\d{2}(-\\d{2})?)?\\Z", "Use YYYY, YYYY-MM or YYYY-MM-DD."
                            ),
                            agreements.models.people.real_partial_date,
                        ],
                        verbose_name="started",
                    ),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        help_text="YYYY, YYYY-MM or YYYY-MM-DD; empty where not known or still held.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\d{4}(-\\d{2}(-\\d{2})?)?\\Z", "Use YYYY, YYYY-MM or YYYY-MM-DD."
                            ),
                            agreements.models.people.real_partial_date,
                        ],
                        verbose_name="ended",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="agreements.official",
                        verbose_name="official",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="position_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="position_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="position_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proceeding_links",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_links",
                        to="agreements.proceeding",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("proceeding", "agreement"), name="proceedingagreement_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="proceeding",
            name="agreements",
            field=models.ManyToManyField(
                related_name="proceedings",
                through="agreements.ProceedingAgreement",
                to="agreements.agreement",
                verbose_name="agreements",
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=40, verbose_name="table")),
                ("record", agreements.models.fields.PublicIdField(max_length=200, verbose_name="record")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of change")),
                ("row", models.JSONField(null=True, verbose_name="row")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="agreements.edition"
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["edition", "table", "record"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["added", "changed", "withdrawn"])),
                        name="revision_kind_known",
                        violation_error_message="Unknown value for kind.",
                    ),
                    models.UniqueConstraint(fields=("table", "record", "edition"), name="revision_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", agreements.vocabulary.ChangeKind["WITHDRAWN"]), ("row__isnull", True)),
                            models.Q(
                                models.Q(("kind", agreements.vocabulary.ChangeKind["WITHDRAWN"]), _negated=True),
                                ("row__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="revision_row_unless_withdrawn",
                        violation_error_message="A revision has a row unless it withdraws the record.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", agreements.models.fields.PublicIdField(max_length=200)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="agreements.revision"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subject", "revision"), name="revisionsubject_once")],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "url",
                    models.TextField(
                        blank=True,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Expected an address that begins with https:// or http://.",
                                schemes=["http", "https"],
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("url_key", agreements.models.fields.UrlKeyField(editable=False, null=True)),
                (
                    "archive_url",
                    models.TextField(
                        blank=True,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Expected an address that begins with https:// or http://.",
                                schemes=["http", "https"],
                            )
                        ],
                        verbose_name="address of an archived copy",
                    ),
                ),
                ("title", models.TextField(verbose_name="title")),
                (
                    "title_is_description",
                    models.BooleanField(
                        default=False,
                        help_text="The title describes the document; it is not its own.",
                        verbose_name="title is a description",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        help_text="Of the title.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2}\\Z", "Use a code of ISO 639-1: two lower-case letters, as in en."
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        help_text="“via” names the site that carries the text, “citing” the report it relies on.",
                        max_length=300,
                        verbose_name="publisher",
                    ),
                ),
                (
                    "published",
                    models.DateField(
                        blank=True, help_text="Empty where not known.", null=True, verbose_name="published on"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="source_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="source_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="source_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["news", "government", "court", "intergovernmental", "ngo", "academic", "reference"],
                            )
                        ),
                        name="source_kind_known",
                        violation_error_message="Unknown value for kind.",
                    ),
                    models.UniqueConstraint(
                        models.F("url_key"),
                        condition=models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                        name="source_url_unique",
                        violation_error_message="Another source has this address already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="agreements.proceeding",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="proceedingsource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.payment"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="paymentsource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="agreements.assessment",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="assessmentsource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.agreement"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="agreementsource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("stance", models.CharField(max_length=40, verbose_name="stance")),
                (
                    "quote",
                    models.TextField(
                        blank=True, help_text="Words as printed in a source, at most 40.", verbose_name="quotation"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Of the quotation as printed.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2}\\Z", "Use a code of ISO 639-1: two lower-case letters, as in en."
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                ("summary", models.TextField(help_text="What was said, in our own words.", verbose_name="summary")),
                (
                    "venue",
                    models.CharField(blank=True, help_text="Where it was said.", max_length=300, verbose_name="venue"),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="agreements.official",
                        verbose_name="official",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["date", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")), fields=["date"], name="statement_published_date"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="statement_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="statement_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="statement_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["day", "month", "year"])),
                        name="statement_precision_known",
                        violation_error_message="Unknown value for precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stance__in",
                                [
                                    "confirms",
                                    "supports",
                                    "denies",
                                    "opposes",
                                    "conditions",
                                    "declines-comment",
                                    "criticises",
                                ],
                            )
                        ),
                        name="statement_stance_known",
                        violation_error_message="Unknown value for stance.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_links",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_links",
                        to="agreements.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "agreement"), name="statementagreement_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="statement",
            name="agreements",
            field=models.ManyToManyField(
                related_name="statements",
                through="agreements.StatementAgreement",
                to="agreements.agreement",
                verbose_name="agreements",
            ),
        ),
        migrations.CreateModel(
            name="StatementSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.statement"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="statementsource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        help_text="Order within the agreement, from 1 without gaps.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="step",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("status", models.CharField(max_length=40, verbose_name="status")),
                ("note", models.TextField(help_text="What happened, in our own words.", verbose_name="note")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_changes",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "status change",
                "verbose_name_plural": "status changes",
                "ordering": ["agreement", "step", "id"],
                "abstract": False,
                "indexes": [models.Index(fields=["agreement", "step"], name="agreements__agreeme_790067_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="statuschange_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="statuschange_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="statuschange_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["day", "month", "year"])),
                        name="statuschange_precision_known",
                        violation_error_message="Unknown value for precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "reported",
                                    "talks",
                                    "agreed",
                                    "signed",
                                    "in-force",
                                    "operating",
                                    "suspended",
                                    "ended",
                                    "rejected",
                                ],
                            )
                        ),
                        name="statuschange_status_known",
                        violation_error_message="Unknown value for status.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 1)),
                        name="statuschange_step_from_one",
                        violation_error_message="Steps are counted from 1.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="statement",
            name="status_change",
            field=models.ForeignKey(
                blank=True,
                help_text="The status change that the statement made or confirmed, if any.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="agreements.statuschange",
                verbose_name="status change",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalStatement",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        db_index=True,
                        help_text="Never changes once it is published.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="added to the database at"),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("stance", models.CharField(max_length=40, verbose_name="stance")),
                (
                    "quote",
                    models.TextField(
                        blank=True, help_text="Words as printed in a source, at most 40.", verbose_name="quotation"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Of the quotation as printed.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z]{2}\\Z", "Use a code of ISO 639-1: two lower-case letters, as in en."
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                ("summary", models.TextField(help_text="What was said, in our own words.", verbose_name="summary")),
                (
                    "venue",
                    models.CharField(blank=True, help_text="Where it was said.", max_length=300, verbose_name="venue"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "status_change",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The status change that the statement made or confirmed, if any.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.statuschange",
                        verbose_name="status change",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical statement",
                "verbose_name_plural": "historical statements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StatusChangeSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="agreements.statuschange",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="statuschangesource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    agreements.models.fields.PublicIdField(
                        help_text="Never changes once it is published.",
                        max_length=200,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters a to z, digits and single hyphens, as in us-rw-2025.",
                            )
                        ],
                        verbose_name="public id",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        default=agreements.vocabulary.State["DRAFT"],
                        editable=False,
                        max_length=40,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="added to the database at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved at")),
                (
                    "internal_note",
                    models.TextField(
                        blank=True, help_text="For editors only; never leaves the desk.", verbose_name="internal note"
                    ),
                ),
                ("loaded_row", models.JSONField(editable=False, null=True)),
                (
                    "date",
                    models.DateField(
                        help_text="First day of the period where only the month or the year is known.",
                        verbose_name="date",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        default=agreements.vocabulary.Precision["DAY"], max_length=40, verbose_name="precision"
                    ),
                ),
                ("people_low", models.PositiveIntegerField(blank=True, null=True, verbose_name="people, at least")),
                ("people_high", models.PositiveIntegerField(blank=True, null=True, verbose_name="people, at most")),
                ("counted_by", models.CharField(max_length=40, verbose_name="counted by")),
                (
                    "counting",
                    models.CharField(
                        default=agreements.vocabulary.Counting["SINGLE"], max_length=40, verbose_name="counting"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        help_text="Details, and what the sources disagree on. Never a name.", verbose_name="note"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "ordering": ["agreement", "date", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in-review", "published", "withdrawn"])),
                        name="transfer_state_known",
                        violation_error_message="Unknown value for state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="transfer_published_has_time",
                        violation_error_message="A published record has a time of publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", agreements.vocabulary.State["WITHDRAWN"]), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="transfer_withdrawn_has_time",
                        violation_error_message="A withdrawn record has a time of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["day", "month", "year"])),
                        name="transfer_precision_known",
                        violation_error_message="Unknown value for precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "counted_by__in",
                                [
                                    "sender",
                                    "receiver",
                                    "court",
                                    "press",
                                    "ngo",
                                    "international-organisation",
                                    "unknown",
                                ],
                            )
                        ),
                        name="transfer_counted_by_known",
                        violation_error_message="Unknown value for counted_by.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counting__in", ["single", "cumulative"])),
                        name="transfer_counting_known",
                        violation_error_message="Unknown value for counting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("people_high__isnull", True), ("people_low__isnull", True)),
                            models.Q(("people_high__isnull", False), ("people_low__isnull", False)),
                            _connector="OR",
                        ),
                        name="transfer_low_and_high",
                        violation_error_message="Give both ends of the range, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("people_low__isnull", True), ("people_low__lte", models.F("people_high")), _connector="OR"
                        ),
                        name="transfer_low_not_above_high",
                        violation_error_message="The lower count is not above the higher one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_low__isnull", True), ("people_low__gte", 0), _connector="OR"),
                        name="transfer_people_not_negative",
                        violation_error_message="A head count is not negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferNationality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="nationality",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nationality_links",
                        to="agreements.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "nationality",
                "verbose_name_plural": "nationalities",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "country"), name="transfernationality_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="transfer",
            name="nationalities",
            field=models.ManyToManyField(
                related_name="+",
                through="agreements.TransferNationality",
                to="agreements.country",
                verbose_name="nationalities",
            ),
        ),
        migrations.CreateModel(
            name="TransferSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.transfer"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="agreements.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "source"),
                        name="transfersource_once",
                        violation_error_message="This source is cited already.",
                    )
                ],
            },
        ),
    ]
