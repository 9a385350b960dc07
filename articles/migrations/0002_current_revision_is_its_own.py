from django.db import migrations


class Migration(migrations.Migration):
    """An article's current revision is one of its own: a plain foreign key would let it be another article's."""

    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE articles_revision ADD CONSTRAINT revision_with_article UNIQUE (id, article_id)",
                "ALTER TABLE articles_article ADD CONSTRAINT article_current_revision_is_its_own"
                " FOREIGN KEY (current_revision_id, id) REFERENCES articles_revision (id, article_id)"
                " DEFERRABLE INITIALLY DEFERRED",
            ],
            reverse_sql=[
                "ALTER TABLE articles_article DROP CONSTRAINT article_current_revision_is_its_own",
                "ALTER TABLE articles_revision DROP CONSTRAINT revision_with_article",
            ],
        ),
    ]
