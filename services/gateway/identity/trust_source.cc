#include "services/gateway/identity/trust_source.h"

#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "common/token/key_file.h"

namespace jiebang::gateway {
namespace {

// A file system tells two changes apart when they are so far from each other.
constexpr absl::Duration kSettled = absl::Seconds(2);
constexpr std::size_t kLargestFile = 16 << 20;

void Say(const std::string& what) { std::fprintf(stderr, "identity: %s\n", what.c_str()); }

// By what a change of a file is seen without reading it. Kubernetes replaces a file by another one, hence the inode.
struct Stamp {
  ino_t inode = 0;
  off_t size = -1;
  absl::Time changed;

  friend bool operator==(const Stamp&, const Stamp&) = default;

  static Stamp Of(const std::string& file) {
    struct stat found = {};
    if (::stat(file.c_str(), &found) != 0) return {};
    return {.inode = found.st_ino, .size = found.st_size, .changed = absl::TimeFromTimespec(found.st_mtim)};
  }
};

}  // namespace

// What is made of one file, and of those that it names.
class TrustSource::Part {
 public:
  explicit Part(std::string file) : file_(std::move(file)) {}
  virtual ~Part() = default;

  absl::Status Load(absl::Time now) {
    stamps_ = {{file_, Stamp::Of(file_)}};
    settled_ = true;
    std::string content;
    absl::Status loaded = Reload(content);
    for (const auto& [_, stamp] : stamps_) settled_ = settled_ && now - stamp.changed > kSettled;
    changed_ = loaded.ok() && content != content_;
    if (loaded.ok()) content_ = std::move(content);
    if (loaded.ok()) return loaded;
    if (absl::StartsWith(loaded.message(), file_)) return loaded;
    return absl::Status(loaded.code(), absl::StrCat(file_, ": ", loaded.message()));
  }

  // True: there is something new.
  bool Refresh(absl::Time now) {
    bool same = settled_;
    for (const auto& [file, stamp] : stamps_) same = same && Stamp::Of(file) == stamp;
    if (same) return false;
    const absl::Status loaded = Load(now);
    const std::string trouble(loaded.message());
    if (!loaded.ok() && trouble != trouble_) Say(absl::StrCat(trouble, "; what it said before still holds"));
    if (loaded.ok() && (changed_ || !trouble_.empty())) Say(file_ + ": read anew");
    trouble_ = trouble;
    return changed_;
  }

 protected:
  // Takes up what the files say now, all or nothing; `content`: all that was read.
  virtual absl::Status Reload(std::string& content) = 0;

  absl::StatusOr<std::string> Read(const std::string& file, std::string& content) {
    if (file != file_) stamps_.emplace_back(file, Stamp::Of(file));
    ASSIGN_OR_RETURN(std::string text, token::ReadSmallFile(file, kLargestFile));
    absl::StrAppend(&content, text.size(), "\n", text);
    return text;
  }
  const std::string& file() const { return file_; }

 private:
  const std::string file_;
  std::vector<std::pair<std::string, Stamp>> stamps_;  // from before they were read
  bool settled_ = false;                               // another change would be seen by the stamps
  bool changed_ = false;
  std::string content_;
  std::string trouble_;
};

class TrustSource::KeySetPart final : public Part {
 public:
  using Part::Part;
  const std::shared_ptr<const token::KeySet>& keys() const { return keys_; }

 private:
  absl::Status Reload(std::string& content) override {
    ASSIGN_OR_RETURN(const std::string text, Read(file(), content));
    ASSIGN_OR_RETURN(token::PublishedKeys published, token::ParseKeySet(text));
    for (const std::string& note : published.notes) Say(absl::StrCat(file(), ": ", note));
    keys_ = std::make_shared<const token::KeySet>(std::move(published.keys));
    return absl::OkStatus();
  }

  std::shared_ptr<const token::KeySet> keys_;
};

class TrustSource::RegistryPart final : public Part {
 public:
  using Part::Part;
  const std::shared_ptr<const Registry>& registry() const { return registry_; }

 private:
  absl::Status Reload(std::string& content) override {
    ASSIGN_OR_RETURN(const std::string text, Read(file(), content));
    const auto read_secret = [&](const std::string& secret) {
      return Read(std::filesystem::path(file()).parent_path() / secret, content);
    };
    ASSIGN_OR_RETURN(Registry registry, Registry::Parse(text, read_secret));
    registry_ = std::make_shared<const Registry>(std::move(registry));
    return absl::OkStatus();
  }

  std::shared_ptr<const Registry> registry_ = std::make_shared<const Registry>();
};

TrustSource::TrustSource() = default;
TrustSource::TrustSource(token::BearerVerifier tokens)
    : trust_(std::make_shared<const Trust>(Trust{.tokens = std::move(tokens)})) {}
TrustSource::TrustSource(TrustSource&&) noexcept = default;
TrustSource::~TrustSource() = default;

absl::StatusOr<TrustSource> TrustSource::Of(TrustFiles files) {
  TrustSource source;
  const absl::Time now = absl::Now();
  for (const TrustFiles::Issuer& issuer : files.issuers) {
    source.key_sets_.push_back(std::make_unique<KeySetPart>(issuer.jwks_file));
    RETURN_IF_ERROR(source.key_sets_.back()->Load(now));
  }
  if (!files.registry.empty()) {
    source.registry_ = std::make_unique<RegistryPart>(files.registry);
    RETURN_IF_ERROR(source.registry_->Load(now));
  }
  source.files_ = std::move(files);
  source.Assemble();
  return source;
}

bool TrustSource::Refresh(absl::Time now) {
  bool changed = false;
  for (const auto& part : key_sets_) changed |= part->Refresh(now);
  if (registry_ != nullptr) changed |= registry_->Refresh(now);
  if (changed) Assemble();
  return changed;
}

void TrustSource::Assemble() {
  std::vector<token::TrustedIssuer> issuers = files_.fixed_issuers;
  for (std::size_t i = 0; i < key_sets_.size(); ++i) {
    issuers.push_back({files_.issuers[i].issuer, key_sets_[i]->keys()});
  }
  trust_ = std::make_shared<const Trust>(
      Trust{.tokens = token::BearerVerifier(std::move(issuers), files_.limits),
            .registry = registry_ == nullptr ? std::make_shared<const Registry>() : registry_->registry(),
            .own_issuer = files_.own_issuer});
}

}  // namespace jiebang::gateway
