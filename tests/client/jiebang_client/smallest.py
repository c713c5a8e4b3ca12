"""The smallest request that a contract's limits let pass: what is required is there, and nothing else."""

import re

from google.protobuf.descriptor import FieldDescriptor

from jiebang_client import contracts

_REQUIRED, _OUTPUT_ONLY = 2, 3  # google.api.FieldBehavior
# What matches the patterns of the contracts, tried in turn.
_SAMPLES = ("a1", "320000", "25", "1.5", "https://example.com/", "a" * 64, "91110000MA0000000X", "experts/a1", "national", "0", "13")


def smallest(request_class, **fields):
    """A message of the class with what its contract requires, and `fields` in it: `smallest(Request, **{"unit.name": ...})`."""
    request = _fill(request_class(), whole=not _changes(request_class.DESCRIPTOR))
    for path, value in fields.items():
        *parents, last = path.split(".")
        holder = request
        for parent in parents:
            holder = getattr(holder, parent)
        if holder.DESCRIPTOR.fields_by_name[last].label == FieldDescriptor.LABEL_REPEATED:
            del getattr(holder, last)[:]
            getattr(holder, last).append(value)
        else:
            setattr(holder, last, value)
    return request


def _changes(descriptor):
    """Whether a resource stands there beside what is to change of it, so that it need not be whole (AIP-203)."""
    return "update_mask" in descriptor.fields_by_name


def _fill(message, whole, is_top=True):
    for field in message.DESCRIPTOR.fields:
        behavior = contracts.option(field, "google.api.field_behavior")
        limits = contracts.option(field, "jiebang.options.v1.limits")
        is_required = _REQUIRED in behavior and (whole or is_top)
        if _OUTPUT_ONLY in behavior or not (is_required or _is_bounded(field, limits)):
            continue
        if field.label == field.LABEL_REPEATED:
            if is_required:
                _add(message, field, limits, whole)
        elif field.type == field.TYPE_MESSAGE:
            getattr(message, field.name).SetInParent()
            _fill(getattr(message, field.name), whole, is_top=False)
        else:
            setattr(message, field.name, _value(field, limits))
    return message


def _is_bounded(field, limits):
    """Whether the zero that an unset number is read as is too small."""
    return field.label != field.LABEL_REPEATED and not field.has_presence and limits.HasField("minimum") and limits.minimum > 0


def _add(message, field, limits, whole):
    if field.type == field.TYPE_MESSAGE:
        _fill(getattr(message, field.name).add(), whole, is_top=False)
    else:
        getattr(message, field.name).append(_value(field, limits))


def _value(field, limits):
    if field.type == field.TYPE_STRING:
        return _text(limits.pattern)
    if field.type == field.TYPE_BYTES:
        return b"x"
    if field.type == field.TYPE_ENUM:
        return next(value.number for value in field.enum_type.values if value.number)
    if field.type == field.TYPE_BOOL:
        return True
    return max(1, limits.minimum)


def _text(pattern):
    if not pattern:
        return "x"
    return next(sample for sample in _SAMPLES if re.fullmatch(pattern, sample))
