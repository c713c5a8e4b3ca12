// What a load is asked for, what it measures, and its two kinds.
#ifndef JIEBANG_TESTS_BENCH_LOAD_H_
#define JIEBANG_TESTS_BENCH_LOAD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/client_context.h"

namespace jiebang::bench {

struct LoadFlags {
  std::string target;
  std::string call = "bare";
  int in_flight = 64;  // calls, or messages of each stream
  int streams = 4;
  double seconds = 2;
  double warm_up_seconds = 0.5;
  std::string secret;
  std::string token;
  int first = 0;
  std::string models;
  std::string name;
  std::vector<int> dimensions;
};

// What goes with every call.
struct Credentials {
  std::string sealed;  // as the gateway's
  std::string token;   // a caller's

  void AddTo(grpc::ClientContext& context) const;
};

// The time of a load: a beginning that does not count, and what is measured.
struct Span {
  explicit Span(const LoadFlags& flags)
      : begin(absl::Now() + absl::Seconds(flags.warm_up_seconds)), end(begin + absl::Seconds(flags.seconds)) {}

  const absl::Time begin;
  const absl::Time end;
};

struct Measured {
  std::vector<double> microseconds;  // of every answer within the span
  int begun = 0;
  int errors = 0;
  std::string first_error;
  std::size_t answer_bytes = 0;  // of the last answer

  void Answered(const Span& span, absl::Time asked, absl::Time now) {
    if (now >= span.begin && now < span.end) microseconds.push_back(absl::ToDoubleMicroseconds(now - asked));
  }
  void Failed(const std::string& error) {
    if (errors++ == 0) first_error = error;
  }
};

// A number of calls in flight, each followed by another one.
Measured LoadCalls(const LoadFlags& flags, const Credentials& credentials);

// A number of streams, each with a window of messages that are not answered yet. `messages`: sent in turn.
Measured LoadStreams(const LoadFlags& flags, const Credentials& credentials, const std::string& method,
                     const std::vector<std::string>& messages);

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_LOAD_H_
