"""Background tasks and how they went, in words."""

from collections.abc import Mapping

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

from network.admin.guards import Guarded
from network.jobs.tasks import send_email

#: What the library asks a catalogue for and ships none of: translated in ours.
WORDS = (
    *(gettext_noop("Task Result"), gettext_noop("Task Results")),
    *(gettext_noop("enqueued at"), gettext_noop("started at"), gettext_noop("finished at")),
    *(gettext_noop("exception class path"), gettext_noop("status")),
    *(pgettext_lazy("Task", "Ready"), pgettext_lazy("Task", "Running")),
    *(pgettext_lazy("Task", "Failed"), pgettext_lazy("Task", "Successful")),
)
names: dict[str, Promise] = {send_email.module_path: _("an e-mail")}


def name_tasks(more: Mapping[str, Promise]) -> None:
    """Let a package say in words what its tasks, by their paths, are."""
    names.update(more)


admin.site.unregister(DBTaskResult)  # registered by the library's own


@admin.register(DBTaskResult)
class Tasks(Guarded, DBTaskResultAdmin):
    """Tasks and how they went; not what they carry, which is mail with codes in it."""

    list_display = ("what", "status", "enqueued_at", "finished_at", "exception_class_path")
    list_filter = ("status", "enqueued_at")
    search_fields = ("exception_class_path",)
    search_help_text = _("The kind of a failure, as in the last column.")
    shown = (
        *("id", "what", "status", "enqueued_at", "started_at", "finished_at"),
        *("not_before", "exception_class_path"),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: DBTaskResult | None = None
    ) -> list[str]:
        """Return what is shown: neither arguments nor results nor tracebacks."""
        return list(self.shown)

    @admin.display(description=_("what"), ordering="task_path")
    def what(self, task: DBTaskResult) -> str:
        """Return what the task does; its path for one that no package names."""
        return str(names.get(task.task_path, task.task_path))

    @admin.display(description=_("not before"))
    def not_before(self, task: DBTaskResult) -> object:
        """Return from when on it may be tried, if that was said."""
        return self.display_run_after(task)
