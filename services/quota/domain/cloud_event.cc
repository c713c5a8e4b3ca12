#include "services/quota/domain/cloud_event.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/clock/timestamp.h"
#include "common/token/digest.h"
#include "google/protobuf/util/json_util.h"

namespace jiebang::quota {
namespace {

v1::CloudEvent Envelope(const std::string& service, std::string id, journal::v1::Event event) {
  v1::CloudEvent wrapped;
  wrapped.set_specversion("1.0");
  wrapped.set_id(std::move(id));
  wrapped.set_source(absl::StrCat("/services/", service));
  wrapped.set_type(event.type());
  wrapped.set_subject(event.resource());
  *wrapped.mutable_time() = event.time();
  wrapped.set_datacontenttype("application/json");
  *wrapped.mutable_data() = std::move(event);
  return wrapped;
}

journal::v1::Event OfTheSuite(const char* type, const std::string& webhook, absl::Time now) {
  journal::v1::Event event;
  event.set_type(type);
  event.set_resource(webhook);
  *event.mutable_time() = ToTimestamp(now);
  event.set_actor("quota");
  return event;
}

}  // namespace

v1::CloudEvent ToCloudEvent(const std::string& service, const journal::v1::Entry& entry) {
  return Envelope(service, absl::StrFormat("%s-%02d-%012d", service, entry.shard(), entry.sequence()), entry.event());
}

v1::CloudEvent TestEvent(const std::string& webhook, const std::string& id, absl::Time now) {
  return Envelope("quota", id, OfTheSuite("webhook.test", webhook, now));
}

v1::CloudEvent EventsLost(const std::string& webhook, const std::string& service, const std::string& resume_token,
                          const std::string& reason, absl::Time now) {
  journal::v1::Event event = OfTheSuite("events.lost", webhook, now);
  (*event.mutable_details())["service"] = service;
  (*event.mutable_details())["reason"] = reason;
  return Envelope(service, absl::StrCat(service, "-lost-", token::Sha256Hex(resume_token).substr(0, 16)),
                  std::move(event));
}

absl::StatusOr<std::string> ToJson(const v1::CloudEvent& event) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(event, &json);
  if (!status.ok()) return absl::InvalidArgumentError(status.ToString());
  return json;
}

}  // namespace jiebang::quota
