#include "common/seal/leaf.h"

#include <set>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

store::JournalEntry Entry() {
  return {
      .sequence = 258, .partition = "units", .event = {.type = "unit.created", .resource = "units/a", .payload = "p"}};
}

TEST(LeafBytes, AreTheseForEver) {
  EXPECT_EQ(absl::BytesToHexString(LeafBytes(3, Entry())),
            "00000003"
            "0000000000000102"
            "00000005756e697473"
            "0000000c756e69742e63726561746564"
            "00000007756e6974732f61"
            "0000000170");
}

TEST(LeafBytes, DifferWhereverEntriesDiffer) {
  std::set<std::string> all = {LeafBytes(3, Entry()), LeafBytes(4, Entry())};
  store::JournalEntry entry = Entry();
  entry.sequence = 259;
  all.insert(LeafBytes(3, entry));
  entry = Entry();
  entry.event.payload = "q";
  all.insert(LeafBytes(3, entry));
  // What one part loses the next one gains.
  entry = Entry();
  entry.partition = "unit";
  entry.event.type = "sunit.created";
  all.insert(LeafBytes(3, entry));
  entry = Entry();
  entry.event.resource = "units/ap";
  entry.event.payload = "";
  all.insert(LeafBytes(3, entry));
  EXPECT_EQ(all.size(), 6u);
}

}  // namespace
}  // namespace jiebang::seal
