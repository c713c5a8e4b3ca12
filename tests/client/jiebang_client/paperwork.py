"""What an applicant fills in, made from the programme's own file: nothing here knows a notice."""

from datetime import datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


def shanghai(year, month, day, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


class Paperwork:
    """Fills in applications for one programme, as `GetProgramme` answers with it."""

    def __init__(self, programme):
        self.programme = programme
        self.tracks = {track.id: track for track in programme.tracks}
        self._links = list(programme.catalogue.links)

    def rules(self, track):
        """The rules that hold for a track; those of the track that it extends hold, too."""
        tracks = {track, self.tracks[track].extends}
        return [rule for rule in self.programme.rules if not rule.tracks or tracks & set(rule.tracks)]

    def application(self, track, title, links=1, describe=None, tell=None, declared_by="演练经办人"):
        """A draft that covers the first `links` links of the catalogue and meets all that can be met by writing.

        `describe(scenario)` gives the text of an instance, `tell(field)` that of a field of the form."""
        describe = describe or (lambda scenario: f"演练：{scenario.name.zh}的建设内容。")
        tell = tell or (lambda field: f"演练：{field}。")
        return {
            "track": track,
            "title": title,
            "sections": [{"section": field, "text": tell(field)} for field in self.required_fields(track)],
            "scenario_instances": [self.instance(link.scenarios[0], title, describe) for link in self._links[:links]],
            "declarations": [
                {"rule": rule.id, "declared_by": declared_by} for rule in self.rules(track) if rule.HasField("declaration")
            ],
        }

    def required_fields(self, track):
        return [
            field
            for rule in self.rules(track)
            if rule.HasField("section_text") and rule.section_text.required
            for field in rule.section_text.fields
        ]

    def instance(self, scenario, title, describe):
        return {"scenario": scenario.id, "title": f"{title}—{scenario.name.zh}"[:120], "description": describe(scenario)}

    def links_of(self, link_set):
        """The ids of the links in an aspect of the catalogue."""
        return {link for aspect in self.programme.catalogue.aspects if aspect.id == link_set for link in aspect.links}


def answers(model, manufacturing_type, level, degree_below="DEGREE_FULLY", degree_above="DEGREE_NOT"):
    """An answer to every item of the model that the type has: up to `level` it is satisfied, above it is not."""
    kind = "discrete" if manufacturing_type == "MANUFACTURING_TYPE_DISCRETE" else "process"
    return [
        {"item": item.id, "degree": degree_below if item.level <= level else degree_above}
        for element in model.elements
        for domain in element.domains
        for subdomain in domain.subdomains
        if all(getattr(part.weights, kind) > 0 for part in (element, domain, subdomain))
        for item in subdomain.items
    ]
