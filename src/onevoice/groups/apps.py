from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "onevoice.groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onevoice.enact.after import finds
        from onevoice.enact.facts import says
        from onevoice.enact.subjects import stands_under
        from onevoice.groups.names import by_names, by_numbers, codes, organisations, persons

        from . import visible, wording

        says("organisation")(organisations)
        says("person")(persons)
        says("office")(codes(wording.OFFICES))
        says("kind")(codes(wording.MEMBERSHIPS))
        finds("groups.body")(lambda viewer, names: by_names(visible.bodies(viewer), names))
        finds("groups.group")(
            lambda viewer, names: {g.slug: g for g in visible.groups(viewer).filter(slug__in=names)}
        )
        for model, rows in (
            ("membershiponrecord", visible.memberships),
            ("officeonrecord", visible.offices),
            ("appointmentonrecord", visible.appointments_on_record),
        ):
            finds(f"groups.{model}")(lambda viewer, names, rows=rows: by_numbers(rows(viewer), names))
        finds("groups.enteredmembership")(
            lambda viewer, names: by_numbers(visible.entered_memberships(viewer), names)
        )
        finds("groups.enteredappointment")(lambda viewer, names: by_numbers(visible.entered(viewer), names))
        for model in ("membershiponrecord", "officeonrecord", "enteredmembership"):
            stands_under(f"groups.{model}")(lambda fact: fact.body)
        for model in ("appointmentonrecord", "enteredappointment"):
            stands_under(f"groups.{model}")(lambda fact: fact.group)

        # They register who signs in, what each acts as and holds when leaving, what is owed.
        from . import identity, leaving, owed, posts  # noqa: F401
