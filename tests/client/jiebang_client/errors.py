"""What a call was refused with, its details opened."""

from jiebang_client.contracts import message_class

_DETAILS = "grpc-status-details-bin"


class CallError(Exception):
    """A call that did not succeed. What a detail says is empty when the detail is not there."""

    def __init__(self, method, rpc_error):
        self.method = method
        self.code = rpc_error.code()
        self.text = rpc_error.details() or ""  # English
        self.reason = ""  # ErrorInfo: what programs decide by
        self.domain = ""
        self.metadata = {}
        self.text_zh = ""  # LocalizedMessage
        self.fields = []  # BadRequest: [(field, description)]
        self.preconditions = []  # PreconditionFailure: [(type, subject, description)]
        self.quotas = []  # QuotaFailure: [(subject, description)]
        self.retry_seconds = None  # RetryInfo
        for key, value in rpc_error.trailing_metadata() or ():
            if key == _DETAILS:
                self._open(value)
        super().__init__(f"{method}: {self.code.name} {self.reason}: {self.text}")

    def _open(self, serialized):
        for detail in message_class("google.rpc.Status").FromString(serialized).details:
            name = detail.type_url.rpartition("/")[2]
            opened = message_class(name).FromString(detail.value)
            kind = name.rpartition(".")[2]
            if kind == "ErrorInfo":
                self.reason = opened.reason
                self.domain = opened.domain
                self.metadata = dict(opened.metadata)
            elif kind == "LocalizedMessage":
                self.text_zh = opened.message
            elif kind == "BadRequest":
                self.fields = [(v.field, v.description) for v in opened.field_violations]
            elif kind == "PreconditionFailure":
                self.preconditions = [(v.type, v.subject, v.description) for v in opened.violations]
            elif kind == "QuotaFailure":
                self.quotas = [(v.subject, v.description) for v in opened.violations]
            elif kind == "RetryInfo":
                self.retry_seconds = opened.retry_delay.seconds + opened.retry_delay.nanos / 1e9
