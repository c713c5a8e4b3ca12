#include "services/gateway/rest/rest_routes.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/errors/error.h"
#include "services/gateway/rest/percent.h"

namespace jiebang::gateway {
namespace {

absl::Status PathMalformed(std::string_view path) {
  const absl::string_view text(path.data(), path.size());
  return MalformedField("", absl::StrCat("Not a path in percent-encoded UTF-8: ", text),
                        absl::StrCat("路径不是百分号编码的 UTF-8：", text), "PATH_MALFORMED");
}

absl::Status PathUnknown(std::string_view path) {
  const std::string text(path);
  return Refusal{
      .code = absl::StatusCode::kNotFound,
      .reason = "PATH_UNKNOWN",
      .en = absl::StrCat("No method has the path ", text, "; /openapi.json lists those that there are."),
      .zh = absl::StrCat("没有路径为 ", text, " 的方法；现有方法见 /openapi.json。"),
      .metadata = {{"path", text}},
  }
      .ToStatus();
}

absl::Status MethodNotAllowed(std::string_view http_method, std::string_view path,
                              const std::set<std::string>& allowed) {
  const std::string method(http_method);
  const std::string allow = absl::StrJoin(allowed, ", ");
  return Refusal{
      .code = absl::StatusCode::kUnimplemented,
      .reason = kMethodNotAllowed,
      .en = absl::StrCat(std::string(path), " takes ", allow, " and not ", method, "."),
      .zh = absl::StrCat(std::string(path), " 只接受 ", allow, "，不接受 ", method, "。"),
      .metadata = {{kAllow, allow}, {"method", method}, {"path", std::string(path)}},
  }
      .ToStatus();
}

using Segments = std::vector<absl::string_view>;

// The variable's part of the path. Within one segment everything is decoded; in a value of several %2F stays
// (google/api/http.proto), or an id could pass for two.
std::optional<std::string> ValueOf(const PathVariable& variable, const PathTemplate& path, const Segments& segments) {
  const bool takes_rest = path.segments[variable.end - 1].kind == PathSegment::Kind::kRest;
  const auto begin = segments.begin() + static_cast<std::ptrdiff_t>(variable.begin);
  const auto end = takes_rest ? segments.end() : segments.begin() + static_cast<std::ptrdiff_t>(variable.end);
  const std::string text = absl::StrJoin(begin, end, "/");
  return DecodePercent(text, variable.spans_segments ? Slashes::kKeep : Slashes::kDecode);
}

}  // namespace

absl::StatusOr<RestRoutes> RestRoutes::Of(const Routes& routes) {
  RestRoutes rest;
  std::vector<std::string> faults;
  for (const Route* const route : routes.All()) {
    absl::StatusOr<std::vector<RestRule>> rules = RestRule::Of(*route->method);
    if (!rules.ok()) {
      faults.emplace_back(rules.status().message());
      continue;
    }
    rest.routes_[route->method] = route;
    for (RestRule& rule : *rules) {
      const RestRule& added = rest.rules_.emplace_back(std::move(rule));
      if (const RestRule* const other = rest.trie_.Add(added.http_method, added.path, added)) {
        faults.push_back(absl::StrCat(added.method->full_name(), ": it has the path of ", other->method->full_name()));
      }
    }
  }
  if (!faults.empty()) return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  return rest;
}

absl::StatusOr<RestMatch> RestRoutes::Match(std::string_view http_method, std::string_view path) const {
  std::string_view left = path;
  if (!left.starts_with('/')) return PathMalformed(path);
  left.remove_prefix(1);
  std::string_view verb;
  if (const std::size_t colon = left.rfind(':');
      colon != std::string_view::npos && left.find('/', colon) == left.npos) {
    verb = left.substr(colon + 1);
    left = left.substr(0, colon);
    if (verb.empty()) return PathUnknown(path);
  }
  const Segments segments = absl::StrSplit(absl::string_view(left.data(), left.size()), '/');
  std::vector<std::string> decoded;
  for (const absl::string_view segment : segments) {
    std::optional<std::string> text = DecodePercent({segment.data(), segment.size()});
    if (!text) return PathMalformed(path);
    decoded.push_back(*std::move(text));
  }
  const PathTrie::Found found = trie_.Find(http_method, decoded, verb);
  if (found.rule == nullptr) {
    return found.http_methods.empty() ? PathUnknown(path) : MethodNotAllowed(http_method, path, found.http_methods);
  }
  RestMatch match{.route = routes_.at(found.rule->method), .rule = found.rule};
  for (const PathVariable& variable : found.rule->path.variables) {
    std::optional<std::string> value = ValueOf(variable, found.rule->path, segments);
    if (!value) return PathMalformed(path);
    match.values.push_back(*std::move(value));
  }
  return match;
}

}  // namespace jiebang::gateway
