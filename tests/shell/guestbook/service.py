"""The smallest service there can be: people leave a line in the guest book. It lives outside the tree."""

from akimat_desk.service import Command, Service, StaffPage, Tile

SERVICE = Service(
    name="guestbook",
    title="Guest book",
    order=900,
    tiles=(
        Tile(
            title="Guest book",
            short="Guests",
            hint="Leave a line.",
            icon="file-pen-line",
            hue="grass",
            screen="guestbook.screens:home",
        ),
    ),
    staff_pages=(StaffPage(title="Guest book", icon="file-pen-line", screen="guestbook.screens:pages"),),
    commands=(
        Command(
            name="guestbook",
            help="How many lines were left.",
            add="guestbook.commands:add",
            run="guestbook.commands:run",
        ),
    ),
    kinds="guestbook.entries:KINDS",
    projections="guestbook.entries:TABLES",
    local_tables="guestbook.entries:LOCAL",
)
