#include "services/gateway/http/refusals.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "services/gateway/http/http_status.h"

namespace jiebang::gateway {
namespace {

constexpr absl::Duration kTryAgain = absl::Seconds(1);

// Of what comes from outside, enough to recognise it; what is no printable ASCII is no name of anything here.
std::string Shown(std::string_view text) {
  constexpr std::size_t kMaxShown = 100;
  std::string shown(text.substr(0, kMaxShown));
  for (char& character : shown) {
    if (character < ' ' || character > '~') character = '?';
  }
  return shown;
}

absl::Status Refuse(absl::StatusCode code, int http_status, std::string reason, std::string en, std::string zh) {
  Refusal refusal{.code = code, .reason = std::move(reason), .en = std::move(en), .zh = std::move(zh)};
  if (code == absl::StatusCode::kUnavailable) refusal.retry_after = kTryAgain;
  return WithHttpStatus(refusal.ToStatus(), http_status);
}

}  // namespace

absl::Status NoSuchPath(std::string_view path) {
  return Refuse(absl::StatusCode::kNotFound, 404, "PATH_UNKNOWN", absl::StrCat("there is nothing at ", Shown(path)),
                absl::StrCat("没有路径 ", Shown(path)));
}

absl::Status WrongVerb(std::string_view verb, std::string_view allowed) {
  const std::string want(allowed);
  return Refuse(absl::StatusCode::kUnimplemented, 405, "VERB_NOT_ALLOWED",
                absl::StrCat(Shown(verb), " is not for this path; want ", want),
                absl::StrCat("该路径不支持 ", Shown(verb), "，应为 ", want));
}

absl::Status UnknownContentType(std::string_view content_type, std::string_view known) {
  const std::string want(known);
  return Refuse(absl::StatusCode::kInvalidArgument, 415, "CONTENT_TYPE_UNKNOWN",
                absl::StrCat("content type '", Shown(content_type), "' is not understood; want ", want),
                absl::StrCat("不支持内容类型“", Shown(content_type), "”，应为 ", want));
}

absl::Status UnknownEncoding(std::string_view encoding, std::string_view known) {
  const std::string want(known);
  return Refuse(absl::StatusCode::kUnimplemented, 501, "ENCODING_UNKNOWN",
                absl::StrCat("encoding '", Shown(encoding), "' is not understood; want ", want),
                absl::StrCat("不支持编码“", Shown(encoding), "”，应为 ", want));
}

absl::Status BodyTooLong(std::size_t max_bytes) {
  return Refuse(absl::StatusCode::kResourceExhausted, 413, "BODY_TOO_LONG",
                absl::StrCat("the body is longer than ", max_bytes, " bytes, as sent or decompressed"),
                absl::StrCat("请求正文（解压前或解压后）超过 ", max_bytes, " 字节"));
}

absl::Status NotDecompressible() {
  return Refuse(absl::StatusCode::kInvalidArgument, 400, "COMPRESSION_MALFORMED", "the bytes are not a gzip stream",
                "内容不是有效的 gzip 数据");
}

absl::Status MalformedTimeout(std::string_view header, std::string_view value) {
  const std::string name(header);
  return Refuse(absl::StatusCode::kInvalidArgument, 400, "TIMEOUT_MALFORMED",
                absl::StrCat(name, " is no time: '", Shown(value), "'"),
                absl::StrCat(name, " 不是有效的时限：“", Shown(value), "”"));
}

absl::Status MalformedQuery(std::string parameter, std::string en, std::string zh) {
  return MalformedField(std::move(parameter), std::move(en), std::move(zh), "QUERY_MALFORMED");
}

absl::Status MalformedEnvelope(std::string en, std::string zh) {
  return Refuse(absl::StatusCode::kInvalidArgument, 400, "ENVELOPE_MALFORMED", std::move(en), std::move(zh));
}

absl::Status UnreadableBody(const absl::Status& fault, std::size_t max_bytes) {
  switch (fault.code()) {
    case absl::StatusCode::kOutOfRange:
      return BodyTooLong(max_bytes);
    case absl::StatusCode::kDeadlineExceeded:
      return Refuse(absl::StatusCode::kDeadlineExceeded, 408, "BODY_TOO_SLOW", "the body comes too slowly",
                    "请求正文传输过慢");
    case absl::StatusCode::kResourceExhausted:
      return Refuse(absl::StatusCode::kUnavailable, 503, "GATEWAY_BUSY",
                    "too many large requests at one moment; try again", "大请求过多，请稍后重试");
    case absl::StatusCode::kInvalidArgument:
      return RefusalOf(http::Fault::kMalformed);
    default:
      return fault;
  }
}

absl::Status RefusalOf(http::Fault fault) {
  switch (fault) {
    case http::Fault::kHeadTooSlow:
      return Refuse(absl::StatusCode::kDeadlineExceeded, 408, "HEAD_TOO_SLOW", "the request's head comes too slowly",
                    "请求头传输过慢");
    case http::Fault::kTargetTooLong:
      return Refuse(absl::StatusCode::kInvalidArgument, 414, "TARGET_TOO_LONG", "the request's target is too long",
                    "请求地址过长");
    case http::Fault::kHeadTooLong:
      return Refuse(absl::StatusCode::kInvalidArgument, 431, "HEAD_TOO_LONG", "the request's head is too long",
                    "请求头过长");
    case http::Fault::kTooManyClients:
      return Refuse(absl::StatusCode::kUnavailable, 503, "GATEWAY_BUSY", "too many connections; try again",
                    "连接过多，请稍后重试");
    case http::Fault::kVersionUnknown:
      return Refuse(absl::StatusCode::kUnimplemented, 505, "VERSION_UNKNOWN", "want HTTP/1.1", "仅支持 HTTP/1.1");
    case http::Fault::kUnknownTransfer:
      return Refuse(absl::StatusCode::kUnimplemented, 501, "TRANSFER_ENCODING_UNKNOWN",
                    "the only transfer encoding is chunked", "传输编码仅支持 chunked");
    case http::Fault::kMalformed:
      break;
  }
  return Refuse(absl::StatusCode::kInvalidArgument, 400, "REQUEST_MALFORMED", "the request is not HTTP/1.1",
                "请求不符合 HTTP/1.1");
}

}  // namespace jiebang::gateway
