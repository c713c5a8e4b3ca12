#include "common/field_mask/field_mask.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/errors/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace jiebang {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status NotChangeable(const std::string& path, absl::Span<const std::string_view> changeable) {
  const std::string all =
      absl::StrJoin(changeable, ", ", [](std::string* out, std::string_view field) { out->append(field); });
  return MalformedField("update_mask",
                        absl::StrCat("`", path, "` is not a field that can be changed; these can: ", all),
                        absl::StrCat("字段“", path, "”不可修改，可修改的字段为：", all), "FIELD_MASK_MALFORMED");
}

}  // namespace

absl::Status ApplyFieldMask(const google::protobuf::FieldMask& mask, absl::Span<const std::string_view> changeable,
                            const Message& source, Message& target) {
  const bool names_all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (!names_all) {
    for (const std::string& path : mask.paths()) {
      if (!absl::c_linear_search(changeable, path)) return NotChangeable(path, changeable);
    }
  }
  const auto is_named = [&](std::string_view field) {
    return mask.paths().empty() || names_all ? absl::c_linear_search(changeable, field)
                                             : absl::c_linear_search(mask.paths(), field);
  };

  // What is named and set, and nothing else, so that a merge brings just this.
  const std::unique_ptr<Message> change(source.New());
  change->CopyFrom(source);
  std::vector<const FieldDescriptor*> set;
  source.GetReflection()->ListFields(source, &set);
  for (const FieldDescriptor* field : set) {
    if (!is_named(field->name())) change->GetReflection()->ClearField(change.get(), field);
  }

  for (int i = 0; i < target.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = target.GetDescriptor()->field(i);
    const bool stays = mask.paths().empty() && !absl::c_linear_search(set, field);
    if (is_named(field->name()) && !stays) target.GetReflection()->ClearField(&target, field);
  }
  target.MergeFrom(*change);
  return absl::OkStatus();
}

}  // namespace jiebang
