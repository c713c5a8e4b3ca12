#include "common/store/backup/copy_ahead.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "common/store/backup/test_content.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

// So many entries, and then the end or an error.
class Entries : public Source {
 public:
  explicit Entries(std::uint64_t number, absl::Status end = absl::OkStatus()) : number_(number), end_(std::move(end)) {}

  absl::StatusOr<std::optional<Item>> Next() override {
    if (given_ < number_) return EntryOf(1, ++given_);
    if (!end_.ok()) return end_;
    return std::nullopt;
  }

  std::uint64_t given() const { return given_; }

 private:
  const std::uint64_t number_;
  const absl::Status end_;
  std::uint64_t given_ = 0;
};

// Takes so many items and refuses the next.
class Taker : public Sink {
 public:
  explicit Taker(std::size_t most) : most_(most) {}

  absl::Status Put(const Item& item) override {
    if (items_.size() == most_) return absl::ResourceExhaustedError("the disk is full");
    items_.push_back(item);
    return absl::OkStatus();
  }
  absl::Status Finish() override { return absl::OkStatus(); }

  const std::vector<Item>& items() const { return items_; }

 private:
  const std::size_t most_;
  std::vector<Item> items_;
};

TEST(CopyAhead, CopiesAllInItsOrder) {
  for (const std::uint64_t number : {0, 1, 999, 1'000, 1'001, 50'000}) {
    Entries source(number);
    Taker sink(1'000'000);
    ASSERT_THAT(CopyAhead(source, sink), IsOk());
    ASSERT_EQ(sink.items().size(), number);
    for (std::uint64_t i = 0; i < number; ++i) ASSERT_EQ(sink.items()[i], Item(EntryOf(1, i + 1)));
  }
}

TEST(CopyAhead, EndsSoonWhenTheSinkFails) {
  Entries source(1'000'000'000);
  Taker sink(5'000);
  EXPECT_THAT(CopyAhead(source, sink), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_LT(source.given(), 100'000);
}

TEST(CopyAhead, SaysThatTheSourceFailed) {
  Entries source(5'000, absl::AbortedError("somebody wrote"));
  Taker sink(1'000'000);
  EXPECT_THAT(CopyAhead(source, sink), StatusIs(absl::StatusCode::kAborted));
}

}  // namespace
}  // namespace jiebang::store::backup
