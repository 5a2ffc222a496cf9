"""A material put in from a topic: the form of the library, for those who are trained."""

from households.forms.support.materials import MaterialForm
from households.models import Material
from thanhsen.models import Area
from trainings.models import Topic

Audience = Material.Audience
TRAINED = (Audience.OFFICERS, Audience.BOTH)


class TopicMaterialForm(MaterialForm):
    """The ward is that of the topic."""

    def __init__(self, *args, topic: Topic, **kwargs):
        start = {"topic": topic.name, "audience": Audience.OFFICERS} | kwargs.pop("initial", {})
        super().__init__(*args, wards=Area.objects.none(), initial=start, **kwargs)
        del self.fields["ward"]
        self.fields["audience"].choices = [(each.value, each.label) for each in TRAINED]
        self.fields["audience"].help_text = "“Cả hai”: tài liệu còn dùng được khi vận động hộ gia đình."
