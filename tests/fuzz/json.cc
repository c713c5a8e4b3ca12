// Requests in JSON. The first line says of which type, by its number; the JSON follows.
#include "services/gateway/json/json.h"

#include <array>
#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "google/protobuf/util/field_comparator.h"
#include "google/protobuf/util/message_differencer.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/gateway/json/testing/kinds.pb.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

namespace {

using google::protobuf::Message;

const Message& TypeOf(std::string_view number) {
  static const std::array<const Message*, 5> types = {
      &jiebang::kinds::v1::Kinds::default_instance(),
      &jiebang::application::v1::CreateApplicationRequest::default_instance(),
      &jiebang::application::v1::UpdateApplicationRequest::default_instance(),
      &jiebang::quota::v1::CreateUnitRequest::default_instance(),
      &jiebang::quota::v1::RecommendApplicationRequest::default_instance(),
  };
  unsigned index = 0;
  if (!absl::SimpleAtoi(absl::string_view(number.data(), number.size()), &index)) index = 0;
  return *types[index % types.size()];
}

bool Same(const Message& one, const Message& other) {
  google::protobuf::util::DefaultFieldComparator comparator;
  comparator.set_treat_nan_as_equal(true);
  google::protobuf::util::MessageDifferencer differencer;
  differencer.set_field_comparator(&comparator);
  return differencer.Compare(one, other);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  fuzz::Parts input(data, size);
  const Message& type = TypeOf(input.Line());
  const std::unique_ptr<Message> read(type.New());
  const absl::Status status = gateway::FromJson(input.Rest(), *read);
  fuzz::Must(status.ok() || absl::IsInvalidArgument(status), "JSON is taken or INVALID_ARGUMENT");
  if (!status.ok()) return 0;
  const absl::StatusOr<std::string> written = gateway::ToJson(*read);
  if (!written.ok()) return 0;  // an Any of a type that nobody knows
  const std::unique_ptr<Message> again(type.New());
  fuzz::Must(gateway::FromJson(*written, *again).ok(), "what is written can be read");
  fuzz::Must(Same(*read, *again), "what is written says what was read");
  return 0;
}
