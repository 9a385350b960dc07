import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0005_marks_are_versioned_tagged_and_discussed'),
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
            trigger=pgtrigger.compiler.Trigger(name='attribution_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM rows GROUP BY annotation_id) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='bbbb486172e04a39d810bbe3ba307bda1bd813ac', level='STATEMENT', operation='INSERT', pgid='pgtrigger_attribution_added_is_noted_05588', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribution',
            trigger=pgtrigger.compiler.Trigger(name='attribution_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM rows GROUP BY annotation_id) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='fb583cefa89ee74e2d6525d1f337948fb0d5cc2f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_attribution_removed_is_noted_18d6e', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribution',
            trigger=pgtrigger.compiler.Trigger(name='attribution_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM before UNION SELECT annotation_id FROM after) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='a4330b12e7a116c182d511789a15e795cd67dada', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_attribution_changed_is_noted_34f67', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_attribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_added_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM rows GROUP BY annotation_id) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='0415fbd61335bf096e7ac82da9e248952ab8a8e4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_part_added_is_noted_badeb', referencing='REFERENCING NEW TABLE AS rows ', table='annotations_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_removed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM rows GROUP BY annotation_id) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='4c1015f4cfa4967fdc8ca9bf9222848c5c48d9c1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_part_removed_is_noted_f230d', referencing='REFERENCING OLD TABLE AS rows ', table='annotations_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_changed_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM articles_note_changes(ARRAY(SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM before UNION SELECT annotation_id FROM after) AS one CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark)); RETURN NULL;', hash='0ce6e2b32fb613cfdc3c3ef756bf090d8524f303', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_part_changed_is_noted_bb057', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='annotations_part', when='AFTER')),
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
