#include "common/batch_get/batch_get.h"

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/errors/error.h"

namespace jiebang {
namespace {

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// "0,4-9": ascending positions, those that follow each other as a range.
std::string Ranges(const std::vector<std::size_t>& positions) {
  std::string text;
  for (std::size_t begin = 0; begin < positions.size();) {
    std::size_t end = begin + 1;
    while (end < positions.size() && positions[end] == positions[end - 1] + 1) ++end;
    absl::StrAppend(&text, text.empty() ? "" : ",", positions[begin]);
    if (end - begin > 1) absl::StrAppend(&text, "-", positions[end - 1]);
    begin = end;
  }
  return text;
}

}  // namespace

bool StandsIn(std::string_view parent, std::string_view name) {
  if (parent.empty()) return true;
  const std::vector<absl::string_view> outer = absl::StrSplit(View(parent), '/');
  const std::vector<absl::string_view> inner = absl::StrSplit(View(name), '/');
  if (inner.size() <= outer.size()) return false;
  for (std::size_t i = 0; i < outer.size(); ++i) {
    const bool is_any = i % 2 == 1 && outer[i] == "-";
    if (!is_any && outer[i] != inner[i]) return false;
  }
  return true;
}

absl::Status NotInParent(std::string_view parent, const std::string& field) {
  return MalformedField(field, absl::StrCat("does not stand in ", View(parent)), absl::StrCat("不属于 ", View(parent)),
                        "NAME_NOT_IN_PARENT");
}

absl::Status BatchIncomplete(const std::vector<std::size_t>& missing, const std::vector<std::string>& names) {
  Refusal refusal{
      .code = absl::StatusCode::kNotFound,
      .reason = "BATCH_INCOMPLETE",
      .en = absl::StrCat(missing.size(), " of the ", names.size(),
                         " resources are not there; the violations of `names` say at which positions."),
      .zh = absl::StrCat(names.size(), " 个资源中有 ", missing.size(), " 个不存在；names 的违规项列出了全部位置"),
      .metadata = {{"missing_count", absl::StrCat(missing.size())}}};
  // Longer texts are cut, and a position that is cut would be another one. A thousand names leave at most four parts.
  constexpr std::size_t kLongestPart = 500;
  std::string part;
  for (const absl::string_view range : absl::StrSplit(Ranges(missing), ',')) {
    if (part.size() + range.size() + 1 > kLongestPart) {
      refusal.fields.push_back({.field = "names", .description = std::exchange(part, "")});
    }
    absl::StrAppend(&part, part.empty() ? "" : ",", range);
  }
  refusal.fields.push_back({.field = "names", .description = part});
  for (const std::size_t position : missing) {
    refusal.fields.push_back({.field = absl::StrCat("names[", position, "]"), .description = names[position]});
  }
  return refusal.ToStatus();
}

absl::Status BatchTooLarge(std::size_t fitting) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "BATCH_TOO_LARGE",
                 .en = absl::StrCat("The resources have more than ", kMostBatchBytes, " bytes; the first ", fitting,
                                    " names fit into one answer."),
                 .zh = absl::StrCat("资源总长超过 ", kMostBatchBytes, " 字节；一次应答最多容纳前 ", fitting, " 个名称"),
                 .metadata = {{"fitting", absl::StrCat(fitting)}, {"limit_bytes", absl::StrCat(kMostBatchBytes)}}}
      .ToStatus();
}

}  // namespace jiebang
