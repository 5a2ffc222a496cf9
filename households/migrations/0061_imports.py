"""Files sent in, what was read of them, and the statuses they brought or ended."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0060_support_rules'),
        ('thanhsen', '0012_practice_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMeaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('households', 'Hộ và thành viên'), ('statuses', 'Phân loại các năm trước'), ('totals', 'Tổng số hộ theo tổ dân phố'), ('areas', 'Tổ dân phố')], max_length=10)),
                ('heading', models.CharField(max_length=200)),
                ('field', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('households', 'Hộ và thành viên'), ('statuses', 'Phân loại các năm trước'), ('totals', 'Tổng số hộ theo tổ dân phố'), ('areas', 'Tổ dân phố')], max_length=10, verbose_name='nội dung')),
                ('file_name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField(verbose_name='dung lượng (byte)')),
                ('page', models.CharField(blank=True, max_length=120, verbose_name='trang tính')),
                ('state', models.CharField(choices=[('uploaded', 'Chờ ghép cột'), ('checking', 'Đang kiểm tra'), ('checked', 'Đã kiểm tra, chưa ghi'), ('committing', 'Đang ghi vào sổ'), ('committed', 'Đã ghi vào sổ'), ('undoing', 'Đang hoàn tác'), ('undone', 'Đã hoàn tác'), ('refused', 'Không đọc được'), ('dropped', 'Đã bỏ')], default='uploaded', max_length=10, verbose_name='trạng thái')),
                ('matching', models.JSONField(default=dict, verbose_name='ghép cột')),
                ('found', models.JSONField(default=dict, verbose_name='cột tìm thấy')),
                ('answers', models.JSONField(default=dict, verbose_name='trả lời chung')),
                ('defaults', models.JSONField(default=dict, verbose_name='giá trị chung')),
                ('counts', models.JSONField(default=dict, verbose_name='kết quả')),
                ('told', models.JSONField(default=list, verbose_name='điều cần biết')),
                ('refusal', models.CharField(blank=True, max_length=1000, verbose_name='lý do không nhận')),
                ('doing', models.CharField(blank=True, max_length=120, verbose_name='đang làm')),
                ('progress', models.PositiveIntegerField(default=0)),
                ('steps', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='nạp lúc')),
                ('committed_at', models.DateTimeField(null=True, verbose_name='ghi vào sổ lúc')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='hoàn tác lúc')),
                ('undo_reason', models.CharField(blank=True, max_length=500, verbose_name='lý do hoàn tác')),
                ('version', models.PositiveIntegerField(default=1)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ImportUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('first_row', models.PositiveIntegerField()),
                ('label', models.CharField(max_length=200)),
                ('outcome', models.CharField(choices=[('new', 'Mới'), ('changed', 'Có thay đổi'), ('same', 'Giống trong sổ'), ('conflict', 'Cần quyết định'), ('faulty', 'Có lỗi')], default='new', max_length=8)),
                ('causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('twice', 'Trùng trong tệp'), ('cccd', 'Trùng số giấy tờ với người trong sổ'), ('alike', 'Giống một hộ, một người trong sổ'), ('stale', 'Trong sổ đã sửa sau khi xuất tệp'), ('place', 'Khác tổ dân phố trong sổ'), ('head', 'Khác chủ hộ trong sổ'), ('elsewhere', 'Người đang ở hộ khác'), ('held', 'Đổi phân loại hiện nay của hộ'), ('lived', 'Đổi tên, mã hoặc ngày của nơi đang có hộ'), ('jump', 'Số liệu thay đổi nhiều')], max_length=10), default=list, size=None)),
                ('choice', models.CharField(blank=True, max_length=30)),
                ('target', models.BigIntegerField(null=True)),
                ('given', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('differences', models.JSONField(default=list)),
                ('lines', models.JSONField(default=list)),
                ('seen', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('kept', models.CharField(blank=True, max_length=500)),
                ('noted', models.BooleanField(default=False)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='status',
            name='status_voided_was_of_an_event',
        ),
        migrations.AlterField(
            model_name='household',
            name='closed_reason',
            field=models.CharField(blank=True, choices=[('moved_out', 'Chuyển đi nơi khác'), ('died_out', 'Hộ đơn thân chết'), ('merged', 'Nhập với hộ khác'), ('duplicate', 'Ghi trùng với hộ khác'), ('mistake', 'Ghi nhầm'), ('undone', 'Hoàn tác lần nhập từ tệp')], max_length=10, verbose_name='lý do ra khỏi sổ'),
        ),
        migrations.AddField(
            model_name='columnmeaning',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='thanhsen.area'),
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='households.import')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='import',
            name='committed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi'),
        ),
        migrations.AddField(
            model_name='import',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hoàn tác'),
        ),
        migrations.AddField(
            model_name='import',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nạp'),
        ),
        migrations.AddField(
            model_name='import',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='status',
            name='ended_by_import',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_statuses', to='households.import'),
        ),
        migrations.AddField(
            model_name='status',
            name='imported',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='households.import'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at', None), ('event__isnull', False), ('imported__isnull', False), _connector='OR'), name='status_voided_was_of_an_event'),
        ),
        migrations.AddField(
            model_name='importunit',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area'),
        ),
        migrations.AddField(
            model_name='importunit',
            name='of',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='households.import'),
        ),
        migrations.AddConstraint(
            model_name='columnmeaning',
            constraint=models.UniqueConstraint(fields=('ward', 'kind', 'heading'), name='column_meaning_once'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['households', 'statuses', 'totals', 'areas'])), name='import_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('committed_at__isnull', False), ('state__in', ['committed', 'undoing', 'undone'])), models.Q(models.Q(('state__in', ['committed', 'undoing', 'undone']), _negated=True), ('committed_at', None)), _connector='OR'), name='import_committed_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at', None)), _connector='OR'), name='import_undone_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='import_refused_with_reason'),
        ),
        migrations.AddIndex(
            model_name='importunit',
            index=models.Index(fields=['of', 'outcome', 'number'], name='import_unit_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importunit',
            constraint=models.UniqueConstraint(fields=('of', 'number'), name='import_unit_numbered'),
        ),
        migrations.AddConstraint(
            model_name='importunit',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['new', 'changed', 'same', 'conflict', 'faulty'])), name='import_unit_outcome_known'),
        ),
    ]
