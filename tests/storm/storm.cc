// The storm: one thread that measures what a suite can do, calls twenty times as often for a while, looks how soon the
// suite is itself again, and counts in the journal what was filed. Says on standard output which phase begins, and at
// the end all numbers as one line of JSON. README.md says what they mean.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "CLI/CLI.hpp"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/process/process.h"
#include "common/rpc/channel.h"
#include "common/rpc/metadata.h"
#include "common/status/status_macros.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/support/sync_stream.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "tests/storm/phases.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file
using storm::Kind;
using storm::Phase;
using storm::Tally;

struct Flags {
  std::string target;
  std::string key;
  std::string content;
  storm::World world;
  int enterprises = 0;
  int drafters = 500;
  int connections = 64;
  int in_flight = 32;
  int most_under_way = 4'000;
  double times = 20;
  double seconds = 60;
};

constexpr absl::Duration kMeasure = absl::Seconds(8);
constexpr absl::Duration kWarmUp = absl::Seconds(3);
constexpr absl::Duration kAfterwards = absl::Seconds(10);
// The journal has said all when it says nothing for so long.
constexpr absl::Duration kQuiet = absl::Seconds(3);

void Announce(const char* phase) {
  std::printf("phase %s\n", phase);
  std::fflush(stdout);
}

float Percentile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

std::string JsonOf(const std::map<std::string, int>& counts) {
  std::vector<std::string> members;
  for (const auto& [name, count] : counts) {
    std::string plain = name;
    std::replace_if(
        plain.begin(), plain.end(),
        [](unsigned char each) { return each < ' ' || each > '~' || each == '"' || each == '\\'; }, ' ');
    members.push_back(absl::StrCat("\"", plain, "\": ", count));
  }
  return absl::StrCat("{", absl::StrJoin(members, ", "), "}");
}

std::string JsonOf(Phase& phase) {
  std::vector<std::string> members = {
      absl::StrCat("\"accepted_a_second\": ", phase.accepted_a_second()),
      absl::StrCat("\"not_begun\": ", phase.not_begun),
      absl::StrCat("\"seconds\": ", absl::ToDoubleSeconds(phase.length)),
      absl::StrCat("\"accepted_per_second\": [", absl::StrJoin(phase.accepted_per_second, ", "), "]")};
  for (std::size_t kind = 0; kind < storm::kKinds; ++kind) {
    Tally& tally = phase.tallies[kind];
    if (tally.begun == 0) continue;
    members.push_back(absl::StrCat(
        "\"", storm::ToString(static_cast<Kind>(kind)), "\": {\"begun\": ", tally.begun, ", \"accepted\": ",
        tally.accepted, ", \"refused\": ", tally.refused, ", \"p50_ms\": ", Percentile(tally.milliseconds, 0.5),
        ", \"p99_ms\": ", Percentile(tally.milliseconds, 0.99), ", \"most_ms\": ", Percentile(tally.milliseconds, 1),
        ", \"refusals\": ", JsonOf(tally.refusals), ", \"neither\": ", JsonOf(tally.neither), "}"));
  }
  return absl::StrCat("{", absl::StrJoin(members, ", "), "}");
}

// How often each application was filed, as the journal says. Reads until nothing more comes.
absl::flat_hash_map<std::string, int> FiledByTheJournal(const Flags& flags, const std::string& authorization) {
  using application::v1::WatchEventsRequest;
  using application::v1::WatchEventsResponse;
  absl::flat_hash_map<std::string, int> filed;
  const std::shared_ptr<grpc::Channel> channel = rpc::ChannelTo(flags.target);
  std::string resume_token;
  while (true) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kAuthorizationMetadata, authorization);
    // The stream goes on for ever: a stretch of it that brings nothing new is its end.
    context.set_deadline(absl::ToChronoTime(absl::Now() + kQuiet));
    WatchEventsRequest request;
    request.set_resume_token(resume_token);
    const grpc::internal::RpcMethod method("/jiebang.application.v1.ApplicationService/WatchEvents",
                                           grpc::internal::RpcMethod::SERVER_STREAMING);
    const std::unique_ptr<grpc::ClientReader<WatchEventsResponse>> stream(
        grpc::internal::ClientReaderFactory<WatchEventsResponse>::Create(channel.get(), method, &context, request));
    WatchEventsResponse response;
    int entries = 0;
    for (; stream->Read(&response); ++entries) {
      const journal::v1::Entry& entry = response.entry();
      resume_token = entry.resume_token();
      if (entry.event().type() == "application.submitted") ++filed[entry.event().resource()];
    }
    (void)stream->Finish();
    if (entries == 0) return filed;
  }
}

