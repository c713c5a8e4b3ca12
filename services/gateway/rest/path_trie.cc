#include "services/gateway/rest/path_trie.h"

namespace jiebang::gateway {

const RestRule* PathTrie::Add(std::string_view http_method, const PathTemplate& path, const RestRule& rule) {
  Node* node = &root_;
  for (const PathSegment& segment : path.segments) {
    std::unique_ptr<Node>& next = segment.kind == PathSegment::Kind::kLiteral ? node->literals[segment.literal]
                                  : segment.kind == PathSegment::Kind::kOne   ? node->one
                                                                              : node->rest;
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  }
  const auto [at, is_new] = node->ends[path.verb].emplace(http_method, &rule);
  return is_new ? nullptr : at->second;
}

PathTrie::Found PathTrie::Find(std::string_view http_method, absl::Span<const std::string> segments,
                               std::string_view verb) const {
  Found found;
  Find(root_, http_method, segments, verb, found);
  return found;
}

// As deep as the longest template, not as the path: where no node goes on, the search does not, either.
void PathTrie::Find(const Node& node, std::string_view http_method, absl::Span<const std::string> segments,
                    std::string_view verb, Found& found) {
  if (segments.empty()) {
    End(node, http_method, verb, found);
  } else {
    const auto literal = node.literals.find(segments.front());
    if (literal != node.literals.end()) Find(*literal->second, http_method, segments.subspan(1), verb, found);
    if (found.rule == nullptr && node.one != nullptr && !segments.front().empty()) {
      Find(*node.one, http_method, segments.subspan(1), verb, found);
    }
  }
  if (found.rule == nullptr && node.rest != nullptr) End(*node.rest, http_method, verb, found);
}

void PathTrie::End(const Node& node, std::string_view http_method, std::string_view verb, Found& found) {
  const auto methods = node.ends.find(verb);
  if (methods == node.ends.end()) return;
  for (const auto& [method, rule] : methods->second) {
    if (method == http_method) found.rule = rule;
    found.http_methods.insert(method);
  }
}

}  // namespace jiebang::gateway
