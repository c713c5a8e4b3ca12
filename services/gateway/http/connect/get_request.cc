#include "services/gateway/http/connect/get_request.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/gateway/http/query.h"
#include "services/gateway/http/refusals.h"

namespace jiebang::gateway {

absl::StatusOr<GetRequest> ParseGetRequest(std::string_view query) {
  auto pairs = ParseQuery(query);
  if (!pairs) {
    return MalformedQuery("message", "the query has a % that two hexadecimal digits do not follow",
                          "查询串中的 % 后应有两位十六进制数字");
  }
  GetRequest request;
  std::optional<std::string> message;
  std::optional<Codec> codec;
  bool is_base64 = false;
  for (auto& [name, value] : *pairs) {
    if (name == "message") {
      message = std::move(value);
    } else if (name == "encoding") {
      codec = CodecOf(value);
      if (!codec) return UnknownContentType(value, "json, proto");
    } else if (name == "base64") {
      is_base64 = value == "1";
    } else if (name == "compression") {
      request.compression = std::move(value);
    } else if (name == "connect" && value != "v1") {
      return MalformedQuery("connect", "the only version of the protocol is v1", "协议版本仅支持 v1");
    }
  }
  if (!codec) return MalformedQuery("encoding", "want encoding=json or encoding=proto", "缺少 encoding 参数");
  if (!message) return MalformedQuery("message", "want the request's message", "缺少 message 参数");
  request.codec = *codec;
  if (!is_base64) {
    request.message = *std::move(message);
  } else if (!absl::WebSafeBase64Unescape(*message, &request.message)) {
    return MalformedQuery("message", "the message is not URL-safe base64", "message 不是 URL 安全的 base64");
  }
  return request;
}

}  // namespace jiebang::gateway
