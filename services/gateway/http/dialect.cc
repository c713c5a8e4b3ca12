#include "services/gateway/http/dialect.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/status_conversion.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/http/envelope.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/media_type.h"
#include "services/gateway/http/timeout.h"

namespace jiebang::gateway {
namespace {

constexpr char kConnectJson[] = "application/connect+json";
constexpr char kConnectProto[] = "application/connect+proto";
constexpr char kGrpcWeb[] = "application/grpc-web";
constexpr char kGrpcWebProto[] = "application/grpc-web+proto";

// As gRPC writes messages that are no plain ASCII.
std::string PercentEncoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= ' ' && byte <= '~' && byte != '%') {
      encoded += character;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 0xF]};
    }
  }
  return encoded;
}

std::string GrpcTrailers(const absl::Status& outcome) {
  if (outcome.ok()) return "grpc-status: 0\r\n";
  const grpc::Status status = rpc::ToGrpc(outcome);
  std::string details = absl::Base64Escape(status.error_details());
  details.resize(details.find_last_not_of('=') + 1);
  return absl::StrCat("grpc-status: ", static_cast<int>(status.error_code()),
                      "\r\ngrpc-message: ", PercentEncoded(status.error_message()),
                      "\r\ngrpc-status-details-bin: ", details, "\r\n");
}

}  // namespace

std::optional<Dialect> Dialect::Of(std::string_view content_type) {
  const std::string type = MediaTypeOf(content_type);
  if (type == kConnectJson) return Dialect{false, Codec::kJson};
  if (type == kConnectProto) return Dialect{false, Codec::kProto};
  if (type == kGrpcWeb || type == kGrpcWebProto) return Dialect{true, Codec::kProto};
  return std::nullopt;
}

const char* Dialect::content_type() const {
  if (is_grpc_web) return kGrpcWebProto;
  return codec == Codec::kJson ? kConnectJson : kConnectProto;
}

std::optional<absl::Duration> Dialect::ParseTimeout(std::string_view text) const {
  return is_grpc_web ? ParseGrpcTimeout(text) : ParseConnectTimeout(text);
}

http::Response Dialect::Head(bool compresses) const {
  http::Response head{.content_type = content_type(), .headers = {{"Cache-Control", "no-store"}}};
  head.headers.emplace_back(is_grpc_web ? "Grpc-Accept-Encoding" : "Connect-Accept-Encoding", kGzip);
  if (compresses) head.headers.emplace_back(is_grpc_web ? "Grpc-Encoding" : "Connect-Content-Encoding", kGzip);
  return head;
}

std::string Dialect::End(const absl::Status& outcome) const {
  if (is_grpc_web) return Enveloped(Envelope::kGrpcWebTrailers, GrpcTrailers(outcome));
  return Enveloped(Envelope::kEndOfConnectStream,
                   outcome.ok() ? "{}" : absl::StrCat(R"({"error":)", ConnectErrorJson(outcome), "}"));
}

}  // namespace jiebang::gateway
