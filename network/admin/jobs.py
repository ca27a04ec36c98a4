"""Background tasks and how they went, in words."""

from collections.abc import Mapping

import django_tasks_db.admin  # noqa: F401 -- registers what is withdrawn below
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from django_tasks_db.models import DBTaskResult, get_date_max

from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly
from network.jobs.tasks import send_email
from network.templatetags.dates import moment_words

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


LABELS = {field.name: field.verbose_name for field in DBTaskResult._meta.fields}

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class Tasks(ReadOnly, Guarded):
    """Tasks and how they went; not what they carry, which is mail with codes in it."""

    list_display = ("what", "status", "enqueued", "finished", "exception_class_path")
    list_filter = ("status", "enqueued_at")
    search_fields = ("exception_class_path",)
    search_help_text = _("The kind of a failure, as in the last column.")
    ordering = ("-enqueued_at", "pk")
    #: Neither arguments nor results nor tracebacks.
    fields = readonly_fields = (
        *("id", "what", "status", "enqueued", "started", "finished"),
        *("not_before", "exception_class_path"),
    )

    enqueued = columns.moment("enqueued_at", LABELS["enqueued_at"])
    started = columns.moment("started_at", LABELS["started_at"])
    finished = columns.moment("finished_at", LABELS["finished_at"])

    @admin.display(description=_("what"), ordering="task_path")
    def what(self, task: DBTaskResult) -> str:
        """Return what the task does; its path for one that no package names."""
        return str(names.get(task.task_path, task.task_path))

    @admin.display(description=_("not before"))
    def not_before(self, task: DBTaskResult) -> str:
        """Return from when on it may be tried, if that was said."""
        if task.run_after == get_date_max():
            return str(self.get_empty_value_display())
        return moment_words(task.run_after)
