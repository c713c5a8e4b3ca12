#include "common/page_token/page_token.h"

#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/base64url.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr char kFilters[] = "ListUnits\nprogrammes/p\nstate=OPEN";

auto IsMalformed() { return IsRefusal(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_MALFORMED"); }
auto IsOfOtherRequest() { return IsRefusal(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_OTHER_REQUEST"); }

class PageTokensTest : public testing::Test {
 protected:
  const PageTokens tokens_{"a secret of all replicas"};
};

TEST_F(PageTokensTest, GoOnWhereThePageEnded) {
  const std::string binary("\0\xff/汉", 6);
  for (const std::string& position : {std::string("320000"), binary, std::string(2'000, 'x')}) {
    EXPECT_THAT(tokens_.Open(tokens_.Make(position, kFilters), kFilters), IsOkAndHolds(position));
  }
  EXPECT_THAT(PageTokens("a secret of all replicas").Open(tokens_.Make("320000", ""), ""), IsOkAndHolds("320000"));
}

TEST_F(PageTokensTest, AreEmptyForTheFirstPageAndAfterTheLast) {
  EXPECT_THAT(tokens_.Open("", kFilters), IsOkAndHolds(""));
  EXPECT_EQ(tokens_.Make("", kFilters), "");
}

TEST_F(PageTokensTest, ShowNothingAndNeedNoEscapes) {
  const std::string token = tokens_.Make("320000", kFilters);
  EXPECT_THAT(token, MatchesRegex("[A-Za-z0-9_-]+"));
  EXPECT_THAT(token, Not(HasSubstr("320000")));
}

TEST_F(PageTokensTest, ServeNoOtherRequest) {
  const std::string token = tokens_.Make("320000", kFilters);
  EXPECT_THAT(tokens_.Open(token, "ListUnits\nprogrammes/q\nstate=OPEN"), IsOfOtherRequest());
  EXPECT_THAT(tokens_.Open(token, ""), IsOfOtherRequest());
  EXPECT_THAT(tokens_.Open(token, ""), HasViolation("page_token", "翻页时查询条件不得改变"));
}

TEST_F(PageTokensTest, AreMadeByNobodyElse) {
  EXPECT_THAT(tokens_.Open(PageTokens("another secret").Make("320000", kFilters), kFilters), IsMalformed());
  EXPECT_THAT(tokens_.Open(token::ToBase64Url("320000"), kFilters), IsMalformed());
  EXPECT_THAT(tokens_.Open("320000", kFilters), IsMalformed());
  EXPECT_THAT(tokens_.Open(token::ToBase64Url(std::string(24, '\0')), kFilters), IsMalformed());
}

TEST_F(PageTokensTest, AreSpoiltByEveryChange) {
  const std::string token = tokens_.Make("320000", kFilters);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    ASSERT_THAT(tokens_.Open(changed, kFilters), IsMalformed()) << i;
    ASSERT_THAT(tokens_.Open(token.substr(i + 1) + "A", kFilters), IsMalformed()) << i;
  }
  for (std::size_t size = 1; size < token.size(); ++size) {
    ASSERT_THAT(tokens_.Open(token.substr(0, size), kFilters), IsMalformed()) << size;
  }
  for (const std::string& other : {token + "A", token + "=", " " + token, token + token}) {
    EXPECT_THAT(tokens_.Open(other, kFilters), IsMalformed()) << other;
  }
}

TEST(PageSize, IsStandardWhenNotAskedForAndNeverMoreThanTheMost) {
  EXPECT_EQ(PageSize(0), 50);
  EXPECT_EQ(PageSize(-1), 50);
  EXPECT_EQ(PageSize(1), 1);
  EXPECT_EQ(PageSize(500), 500);
  EXPECT_EQ(PageSize(501), 500);
  EXPECT_EQ(PageSize(2'000'000'000), 500);
  EXPECT_EQ(PageSize(0, 10, 20), 10);
  EXPECT_EQ(PageSize(30, 10, 20), 20);
  EXPECT_EQ(PageSize(0, 50, 20), 20);
}

}  // namespace
}  // namespace jiebang
