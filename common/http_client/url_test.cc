#include "common/http_client/url.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::http {
namespace {

TEST(UrlTest, TakesItApart) {
  const auto url = Url::Parse("https://Hooks.Example.cn:8443/a/b?c=d");
  ASSERT_THAT(url, IsOk());
  EXPECT_TRUE(url->is_https);
  EXPECT_EQ(url->host, "hooks.example.cn");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a/b?c=d");
  EXPECT_EQ(url->Authority(), "hooks.example.cn:8443");
}

TEST(UrlTest, FillsInWhatIsUsual) {
  EXPECT_EQ(Url::Parse("https://example.cn")->target, "/");
  EXPECT_EQ(Url::Parse("https://example.cn?x")->target, "/?x");
  EXPECT_EQ(Url::Parse("https://example.cn")->Authority(), "example.cn");
  EXPECT_EQ(Url::Parse("http://example.cn/")->port, 80);
  EXPECT_EQ(Url::Parse("https://[2400:3200::1]:8443/")->host, "2400:3200::1");
  EXPECT_EQ(Url::Parse("https://[2400:3200::1]/")->Authority(), "[2400:3200::1]");
}

class RefusedUrl : public testing::TestWithParam<const char*> {};

TEST_P(RefusedUrl, CannotBePostedTo) {
  EXPECT_EQ(Url::Parse(GetParam()).status().code(), absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(
    AllKinds, RefusedUrl,
    testing::Values("", "example.cn", "ftp://example.cn/", "HTTPS://example.cn/", "https://", "https:///x",
                    "https://user@example.cn/", "https://good.cn@10.0.0.1/", "https://example.cn/#x",
                    "https://example.cn/a b", "https://example.cn\\@evil.cn/", "https://example.cn/\r\nHost: x",
                    "https://例子.cn/", "https://example.cn:0/", "https://example.cn:65536/", "https://example.cn:/",
                    "https://example.cn:4a/", "https://127.1/", "https://0x7f.0.0.1/", "https://2130706433/",
                    "https://[::1", "https://[127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://[::1%nowhere]/",
                    "https://::1/", "https://-a.cn/", "https://a..cn/", "https://a_b.cn/", "https://[::1]x/"));

}  // namespace
}  // namespace jiebang::http
