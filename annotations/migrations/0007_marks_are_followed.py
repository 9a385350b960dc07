import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0006_marks_are_versioned_tagged_and_discussed'),
        ('articles', '0010_changes_are_followed'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='mark_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='7b411124a82d7da4348fe399e71b5b12fd09408a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_added_is_noted_59683', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_annotation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='mark_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='2d892eb2cdda2b20c6b75cb7777a84ef9d576ff4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_removed_is_noted_71438', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_annotation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='mark_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT revision_id FROM before UNION SELECT revision_id FROM after)); RETURN NULL;', hash='85540d27e37c658d779a7862ab5c946c3b40b48d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_changed_is_noted_b36ee', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_annotation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribution',
            trigger=pgtrigger.compiler.Trigger(name='attribution_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM rows))); RETURN NULL;', hash='38ff91f7754626a03e7ff9d5fed04cfd08eaa99f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_attribution_added_is_noted_05588', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribution',
            trigger=pgtrigger.compiler.Trigger(name='attribution_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM rows))); RETURN NULL;', hash='7ac04ad7cf53ecc8690900c6a5ca6838b09090f8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_attribution_removed_is_noted_18d6e', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribution',
            trigger=pgtrigger.compiler.Trigger(name='attribution_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM before UNION SELECT annotation_id FROM after))); RETURN NULL;', hash='799d0acf5a26993b53df592568438544421e9b83', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_attribution_changed_is_noted_34f67', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM rows))); RETURN NULL;', hash='130f0827c2aed844187d973730d3a1036511da95', level='STATEMENT', operation='INSERT', pgid='pgtrigger_part_added_is_noted_badeb', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM rows))); RETURN NULL;', hash='a58f4d4e03bc9ee657c1c3cda9648b28793ba1f1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_part_removed_is_noted_f230d', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM before UNION SELECT annotation_id FROM after))); RETURN NULL;', hash='4706154dc887717fe62e8b593cd5088420e65806', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_part_changed_is_noted_bb057', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='placement_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='b6b1be615759bd898f2e39fc597e4cf0ebfcc406', level='STATEMENT', operation='INSERT', pgid='pgtrigger_placement_added_is_noted_19e3a', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='placement_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM rows)); RETURN NULL;', hash='598267fc0a098d713f1934506c78a2dc804801c8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_placement_removed_is_noted_7313e', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='placement_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT revision_id FROM before UNION SELECT revision_id FROM after)); RETURN NULL;', hash='1fd7051a72cf3f77e0204ba8d59d3b0a8ff687e5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_placement_changed_is_noted_e7afb', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_placement', when='AFTER')),
        ),
    ]
