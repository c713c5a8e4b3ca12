#include "services/publiclist/domain/import.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/deterministic/deterministic.h"
#include "common/resource_name/resource_name.h"
#include "common/uscc/uscc.h"

namespace jiebang::publiclist {
namespace {

struct Reason {
  std::string zh;
  std::string en;
};

// Why the entry cannot be taken, whatever else is in the list.
std::optional<Reason> Fault(const v1::ListEntry& entry) {
  if (entry.number() < 1 || entry.number() > 999'999) {
    return Reason{.zh = "序号须在1到999999之间", .en = "the number is not 1 to 999999"};
  }
  if (entry.enterprise().empty()) return Reason{.zh = "缺少企业名称", .en = "the enterprise is missing"};
  if (!entry.unit().empty() && !IsResourceId(entry.unit())) {
    return Reason{.zh = absl::StrCat("推荐单位标识 ", entry.unit(), " 格式不对"),
                  .en = absl::StrCat("`", entry.unit(), "` is no id of a unit")};
  }
  if (entry.uscc().empty()) return std::nullopt;
  const absl::Status uscc = CheckUscc(entry.uscc(), "uscc");
  if (uscc.ok()) return std::nullopt;
  return Reason{.zh = absl::StrCat("统一社会信用代码 ", entry.uscc(), " 校验不通过；如公布件有误，请留空"),
                .en = absl::StrCat(std::string(uscc.message()), "; leave it out where the publication is wrong")};
}

v1::ImportResult Refused(int number, Reason reason) {
  v1::ImportResult result;
  result.set_number(number);
  result.set_outcome(v1::ImportResult::OUTCOME_REFUSED);
  result.set_reason_zh(std::move(reason.zh));
  result.set_reason_en(std::move(reason.en));
  return result;
}

v1::ImportResult Taken(int number, v1::ImportResult::Outcome outcome) {
  v1::ImportResult result;
  result.set_number(number);
  result.set_outcome(outcome);
  return result;
}

}  // namespace

ImportOutcome Import(const ListName& list, const GivenEntries& given, EntriesByNumber present) {
  ImportOutcome outcome;
  for (v1::ListEntry entry : given) {
    const int number = entry.number();
    if (std::optional<Reason> fault = Fault(entry)) {
      outcome.results.push_back(Refused(number, *std::move(fault)));
      continue;
    }
    entry.set_name(EntryName(list, number));
    const auto found = present.find(number);
    if (found == present.end()) {
      present[number] = entry;
      outcome.added.push_back(std::move(entry));
      outcome.results.push_back(Taken(number, v1::ImportResult::OUTCOME_ADDED));
    } else if (DeterministicBytes(found->second) == DeterministicBytes(entry)) {
      outcome.results.push_back(Taken(number, v1::ImportResult::OUTCOME_UNCHANGED));
    } else {
      outcome.results.push_back(
          Refused(number, {.zh = absl::StrCat("序号 ", number, " 已有内容不同的条目"),
                           .en = absl::StrCat("the number ", number, " is taken by an entry with other content")}));
    }
  }
  return outcome;
}

}  // namespace jiebang::publiclist
