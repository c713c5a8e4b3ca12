// What the HTTP port refuses by itself, each in both languages and with the status that HTTP has for it.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_REFUSALS_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_REFUSALS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/gateway/http/server/exchange.h"

namespace jiebang::gateway {

// 404: neither a method nor a page.
absl::Status NoSuchPath(std::string_view path);
// 405; `allowed`: "GET, POST".
absl::Status WrongVerb(std::string_view verb, std::string_view allowed);
// 415; `known`: the content types that are.
absl::Status UnknownContentType(std::string_view content_type, std::string_view known);
// As Connect wants it, UNIMPLEMENTED; `known`: the encodings that are.
absl::Status UnknownEncoding(std::string_view encoding, std::string_view known);
// 413; as sent or decompressed.
absl::Status BodyTooLong(std::size_t max_bytes);
// 400.
absl::Status NotDecompressible();
absl::Status MalformedTimeout(std::string_view header, std::string_view value);
absl::Status MalformedQuery(std::string parameter, std::string en, std::string zh);
absl::Status MalformedEnvelope(std::string en, std::string zh);

// What Exchange's reading could not do.
absl::Status UnreadableBody(const absl::Status& fault, std::size_t max_bytes);

// A request without a head to go by.
absl::Status RefusalOf(http::Fault fault);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_REFUSALS_H_
