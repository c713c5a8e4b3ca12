#include "services/gateway/json/json.h"

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/field_limits/text.h"
#include "common/status/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "services/gateway/json/check.h"

namespace jiebang::gateway {

absl::Status FromJson(std::string_view json, google::protobuf::Message& message) { return FromJson(json, "", message); }

absl::Status FromJson(std::string_view json, std::string_view path, google::protobuf::Message& message) {
  if (json.size() > kMaxJsonBytes) {
    return MalformedField(
        std::string(path), absl::StrCat("The JSON may have ", kMaxJsonBytes, " bytes and has ", json.size(), "."),
        absl::StrCat("JSON 最多 ", kMaxJsonBytes, " 字节，现有 ", json.size(), " 字节。"), "JSON_TOO_LARGE");
  }
  if (!field_limits::Examine(json).is_utf8) {
    return MalformedField(std::string(path), "JSON must be UTF-8 (RFC 8259, 8.1).",
                          "JSON 须为 UTF-8 编码（RFC 8259 第 8.1 节）。", "JSON_NOT_UTF8");
  }
  RETURN_IF_ERROR(json::Check(json, path, *message.GetDescriptor()));
  const auto read = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (read.ok()) return absl::OkStatus();
  // Two members of a oneof, or an Any or Struct that is none: the check knows neither.
  const std::string why(read.message().data(), read.message().size());
  return MalformedField(std::string(path), absl::StrCat("The JSON does not fit the request: ", why),
                        absl::StrCat("JSON 与请求不符：", why), "JSON_VALUE_INVALID");
}

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  std::string json;
  const auto written = google::protobuf::util::MessageToJsonString(message, &json);
  if (written.ok()) return json;
  return absl::InternalError(absl::StrCat(message.GetTypeName(), " cannot be written as JSON: ",
                                          std::string(written.message().data(), written.message().size())));
}

std::string JsonString(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json.append({'\\', c});
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppend(&json, "\\u", absl::Hex(c, absl::kZeroPad4));
    } else {
      json.push_back(c);
    }
  }
  return json.append("\"");
}

}  // namespace jiebang::gateway