absl::StatusOr<application::v1::Application> ReadContent(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  application::v1::Application content;
  if (!stream || !content.ParseFromIstream(&stream)) return absl::NotFoundError("no application in " + file);
  return content;
}

absl::Status Run(Flags flags) {
  ASSIGN_OR_RETURN(flags.world.content, ReadContent(flags.content));
  ASSIGN_OR_RETURN(const token::SigningKey key, token::SigningKey::FromPemFile(flags.key));
  ASSIGN_OR_RETURN(const std::string ministry, storm::MinistryAuthorization(key));
  ASSIGN_OR_RETURN(const std::vector<storm::Enterprise> enterprises,
                   storm::InventEnterprises(flags.enterprises, flags.world, key));
  storm::Traffic traffic(flags.target, flags.connections, flags.world, enterprises);
  storm::Crowd crowd(flags.enterprises, flags.drafters);

  Announce("preparation");
  RETURN_IF_ERROR(storm::EverybodyDoes(Kind::kRegistration, flags.enterprises, traffic));
  RETURN_IF_ERROR(storm::EverybodyDoes(Kind::kCreation, flags.enterprises, traffic));
  Announce("capacity");
  storm::ClosedLoop(traffic, crowd, flags.in_flight, kWarmUp);
  Phase before = storm::ClosedLoop(traffic, crowd, flags.in_flight, kMeasure);
  Announce("storm");
  const double rate = flags.times * before.accepted_a_second();
  Phase storm = storm::OpenLoop(traffic, crowd, rate, flags.most_under_way, absl::Seconds(flags.seconds));
  Announce("afterwards");
  Phase after = storm::ClosedLoop(traffic, crowd, flags.in_flight, kAfterwards);
  while (traffic.under_way() > 0) {
    traffic.TakeEnded(absl::InfiniteFuture(),
                      [&crowd](Kind kind, int enterprise, storm::Fate fate) { crowd.Ended(kind, enterprise, fate); });
  }
  Announce("audit");
  const int unsettled = storm::Settle(traffic, crowd.unclear());
  const absl::flat_hash_map<std::string, int> filed = FiledByTheJournal(flags, ministry);
  int lost = 0;
  int twice = 0;
  for (const int enterprise : crowd.accepted()) lost += filed.contains(enterprises[enterprise].application) ? 0 : 1;
  for (const auto& [application, times] : filed) twice += times > 1 ? 1 : 0;
  std::printf(
      "{\"offered_a_second\": %.0f, \"before\": %s, \"storm\": %s, \"after\": %s, \"filed\": %zu, \"receipts\": %zu, "
      "\"unclear\": %zu, \"unsettled\": %d, \"lost\": %d, \"twice\": %d, \"ran_out\": %d}\n",
      rate, JsonOf(before).c_str(), JsonOf(storm).c_str(), JsonOf(after).c_str(), filed.size(), crowd.accepted().size(),
      crowd.unclear().size(), unsettled, lost, twice, crowd.ran_out());
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  SkipLockOrderChecks();
  CLI::App app("the load of a storm");
  Flags flags;
  app.add_option("--target", flags.target)->required();
  app.add_option("--key", flags.key, "PEM file of the key that signs the callers' tokens")->required();
  app.add_option("--programme", flags.world.programme)->required();
  app.add_option("--unit", flags.world.unit)->required();
  app.add_option("--content", flags.content, "file with an Application, serialized, that can be filed")->required();
  app.add_option("--enterprises", flags.enterprises, "that have a draft; beyond the drafters they file it")->required();
  app.add_option("--drafters", flags.drafters)->capture_default_str();
  app.add_option("--connections", flags.connections)->capture_default_str();
  app.add_option("--in-flight", flags.in_flight, "calls under way to measure the capacity")->capture_default_str();
  app.add_option("--most-under-way", flags.most_under_way, "calls in the storm")->capture_default_str();
  app.add_option("--times", flags.times, "the capacity")->capture_default_str();
  app.add_option("--seconds", flags.seconds)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags);
  return status.ok() ? 0 : Fail("storm", status);
}
