#include "services/gateway/audit/refusal_sender.h"

#include <cstdio>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/journal/refusals.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/message.h"

namespace jiebang::gateway {
namespace {

using google::protobuf::Message;
using Counts = journal::RefusalCollector::Counts;

constexpr absl::Duration kSendPause = absl::Milliseconds(500);
constexpr absl::Duration kSendPatience = absl::Seconds(2);
constexpr std::size_t kSentAtOnce = 256;  // as many as RecordRefusals takes

// "jiebang.quota.v1" of "jiebang.quota.v1.QuotaService.GetQuota" and of "jiebang.quota.v1.JournalService".
std::string PackageOf(std::string_view name, int parts_after) {
  for (; parts_after > 0; --parts_after) name = name.substr(0, name.rfind('.'));
  return std::string(name);
}

}  // namespace

struct RefusalSender::Journal {
  Journal(const Backend& backend, const token::PrincipalSeal& seal)
      : client("gateway", seal), method(absl::StrCat("/", backend.service, "/RecordRefusals")) {
    client.Connect(backend.channel);
    const google::protobuf::Descriptor* const type = google::protobuf::DescriptorPool::generated_pool()
                                                         ->FindServiceByName(backend.service)
                                                         ->FindMethodByName("RecordRefusals")
                                                         ->input_type();
    request = google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
    refusals = type->FindFieldByName("refusals");
  }

  rpc::Client client;
  const std::string method;
  const Message* request;  // prototype: each service has a message of its own
  const google::protobuf::FieldDescriptor* refusals;
  journal::RefusalCollector collector;
};

RefusalSender::RefusalSender(const std::vector<Backend>& backends, const token::PrincipalSeal& seal) {
  for (const Backend& backend : backends) {
    if (!absl::EndsWith(backend.service, ".JournalService")) continue;
    journals_[PackageOf(backend.service, 1)] = std::make_unique<Journal>(backend, seal);
  }
}

RefusalSender::~RefusalSender() = default;

void RefusalSender::Add(const rpc::RefusedCall& call) {
  const auto found = journals_.find(PackageOf(call.method, 2));
  if (found != journals_.end()) found->second->collector.Add(journal::EventOf(call), call.time);
}

Task<void> RefusalSender::Run() {
  Executor& home = co_await Home();
  while (!home.stopping()) {
    co_await SendAll(Counts::kDue);
    co_await Sleep(kSendPause);
  }
  co_await SendAll(Counts::kAll);
}

Task<void> RefusalSender::SendAll(Counts counts) {
  for (const auto& [_, target] : journals_) {
    bool is_there = true;
    while (is_there) {
      const std::vector<journal::v1::Event> refusals = target->collector.Take(kSentAtOnce, absl::Now(), counts);
      if (refusals.empty()) break;
      is_there = co_await Send(*target, refusals);
    }
  }
}

Task<bool> RefusalSender::Send(Journal& target, const std::vector<journal::v1::Event>& refusals) {
  const std::unique_ptr<Message> request(target.request->New());
  for (const journal::v1::Event& refusal : refusals) {
    request->GetReflection()->AddMessage(request.get(), target.refusals)->CopyFrom(refusal);
  }
  const auto sent = co_await target.client.AskByItself<google::protobuf::Empty>(kSendPatience, target.method, *request);
  if (sent.ok()) co_return true;
  std::fprintf(stderr, "refusals: %s: %s; %zu of them are only counted\n", target.method.c_str(),
               sent.status().ToString().c_str(), refusals.size());
  target.collector.Count(refusals);
  co_return false;
}

}  // namespace jiebang::gateway
