#include "common/store/sqlite/writer.h"

#include <utility>

namespace jiebang::store::sqlite {

Writer::Writer(std::unique_ptr<Applier> applier)
    : applier_(std::move(applier)), heads_(applier_->heads()), thread_([this] { Run(); }) {}

Writer::~Writer() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Writer::Submit(const Commit& commit, Resume<absl::Status> done) {
  absl::MutexLock lock(&mutex_);
  waiting_.commits.push_back({&commit, std::move(done)});
}

void Writer::SubmitCompaction(int shard, std::uint64_t up_to, Resume<absl::Status> done) {
  absl::MutexLock lock(&mutex_);
  waiting_.compactions.push_back({shard, up_to, std::move(done)});
}

Heads Writer::heads() const {
  absl::MutexLock lock(&mutex_);
  return heads_;
}

void Writer::Run() {
  while (true) {
    Group group = TakeGroup();
    if (group.commits.empty() && group.compactions.empty()) return;
    if (!group.commits.empty()) Apply(std::move(group.commits));
    for (Compaction& compaction : group.compactions) {
      compaction.done(applier_->Compact(compaction.shard, compaction.up_to));
    }
  }
}

void Writer::Apply(std::vector<Waiting> group) {
  std::vector<const Commit*> commits;
  commits.reserve(group.size());
  for (const Waiting& waiting : group) commits.push_back(waiting.commit);
  std::vector<absl::Status> answers = applier_->Apply(commits);
  // Before the answers, because who has an answer may ask for the heads.
  PublishHeads();
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(std::move(answers[i]));
}

Writer::Group Writer::TakeGroup() {
  absl::MutexLock lock(&mutex_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !waiting_.commits.empty() || !waiting_.compactions.empty();
  };
  mutex_.Await(absl::Condition(&ready));
  return std::exchange(waiting_, {});
}

void Writer::PublishHeads() {
  absl::MutexLock lock(&mutex_);
  heads_ = applier_->heads();
}

}  // namespace jiebang::store::sqlite
