#include "common/store/backup/compare.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::backup {
namespace {

// A source with what it gave last.
class Side {
 public:
  Side(Source& source, std::string name) : source_(source), name_(std::move(name)) {}

  absl::Status Advance() {
    ASSIGN_OR_RETURN(item_, source_.Next());
    if (!item_) return absl::OkStatus();
    if (const auto* const start = std::get_if<ServiceStart>(&*item_)) service_ = start->service;
    return absl::OkStatus();
  }

  bool at_end() const { return !item_.has_value(); }
  const Item& item() const { return *item_; }
  const std::string& service() const { return service_; }
  const std::string& name() const { return name_; }

  // What it stands on is a remembered answer whose time has come, so the other side may have forgotten it.
  bool MayBeForgotten(absl::Time now) const {
    const auto* const replay = at_end() ? nullptr : std::get_if<StoredReplay>(&*item_);
    return replay != nullptr && replay->kept_until <= absl::ToUnixSeconds(now);
  }

 private:
  Source& source_;
  const std::string name_;
  std::optional<Item> item_;
  std::string service_;
};

// Which side stands on what the other one lacks; equal: both stand at the same place, or at the end.
std::strong_ordering Order(const Side& a, const Side& b) {
  if (a.at_end() || b.at_end()) return a.at_end() <=> b.at_end();
  if (a.service() == b.service()) return OrderWithinService(a.item(), b.item());
  // The one that is still in the earlier service has more of it; where both begin one, the earlier is missing.
  return a.service() <=> b.service();
}

std::string WhatDiffers(const Item& a, const Item& b) {
  const auto* const left = std::get_if<StoredRecord>(&a);
  const auto* const right = std::get_if<StoredRecord>(&b);
  if (left != nullptr && right != nullptr && left->version != right->version) {
    return absl::StrCat("its version is ", left->version, " and ", right->version);
  }
  return "its content differs";
}

std::string OnlyIn(const Side& side) {
  const bool whole_service = std::holds_alternative<ServiceStart>(side.item());
  return absl::StrCat("service ", side.service(), ": ", whole_service ? "it" : PlaceOf(side.item()), " is only in ",
                      side.name());
}

}  // namespace

absl::StatusOr<std::optional<std::string>> FirstDifference(Source& a, Source& b, const Sides& sides,
                                                           const std::function<absl::Time()>& now) {
  Side left(a, sides.a);
  Side right(b, sides.b);
  RETURN_IF_ERROR(left.Advance());
  RETURN_IF_ERROR(right.Advance());
  while (!left.at_end() || !right.at_end()) {
    const std::strong_ordering order = Order(left, right);
    if (order != 0) {
      Side& more = order < 0 ? left : right;
      if (!more.MayBeForgotten(now())) return OnlyIn(more);
      RETURN_IF_ERROR(more.Advance());
      continue;
    }
    if (left.item() != right.item()) {
      return absl::StrCat("service ", left.service(), ": ", PlaceOf(left.item()), ": ",
                          WhatDiffers(left.item(), right.item()));
    }
    RETURN_IF_ERROR(left.Advance());
    RETURN_IF_ERROR(right.Advance());
  }
  return std::nullopt;
}

}  // namespace jiebang::store::backup
