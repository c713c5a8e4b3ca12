#include "common/process/sealing.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

class SealKeyTest : public testing::Test {
 protected:
  absl::StatusOr<token::SigningKey> Key() const { return ReadOrCreateSealKey(private_file_, public_file_); }

  const TemporaryDirectory directory_;
  const std::filesystem::path private_file_ = std::filesystem::path(directory_.path()) / "seal-key.pem";
  const std::filesystem::path public_file_ = std::filesystem::path(directory_.path()) / "seal-public.pem";
};

TEST_F(SealKeyTest, IsMadeOnceWithItsPublicPart) {
  ASSERT_OK_AND_ASSIGN(const token::SigningKey made, Key());
  ASSERT_OK_AND_ASSIGN(const token::SigningKey found, Key());
  EXPECT_EQ(found.kid(), made.kid());
  ASSERT_OK_AND_ASSIGN(const token::VerifyingKey known, token::VerifyingKey::OfAnyKindFromPemFile(public_file_));
  EXPECT_EQ(known.kid(), made.kid());
}

TEST_F(SealKeyTest, IsOneOfSm2WhereOneWasPutThere) {
  const token::SigningKey put = token::SigningKey::Generate(token::KeyKind::kSm2);
  ASSERT_THAT(put.WritePemFile(private_file_), IsOk());
  ASSERT_OK_AND_ASSIGN(const token::SigningKey key, Key());
  EXPECT_EQ(key.kid(), put.kid());
  ASSERT_OK_AND_ASSIGN(const token::VerifyingKey known, token::VerifyingKey::OfAnyKindFromPemFile(public_file_));
  EXPECT_EQ(known.kid(), put.kid());
}

}  // namespace
}  // namespace jiebang
