#include "common/deterministic/deterministic.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang {
namespace {

TEST(DeterministicBytes, AreTheSameHoweverAMapWasFilled) {
  journal::v1::Event upwards;
  journal::v1::Event downwards;
  for (int i = 0; i < 30; ++i) (*upwards.mutable_details())[std::to_string(i)] = "x";
  for (int i = 29; i >= 0; --i) (*downwards.mutable_details())[std::to_string(i)] = "x";
  EXPECT_EQ(DeterministicBytes(upwards), DeterministicBytes(downwards));
}

TEST(DeterministicBytes, AreTheMessage) {
  journal::v1::Event event;
  event.set_type("application.submitted");
  (*event.mutable_details())["revision"] = "1";
  journal::v1::Event parsed;
  ASSERT_TRUE(parsed.ParseFromString(DeterministicBytes(event)));
  EXPECT_EQ(parsed.details().at("revision"), "1");
}

}  // namespace
}  // namespace jiebang
