import articles.models.transactions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Notes on the rows of their articles that what belongs to these revisions changed in this transaction. Nobody waits for
# anybody: a merge of names holds mentions before articles, an analysis articles before mentions. Where somebody else
# holds the article it is noted beside it. Any revision counts, for another transaction may be making it the current one.
NOTE_CHANGES = """
CREATE FUNCTION articles_note_changes(revisions bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    touched bigint[];
BEGIN
    SELECT array_agg(DISTINCT article.id) INTO touched
    -- Row by row: a plan that was made when the tables were small would read them whole when they have grown.
    FROM unnest(revisions) AS one (revision)
    CROSS JOIN LATERAL (SELECT article_id FROM articles_revision WHERE id = one.revision OFFSET 0) AS revision
    CROSS JOIN LATERAL (
        SELECT id, changed FROM articles_article WHERE id = revision.article_id OFFSET 0
    ) AS article
    WHERE article.changed <> pg_current_xact_id();
    -- An import made or changed the article itself in this transaction.
    IF touched IS NULL THEN
        RETURN;
    END IF;
    WITH free AS MATERIALIZED (
        SELECT id FROM articles_article WHERE id = ANY (touched) FOR NO KEY UPDATE SKIP LOCKED
    ), noted AS (
        UPDATE articles_article SET changed = pg_current_xact_id() WHERE id IN (SELECT id FROM free)
    )
    INSERT INTO articles_articlechange (article_id)
    SELECT unnest(touched) EXCEPT SELECT id FROM free
    ON CONFLICT DO NOTHING;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_stories_found_by_signatures'),
    ]

    operations = [
        migrations.RunSQL(sql=NOTE_CHANGES, reverse_sql="DROP FUNCTION articles_note_changes(bigint[])"),
        migrations.CreateModel(
            name='ArticleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article_id', models.BigIntegerField()),
                ('changed', articles.models.transactions.TransactionField(db_default=models.Func(function='pg_current_xact_id'), editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='changed',
            field=articles.models.transactions.TransactionField(db_default=models.Func(function='pg_current_xact_id'), editable=False),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('changed'), models.F('id'), name='article_changed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='article_change_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.changed = pg_current_xact_id(); RETURN NEW;', hash='f76fa1a186e2656fb47b0100280aaa52fb8126a1', operation='INSERT OR UPDATE', pgid='pgtrigger_article_change_is_noted_1a23d', table='articles_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='article_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO articles_articlechange (article_id) SELECT id FROM rows ON CONFLICT DO NOTHING; RETURN NULL;', hash='46c7b8a08b6af94b9c7144b8a948c4403a7492ba', level='STATEMENT', operation='DELETE', pgid='pgtrigger_article_removed_is_noted_fe3aa', referencing='REFERENCING OLD TABLE AS rows ', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entity',
            trigger=pgtrigger.compiler.Trigger(name='entity_kind_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind"))', func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM articles_mention WHERE entity_id = NEW.id)); RETURN NULL;', hash='b35b48e1cfd561cbc3be5bc0239d7fa45c519c42', operation='UPDATE', pgid='pgtrigger_entity_kind_is_noted_48fe3', table='articles_entity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='mention_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='3a0f0bc7ef252a64d24397c146073e65119b45fb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mention_added_is_noted_1a5e9', referencing='REFERENCING NEW TABLE AS rows ', table='articles_mention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='mention_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='2517704356de2d7409bc795f121878df35a02c1a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mention_removed_is_noted_38fd2', referencing='REFERENCING OLD TABLE AS rows ', table='articles_mention', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='mention_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT revision_id FROM before UNION SELECT revision_id FROM after)); RETURN NULL;', hash='4805c018433025396f4f9cd343a4a32388eca05f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mention_changed_is_noted_63d3b', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='articles_mention', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='articlechange',
            constraint=models.UniqueConstraint(fields=('changed', 'article_id'), name='article_change_once'),
        ),
    ]
