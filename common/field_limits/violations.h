// What is wrong with a field, in both languages, and where in the request the field stands.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_VIOLATIONS_H_
#define JIEBANG_COMMON_FIELD_LIMITS_VIOLATIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/errors/error.h"
#include "common/field_limits/plan.h"
#include "google/protobuf/message.h"

namespace jiebang::field_limits {

// A step on the way from the request to a field. Lives on the stack of the walk; a path is only spelled where something
// is wrong.
struct Step {
  const Step* before = nullptr;  // null: in the request itself
  const google::protobuf::FieldDescriptor* field = nullptr;
  int index = -1;                                        // of an element; -1: the field as a whole
  const google::protobuf::Message* map_entry = nullptr;  // names an element of a map by its key
};

// E.g. `application.scenario_instances[2].title` or `attributes["gdp"].value`.
std::string PathOf(const Step& step);

// All that is wrong with a request.
class Violations {
 public:
  bool empty() const { return all_.empty(); }
  // The walk ends here: a request that is wrong a thousand times is told enough.
  bool full() const { return all_.size() >= kMost; }

  void Missing(const Step& step);
  void NotUtf8(const Step& step);
  void ControlCharacter(const Step& step);
  void TooLong(const Step& step, std::size_t most, std::size_t characters);
  void TooManyBytes(const Step& step, std::size_t most, std::size_t bytes);
  void TooManyItems(const Step& step, std::size_t most, std::size_t items);
  void NoMatch(const Step& step, const std::string& pattern);
  void OutOfRange(const Step& step, const FieldPlan& plan, const std::string& value);
  void UnknownValue(const Step& step, int value);
  void NestedTooDeep(const Step& step);

  // INVALID_ARGUMENT FIELDS_INVALID.
  absl::Status ToStatus() &&;

 private:
  static constexpr std::size_t kMost = 1'000;

  void Add(const Step& step, const std::string& en, const std::string& zh);

  std::vector<FieldViolation> all_;
};

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_VIOLATIONS_H_
