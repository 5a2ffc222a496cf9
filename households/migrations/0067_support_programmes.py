"""Programmes, needs, plans, models of livelihood, shocks, outreach; a support is given for a period."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
import thanhsen.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0066_alike_rules'),
        ('thanhsen', '0013_name_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visit', 'Đến nhà'), ('meeting', 'Họp, nói chuyện'), ('call', 'Gọi điện, nhắn tin'), ('broadcast', 'Loa, pano, mạng xã hội')], max_length=9, verbose_name='hình thức')),
                ('date', models.DateField(verbose_name='ngày')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='nơi')),
                ('subject', models.CharField(max_length=1000, verbose_name='nội dung đã nói')),
                ('led_by', models.CharField(max_length=200, verbose_name='người thực hiện')),
                ('attended', models.PositiveIntegerField(blank=True, null=True, verbose_name='số người dự, nghe')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
                ('voided_at', models.DateTimeField(editable=False, null=True)),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do bỏ')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('planned', models.PositiveBigIntegerField(verbose_name='kinh phí kế hoạch (đồng)')),
                ('basis', models.CharField(max_length=200, verbose_name='căn cứ số liệu')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên đợt vận động')),
                ('purpose', models.CharField(max_length=500, verbose_name='mục đích')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến hết ngày')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('poor', 'Hộ nghèo'), ('near_poor', 'Hộ cận nghèo'), ('average', 'Hộ có mức sống trung bình'), ('left_poor', 'Hộ mới thoát nghèo'), ('left_near_poor', 'Hộ mới thoát cận nghèo'), ('any', 'Mọi hộ trong sổ')], max_length=14), blank=True, default=list, size=None, verbose_name='diện hộ')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('minority', 'Dân tộc thiểu số'), ('no_labour', 'Không có khả năng lao động'), ('merit', 'Có người có công với cách mạng'), ('social_protection', 'Hộ bảo trợ xã hội'), ('female_head', 'Chủ hộ là nữ')], max_length=17), blank=True, default=list, size=None, verbose_name='nhóm')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(blank=True, max_length=120, verbose_name='gặp ai')),
                ('said', models.CharField(blank=True, max_length=500, verbose_name='gia đình nói gì')),
                ('answer', models.CharField(choices=[('agreed', 'Đồng ý tham gia'), ('considering', 'Còn cân nhắc'), ('refused', 'Không tham gia'), ('absent', 'Không gặp được'), ('informed', 'Đã nghe, không hỏi ý kiến')], max_length=11, verbose_name='trả lời')),
                ('refusal', models.CharField(blank=True, choices=[('no_labour', 'Không có người làm'), ('no_capital', 'Không có vốn góp, sợ nợ'), ('no_land', 'Không có đất, chỗ làm'), ('no_skill', 'Không biết cách làm'), ('risk', 'Sợ thất bại, sợ mất mùa, mất giá'), ('health', 'Ốm đau, phải chăm người bệnh'), ('loses_benefit', 'Sợ mất chế độ hộ nghèo'), ('no_trust', 'Không tin chương trình'), ('other', 'Lý do khác')], max_length=13, verbose_name='vì sao không')),
                ('refusal_note', models.CharField(blank=True, max_length=300, verbose_name='lý do, ghi rõ')),
                ('next_visit_on', models.DateField(blank=True, null=True, verbose_name='đến lại ngày')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='tháng')),
                ('visited_on', models.DateField(verbose_name='xem ngày')),
                ('condition', models.CharField(choices=[('good', 'Tốt'), ('fair', 'Bình thường'), ('bad', 'Khó khăn'), ('lost', 'Mất trắng')], max_length=4, verbose_name='tình trạng')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='ghi nhận')),
                ('income', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='thu trong tháng (đồng)')),
                ('next_action', models.CharField(blank=True, max_length=300, verbose_name='việc cần làm')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='LivelihoodProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên mô hình')),
                ('kind', models.CharField(choices=[('livestock', 'Chăn nuôi'), ('crops', 'Trồng trọt'), ('fishery', 'Ngư nghiệp, nuôi trồng thuỷ sản'), ('salt', 'Diêm nghiệp'), ('forestry', 'Lâm nghiệp'), ('craft', 'Tiểu thủ công nghiệp, chế biến'), ('service', 'Dịch vụ, buôn bán'), ('other', 'Khác')], max_length=9, verbose_name='loại hình')),
                ('description', models.CharField(blank=True, max_length=2000, verbose_name='cách làm, kỹ thuật')),
                ('lead', models.CharField(blank=True, max_length=200, verbose_name='đơn vị, người chủ trì')),
                ('planned_capital', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='vốn dự kiến (đồng)')),
                ('started_on', models.DateField(verbose_name='bắt đầu ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='kết thúc ngày')),
                ('outcome', models.CharField(blank=True, choices=[('worked', 'Thành công, nên nhân rộng'), ('partly', 'Đạt một phần'), ('failed', 'Không thành công')], max_length=6, verbose_name='kết quả')),
                ('lessons', models.CharField(blank=True, max_length=2000, verbose_name='vì sao, bài học')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='tên tài liệu')),
                ('topic', models.CharField(blank=True, max_length=200, verbose_name='chủ đề')),
                ('audience', models.CharField(choices=[('families', 'Hộ gia đình'), ('officers', 'Cán bộ, cộng tác viên'), ('both', 'Cả hai')], max_length=8, verbose_name='dùng cho')),
                ('author', models.CharField(max_length=200, verbose_name='nơi soạn, nguồn')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='địa chỉ trên mạng')),
                ('file_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='tên tệp')),
                ('size', models.PositiveIntegerField(editable=False, null=True)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='thôi dùng ngày')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('indicator', 'Chỉ số thiếu hụt'), ('cause', 'Nguyên nhân nghèo'), ('other', 'Nhu cầu khác')], max_length=9, verbose_name='loại')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='chỉ số, nguyên nhân')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='nội dung')),
                ('family_words', models.CharField(blank=True, max_length=500, verbose_name='lời gia đình')),
                ('is_wish', models.BooleanField(default=False, verbose_name='nguyện vọng của gia đình')),
                ('priority', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ưu tiên của gia đình')),
                ('opened_on', models.DateField(verbose_name='ghi ngày')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='hết ngày')),
                ('close_reason', models.CharField(blank=True, choices=[('met', 'Phiếu sau không còn thiếu hụt'), ('solved', 'Đã được đáp ứng'), ('withdrawn', 'Gia đình không cần nữa'), ('left', 'Hộ ra khỏi sổ'), ('mistake', 'Ghi nhầm')], max_length=9, verbose_name='vì sao hết')),
                ('close_note', models.CharField(blank=True, max_length=300, verbose_name='ghi rõ')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_on', models.DateField(verbose_name='tham gia ngày')),
                ('own_capital', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='vốn gia đình góp (đồng)')),
                ('loan', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='vốn vay (đồng)')),
                ('equipment', models.CharField(blank=True, max_length=500, verbose_name='con giống, vật tư, thiết bị được cấp')),
                ('training', models.CharField(blank=True, max_length=500, verbose_name='tập huấn đã nhận')),
                ('income_before', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='thu nhập trước (đồng/tháng)')),
                ('income_after', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='thu nhập sau (đồng/tháng)')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='ra khỏi mô hình ngày')),
                ('left_reason', models.CharField(blank=True, choices=[('finished', 'Xong chu kỳ, tự làm được'), ('failed', 'Không thành công'), ('withdrew', 'Xin thôi'), ('moved', 'Chuyển đi, ra khỏi sổ'), ('mistake', 'Ghi nhầm')], max_length=8, verbose_name='lý do ra')),
                ('left_note', models.CharField(blank=True, max_length=500, verbose_name='vì sao, ghi rõ')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField(verbose_name='lập ngày')),
                ('goal', models.CharField(max_length=500, verbose_name='mục tiêu')),
                ('leave_by', models.DateField(blank=True, null=True, verbose_name='phấn đấu đến ngày')),
                ('family_words', models.CharField(blank=True, max_length=500, verbose_name='ý kiến của gia đình')),
                ('next_review_on', models.DateField(blank=True, null=True, verbose_name='xem lại lần tới')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='ký ngày')),
                ('agreed_by', models.CharField(blank=True, max_length=120, verbose_name='người ký của gia đình')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='kết thúc ngày')),
                ('close_reason', models.CharField(blank=True, choices=[('achieved', 'Đạt mục tiêu'), ('replaced', 'Thay bằng kế hoạch mới'), ('stopped', 'Gia đình thôi tham gia'), ('left', 'Hộ ra khỏi sổ'), ('mistake', 'Lập nhầm')], max_length=9, verbose_name='lý do kết thúc')),
                ('close_note', models.CharField(blank=True, max_length=300, verbose_name='ghi rõ')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='PlanReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='xem lại ngày')),
                ('progress', models.CharField(choices=[('on_track', 'Đúng kế hoạch'), ('slow', 'Chậm'), ('stuck', 'Vướng, cần giúp'), ('done', 'Đã đạt')], max_length=8, verbose_name='tiến độ')),
                ('text', models.CharField(max_length=1000, verbose_name='nhận xét')),
                ('next_review_on', models.DateField(blank=True, null=True, verbose_name='xem lại lần tới')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('text', models.CharField(max_length=300, verbose_name='việc làm')),
                ('policy', models.CharField(blank=True, choices=[('insurance', 'Bảo hiểm y tế'), ('education', 'Học phí, chi phí học tập'), ('electricity', 'Tiền điện'), ('loan', 'Vay vốn Ngân hàng Chính sách xã hội'), ('housing', 'Nhà ở'), ('livelihood', 'Sinh kế, mô hình phát triển kinh tế'), ('allowance', 'Trợ cấp xã hội'), ('work', 'Dạy nghề, việc làm'), ('province', 'Nghị quyết của tỉnh'), ('emergency', 'Hỗ trợ khẩn cấp, đột xuất'), ('other', 'Khác')], max_length=11, verbose_name='bằng chính sách')),
                ('who', models.CharField(choices=[('family', 'Gia đình'), ('group', 'Tổ dân phố'), ('ward', 'UBND phường'), ('union', 'Hội, đoàn thể'), ('bank', 'Ngân hàng Chính sách xã hội'), ('other', 'Nơi khác')], max_length=6, verbose_name='ai làm')),
                ('who_name', models.CharField(blank=True, max_length=120, verbose_name='họ tên, đơn vị')),
                ('due_on', models.DateField(verbose_name='trước ngày')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='xong ngày')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='kết quả')),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='thôi ngày')),
                ('drop_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do thôi')),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(choices=[('insurance', 'Bảo hiểm y tế'), ('education', 'Học phí, chi phí học tập'), ('electricity', 'Tiền điện'), ('loan', 'Vay vốn Ngân hàng Chính sách xã hội'), ('housing', 'Nhà ở'), ('livelihood', 'Sinh kế, mô hình phát triển kinh tế'), ('allowance', 'Trợ cấp xã hội'), ('work', 'Dạy nghề, việc làm'), ('province', 'Nghị quyết của tỉnh'), ('emergency', 'Hỗ trợ khẩn cấp, đột xuất'), ('other', 'Khác')], max_length=11, verbose_name='chính sách')),
                ('name', models.CharField(max_length=200, verbose_name='tên chương trình')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='căn cứ pháp lý')),
                ('content', models.CharField(max_length=500, verbose_name='nội dung, mức hưởng')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='mức tiền mỗi kỳ (đồng)')),
                ('share', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='tỷ lệ hỗ trợ (%)')),
                ('source', models.CharField(max_length=200, verbose_name='nguồn kinh phí')),
                ('per', models.CharField(choices=[('month', 'tháng'), ('quarter', 'quý'), ('year', 'năm'), ('school_year', 'năm học (tháng 9 – tháng 8)'), ('once', 'một lần')], max_length=11, verbose_name='kỳ hưởng')),
                ('valid_from', models.DateField(verbose_name='áp dụng từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('per_person', models.BooleanField(default=False, verbose_name='tính cho từng người')),
                ('selective', models.BooleanField(default=False, verbose_name='xét chọn từng hộ')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('poor', 'Hộ nghèo'), ('near_poor', 'Hộ cận nghèo'), ('average', 'Hộ có mức sống trung bình'), ('left_poor', 'Hộ mới thoát nghèo'), ('left_near_poor', 'Hộ mới thoát cận nghèo'), ('any', 'Mọi hộ trong sổ')], max_length=14), size=None, verbose_name='diện được hưởng')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hộ mới thoát còn hưởng (tháng)')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('minority', 'Dân tộc thiểu số'), ('no_labour', 'Không có khả năng lao động'), ('merit', 'Có người có công với cách mạng'), ('social_protection', 'Hộ bảo trợ xã hội'), ('female_head', 'Chủ hộ là nữ')], max_length=17), blank=True, default=list, size=None, verbose_name='chỉ nhóm')),
                ('lacking', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='chỉ hộ thiếu hụt')),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='từ tuổi')),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='đến tuổi')),
                ('studying', models.BooleanField(default=False, verbose_name='chỉ người đang đi học')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField(verbose_name='nhận ngày')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='số tiền hoặc trị giá (đồng)')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='ghi chú')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
                ('voided_at', models.DateTimeField(editable=False, null=True)),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do bỏ')),
            ],
        ),
        migrations.CreateModel(
            name='ShockEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('market', 'Thị trường, mất giá'), ('disaster', 'Thiên tai'), ('epidemic', 'Dịch bệnh'), ('climate', 'Biến đổi khí hậu'), ('illness', 'Ốm đau, tai nạn'), ('job_loss', 'Mất việc')], max_length=10, verbose_name='loại')),
                ('name', models.CharField(max_length=200, verbose_name='tên gọi')),
                ('happened_on', models.DateField(verbose_name='xảy ra ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='hết ngày')),
                ('description', models.CharField(blank=True, max_length=1000, verbose_name='mô tả, thiệt hại chung')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='xử lý xong ngày')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ShockImpact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('severity', models.CharField(choices=[('not_seen', 'Chưa xem'), ('none', 'Không thiệt hại'), ('light', 'Nhẹ'), ('heavy', 'Nặng'), ('lost', 'Mất trắng, mất nhà, có người chết, mất tích')], default='not_seen', max_length=8, verbose_name='mức độ')),
                ('seen_on', models.DateField(blank=True, null=True, verbose_name='xem ngày')),
                ('loss', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='thiệt hại ước tính (đồng)')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='thiệt hại gì')),
                ('pushed_down', models.BooleanField(default=False, verbose_name='có thể rơi vào nghèo, cận nghèo')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Vulnerability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessed_on', models.DateField(verbose_name='xem ngày')),
                ('single_earner', models.BooleanField(default=False, verbose_name='chỉ một người làm ra tiền')),
                ('unstable_livelihood', models.BooleanField(default=False, verbose_name='sinh kế bấp bênh, theo mùa')),
                ('illness', models.BooleanField(default=False, verbose_name='có người bệnh nặng, bệnh lâu dài')),
                ('debt', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='đang nợ (đồng)')),
                ('debt_to', models.CharField(blank=True, max_length=200, verbose_name='nợ ai')),
                ('exposures', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('flood', 'Ngập lụt, bão'), ('market', 'Giá cả, thị trường'), ('epidemic', 'Dịch bệnh'), ('climate', 'Hạn, mặn, thời tiết')], max_length=8), blank=True, default=list, size=None, verbose_name='dễ bị')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi rõ')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(editable=False, null=True, unique=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='support',
            name='support_once_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='support',
            name='support_policy_known',
        ),
        migrations.RemoveConstraint(
            model_name='support',
            name='support_amount_sensible',
        ),
        migrations.RemoveIndex(
            model_name='support',
            name='support_of_area',
        ),
        migrations.AddField(
            model_name='support',
            name='batch',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='support',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='households.member', verbose_name='người hưởng'),
        ),
        migrations.AddField(
            model_name='support',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='lý do, căn cứ'),
        ),
        migrations.AddField(
            model_name='support',
            name='stop_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='lý do thôi hưởng'),
        ),
        migrations.AddField(
            model_name='support',
            name='stopped_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='support',
            name='stopped_on',
            field=models.DateField(blank=True, null=True, verbose_name='thôi hưởng từ ngày'),
        ),
        migrations.AddField(
            model_name='support',
            name='valid_from',
            field=models.DateField(null=True, verbose_name='từ ngày'),  # filled by 0068, required from 0069
        ),
        migrations.AddField(
            model_name='support',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='đến trước ngày'),
        ),
        migrations.AlterField(
            model_name='support',
            name='policy',
            field=models.CharField(choices=[('insurance', 'Bảo hiểm y tế'), ('education', 'Học phí, chi phí học tập'), ('electricity', 'Tiền điện'), ('loan', 'Vay vốn Ngân hàng Chính sách xã hội'), ('housing', 'Nhà ở'), ('livelihood', 'Sinh kế, mô hình phát triển kinh tế'), ('allowance', 'Trợ cấp xã hội'), ('work', 'Dạy nghề, việc làm'), ('province', 'Nghị quyết của tỉnh'), ('emergency', 'Hỗ trợ khẩn cấp, đột xuất'), ('other', 'Khác')], max_length=11, verbose_name='chính sách'),
        ),
        migrations.AddField(
            model_name='activity',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='tổ dân phố'),
        ),
        migrations.AddField(
            model_name='activity',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activity',
            name='voided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='campaign',
            name='areas',
            field=models.ManyToManyField(blank=True, related_name='+', to='thanhsen.area', verbose_name='tổ dân phố'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='campaign',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='activity',
            name='campaign',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='households.campaign', verbose_name='thuộc đợt'),
        ),
        migrations.AddField(
            model_name='contact',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='households.activity'),
        ),
        migrations.AddField(
            model_name='contact',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='households.household'),
        ),
        migrations.AddField(
            model_name='contact',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='followup',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='livelihoodproject',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='households.livelihoodproject', verbose_name='nhân rộng từ'),
        ),
        migrations.AddField(
            model_name='livelihoodproject',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='livelihoodproject',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='households.livelihoodproject', verbose_name='mời vào mô hình'),
        ),
        migrations.CreateModel(
            name='MaterialFile',
            fields=[
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='households.material')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='material',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='material',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='materials',
            field=models.ManyToManyField(blank=True, related_name='campaigns', to='households.material', verbose_name='tài liệu'),
        ),
        migrations.AddField(
            model_name='activity',
            name='materials',
            field=models.ManyToManyField(blank=True, related_name='activities', to='households.material', verbose_name='tài liệu đã dùng'),
        ),
        migrations.AddField(
            model_name='need',
            name='closing_sheet',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_needs', to='households.sheet'),
        ),
        migrations.AddField(
            model_name='need',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='households.household'),
        ),
        migrations.AddField(
            model_name='need',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='need',
            name='sheet',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='households.sheet'),
        ),
        migrations.AddField(
            model_name='participation',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='households.household'),
        ),
        migrations.AddField(
            model_name='participation',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='participation',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='households.livelihoodproject'),
        ),
        migrations.AddField(
            model_name='participation',
            name='support',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='households.support', verbose_name='khoản hỗ trợ'),
        ),
        migrations.AddField(
            model_name='followup',
            name='participation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='households.participation'),
        ),
        migrations.AddField(
            model_name='plan',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='households.household'),
        ),
        migrations.AddField(
            model_name='plan',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plan',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ phụ trách'),
        ),
        migrations.AddField(
            model_name='planreview',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planreview',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='households.plan'),
        ),
        migrations.AddField(
            model_name='planstep',
            name='need',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='households.need', verbose_name='cho nhu cầu'),
        ),
        migrations.AddField(
            model_name='planstep',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='households.plan'),
        ),
        migrations.AddField(
            model_name='planstep',
            name='support',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='households.support', verbose_name='khoản hỗ trợ đã nhận'),
        ),
        migrations.AddField(
            model_name='programme',
            name='line',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.programme'),
        ),
        migrations.AddField(
            model_name='programme',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='programme',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='households.programme', verbose_name='thay cho'),
        ),
        migrations.AddField(
            model_name='programme',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='livelihoodproject',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='households.programme', verbose_name='thuộc chương trình'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='households.programme', verbose_name='mời vào chương trình'),
        ),
        migrations.AddField(
            model_name='budget',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='households.programme'),
        ),
        migrations.AddField(
            model_name='support',
            name='line',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.programme'),
        ),
        migrations.AddField(
            model_name='support',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='households.programme', verbose_name='chương trình'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(fields=['area', 'valid_from'], name='support_of_area'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(fields=['line', 'valid_from'], name='support_of_line'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='support_of_batch'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('line__isnull', False), ('member', None), ('voided_at', None)), expressions=[('line', '='), ('household', '='), (thanhsen.models.DateRange('valid_from', django.db.models.functions.comparison.Coalesce('stopped_on', 'valid_to')), '&&')], name='support_once_a_period', violation_error_message='Hộ đã được giao chương trình này trong kỳ; mỗi kỳ chỉ hưởng một lần.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('line__isnull', False), ('member__isnull', False), ('voided_at', None)), expressions=[('line', '='), ('member', '='), (thanhsen.models.DateRange('valid_from', django.db.models.functions.comparison.Coalesce('stopped_on', 'valid_to')), '&&')], name='support_once_a_period_each', violation_error_message='Người này đã được giao chương trình này trong kỳ; mỗi kỳ chỉ hưởng một lần.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(models.F('household'), models.F('policy'), models.F('content'), models.F('valid_from'), condition=models.Q(('programme', None), ('voided_at', None)), name='support_once_a_day', violation_error_message='Hộ đã được ghi khoản này trong ngày đó.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('policy__in', ['insurance', 'education', 'electricity', 'loan', 'housing', 'livelihood', 'allowance', 'work', 'province', 'emergency', 'other'])), name='support_policy_known'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('line', None), ('programme', None)), models.Q(('line__isnull', False), ('programme__isnull', False)), _connector='OR'), name='support_of_a_line'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('programme', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='support_by_programme_has_reason', violation_error_message='Giao hỗ trợ phải ghi lý do, căn cứ.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='support_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_on', None), models.Q(('stopped_on__gte', models.F('valid_from')), ('valid_to', None)), models.Q(('stopped_on__gte', models.F('valid_from')), ('stopped_on__lte', models.F('valid_to'))), _connector='OR'), name='support_stopped_within', violation_error_message='Ngày thôi hưởng phải nằm trong kỳ đã giao.'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stop_reason', ''), ('stopped_by', None), ('stopped_on', None)), models.Q(('stopped_by__isnull', False), ('stopped_on__isnull', False), models.Q(('stop_reason', ''), _negated=True)), _connector='OR'), name='support_stopped_with_reason', violation_error_message='Thôi hưởng phải có ngày và lý do.'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='support',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='households.support'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='voided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='areas',
            field=models.ManyToManyField(related_name='+', to='thanhsen.area', verbose_name='tổ dân phố'),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shocks', to='households.programme', verbose_name='hỗ trợ khẩn cấp theo'),
        ),
        migrations.AddField(
            model_name='shockevent',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thanhsen.area', verbose_name='phường'),
        ),
        migrations.AddField(
            model_name='shockimpact',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shock_impacts', to='households.household'),
        ),
        migrations.AddField(
            model_name='shockimpact',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shockimpact',
            name='review',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shock_impacts', to='households.request'),
        ),
        migrations.AddField(
            model_name='shockimpact',
            name='shock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impacts', to='households.shockevent'),
        ),
        migrations.AddField(
            model_name='shockimpact',
            name='support',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shock_impacts', to='households.support'),
        ),
        migrations.AddField(
            model_name='vulnerability',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vulnerabilities', to='households.household'),
        ),
        migrations.AddField(
            model_name='vulnerability',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('next_visit_on__isnull', False)), fields=['next_visit_on'], name='contact_to_visit'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('activity', 'household'), name='contact_once', violation_error_message='Hộ đã có trong lần vận động này.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('answer', 'refused'), _negated=True), ('refusal', ''), ('refusal_note', '')), _connector='OR'), name='contact_refusal_has_reason', violation_error_message='Không tham gia thì ghi vì sao; trả lời khác thì để trống.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refusal', 'other'), _negated=True), models.Q(('refusal_note', ''), _negated=True), _connector='OR'), name='contact_other_refusal_explained', violation_error_message='Lý do khác thì ghi rõ.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('ward', 'title'), name='material_once', violation_error_message='Đã có tài liệu cùng tên đang dùng.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('link', ''), _negated=True), ('file_name', ''), ('sha256', ''), ('size', None)), models.Q(('link', ''), ('size__isnull', False), models.Q(('file_name', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='material_is_somewhere', violation_error_message='Gửi tệp hoặc ghi địa chỉ trên mạng, một trong hai.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('author', ''), _negated=True)), name='material_titled', violation_error_message='Ghi tên tài liệu và nơi soạn.'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['area', 'date'], name='activity_of_area'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('led_by', ''), _negated=True)), name='activity_says_what', violation_error_message='Ghi nội dung đã nói và người thực hiện.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('attended', None), ('attended__lte', 100000), _connector='OR'), name='activity_attended_sensible', violation_error_message='Số người dự không quá 100.000.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='activity_voided_with_reason', violation_error_message='Bỏ một lần vận động ghi nhầm phải có lý do.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None), models.Q(('code', ''), _negated=True)), fields=('household', 'kind', 'code'), name='need_open_once', violation_error_message='Hộ đã có nhu cầu này đang mở.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['indicator', 'cause']), models.Q(('code', ''), _negated=True)), models.Q(('code', ''), ('kind', 'other'), models.Q(models.Q(('text', ''), _negated=True), models.Q(('family_words', ''), _negated=True), _connector='OR')), _connector='OR'), name='need_says_what', violation_error_message='Ghi nội dung nhu cầu, hoặc lời gia đình.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('priority', None), models.Q(('priority__gte', 1), ('priority__lte', 9)), _connector='OR'), name='need_priority_few', violation_error_message='Thứ tự ưu tiên từ 1 đến 9.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_note', ''), ('close_reason', ''), ('closed_on', None), ('closing_sheet', None)), models.Q(('closed_on__gte', models.F('opened_on')), ('closed_on__isnull', False), models.Q(('close_reason', ''), _negated=True)), _connector='OR'), name='need_closed_with_reason', violation_error_message='Đóng nhu cầu phải có ngày (không trước ngày ghi) và lý do.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_reason', 'met'), ('closing_sheet__isnull', False)), models.Q(models.Q(('close_reason', 'met'), _negated=True), ('closing_sheet', None)), _connector='OR'), name='need_met_by_a_sheet'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(condition=models.Q(('left_reason', 'mistake'), _negated=True), fields=('project', 'household'), name='participation_once', violation_error_message='Hộ đã tham gia mô hình này.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_note', ''), ('left_on', None), ('left_reason', '')), models.Q(('left_on__gte', models.F('joined_on')), ('left_on__isnull', False), models.Q(('left_reason', ''), _negated=True)), _connector='OR'), name='participation_left_with_reason', violation_error_message='Ra khỏi mô hình phải có ngày (không trước ngày tham gia) và lý do.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_reason', 'failed'), _negated=True), models.Q(('left_note', ''), _negated=True), _connector='OR'), name='participation_failure_explained', violation_error_message='Không thành công thì ghi rõ vì sao, để nơi khác tránh.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('own_capital', None), ('own_capital__lte', 100000000000), _connector='OR'), models.Q(('loan', None), ('loan__lte', 100000000000), _connector='OR'), models.Q(('income_before', None), ('income_before__lte', 100000000000), _connector='OR'), models.Q(('income_after', None), ('income_after__lte', 100000000000), _connector='OR')), name='participation_money_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('participation', 'month'), name='follow_up_once_a_month', violation_error_message='Tháng này đã ghi theo dõi; sửa dòng đó.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='follow_up_month_is_first_day'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('condition__in', ['good', 'fair']), models.Q(('text', ''), _negated=True), _connector='OR'), name='follow_up_trouble_explained', violation_error_message='Khó khăn hoặc mất trắng thì ghi rõ chuyện gì.'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('income', None), ('income__lte', 100000000000), _connector='OR'), name='follow_up_income_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['next_review_on'], name='plan_to_review'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('household',), name='plan_one_open', violation_error_message='Hộ đang có một kế hoạch; kết thúc hoặc thay kế hoạch đó trước.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('goal', ''), _negated=True), name='plan_has_goal', violation_error_message='Ghi mục tiêu của kế hoạch.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_by', ''), ('agreed_on', None)), models.Q(('agreed_on__gte', models.F('made_on')), ('agreed_on__isnull', False), models.Q(('agreed_by', ''), _negated=True)), _connector='OR'), name='plan_agreed_is_signed', violation_error_message='Kế hoạch đã thống nhất phải có người ký và ngày ký (không trước ngày lập).'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_note', ''), ('close_reason', ''), ('closed_on', None)), models.Q(('closed_on__gte', models.F('made_on')), ('closed_on__isnull', False), models.Q(('close_reason', ''), _negated=True)), _connector='OR'), name='plan_closed_with_reason', violation_error_message='Kết thúc kế hoạch phải có ngày (không trước ngày lập) và lý do.'),
        ),
        migrations.AddConstraint(
            model_name='planreview',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='plan_review_says_something', violation_error_message='Ghi nhận xét.'),
        ),
        migrations.AddConstraint(
            model_name='planreview',
            constraint=models.CheckConstraint(condition=models.Q(('next_review_on', None), ('next_review_on__gt', models.F('date')), _connector='OR'), name='plan_review_next_is_later', violation_error_message='Lần xem lại tới phải sau ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.UniqueConstraint(fields=('plan', 'position'), name='step_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='step_says_what', violation_error_message='Ghi việc làm.'),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drop_reason', ''), ('dropped_on', None)), models.Q(('done_on', None), ('dropped_on__isnull', False), models.Q(('drop_reason', ''), _negated=True)), _connector='OR'), name='step_dropped_with_reason', violation_error_message='Thôi một việc phải có ngày và lý do; việc đã xong thì không thôi.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('policy__in', ['insurance', 'education', 'electricity', 'loan', 'housing', 'livelihood', 'allowance', 'work', 'province', 'emergency', 'other'])), name='programme_policy_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True), models.Q(('content', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='programme_cites_the_law', violation_error_message='Chương trình phải có tên, căn cứ pháp lý, nội dung và nguồn kinh phí.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='programme_dates_in_order', violation_error_message='Ngày hết áp dụng phải sau ngày bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('per__in', ['month', 'quarter', 'year', 'school_year', 'once'])), name='programme_per_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('classes__len__gt', 0), ('classes__contained_by', ['poor', 'near_poor', 'average', 'left_poor', 'left_near_poor', 'any'])), name='programme_says_for_whom', violation_error_message='Chọn diện được hưởng.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('groups__contained_by', ['minority', 'no_labour', 'merit', 'social_protection', 'female_head'])), name='programme_groups_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('classes__overlap', ['left_poor', 'left_near_poor']), ('term_months__gte', 1), ('term_months__isnull', False), ('term_months__lte', 120)), models.Q(models.Q(('classes__overlap', ['left_poor', 'left_near_poor']), _negated=True), ('term_months', None)), _connector='OR'), name='programme_term_where_left', violation_error_message='Hộ mới thoát: ghi số tháng còn được hưởng (1–120); diện khác thì để trống.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('max_age', None), ('per_person', True)), models.Q(('min_age', None), ('per_person', True)), models.Q(('max_age__gte', models.F('min_age')), ('per_person', True)), models.Q(('max_age', None), ('min_age', None), ('per_person', False), ('studying', False)), _connector='OR'), name='programme_ages_of_people', violation_error_message='Tuổi và việc học chỉ đặt cho chương trình tính theo người; từ tuổi không quá đến tuổi.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), models.Q(('share__gt', 0), ('share__lte', 100)), _connector='OR'), name='programme_share_at_most_all', violation_error_message='Tỷ lệ hỗ trợ trên 0 và không quá 100 %.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__lte', 100000000000), _connector='OR'), name='programme_amount_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(models.F('ward'), models.F('name'), models.F('valid_from'), name='programme_once', violation_error_message='Phường đã có chương trình cùng tên áp dụng từ ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodproject',
            constraint=models.UniqueConstraint(fields=('ward', 'name', 'started_on'), name='project_once', violation_error_message='Phường đã có mô hình cùng tên bắt đầu ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodproject',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='project_named', violation_error_message='Ghi tên mô hình.'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodproject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('outcome', '')), models.Q(('ended_on__gte', models.F('started_on')), ('ended_on__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('lessons', ''), _negated=True)), _connector='OR'), name='project_ended_with_outcome', violation_error_message='Kết thúc mô hình phải có ngày (không trước ngày bắt đầu), kết quả và bài học.'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodproject',
            constraint=models.CheckConstraint(condition=models.Q(('copied_from', None), models.Q(('copied_from', models.F('pk')), _negated=True), _connector='OR'), name='project_not_from_itself'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodproject',
            constraint=models.CheckConstraint(condition=models.Q(('planned_capital', None), ('planned_capital__lte', 100000000000), _connector='OR'), name='project_capital_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(fields=('ward', 'name', 'starts_on'), name='campaign_once', violation_error_message='Phường đã có đợt vận động cùng tên bắt đầu ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='campaign_has_purpose', violation_error_message='Ghi tên và mục đích đợt vận động.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_dates_in_order', violation_error_message='Ngày kết thúc không được trước ngày bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.UniqueConstraint(fields=('programme', 'year'), name='budget_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='budget_has_basis', violation_error_message='Ghi căn cứ số liệu.'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('planned__lte', 10000000000000), ('year__gte', 2020), ('year__lte', 2100)), name='budget_sensible', violation_error_message='Kinh phí tính bằng đồng; năm từ 2020 đến 2100.'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['received_on'], name='receipt_of_day'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('support', 'received_on'), name='receipt_once_a_day', violation_error_message='Khoản này đã được ghi nhận trong ngày đó.'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__lte', 100000000000), _connector='OR'), name='receipt_amount_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='receipt_voided_with_reason', violation_error_message='Bỏ một lần nhận ghi nhầm phải có lý do.'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.UniqueConstraint(fields=('ward', 'name', 'happened_on'), name='shock_once', violation_error_message='Phường đã ghi cú sốc cùng tên ngày này.'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='shock_named', violation_error_message='Ghi tên gọi, ví dụ: Bão số 5.'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['market', 'disaster', 'epidemic', 'climate', 'illness', 'job_loss'])), name='shock_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='shockevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('ended_on__gte', models.F('happened_on')), _connector='OR'), models.Q(('closed_on', None), ('closed_on__gte', models.F('happened_on')), _connector='OR')), name='shock_dates_in_order', violation_error_message='Ngày hết, ngày xử lý xong không được trước ngày xảy ra.'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.UniqueConstraint(fields=('shock', 'household'), name='impact_once', violation_error_message='Hộ đã có trong danh sách của cú sốc này.'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_on', None), ('severity', 'not_seen')), models.Q(models.Q(('severity', 'not_seen'), _negated=True), ('seen_on__isnull', False)), _connector='OR'), name='impact_seen_on_a_day', violation_error_message='Ghi mức độ thiệt hại thì ghi cả ngày xem.'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(('pushed_down', False), ('severity__in', ['light', 'heavy', 'lost']), _connector='OR'), name='impact_pushes_down_where_seen', violation_error_message='Hộ không thiệt hại thì không đề nghị rà soát vì cú sốc này.'),
        ),
        migrations.AddConstraint(
            model_name='shockimpact',
            constraint=models.CheckConstraint(condition=models.Q(('loss', None), ('loss__lte', 100000000000), _connector='OR'), name='impact_loss_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
        migrations.AddIndex(
            model_name='vulnerability',
            index=models.Index(fields=['household', '-assessed_on'], name='vulnerability_newest'),
        ),
        migrations.AddConstraint(
            model_name='vulnerability',
            constraint=models.CheckConstraint(condition=models.Q(('exposures__contained_by', ['flood', 'market', 'epidemic', 'climate'])), name='vulnerability_exposures_known'),
        ),
        migrations.AddConstraint(
            model_name='vulnerability',
            constraint=models.CheckConstraint(condition=models.Q(('debt', None), ('debt__lte', 100000000000), _connector='OR'), name='vulnerability_debt_sensible', violation_error_message='Số tiền tính bằng đồng, không quá 100 tỷ.'),
        ),
    ]
