// Which rule a path belongs to: the templates of all routes in one tree of segments, so that finding one takes as many
// steps as the path has segments, however many routes there are.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_PATH_TRIE_H_
#define JIEBANG_SERVICES_GATEWAY_REST_PATH_TRIE_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "services/gateway/rest/path_template.h"

namespace jiebang::gateway {

// What the paths lead to.
struct RestRule;

class PathTrie {
 public:
  struct Found {
    const RestRule* rule = nullptr;
    std::set<std::string> http_methods;  // that the path has, when it has not the one that was asked for
  };

  // `rule` outlives the trie. Another rule with the same method, segments and verb, which is there already; nullptr
  // when `rule` was added.
  const RestRule* Add(std::string_view http_method, const PathTemplate& path, const RestRule& rule);

  // A literal goes before `*`, and `*` before `**`. `segments`: decoded, without the verb.
  Found Find(std::string_view http_method, absl::Span<const std::string> segments, std::string_view verb) const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> one;
    std::unique_ptr<Node> rest;
    std::map<std::string, std::map<std::string, const RestRule*, std::less<>>, std::less<>> ends;  // by verb and method
  };

  static void Find(const Node& node, std::string_view http_method, absl::Span<const std::string> segments,
                   std::string_view verb, Found& found);
  static void End(const Node& node, std::string_view http_method, std::string_view verb, Found& found);

  Node root_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_PATH_TRIE_H_
