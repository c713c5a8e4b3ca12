#include "services/gateway/http/connect/unary.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "services/gateway/http/calls.h"
#include "services/gateway/http/codec.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/http/connect/get_request.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/media_type.h"
#include "services/gateway/http/refusals.h"
#include "services/gateway/http/representation.h"
#include "services/gateway/http/timeout.h"

namespace jiebang::gateway {
namespace {

constexpr char kJsonType[] = "application/json";
constexpr char kProtoType[] = "application/proto";
constexpr char kTypes[] = "application/json, application/proto";
// A message in a target has no body behind it that anybody would want.
constexpr std::size_t kMaxGetBody = 0;

std::optional<Codec> CodecOfType(std::string_view content_type) {
  const std::string type = MediaTypeOf(content_type);
  if (type == kJsonType) return Codec::kJson;
  if (type == kProtoType) return Codec::kProto;
  return std::nullopt;
}

// The caller's.
absl::StatusOr<absl::Time> DeadlineOf(const http::Request& request) {
  static constexpr char kTimeout[] = "connect-timeout-ms";
  const std::optional<std::string_view> text = request.Find(kTimeout);
  if (!text) return absl::InfiniteFuture();
  const std::optional<absl::Duration> timeout = ParseConnectTimeout(*text);
  if (!timeout) return MalformedTimeout(kTimeout, *text);
  return absl::Now() + *timeout;
}

// What was asked, however it was written.
struct Question {
  Codec codec;
  std::string message;  // not compressed
  Admitted admitted;
};

Task<absl::StatusOr<Question>> ReadPost(Door& door, http::Exchange& exchange, const Route& route, absl::Time deadline) {
  const http::Request& request = exchange.request();
  const std::optional<Codec> codec = CodecOfType(request.Value("content-type"));
  if (!codec) co_return UnknownContentType(request.Value("content-type"), kTypes);
  const std::string_view encoding = request.Value("content-encoding");
  CO_ASSIGN_OR_RETURN(AdmittedRequest read,
                      co_await AdmitAndRead(door, exchange, route, deadline, encoding, MaxBytes(*codec)));
  co_return Question{*codec, std::move(read.body), std::move(read.admitted)};
}

Task<absl::StatusOr<Question>> ReadGet(Door& door, http::Exchange& exchange, const Route& route, absl::Time deadline) {
  CO_ASSIGN_OR_RETURN(GetRequest asked, ParseGetRequest(exchange.request().query));
  CO_ASSIGN_OR_RETURN(AdmittedRequest read,
                      co_await AdmitAndRead(door, exchange, route, deadline, kIdentity, kMaxGetBody));
  CO_ASSIGN_OR_RETURN(std::string message, Decoded(asked.compression, std::move(asked.message), MaxBytes(asked.codec)));
  co_return Question{asked.codec, std::move(message), std::move(read.admitted)};
}

Task<absl::StatusOr<http::Response>> Answer(Door& door, http::Exchange& exchange, const Route& route) {
  const http::Request& request = exchange.request();
  const bool is_get = IsGet(request) && HasNoSideEffects(route);
  if (!is_get && request.verb != "POST") {
    co_return WrongVerb(request.verb, HasNoSideEffects(route) ? "GET, POST" : "POST");
  }
  CO_ASSIGN_OR_RETURN(const absl::Time deadline, DeadlineOf(request));
  Task<absl::StatusOr<Question>> reading =
      is_get ? ReadGet(door, exchange, route, deadline) : ReadPost(door, exchange, route, deadline);
  CO_ASSIGN_OR_RETURN(Question question, co_await std::move(reading));
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer bytes, RequestOf(question.codec, *route.method, std::move(question.message),
                                                        request.Value("idempotency-key")));
  BackendCall call = BackendCallOf(exchange, route, question.admitted);
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer answer, co_await CallService(std::move(call), std::move(bytes)));
  CO_ASSIGN_OR_RETURN(std::string body, AnswerOf(question.codec, *route.method, std::move(answer)));
  co_return Represent(request, route, question.codec == Codec::kJson ? kJsonType : kProtoType, std::move(body));
}

}  // namespace

Task<http::Response> AnswerConnectUnary(Door& door, http::Exchange& exchange, const Route& route) {
  absl::StatusOr<http::Response> response = co_await Answer(door, exchange, route);
  if (response.ok()) co_return *std::move(response);
  http::Response error = ConnectError(response.status());
  if (error.status == 405) error.headers.emplace_back("Allow", HasNoSideEffects(route) ? "GET, POST" : "POST");
  if (error.status == 415) error.headers.emplace_back("Accept-Post", kTypes);
  co_return error;
}

}  // namespace jiebang::gateway
