"""A reason without its day is no longer let through: an empty day made these four rules neither true nor false."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0086_livelihood_rules'),
        ('thanhsen', '0013_name_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='certificate',
            name='certificate_revoked_with_reason',
        ),
        migrations.RemoveConstraint(
            model_name='complaint',
            name='complaint_settled_is_signed',
        ),
        migrations.RemoveConstraint(
            model_name='opinion',
            name='opinion_answer_is_complete',
        ),
        migrations.RemoveConstraint(
            model_name='request',
            name='request_withdrawn_with_reason',
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_by', None), ('revoked_on', None), ('revoked_reason', '')), models.Q(('revoked_by__isnull', False), ('revoked_on__gte', models.F('issued_on')), ('revoked_on__isnull', False), models.Q(('revoked_reason', ''), _negated=True)), _connector='OR'), name='certificate_revoked_with_reason', violation_error_message='Thu hồi phải có ngày (không trước ngày cấp) và lý do.'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding', ''), ('outcome', ''), ('rechecked_by', None), ('rechecked_on', None)), models.Q(('outcome__in', ['upheld', 'corrected', 'resurvey', 'withdrawn']), ('rechecked_by__isnull', False), ('rechecked_on__gte', models.F('filed_on')), ('rechecked_on__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='complaint_settled_is_signed', violation_error_message='Kết quả phúc tra phải có ngày (không trước ngày nhận khiếu nại), người phúc tra và điều đã thấy.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answer_number', ''), ('answered_on', None)), models.Q(('answer__in', ['agreed', 'asks_review']), ('answered_on__gte', models.F('sent_on')), ('answered_on__isnull', False), models.Q(('answer_number', ''), _negated=True)), models.Q(('answer', 'no_answer'), ('answered_on__gt', models.F('due_on')), ('answered_on__isnull', False), models.Q(('answer_note', ''), _negated=True)), _connector='OR'), name='opinion_answer_is_complete', violation_error_message='Ghi số và ngày văn bản trả lời (không trước ngày gửi); quá hạn không có trả lời thì chỉ ghi sau hạn và nêu căn cứ.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on', None), ('withdrawn_reason', '')), models.Q(('withdrawn_on__gte', models.F('received_on')), ('withdrawn_on__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='request_withdrawn_with_reason', violation_error_message='Rút đơn phải có ngày (không trước ngày nhận) và lý do.'),
        ),
    ]
