#include "common/token/secret.h"

#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/token/key_file.h"
#include "common/token/random.h"

namespace jiebang::token {
namespace {

constexpr std::size_t kMinSecretBytes = 32;

absl::Status Unusable(const std::filesystem::path& path, const absl::Status& why) {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "SECRET_FILE_UNUSABLE",
      .en = absl::StrCat("The secret ", path.string(), " can neither be read nor made: ", why.message()),
      .zh = absl::StrCat("密钥文件 ", path.string(), " 无法读取或创建：", why.message()),
  }
      .ToStatus();
}

absl::Status TooShort(const std::filesystem::path& path, std::size_t bytes) {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "SECRET_TOO_SHORT",
      .en = absl::StrCat("The secret ", path.string(), " has ", bytes, " bytes; at least ", kMinSecretBytes,
                         " are needed."),
      .zh = absl::StrCat("密钥文件 ", path.string(), " 只有 ", bytes, " 字节，至少需要 ", kMinSecretBytes, " 字节"),
  }
      .ToStatus();
}

std::string NewSecret() { return absl::BytesToHexString(RandomBytes(kMinSecretBytes)); }

}  // namespace

absl::StatusOr<std::string> ReadOrCreateSecret(const std::filesystem::path& path) {
  absl::StatusOr<std::string> content = ReadSmallFile(path);
  if (absl::IsNotFound(content.status())) {
    const absl::Status created = CreateFile(path, NewSecret() + "\n", kForOwner);
    // Somebody else was faster: theirs is the secret.
    if (!created.ok() && !absl::IsAlreadyExists(created)) return Unusable(path, created);
    content = ReadSmallFile(path);
  }
  if (!content.ok()) return Unusable(path, content.status());
  std::string secret(absl::StripAsciiWhitespace(*content));
  if (secret.size() < kMinSecretBytes) return TooShort(path, secret.size());
  return secret;
}

}  // namespace jiebang::token
